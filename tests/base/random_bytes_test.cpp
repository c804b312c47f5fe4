#include "base/random_bytes.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <array>

namespace murphy {
namespace {

TEST(RandomBytes, DifferFromCallToCall) {
  std::array<unsigned char, 1000> one{}, other{};
  fill_with_random_bytes(one);
  fill_with_random_bytes(other);
  EXPECT_NE(one, other);
  // Every part is filled: a hundred zeros in a row are no chance.
  const std::array<unsigned char, 100> zeros{};
  EXPECT_TRUE(std::ranges::search(one, zeros).empty());
  fill_with_random_bytes({});
}

} // namespace
} // namespace murphy
