#include "cli/kept_variables.h"

#include "scenario/reader.h"

#include <gmock/gmock.h>

namespace murphy::cli {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

scenario::Feature feature_of(const std::string& text) {
  const auto project = scenario::read_project("murphy.toml", "[target.local]\nurl = \"http://app.test\"\n", {});
  scenario::Checks checks;
  checks.is_given = [](std::string_view) { return true; };
  auto read = scenario::read_feature("a.toml", text, *project.project, checks);
  for (const Error& error : read.errors) ADD_FAILURE() << render(error);
  return read.feature ? std::move(*read.feature) : scenario::Feature();
}

std::string file_of(const std::string& steps) {
  return "feature = \"A\"\n[[scenario]]\nname = \"a\"\nsteps = [" + steps + "]\n";
}

std::set<std::string> kept(const std::string& steps) {
  const std::string text = file_of(steps);
  std::vector<ClearText> texts;
  texts.emplace_back(text);
  return kept_variables({"v", "pin"}, texts, {feature_of(text)});
}

TEST(KeptVariables, AreThoseOfAddressesAndExpectedTexts) {
  EXPECT_THAT(kept("{ open = \"/${v}?x=${v}\", expect = { text = \"${v}\" } }"), ElementsAre("v"));
  EXPECT_THAT(kept("{ request = { url = \"/${v}\" } }"), ElementsAre("v"));
}

TEST(KeptVariables, GoNowhereElse) {
  for (const char* steps :
       {"{ open = \"/${v}\" }, { submit = \"Go\", with = { Email = \"${v}\" } }", "{ open = \"/x?password=${v}\" }",
        "{ authorize = \"Bearer ${v}\" }", "{ headers = { X-A = \"${v}\" } }",
        "{ open = \"/${v}\" }, { submit = \"Go\", with = { Email = \"${base64:a${v}}\" } }"})
    EXPECT_THAT(kept(steps), IsEmpty()) << steps;
}

TEST(KeptVariables, HaveNoNameOfASecret) { EXPECT_THAT(kept("{ open = \"/${pin}\" }"), ElementsAre("v")); }

TEST(WrittenSecret, IsAPasswordOrCredentialsInTheFile) {
  const auto has_one = [](const std::string& steps) { return has_written_secret(feature_of(file_of(steps))); };
  EXPECT_TRUE(has_one("{ authorize = \"Bearer abc\" }"));
  EXPECT_TRUE(has_one("{ open = \"/\" }, { submit = \"Go\", with = { Password = \"abc\" } }"));
  EXPECT_TRUE(has_one("{ headers = { X-Api-Key = \"abc\" } }"));
  EXPECT_TRUE(has_one("{ open = \"/\" }, { submit = \"Go\", with = { zz = \"abc\" } }")) << "only its page knows";
  EXPECT_TRUE(has_one("{ validate = \"Go\", valid = { zz = \"abc\" } }"));
  EXPECT_TRUE(has_one("{ validate = \"Go\", fields = { Password = { rejects = [\"abc\"] } } }"));
  EXPECT_TRUE(has_written_secret(
      feature_of(file_of("{ submit = \"Go\", with = { zz = \"${word}\" } }") + "examples = [{ word = \"abc\" }]\n")));
  EXPECT_FALSE(has_one("{ authorize = \"Bearer ${env:ABC}\" }"));
  EXPECT_FALSE(has_one("{ open = \"/\" }, { submit = \"Go\", with = { zz = \"${v}\" } }"));
  EXPECT_FALSE(has_one("{ open = \"/\" }, { submit = \"Go\", with = { Email = \"abc\" } }"));
}

TEST(WrittenSecret, MayGoOutInAnyWay) {
  const auto has_one = [](const std::string& steps) { return has_written_secret(feature_of(file_of(steps))); };
  for (const char* steps :
       {"{ request = { url = \"/\", method = \"POST\", json = { email = \"a@b.test\", password = \"abc\" } } }",
        "{ request = { url = \"/\", method = \"POST\", json = { user = { pin = 4711 } } } }",
        "{ request = { url = \"/\", method = \"POST\", json = { codes = [\"${v}\", \"abc\"] } } }",
        "{ request = { url = \"/\", method = \"POST\", json = { password = \"x${v}\" } } }",
        "{ request = { url = \"/\", method = \"POST\", body = \"email=a&password=abc\" } }",
        "{ request = { url = \"/\", method = \"POST\", body = '{\"zz\": \"abc\"}' } }",
        "{ request = { url = \"/\", method = \"POST\", body = \"abc\" } }",
        "{ request = { url = \"/\", method = \"POST\", form = { zz = \"abc\" } } }",
        "{ request = { url = \"/reset?token=abc\" } }", "{ open = \"/login?user=a&password=abc\" }",
        "{ open = \"/#access_token=abc\" }", "{ submit = \"Go\", send = { zz = \"abc\" } }",
        "{ cookie = { sid = \"abc\" } }"})
    EXPECT_TRUE(has_one(steps)) << steps;
  for (const char* steps :
       {"{ request = { url = \"/\", method = \"POST\", json = { email = \"a@b.test\", password = \"${v}\" } } }",
        "{ request = { url = \"/\", method = \"POST\", body = \"email=a%40b.test&password=${v}\" } }",
        "{ request = { url = \"/\", method = \"POST\", json = { remember = true } } }", "{ open = \"/list?page=2\" }",
        "{ open = \"/reset?token=${v}\" }"})
    EXPECT_FALSE(has_one(steps)) << steps;
}

TEST(WrittenSecret, IsAColumnOfWhateverGoesOut) {
  for (const char* step : {"{ headers = { X-Api-Key = \"${word}\" } }",
                           "{ request = { url = \"/\", method = \"POST\", json = { pin = \"${word}\" } } }",
                           "{ open = \"/reset?token=${word}\" }"})
    EXPECT_TRUE(has_written_secret(feature_of(file_of(step) + "examples = [{ word = \"abc\" }]\n"))) << step;
  const std::string cleanup = "cleanup = [{ headers = { X-Api-Key = \"${word}\" } }]\n";
  EXPECT_TRUE(
      has_written_secret(feature_of(file_of("{ open = \"/\" }") + cleanup + "examples = [{ word = \"abc\" }]\n")));
  EXPECT_FALSE(has_written_secret(
      feature_of(file_of("{ open = \"/list?page=${word}\" }") + "examples = [{ word = \"abc\" }]\n")));
}

TEST(WrittenSecret, IsWhatATargetAddsToEveryRequest) {
  const auto has_one = [](const std::string& line) {
    const auto read =
        scenario::read_project("murphy.toml", "[target.local]\nurl = \"http://app.test\"\n" + line + "\n", {});
    for (const Error& error : read.errors) ADD_FAILURE() << render(error);
    return read.project && has_written_secret(*read.project, {});
  };
  EXPECT_TRUE(has_one("headers = { X-Api-Key = \"abc\" }"));
  EXPECT_TRUE(has_one("authorize = \"Bearer abc\""));
  EXPECT_FALSE(has_one("headers = { X-Api-Key = \"${env:KEY}\" }"));
}

TEST(WrittenSecret, IsAPropertyThatGoesIntoAFieldOfAnyName) {
  const auto has_one = [](const std::string& fields) {
    const auto read = scenario::read_project(
        "murphy.toml",
        "[app]\nsign_in = { page = \"/login\", submit = \"Go\", fields = { " + fields +
            " } }\n[target.local]\nurl = \"http://app.test\"\n[user.ada]\nemail = \"ada@example.com\"\nzz = \"abc\"\n",
        {});
    for (const Error& error : read.errors) ADD_FAILURE() << render(error);
    return read.project && has_written_secret(*read.project, {});
  };
  EXPECT_TRUE(has_one("Email = \"${user.email}\", zz = \"${user.zz}\""));
  EXPECT_TRUE(has_one("Email = \"${user.email}\", zz = \"abc\""));
  EXPECT_FALSE(has_one("Email = \"${user.email}\""));
}

} // namespace
} // namespace murphy::cli
