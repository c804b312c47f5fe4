#include "diagnose/literal_search.h"

#include <gmock/gmock.h>

namespace murphy::diagnose {
namespace {

using testing::ElementsAre;
using testing::Pair;

std::vector<std::pair<std::size_t, std::size_t>> found(const LiteralSearch& search, std::string_view text) {
  std::vector<std::pair<std::size_t, std::size_t>> all;
  search.each(text, [&](std::size_t word, std::size_t end) { all.emplace_back(word, end); });
  return all;
}

TEST(LiteralSearch, FindsWordsWithinWordsAndOverlapping) {
  const LiteralSearch search({"he", "she", "his", "hers"});
  EXPECT_THAT(found(search, "ushers"), ElementsAre(Pair(1, 4), Pair(0, 4), Pair(3, 6)));
}

TEST(LiteralSearch, FoldsAsciiLettersAndNothingElse) {
  const LiteralSearch search({"no such column"});
  EXPECT_THAT(found(search, "NO Such cOLUMN"), ElementsAre(Pair(0, 14)));
  EXPECT_THAT(found(search, "no such colu\xC3\x84n"), ElementsAre());
}

TEST(LiteralSearch, KeepsWordsApartThatEndAlike) {
  const LiteralSearch search({"ab", "cab", "b"});
  EXPECT_THAT(found(search, "xcab"), ElementsAre(Pair(1, 4), Pair(0, 4), Pair(2, 4)));
}

TEST(LiteralSearch, TellsWhetherThereIsAny) {
  const LiteralSearch search({"fatal", "panic"});
  EXPECT_TRUE(search.any("it is FATAL"));
  EXPECT_TRUE(search.any("fatafatal"));
  EXPECT_FALSE(search.any("fata panc"));
  EXPECT_FALSE(search.any(""));
  EXPECT_FALSE(LiteralSearch({}).any("anything"));
}

} // namespace
} // namespace murphy::diagnose
