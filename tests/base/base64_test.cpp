#include "base/base64.h"

#include <gtest/gtest.h>

namespace murphy {
namespace {

// RFC 4648, section 10.
TEST(Base64, OfTheStandardsOwnTexts) {
  const std::pair<const char*, const char*> texts[] = {{"", ""},
                                                       {"f", "Zg=="},
                                                       {"fo", "Zm8="},
                                                       {"foo", "Zm9v"},
                                                       {"foob", "Zm9vYg=="},
                                                       {"fooba", "Zm9vYmE="},
                                                       {"foobar", "Zm9vYmFy"}};
  for (const auto& [plain, encoded] : texts) {
    EXPECT_EQ(base64_encode(plain), encoded);
    EXPECT_EQ(base64_decode(encoded), plain);
  }
}

TEST(Base64, TakesBothAlphabetsAndLeavesPaddingOut) {
  EXPECT_EQ(base64_encode("\xFB\xFF\xBF"), "+/+/");
  EXPECT_EQ(base64_decode("-_-_"), "\xFB\xFF\xBF");
  EXPECT_EQ(base64_decode("Zm9v\r\nYg"), "foob");
  EXPECT_EQ(base64_decode("eyJhIjoxfQ"), "{\"a\":1}");
}

TEST(Base64, RefusesWhatIsNone) {
  for (const char* text : {"Z", "Zm9vY", "Zg=", "Zg===", "Z=g=", "Zm9v.YmFy", "héllo"})
    EXPECT_FALSE(base64_decode(text).has_value()) << text;
}

} // namespace
} // namespace murphy
