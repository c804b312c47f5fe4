#include "diagnose/unmet_parts.h"

#include "base/text.h"
#include "diagnose/mask.h"
#include "diagnose/names.h"
#include "diagnose/silence.h"

#include <algorithm>
#include <array>
#include <fmt/format.h>

namespace murphy::diagnose {

namespace {

using record::Confidence;
using record::Layer;

// Attributes as the header spells them, by the name an expectation goes by.
constexpr std::array<std::pair<std::string_view, std::string_view>, 6> attributes = {{{"http_only", "HttpOnly"},
                                                                                      {"secure", "Secure"},
                                                                                      {"same_site", "SameSite"},
                                                                                      {"path", "Path"},
                                                                                      {"domain", "Domain"},
                                                                                      {"max_age", "Max-Age"}}};

std::optional<Told> about_cookie(const Unmet& unmet) {
  const auto* failure = unmet.failure_of("cookie");
  if (failure == nullptr) return std::nullopt;
  const std::string_view rest = std::string_view(failure->what).substr(std::string_view("cookie.").size());
  const std::size_t dot = rest.rfind('.');
  const std::string_view about = dot == std::string_view::npos ? std::string_view() : rest.substr(dot + 1);
  const std::string name(rest.substr(0, dot));
  const auto attribute = std::ranges::find(attributes, about, &std::pair<std::string_view, std::string_view>::first);
  if (attribute != attributes.end())
    return Told{suspect_of(Layer::session, Layer::config, Confidence::high,
                           fmt::format("the cookie \"{}\" {}", name,
                                       failure->got == "false" ? fmt::format("is set without {}", attribute->second)
                                       : failure->got == "true"
                                           ? fmt::format("is set with {}", attribute->second)
                                           : fmt::format("has another {} than it should: {}", attribute->second,
                                                         Unmet::quoted_in(failure->got))),
                           std::string(attribute->second))};
  std::string cause = fmt::format("the cookie \"{}\" is not what it should be", name);
  if (about == "changed")
    cause = fmt::format("the cookie \"{}\" is not renewed: signing in keeps the session of before", name);
  if (about == "unchanged") cause = fmt::format("the cookie \"{}\" is renewed where nothing has changed", name);
  if (about == "absent") cause = fmt::format("the cookie \"{}\" is still there", name);
  if (about == "session") cause = fmt::format("the cookie \"{}\" lives for another time than it should", name);
  if (about.empty()) cause = fmt::format("the cookie \"{}\" is not set", name);
  return Told{suspect_of(Layer::session, Layer::config, Confidence::medium, std::move(cause), name)};
}

std::optional<Told> about_header(const Unmet& unmet) {
  const auto* failure = unmet.failure_of("header");
  if (failure == nullptr) return std::nullopt;
  const std::string name = failure->what.substr(std::min(failure->what.size(), std::string_view("header.").size()));
  return Told{suspect_of(Layer::config, Layer::controller, Confidence::medium,
                         failure->got == "no such header"
                             ? fmt::format("the answer lacks the header {}", name)
                             : fmt::format("the answer's header {} says {}", name, masked(failure->got)),
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
    told.suspect.origin = "usual spelling";
    told.suspect.cause += fmt::format("; it looks like a misspelling of {}", usual);
  }
  return told;
}

std::optional<Told> about_status(const Unmet& unmet) {
  const auto* failure = unmet.failure("status");
  const auto own = unmet.own();
  if (failure == nullptr || own.empty() || unmet.has_server_error()) return std::nullopt;
  const int got = own.back().status;
  if (failure->expected.starts_with('4') && got < 400) {
    if (unmet.facts().asked_before && !unmet.facts().query.empty())
      return Told{suspect_of(Layer::model, Layer::controller, Confidence::medium,
                             fmt::format("{} is good a second time: that it was used is not noted, or not asked for",
                                         own.front().path),
                             own.front().path),
                  "query"};
    if (!unmet.evidence().errors.empty() && unmet.facts().sent)
      return Told{suspect_of(Layer::controller, Layer::config, Confidence::medium,
                             fmt::format("the form is refused with the status {} and not {}: only its words tell", got,
                                         failure->expected),
                             unmet.facts().sent->path),
                  "status"};
    return Told{suspect_of(
        Layer::controller, Layer::model, Confidence::medium,
        fmt::format("{} is answered with {} where the scenario expects {}", own.front().path, got, failure->expected))};
  }
  return std::nullopt;
}

// What it rests on: the first expectation that did not hold, and how the app answered.
void quote(const Unmet& unmet, record::Suspect& suspect) {
  const record::Failure& first = unmet.facts().failures.front();
  suspect.evidence.push_back({first.what, ellipsize(masked("got " + first.got), 100)});
  if (const auto own = unmet.own(); !own.empty() && unmet.facts().sent)
    suspect.evidence.push_back({"requests", told(own.front())});
  if (!unmet.evidence().errors.empty()) suspect.evidence.push_back({"page", masked(unmet.evidence().errors.back())});
}

} // namespace

std::optional<Told> about_answer(const Unmet& unmet) {
  if (auto missing = about_missing_page(unmet)) return missing;
  if (auto status = about_status(unmet)) return status;
  if (unmet.has_server_error() || unmet.failure("dashboard") != nullptr || unmet.failure("page") != nullptr)
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
