#include "record/run.h"

#include "base/text.h"

#include <set>

namespace murphy::record {

namespace {

std::unexpected<Error> inconsistent(std::string what) {
  return std::unexpected(Error{.kind = ErrorKind::internal,
                               .what = std::move(what),
                               .hint = "the events do not come from a single run; do not edit or join journals by hand",
                               .place = {},
                               .source_line = {}});
}

CaseResult* find_case(Run& run, const std::string& id) {
  const auto found = run.positions.find(id);
  if (found == run.positions.end()) return nullptr;
  const auto [feature, place] = found->second;
  return &run.features[feature].cases[place];
}

bool is_finished(const CaseResult& result) { return result.outcome != Outcome::not_run; }

struct Apply {
  Run& run;

  Result<void> operator()(const RunStarted& event) const {
    if (run.started != RunStarted{}) return inconsistent("the run starts a second time");
    std::set<std::string> seen;
    for (const PlannedCase& planned : event.plan) {
      if (!seen.insert(planned.id).second)
        return inconsistent("the plan names the case " + in_quotes(planned.id) + " twice");
    }
    run.started = event;
    std::unordered_map<std::string, std::size_t> by_file;
    for (const PlannedCase& planned : event.plan) {
      const std::size_t feature = by_file.try_emplace(planned.place.file, run.features.size()).first->second;
      if (feature == run.features.size())
        run.features.push_back({.name = planned.feature, .file = planned.place.file, .cases = {}});
      std::vector<CaseResult>& cases = run.features[feature].cases;
      run.positions.emplace(planned.id, std::pair(feature, cases.size()));
      cases.push_back({.plan = planned,
                       .outcome = Outcome::not_run,
                       .started = {},
                       .duration = {},
                       .note = {},
                       .steps = {},
                       .earlier = {}});
    }
    return {};
  }

  Result<void> operator()(const TargetReady& event) const {
    run.ready = event;
    return {};
  }

  Result<void> operator()(const TargetLost& event) const {
    run.lost = event;
    return {};
  }

  Result<void> operator()(const CaseStarted& event) const {
    CaseResult* result = find_case(run, event.id);
    if (!result) return inconsistent("the case " + in_quotes(event.id) + " starts, but was never planned");
    if (is_finished(*result)) return inconsistent("the case " + in_quotes(event.id) + " starts again after its end");
    if (result->started != Instant{}) return inconsistent("the case " + in_quotes(event.id) + " starts twice");
    result->started = event.at;
    return {};
  }

  Result<void> operator()(const EvidenceGathered& event) const {
    if (run.gathered) return inconsistent("the evidence is gathered a second time");
    run.gathered = event;
    return {};
  }

  Result<void> operator()(const StepFinished& event) const {
    CaseResult* result = find_case(run, event.id);
    if (!result)
      return inconsistent("a step of the case " + in_quotes(event.id) + " ends, but the case was never planned");
    if (is_finished(*result))
      return inconsistent("a step of the case " + in_quotes(event.id) + " ends after the case itself");
    result->steps.push_back(event.step);
    return {};
  }

  Result<void> operator()(const CaseRetried& event) const {
    CaseResult* result = find_case(run, event.id);
    if (!result) return inconsistent("the case " + in_quotes(event.id) + " is retried, but was never planned");
    if (is_finished(*result)) return inconsistent("the case " + in_quotes(event.id) + " is retried after its end");
    result->earlier.push_back({event.outcome, event.duration, std::move(result->steps)});
    result->steps.clear();
    result->started = event.at;
    return {};
  }

  Result<void> operator()(const CaseFinished& event) const {
    CaseResult* result = find_case(run, event.id);
    if (!result) return inconsistent("the case " + in_quotes(event.id) + " ends, but was never planned");
    if (is_finished(*result)) return inconsistent("the case " + in_quotes(event.id) + " ends twice");
    result->outcome = event.outcome;
    result->duration = event.duration;
    result->note = event.note;
    return {};
  }

  Result<void> operator()(const ControlFinished& event) const {
    // One that did not hold takes the proof from the whole run.
    if (!run.control || run.control->holds) run.control = event;
    return {};
  }

  Result<void> operator()(const RunFinished& event) const {
    if (run.finished) return inconsistent("the run ends twice");
    run.finished = event;
    return {};
  }
};

} // namespace

Result<void> apply(Run& run, const Event& event) { return std::visit(Apply{run}, event); }

Totals totals(const FeatureResult& feature) {
  Totals sums;
  for (const CaseResult& result : feature.cases) {
    if (result.flaky()) ++sums.flaky;
    switch (result.outcome) {
    case Outcome::passed: ++sums.passed; break;
    case Outcome::failed: ++sums.failed; break;
    case Outcome::error: ++sums.errors; break;
    case Outcome::skipped: ++sums.skipped; break;
    case Outcome::not_run: ++sums.not_run; break;
    }
  }
  return sums;
}

Totals totals(const Run& run) {
  Totals sums;
  for (const FeatureResult& feature : run.features) {
    const Totals part = totals(feature);
    sums.passed += part.passed;
    sums.failed += part.failed;
    sums.errors += part.errors;
    sums.skipped += part.skipped;
    sums.not_run += part.not_run;
    sums.flaky += part.flaky;
  }
  return sums;
}

} // namespace murphy::record
