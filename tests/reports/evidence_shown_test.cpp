#include "reports/evidence_shown.h"

#include "reports/registry.h"

#include <fmt/format.h>
#include <gmock/gmock.h>

namespace murphy::reports {
namespace {

using record::Outcome;
using testing::ElementsAre;
using testing::UnorderedElementsAre;

record::CaseResult result(const std::string& id, Outcome outcome, const std::string& cause = {}) {
  record::CaseResult made;
  made.plan.edit().id = id;
  made.plan.edit().name = id;
  made.outcome = outcome;
  record::StepResult& step = made.steps.emplace_back();
  step.title = "open /";
  step.outcome = outcome;
  record::Exchange exchange;
  exchange.method = "GET";
  exchange.url = "http://127.0.0.1/" + id;
  exchange.status = outcome == Outcome::passed ? 200 : 500;
  step.evidence.exchanges = {exchange};
  if (outcome == Outcome::failed) step.failures.emplace_back().code = record::FailureCode::wrong_status;
  if (cause.empty()) return made;
  record::Suspect suspect;
  suspect.layer = record::Layer::model;
  suspect.confidence = record::Confidence::high;
  suspect.cause = cause;
  suspect.fingerprint = cause;
  step.suspects = {suspect};
  return made;
}

TEST(EvidenceShown, IsThatOfAFewOfEachNamedCauseAndOfAllWithoutOne) {
  record::Run run;
  record::FeatureResult& feature = run.features.emplace_back();
  for (int i = 0; i < 6; ++i) feature.cases.push_back(result(fmt::format("named-{}", i), Outcome::failed, "c1"));
  for (int i = 0; i < 5; ++i) feature.cases.push_back(result(fmt::format("unnamed-{}", i), Outcome::failed));
  feature.cases[4].steps.front().suspects.front().evidence.resize(3); // the proof
  EXPECT_THAT(cases_with_evidence(run, {}),
              UnorderedElementsAre("named-0", "named-1", "named-2", "named-4", "unnamed-0", "unnamed-1", "unnamed-2",
                                   "unnamed-3", "unnamed-4"));
}

TEST(EvidenceShown, OfThoseThatPassedIsThatOfTheFirst) {
  record::Run run;
  record::FeatureResult& feature = run.features.emplace_back();
  for (const char* id : {"a", "b", "c", "d"}) feature.cases.push_back(result(id, Outcome::passed));
  feature.cases.back().earlier.emplace_back();
  EXPECT_THAT(cases_with_evidence(run, {{"a", 9U << 20}, {"b", 10}, {"c", 10}, {"d", 10}}), ElementsAre("a", "d"))
      << "one that was retried is shown with its attempts";
}

TEST(EvidenceShown, IsAllThatAnyReportShows) {
  record::Run run;
  record::FeatureResult& feature = run.features.emplace_back();
  std::map<std::string, std::size_t> bytes;
  for (int i = 0; i < 30; ++i) {
    const std::string id = fmt::format("case-{:02}", i);
    const Outcome outcome = i % 3 == 0 ? Outcome::passed : Outcome::failed;
    feature.cases.push_back(result(id, outcome, i % 3 == 1 ? fmt::format("c{}", i % 2) : ""));
    if (outcome == Outcome::passed) bytes.emplace(id, 100);
  }
  record::Run bare = run;
  const auto shown = cases_with_evidence(run, bytes);
  EXPECT_LT(shown.size(), 30U);
  for (record::CaseResult& each : bare.features.front().cases)
    if (!shown.contains(each.plan->id)) each.steps.front().evidence = {};
  for (const ReportKind& kind : report_kinds())
    EXPECT_EQ(kind.write(bare) == kind.write(run), !kind.shows_all_evidence) << kind.name;
}

} // namespace
} // namespace murphy::reports
