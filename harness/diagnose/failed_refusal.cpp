#include "diagnose/failed_expectation_parts.h"

#include "base/nearest.h"
#include "base/text.h"
#include "diagnose/fields.h"
#include "diagnose/mask.h"
#include "diagnose/names.h"
#include "diagnose/sentence.h"

#include <algorithm>
#include <cctype>
#include <fmt/format.h>

namespace murphy::diagnose {

namespace {

using record::Confidence;
using record::Layer;

// The error that the page shows at a field that was filled in, and the field.
std::pair<const SentField*, std::string> error_at_filled_field(const FailedExpectations& failed) {
  for (const SentField& field : failed.facts().sent->fields) {
    if (field.label.empty() || field.value.empty() || field.type == "hidden") continue;
    if (const auto* error = error_at(failed.evidence().errors, field)) return {&field, error->words};
  }
  return {nullptr, {}};
}

bool is_respelled(std::string_view account) {
  return trim(account) != account || std::ranges::any_of(account, [](unsigned char c) { return std::isupper(c) != 0; });
}

Hypothesis locked_out(const FailedExpectations& failed) {
  std::ptrdiff_t refused = 0;
  bool forgiven = false;
  for (const SignInAttempt& each : failed.facts().attempts) {
    if (each.account != failed.account()) continue;
    if (each.accepted && refused > 0) forgiven = true;
    if (!each.accepted) ++refused;
  }
  if (refused == 0)
    return {suspect_of(Layer::config, Layer::database, Confidence::medium,
                       "the account is locked though nobody mistyped its password here: a lock lasts too long"),
            "lock"};
  if (forgiven)
    return {suspect_of(Layer::model, Layer::database, Confidence::medium,
                       "the account is locked by wrong passwords that a right one should have cleared: the count of "
                       "failures is not set back"),
            "lock"};
  return {suspect_of(Layer::config, Layer::model, Confidence::medium,
                     "the account is locked after fewer wrong passwords than the scenario expects"),
          "lock"};
}

// The credentials are refused, though they are right.
std::optional<Hypothesis> rejected(const FailedExpectations& failed) {
  const std::string account = failed.account();
  const auto& attempts = failed.facts().attempts;
  const bool made_here = std::ranges::any_of(attempts, [&](const SignInAttempt& each) {
    return each.makes_account && each.accepted && each.account == account;
  });
  if (is_respelled(account))
    return Hypothesis{
        suspect_of(Layer::model, Layer::database, Confidence::medium,
                   "the name of the account was typed in capitals or with spaces, and the app finds no such "
                   "account: names are compared letter for letter"),
        "credentials"};
  if (made_here)
    return Hypothesis{
        suspect_of(Layer::model, Layer::database, Confidence::medium,
                   "the account was made a moment ago and its password is refused: signing up does not keep "
                   "what signing in compares"),
        "credentials"};
  return std::nullopt;
}

// The form was taken, and leads somewhere else than to the dashboard.
std::optional<Hypothesis> led_astray(const FailedExpectations& failed) {
  const auto own = failed.own();
  const std::string wanted = failed.dashboard_path();
  if (wanted.empty() || own.size() < 2 || !record::is_redirect(own.front().status) || failed.page_has_password_field())
    return std::nullopt;
  const Exchange& last = own.back();
  if (last.path == wanted || (last.status != 404 && last.status != 200)) return std::nullopt;
  Hypothesis hypothesis{suspect_of(Layer::config, Layer::controller, Confidence::medium,
                                   last.status == 404
                                       ? fmt::format("signing in leads to {}, which is not there", last.path)
                                       : fmt::format("signing in leads to {} and not to {}", last.path, wanted),
                                   last.path),
                        "redirect"};
  if (last.status == 200 || nearest(last.path, {wanted}).size() == 1) {
    hypothesis.suspect.suggestion = wanted;
    hypothesis.suspect.origin = record::SuggestionOrigin::scenario;
    if (last.status == 404) hypothesis.suspect.cause += fmt::format("; the dashboard is {}", wanted);
  }
  return hypothesis;
}

std::optional<Hypothesis> sent_astray(const FailedExpectations& failed) {
  const SentForm& sent = *failed.facts().sent;
  const Exchange& first = failed.own().front();
  if (first.status != 404 && first.status != 405) return std::nullopt;
  if (sent.made_up) return std::nullopt;
  return Hypothesis{
      suspect_of(Layer::view, Layer::controller, Confidence::medium,
                 first.status == 405
                     ? fmt::format("the form goes to {} by {}, which the app does not take", first.path, first.method)
                     : fmt::format("the form goes to {}, which is not there", first.path),
                 first.path)};
}

} // namespace

std::optional<Hypothesis> about_refusal(const FailedExpectations& failed) {
  if (!failed.facts().sent || failed.own().empty() || failed.has_server_error()) return std::nullopt;
  const SentForm& sent = *failed.facts().sent;
  if (!failed.wants_success()) return std::nullopt;
  if (sent.encoding.starts_with("text/plain") && failed.own().front().status >= 400) {
    Hypothesis unread{suspect_of(Layer::view, Layer::unknown, Confidence::high,
                                 "the form is sent as text/plain (its enctype), which frameworks do not read",
                                 "enctype")};
    unread.suspect.subject = subject_of_encoding;
    return unread;
  }
  if (auto astray = sent_astray(failed)) return astray;
  if (auto astray = led_astray(failed)) return astray;
  if (failed.page_says_locked()) return locked_out(failed);
  const auto& errors = failed.evidence().errors;
  if (errors.empty()) return std::nullopt;
  if (const auto field = unread_field(failed.evidence())) {
    // A form that sends what it always sent is not at fault: who reads it has another name for the field.
    const auto& known = failed.evidence().known_good;
    if (field->meant.empty() && known && std::ranges::find(known->fields, field->whole) != known->fields.end())
      return Hypothesis{suspect_of(
          Layer::controller, Layer::model, Confidence::medium,
          fmt::format("the app finds nothing in \"{}\", which the form sends as it did before", field->whole),
          field->name)};
    Hypothesis hypothesis{suspect_of(Layer::view, Layer::unknown,
                                     field->meant.empty() ? Confidence::medium : Confidence::high,
                                     misnamed_field_cause(*field), field->name)};
    hypothesis.suspect.suggestion = field->meant;
    hypothesis.suspect.origin = field->origin;
    return hypothesis;
  }
  // "Account is disabled": about the account, wherever the page puts it.
  const auto is_of_account = [](const record::ShownError& error) {
    const auto sentence = read_sentence(error.words);
    return sentence && sentence->kind == "disabled";
  };
  if (std::ranges::any_of(errors, is_of_account)) return std::nullopt;
  if (const auto [field, words] = error_at_filled_field(failed); field != nullptr)
    return Hypothesis{suspect_of(Layer::model, Layer::unknown, Confidence::medium,
                                 fmt::format("the app refuses what was typed for \"{}\" though it is right: {}",
                                             field->label, masked(words)),
                                 field->name),
                      "rule"};
  return rejected(failed);
}

} // namespace murphy::diagnose
