#include "diagnose/suspects_by_baseline.h"

#include "base/folded_name.h"
#include "base/nearest.h"
#include "base/text.h"
#include "diagnose/names.h"
#include "diagnose/suspect_of.h"
#include "record/seen.h"
#include "record/visits.h"

#include <algorithm>
#include <array>
#include <cstdint>
#include <fmt/format.h>
#include <functional>
#include <utility>

namespace murphy::diagnose {
namespace {

using record::Confidence;
using record::KnownCookie;
using record::KnownForm;
using record::KnownVisit;
using record::Layer;
using record::PageField;
using record::Suspect;

// The form of the record that went where this one went, or has its name.
const KnownForm* like(const record::FilledForm& sent, const record::KnownGood& known) {
  const std::string action = record::lasting_path(sent.action);
  const auto best = [&](auto&& fits) -> const KnownForm* {
    const auto found = std::ranges::find_if(known.forms, fits);
    return found == known.forms.end() ? nullptr : &*found;
  };
  const auto same_action = [&](const KnownForm& form) { return form.form.action == action; };
  const auto same_name = [&](const KnownForm& form) { return form.form.name == folded(sent.name); };
  if (const auto* form = best([&](const auto& each) { return same_action(each) && same_name(each); })) return form;
  if (const auto* form = best(same_name)) return form;
  return best(same_action);
}

// The names that the form sent before. What is sent only when it is ticked or chosen, and what no page declares, is
// taken as it is now.
std::vector<std::string> fields_before(const record::FilledForm& sent, const KnownForm& form) {
  std::vector<std::string> names;
  const auto is_sent = [&](const std::string& name) {
    return std::ranges::any_of(sent.fields, [&](const auto& field) { return folded_name(field.name) == name; });
  };
  for (const PageField& field : form.form.fields) {
    const bool optional = field.type == "checkbox" || field.type == "radio" || field.type == "file" ||
                          field.type == "select" || field.name.empty();
    if (!optional || is_sent(field.name)) names.push_back(field.name);
  }
  for (const record::FilledField& field : sent.fields)
    if (field.type == "button" || field.from == record::EntryFrom::scenario) names.push_back(field.name);
  return names;
}

Suspect seen_by_record(Layer layer, Layer also, Confidence confidence, std::string cause, std::string identifier,
                       std::string suggestion = {}) {
  Suspect made = suspect_of(layer, also, confidence, std::move(cause), std::move(identifier));
  made.suggestion = std::move(suggestion);
  if (!made.suggestion.empty()) made.origin = record::SuggestionOrigin::baseline;
  made.evidence.push_back({record::EvidenceSource::baseline, made.cause});
  return made;
}

// Whether a selector of an outline picks what a page has to say once, which comes and goes.
bool is_of_a_message(std::string_view selector) {
  static constexpr std::array<std::string_view, 9> words = {"alert",   "error",   "flash",   "toast",   "notice",
                                                            "message", "warning", "invalid", "feedback"};
  const std::string lower = ascii_lower(selector);
  return std::ranges::any_of(words, [&](std::string_view word) { return lower.contains(word); });
}

class Comparison {
public:
  Comparison(const Evidence& evidence, const record::KnownGood& before, const record::KnownGood& now)
      : evidence_(evidence), before_(before), now_(now) {}

  std::vector<Suspect> run() {
    lost_form();
    for (const KnownForm& form : now_.forms) this->form(form);
    for (const KnownVisit& visit : now_.visits) redirects(visit);
    for (const KnownCookie& cookie : now_.cookies) this->cookie(cookie);
    for (const KnownVisit& visit : now_.visits) page(visit);
    std::ranges::stable_sort(suspects_, std::greater<>(), &Suspect::confidence);
    return std::move(suspects_);
  }

private:
  // The form that the step did not find, on a page that had it.
  void lost_form() {
    if (!evidence_.of_step || evidence_.exchanges.empty()) return;
    const auto& failures = evidence_.of_step->failures;
    const auto missing = std::ranges::find(failures, record::FailureCode::missing_form, &record::Failure::code);
    if (missing == failures.end()) return;
    const std::string page = record::lasting_path(evidence_.exchanges.back().path);
    const auto had = std::ranges::find_if(before_.forms, [&](const KnownForm& form) {
      return form.page == page && equal_ignoring_ascii_case(form.form.name, folded(missing->subject));
    });
    if (had == before_.forms.end()) return;
    // That an error or somebody's dashboard has no such form says less than what that page says itself.
    add(seen_by_record(Layer::view, Layer::controller, shows_another_page(page) ? Confidence::low : Confidence::high,
                       fmt::format("the page {} has no form {} any more", page, in_quotes(had->form.name)),
                       had->form.name));
  }

