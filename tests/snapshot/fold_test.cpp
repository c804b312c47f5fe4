#include "snapshot/fold.h"

#include "sample.h"

#include <gmock/gmock.h>

namespace murphy::snapshot {
namespace {

using record::KnownGood;
using testing::ElementsAre;
using testing::IsEmpty;
using testing::SizeIs;

record::StepResult step(std::string path, std::string title) {
  record::StepResult made;
  record::Exchange exchange;
  exchange.method = "GET";
  exchange.url = "http://app.test" + path;
  exchange.status = 200;
  made.evidence.exchanges = {exchange};
  record::PageSeen page;
  page.url = exchange.url;
  page.title = std::move(title);
  page.errors = {record::ShownError{{}, "No mail for ada@example.com"}};
  page.forms = {{"Remove Ada Lovelace", "POST", "/remove", "", {}}};
  made.evidence.page = page;
  return made;
}

Healthy healthy(std::vector<record::CaseResult> cases) {
  Healthy made;
  made.run.features = {{"Sign in", "sign-in.toml", std::move(cases)}};
  return made;
}

record::CaseResult case_of(record::Outcome outcome, std::vector<record::StepResult> steps) {
  record::CaseResult made;
  made.outcome = outcome;
  made.steps = std::move(steps);
  return made;
}

TEST(Fold, OnlyCasesThatPassedTellWhatIsGood) {
  const KnownGood known = known_good_of(healthy({case_of(record::Outcome::passed, {step("/", "Home")}),
                                                 case_of(record::Outcome::failed, {step("/broken", "Oh")})}));
  ASSERT_THAT(known.visits, SizeIs(1));
  EXPECT_EQ(known.visits[0].request, "GET /");
}

TEST(Fold, WordsWithTheNameOfAnAccountAreLeftOut) {
  Healthy seen = healthy({case_of(record::Outcome::passed, {step("/", "Ada Lovelace's plots")})});
  seen.personal = {"Ada Lovelace", "ada@example.com", "Al"};
  const KnownGood known = known_good_of(seen);
  EXPECT_EQ(known.visits[0].title, "");
  EXPECT_THAT(known.visits[0].errors, IsEmpty());
  EXPECT_THAT(known.forms, IsEmpty());
}

TEST(Fold, ConsoleLinesThatLookLikeErrorsAreKeptFolded) {
  Healthy seen = healthy({});
  seen.console = {"GET / 200 in 4 ms", "12:00:01 [17] no such column: cache_key",
                  "12:00:02 [18] no such column: cache_key"};
  EXPECT_THAT(known_good_of(seen).console, ElementsAre("0:0:0 [0] no such column: cache_key"));
}

TEST(Fold, OfALargeDatabaseTheTablesOfSignInAreKept) {
  Healthy seen = healthy({});
  seen.schema.emplace().engine = "postgresql";
  for (int i = 0; i < 5000; ++i) seen.schema->tables.push_back({"measurements_" + std::to_string(i), {}, {}});
  seen.schema->tables.push_back({"users", {}, {}});
  seen.schema->tables.push_back({"people_of_old", {}, {}});
  seen.schema->tables.push_back({"operators", {{"passphrase", "text", std::nullopt, true, false}}, {}});
  std::vector<std::string> names;
  for (const record::Table& table : known_good_of(seen).tables) names.push_back(table.name);
  EXPECT_THAT(names, ElementsAre("operators", "people_of_old", "users"));
}

TEST(Common, WhatOnlyOneOfTwoRunsSawIsLeftOut) {
  KnownGood other = sample();
  other.forms[0].form.fields.erase(other.forms[0].form.fields.begin());
  other.visits[0].title = "Sign in (3)";
  other.visits.pop_back();
  other.cookies.clear();
  const KnownGood both = common(sample(), other);
  EXPECT_THAT(both.forms[0].form.fields, SizeIs(2));
  EXPECT_EQ(both.visits[0].title, "");
  EXPECT_THAT(both.visits, SizeIs(2));
  EXPECT_THAT(both.cookies, IsEmpty());
  EXPECT_EQ(both.tables, sample().tables);
  EXPECT_EQ(common(sample(), sample()), sample());
}

} // namespace
} // namespace murphy::snapshot
