#include "scenario/app_flow.h"
#include "scenario/variables.h"

#include "scenario/reader.h"

#include <cstdint>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <set>

#include <unistd.h>

namespace murphy::scenario {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;
using testing::UnorderedElementsAre;

constexpr std::string_view project_with_accounts = R"(
[app]
sign_in = { page = "/login", submit = "Sign in", fields = { Email = "${user.email}" } }

[target.local]
url = "http://${host}:${port}/${env:PREFIX}"
start = "serve ${port}"
ready = "/${env:PREFIX}/up"
env = { PORT = "${port}", DATABASE_URL = "pg://${env:DB_PASSWORD}@db", SECRET_KEY = "abc", MODE = "test" }

[user.ada]
email    = "ada@${host}"
password = { env = "ADA_PASSWORD" }
nickname = { env = "ADA_NICK" }

[user.bob]
email    = "bob@example.com"
password = "hunter2"
key      = { file = "bob.key" }
)";

Text text_of(std::string source) {
  // As the reader splits it: through a file with this one text.
  Checks checks;
  checks.is_given = [](std::string_view) { return true; };
  ReadFeature read =
      read_feature("x.toml", "feature = \"F\"\n[[scenario]]\nname = \"S\"\nsteps = [ { click = '" + source + "' } ]\n",
                   *read_project("murphy.toml", project_with_accounts, checks).project, checks);
  for (const Error& error : read.errors) ADD_FAILURE() << render(error);
  return std::get<Click>(read.feature.value().scenarios.at(0).steps.at(0).verb).words;
}

class Variables : public testing::Test {
protected:
  void SetUp() override {
    std::string name = (std::filesystem::temp_directory_path() / "murphy-variables-XXXXXX").string();
    ASSERT_NE(mkdtemp(name.data()), nullptr);
    folder_ = name;
    std::ofstream(folder_ + "/bob.key", std::ios::binary) << "k3y\r\n";
    Checks checks;
    checks.is_given = [](std::string_view) { return true; };
    ReadProject read = read_project(folder_ + "/murphy.toml", project_with_accounts, checks);
    for (const Error& error : read.errors) ADD_FAILURE() << render(error);
    project_ = std::move(*read.project);
    inputs_.environment = [this](const std::string& variable) -> std::optional<ClearText> {
      const auto found = environment_.find(variable);
      if (found == environment_.end()) return std::nullopt;
      return ClearText(found->second);
    };
    inputs_.hide_variable = [this](const std::string& variable) { hidden_.push_back(variable); };
    inputs_.variables = {{"host", "example.com"}};
    inputs_.learn_secret = [this](std::shared_ptr<const Secret> secret) {
      learned_.push_back(secret->label() + "=" + std::string(secret->reveal().view()));
    };
    inputs_.seed = 1;
  }
  void TearDown() override { std::filesystem::remove_all(folder_); }

  std::string folder_;
  Project project_;
  std::vector<std::string> hidden_;
  std::map<std::string, std::string> environment_ = {{"ADA_PASSWORD", "s3cr\"t"},
                                                     {"ADA_NICK", "ad"},
                                                     {"PREFIX", "v1"},
                                                     {"DB_PASSWORD", "db"},
                                                     {"MURPHY_VAR_city", "Paris"}};
  Inputs inputs_;
  std::vector<std::string> learned_;
};

TEST_F(Variables, PlainTextStaysPlain) {
  Scope scope(project_, inputs_, "case");
  scope.set("code", {.value = Value(std::string("42"))});
  const Value value = scope.resolve(text_of("a $${b} ${code} ${bob.email} ${ada.email} ${city}")).value();
  EXPECT_FALSE(value.is_secret());
  EXPECT_EQ(value.shown(), "a ${b} 42 bob@example.com ada@example.com Paris");
  EXPECT_THAT(learned_, IsEmpty());
}

TEST_F(Variables, PropertiesFromElsewhereAndPasswordsAreSecrets) {
  Scope scope(project_, inputs_, "case");
  for (const auto& [reference, shown, characters] :
       {std::tuple("${ada.password}", "‹ada.password›", "s3cr\"t"),
        std::tuple("${ada.nickname}", "‹ada.nickname›", "ad"),
        std::tuple("${bob.password}", "‹bob.password›", "hunter2"), std::tuple("${bob.key}", "‹bob.key›", "k3y")}) {
    const Value value = scope.resolve(text_of(reference)).value();
    EXPECT_TRUE(value.is_secret());
    EXPECT_EQ(value.shown(), shown);
    EXPECT_EQ(reveal(value).view(), characters);
  }
  EXPECT_THAT(learned_, ElementsAre("ada.password=s3cr\"t", "ada.nickname=ad", "bob.password=hunter2", "bob.key=k3y"));
}