  // Whether less than half of what the record's page consists of is on the page that came from its address.
  bool shows_another_page(const std::string& address) const {
    const auto shown = [&](const KnownVisit& visit) {
      return !visit.outline.empty() && !visit.answers.empty() && path_of(visit.answers.back()) == address;
    };
    const auto now = std::ranges::find_if(now_.visits, shown), was = std::ranges::find_if(before_.visits, shown);
    if (now == now_.visits.end() || was == before_.visits.end()) return false;
    const auto kept = std::ranges::count_if(was->outline, [&](const std::string& selector) {
      return std::ranges::find(now->outline, selector) != now->outline.end();
    });
    return static_cast<std::size_t>(kept) * 2 < was->outline.size();
  }

  void form(const KnownForm& now) {
    // The same page may have several forms: the one that goes to the same place, else the one of the same name.
    std::vector<const KnownForm*> there;
    for (const KnownForm& form : before_.forms)
      if (form.page == now.page) there.push_back(&form);
    const auto pick = [&](auto&& fits) -> const KnownForm* {
      const auto found = std::ranges::find_if(there, fits);
      return found == there.end() ? nullptr : *found;
    };
    const auto same_name = [&](const KnownForm* form) { return form->form.name == now.form.name; };
    const auto same_action = [&](const KnownForm* form) { return form->form.action == now.form.action; };
    const KnownForm* was = pick([&](const KnownForm* form) { return same_name(form) && same_action(form); });
    if (was == nullptr) was = pick(same_name);
    if (was == nullptr) was = pick(same_action);
    if (was == nullptr) return;
    const std::string of = "the form " + in_quotes(now.form.name);
    if (was->form.action != now.form.action)
      add(seen_by_record(Layer::view, Layer::config, Confidence::high,
                         fmt::format("{} goes to {} where it went to {}", of, now.form.action, was->form.action),
                         now.form.action, was->form.action));
    if (was->form.method != now.form.method)
      add(seen_by_record(Layer::view, Layer::unknown, Confidence::high,
                         fmt::format("{} goes by {} where it went by {}", of, now.form.method, was->form.method),
                         now.form.method, was->form.method));
    if (was->form.encoding != now.form.encoding)
      add_about(std::string(subject_of_encoding),
                seen_by_record(Layer::view, Layer::unknown, Confidence::high,
                               fmt::format("{} is sent as {} and was not before", of,
                                           now.form.encoding.empty() ? "usual" : now.form.encoding),
                               now.form.encoding));
    fields(of, was->form.fields, now.form.fields);
  }

