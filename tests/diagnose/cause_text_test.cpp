#include "diagnose/cause_text.h"

#include <gmock/gmock.h>
#include <set>

namespace murphy::diagnose {
namespace {

using enum record::Layer;
using testing::HasSubstr;

record::Suspect suspect(record::Layer layer, record::Layer also = record::Layer::unknown) {
  record::Suspect made;
  made.layer = layer;
  made.also = also;
  made.identifier = "emial";
  return made;
}

TEST(Advice, IsAnotherForEachLayer) {
  std::set<std::string> all;
  for (const record::Layer layer : {unknown, view, controller, model, database, session, config, network, harness}) {
    const std::string advice = advice_for(suspect(layer), "");
    EXPECT_THAT(advice, testing::EndsWith("."));
    EXPECT_TRUE(all.insert(advice).second) << record::name_of(layer);
  }
}

TEST(Advice, FollowsTheKindBeforeTheLayer) {
  const std::string usual = advice_for(suspect(model), "");
  std::set<std::string> all;
  for (const char* kind : {"column", "rule", "access", "credentials", "lock", "query", "redirect", "plan", "clock",
                           "arguments", "value", "asset"}) {
    const std::string advice = advice_for(suspect(model), kind);
    EXPECT_NE(advice, usual) << kind;
    EXPECT_TRUE(all.insert(advice).second) << kind;
  }
  EXPECT_NE(advice_for(suspect(session), "csrf"), advice_for(suspect(session), ""));
  EXPECT_EQ(advice_for(suspect(view), "csrf"), advice_for(suspect(view), ""));
}

TEST(Advice, OnANameThatEitherMayHaveWrongIsToCompare) {
  EXPECT_THAT(advice_for(suspect(model), "column"), HasSubstr("\"emial\""));
  EXPECT_EQ(advice_for(suspect(model, database), "column"), advice_for(suspect(database, model), "column"));
  EXPECT_NE(advice_for(suspect(model), "column"), advice_for(suspect(database), "column"));
  EXPECT_EQ(advice_for(suspect(database), "column"), advice_for(suspect(database), "table"));
}

TEST(Advice, OnARuleIsOfTheSideThatBreaksIt) {
  std::set<std::string> all;
  for (const record::Layer layer : {view, database, model}) all.insert(advice_for(suspect(layer), "rule"));
  EXPECT_EQ(all.size(), 3U);
}

// ---- what happened, in words ----

std::string cause(const std::string& kind, const std::string& name, const std::string& owner,
                  const Suggestion& suggestion = {}, const SchemaView& schema = {}) {
  Signature row;
  row.kind = kind;
  Finding finding;
  finding.signature = &row;
  finding.name = name;
  finding.owner = owner;
  return cause_of(finding, suggestion, schema);
}

TEST(Cause, EndsWithWhatIsThere) {
  using record::SuggestionOrigin;
  const auto near = [](SuggestionOrigin origin, std::string table = {}) {
    return Suggestion{.name = "email", .origin = origin, .table = std::move(table)};
  };
  EXPECT_THAT(cause("column", "emial", "users", near(SuggestionOrigin::schema, "users")),
              HasSubstr("; users has \"email\""));
  EXPECT_THAT(cause("column", "emial", "users", near(SuggestionOrigin::engine_hint)),
              HasSubstr("; users has \"email\""));
  EXPECT_THAT(cause("column", "emial", "", near(SuggestionOrigin::usual_spelling)),
              HasSubstr("misspelling of \"email\""));
  EXPECT_THAT(cause("table", "usres", "", near(SuggestionOrigin::schema, "users")), HasSubstr("; there is \"email\""));
  SchemaView elsewhere;
  elsewhere.in_another_table = true;
  EXPECT_THAT(cause("column", "title", "users", near(SuggestionOrigin::schema, "pages"), elsewhere),
              HasSubstr("; pages has it"));
}

TEST(Cause, ListsTheColumnsWhereNoneIsNear) {
  SchemaView schema;
  schema.known = true;
  schema.table = "users";
  schema.columns = {"id", "email"};
  EXPECT_THAT(cause("column", "zqwk", "users", {}, schema), HasSubstr("users has id, email"));
  schema.columns = std::vector<std::string>(13, "c");
  EXPECT_THAT(cause("column", "zqwk", "users", {}, schema), testing::EndsWith(", …"));
  schema.exists = true;
  EXPECT_THAT(cause("column", "zqwk", "users", {}, schema), testing::Not(HasSubstr("users has")));
}

TEST(Cause, OfAProjectsOwnKindIsItsWords) {
  EXPECT_EQ(cause("the licence has run out", "", ""), "the licence has run out");
  EXPECT_EQ(cause("the licence has run out", "L42", ""), "the licence has run out \"L42\"");
}

} // namespace
} // namespace murphy::diagnose
