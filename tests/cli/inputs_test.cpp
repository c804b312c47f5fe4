#include "cli/inputs.h"

#include <gmock/gmock.h>

namespace murphy::cli {
namespace {

TEST(Inputs, TakesNamesAndValues) {
  const auto read =
      inputs({.variables = {"host=example.com", "query=a=b", "empty="}, .secrets = {"pin=1234=5"}, .taken = {}});
  ASSERT_TRUE(read);
  EXPECT_EQ(read->variables,
            (std::map<std::string, std::string>{{"host", "example.com"}, {"query", "a=b"}, {"empty", ""}}));
  ASSERT_TRUE(read->secrets.contains("pin"));
  EXPECT_EQ(read->secrets.at("pin")->reveal().view(), "1234=5");
  EXPECT_TRUE(read->environment) << "the process's own is at hand";
}

TEST(Inputs, PrefersWhatWasTakenOutOfTheArguments) {
  const auto secret = [](const char* text) { return std::make_shared<const Secret>(ClearText(text), "s"); };
  const auto read = inputs({.variables = {"token=***", "city=Oslo"},
                            .secrets = {"pin=****"},
                            .taken = {.secrets = {{"pin", secret("1234")}}, .variables = {{"token", secret("t0k")}}}});
  ASSERT_TRUE(read);
  EXPECT_EQ(read->secrets.at("pin")->reveal().view(), "1234");
  EXPECT_EQ(read->secrets.at("token")->reveal().view(), "t0k");
  EXPECT_EQ(read->variables, (std::map<std::string, std::string>{{"city", "Oslo"}}));
}

TEST(Inputs, LetsTheLastOfANameCount) {
  EXPECT_EQ(inputs({.variables = {"a=1", "a=2"}, .secrets = {}, .taken = {}})->variables.at("a"), "2");
}

TEST(Inputs, DrawsAnotherSeedForEachRun) { EXPECT_NE(inputs({})->seed, inputs({})->seed); }

TEST(Inputs, RefusesWhatHasNoNameWithoutShowingIt) {
  for (const std::string text : {"hunter2", "=hunter2", ""}) {
    const auto variable = inputs({.variables = {text}, .secrets = {}, .taken = {}});
    const auto secret = inputs({.variables = {}, .secrets = {text}, .taken = {}});
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
  take_secrets(static_cast<int>(pointers.size()), pointers.data());
  return arguments;
}

TEST(TakeSecrets, KeepsThemByName) {
  std::vector<std::string> arguments{"murphy", "--secret",  "pin=1234",       "--secret=api=k=1",
                                     "--var",  "token=t0k", "--var=city=Oslo"};
  std::vector<char*> pointers;
  for (std::string& each : arguments) pointers.push_back(each.data());
  const TakenSecrets taken = take_secrets(static_cast<int>(pointers.size()), pointers.data());
  EXPECT_EQ(taken.secrets.at("pin")->reveal().view(), "1234");
  EXPECT_EQ(taken.secrets.at("api")->reveal().view(), "k=1");
  EXPECT_EQ(taken.secrets.at("api")->mask(), "‹api›");
  EXPECT_EQ(taken.variables.at("token")->reveal().view(), "t0k");
  EXPECT_EQ(taken.variables.size(), 1U);
}

TEST(TakeSecrets, BlacksOutTheValuesOfSecretsAlone) {
  using testing::ElementsAre;
  EXPECT_THAT(hidden({"murphy", "run", "--secret", "pin=1234", "--var", "a=b"}),
              ElementsAre("murphy", "run", "--secret", "pin=****", "--var", "a=b"));
  EXPECT_THAT(hidden({"murphy", "run", "--secret=pin=1=34", "more"}),
              ElementsAre("murphy", "run", "--secret=pin=****", "more"));
  EXPECT_THAT(hidden({"murphy", "run", "--secret", "hunter2"}), ElementsAre("murphy", "run", "--secret", "*******"))
      << "without a name all of it may be the secret";
  EXPECT_THAT(hidden({"murphy", "run", "--secret=hunter2"}), ElementsAre("murphy", "run", "--secret=*******"));
  EXPECT_THAT(hidden({"murphy", "run", "--var", "api_token=1234", "--var=totp=AB"}),
              ElementsAre("murphy", "run", "--var", "api_token=****", "--var=totp=**"));
  EXPECT_THAT(hidden({"murphy", "run", "--secret"}), ElementsAre("murphy", "run", "--secret"));
  EXPECT_THAT(hidden({"murphy", "run", "--secrets=a=b"}), ElementsAre("murphy", "run", "--secrets=a=b"));
}

} // namespace
} // namespace murphy::cli