TEST_F(Variables, TextWithASecretIsSecretAsAWholeAndBothAreLearned) {
  Scope scope(project_, inputs_, "case");
  const Value value = scope.resolve(text_of("Bearer ${bob.password}!")).value();
  EXPECT_EQ(value.shown(), "Bearer ‹bob.password›!");
  EXPECT_EQ(reveal(value).view(), "Bearer hunter2!");
  EXPECT_EQ(value.outline(), "Bearer ‹bob.password›!");
  EXPECT_THAT(learned_, ElementsAre("bob.password=hunter2", "Bearer ${bob.password}!=Bearer hunter2!"));
}

TEST_F(Variables, OnlyTheVariablesThatHoldSecretsAreHidden) {
  Scope scope(project_, inputs_, "case");
  ASSERT_TRUE(scope.resolve(text_of("${ada.password} ${ada.email} ${city} ${env:PREFIX}")));
  EXPECT_THAT(hidden_, ElementsAre("ADA_PASSWORD", "PREFIX"));
  Scope shown(project_, inputs_, "target");
  shown.show_environment();
  hidden_.clear();
  ASSERT_TRUE(shown.resolve(text_of("${env:PREFIX}")));
  EXPECT_THAT(hidden_, ElementsAre());
}

TEST_F(Variables, WordsAreInClear) {
  Scope scope(project_, inputs_, "case");
  EXPECT_EQ(scope.resolve_words(text_of("/reset?token=${bob.password}")).value(), "/reset?token=hunter2");
  EXPECT_EQ(scope.resolve_words(text_of("${env:NOTHING}")).error().what, "the environment variable NOTHING is not set");
}

TEST_F(Variables, TextInBase64IsSecretWhereAPartOfItIs) {
  Scope scope(project_, inputs_, "case");
  scope.set("code", {.value = Value(std::string("4>2"))});
  EXPECT_EQ(scope.resolve(text_of("Basic ${base64:${code}:$${x}}!")).value().shown(), "Basic ND4yOiR7eH0=!");
  const Value value = scope.resolve(text_of("Basic ${base64:${bob.email}:${bob.password}} ${base64:${code}}")).value();
  EXPECT_TRUE(value.is_secret());
  EXPECT_EQ(reveal(value).view(), "Basic Ym9iQGV4YW1wbGUuY29tOmh1bnRlcjI= ND4y");
  EXPECT_THAT(learned_, testing::Contains(testing::EndsWith("}=Ym9iQGV4YW1wbGUuY29tOmh1bnRlcjI=")));
}

TEST_F(Variables, SecretsAreMadeOnceForEachScope) {
  Scope scope(project_, inputs_, "case");
  const Value first = scope.resolve(text_of("${ada.password}")).value();
  environment_["ADA_PASSWORD"] = "changed";
  EXPECT_EQ(scope.resolve(text_of("${ada.password}")).value().secret(), first.secret());
  EXPECT_EQ(learned_.size(), 1u);
}

TEST_F(Variables, VariablesFromOutside) {
  inputs_.secrets["api"] = std::make_shared<const Secret>(std::string("x1"), "api");
  inputs_.variables["api_token"] = "t0k";
  inputs_.variables["city"] = "Rome";
  Scope scope(project_, inputs_, "case");
  EXPECT_EQ(scope.resolve(text_of("${api}")).value().shown(), "‹api›");
  EXPECT_EQ(scope.resolve(text_of("${api_token}")).value().shown(), "‹api_token›"); // its name says what it is
  EXPECT_EQ(scope.resolve(text_of("${city}")).value().shown(), "Rome");             // --var before the environment
  EXPECT_EQ(scope.resolve(text_of("${env:PREFIX}")).value().shown(), "‹env:PREFIX›");
  scope.set("city", {.value = Value(std::string("Oslo"))});
  EXPECT_EQ(scope.resolve(text_of("${city}")).value().shown(), "Oslo"); // a capture before both
  EXPECT_THAT(learned_, ElementsAre("api=x1", "api_token=t0k", "env:PREFIX=v1"));
}

TEST_F(Variables, TheAppsFlowsKnowWhoSignsIn) {
  Scope scope(project_, inputs_, "case");
  const Text& email = std::get<Text>(first_form(*project_.app.sign_in)->with.at(0).value);
  scope.set_user("bob");
  EXPECT_EQ(scope.resolve(email).value().shown(), "bob@example.com");
  scope.set_user("ada");
  EXPECT_EQ(scope.resolve(email).value().shown(), "ada@example.com");
}

