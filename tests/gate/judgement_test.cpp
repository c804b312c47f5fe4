#include "gate/judgement.h"

#include "runs.h"

#include <gmock/gmock.h>
#include <optional>

namespace murphy::gate {
namespace {

using record::Outcome;
using testing::ElementsAre;
using testing::IsEmpty;
using Why = UnprovedFeature::Why;

record::Note known() {
  record::Note note;
  note.kind = record::Note::Kind::known_failure;
  note.text = "SUP-9";
  return note;
}

// Runs, and what is asked of them; all that the judgement looks into lives as long.
class Gate : public testing::Test {
protected:
  const GateJudgement& judged(record::Run run, const std::vector<record::Run>& before = {}) {
    run_ = std::move(run);
    causes_ = reports::causes_of(run_);
    std::vector<EarlierRun> runs;
    for (const record::Run& each : before) runs.push_back(earlier_run(each));
    earlier_ = earlier_of(std::move(runs));
    if (requirements_.plan.empty())
      for (const record::PlannedCase& planned : run_.started.plan)
        requirements_.plan.push_back(
            {.id = planned.id, .feature = planned.feature, .proves = true, .is_selected = true});
    judgement_ = judge(run_, causes_, earlier_, requirements_);
    return judgement_;
  }
  const GateJudgement& judged(const std::vector<Became>& cases, const std::vector<Became>& before) {
    return judged(run_of(cases), {run_of(before, first_moment - std::chrono::hours(2))});
  }
  CaseClass first() const { return judgement_.cases.front().is; }

