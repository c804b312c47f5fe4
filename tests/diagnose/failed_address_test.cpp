#include "diagnose/diagnose.h"

#include <gmock/gmock.h>

namespace murphy::diagnose {
namespace {

using record::Confidence;
using record::FailureCode;
using record::Layer;

Evidence answered(const std::string& wanted, const std::string& known, std::int64_t pages) {
  Evidence evidence;
  evidence.exchanges = {{"GET", wanted, 404, ""}};
  record::Failure& failure = evidence.of_step.emplace().failures.emplace_back();
  failure.code = FailureCode::error_status;
  failure.got.answer = {404, wanted, "Not Found", {}};
  if (!known.empty())
    failure.near_address = record::NearAddress{
        .wanted = wanted, .known = known, .is_answered = false, .pages = pages, .places = 2, .places_of_wanted = 1};
  return evidence;
}

TEST(Address, ThatOnlyTheScenarioHasIsTheScenarios) {
  const record::Suspect verdict = diagnose(answered("/logn", "/login", 2)).verdict();
  EXPECT_EQ(verdict.layer, Layer::harness);
  EXPECT_EQ(verdict.also, Layer::config);
  EXPECT_EQ(verdict.cause, "/logn is not there, and no page leads to it; pages lead to /login");
  EXPECT_EQ(verdict.identifier, "/logn");
  EXPECT_EQ(verdict.suggestion, "/login");
  EXPECT_EQ(verdict.confidence, Confidence::medium);
}

TEST(Address, OfWordsThatNobodyKnowsIsPerhapsTheScenarios) {
  const record::Suspect verdict = diagnose(answered("/alotments", "/allotments", 0)).verdict();
  EXPECT_EQ(verdict.layer, Layer::harness);
  EXPECT_EQ(verdict.cause, "/alotments is not there; the project has /allotments more often");
  EXPECT_EQ(verdict.confidence, Confidence::low);
}

TEST(Address, ThatTheAppMisspellsIsTheApps) {
  const record::Suspect verdict = diagnose(answered("/login", "/logn", 2)).verdict();
  EXPECT_EQ(verdict.layer, Layer::config);
  EXPECT_EQ(verdict.also, Layer::harness);
  EXPECT_EQ(verdict.identifier, "/logn");
  EXPECT_EQ(verdict.suggestion, "/login");
}

TEST(Address, ThatTheAppHasRenamedIsPerhapsTheApps) {
  Evidence evidence = answered("/dashboard", "/dashboards", 1);
  evidence.exchanges = {{"GET", "/dashboards", 200, ""}};
  evidence.of_step->failures.front().near_address->is_answered = true;
  const record::Suspect verdict = diagnose(evidence).verdict();
  EXPECT_EQ(verdict.layer, Layer::config);
  EXPECT_EQ(verdict.also, Layer::harness);
  EXPECT_EQ(verdict.confidence, Confidence::low);
}

TEST(Address, ThatIsAnotherWordIsNoSlip) {
  EXPECT_EQ(diagnose(answered("/contact", "/contract", 1)).verdict().cause,
            diagnose(answered("/contact", "", 0)).verdict().cause);
}

TEST(Address, ThatWasThereWhenAllWasWellIsLost) {
  Evidence evidence = answered("/logn", "/login", 2);
  record::KnownVisit visit;
  visit.request = "GET /logn";
  visit.answers = {"200 /logn"};
  evidence.known_good.emplace().record.emplace().visits = {visit};
  EXPECT_EQ(diagnose(evidence).verdict().cause, diagnose(answered("/logn", "", 0)).verdict().cause);
  EXPECT_NE(diagnose(evidence).verdict().layer, Layer::harness);
}

TEST(Address, IsNoFaultOfARouteThoughTheAppSaysThatItHasNone) {
  Evidence evidence = answered("/logn", "/login", 1);
  evidence.console = {"ActionController::RoutingError (No route matches [GET] \"/logn\"):"};
  EXPECT_EQ(diagnose(evidence).verdict().layer, Layer::harness);
  evidence.console.emplace_back("SQLite3::SQLException: no such column: emial");
  EXPECT_EQ(diagnose(evidence).verdict().identifier, "emial") << "another error says more";
}

TEST(Address, SaysNothingOfAPageThatIsAnotherOneAltogether) {
  Evidence evidence = answered("/dashbord", "/dashboard", 1);
  evidence.exchanges = {{"GET", "/login", 200, ""}};
  evidence.of_step->failures.front().code = FailureCode::wrong_page;
  EXPECT_NE(diagnose(evidence).verdict().layer, Layer::harness);
  evidence.exchanges = {{"GET", "/dashboard", 200, ""}};
  evidence.of_step->failures.front().near_address->is_answered = true;
  const record::Suspect verdict = diagnose(evidence).verdict();
  EXPECT_EQ(verdict.layer, Layer::harness);
  EXPECT_EQ(verdict.cause, "the app leads to /dashboard, and the scenario has /dashbord");
}

} // namespace
} // namespace murphy::diagnose
