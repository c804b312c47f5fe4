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

} // namespace
} // namespace murphy::diagnose