  Requirements requirements_;
  record::Run run_;
  std::vector<reports::Cause> causes_;
  Earlier earlier_;
  GateJudgement judgement_;
};

struct Sample {
  Became now;
  std::optional<Became> before;
  CaseClass is;
  Decision decision;
};

TEST_F(Gate, ClassifiesACaseByItsOutcomeNowAndBefore) {
  const Became passed{.name = "a"}, failed{.name = "a", .outcome = Outcome::failed, .cause = "c1"},
      other{.name = "a", .outcome = Outcome::failed, .cause = "c2"}, error{.name = "a", .outcome = Outcome::error},
      not_run{.name = "a", .outcome = Outcome::not_run}, flaky{.name = "a", .attempts = 2},
      unnamed{.name = "a", .outcome = Outcome::failed},
      expected{.name = "a", .outcome = Outcome::skipped, .note = known()},
      overdue{.name = "a", .outcome = Outcome::failed, .code = record::FailureCode::known_failure_overdue};
  for (const Sample& sample : std::vector<Sample>{
           {passed, {}, CaseClass::passed, Decision::ready},
           {passed, passed, CaseClass::passed, Decision::ready},
           {passed, failed, CaseClass::fixed, Decision::ready},
           {flaky, passed, CaseClass::flaky, Decision::ready},
           {failed, {}, CaseClass::new_failure, Decision::not_ready},
           {failed, passed, CaseClass::new_failure, Decision::not_ready},
           {failed, error, CaseClass::new_failure, Decision::not_ready},
           {failed, not_run, CaseClass::new_failure, Decision::not_ready},
           {failed, failed, CaseClass::still_failing, Decision::not_ready},
           {failed, other, CaseClass::other_cause, Decision::not_ready},
           {unnamed, unnamed, CaseClass::still_failing, Decision::not_ready},
           {unnamed, failed, CaseClass::other_cause, Decision::not_ready},
           {overdue, overdue, CaseClass::new_failure, Decision::not_ready},
           {error, failed, CaseClass::not_judged, Decision::not_judged},
           {not_run, passed, CaseClass::not_judged, Decision::not_judged},
           {expected, passed, CaseClass::known_failure, Decision::ready},
       }) {
    const std::vector<Became> before = sample.before ? std::vector{*sample.before} : std::vector<Became>();
    const GateJudgement& result = judged({sample.now}, before);
    EXPECT_EQ(first(), sample.is) << static_cast<int>(sample.is);
    EXPECT_EQ(result.decision, sample.decision) << static_cast<int>(sample.is);
  }
}

TEST_F(Gate, LetsAFailureOfTheBaseByWhereItsFeatureNeedsNoProof) {
  const std::vector<Became> red{{.name = "Sign in: a"},
                                {.name = "Profile: b", .outcome = Outcome::failed, .cause = "c"}};
  requirements_.features = {"sign IN"};
  EXPECT_EQ(judged(red, red).decision, Decision::ready);
  requirements_.features = {"Sign in", "Profile"};
  EXPECT_EQ(judged(red, red).decision, Decision::not_ready);
  requirements_.allows_red_base = true;
  EXPECT_EQ(judged(red, red).decision, Decision::ready);
  EXPECT_EQ(judged(red, {}).decision, Decision::not_ready) << "new, all the same";
}

TEST_F(Gate, FailsOnFlakyScenariosWhereThatIsAskedFor) {
  requirements_.allows_flaky = false;
  EXPECT_EQ(judged({{.name = "a", .attempts = 2}}, {}).decision, Decision::not_ready);
}

TEST_F(Gate, WantsAProofOfEachFeature) {
  requirements_.features = {"Sign in", "Sign up", "Profile", "Reset", "Logout", "Sing in"};
  requirements_.plan = {
      {.id = id_of("Sign in: a"), .feature = "Sign in", .proves = true, .is_selected = true},
      {.id = id_of("Sign up: b"), .feature = "Sign up", .proves = false, .is_selected = true},
      {.id = id_of("Profile: c"), .feature = "Profile", .proves = true, .is_selected = true},
      {.id = id_of("Logout: d"), .feature = "Logout", .proves = true, .is_selected = true},
  };
  const GateJudgement& result = judged(run_of({{.name = "Sign in: a"},
                                               {.name = "Sign up: b"},
                                               {.name = "Profile: c", .outcome = Outcome::skipped, .note = known()},
                                               {.name = "Logout: d", .outcome = Outcome::skipped}}));
  EXPECT_EQ(result.decision, Decision::not_ready);
  std::vector<std::pair<std::string, Why>> why;
  for (const UnprovedFeature& each : result.unproved) why.emplace_back(each.name, each.why);
  EXPECT_THAT(why, ElementsAre(std::pair("Sign up", Why::no_assertion), std::pair("Profile", Why::only_known_failures),
                               std::pair("Reset", Why::no_scenario), std::pair("Logout", Why::skipped),
                               std::pair("Sing in", Why::no_scenario)));
  EXPECT_EQ(result.unproved.back().meant, "Sign in");
}

TEST_F(Gate, SaysOfAProofThatFailedOnlyThatItFailed) {
  requirements_.features = {"Sign in"};
  EXPECT_THAT(judged({{.name = "a", .outcome = Outcome::failed}}, {}).unproved, IsEmpty());
  EXPECT_THAT(judged({{.name = "a", .outcome = Outcome::error}}, {}).unproved, IsEmpty());
  EXPECT_EQ(judgement_.decision, Decision::not_judged);
}

TEST_F(Gate, NeverTakesWhatIsNotThereForReady) {
  requirements_.plan = {{.id = id_of("a"), .feature = "Sign in", .proves = true, .is_selected = true},
                        {.id = id_of("b"), .feature = "Sign in", .proves = true, .is_selected = true},
                        {.id = id_of("c"), .feature = "Sign in", .proves = true, .is_selected = false}};
  EXPECT_EQ(judged(run_of({{.name = "a"}})).decision, Decision::not_judged);
  EXPECT_THAT(judgement_.missing, ElementsAre(id_of("b")));
  record::Run killed = run_of({{.name = "a"}, {.name = "b"}});
  killed.finished.reset();
  EXPECT_EQ(judged(killed).decision, Decision::not_judged);
  record::Run stopped = run_of({{.name = "a"}, {.name = "b"}});
  stopped.finished->interrupted = true;
  EXPECT_EQ(judged(stopped).decision, Decision::interrupted);
}

TEST_F(Gate, DistinguishesABrokenAppFromOneThatIsNotThere) {
  record::Run run = run_of({{.name = "a", .outcome = Outcome::not_run}});
  run.lost.emplace();
  run.lost->loss = record::AppLoss::broken;
  EXPECT_EQ(judged(run).decision, Decision::not_ready);
  run.lost->loss = record::AppLoss::unreachable;
  EXPECT_EQ(judged(run).decision, Decision::not_judged);
  run.lost->loss = record::AppLoss::died;
  EXPECT_EQ(judged(run).decision, Decision::not_judged);
}

TEST_F(Gate, NotesWhatIsSlowerThanBefore) {
  std::vector<record::Run> before;
  for (int i = 0; i < 10; ++i) before.push_back(run_of({{.name = "a"}}, first_moment - std::chrono::hours(i + 1)));
  const GateJudgement& result = judged(run_of({{.name = "a", .duration = std::chrono::seconds(2)}}), before);
  EXPECT_TRUE(result.cases.front().is_slow);
  EXPECT_EQ(result.decision, Decision::ready) << "a duration decides nothing";
}

} // namespace
} // namespace murphy::gate
