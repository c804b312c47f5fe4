#include "run/steps/decoding.h"

#include <gtest/gtest.h>

namespace murphy::run {
namespace {

using Decoding = scenario::Capture::Decoding;

TEST(Decoding, UndoesOneKindOfEscape) {
  EXPECT_EQ(decoded("eyJ%2B%2fa+b%3D%3D", Decoding::url), "eyJ+/a+b==") << "as decodeURIComponent() does it";
  EXPECT_EQ(decoded("YWRhOnB3", Decoding::base64), "ada:pw");
  EXPECT_EQ(decoded("a&amp;b&#39;&#x2F;&quot;&copy &unknown; &", Decoding::html), "a&b'/\"&copy &unknown; &");
  EXPECT_EQ(decoded(R"(a\u002Fb\"c)", Decoding::json), "a/b\"c");
  EXPECT_EQ(decoded(R"("a\/b")", Decoding::json), "a/b");
}

TEST(Decoding, RefusesWhatIsNotWrittenSo) {
  EXPECT_FALSE(decoded("100%", Decoding::url));
  EXPECT_FALSE(decoded("%zz", Decoding::url));
  EXPECT_FALSE(decoded("%FF", Decoding::url)) << "no text";
  EXPECT_FALSE(decoded("ada:pw", Decoding::base64));
  EXPECT_FALSE(decoded("_-8", Decoding::base64)) << "no text";
  EXPECT_FALSE(decoded(R"(a"b)", Decoding::json));
  EXPECT_FALSE(decoded(R"(\q)", Decoding::json));
}

} // namespace
} // namespace murphy::run
