// The writer of a report that only this test has.
#include "record/run.h"

#include <string>

namespace murphy::reports {

std::string toy(const record::Run& run) {
  std::string text;
  for (const record::FeatureResult& feature : run.features)
    for (const record::CaseResult& each : feature.cases) text += "toy: " + each.plan->name.str() + "\n";
  return text;
}

} // namespace murphy::reports
