#include "scenario/reader.h"

#include <gtest/gtest.h>

#include <random>

// Files that a slip of the hand has changed: whatever they become, the reader ends, and says where something is wrong.

namespace murphy::scenario {
namespace {

constexpr std::string_view feature_text = R"(feature = "Sign in"
tags = ["smoke"]

[[scenario]]
name = "A registered user reaches the dashboard"
steps = [
  { open = "/login" },
  { submit = "Sign in", with = { Email = "${ada.email}", Password = "${ada.password}", "Ümlaut" = [1, "x"] } },
  { expect = { dashboard = "open", text = ["Welcome", { not = "Guest" }], status = ["2xx", 302] } },
  { open = "/x", capture = { code = { regex = '(\d+)' } }, redirects = false },
]

[flow.sign-up]
params = ["email"]
steps = [ { open = "/${email}", capture = { code = { css = "b" } } }, { use = "other" } ]
gives = ["code"]
[flow.other]
steps = [ { session = "phone", when = { text = "x" } } ]

[[scenario]]
name = "Another ${kind}"
examples = [ { kind = "a", more = 1 }, { kind = "b", more = true } ]
known_failure = { ticket = "SUP-9", until = 2026-12-31 }
timeout = "1min"
cleanup = [ { submit = "Save", send = { role = "${kind}" } } ]
[[scenario.steps]]
use = "sign-up"
with = { email = "${ada.email}" }
[[scenario.steps]]
request = { url = "/${unique}", json = { a = [1.5, true, "$${x}"] } }
expect.cookie.sid = { secure = true, max_age = { at_least = 2 } }
expect.json = { "/a/b" = 1979-05-27, "" = """
text""" }
)";

constexpr std::string_view project_to_change = R"(
[app]
sign_in = { page = "/login", submit = "Sign in", fields = { Email = "${user.email}" } }
dashboard = { page = "/dashboard", shows = "[data-user]" }
[target.local]
url = "http://127.0.0.1:${port}"
start = 'serve ${port}'
env = { TOKEN = "x" }
[user.ada]
email = "ada${n}@example.com"
pool = 8
password = { env = "ADA_PASSWORD" }
totp = "abc"
)";

std::string changed(std::string_view original, std::mt19937& random) {
  constexpr std::string_view alphabet = "\"'{}[]=,.#\n\r\t \\$ax0\xC3\xFF";
  std::string text(original);
  const auto any = [&](std::size_t size) { return std::uniform_int_distribution<std::size_t>(0, size - 1)(random); };
  for (std::size_t i = 0, changes = 1 + any(3); i < changes && !text.empty(); ++i) {
    const std::size_t at = any(text.size());
    switch (any(4)) {
    case 0: text.erase(at, 1 + any(12)); break;
    case 1: text.insert(at, 1, alphabet[any(alphabet.size())]); break;
    case 2: text[at] = alphabet[any(alphabet.size())]; break;
    default: text.insert(at, text.substr(any(text.size()), any(40)));
    }
  }
  return text;
}

TEST(Mutations, LeaveNothingUnsaid) {
  const Project project = *read_project("murphy.toml", project_to_change).project;
  std::mt19937 random(20240607);
  for (int round = 0; round < 1500; ++round) {
    const std::string feature = changed(feature_text, random);
    const ReadFeature read = read_feature("x.toml", feature, project, {});
    ASSERT_EQ(read.feature.has_value(), read.errors.empty()) << feature;
    const std::string other = changed(project_to_change, random);
    const ReadProject read_too = read_project("murphy.toml", other);
    ASSERT_TRUE(read_too.project || !read_too.errors.empty()) << other;
    for (const Errors& errors : {read.errors, read_too.errors}) {
      for (const Error& error : errors) {
        EXPECT_FALSE(error.what.empty());
        EXPECT_EQ(error.what.find("this is not TOML"), std::string::npos) << error.what << "\n"
                                                                          << feature << "\n"
                                                                          << other;
        EXPECT_FALSE(render(error).empty());
      }
    }
  }
}

} // namespace
} // namespace murphy::scenario
