#include "gate/judgement.h"

#include "base/nearest.h"
#include "base/text.h"
#include "reports/run_text.h"

#include <algorithm>
#include <map>

namespace murphy::gate {
namespace {

using record::Outcome;

bool is_same_name(const std::string& one, const std::string& other) { return fold_case(one) == fold_case(other); }

// A mark of a known failure that is out of date fails whatever was before.
bool is_overdue(const record::CaseResult& result) {
  return std::ranges::any_of(result.steps, [](const record::StepResult& step) {
    return std::ranges::any_of(step.failures, [](const record::Failure& failure) {
      return failure.code == record::FailureCode::known_failure_overdue ||
             failure.code == record::FailureCode::known_failure_passes;
    });
  });
}

CaseClass class_of(const JudgedCase& judged) {
  const record::CaseResult& result = *judged.result;
  switch (result.outcome) {
  case Outcome::passed:
    if (result.flaky()) return CaseClass::flaky;
    return judged.earlier != nullptr && judged.earlier->has_failed ? CaseClass::fixed : CaseClass::passed;
  case Outcome::skipped: return reports::is_known_failure(result) ? CaseClass::known_failure : CaseClass::left_out;
  case Outcome::error:
  case Outcome::not_run: return CaseClass::not_judged;
  case Outcome::failed: break;
  }
  if (judged.earlier == nullptr || !judged.earlier->has_failed || is_overdue(result)) return CaseClass::new_failure;
  const bool is_same = judged.cause != nullptr && judged.cause->id == judged.earlier->cause;
  return is_same ? CaseClass::still_failing : CaseClass::other_cause;
}

bool keeps_from_merging(const JudgedCase& judged, const Requirements& requirements) {
  const std::vector<std::string>& required = requirements.features;
  switch (judged.is) {
  case CaseClass::new_failure:
  case CaseClass::other_cause: return true;
  case CaseClass::flaky: return !requirements.allows_flaky;
  case CaseClass::still_failing:
    if (requirements.allows_red_base) return false;
    return required.empty() || std::ranges::any_of(required, [&](const std::string& feature) {
             return is_same_name(feature, judged.result->plan->feature);
           });
  default: return false;
  }
}

// What became of the scenarios that prove a feature.
struct ProofsOfFeature {
  bool has_scenario = false;
  bool has_proof = false;   // a scenario that proves it
  bool is_proved = false;   // and passed
  bool has_trouble = false; // that did not pass, which is said elsewhere
  bool is_left_out = false; // that was skipped
};

ProofsOfFeature proofs_of(const std::string& feature, const GateJudgement& judgement,
                          const Requirements& requirements) {
  std::map<std::string_view, CaseClass> classes;
  for (const JudgedCase& each : judgement.cases) classes.emplace(each.result->plan->id, each.is);
  ProofsOfFeature found;
  for (const PlannedProof& planned : requirements.plan) {
    if (!is_same_name(planned.feature, feature)) continue;
    found.has_scenario = true;
    if (!planned.proves) continue;
    found.has_proof = true;
    const auto at = classes.find(planned.id);
    const CaseClass is = at == classes.end() ? CaseClass::not_judged : at->second; // see GateJudgement::missing
    if (is == CaseClass::passed || is == CaseClass::fixed || is == CaseClass::flaky)
      found.is_proved = true;
    else if (is == CaseClass::left_out)
      found.is_left_out = true;
    else if (is != CaseClass::known_failure)
      found.has_trouble = true;
  }
  return found;
}

std::vector<UnprovedFeature> unproved(const GateJudgement& judgement, const Requirements& requirements) {
  std::vector<UnprovedFeature> all;
  for (const std::string& feature : requirements.features) {
    const ProofsOfFeature found = proofs_of(feature, judgement, requirements);
    if (found.is_proved || found.has_trouble) continue;
    UnprovedFeature one{.name = feature, .why = UnprovedFeature::Why::no_scenario, .meant = {}};
    if (!found.has_scenario) {
      std::vector<std::string> known;
      for (const PlannedProof& planned : requirements.plan)
        if (!contains(known, planned.feature)) known.push_back(planned.feature);
      if (const auto near = nearest(feature, known); near.size() == 1) one.meant = near.front();
    } else if (!found.has_proof) {
      one.why = UnprovedFeature::Why::no_assertion;
    } else {
      one.why = found.is_left_out ? UnprovedFeature::Why::skipped : UnprovedFeature::Why::only_known_failures;
    }
    all.push_back(std::move(one));
  }
  return all;
}

Decision decision_of(const record::Run& run, const GateJudgement& judgement) {
  if (run.finished && run.finished->interrupted) return Decision::interrupted;
  const bool is_broken = run.lost && run.lost->loss == record::AppLoss::broken;
  if (is_broken || !judgement.unproved.empty() || std::ranges::any_of(judgement.cases, &JudgedCase::keeps_from_merging))
    return Decision::not_ready;
  const bool is_whole =
      run.finished && !run.lost && judgement.missing.empty() && judgement.count(CaseClass::not_judged) == 0;
  return is_whole ? Decision::ready : Decision::not_judged;
}

} // namespace

std::size_t GateJudgement::count(CaseClass wanted) const {
  return static_cast<std::size_t>(std::ranges::count(cases, wanted, &JudgedCase::is));
}

GateJudgement judge(const record::Run& run, const std::vector<reports::Cause>& causes, const Earlier& earlier,
                    const Requirements& requirements) {
  GateJudgement judgement;
  const auto numbers = reports::by_case(causes);
  for (const record::FeatureResult& feature : run.features) {
    for (const record::CaseResult& result : feature.cases) {
      JudgedCase judged;
      judged.result = &result;
      if (const auto cause = numbers.find(&result); cause != numbers.end())
        judged.cause = &causes[cause->second.number - 1];
      if (const auto before = earlier.cases.find(result.plan->id); before != earlier.cases.end())
        judged.earlier = &before->second;
      judged.is = class_of(judged);
      judged.is_slow = judged.earlier != nullptr && result.outcome == Outcome::passed && !result.flaky() &&
                       is_slow(result.duration, judged.earlier->passes);
      judged.keeps_from_merging = keeps_from_merging(judged, requirements);
      judgement.cases.push_back(judged);
    }
  }
  for (const PlannedProof& planned : requirements.plan)
    if (planned.is_selected && record::find_case(run, planned.id) == nullptr) judgement.missing.push_back(planned.id);
  judgement.unproved = unproved(judgement, requirements);
  judgement.decision = decision_of(run, judgement);
  return judgement;
}

} // namespace murphy::gate
