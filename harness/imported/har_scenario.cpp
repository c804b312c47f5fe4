#include "imported/har_scenario.h"

#include "base/sign_in_words.h"
#include "base/text.h"
#include "base/toml_literal.h"
#include "imported/recorded_page.h"
#include "imported/secret_fields.h"
#include "imported/sent_step.h"
#include "imported/visits.h"
#include "init/sign_in_form.h"
#include "web/forms/shown_errors.h"

#include <algorithm>
#include <fmt/format.h>
#include <memory>
#include <optional>
#include <set>
#include <utility>

namespace murphy::imported {
namespace {

constexpr std::size_t most_pages_back = 5;
constexpr std::size_t most_calls_shown = 10;

// What the person saw go wrong after a step.
struct Trouble {
  int status = 0;
  std::string words;
  bool has_error = false;      // the page shows one, whose words may be unfit to be written
  bool is_asked_again = false; // for the password
  bool is_unknown = false;     // no page tells whether the app took the password
  bool any() const { return status >= 400 || has_error || is_asked_again; }
};

// Without the ellipsis of words that were too long, for it is no part of the page.
std::string whole_words(std::string_view words) {
  constexpr std::string_view ellipsis = "…";
  if (words.ends_with(ellipsis)) words.remove_suffix(ellipsis.size());
  return std::string(trim(words));
}

class Walk {
public:
  Walk(const HarLog& log, const HarSettings& settings, KnownSecrets& secrets)
      : log_(log), settings_(settings), secrets_(secrets), visits_(imported::visits(log.documents())),
        origin_(origin_of_app(visits_, settings.origins)), values_(settings.values, secrets) {}

  HarScenario run();

private:
  using Page = std::unique_ptr<const RecordedPage>;

  void learn_passwords();
  bool is_of_app(const web::Url& address) const { return address.origin() == origin_; }
  const std::string* body_of(const PageVisit& visit) const;
  Page page_of(const PageVisit& visit) const;
  void take(const PageVisit& visit, const PageVisit* following);
  void take_calls_before(const PageVisit* visit);
  void take_sent(const PageVisit& visit, const Page& next, ImportedStep& step, bool& signs_in);
  void take_loaded(const PageVisit& visit, ImportedStep& step);
  std::optional<ImportedStep> submit_on_earlier_page(const PageVisit& visit, const std::vector<PostedField>& fields,
                                                     SignedIn signed_in);
  bool follows_from_page(const PageVisit& visit) const;
  Trouble trouble_of(const PageVisit& visit, const Page& page, bool sends_password) const;
  bool may_be_refused(const PageVisit& visit) const;
  bool is_sent_again(const PageVisit& visit, const PageVisit* next) const;
  void expect_what_must_hold(ImportedStep& step, const Trouble& trouble, bool signs_in, bool is_last,
                             bool is_tried_again);
  void expect(ImportedStep& step, const PageVisit& visit, const Page& page, bool signs_in, const PageVisit* following);

