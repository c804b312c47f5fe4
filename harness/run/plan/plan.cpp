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

// An empty list takes no memory.
Shared<std::vector<std::string>> shared(std::vector<std::string> texts) {
  return texts.empty() ? Shared<std::vector<std::string>>() : Shared(std::move(texts));
}

// What the cases of all of its rows have in common, which they share.
record::PlannedCase common_to_cases(const SharedText& feature_name, const scenario::Feature& feature,
                                    const scenario::Scenario& scenario) {
  std::vector<std::string> requirements = feature.requirements;
  for (const std::string& own : scenario.requirements)
    if (std::ranges::find(feature.requirements, own) == feature.requirements.end()) requirements.push_back(own);
  return {.id = {},
          .feature = feature_name,
          .name = scenario.name,
          .place = scenario.place,
          .tags = shared(scenario.tags),
          .ticket = scenario.ticket,
          .requirements = shared(std::move(requirements)),
          .accounts = shared(scenario.users)};
}

Case planned_case(record::PlannedCase planned, const std::string& file, const scenario::Scenario& scenario,
                  const scenario::Example* example) {
  if (example != nullptr) planned.name = example->name;
  planned.id = file + "#" + planned.name.str();
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
      const record::PlannedCase common = common_to_cases(name, feature, scenario);
      for (const scenario::Example& example : scenario.examples)
        result.cases.push_back(planned_case(common, feature.file, scenario, &example));
      if (scenario.examples.empty()) result.cases.push_back(planned_case(common, feature.file, scenario, nullptr));
    }
  }
  return result;
}

} // namespace murphy::run
