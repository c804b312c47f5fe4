#include "run/plan/plan.h"

#include <algorithm>
#include <utility>

namespace murphy::run {

record::PlannedCases Plan::planned() const {
  record::PlannedCases all;
  all.reserve(cases.size());
  for (const Case& each : cases) all.push_back(each.planned);
  return all;
}

namespace {

Case planned_case(const scenario::Feature& feature, const SharedText& name, const scenario::Scenario& scenario,
                  const scenario::Example* example) {
  record::PlannedCase planned;
  planned.feature = name;
  planned.name = example == nullptr ? scenario.name : example->name;
  planned.id = feature.file + "#" + planned.name;
  planned.place = scenario.place;
  planned.tags = scenario.tags;
  planned.ticket = scenario.ticket;
  planned.accounts = scenario.users;
  planned.requirements = feature.requirements;
  for (const std::string& own : scenario.requirements)
    if (std::ranges::find(feature.requirements, own) == feature.requirements.end()) planned.requirements.push_back(own);
  return {.planned = std::move(planned), .scenario = &scenario, .example = example};
}

} // namespace

Plan plan(const std::vector<scenario::Feature>& features) {
  Plan result;
  std::size_t count = 0;
  for (const scenario::Feature& feature : features)
    for (const scenario::Scenario& scenario : feature.scenarios)
      count += std::max<std::size_t>(1, scenario.examples.size());
  result.cases.reserve(count);
  for (const scenario::Feature& feature : features) {
    const SharedText name = feature.name;
    for (const scenario::Scenario& scenario : feature.scenarios) {
      for (const scenario::Example& example : scenario.examples)
        result.cases.push_back(planned_case(feature, name, scenario, &example));
      if (scenario.examples.empty()) result.cases.push_back(planned_case(feature, name, scenario, nullptr));
    }
  }
  return result;
}

} // namespace murphy::run
