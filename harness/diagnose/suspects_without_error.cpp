#include "diagnose/suspects_without_error.h"

#include "base/nearest.h"
#include "base/sign_in_words.h"
#include "base/text.h"
#include "diagnose/cause_text.h"
#include "diagnose/fields.h"
#include "diagnose/mask.h"
#include "diagnose/names.h"
#include "diagnose/request_lines.h"
#include "diagnose/suggest.h"
#include "diagnose/suspect_by_probes.h"
#include "diagnose/suspect_of.h"
#include "diagnose/suspects_by_baseline.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <fmt/format.h>
#include <functional>
#include <set>
#include <utility>

namespace murphy::diagnose {

namespace {

using record::Confidence;
using record::Layer;
using record::Suspect;

Suspect about(Suspect made, std::string identifier, std::string suggestion = {},
              record::SuggestionOrigin origin = record::SuggestionOrigin::none) {
  made.identifier = std::move(identifier);
  made.suggestion = std::move(suggestion);
  made.origin = origin;
  return made;
}

Suspect with_advice(Suspect made, std::string advice) {
  made.advice = std::move(advice);
  return made;
}

// A word of the page that differs by a slip from the word at its place on the good page.
std::optional<std::pair<std::string, std::string>> misspelled_word(const std::string& page, const std::string& good) {
  const auto words = [](const std::string& text) {
    std::set<std::string> all;
    std::string word;
    for (const char c : text + " ") {
      if (std::isalpha(static_cast<unsigned char>(c)) != 0)
        word += c;
      else if (!word.empty())
        all.insert(std::exchange(word, {}));
    }
    return all;
  };
  const auto now = words(page), before = words(good);
  std::vector<std::string> gone, added;
  std::ranges::set_difference(before, now, std::back_inserter(gone));
  std::ranges::set_difference(now, before, std::back_inserter(added));
  if (added.size() > 3) return std::nullopt;
  for (const std::string& word : added) {
    const auto near = nearest(word, gone);
    if (near.size() == 1 && ascii_lower(near.front()) != ascii_lower(word)) return std::pair(word, near.front());
  }
  return std::nullopt;
}

// A misspelled name in the words of the refusal, as in "Invalid emial or password": the app made them from its
// settings. The page itself, its label for instance, has the name as it should be.
std::optional<std::pair<std::string, std::string>> misspelled_in_refusal(const std::string& page) {
  const std::string lower = ascii_lower(page);
  for (const std::string_view line : split(lower, '\n')) {
    if (!refuses(line) || line.size() > 200) continue;
    std::string word;
    for (const char c : std::string(line) + " ") {
      if (std::isalpha(static_cast<unsigned char>(c)) != 0) {
        word += c;
        continue;
      }
      const std::string usual = usual_spelling(word);
      const bool is_of_form = role_of(usual) == FieldRole::user || role_of(usual) == FieldRole::password;
      if (!usual.empty() && is_of_form && lower.contains(usual) && !usual.contains(word)) return std::pair(word, usual);
      word.clear();
    }
  }
  return std::nullopt;
}

// Lines of the good dashboard that are not on the page, and that are more than navigation.
std::vector<std::string> missing_lines(const std::string& page, const std::string& good) {
  std::vector<std::string> missing;
  if (good.empty() || page.empty()) return missing;
  std::size_t there = 0;
  for (const std::string_view line : split(good, '\n')) {
    const std::string_view bare = trim(line);
    if (bare.empty()) continue;
    if (collapse_white_space(page).contains(collapse_white_space(bare)))
      ++there;
    else
      missing.emplace_back(bare);
  }
  // Another page altogether says nothing about a variable.
  if (there == 0) missing.clear();
  return missing;
}

// A column that takes less than it did: what was written into it since is cut, or refused.
std::optional<Suspect> narrowed_column(const record::Schema& now, const record::Schema& before) {
  for (const record::Table& table : before.tables) {
    const auto same = std::ranges::find(now.tables, table.name, &record::Table::name);
    if (same == now.tables.end()) continue;
    for (const record::Column& was : table.columns) {
      const auto is = std::ranges::find(same->columns, was.name, &record::Column::name);
      if (is == same->columns.end() || !is->length || (was.length && *is->length >= *was.length)) continue;
      const std::string cause =
          fmt::format("{}.{} takes {} characters where it took {}", table.name, was.name, *is->length,
                      was.length ? std::to_string(*was.length) : "any number of them");
      auto made = about(suspect_of(Layer::database, Layer::unknown, Confidence::high, cause), was.name);
      made.evidence.push_back({record::EvidenceSource::schema, cause});
      return made;
    }
  }
  return std::nullopt;
}

// Columns that went while a near one came, in tables of people and sessions: nothing needs to have complained.
std::optional<Suspect> changed_schema(const Evidence& evidence) {
  if (!evidence.schema || !evidence.known_good || !evidence.known_good->schema) return std::nullopt;
  const auto names = [](const record::Schema& schema) {
    std::set<std::string> all;
    for (const record::Table& table : schema.tables) {
      all.insert(table.name);
      for (const record::Column& column : table.columns) all.insert(table.name + "." + column.name);
    }
    return all;
  };
  const auto now = names(*evidence.schema), before = names(*evidence.known_good->schema);
  std::vector<std::string> gone, added;
  std::ranges::set_difference(before, now, std::back_inserter(gone));
  std::ranges::set_difference(now, before, std::back_inserter(added));
  // What was not looked at is not gone.
  if (evidence.schema->left_out > 0)
    std::erase_if(gone, [&](const std::string& name) { return !now.contains(name.substr(0, name.find('.'))); });
  if (gone.empty()) return narrowed_column(*evidence.schema, *evidence.known_good->schema);
  const auto last = [](const std::string& name) { return name.substr(name.find('.') + 1); };
  // A renamed table takes its columns with it: tables come first.
  std::ranges::stable_sort(gone, {}, [](const std::string& name) { return name.contains('.'); });
  for (const std::string& name : gone) {
    std::vector<std::string> candidates;
    for (const std::string& other : added)
      if (other.contains('.') == name.contains('.') &&
          (!name.contains('.') || other.substr(0, other.find('.')) == name.substr(0, name.find('.'))))
        candidates.push_back(last(other));
    const auto near = nearest(last(name), candidates);
    const bool session = names_a_session(name);
    if (near.size() != 1) continue;
    auto made = about(suspect_of(session ? Layer::session : Layer::database, Layer::unknown, Confidence::high,
                                 fmt::format("{} is gone, {} is new", name, near.front())),
                      near.front(), last(name), record::SuggestionOrigin::baseline);
    made.evidence.push_back({record::EvidenceSource::schema, name + " is gone, " + near.front() + " is new"});
    return made;
  }
  auto made = about(suspect_of(Layer::database, Layer::unknown, Confidence::medium, gone.front() + " is gone"),
                    last(gone.front()));
  made.evidence.push_back({record::EvidenceSource::schema, gone.front() + " is gone"});
  return made;
}

// Columns of the schema that are a slip away from what such columns are called everywhere.
std::optional<Suspect> misspelled_column(const Evidence& evidence) {
  if (!evidence.schema) return std::nullopt;
  for (const record::Table& table : evidence.schema->tables) {
    // Where no passwords are kept, a word that is near a usual one is more often just another word.
    if (std::ranges::none_of(table.columns, [](const record::Column& each) {
          return ascii_lower(each.name).contains("pass") || ascii_lower(usual_spelling(each.name)).contains("pass");
        }))
      continue;
    for (const record::Column& column : table.columns) {
      const std::string usual = usual_spelling(column.name);
      if (usual.empty() || !is_usual(usual)) continue;
      const bool also_there =
          std::ranges::any_of(table.columns, [&](const record::Column& other) { return other.name == usual; });
      if (also_there) continue;
      auto made =
          about(suspect_of(Layer::database, Layer::model, Confidence::medium,
                           fmt::format("{}.{} looks like a misspelling of \"{}\"", table.name, column.name, usual)),
                column.name, usual, record::SuggestionOrigin::usual_spelling);
      made.evidence.push_back({record::EvidenceSource::schema, table.name + "." + column.name});
      return made;
    }
  }
  return std::nullopt;
}

// The sign-in ended on a page of its own that no step goes on from: consent, a second factor.
bool stopped_on_the_way(const Evidence& evidence) {
  return evidence.of_step && std::ranges::any_of(evidence.of_step->failures, [](const record::Failure& failure) {
           return failure.code == record::FailureCode::sign_in_stopped;
         });
}

// The request was not sent, as the scenario gives its token out nowhere.
bool lacks_its_token(const Evidence& evidence) {
  return evidence.of_step && std::ranges::any_of(evidence.of_step->failures, [](const record::Failure& failure) {
           return failure.code == record::FailureCode::missing_csrf_token;
         });
}

// Whether the app itself ended in the step.
bool has_ended(const Evidence& evidence) {
  return evidence.of_step && std::ranges::any_of(evidence.of_step->failures, [](const record::Failure& each) {
           return each.code == record::FailureCode::app_ended;
         });
}

Suspect by_ending(const SignInCourse& sign_in, const Evidence& evidence) {
  using enum Ending;
  switch (sign_in.ending) {
  case undetermined:
    if (lacks_its_token(evidence)) break;
    return suspect_of(Layer::config, Layer::unknown, Confidence::low, "the app did not start, and said nothing");
  case unreachable:
    return suspect_of(Layer::config, Layer::network, Confidence::low, "nothing answers at the app's address");
  case moved_to_https:
    return suspect_of(Layer::config, Layer::network, Confidence::medium,
                      "the app sends browsers to an address where nothing answers");
  case page_failed: {
    // The very first page and a page behind a redirect: the latter got through the framework's own start.
    const bool first = sign_in.at == &evidence.exchanges.front();
    return first ? suspect_of(Layer::config, Layer::database, Confidence::low, "the first page ends in a server error")
                 : suspect_of(Layer::database, Layer::model, Confidence::low,
                              "showing the sign-in page ends in a server error");
  }
  case page_refused:
    if (sign_in.at->status == 401)
      return suspect_of(
          Layer::config, Layer::unknown, Confidence::medium,
          "the server asks for HTTP credentials before anybody signs in: `authorize` of the target has them");
    return suspect_of(Layer::config, Layer::unknown, Confidence::medium,
                      "the app refuses requests before anybody signs in: look at the hosts it serves");
  case page_missing: {
    const std::string& path = sign_in.at->path;
    const std::string usual = usual_spelling(path);
    if (sign_in.at->note == with_answer_of_provider)
      return about(suspect_of(Layer::config, Layer::controller, Confidence::medium,
                              "the identity provider sends people back to " + path + ", which is not there"),
                   path);
    std::string cause = path.empty() ? "the sign-in page is not there" : path + " is not there";
    if (!usual.empty()) cause += "; it looks like a misspelling of " + usual;
    return about(suspect_of(Layer::config, Layer::view, Confidence::low, std::move(cause)), path, usual,
                 usual.empty() ? record::SuggestionOrigin::none : record::SuggestionOrigin::usual_spelling);
  }
  case no_form: return suspect_of(Layer::config, Layer::view, Confidence::low, "the page has no sign-in form");
  case set_up:
    return suspect_of(Layer::config, Layer::database, Confidence::medium,
                      "the app offers to install itself: it does not find its data");
  case form_astray:
    return about(suspect_of(Layer::view, Layer::controller, Confidence::medium,
                            "the form goes where the app expects no form: " + exchange_line(*sign_in.at)),
                 sign_in.at->path);
  case submit_failed:
    return suspect_of(Layer::database, Layer::model, Confidence::low, "signing in ends in a server error");
  case submit_refused: {
    LayerGuess guess = csrf_layer(evidence);
    // An API refuses what scenarios send for other reasons, too.
    const bool is_csrf = sign_in.at->status == 419 || ascii_lower(words_of_page(evidence)).contains("csrf");
    if (guess.layer == Layer::harness && !is_csrf) guess = {Layer::session, Layer::config, Confidence::medium};
    Suspect made = about(suspect_of(guess.layer, guess.also, guess.confidence,
                                    guess.layer == Layer::view      ? "the form sends no CSRF token"
                                    : guess.layer == Layer::harness ? made_up_csrf_cause
                                                                    : "the app refuses the form before it looks at the "
                                                                      "password"),
                         missing_token(evidence));
    if (guess.layer == Layer::view && !made.identifier.empty())
      made.subject = subject_of_missing_field(made.identifier);
    return made;
  }
  case denied:
    return suspect_of(
        Layer::config, Layer::database, Confidence::low,
        "the app denies the account access before it signs it in: look at its rules, and at the account's "
        "roles");
  case submit_lost:
    if (has_ended(evidence)) return {}; // nothing waits: the app is gone
    // A page that needs no account waits as well: no row is locked, the service itself is silent.
    if (std::ranges::count(evidence.exchanges, 0, &Exchange::status) > 1)
      return suspect_of(Layer::network, Layer::database, Confidence::low,
                        "the app answers nothing any more: a service behind it waits");
    return suspect_of(Layer::database, Layer::network, Confidence::low,
                      "the app does not answer the form: something behind it waits");
  case form_unread:
    return suspect_of(Layer::controller, Layer::view, Confidence::medium,
                      "the app cannot read the form: it looks for a field that the form does not send");
  case field_missing: {
    const std::string field = field_the_page_names(evidence);
    return about(suspect_of(Layer::controller, Layer::view, Confidence::medium,
                            field.empty()
                                ? "the app found a field empty that was filled in"
                                : fmt::format("the app found the field \"{}\" empty, and it was filled in", field)),
                 field);
  }
  case rejected:
    if (tables_are_as_before(evidence))
      return suspect_of(
          Layer::model, Layer::database, Confidence::medium,
          "the app takes the right password for a wrong one, and its tables are as they were: look at what "
          "the model reads and compares, and at the account's row");
    return with_advice(
        suspect_of(Layer::database, Layer::model, Confidence::low,
                   "the app takes the right password for a wrong one: look at the account's row and its stored hash"),
        "Check first whether the project has the account's password: in its file, or in the environment variable that "
        "the file names. Then look at the account's row and its stored hash.");
  case form_again:
    // What breaks no sign-in ends so as well.
    return suspect_of(Layer::controller, Layer::view, Confidence::guess,
                      "the form comes back without a word: what was typed did not reach the check");
  case sent_back:
    return suspect_of(Layer::session, Layer::controller, Confidence::low,
                      "the app sends back to the form without a word: the session that would carry it is lost");
  case bounced:
    if (stopped_on_the_way(evidence)) break; // a page that the project does not describe is no fault of the app
    return suspect_of(Layer::session, Layer::config, Confidence::medium,
                      "the app accepts the sign-in and has forgotten it on the next page");
  case landing_failed:
    return suspect_of(Layer::model, Layer::database, Confidence::low,
                      "the page behind the sign-in ends in a server error");
  case landing_missing:
    return about(suspect_of(Layer::config, Layer::controller, Confidence::medium,
                            "the sign-in leads to a page that is not there: " + exchange_line(*sign_in.at)),
                 sign_in.at->path);
  case landing_denied:
    return suspect_of(Layer::database, Layer::config, Confidence::medium,
                      "the account is signed in and has no right to the page: look at its roles");
  case signed_in: break;
  }
  return {};
}

// Whether a step could fail because the sign-in form is not there. That the page shows none says nothing of a step that
// looked for something else.
bool may_miss_form(const Evidence& evidence) {
  if (!evidence.of_step || evidence.of_step->failures.empty()) return true;
  const bool has_password = std::ranges::any_of(evidence.of_step->forms, [](const record::PageForm& form) {
    return std::ranges::any_of(form.fields,
                               [](const record::PageField& field) { return is_password_type(field.type); });
  });
  if (has_password) return false;
  return std::ranges::any_of(evidence.of_step->failures, [](const record::Failure& failure) {
    using enum record::FailureCode;
    static constexpr std::array about_form = {missing_form,          missing_field,        button_without_form,
                                              validate_missing_form, validate_lost_form,   not_signed_in,
                                              dashboard_not_reached, dashboard_incomplete, wrong_page};
    return std::ranges::find(about_form, failure.code) != about_form.end();
  });
}

} // namespace

std::string exchange_line(const Exchange& exchange) {
  return fmt::format("{} {} → {}", exchange.method, exchange.path.empty() ? "(address not kept)" : exchange.path,
                     exchange.status == 0 ? "no answer" : std::to_string(exchange.status));
}

std::vector<Suspect> suspects_without_error(const SignInCourse& sign_in, const Evidence& evidence) {
  std::vector<Suspect> suspects;
  const bool not_let_in = sign_in.ending == Ending::rejected || sign_in.ending == Ending::form_again ||
                          sign_in.ending == Ending::sent_back || sign_in.ending == Ending::form_unread ||
                          sign_in.ending == Ending::submit_refused || sign_in.ending == Ending::field_missing;
  if (not_let_in) {
    if (const auto field = misnamed_field(evidence)) {
      auto made = about(suspect_of(Layer::view, Layer::unknown, field->certain ? Confidence::high : Confidence::medium,
                                   misnamed_field_cause(*field)),
                        field->name, field->meant, field->origin);
      made.evidence.push_back({record::EvidenceSource::form, "sends " + join(evidence.fields, ", ")});
      suspects.push_back(std::move(made));
    }
  }
  // A step of our own did not pass, however far the sign-in came.
  const bool failed = sign_in.ending != Ending::signed_in || (evidence.known_good && evidence.known_good->record);
  if (failed) {
    if (auto changed = changed_schema(evidence)) suspects.push_back(std::move(*changed));
    for (Suspect& each : suspects_by_baseline(evidence)) suspects.push_back(std::move(each));
    const bool guess = suspects.empty() && not_let_in && !(evidence.known_good && evidence.known_good->schema);
    if (auto column = guess ? misspelled_column(evidence) : std::nullopt) suspects.push_back(std::move(*column));
  }
  const auto slip = not_let_in ? misspelled_in_refusal(evidence.page) : std::nullopt;
  if (slip)
    suspects.push_back(about(suspect_of(Layer::config, Layer::controller, Confidence::medium,
                                        fmt::format("the refusal says \"{}\"; it looks like a misspelling of \"{}\"",
                                                    slip->first, slip->second)),
                             slip->first, slip->second, record::SuggestionOrigin::usual_spelling));
  if (!slip && not_let_in && evidence.known_good) {
    if (const auto word = misspelled_word(evidence.page, evidence.known_good->refusal))
      suspects.push_back(
          about(suspect_of(Layer::config, Layer::view, Confidence::medium,
                           fmt::format("the page says \"{}\" where it said \"{}\"", word->first, word->second)),
                word->first, word->second, record::SuggestionOrigin::baseline));
  }
  if (auto probed = suspect_by_probes(sign_in, evidence)) suspects.push_back(std::move(*probed));
  if (sign_in.ending == Ending::signed_in && evidence.known_good) {
    const auto missing = missing_lines(evidence.page, evidence.known_good->dashboard);
    if (!missing.empty()) {
      auto made = suspect_of(Layer::view, Layer::model, Confidence::medium,
                             "the dashboard lacks \"" + masked(missing.front()) +
                                 "\": a name in its template may print nothing");
      made.evidence.push_back({record::EvidenceSource::baseline, "the dashboard had: " + masked(missing.front())});
      suspects.push_back(std::move(made));
    }
  }
  if (sign_in.ending != Ending::no_form || may_miss_form(evidence))
    if (auto ended = by_ending(sign_in, evidence); ended.layer != Layer::unknown) {
      ended.reason = "ending:" + std::string(name_of(sign_in.ending)) +
                     (sign_in.ending == Ending::rejected && tables_are_as_before(evidence) ? "+schema" : "");
      suspects.push_back(std::move(ended));
    }
  std::ranges::stable_sort(suspects, std::greater<>(), &Suspect::confidence);
  for (Suspect& each : suspects) {
    if (sign_in.at != nullptr) each.evidence.push_back({record::EvidenceSource::requests, exchange_line(*sign_in.at)});
    if (!evidence.errors.empty())
      each.evidence.push_back({record::EvidenceSource::page, masked(record::line_of(evidence.errors.front()))});
    if (each.advice.empty()) each.advice = advice_for(each, "");
  }
  return suspects;
}

} // namespace murphy::diagnose
