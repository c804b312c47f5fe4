#include "diagnose/evidence_of_start.h"

#include "diagnose/diagnose.h"

#include <gmock/gmock.h>

namespace murphy::diagnose {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

record::TargetLost lost(const std::string& console) {
  record::TargetLost made;
  made.error.what = "the app exited with 1";
  made.loss = record::AppLoss::broken;
  if (!console.empty()) made.console = {{.at = {}, .text = console}};
  return made;
}

TEST(EvidenceOfStart, IsTheConsoleAndTheReadyPage) {
  record::TargetLost broken = lost("listening");
  record::Exchange& answer = broken.exchanges.emplace_back();
  answer.method = "GET";
  answer.url = "http://127.0.0.1:8080/health?deep=1";
  answer.status = 500;
  answer.headers = {{"Content-Type", "text/html"}};
  answer.body = "<h1>no such column: users.emial</h1>";
  const Evidence evidence = evidence_of(broken, record::EvidenceGathered{});
  EXPECT_THAT(evidence.console, ElementsAre("listening"));
  ASSERT_EQ(evidence.exchanges.size(), 1U);
  EXPECT_EQ(evidence.exchanges.front().path, "/health");
  EXPECT_EQ(evidence.page, "no such column: users.emial");
  EXPECT_EQ(diagnose(evidence).verdict().identifier, "emial");
}

TEST(EvidenceOfStart, WithoutAnyIsWhyTheAppCouldNotBeReached) {
  EXPECT_THAT(evidence_of(lost(""), record::EvidenceGathered{}).console, ElementsAre("the app exited with 1"));
  EXPECT_EQ(evidence_of(lost(""), record::EvidenceGathered{}).id, "the app did not start");
}

TEST(EvidenceOfStart, IsHeldAgainstTheBaselineAndTheSchema) {
  record::EvidenceGathered gathered;
  gathered.known_good.emplace().console = {"KeyError: 'LANG'"};
  gathered.schema.emplace().engine = "sqlite";
  gathered.database_note = "a note";
  const Evidence evidence = evidence_of(lost("KeyError: 'LANG'"), gathered);
  EXPECT_EQ(evidence.schema->engine, "sqlite");
  EXPECT_EQ(evidence.database_note, "a note");
  EXPECT_THAT(diagnose(evidence).suspects, IsEmpty()) << "a healthy app writes that, too";
}

} // namespace
} // namespace murphy::diagnose
