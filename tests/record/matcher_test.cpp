// The time that a search takes: counted in steps, which no clock disturbs.
#include "record/matcher.h"

#include <gtest/gtest.h>
#include <string>
#include <utility>

namespace murphy::record {
namespace {

std::string repeated(std::string_view piece, std::size_t size) {
  std::string text;
  while (text.size() < size) text += piece;
  return text;
}

constexpr std::string_view secrets[] = {
    "it's %41\\x & \"q\"",   "''''''''",         "%%%%%%%%",       "\\\\\\\\\\\\\\\\",
    "plain-and-long-enough", "\"'`$%&\\+ \r\n'", "%2527%2527%2527"};
constexpr std::string_view pieces[] = {"'",       "%",       "\\",      "\"",       "&",          "`",     "$",
                                       "+",       "%27",     "%25",     "%5C",      "%2527",      "&#39;", "&amp;",
                                       "&#x27;",  "\\'",     "\\\\'",   "\\u0027",  "\\x5c",      "'\\''", "'\"'\"'",
                                       "\\u005c", "&quot;",  "%%27",    "\\u{27}",  "&amp;#39;",  "\\047", "\r\n",
                                       "'%\\",    "&&amp;'", "\\\\\\'", "%u0027\"", "&#000000039"};

TEST(Matching, TakesStepsInProportionToTheText) {
  for (const SecretMatcher::Alphabet alphabet : {SecretMatcher::Alphabet::text, SecretMatcher::Alphabet::base64}) {
    for (const std::string_view secret : secrets) {
      SecretMatcher matcher(alphabet);
      matcher.add(secret, "mask", {});
      for (const std::string_view piece : pieces) {
        SCOPED_TRACE(std::string(secret) + " in many " + std::string(piece));
        constexpr std::size_t size = 2048;
        const std::size_t once = matcher.find(repeated(piece, size)).work;
        const std::size_t twice = matcher.find(repeated(piece, 2 * size)).work;
        EXPECT_LE(twice, 2 * once + once / 50 + 200); // the end is worked out apart
        EXPECT_LE(once, size * (secret.size() + 1) * 8 + 2000);
      }
    }
  }
}

TEST(Matching, FindsAValueUntilEveryAddIsTakenBack) {
  SecretMatcher matcher(SecretMatcher::Alphabet::text);
  matcher.add("abcd-1", "first", {});
  matcher.add("abcd-1", "second", {});
  matcher.add("abcd-2", "other", {});
  const SealedText one("abcd-1"), two("abcd-2");
  const auto masks_of = [&](std::string_view text) {
    std::string masks;
    for (const SecretMatch& match : matcher.find(text).matches) masks += *match.mask + " ";
    return masks;
  };
  EXPECT_EQ(masks_of("abcd-1 abcd-2"), "first other ");
  matcher.remove(one);
  EXPECT_EQ(masks_of("abcd-1 abcd-2"), "first other ");
  matcher.remove(one);
  EXPECT_EQ(masks_of("abcd-1 abcd-2"), "other ");
  matcher.remove(one); // it is gone
  matcher.remove(two);
  EXPECT_EQ(masks_of("abcd-1 abcd-2"), "");
  EXPECT_TRUE(matcher.empty());
  matcher.add("abcd-1", "again", {});
  EXPECT_EQ(masks_of("abcd-1 abcd-2"), "again ");
}

// What escapes repeat is worked out once.
TEST(Matching, ReadsWhatRepeatsOnce) {
  SecretMatcher matcher(SecretMatcher::Alphabet::text);
  matcher.add("~Z~Z~Z~Z", "mask", {});
  for (const std::string_view piece : pieces) {
    SCOPED_TRACE(piece);
    EXPECT_LE(matcher.find(repeated(piece, 100'000)).work, 2000U);
  }
}

TEST(Matching, FindsWhatLiesAmongManyEscapes) {
  SecretMatcher matcher(SecretMatcher::Alphabet::text);
  matcher.add("it's %41", "mask", {});
  const std::string noise = repeated("%27\\'", 5000);
  for (const std::string_view spelled : {"it's %41", "it%27s+%2541", "it\\'s %41", "it&#39;s%20%2541"}) {
    const auto found = matcher.find(noise + " " + std::string(spelled) + " " + noise).matches;
    ASSERT_EQ(found.size(), 1U) << spelled;
    EXPECT_EQ(found[0].begin, noise.size() + 1);
    EXPECT_EQ(found[0].end, noise.size() + 1 + spelled.size());
  }
}

// The first of two that overlap is followed on, and what both cover is found.
TEST(Matching, FindsTheWholeOfARunOfItself) {
  SecretMatcher matcher(SecretMatcher::Alphabet::text);
  matcher.add("''''", "mask", {});
  const auto found = matcher.find(std::string(1000, '\'')).matches;
  std::size_t covered = 0;
  for (const SecretMatch& each : found) {
    EXPECT_LE(each.begin, covered);
    covered = std::max(covered, each.end);
  }
  EXPECT_EQ(covered, 1000U);
}

} // namespace
} // namespace murphy::record
