#include "diagnose/failed_expectation_parts.h"

#include "base/nearest.h"
#include "base/text.h"
#include "diagnose/mask.h"
#include "diagnose/names.h"
#include "diagnose/suspects_without_error.h"
#include "words/failure_text.h"

#include <algorithm>
#include <array>
#include <fmt/format.h>

namespace murphy::diagnose {

namespace {

using record::Confidence;
using record::FailureCode;
using record::Layer;

// Attributes as the header spells them, by the name an expectation goes by.
constexpr std::array<std::pair<std::string_view, std::string_view>, 6> cookie_attributes = {{{"http_only", "HttpOnly"},
                                                                                             {"secure", "Secure"},
                                                                                             {"same_site", "SameSite"},
                                                                                             {"path", "Path"},
                                                                                             {"domain", "Domain"},
                                                                                             {"max_age", "Max-Age"}}};

std::string_view as_spelled(std::string_view attribute) {
  const auto found =
      std::ranges::find(cookie_attributes, attribute, &std::pair<std::string_view, std::string_view>::first);
  return found == cookie_attributes.end() ? std::string_view() : found->second;
}

std::string flaw_of_cookie(const record::Failure& failure, std::string_view attribute) {
  using enum FailureCode;
  const std::string& got = failure.got.text;
  if (failure.code == cookie_without_flag) return fmt::format("is set without {}", attribute);
  if (failure.code == cookie_with_flag) return fmt::format("is set with {}", attribute);
  if (got.empty() || (failure.part == "max_age" && got == "none")) return fmt::format("has no {}", attribute);
  if (failure.wanted.is_negated) return fmt::format("has the {} {}, which it should not have", attribute, got);
  return fmt::format("has another {} than it should: {}", attribute, got);
}

std::optional<Hypothesis> about_cookie(const FailedExpectations& failed) {
  using enum FailureCode;
  const auto* failure = failed.failure({missing_cookie, unwanted_cookie, unknown_cookie, cookie_not_renewed,
                                        cookie_renewed, cookie_without_flag, cookie_with_flag, wrong_cookie_attribute});
  if (failure == nullptr) return std::nullopt;
  const std::string& name = failure->subject;
  if (failure->code == unknown_cookie) {
    const auto near = nearest(name, failure->others);
    Hypothesis slip{suspect_of(Layer::harness, Layer::session, Confidence::medium,
                               fmt::format("the session never held a cookie \"{}\"; it holds \"{}\"", name,
                                           near.empty() ? join(failure->others, "\", \"") : near.front()),
                               name)};
    if (near.size() == 1) {
      slip.suspect.suggestion = near.front();
      slip.suspect.origin = record::SuggestionOrigin::choices_in_message;
    }
    return slip;
  }
  if (const std::string_view attribute = as_spelled(failure->part); !attribute.empty()) {
    Hypothesis flawed{suspect_of(Layer::session, Layer::config, Confidence::high,
                                 fmt::format("the cookie \"{}\" {}", name, flaw_of_cookie(*failure, attribute)),
                                 std::string(attribute))};
    flawed.suspect.subject = subject_of_cookie(name, attribute);
    return flawed;
  }
  std::string cause = fmt::format("the cookie \"{}\" is not what it should be", name);
  if (failure->code == cookie_not_renewed)
    cause = fmt::format("the cookie \"{}\" is not renewed: signing in keeps the session of before", name);
  if (failure->code == cookie_renewed)
    cause = fmt::format("the cookie \"{}\" is renewed where nothing has changed", name);
  if (failure->code == unwanted_cookie) cause = fmt::format("the cookie \"{}\" is still there", name);
  if (failure->code == missing_cookie) cause = fmt::format("the cookie \"{}\" is not set", name);
  if (failure->part == "session") cause = fmt::format("the cookie \"{}\" lives for another time than it should", name);
  return Hypothesis{suspect_of(Layer::session, Layer::config, Confidence::medium, std::move(cause), name)};
}

std::optional<Hypothesis> about_header(const FailedExpectations& failed) {
  const auto* failure = failed.failure({FailureCode::missing_header, FailureCode::wrong_header});
  if (failure == nullptr) return std::nullopt;
  const std::string& name = failure->subject;
  return Hypothesis{suspect_of(
      Layer::config, Layer::controller, Confidence::medium,
      failure->code == FailureCode::missing_header
          ? fmt::format("the answer lacks the header {}", name)
          : fmt::format("the answer's header {} says \"{}\"", name, ellipsize(one_line(failure->got.text), 120)),
      name)};
}

// 404 and 405 in answer to an address that was opened.
std::optional<Hypothesis> about_missing_page(const FailedExpectations& failed) {
  const auto own = failed.own();
  if (own.empty() || failed.facts().sent || (own.back().status != 404 && own.back().status != 410)) return std::nullopt;
  const Exchange& last = own.back();
  const Layer layer = failed.facts().from_a_link ? Layer::view : Layer::config;
  Hypothesis hypothesis{suspect_of(layer, layer == Layer::view ? Layer::unknown : Layer::controller, Confidence::medium,
                                   layer == Layer::view
                                       ? fmt::format("a link leads to {}, which is not there", last.path)
                                       : fmt::format("{} is not there", last.path),
                                   last.path)};
  if (const std::string usual = usual_spelling(last.path); !usual.empty()) {
    hypothesis.suspect.suggestion = usual;
    hypothesis.suspect.origin = record::SuggestionOrigin::usual_spelling;
    hypothesis.suspect.cause += fmt::format("; it looks like a misspelling of {}", usual);
  }
  return hypothesis;
}

std::optional<Hypothesis> about_status(const FailedExpectations& failed) {
  const auto* failure = failed.failure({FailureCode::wrong_status});
  const auto own = failed.own();
  if (failure == nullptr || own.empty() || failed.has_server_error()) return std::nullopt;
  const int got = own.back().status;
  const std::string wanted = words::statuses_text(failure->wanted.statuses);
  if (failed.wants_refusing_status() && got < 400) {
    if (failed.facts().asked_before && !failed.facts().query.empty())
      return Hypothesis{
          suspect_of(
              Layer::model, Layer::controller, Confidence::medium,
              fmt::format("{} works a second time: the app does not record its use, or does not check the record",
                          own.front().path),
              own.front().path),
          "query"};
    if (!failed.evidence().errors.empty() && failed.facts().sent)
      return Hypothesis{
          suspect_of(Layer::controller, Layer::config, Confidence::medium,
                     fmt::format("the form is refused with the status {} and not {}: only its words tell", got, wanted),
                     failed.facts().sent->path),
          "status"};
    return Hypothesis{
        suspect_of(Layer::controller, Layer::model, Confidence::medium,
                   fmt::format("{} is answered with {} where the scenario expects {}", own.front().path, got, wanted))};
  }
  return std::nullopt;
}

// What it rests on: the first expectation that did not hold, and how the app answered.
void quote(const FailedExpectations& failed, record::Suspect& suspect) {
  const record::Failure& first = failed.facts().failures.front();
  suspect.evidence.push_back({record::EvidenceSource::expectation, {}, first});
  if (const auto own = failed.own(); !own.empty() && failed.facts().sent)
    suspect.evidence.push_back({record::EvidenceSource::requests, exchange_line(own.front())});
  if (!failed.evidence().errors.empty())
    suspect.evidence.push_back(
        {record::EvidenceSource::page, masked(record::line_of(failed.evidence().errors.back()))});
}

} // namespace

std::optional<Hypothesis> about_answer(const FailedExpectations& failed) {
  if (auto missing = about_missing_page(failed)) return missing;
  if (auto status = about_status(failed)) return status;
  if (failed.has_server_error() || failed.about_dashboard() != nullptr ||
      failed.failure({FailureCode::wrong_page}) != nullptr)
    return std::nullopt;
  if (auto cookie = about_cookie(failed)) return cookie;
  return about_header(failed);
}

std::optional<Hypothesis> about_policy(const FailedExpectations& failed) {
  const auto* failure =
      failed.failure({FailureCode::forbidden_form, FailureCode::forbidden_script, FailureCode::forbidden_frame});
  if (failure == nullptr) return std::nullopt;
  if (failure->code == FailureCode::forbidden_frame)
    return Hypothesis{suspect_of(Layer::config, Layer::view, Confidence::high, failure->reason.what,
                                 failure->policy ? failure->policy->directive : "X-Frame-Options")};
  if (!failure->policy)
    return Hypothesis{suspect_of(Layer::config, Layer::view, Confidence::high,
                                 "the form of an https page goes to an address without encryption")};
  const std::string& directive = failure->policy->directive;
  const bool by_server = failure->policy->from == record::Policy::From::header;
  return Hypothesis{
      suspect_of(by_server ? Layer::config : Layer::view, by_server ? Layer::view : Layer::config, Confidence::high,
                 fmt::format("the page's own policy forbids {}: {}",
                             failure->code == FailureCode::forbidden_form ? "to send its form"
                                                                          : "the script that would send its form",
                             directive),
                 directive.substr(0, directive.find(' ')))};
}

std::optional<Hypothesis> hypothesis_by_expectations(const Evidence& evidence) {
  if (!evidence.of_step || evidence.of_step->failures.empty()) return std::nullopt;
  const FailedExpectations failed(evidence);
  for (const auto about :
       {about_policy, about_address, about_access, about_refusal, about_answer, about_missing_part, about_page}) {
    auto hypothesis = about(failed);
    if (!hypothesis) continue;
    quote(failed, hypothesis->suspect);
    return hypothesis;
  }
  return std::nullopt;
}

} // namespace murphy::diagnose
