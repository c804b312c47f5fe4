#include "base/digest.h"

#include <gtest/gtest.h>

namespace murphy {
namespace {

// printf abc | openssl dgst -sha256 -binary | base64, and so on: FIPS 180-2, appendix B.
TEST(Base64Digest, IsThatOfTheStandard) {
  EXPECT_EQ(base64_digest(DigestKind::sha256, "abc"), "ungWv48Bz+pBQUDeXa4iI7ADYaOWF3qctBD/YfIAFa0=");
  EXPECT_EQ(base64_digest(DigestKind::sha384, "abc"),
            "ywB1P0WjXou1oD1pmsZQBycsMqsO3tFjGotgWkP/W+2AhgcroefMI1i67KE0yCWn");
  EXPECT_EQ(base64_digest(DigestKind::sha512, "abc"),
            "3a81oZNherrMQXNJriBBMRLm+k6JqX6iCp7u5ktV05ohkpkqJ0/BqDa6PCOj/uu9RU1EI2Q86A4qmslPpUyknw==");
}

} // namespace
} // namespace murphy
