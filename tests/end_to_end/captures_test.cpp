// Tokens in every place an answer has them: captured as the app means them, given back, and shown nowhere.
#include "evidence.h"
#include "leaks.h"
#include "project.h"

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <regex>

namespace murphy::end_to_end {
namespace {

using testing::HasSubstr;

std::string tokens_app() {
  return fmt::format(
      "url   = \"http://127.0.0.1:${{port}}\"\nstart = \"exec /usr/bin/python3 -u {}/tokens.py ${{port}}\"", servers);
}

// What each step takes is given back at once: the app says “Welcome” to what it meant. With `quoted`, a last step of
// each scenario fails and quotes the token wherever it can.
enum class Ending { none, quoted };

std::string scenarios(Ending ending) {
  const std::string text = R"toml(feature = "Tokens"

[[scenario]]
name  = "a cookie, decoded, and JSON behind a guard"
steps = [
  { open = "/csrf-cookie", capture = { xsrf = { cookie = "XSRF-TOKEN", decode = "url" } } },
  { request = { url = "/api/login", headers = { X-XSRF-TOKEN = "${xsrf}" }, json = { a = 1 } }, capture = { bearer = { json = "/access_token" } }, expect = { status = 200, json = { "/roles" = [], "/next" = { null = true }, "/tags" = ["a", { not = "a" }], "/message" = { absent = true } } } },
  { request = { url = "/me", headers = { Authorization = "Bearer ${bearer}" } }, expect = { text = "Welcome" } },
  LAST(${bearer})
]

[[scenario]]
name  = "the name and the password in base64"
steps = [
  { request = { url = "/me", headers = { Authorization = "Basic ${base64:${ada.email}:${ada.password}}" } }, expect = { text = "Welcome" } },
  LAST(${base64:${ada.email}:${ada.password}})
]

[[scenario]]
name  = "an address with a scheme of its own"
steps = [
  { open = "/native", capture = { code = { url_query = "code" } }, expect = { status = 302, header = { Location = { contains = "com.example.app:" } }, came_through = [] } },
  { open = "/code?token=${code}", expect = { text = "Welcome" } },
  LAST(${code})
]

[[scenario]]
name  = "an address that is not followed, by a pattern"
steps = [
  { open = "/native", redirects = false, capture = { code = { regex = 'code=([^&]+)' } } },
  { open = "/code?token=${code}", expect = { text = "Welcome" } },
  LAST(${code})
]

[[scenario]]
name  = "a fragment"
steps = [
  { open = "/implicit", capture = { piece = { url_fragment = "access_token" } } },
  { request = { url = "/fragment?token=frag%208Zk%2621xq", headers = { X-Token = "${piece}" } }, expect = { text = "Welcome" } },
  LAST(${piece})
]

[[scenario]]
name  = "a path"
steps = [
  { open = "/invited", capture = { invitation = { url = true } } },
  { open = "${invitation}", expect = { text = "Welcome" } },
  LAST(${invitation})
]

[[scenario]]
name  = "a link, a script and a header"
steps = [
  { open = "/sent", capture = { reset = { css = "a.reset", attr = "href" }, key = { regex = '"key": "(.*?)"', decode = "json" }, receipt = { header = "X-Receipt", regex = 'receipt=([^;]+)' } } },
  { open = "${reset}", expect = { text = "Welcome" } },
  { open = "/header?token=${receipt}", expect = { text = "Welcome" } },
  { open = "/script?token=${key}", expect = { text = "Welcome" } },
  LAST(${key}${receipt})
]
)toml";
  return std::regex_replace(text, std::regex("  LAST\\((.*)\\)\n"),
                            ending == Ending::none ? ""
                                                   : "  { open = \"/home?seen=$1\", expect = { text = \"$1 at home\", "
                                                     "title = \"$1\", header = { X-Seen = \"$1\" } } },\n");
}

const char* const tokens[] = {"eyJpdiI6Ik+/Qm4yq8==", "acc-9hQ2.k7Zr_1",     "native-4b7Tq19",
                              "frag 8Zk&21xq",        "scr/77Yp<x>01Qw9z",   "hdr-3Vn55Qe8-Zz81",
                              "rst/5Jw+88aa",         "MQ-c7f3a9d1e5b80246", "correct horse 9"};

TEST(Captures, TakeATokenFromWhereverItStandsAndGiveItBack) {
  const Project project(tokens_app());
  Invocation run = project.invocation();
  project.folder().write("scenarios/pages.toml", scenarios(Ending::none));
  const Finished finished = end_to_end::run(run);
  EXPECT_EQ(finished.code, 0) << finished.out << finished.err;
}

TEST(Captures, ThatAreTokensAreShownNowhere) {
  const Project project(tokens_app());
  Invocation run = project.invocation();
  project.folder().write("scenarios/pages.toml", scenarios(Ending::quoted));
  const Finished finished = end_to_end::run(run);
  EXPECT_EQ(finished.code, 1) << finished.out << finished.err;
  EXPECT_EQ(record::totals(run_of(project.journal())).failed, 7) << finished.out;
  const Outputs outputs{{"standard output", finished.out},
                        {"standard error", finished.err},
                        {"the journal", read_file(project.journal())},
                        {"the JUnit report", project.junit()}};
  for (const std::string token : tokens) {
    // What is spelled alike everywhere has no other spellings.
    const bool is_plain = token.find_first_of("/+ &<") == std::string::npos;
    expect_nowhere(outputs, is_plain ? std::vector<Needle>{{token, token}} : spellings_of(token, token));
  }
}

TEST(Captures, ThatCannotBeTakenSayWhatIsThere) {
  Project project(tokens_app());
  Invocation run = project.invocation();
  project.folder().write("scenarios/pages.toml", R"toml(feature = "Missing"

[[scenario]]
name  = "all"
steps = [
  { request = { url = "/csrf-cookie" } },
  { open = "/sent", capture = { a = { header = "X-Receipt", regex = 'bon=(\d+)' }, b = { css = "a.reset", decode = "base64" }, c = { url_fragment = "token" } } },
]

[[scenario]]
name  = "null"
steps = [
  { open = "/csrf-cookie", capture = { xsrf = { cookie = "XSRF-TOKEN", decode = "url" } } },
  { request = { url = "/api/login", headers = { X-XSRF-TOKEN = "${xsrf}" }, json = {} }, capture = { following = { json = "/next" } }, expect = { json = { "/roles" = { length = { at_least = 1 } }, "/tags" = ["b", "a"], "/next" = { absent = true } } } },
]

[[scenario]]
name  = "no scheme"
steps = [ { open = "/hidden-port" } ]
)toml");
  const Finished finished = end_to_end::run(run);
  EXPECT_EQ(finished.code, 1);
  EXPECT_THAT(finished.out, HasSubstr("a match of /bon=(\\d+)/ in header X-Receipt"));
  EXPECT_THAT(finished.out, HasSubstr("text that decode = \"base64\" can decode, in css a.reset"));
  EXPECT_THAT(finished.out, HasSubstr("the fragment parameter token"));
  EXPECT_THAT(finished.out, HasSubstr("/next in the JSON document"));
  EXPECT_THAT(finished.out, HasSubstr("a length of at least 1"));
  EXPECT_THAT(finished.out, HasSubstr("[\"b\", \"a\"]"));
  EXPECT_THAT(finished.out, HasSubstr("its scheme is \"localhost:\""));
}

} // namespace
} // namespace murphy::end_to_end
