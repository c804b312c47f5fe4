#include "record/run.h"

#include "base/text.h"

#include <algorithm>
#include <iterator>
#include <unordered_map>
#include <utility>

namespace murphy::record {

namespace {

std::unexpected<Error> inconsistent(std::string what) {
  return std::unexpected(Error{.kind = ErrorKind::internal,
                               .what = std::move(what),
                               .hint = "the events do not come from a single run; do not edit or join journals by hand",
                               .place = {},
                               .source_line = {}});
}

bool is_finished(const CaseResult& result) { return result.outcome != Outcome::not_run; }

struct Apply {
  Run& run;

  Result<void> operator()(RunStarted&& event) const {
    if (run.started != RunStarted{}) return inconsistent("the run starts a second time");
    CaseIndex index(event.plan);
    if (const PlannedCase* twice = index.repeated(event.plan))
      return inconsistent("the plan names the case " + in_quotes(twice->id) + " twice");
    run.started = std::move(event);
    run.index = std::move(index);
    const PlannedCases& plan = run.started.plan;
    run.positions.reserve(plan.size());
    std::unordered_map<std::string_view, std::uint32_t> by_file;
    std::vector<std::uint32_t> sizes;
    for (const PlannedCase& planned : plan) {
      const std::uint32_t feature =
          by_file.try_emplace(planned.place.file, static_cast<std::uint32_t>(sizes.size())).first->second;
      if (feature == sizes.size()) {
        sizes.push_back(0);
        run.features.push_back({.name = planned.feature, .file = planned.place.file, .cases = {}});
      }
      run.positions.push_back({.feature = feature, .place = sizes[feature]++});
    }
    for (std::size_t i = 0; i < sizes.size(); ++i) run.features[i].cases.resize(sizes[i]);
    for (std::size_t i = 0; i < plan.size(); ++i)
      run.features[run.positions[i].feature].cases[run.positions[i].place].plan = plan[i];
    return {};
  }

  Result<void> operator()(TargetReady&& event) const {
    run.ready = std::move(event);
    return {};
  }

  Result<void> operator()(TargetLost&& event) const {
    run.lost = std::move(event);
    return {};
  }

  Result<void> operator()(CaseStarted&& event) const {
    CaseResult* result = find_case(run, event.id);
    if (!result) return inconsistent("the case " + in_quotes(event.id) + " starts, but was never planned");
    if (is_finished(*result)) return inconsistent("the case " + in_quotes(event.id) + " starts again after its end");
    if (result->started != Instant{}) return inconsistent("the case " + in_quotes(event.id) + " starts twice");
    result->started = event.at;
    result->members = std::move(event.members);
    return {};
  }

  Result<void> operator()(EvidenceGathered&& event) const {
    if (run.gathered) return inconsistent("the evidence is gathered a second time");
    run.gathered = std::move(event);
    return {};
  }

  Result<void> operator()(StepFinished&& event) const {
    CaseResult* result = find_case(run, event.id);
    if (!result)
      return inconsistent("a step of the case " + in_quotes(event.id) + " ends, but the case was never planned");
    if (is_finished(*result))
      return inconsistent("a step of the case " + in_quotes(event.id) + " ends after the case itself");
    result->steps.push_back(std::move(event.step));
    return {};
  }

  Result<void> operator()(CaseRetried&& event) const {
    CaseResult* result = find_case(run, event.id);
    if (!result) return inconsistent("the case " + in_quotes(event.id) + " is retried, but was never planned");
    if (is_finished(*result)) return inconsistent("the case " + in_quotes(event.id) + " is retried after its end");
    result->earlier.push_back({event.outcome, event.duration, std::move(result->steps)});
    result->steps.clear();
    result->started = event.at;
    return {};
  }

  Result<void> operator()(CaseFinished&& event) const {
    CaseResult* result = find_case(run, event.id);
    if (!result) return inconsistent("the case " + in_quotes(event.id) + " ends, but was never planned");
    if (is_finished(*result)) return inconsistent("the case " + in_quotes(event.id) + " ends twice");
    result->outcome = event.outcome;
    result->duration = event.duration;
    if (event.note != Note{}) result->note = std::move(event.note);
    return {};
  }

  Result<void> operator()(ControlFinished&& event) const {
    // One that did not hold takes the proof from the whole run.
    if (!run.control || run.control->holds) run.control = std::move(event);
    return {};
  }

  Result<void> operator()(RunFinished&& event) const {
    if (run.finished) return inconsistent("the run ends twice");
    run.finished = event;
    return {};
  }
};

} // namespace

const CaseResult* find_case(const Run& run, std::string_view id) {
  const auto at = run.index.find(run.started.plan, id);
  if (!at) return nullptr;
  const auto [feature, place] = run.positions[*at];
  return &run.features[feature].cases[place];
}

CaseResult* find_case(Run& run, std::string_view id) {
  return const_cast<CaseResult*>(find_case(std::as_const(run), id));
}

Result<void> apply(Run& run, Event event) { return std::visit(Apply{run}, std::move(event)); }

Evidence remarks_of(const Evidence& evidence) {
  Evidence kept;
  kept.validation = evidence.validation;
  std::ranges::copy_if(evidence.exchanges, std::back_inserter(kept.exchanges),
                       [](const Exchange& exchange) { return exchange.disclosed.has_value(); });
  for (Exchange& exchange : kept.exchanges) {
    exchange.body_cut = exchange.body_cut || !exchange.body.empty();
    exchange.body = {};
  }
  return kept;
}

void forget_steps(CaseResult& passed, PassedSteps kept) {
  if (kept == PassedSteps::evidence) return;
  for (StepResult& step : passed.steps) {
    step.evidence = remarks_of(step.evidence);
    step.earlier = {};
    step.earlier_pages = {};
  }
  if (kept == PassedSteps::outcomes) return;
  std::erase_if(passed.steps, [](const StepResult& step) {
    return step.outcome == Outcome::passed && step.note == Note{} && step.evidence == Evidence{};
  });
  passed.steps.shrink_to_fit();
}

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
