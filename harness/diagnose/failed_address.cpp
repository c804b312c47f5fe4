#include "diagnose/failed_expectation_parts.h"

#include "base/text.h"
#include "diagnose/names.h"
#include "record/known_good.h"
#include "record/visits.h"

#include <algorithm>
#include <fmt/format.h>

namespace murphy::diagnose {

namespace {

using record::Confidence;
using record::Layer;
using record::NearAddress;

const NearAddress* near_address(const FailedExpectations& failed) {
  for (const record::Failure& failure : failed.facts().failures)
    if (failure.near_address) return &*failure.near_address;
  return nullptr;
}

// Whether the app had the address when all was well.
bool was_there(const FailedExpectations& failed, std::string_view path) {
  const auto& good = failed.evidence().known_good;
  if (!good || !good->record) return false;
  const std::string lasting = record::lasting_path(path);
  const auto is_at = [&](std::string_view answer) { return answer.substr(answer.find(' ') + 1) == lasting; };
  return std::ranges::any_of(
      good->record->visits, [&](const record::KnownVisit& visit) { return std::ranges::any_of(visit.answers, is_at); });
}

// "contract" is no slip of "contact".
bool has_word_of_its_own(std::string_view path) { return std::ranges::any_of(split(path, '/'), is_word_of_its_own); }

std::string what_is_there(const NearAddress& near) {
  if (near.is_answered) return fmt::format("the app leads to {}, and the scenario has {}", near.known, near.wanted);
  return near.pages > 0
             ? fmt::format("{} is not there, and no page leads to it; pages lead to {}", near.wanted, near.known)
             : fmt::format("{} is not there; the project has {} more often", near.wanted, near.known);
}

} // namespace

std::optional<Hypothesis> about_address(const FailedExpectations& failed) {
  const NearAddress* near = near_address(failed);
  const auto own = failed.own();
  if (near == nullptr || failed.has_server_error() || was_there(failed, near->wanted)) return std::nullopt;
  if (has_word_of_its_own(near->wanted) || has_word_of_its_own(near->known)) return std::nullopt;
  // Where the app answered with another page altogether, that is what is wrong.
  const bool is_missing = !own.empty() && own.back().status == 404;
  if (!near->is_answered && !is_missing) return std::nullopt;
  std::string cause = what_is_there(*near);
  if (is_usual(near->wanted) && !is_usual(near->known)) {
    Hypothesis of_app{suspect_of(Layer::config, Layer::harness, Confidence::medium,
                                 fmt::format("{}; {} looks like a misspelling", cause, near->known), near->known),
                      "typo"};
    of_app.suspect.suggestion = near->wanted;
    of_app.suspect.origin = record::SuggestionOrigin::usual_spelling;
    return of_app;
  }
  // What the project has in many places, or what is rightly spelled, is hardly a slip: the app has renamed it.
  const bool is_meant = near->places_of_wanted > 1 || (is_usual(near->wanted) && is_usual(near->known));
  if (near->is_answered && is_meant)
    return Hypothesis{suspect_of(Layer::config, Layer::harness, Confidence::low, std::move(cause), near->known),
                      "typo"};
  const bool is_sure = is_usual(near->known) || was_there(failed, near->known);
  Hypothesis of_scenario{suspect_of(Layer::harness, Layer::config, is_sure ? Confidence::medium : Confidence::low,
                                    std::move(cause), near->wanted),
                         "typo"};
  of_scenario.suspect.suggestion = near->known;
  of_scenario.suspect.origin = record::SuggestionOrigin::choices_in_message;
  return of_scenario;
}

} // namespace murphy::diagnose
