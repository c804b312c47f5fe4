#include "base/percent.h"

#include <gtest/gtest.h>

namespace murphy {
namespace {

TEST(Percent, EncodesAndDecodes) {
  EXPECT_EQ(percent_encode("a b/ü%?", EncodeSet::path), "a%20b/%C3%BC%%3F");
  EXPECT_EQ(percent_encode("a&b=c+d%~", EncodeSet::component), "a%26b%3Dc%2Bd%25~");
  EXPECT_EQ(percent_decode("a%20b%2fc%zz%4"), "a b/c%zz%4");
  EXPECT_EQ(percent_decode("%00%FF"), std::string("\0\xFF", 2));
  EXPECT_EQ(form_urlencode("user[email]"), "user%5Bemail%5D");
  EXPECT_EQ(form_urlencode("ada+1@example.com"), "ada%2B1%40example.com");
  EXPECT_EQ(form_urlencode("p&\"‹é%+ \\"), "p%26%22%E2%80%B9%C3%A9%25%2B+%5C");
  EXPECT_EQ(form_urlencode("*-._~!'()"), "*-._%7E%21%27%28%29");
  EXPECT_EQ(form_urlencode(""), "");
  EXPECT_EQ(percent_encode("-._~*!'() ü", EncodeSet::reserved), "-._~%2A%21%27%28%29%20%C3%BC");
  EXPECT_EQ(form_urldecode("user%5bemail%5D=ada%2B1%40example.com+%zz"), "user[email]=ada+1@example.com %zz");
}

} // namespace
} // namespace murphy
