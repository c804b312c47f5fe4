#include "web/html/outline.h"

#include "page_support.h"

#include <gmock/gmock.h>

namespace murphy::web {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

std::vector<std::string> outline_of(std::string html) { return outline(*FormPage(std::move(html)).document); }

TEST(Outline, NamesElementsThatHoldWordsOfTheirOwn) {
  EXPECT_THAT(outline_of("<body><main><h1>Plots</h1><p class='notice  flash'>Saved</p><p id=who>Ada</p>"
                         "<div data-user data-role=x class=c>Ada</div></main>"),
              ElementsAre("div[data-role][data-user]", "h1", "p#who", "p.flash.notice"));
}

TEST(Outline, ATemplateThatPrintsNothingLeavesItsElementOut) {
  EXPECT_THAT(outline_of("<body><h1> \n </h1><p><b>Ada</b></p>"), ElementsAre("b"));
}

TEST(Outline, LeavesOutWhatIsHiddenAndWhatRepeatsForData) {
  EXPECT_THAT(outline_of("<body><p hidden>no</p><p style='display: none'>no</p><script>no</script>"
                         "<ul><li><b>one</b></ul><table><tr><td>row</table><article><h2>post</h2></article>"),
              IsEmpty());
}

TEST(Outline, NamesThatChangeFromPageToPageDoNotCount) {
  EXPECT_THAT(outline_of("<body><p id=field_4f2a class='a1 plain'>x</p><p data-row7>y</p>"),
              ElementsAre("p", "p.plain"));
}

TEST(Outline, IsTheSameInAnyOrderOfClassesAndData) {
  EXPECT_EQ(outline_of("<body><p class='b a' data-b data-a>x"), outline_of("<body><p class='a b' data-a data-b>x"));
}

TEST(Outline, OfAPageWithoutABodyIsEmpty) { EXPECT_THAT(outline_of("<frameset><frame></frameset>"), IsEmpty()); }

} // namespace
} // namespace murphy::web
