#include "gate/proofs.h"

#include <algorithm>

namespace murphy::gate {
namespace {

bool proves(const std::vector<scenario::Step>& steps);

bool proves(const scenario::Step& step) {
  if (step.when) return false;
  if (std::holds_alternative<scenario::Validate>(step.verb)) return true;
  if (const auto* use = std::get_if<scenario::Use>(&step.verb); use != nullptr && use->flow && proves(use->flow->steps))
    return true;
  return std::ranges::any_of(step.expect, [](const scenario::Expectation& each) {
    return std::holds_alternative<scenario::ExpectDashboard>(each.is) ||
           std::holds_alternative<scenario::ExpectFieldError>(each.is);
  });
}

bool proves(const std::vector<scenario::Step>& steps) {
  return std::ranges::any_of(steps, [](const scenario::Step& step) { return proves(step); });
}

} // namespace

bool proves_its_feature(const scenario::Scenario& scenario) { return proves(scenario.steps); }

} // namespace murphy::gate