  void fields(const std::string& of, const std::vector<PageField>& before, const std::vector<PageField>& now) {
    const auto named = [](const std::vector<PageField>& fields, const std::string& name) {
      const auto found = std::ranges::find(fields, name, &PageField::name);
      return found == fields.end() ? nullptr : &*found;
    };
    std::vector<std::string> gone, came;
    // What was sent is gone only from the page behind it.
    const auto was_sent = [&](const std::string& name) {
      return std::ranges::any_of(evidence_.fields, [&](const std::string& sent) { return folded_name(sent) == name; });
    };
    for (const PageField& field : before)
      if (named(now, field.name) == nullptr && !was_sent(field.name)) gone.push_back(field.name);
    for (const PageField& field : now)
      if (named(before, field.name) == nullptr) came.push_back(field.name);
    // Frameworks put their token and more into a form at once: without the token, nothing else matters.
    std::ranges::stable_partition(gone, [](const std::string& name) { return role_of(name) == FieldRole::token; });
    for (const std::string& name : gone) {
      auto near = nearest(name, came);
      if (near.empty() && gone.size() == 1 && came.size() == 1) near = came;
      if (near.size() == 1)
        add(seen_by_record(Layer::view, Layer::unknown, Confidence::high,
                           fmt::format("{} sends {} where it sent {}", of, in_quotes(near.front()), in_quotes(name)),
                           std::string(last_part(near.front())), std::string(last_part(name))));
      else
        add_about(subject_of_missing_field(last_part(name)),
                  seen_by_record(Layer::view, Layer::unknown, Confidence::high,
                                 fmt::format("{} no longer has {}", of, in_quotes(name)),
                                 std::string(last_part(name))));
    }
    for (const PageField& field : now) {
      const PageField* was = named(before, field.name);
      if (was == nullptr) continue;
      if (!was->label.empty() && !field.label.empty() && was->label != field.label)
        add(seen_by_record(Layer::view, Layer::unknown, Confidence::medium,
                           fmt::format("the field {} is called {} where it was {}", in_quotes(field.name),
                                       in_quotes(field.label), in_quotes(was->label)),
                           std::string(last_part(field.name)), {}));
      if (!was->type.empty() && was->type != field.type)
        add(seen_by_record(
            Layer::view, Layer::unknown, Confidence::medium,
            fmt::format("the field {} is of type {} and was {}", in_quotes(field.name), field.type, was->type),
            std::string(last_part(field.name)), {}));
      if (was->rules != field.rules)
        add(seen_by_record(Layer::view, Layer::unknown, Confidence::medium,
                           fmt::format("the field {} {}", in_quotes(field.name), rules(was->rules, field.rules)),
                           std::string(last_part(field.name)), {}));
    }
  }

  // "no longer asks for required", "asks for maxlength=64 where it asked for maxlength=254".
  static std::string rules(const std::vector<std::string>& before, const std::vector<std::string>& now) {
    const auto only_in = [](const std::vector<std::string>& these, const std::vector<std::string>& others) {
      std::vector<std::string> only;
      std::ranges::set_difference(these, others, std::back_inserter(only));
      return join(only, ", ");
    };
    const std::string gone = only_in(before, now), came = only_in(now, before);
    if (came.empty()) return "no longer asks for " + gone;
    return gone.empty() ? "asks for " + came + ", and did not before"
                        : fmt::format("asks for {} where it asked for {}", came, gone);
  }

  // Where a request led that never led there in the record: to a place that is near one where it did, or another one.
  void redirects(const KnownVisit& now) {
    if (now.answers.size() < 2) return;
    std::vector<std::string> before;
    for (const KnownVisit& visit : before_.visits) {
      if (visit.request != now.request) continue;
      if (visit.answers == now.answers) return;
      if (visit.answers.size() > 1) before.push_back(path_of(visit.answers[1]));
    }
    const std::string target = path_of(now.answers[1]);
    if (before.empty() || std::ranges::find(before, target) != before.end()) return;
    std::ranges::sort(before);
    before.erase(std::ranges::unique(before).begin(), before.end());
    const auto near = nearest(target, before);
    const std::string meant = near.size() == 1 ? near.front() : before.size() == 1 ? before.front() : "";
    add(seen_by_record(Layer::config, Layer::controller, Confidence::medium,
                       fmt::format("{} leads to {} where it led to {}", now.request, target, join(before, " or ")),
                       target, meant));
  }

  void add_about(std::string subject, Suspect made) {
    made.subject = std::move(subject);
    add(std::move(made));
  }

  void add_cookie(const std::string& name, const char* attribute, std::string cause) {
    add_about(subject_of_cookie(name, attribute),
              seen_by_record(Layer::session, Layer::config, Confidence::high, std::move(cause), attribute));
  }