  const HarLog& log_;
  const HarSettings& settings_;
  KnownSecrets& secrets_;
  std::vector<PageVisit> visits_;
  std::string origin_;
  WrittenValues values_;
  HarScenario result_;
  std::vector<const PageVisit*> seen_; // of the app, in their order
  Page page_;                          // the one that is open; null: none, or it is not known
  std::size_t next_call_ = 0;
  std::vector<std::string> comments_; // for the next step
};

// A page that came from the cache has no body; an earlier answer for its address has one.
const std::string* Walk::body_of(const PageVisit& visit) const {
  if (visit.last().body) return &*visit.last().body;
  if (visit.last().status != 304) return nullptr;
  const std::string* body = nullptr;
  for (const PageVisit& other : visits_)
    if (other.last().started < visit.last().started && other.addresses.back() == visit.addresses.back() &&
        other.last().body)
      body = &*other.last().body;
  return body;
}

Walk::Page Walk::page_of(const PageVisit& visit) const {
  const std::string* body = body_of(visit);
  return body == nullptr ? nullptr : read_page(*body, visit.addresses.back());
}

// Passwords by the fields they were typed into: those that hide them, and those whose label says so.
void Walk::learn_passwords() {
  std::set<std::string, std::less<>> names;
  std::string words;
  for (const PageVisit& visit : visits_) {
    const Page page = page_of(visit);
    if (!page) continue;
    words += words_of_controls(*page);
    for (const web::Control& control : page->forms.controls)
      if (is_password_type(control.type) || names_a_password(control.shown_name())) names.insert(control.name);
  }
  for (const PageVisit& visit : visits_)
    for (const HarEntry* entry : visit.hops)
      for (const PostedField& field : sent_fields(*entry))
        if (names.contains(field.name)) secrets_.add_password(field.value);
  secrets_.finish(words);
}

Trouble Walk::trouble_of(const PageVisit& visit, const Page& page, bool sends_password) const {
  Trouble trouble;
  trouble.status = visit.last().status;
  if (!page) {
    trouble.is_unknown = sends_password && may_be_refused(visit);
    return trouble;
  }
  for (const web::ShownError& error : web::shown_errors(*page->document, page->forms)) {
    trouble.has_error = true;
    if (trouble.words.empty()) trouble.words = values_.words(error.words).value_or("");
  }
  if (trouble.status >= 400 && trouble.words.empty())
    trouble.words = values_.words(page->document->title()).value_or("");
  trouble.is_asked_again = sends_password && init::choose_sign_in(page->forms).has_value();
  return trouble;
}

// An app that refuses a password shows the form once more, often with a status of 200. Without the page, it may have
// done so wherever the form was, and where it answers at the address that the form went to.
bool Walk::may_be_refused(const PageVisit& visit) const {
  const std::string& end = visit.addresses.back().path();
  const bool is_where_form_was = !seen_.empty() && seen_.back()->addresses.back().path() == end;
  return visit.last().status < 400 && (is_where_form_was || visit.hops.size() == 1);
}

bool Walk::is_sent_again(const PageVisit& visit, const PageVisit* next) const {
  return next != nullptr && visit.first().method != "GET" && next->first().method == visit.first().method &&
         next->addresses.front().path() == visit.addresses.front().path();
}

void Walk::expect_what_must_hold(ImportedStep& step, const Trouble& trouble, bool signs_in, bool is_last,
                                 bool is_tried_again) {
  if (is_last && signs_in && !settings_.dashboard.empty()) {
    step.expect.emplace_back("dashboard", "\"open\"");
    return;
  }
  if (is_last) step.expect.emplace_back("status", "\"2xx\"");
  if (trouble.status >= 400) {
    // A server error stays one.
    if (!is_last && trouble.status < 500) step.expect.emplace_back("status", R"(["2xx", "4xx"])");
    return;
  }
  if (is_tried_again) return; // it was to be refused
  if (!trouble.words.empty()) step.expect.emplace_back("no_text", toml_plain(whole_words(trouble.words)));
  if (trouble.is_asked_again) step.expect.emplace_back("no_element", R"("input[type=\"password\"]")");
  if (trouble.words.empty() && !trouble.is_asked_again)
    step.comments.emplace_back("the words of the error hold what must not be written: expect here what must hold");
}

// What must hold, and not what broke: that is the ticket.
void Walk::expect(ImportedStep& step, const PageVisit& visit, const Page& page, bool signs_in,
                  const PageVisit* following) {
  const Trouble trouble = trouble_of(visit, page, signs_in);
  const bool is_last = following == nullptr;
  const web::Url& end = visit.addresses.back();
  step.seen = {.status = trouble.status, .path = values_.page(end), .is_trouble = trouble.any()};
  if (trouble.any() && settings_.pins_what_was_seen) {
    if (trouble.status >= 400 || trouble.words.empty())
      step.expect.emplace_back("status", std::to_string(trouble.status));
    if (!trouble.words.empty()) step.expect.emplace_back("text", toml_plain(whole_words(trouble.words)));
    if (trouble.words.empty() && trouble.status < 400)
      step.expect.emplace_back("page", toml_literal(values_.page(end)));
  } else if (trouble.any()) {
    std::string saw = std::to_string(trouble.status);
    if (!trouble.words.empty()) saw += fmt::format(" \"{}\"", trouble.words);
    if (trouble.is_asked_again) saw += ", with the form again";
    step.comments.push_back("the ticket saw: " + saw);
    expect_what_must_hold(step, trouble, signs_in, is_last, is_sent_again(visit, following));
  } else if (trouble.is_unknown) {
    step.comments.emplace_back("the recording does not show whether the app took the password");
    if (is_sent_again(visit, following)) return;
    if (!settings_.dashboard.empty())
      step.expect.emplace_back("dashboard", "\"open\"");
    else
      step.expect.emplace_back("no_element", R"("input[type=\"password\"]")");
  } else {
    if (signs_in && end.path() == settings_.dashboard) step.expect.emplace_back("dashboard", "\"open\"");
    if (!is_last) return;
    step.expect.emplace_back("page", toml_literal(values_.page(end)));
    const std::string title = page ? page->document->title() : std::string();
    if (const auto words = values_.words(title); words && *words == title)
      step.expect.emplace_back("title", toml_plain(title));
  }
}

// Whether the person went there from the page that is open. Some browsers and pages do not say where from.
bool Walk::follows_from_page(const PageVisit& visit) const {
  const auto& headers = visit.first().request_headers;
  if (!page_ || header_of(headers, "sec-fetch-site") == "none") return false;
  const auto from = web::Url::parse(header_of(headers, "referer"));
  if (!from) return !header_of(headers, "sec-fetch-site").empty();
  const bool is_origin_alone = from->path() == "/" && !from->query() && from->origin() == page_->address.origin();
  return is_origin_alone || from->without_fragment() == page_->address.without_fragment();
}

// The person went back without asking the app again: the step before opens that page once more.
std::optional<ImportedStep> Walk::submit_on_earlier_page(const PageVisit& visit, const std::vector<PostedField>& fields,
                                                         SignedIn signed_in) {
  std::size_t looked_at = 0;
  for (auto earlier = seen_.rbegin(); earlier != seen_.rend() && looked_at < most_pages_back; ++earlier, ++looked_at) {
    if ((*earlier)->last().method != "GET") continue;
    const Page page = page_of(**earlier);
    const auto form =
        page ? form_that_sent(*page, visit.first().method, visit.addresses.front(), fields) : std::nullopt;
    auto step = form ? submit_of_page(*page, *form, fields, signed_in, values_) : std::nullopt;
    if (!step) continue;
    result_.scenario.steps.push_back({.verb = Verb::open,
                                      .argument = toml_literal(values_.address((*earlier)->addresses.back())),
                                      .comments = {"back to an earlier page"}});
    return step;
  }
  return std::nullopt;
}

void Walk::take_sent(const PageVisit& visit, const Page& next, ImportedStep& step, bool& signs_in) {
  const std::vector<PostedField> fields = sent_fields(visit.first());
  const std::string& method = visit.first().method;
  const auto form = page_ ? form_that_sent(*page_, method, visit.addresses.front(), fields) : std::nullopt;
  const auto sign_in = page_ ? init::choose_sign_in(page_->forms) : std::nullopt;
  signs_in = form && sign_in ? form->form == sign_in->form : sends_password(fields);
  const int status = visit.last().status;
  const bool was_refused = (status >= 400 && status < 500) ||
                           (next ? init::choose_sign_in(next->forms).has_value() : signs_in && may_be_refused(visit));
  const SignedIn signed_in = was_refused ? SignedIn::no : SignedIn::yes;
  std::optional<ImportedStep> found;
  if (form) found = submit_of_page(*page_, *form, fields, signed_in, values_);
  // A link whose script sends a form.
  if (!found && page_ && fields.size() <= 2)
    if (const std::string words = link_to(*page_, visit.addresses.front()); !words.empty() && values_.is_clean(words))
      found = ImportedStep{.verb = Verb::click, .argument = toml_plain(words)};
  if (!found) found = submit_on_earlier_page(visit, fields, signed_in);
  if (found) {
    step = *std::move(found);
    return;
  }
  const std::string from = seen_.empty() ? std::string() : seen_.back()->addresses.back().path();
  step = submit_of_unseen(visit.addresses.front(), from, fields, signed_in, values_);
  if (page_) step.comments.emplace_back("no form of the page sends this: a script may have made it");
}

void Walk::take_loaded(const PageVisit& visit, ImportedStep& step) {
  const web::Url& address = visit.addresses.front();
  step.argument = toml_literal(values_.address(address));
  if (!follows_from_page(visit)) return;
  if (const std::string words = link_to(*page_, address); !words.empty() && values_.is_clean(words)) {
    step = {.verb = Verb::click, .argument = toml_plain(words)};
    return;
  }
  if (!address.query()) return;
  HarEntry query;
  query.sent_type = "application/x-www-form-urlencoded";
  query.sent_text = *address.query();
  const std::vector<PostedField> fields = sent_fields(query);
  if (const auto form = form_that_sent(*page_, "GET", address, fields))
    if (auto submit = submit_of_page(*page_, *form, fields, SignedIn::yes, values_)) step = *std::move(submit);
}

// Scripts that signed somebody in before the visit; null: all that are left.
void Walk::take_calls_before(const PageVisit* visit) {
  const std::vector<HarEntry>& calls = log_.calls();
  for (; next_call_ < calls.size(); ++next_call_) {
    const HarEntry& call = calls[next_call_];
    if (visit != nullptr && call.started >= visit->first().started) return;
    const auto address = web::Url::parse(call.url);
    if (!address || !is_of_app(*address)) continue;
    if (auto step = request_that_signs_in(call, *address, !seen_.empty(), values_))
      result_.scenario.steps.push_back(*std::move(step));
  }
}

void Walk::take(const PageVisit& visit, const PageVisit* following) {
  take_calls_before(&visit);
  Page next = page_of(visit);
  ImportedStep step;
  bool signs_in = false;
  const web::Url& first = visit.addresses.front();
  if (is_of_app(first) && visit.first().method == "GET") {
    take_loaded(visit, step);
  } else if (is_of_app(first)) {
    take_sent(visit, next, step, signs_in);
  } else if (settings_.has_sign_in && settings_.values.is_account_named) {
    step = {.verb = Verb::sign_in, .argument = toml_literal(settings_.values.accounts.front().name)};
    step.comments.push_back(fmt::format("the browser came back from {}", first.host_and_port()));
  } else {
    comments_.push_back(
        fmt::format("the browser came back from {}: sign in here as the project does it", first.host_and_port()));
    step.argument = toml_literal(values_.address(visit.addresses.back()));
  }
  step.comments.insert(step.comments.begin(), comments_.begin(), comments_.end());
  comments_.clear();
  if (step.verb != Verb::sign_in) expect(step, visit, next, signs_in, following);
  result_.redirects += visit.hops.size() - 1;
  result_.scenario.steps.push_back(std::move(step));
  seen_.push_back(&visit);
  page_ = std::move(next);
}

HarScenario Walk::run() {
  learn_passwords();
  result_.origin = origin_;
  std::vector<const PageVisit*> of_app;
  for (const PageVisit& visit : visits_) {
    if (is_of_app(visit.addresses.back()))
      of_app.push_back(&visit);
    else
      ++result_.other_sites[visit.addresses.back().host_and_port()];
  }
  for (std::size_t at = 0; at < of_app.size(); ++at)
    take(*of_app[at], at + 1 < of_app.size() ? of_app[at + 1] : nullptr);
  take_calls_before(nullptr);
  const std::string& ticket = settings_.values.ticket;
  result_.scenario.ticket = ticket;
  result_.scenario.name = "What " + ticket + " did";
  result_.lifted = values_.lifted().all();
  result_.typed = values_.typed_values();
  for (const LiftedValues::Lifted& lifted : result_.lifted)
    result_.scenario.comments.push_back(fmt::format("{}: {}", lifted.variable, lifted.nature));
  if (!result_.lifted.empty())
    result_.scenario.comments.insert(result_.scenario.comments.begin(), "These values come from the environment:");
  return std::move(result_);
}

} // namespace

HarScenario har_scenario(const HarLog& log, const HarSettings& settings, KnownSecrets& secrets) {
  return Walk(log, settings, secrets).run();
}

std::vector<std::string> describe_calls(const HarLog& log, const KnownSecrets& secrets) {
  std::vector<std::string> lines;
  for (const HarEntry& call : log.calls()) {
    const auto address = web::Url::parse(call.url);
    if (!address || lines.size() == most_calls_shown) continue;
    const std::string path = secrets.is_clean(address->path()) ? address->path() : "/…";
    std::string line = fmt::format("{} {} → {}", call.method, path, call.status);
    if (!contains(lines, line)) lines.push_back(std::move(line));
  }
  return lines;
}

} // namespace murphy::imported
