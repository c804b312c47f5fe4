#include "diagnose/wrong_name.h"

#include <gmock/gmock.h>

namespace murphy::diagnose {
namespace {

using record::Layer;
using record::SuggestionOrigin;

record::Suspect suspect(std::string identifier, std::string suggestion = {},
                        SuggestionOrigin origin = SuggestionOrigin::schema) {
  record::Suspect made;
  made.layer = Layer::model;
  made.identifier = std::move(identifier);
  made.suggestion = std::move(suggestion);
  made.origin = origin;
  return made;
}

record::Schema with_column(std::string name) {
  record::Schema schema;
  schema.tables.emplace_back().name = "users";
  schema.tables.front().columns.emplace_back().name = std::move(name);
  return schema;
}

TEST(WrongName, IsTheOnlyOneThereIs) { EXPECT_EQ(wrong_name(suspect("emial"), {}), "emial"); }

TEST(WrongName, IsTheOneThatIsNotSpelledAsUsual) {
  EXPECT_EQ(wrong_name(suspect("emial", "email"), {}), "emial");
  EXPECT_EQ(wrong_name(suspect("password_hash", "pasword_hash"), {}), "pasword_hash");
}

TEST(WrongName, IsTheOneThatTheBaselineDoesNotHave) {
  Evidence evidence;
  evidence.known_good.emplace().schema = with_column("nick_nam");
  EXPECT_EQ(wrong_name(suspect("nick_name", "nick_nam"), evidence), "nick_name") << "whatever looks better";
  evidence.known_good->schema = with_column("NICK_NAME");
  EXPECT_EQ(wrong_name(suspect("nick_name", "nick_nam"), evidence), "nick_nam");
}

TEST(WrongName, IsNotWhatTheHealthyAppHad) {
  EXPECT_EQ(wrong_name(suspect("login", "log", SuggestionOrigin::baseline), {}), "login");
  EXPECT_EQ(wrong_name(suspect("password", "pwd", SuggestionOrigin::field_id), {}), "password");
}

TEST(WrongName, IsNoneOfWhatCodeDoesNotHold) {
  for (const char* name : {"", "9", "5432", "id", "Log in", "‹ada.email›"})
    EXPECT_EQ(wrong_name(suspect(name), {}), "") << name;
  record::Suspect of_scenario = suspect("Signin");
  of_scenario.layer = Layer::harness;
  EXPECT_EQ(wrong_name(of_scenario, {}), "");
  of_scenario.layer = Layer::unknown;
  EXPECT_EQ(wrong_name(of_scenario, {}), "");
}

TEST(CodeOf, KeepsWhatARunFoundByName) {
  record::Suspect found = suspect("emial");
  found.wrong_name = "emial";
  found.places = {
      {.file = "a.sql", .line = 5, .name = "emial", .commit = {}, .subject = {}, .age = {}, .is_new = true}};
  const std::vector<record::Suspect> suspects{found, suspect("other")};
  const auto code = code_of(suspects);
  ASSERT_EQ(code.size(), 1U);
  EXPECT_EQ(code.at("emial"), found.places);
}

} // namespace
} // namespace murphy::diagnose
