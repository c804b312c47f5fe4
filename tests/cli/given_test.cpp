#include "cli/given.h"

#include <gmock/gmock.h>

namespace murphy::cli {
namespace {

TEST(Given, TakesNamesAndValues) {
  const auto read = given({"host=example.com", "query=a=b", "empty="}, {"pin=1234=5"});
  ASSERT_TRUE(read);
  EXPECT_EQ(read->variables,
            (std::map<std::string, std::string>{{"host", "example.com"}, {"query", "a=b"}, {"empty", ""}}));
  ASSERT_TRUE(read->secrets.contains("pin"));
  EXPECT_EQ(read->secrets.at("pin")->reveal(), "1234=5");
  EXPECT_TRUE(read->environment) << "the process's own is at hand";
}

TEST(Given, LetsTheLastOfANameCount) { EXPECT_EQ(given({"a=1", "a=2"}, {})->variables.at("a"), "2"); }

TEST(Given, DrawsAnotherSeedForEachRun) { EXPECT_NE(given({}, {})->seed, given({}, {})->seed); }

TEST(Given, RefusesWhatHasNoNameWithoutShowingIt) {
  for (const std::string text : {"hunter2", "=hunter2", ""}) {
    const auto variable = given({text}, {});
    const auto secret = given({}, {text});
    ASSERT_FALSE(variable) << text;
    ASSERT_FALSE(secret) << text;
    EXPECT_EQ(variable.error().kind, ErrorKind::usage);
    EXPECT_EQ(secret.error().kind, ErrorKind::usage);
    EXPECT_THAT(variable.error().what + variable.error().hint, testing::HasSubstr("--var"));
    EXPECT_THAT(secret.error().what + secret.error().hint, testing::HasSubstr("--secret"));
    EXPECT_THAT(render(variable.error()) + render(secret.error()), testing::Not(testing::HasSubstr("hunter2")));
  }
}

std::vector<std::string> hidden(std::vector<std::string> arguments) {
  std::vector<char*> pointers;
  for (std::string& each : arguments) pointers.push_back(each.data());
  hide_secrets(static_cast<int>(pointers.size()), pointers.data());
  return arguments;
}

TEST(HideSecrets, BlacksOutTheValuesOfSecretsAlone) {
  using testing::ElementsAre;
  EXPECT_THAT(hidden({"murphy", "run", "--secret", "pin=1234", "--var", "a=b"}),
              ElementsAre("murphy", "run", "--secret", "pin=****", "--var", "a=b"));
  EXPECT_THAT(hidden({"murphy", "run", "--secret=pin=1=34", "more"}),
              ElementsAre("murphy", "run", "--secret=pin=****", "more"));
  EXPECT_THAT(hidden({"murphy", "run", "--secret", "hunter2"}), ElementsAre("murphy", "run", "--secret", "*******"))
      << "without a name all of it may be the secret";
  EXPECT_THAT(hidden({"murphy", "run", "--secret=hunter2"}), ElementsAre("murphy", "run", "****************"));
  EXPECT_THAT(hidden({"murphy", "run", "--secret"}), ElementsAre("murphy", "run", "--secret"));
  EXPECT_THAT(hidden({"murphy", "run", "--secrets=a=b"}), ElementsAre("murphy", "run", "--secrets=a=b"));
}

} // namespace
} // namespace murphy::cli