  void cookie(const KnownCookie& now) {
    std::vector<const KnownCookie*> before;
    for (const KnownCookie& cookie : before_.cookies)
      if (cookie.name == now.name) before.push_back(&cookie);
    if (before.empty() || std::ranges::any_of(before, [&](const KnownCookie* cookie) { return *cookie == now; }))
      return;
    const KnownCookie& was = *before.front();
    const std::string of = "the cookie " + in_quotes(now.name);
    const auto differs = [&](const char* attribute, std::string_view is, std::string_view used_to_be) {
      if (is != used_to_be)
        add_cookie(now.name, attribute,
                   fmt::format("{} has {} where it had {}", of,
                               is.empty() ? fmt::format("no {}", attribute) : fmt::format("{}={}", attribute, is),
                               used_to_be.empty() ? "none" : used_to_be));
    };
    const auto flag = [&](const char* attribute, bool is, bool used_to_be) {
      if (is != used_to_be)
        add_cookie(now.name, attribute,
                   fmt::format("{} is set {} {}, and was not before", of, is ? "with" : "without", attribute));
    };
    const auto time = [](std::int64_t seconds) { return seconds == 0 ? "" : std::to_string(seconds); };
    differs("Domain", now.domain, was.domain);
    differs("Path", now.path, was.path);
    differs("SameSite", now.same_site, was.same_site);
    flag("Secure", now.secure, was.secure);
    flag("HttpOnly", now.http_only, was.http_only);
    differs("Max-Age", time(now.lasts), time(was.lasts));
  }

  // A page that came in the same way and lacks what it had. Only pages that were kept say what they hold.
  void page(const KnownVisit& now) {
    if (now.outline.empty()) return;
    const auto was = std::ranges::find_if(before_.visits, [&](const KnownVisit& visit) {
      return visit.request == now.request && visit.answers == now.answers;
    });
    if (was == before_.visits.end()) return;
    if (!was->title.empty() && was->title != now.title)
      add(seen_by_record(Layer::view, Layer::controller, Confidence::medium,
                         now.title.empty() ? fmt::format("the page has no title where it was {}", in_quotes(was->title))
                                           : fmt::format("the page's title is {} and was {}", in_quotes(now.title),
                                                         in_quotes(was->title)),
                         "title"));
    std::vector<std::string> gone;
    for (const std::string& selector : was->outline)
      if (std::ranges::find(now.outline, selector) == now.outline.end()) gone.push_back(selector);
    // Another page altogether says nothing about a variable.
    if (gone.empty() || gone.size() == was->outline.size()) return;
    // A message that nobody prints any more, or that was lost on its way through the session.
    const bool is_message = std::ranges::all_of(gone, is_of_a_message);
    add(seen_by_record(Layer::view, is_message ? Layer::session : Layer::model,
                       is_message ? Confidence::guess : Confidence::medium,
                       fmt::format("the page says nothing in {} where it did: a name in its template may print nothing",
                                   join(gone, ", ")),
                       gone.front()));
  }

  static std::string path_of(const std::string& answer) { return answer.substr(answer.find(' ') + 1); }
  void add(Suspect suspect) { suspects_.push_back(std::move(suspect)); }

  const Evidence& evidence_;
  const record::KnownGood& before_;
  const record::KnownGood& now_;
  std::vector<Suspect> suspects_;
};

} // namespace

void compare_with_baseline(Evidence& evidence, std::span<const record::StepResult> steps,
                           const record::KnownGood& known) {
  KnownGood& good = evidence.known_good.emplace();
  record::Seen seen;
  const record::FilledForm* sent = nullptr;
  for (const record::StepResult& step : steps) {
    seen.take(step);
    if (step.evidence.form) sent = &*step.evidence.form;
  }
  good.record = known;
  good.seen = seen.finish();
  good.console = known.console;
  if (!known.engine.empty()) good.schema = record::Schema{.engine = known.engine, .tables = known.tables};
  if (const KnownForm* form = sent == nullptr ? nullptr : like(*sent, known)) good.fields = fields_before(*sent, *form);
}

bool tables_are_as_before(const Evidence& evidence) {
  if (!evidence.schema || !evidence.known_good || !evidence.known_good->schema) return false;
  return std::ranges::all_of(evidence.known_good->schema->tables, [&](const record::Table& table) {
    const auto same = std::ranges::find(evidence.schema->tables, table.name, &record::Table::name);
    return same != evidence.schema->tables.end() && same->columns == table.columns;
  });
}

std::vector<Suspect> suspects_by_baseline(const Evidence& evidence) {
  if (!evidence.known_good || !evidence.known_good->record) return {};
  return Comparison(evidence, *evidence.known_good->record, evidence.known_good->seen).run();
}

} // namespace murphy::diagnose
