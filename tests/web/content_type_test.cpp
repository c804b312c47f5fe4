#include "web/html/content_type.h"

#include <gtest/gtest.h>
#include <string>
#include <vector>

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

TEST(ContentType, OfSeveralIsTheLastThatIsOne) {
  using List = std::vector<std::string>;
  EXPECT_EQ(extract_mime_type(List{}), "");
  EXPECT_EQ(extract_mime_type(List{"text/plain", "text/html; charset=utf-8"}), "text/html;charset=utf-8");
  EXPECT_EQ(extract_mime_type(List{"text/html;charset=utf-8", "text/html"}), "text/html;charset=utf-8");
  EXPECT_EQ(extract_mime_type(List{"text/html;charset=utf-8", "text/plain"}), "text/plain");
  EXPECT_EQ(extract_mime_type(List{"text/html, TEXT/HTML; Charset=\"utf-8\""}), "text/html;charset=utf-8");
  EXPECT_EQ(extract_mime_type(List{"text/html", "bogus, */*"}), "text/html");
  EXPECT_EQ(extract_mime_type(List{"text/html; a=\",;\"; charset=x"}), "text/html;charset=x");
  EXPECT_EQ(extract_mime_type(List{"text/html; charset = utf-8"}), "text/html");
  EXPECT_EQ(extract_mime_type(List{"html"}), "");
}

TEST(ContentType, ThatKnowsNothingIsReadOffTheBody) {
  EXPECT_TRUE(is_html("unknown/unknown", "<p>"));
  EXPECT_TRUE(is_html("*/*", "<p>"));
}

TEST(ContentType, OfXhtml) {
  const std::string xhtml = "<html xmlns=\"http://www.w3.org/1999/xhtml\"/>";
  EXPECT_TRUE(is_xhtml("application/xhtml+xml;charset=utf-8", ""));
  EXPECT_TRUE(is_xhtml("text/xml", xhtml));
  EXPECT_TRUE(is_html("application/xml", xhtml));
  EXPECT_FALSE(is_xhtml("application/xml", "<feed/>"));
  EXPECT_FALSE(is_xhtml("text/html", xhtml));
}

} // namespace
} // namespace murphy::web
