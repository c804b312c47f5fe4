#include "run/plan/plan.h"

#include <algorithm>

namespace murphy::run {

std::vector<record::PlannedCase> Plan::planned() const {
  std::vector<record::PlannedCase> all;
  all.reserve(cases.size());
  for (const Case& each : cases) all.push_back(each.planned);
  return all;
}

namespace {

Case planned_case(const scenario::Feature& feature, const scenario::Scenario& scenario,
                  const scenario::Example* example) {
  Case result;
  result.planned.feature = feature.name;
  result.planned.name = example == nullptr ? scenario.name : example->name;
  result.planned.id = feature.file + "#" + result.planned.name;
  result.planned.place = scenario.place;
  result.planned.tags = scenario.tags;
  result.planned.ticket = scenario.ticket;
  result.planned.accounts = scenario.users;
  result.planned.requirements = feature.requirements;
  for (const std::string& own : scenario.requirements)
    if (std::ranges::find(feature.requirements, own) == feature.requirements.end())
      result.planned.requirements.push_back(own);
  result.scenario = &scenario;
  result.example = example;
  return result;
}

} // namespace

Plan plan(const std::vector<scenario::Feature>& features) {
  Plan result;
  for (const scenario::Feature& feature : features) {
    for (const scenario::Scenario& scenario : feature.scenarios) {
      for (const scenario::Example& example : scenario.examples)
        result.cases.push_back(planned_case(feature, scenario, &example));
      if (scenario.examples.empty()) result.cases.push_back(planned_case(feature, scenario, nullptr));
    }
  }
  return result;
}

} // namespace murphy::run
