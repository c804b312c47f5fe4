#include "base/hash.h"

#include <gtest/gtest.h>

namespace murphy {
namespace {

// RFC 1321, appendix A.5; FIPS 180-4 examples.
TEST(HexDigest, IsWhatTheStandardsSay) {
  EXPECT_EQ(hex_digest(Hash::md5, ""), "d41d8cd98f00b204e9800998ecf8427e");
  EXPECT_EQ(hex_digest(Hash::md5, "abc"), "900150983cd24fb0d6963f7d28e17f72");
  EXPECT_EQ(hex_digest(Hash::sha256, "abc"), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
  EXPECT_EQ(hex_digest(Hash::sha512_256, "abc"), "53048e2681941ef99b2e29b76b4c7dabe4c2d0c634fc6d46e0e2f13107e7af23");
}

} // namespace
} // namespace murphy
