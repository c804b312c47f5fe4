#include "diagnose/unmet_parts.h"

#include "base/text.h"
#include "diagnose/mask.h"
#include "diagnose/names.h"
#include "diagnose/silence.h"
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
constexpr std::array<std::pair<std::string_view, std::string_view>, 6> attributes = {{{"http_only", "HttpOnly"},
                                                                                      {"secure", "Secure"},
                                                                                      {"same_site", "SameSite"},
                                                                                      {"path", "Path"},
                                                                                      {"domain", "Domain"},
                                                                                      {"max_age", "Max-Age"}}};

std::string_view as_spelled(std::string_view attribute) {
  const auto found = std::ranges::find(attributes, attribute, &std::pair<std::string_view, std::string_view>::first);
  return found == attributes.end() ? std::string_view() : found->second;
}

std::optional<Told> about_cookie(const Unmet& unmet) {
  using enum FailureCode;
  const auto* failure = unmet.failure({missing_cookie, unwanted_cookie, cookie_not_renewed, cookie_renewed,
                                       cookie_without_flag, cookie_with_flag, wrong_cookie_attribute});
  if (failure == nullptr) return std::nullopt;
  const std::string& name = failure->subject;
  if (const std::string_view attribute = as_spelled(failure->part); !attribute.empty())
    return Told{
        suspect_of(Layer::session, Layer::config, Confidence::high,
                   fmt::format("the cookie \"{}\" {}", name,
                               failure->code == cookie_without_flag ? fmt::format("is set without {}", attribute)
                               : failure->code == cookie_with_flag
                                   ? fmt::format("is set with {}", attribute)
                                   : fmt::format("has another {} than it should: {}", attribute, failure->got.text)),
                   std::string(attribute))};
  std::string cause = fmt::format("the cookie \"{}\" is not what it should be", name);
  if (failure->code == cookie_not_renewed)
    cause = fmt::format("the cookie \"{}\" is not renewed: signing in keeps the session of before", name);
  if (failure->code == cookie_renewed)
    cause = fmt::format("the cookie \"{}\" is renewed where nothing has changed", name);
  if (failure->code == unwanted_cookie) cause = fmt::format("the cookie \"{}\" is still there", name);
  if (failure->code == missing_cookie) cause = fmt::format("the cookie \"{}\" is not set", name);
  if (failure->part == "session") cause = fmt::format("the cookie \"{}\" lives for another time than it should", name);
  return Told{suspect_of(Layer::session, Layer::config, Confidence::medium, std::move(cause), name)};
}

std::optional<Told> about_header(const Unmet& unmet) {
  const auto* failure = unmet.failure({FailureCode::missing_header, FailureCode::wrong_header});
  if (failure == nullptr) return std::nullopt;
  const std::string& name = failure->subject;
  return Told{suspect_of(
      Layer::config, Layer::controller, Confidence::medium,
      failure->code == FailureCode::missing_header
          ? fmt::format("the answer lacks the header {}", name)
          : fmt::format("the answer's header {} says {}", name, masked(fmt::format("\"{}\"", failure->got.text))),
      name)};
}

// 404 and 405 in answer to an address that was opened.
std::optional<Told> about_missing_page(const Unmet& unmet) {
  const auto own = unmet.own();
  if (own.empty() || unmet.facts().sent || (own.back().status != 404 && own.back().status != 410)) return std::nullopt;
  const Exchange& last = own.back();
  const bool redirected = own.size() > 1;
  const Layer layer = unmet.facts().from_a_link && !redirected ? Layer::view : Layer::config;
  Told told{suspect_of(layer, layer == Layer::view ? Layer::unknown : Layer::controller, Confidence::medium,
                       layer == Layer::view ? fmt::format("a link leads to {}, which is not there", last.path)
                                            : fmt::format("{} is not there", last.path),
                       last.path)};
  if (const std::string usual = usual_spelling(last.path); !usual.empty()) {
    told.suspect.suggestion = usual;
    told.suspect.origin = record::SuggestionOrigin::usual_spelling;
    told.suspect.cause += fmt::format("; it looks like a misspelling of {}", usual);
  }
  return told;
}

std::optional<Told> about_status(const Unmet& unmet) {
  const auto* failure = unmet.failure({FailureCode::wrong_status});
  const auto own = unmet.own();
  if (failure == nullptr || own.empty() || unmet.has_server_error()) return std::nullopt;
  const int got = own.back().status;
  const std::string wanted = words::statuses_text(failure->wanted.statuses);
  if (unmet.wants_refusing_status() && got < 400) {
    if (unmet.facts().asked_before && !unmet.facts().query.empty())
      return Told{suspect_of(Layer::model, Layer::controller, Confidence::medium,
                             fmt::format("{} is good a second time: that it was used is not noted, or not asked for",
                                         own.front().path),
                             own.front().path),
                  "query"};
    if (!unmet.evidence().errors.empty() && unmet.facts().sent)
      return Told{
          suspect_of(Layer::controller, Layer::config, Confidence::medium,
                     fmt::format("the form is refused with the status {} and not {}: only its words tell", got, wanted),
                     unmet.facts().sent->path),
          "status"};
    return Told{
        suspect_of(Layer::controller, Layer::model, Confidence::medium,
                   fmt::format("{} is answered with {} where the scenario expects {}", own.front().path, got, wanted))};
  }
  return std::nullopt;
}

// What it rests on: the first expectation that did not hold, and how the app answered.
void quote(const Unmet& unmet, record::Suspect& suspect) {
  const record::Failure& first = unmet.facts().failures.front();
  suspect.evidence.push_back({record::EvidenceSource::expectation, {}, first});
  if (const auto own = unmet.own(); !own.empty() && unmet.facts().sent)
    suspect.evidence.push_back({record::EvidenceSource::requests, told(own.front())});
  if (!unmet.evidence().errors.empty())
    suspect.evidence.push_back({record::EvidenceSource::page, masked(record::line_of(unmet.evidence().errors.back()))});
}

} // namespace

std::optional<Told> about_answer(const Unmet& unmet) {
  if (auto missing = about_missing_page(unmet)) return missing;
  if (auto status = about_status(unmet)) return status;
  if (unmet.has_server_error() || unmet.about_dashboard() != nullptr ||
      unmet.failure({FailureCode::wrong_page}) != nullptr)
    return std::nullopt;
  if (auto cookie = about_cookie(unmet)) return cookie;
  return about_header(unmet);
}

std::optional<Told> told_by_expectations(const Evidence& evidence) {
  if (!evidence.of_step || evidence.of_step->failures.empty()) return std::nullopt;
  const Unmet unmet(evidence);
  for (const auto about : {about_access, about_refusal, about_answer, about_page}) {
    auto told = about(unmet);
    if (!told) continue;
    quote(unmet, told->suspect);
    return told;
  }
  return std::nullopt;
}

} // namespace murphy::diagnose
