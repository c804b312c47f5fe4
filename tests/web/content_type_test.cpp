#include "web/html/content_type.h"

#include <gtest/gtest.h>

namespace murphy::web {
namespace {

TEST(ContentType, OfAPageIsHtml) {
  EXPECT_EQ(media_type(" Text/HTML ; charset=utf-8"), "text/html");
  EXPECT_TRUE(is_html("text/html;charset=utf-8", ""));
  EXPECT_TRUE(is_html("application/xhtml+xml", "<?xml version='1.0'?><html>"));
  EXPECT_FALSE(is_html("text/plain", "<html>"));
  EXPECT_FALSE(is_html("application/json", "{}"));
}

TEST(ContentType, ThatIsMissingIsReadOffTheBody) {
  EXPECT_TRUE(is_html("", "\n <!doctype html><title>Sign in</title>"));
  EXPECT_FALSE(is_html("", "<?xml version='1.0'?><feed>"));
  EXPECT_FALSE(is_html("", "no such column: emial"));
  EXPECT_FALSE(is_html("", ""));
}

} // namespace
} // namespace murphy::web
