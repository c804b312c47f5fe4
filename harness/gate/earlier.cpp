#include "gate/earlier.h"

#include "reports/causes.h"

#include <algorithm>
#include <cmath>
#include <set>
#include <utility>

namespace murphy::gate {
namespace {

using record::Outcome;

constexpr std::size_t fewest_durations = 10;
constexpr double deviations = 6;
constexpr double normal = 1.4826; // times the median deviation is one standard deviation
constexpr record::Duration least_delay = std::chrono::milliseconds(200);

record::Duration median(std::vector<record::Duration>& values) {
  const auto middle = values.begin() + static_cast<std::ptrdiff_t>(values.size() / 2);
  std::ranges::nth_element(values, middle);
  return *middle;
}

} // namespace

EarlierRun earlier_run(const record::Run& run) {
  EarlierRun earlier;
  earlier.at = run.started.at;
  earlier.target = run.started.target;
  earlier.origin = run.started.origin;
  const std::vector<reports::Cause> causes = reports::causes_of(run);
  const auto numbers = reports::by_case(causes);
  for (const record::FeatureResult& feature : run.features) {
    for (const record::CaseResult& result : feature.cases) {
      const auto cause = numbers.find(&result);
      earlier.cases.push_back({.id = result.plan->id,
                               .outcome = result.outcome,
                               .cause = cause == numbers.end() ? std::string() : causes[cause->second.number - 1].id,
                               .duration = result.duration,
                               .is_flaky = result.flaky()});
    }
  }
  return earlier;
}

Earlier earlier_of(std::vector<EarlierRun> runs) {
  Earlier earlier;
  std::ranges::stable_sort(runs, {}, &EarlierRun::at);
  std::ranges::stable_sort(runs, std::ranges::greater(), &EarlierRun::commits_behind);
  std::set<std::pair<std::string, std::string>> failed, passed; // case and commit
  for (EarlierRun& run : runs) {
    for (const EarlierRun::Case& each : run.cases) {
      if (each.outcome != Outcome::passed && each.outcome != Outcome::failed) continue;
      EarlierCase& known = earlier.cases[each.id];
      known.has_failed = each.outcome == Outcome::failed;
      known.cause = known.has_failed ? each.cause : std::string();
      ++known.runs;
      known.failures += known.has_failed ? 1 : 0;
      if (!known.has_failed && !each.is_flaky) known.passes.push_back(each.duration);
      const std::pair at(each.id, run.origin.commit);
      (known.has_failed ? failed : passed).insert(at);
      if (each.is_flaky) known.went_both_ways = true;
      if (!at.second.empty() && !run.origin.is_dirty && failed.contains(at) && passed.contains(at))
        known.went_both_ways = true;
    }
    run.cases.clear();
    earlier.newest = std::move(run);
  }
  return earlier;
}

bool is_slow(record::Duration duration, std::vector<record::Duration> earlier) {
  if (earlier.size() < fewest_durations) return false;
  const record::Duration middle = median(earlier);
  for (record::Duration& each : earlier) each = std::chrono::abs(each - middle);
  const auto spread = static_cast<double>(median(earlier).count()) * normal * deviations;
  const auto above = static_cast<double>((duration - middle).count());
  return above > spread && above > 0.5 * static_cast<double>(middle.count()) && duration - middle > least_delay;
}

} // namespace murphy::gate