TEST_F(Variables, UniqueIsTheSameWithinACaseAndNewInEachRun) {
  const Text unique = text_of("${unique}");
  Scope scope(project_, inputs_, "case 1");
  const std::string word = scope.resolve(unique).value().shown();
  EXPECT_EQ(word.size(), 10u);
  EXPECT_EQ(word.find_first_not_of("abcdefghijklmnopqrstuvwxyz0123456789"), std::string::npos) << word;
  EXPECT_GT(word.find_first_of("0123456789"), 0u) << word;
  EXPECT_EQ(scope.resolve(unique).value().shown(), word);
  EXPECT_EQ(scope.resolve(text_of("${unique:email}")).value().shown(), word + "@example.com");
  std::set<std::string> words{word};
  for (std::uint64_t seed = 1; seed <= 50; ++seed) {
    Inputs other = inputs_;
    other.seed = seed;
    for (int number = 2; number <= 21; ++number) {
      Scope one(project_, other, "case " + std::to_string(number));
      words.insert(one.resolve(unique).value().shown());
    }
  }
  EXPECT_EQ(words.size(), 1001u);
}

TEST_F(Variables, UniqueIsAnotherWordInEachRound) {
  const Text unique = text_of("${unique}");
  Scope scope(project_, inputs_, "case");
  const std::string own = scope.resolve(unique).value().shown();
  std::set<std::string> words{own};
  for (std::uint64_t round = 1; round <= 1000; ++round) {
    scope.set_round(round);
    words.insert(scope.resolve(unique).value().shown());
  }
  EXPECT_EQ(words.size(), 1001u);
  scope.set_round(0);
  EXPECT_EQ(scope.resolve(unique).value().shown(), own);
}

TEST_F(Variables, OfATextWithoutReferencesTheSourceIsTheOnlyPart) {
  Scope scope(project_, inputs_, "case");
  const Text plain = text_of("Sign in");
  EXPECT_TRUE(plain.is_literal());
  ASSERT_EQ(plain.parts().size(), 1U);
  EXPECT_EQ(plain.parts()[0].text, "Sign in");
  EXPECT_FALSE(plain.parts()[0].reference);
  EXPECT_EQ(scope.resolve(plain).value().shown(), "Sign in");
  EXPECT_TRUE(Text().parts().empty());
  const Text dollars = text_of("$${name} costs 5 $");
  EXPECT_TRUE(dollars.is_literal());
  ASSERT_EQ(dollars.parts().size(), 1U);
  EXPECT_EQ(dollars.parts()[0].text, "${name} costs 5 $");
  EXPECT_EQ(scope.resolve(dollars).value().shown(), "${name} costs 5 $");
}

TEST_F(Variables, JsonIsEscapedWhereItIsPutTogether) {
  Scope scope(project_, inputs_, "case");
  scope.set("text", {.value = Value(std::string("a\"b\\c\n\x01"))});
  Text json;
  json.split = std::vector<Text::Part>{{false, "{\"a\":\""}, {true, "text"}, {false, "\"}"}};
  EXPECT_EQ(scope.resolve_json(json).value().shown(), R"({"a":"a\"b\\c\n\u0001"})");
  json.split.edit()[1].text = "ada.password";
  EXPECT_EQ(reveal(scope.resolve_json(json).value()).view(), R"({"a":"s3cr\"t"})");
}

TEST_F(Variables, WhatIsNotSetIsAnErrorAtItsPlace) {
  environment_.erase("ADA_PASSWORD");
  environment_["ADA_NICK"] = "";
  std::filesystem::remove(folder_ + "/bob.key");
  Scope scope(project_, inputs_, "case");
  EXPECT_EQ(render(scope.resolve(text_of("${ada.password}")).error()),
            folder_ + "/murphy.toml:13:20: the environment variable ADA_PASSWORD is not set\n"
                      "    password = { env = \"ADA_PASSWORD\" }\n"
                      "                       ^~~~~~~~~~~~~~\n"
                      "  set it before the run: export ADA_PASSWORD=…\n");
  EXPECT_EQ(scope.resolve(text_of("${ada.nickname}")).error().what, "the environment variable ADA_NICK is empty");
  EXPECT_EQ(scope.resolve(text_of("${bob.key}")).error().what, folder_ + "/bob.key: there is no such file");
  EXPECT_EQ(scope.resolve(text_of("${env:NOTHING}")).error().what, "the environment variable NOTHING is not set");
  EXPECT_EQ(scope.resolve(text_of("${nothing}")).error().what, "\"nothing\" is not defined here");
}

