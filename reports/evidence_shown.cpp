#include "reports/evidence_shown.h"

#include "reports/causes.h"

namespace murphy::reports {
namespace {

// More than any page shows of scenarios that passed.
constexpr std::size_t most_of_passed = 8U << 20; // bytes

} // namespace

std::set<std::string> cases_with_evidence(const record::Run& run, const std::map<std::string, std::size_t>& bytes) {
  std::set<std::string> ids;
  const std::vector<Cause> causes = causes_of(run);
  const auto by_result = by_case(causes);
  for (const Cause& cause : causes) {
    if (cause.members.empty()) continue;
    ids.insert(cause.members[cause.proof].result->plan->id);
    for (std::size_t i = 0; i < cause.members.size() && i < most_shown_of_a_cause; ++i)
      ids.insert(cause.members[i].result->plan->id);
  }
  std::size_t passed = 0;
  for (const record::FeatureResult& feature : run.features) {
    for (const record::CaseResult& result : feature.cases) {
      const std::string& id = result.plan->id;
      const auto cause = by_result.find(&result);
      const bool is_named = cause != by_result.end() && cause->second.is_named;
      if (!result.earlier.empty() || (result.outcome != record::Outcome::passed && !is_named)) ids.insert(id);
      const auto size = bytes.find(id);
      if (result.outcome != record::Outcome::passed || size == bytes.end() || passed > most_of_passed) continue;
      passed += size->second;
      ids.insert(id);
    }
  }
  return ids;
}

} // namespace murphy::reports
