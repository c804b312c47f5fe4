#include "diagnose/lines.h"

#include <gmock/gmock.h>

namespace murphy::diagnose {
namespace {

TEST(Readable, LeavesColoursAndCarriageReturnsOut) {
  EXPECT_EQ(readable("\x1b[31mno such column\x1b[0m: emial\r\n"), "no such column: emial\n");
  EXPECT_EQ(readable("\x1b]0;title\anext"), "next");
  EXPECT_EQ(readable("caf\xE9"), "caf\xEF\xBF\xBD");
}

TEST(Readable, UnwrapsLinesOfLoggersInJson) {
  EXPECT_EQ(
      readable(
          R"({"level":50,"msg":"sign-in failed","err":{"message":"no such column: emial","stack":"Error\n  at a.js:1"}})"
          "\nplain {text}"),
      "sign-in failed\nno such column: emial\nError\n  at a.js:1\nplain {text}");
  EXPECT_EQ(readable("{not json}"), "{not json}");
  EXPECT_EQ(readable(R"({"level":"info","msg":"ready"})"), "INFO ready");
  EXPECT_EQ(readable(R"({"level":"warning","msg":"slow"})"), "WARN slow");
  EXPECT_EQ(readable(R"({"level":40,"msg":"slow"})"), "WARN slow");
}

TEST(Readable, LeavesOutWhatCollectorsWriteBeforeALine) {
  for (const std::string before : {
           "web-1  | ",                                                   // Compose
           "10:11:12 web.1  | ",                                          // foreman
           "0|portal  | ",                                                // pm2
           "2026-11-20T10:11:12.101203001Z stderr F ",                    // the kubelet
           "[pod/web-7d9f/app] ",                                         // kubectl --prefix
           "[pod/web-7d9f/app] 2026-11-20T10:11:12.101203001Z stdout F ", // both
           "Nov 20 10:11:12 vm-3 gunicorn[812]: ",                        // journalctl
           "2026-11-20T10:11:12.101203+00:00 app[web.1]: ",               // Heroku
           "2026-11-20T10:11:12.101203+00:00 vm-3 gunicorn[812]: ",       // journalctl -o short-iso
       }) {
    EXPECT_EQ(readable(before + "Traceback:\n" + before + "  File\n" + before + "KeyError: 'usr_id'"),
              "Traceback:\n  File\nKeyError: 'usr_id'")
        << before;
    EXPECT_EQ(readable(before + R"({"msg":"no such column: emial"})"), "no such column: emial") << before;
  }
}

TEST(Readable, KeepsWhatTheAppWroteBeforeALine) {
  for (const std::string line : {
           "12 | <h1><%= usr.name %></h1>", // the code around an error
           "   3| h1= user.name",
           ">> 5 | <%= usr.name %>", //
           "| users | email |",      // a table
           "2026-11-20 10:11:12,101 ERROR [app]: no such column: emial",
           "2026-11-20T10:11:12Z ERROR no such column: emial",
           "[error] web[3]: no such column: emial",
           "SELECT a || ' | ' || b",
       }) {
    EXPECT_EQ(readable(line), line);
  }
}

TEST(Readable, WritesTheRequestOfAnObjectAsAServerDoes) {
  const std::string bare = R"({"level":"info","method":"POST","path":"/login","status":303,"user":18})";
  EXPECT_EQ(readable(bare), "INFO " + bare + "\nPOST /login 303") << "it may say more than Murphy knows";
  EXPECT_EQ(
      readable(R"({"level":30,"req":{"method":"GET","url":"/"},"res":{"statusCode":200},"msg":"request completed"})"),
      "INFO request completed\nGET / 200");
  EXPECT_EQ(readable(R"({"@mt":"HTTP {RequestMethod}","RequestMethod":"GET","RequestPath":"/me","StatusCode":401})"),
            "HTTP {RequestMethod}\nGET /me 401");
  EXPECT_EQ(readable(R"({"msg":"no request","method":"card","status":"paid"})"), "no request");
}

TEST(Readable, KeepsALevelBeforeAProcess) {
  constexpr std::string_view line = "2026-11-20 10:11:12,123 WARNING gunicorn[123]: unknown option";
  EXPECT_EQ(readable(line), line);
}

TEST(Readable, JoinsTheFieldOfPydanticAndWhatIsWrongWithIt) {
  EXPECT_EQ(readable("ValidationError: 1 validation error for Settings\njwt_secret\n"
                     "  Field required [type=missing, input_value={}, input_type=dict]\nend"),
            "ValidationError: 1 validation error for Settings\n"
            "Settings.jwt_secret: Field required [type=missing, input_value={}, input_type=dict]\nend");
  EXPECT_EQ(readable("2023-04-11 09:20:06 ValidationError: 1 validation error for Settings\n"
                     "2023-04-11 09:20:06 DATABASE_URI\n"
                     "2023-04-11 09:20:06   userinfo required in URL but missing (type=value_error.url.userinfo)"),
            "2023-04-11 09:20:06 ValidationError: 1 validation error for Settings\n"
            "2023-04-11 09:20:06 Settings.DATABASE_URI: userinfo required in URL but missing "
            "(type=value_error.url.userinfo)");
  EXPECT_EQ(readable("word\n  text [type=x"), "word\n  text [type=x");
}

} // namespace
} // namespace murphy::diagnose
