#include "cli/sent_texts.h"

#include "scenario/reader.h"

#include <gmock/gmock.h>

namespace murphy::cli {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

// "name: literal${reference}" of each.
std::vector<std::string> sent(const std::string& step) {
  const auto project = scenario::read_project("murphy.toml", "[target.local]\nurl = \"http://app.test\"\n", {});
  scenario::Checks checks;
  checks.is_given = [](std::string_view) { return true; };
  const auto read = scenario::read_feature(
      "a.toml", "feature = \"A\"\n[[scenario]]\nname = \"a\"\nsteps = [" + step + "]\n", *project.project, checks);
  for (const Error& error : read.errors) ADD_FAILURE() << render(error);
  std::vector<std::string> all;
  if (!read.feature) return all;
  for (const SentText& each : sent_texts(read.feature->scenarios.at(0).steps.at(0))) {
    std::string& text = all.emplace_back(each.name + ": ");
    for (const auto& part : each.parts)
      text += part.reference ? "${" + part.text + "}" : part.sealed ? "***" : part.text;
  }
  return all;
}

std::string request(const std::string& more) {
  return "{ request = { url = \"/\", method = \"POST\", " + more + " } }";
}

TEST(SentTexts, AreEachValueOfJson) {
  EXPECT_THAT(
      sent(request("json = { email = \"a\", user = { zz = \"x${v}y\", pin = 4711 }, codes = [\"${v}\", \"b\"] }")),
      testing::UnorderedElementsAre("email: a", "zz: x${v}y", "pin: 4711", "codes: ${v}", "codes: b"));
}

TEST(SentTexts, AreEachPairOfAForm) {
  EXPECT_THAT(sent(request("body = \"user%5Bemail%5D=a&zz=${v}\"")), ElementsAre("user[email]: a", "zz: ${v}"));
  EXPECT_THAT(sent(request("form = { zz = \"b\" }")), ElementsAre("zz: b"));
  EXPECT_THAT(sent(request("body = \"abc\"")), ElementsAre(": abc"));
}

TEST(SentTexts, OfAnAddressAreParametersThatAreCalledASecret) {
  EXPECT_THAT(sent("{ open = \"/a?page=2&token=${v}#access_token=b\" }"),
              ElementsAre("token: ${v}", "access_token: b"));
  EXPECT_THAT(sent("{ open = \"/token=b\" }"), IsEmpty());
}

TEST(SentTexts, LeaveOutTheSchemeOfCredentials) {
  EXPECT_THAT(sent("{ authorize = \"Bearer ${v}\" }"), ElementsAre(":  ${v}"));
}

} // namespace
} // namespace murphy::cli
