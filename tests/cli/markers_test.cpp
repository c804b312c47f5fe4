#include "cli/markers.h"

#include <gmock/gmock.h>

namespace murphy::cli {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

std::vector<std::string> markers_of(const std::string& member, const std::string& stranger) {
  const auto address = web::Url::parse("http://app.test/home");
  const auto one = web::Document::parse(member, *address), other = web::Document::parse(stranger, *address);
  return markers(**one, **other);
}

TEST(Markers, BelongToTheUserFirst) {
  EXPECT_THAT(markers_of("<nav id=menu><p class='name user-name' id=greeting data-user=7>Ada</p>"
                         "<form action=/logout method=post><button>Sign out</button></form><ul id=plots></ul></nav>",
                         "<nav id=menu></nav><form action=/login></form>"),
              ElementsAre("[data-user]", "form[action=\"/logout\"]", ".user-name"));
  EXPECT_THAT(markers_of("<a href=/users/sign_out>Out</a><div id=orders></div>", "<a href=/users/sign_in>In</a>"),
              ElementsAre("a[href=\"/users/sign_out\"]", "#orders"));
}

TEST(Markers, AreOnNoPageOfAStranger) {
  EXPECT_THAT(markers_of("<body id=page data-theme=dark><main id=main>Hello, Ada</main>",
                         "<body id=page data-theme=dark><main id=main>Sign in</main>"),
              IsEmpty());
}

TEST(Markers, AreNotOfOneUserAlone) {
  EXPECT_THAT(markers_of("<p id=user-42>Ada</p><a href='/logout?token=abc'>Out</a>", "<p>"), IsEmpty());
}

} // namespace
} // namespace murphy::cli