TEST_F(Variables, ATargetOfSeveralPartsIsResolvedWithTheirPorts) {
  const auto read = read_project("murphy.toml", R"(
[target.local]
url   = "http://127.0.0.1:${port}"
start = ["idp --port ${port:idp}", "app --port ${port} --idp http://localhost:${port:idp}"]
ready = ["http://localhost:${port:idp}/up", "/up"]
env   = { CACHE_PORT = "${port:cache}" }
)");
  ASSERT_THAT(read.errors, testing::IsEmpty());
  const Target& parts = read.project->targets.front();
  ASSERT_THAT(ports_of(parts), ElementsAre("", "idp", "cache"));
  const ResolvedTarget target =
      resolve(parts, {{"", 4711}, {"idp", 4712}, {"cache", 4713}}, *read.project, inputs_).value();
  EXPECT_EQ(target.url, "http://127.0.0.1:4711");
  EXPECT_THAT(target.start, ElementsAre("idp --port 4712", "app --port 4711 --idp http://localhost:4712"));
  EXPECT_THAT(target.ready, ElementsAre("http://localhost:4712/up", "/up"));
  EXPECT_EQ(target.environment.at("CACHE_PORT").shown(), "4713");
}

TEST_F(Variables, ATargetIsResolvedWithItsPort) {
  ASSERT_THAT(ports_of(project_.targets.at(0)), ElementsAre(""));
  const ResolvedTarget target = resolve(project_.targets.at(0), {{"", 4711}}, project_, inputs_).value();
  EXPECT_EQ(target.url, "http://example.com:4711/v1");
  EXPECT_THAT(target.start, ElementsAre("serve 4711"));
  EXPECT_THAT(target.ready, ElementsAre("/v1/up"));
  EXPECT_EQ(target.environment.at("PORT").shown(), "4711");
  EXPECT_EQ(target.environment.at("MODE").shown(), "test");
  EXPECT_TRUE(target.environment.at("DATABASE_URL").is_secret());
  EXPECT_EQ(reveal(target.environment.at("DATABASE_URL")).view(), "pg://db@db");
  EXPECT_TRUE(target.environment.at("SECRET_KEY").is_secret());
  EXPECT_THAT(learned_,
              UnorderedElementsAre("env:DB_PASSWORD=db", "pg://${env:DB_PASSWORD}@db=pg://db@db", "SECRET_KEY=abc"));
  environment_.erase("PREFIX");
  EXPECT_EQ(resolve(project_.targets.at(0), {{"", 1}}, project_, inputs_).error().what,
            "the environment variable PREFIX is not set");
}

TEST_F(Variables, TheProjectsSecretsAreKnownBeforeAnythingIsPrinted) {
  environment_.erase("ADA_NICK");
  std::vector<std::string> secrets;
  for (const auto& secret : project_secrets(project_, inputs_)) {
    secrets.push_back(secret->label() + "=" + std::string(secret->reveal().view()));
  }
  EXPECT_THAT(secrets,
              UnorderedElementsAre("ada.password=s3cr\"t", "bob.password=hunter2", "bob.key=k3y", "env:DB_PASSWORD=db",
                                   "pg://${env:DB_PASSWORD}@db=pg://db@db", "SECRET_KEY=abc"));
}

TEST_F(Variables, OnlyWhatTheSelectedScenariosNeedHasToBeSet) {
  environment_.clear();
  std::filesystem::remove(folder_ + "/bob.key");
  const ReadFeature read =
      read_feature("x.toml",
                   "feature = \"F\"\n"
                   "[[scenario]]\nname = \"nobody\"\nsteps = [ { open = \"/\" } ]\n"
                   "[[scenario]]\nname = \"bob\"\nsteps = [ { sign_in = \"bob\" }, { open = \"/${env:BUILD}\" } ]\n"
                   "[[scenario]]\nname = \"ada\"\nsteps = [ { open = \"/${ada.email}\" } ]\n",
                   project_, {});
  ASSERT_TRUE(read.feature) << render(read.errors.at(0));
  const auto missing = [&](std::vector<int> selected, const Target* target) {
    std::vector<const Scenario*> scenarios;
    for (const int number : selected)
      scenarios.push_back(&read.feature->scenarios.at(static_cast<std::size_t>(number)));
    std::vector<std::string> said;
    for (const Error& error : check_environment(scenarios, project_, target, inputs_)) {
      said.push_back(error.what + " @" + std::to_string(error.place.line));
    }
    return said;
  };
  EXPECT_THAT(missing({0}, nullptr), IsEmpty());
  EXPECT_THAT(missing({1}, nullptr), ElementsAre("the environment variable BUILD is not set @7",
                                                 folder_ + "/bob.key: there is no such file @19"));
  EXPECT_THAT(missing({0, 2, 2}, nullptr), ElementsAre("the environment variable ADA_NICK is not set @14",
                                                       "the environment variable ADA_PASSWORD is not set @13"));
  EXPECT_THAT(missing({0}, &project_.targets[0]), ElementsAre("the environment variable PREFIX is not set @6",
                                                              "the environment variable PREFIX is not set @8",
                                                              "the environment variable DB_PASSWORD is not set @9"));
}

} // namespace
} // namespace murphy::scenario
