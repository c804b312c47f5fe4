#include "snapshot/lock.h"

#include "sample.h"

#include <gmock/gmock.h>

namespace murphy::snapshot {
namespace {

using testing::HasSubstr;

Error refused(const std::string& text) {
  const auto read = read_lock(text, "murphy.lock");
  EXPECT_FALSE(read) << text;
  return read ? Error{} : read.error();
}

constexpr const char* text_of_the_sample =
    R"lock(# How the app looks when sign-in works: murphy snapshot wrote this. Commit it, and review its changes
# like code; murphy snapshot --check says whether the app still looks like this.
version = 1
database = "sqlite"
console = ["WARN cache of 0 entries: no such table: cache\u0009☃ \u001B"]

[[form]]
page   = "/login"
name   = "Sign in"
method = "POST"
action = "/login"
fields = [
  { name = "_csrf", type = "hidden" },
  { name = "user[email]", type = "email", label = "Email", rules = ["maxlength=254", "required"] },
  { name = "user[password]", type = "password", label = "Password", rules = ["pattern=\\S+\"'", "required"] },
]

[[visit]]
request = "GET /login"
answers = ["200 /login"]
title   = "Sign in"
holds   = ["h1"]

[[visit]]
request = "POST /login"
answers = ["303 /login", "200 /dashboard"]
title   = "Dashboard"
holds   = ["h1", "p.flash"]

[[visit]]
request = "POST /login"
answers = ["422 /login"]
title   = "Sign in"
errors  = ["Wrong email or password"]
holds   = ["h1", "p.alert"]

[[cookie]]
name      = "sid"
path      = "/"
same_site = "Lax"
http_only = true

[[table]]
name    = "users"
columns = [
  { name = "id", type = "integer", nullable = false, default = true },
  { name = "email", type = "varchar(254)", length = 254, nullable = false },
  { name = "password_hash", type = "text" },
]
unique  = [["email"], ["id"]]

[[migration]]
tool     = "dbmate"
applied  = ["1", "20240101"]
left_out = 3
)lock";

TEST(Lock, ReadsWhatItWrote) {
  const std::string text = write_lock(sample());
  const auto read = read_lock(text, "murphy.lock");
  ASSERT_TRUE(read) << render(read.error());
  EXPECT_EQ(*read, sample());
  EXPECT_EQ(write_lock(*read), text);
}

TEST(Lock, OfNothingIsRead) {
  const auto read = read_lock(write_lock({}), "murphy.lock");
  ASSERT_TRUE(read) << render(read.error());
  EXPECT_EQ(*read, record::KnownGood{});
}

TEST(Lock, LooksLikeThis) { EXPECT_EQ(write_lock(sample()), text_of_the_sample); }

TEST(Lock, OfAnotherVersionIsRefused) {
  const Error error = refused("version = 2\n");
  EXPECT_EQ(error.kind, ErrorKind::usage);
  EXPECT_EQ(error.what, "this baseline has version 2, but this Murphy reads version 1");
  EXPECT_EQ(error.place, (Place{"murphy.lock", 1, 11, 1}));
  EXPECT_EQ(error.hint, "use the Murphy version that wrote it, or recreate it with murphy snapshot");
}

TEST(Lock, WithoutAVersionIsNone) { EXPECT_THAT(refused("").what, HasSubstr("this is not a baseline")); }

TEST(Lock, ThatIsNoTomlSaysWhere) { EXPECT_EQ(refused("version = 1\n[[form\n").place.line, 2U); }

TEST(Lock, AKeyItDoesNotHaveIsRefusedWithTheNearestOne) {
  const Error error = refused("version = 1\n[[cookie]]\nname = \"sid\"\nhttp_onyl = true\n");
  EXPECT_EQ(error.place.line, 4U);
  EXPECT_EQ(error.what, "a baseline has no \"http_onyl\" here");
  EXPECT_THAT(error.hint, HasSubstr("http_only"));
}

TEST(Lock, AValueOfAnotherKindIsRefused) {
  EXPECT_EQ(refused("version = 1\n[[cookie]]\nsecure = \"yes\"\n").what, "a baseline has true or false here, not text");
  EXPECT_EQ(refused("version = 1\nform = 3\n").place.line, 2U);
  EXPECT_EQ(refused("version = 1\n[[table]]\nunique = [[1]]\n").place.line, 3U);
}

TEST(Lock, TextThatIsNotUtf8IsRepaired) {
  record::KnownGood known;
  known.console = {"caf\xe9"};
  const auto read = read_lock(write_lock(known), "murphy.lock");
  ASSERT_TRUE(read) << render(read.error());
  EXPECT_EQ(read->console.front(), "caf\xEF\xBF\xBD");
}

TEST(Lock, TakesCookiesAsBrowsersDoHoweverTheyAreWritten) {
  const auto read = read_lock("version = 1\n[[cookie]]\nname = \"sid\"\ndomain = \".app.test\"\nsame_site = \"lax\"\n",
                              "murphy.lock");
  ASSERT_TRUE(read) << read.error().what;
  EXPECT_EQ(read->cookies.at(0).domain, "app.test");
  EXPECT_EQ(read->cookies.at(0).same_site, "Lax");
}

} // namespace
} // namespace murphy::snapshot
