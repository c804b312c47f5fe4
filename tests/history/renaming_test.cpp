#include "history/renaming.h"

#include <gmock/gmock.h>

namespace murphy::history {
namespace {

using testing::HasSubstr;

const std::vector<NamedCase> known{{.id = "s/in.toml#Signs in", .feature = "Sign in", .name = "Signs in"},
                                   {.id = "s/in.toml#Wrong password", .feature = "Sign in", .name = "Wrong password"},
                                   {.id = "s/up.toml#Signs up", .feature = "Sign up", .name = "Signs up"},
                                   {.id = "s/up.toml#Wrong password", .feature = "Sign up", .name = "Wrong password"}};

std::vector<NamedCase> renamed(const std::string& from, const std::string& to) {
  const auto found = renamings(known, from, to);
  EXPECT_TRUE(found) << found.error().what;
  std::vector<NamedCase> all;
  if (found)
    for (const Renaming& each : *found) all.push_back(each.to);
  return all;
}

TEST(Renamings, OfAScenarioKeepItsFile) {
  const std::vector<NamedCase> expected{{.id = "s/in.toml#Enters", .feature = "Sign in", .name = "Enters"}};
  EXPECT_EQ(renamed("Signs in", "Enters"), expected);
  EXPECT_EQ(renamed("s/in.toml#Signs in", "Enters"), expected);
  EXPECT_EQ(renamed("Signs in", "s/in.toml#Enters"), expected);
}

TEST(Renamings, MoveAScenarioToAnotherFile) {
  EXPECT_EQ(
      renamed("s/up.toml#Wrong password", "s/reset.toml#Bad password"),
      (std::vector<NamedCase>{{.id = "s/reset.toml#Bad password", .feature = "Sign up", .name = "Bad password"}}));
}

TEST(Renamings, OfAFileAndOfAFeatureTakeAllOfTheirScenarios) {
  const auto file = renamed("s/in.toml", "s/sign-in.toml");
  ASSERT_EQ(file.size(), 2U);
  EXPECT_EQ(file[1].id, "s/sign-in.toml#Wrong password");
  EXPECT_EQ(file[1].name, "Wrong password");
  const auto feature = renamed("Sign in", "Log in");
  ASSERT_EQ(feature.size(), 2U);
  EXPECT_EQ(feature[0].id, "s/in.toml#Signs in");
  EXPECT_EQ(feature[0].feature, "Log in");
}

TEST(Renamings, AreRefusedWhereTheNameIsNotOne) {
  const auto many = renamings(known, "Wrong password", "Bad password");
  ASSERT_FALSE(many);
  EXPECT_EQ(many.error().what, "2 files have a scenario \"Wrong password\"");
  EXPECT_EQ(many.error().hint, "name the file as well: murphy history --rename \"s/in.toml#Wrong password\" NEW");
  const auto none = renamings(known, "Sings in", "x");
  ASSERT_FALSE(none);
  EXPECT_EQ(none.error().what, "the history has no scenario, feature or file \"Sings in\"");
  EXPECT_THAT(none.error().hint, HasSubstr("did you mean \"Signs in\""));
  EXPECT_FALSE(renamings(known, "Nothing like it at all", "x"));
  for (const auto& [from, to] : std::vector<std::pair<std::string, std::string>>{
           {"Signs in", ""}, {"Signs in", "s/in.toml#"}, {"s/in.toml", "s/a.toml#x"}, {"Signs in", "#x"}}) {
    const auto refused = renamings(known, from, to);
    ASSERT_FALSE(refused) << to;
    EXPECT_EQ(refused.error().kind, ErrorKind::usage);
  }
}

} // namespace
} // namespace murphy::history
