#include "init/markers.h"

#include <gmock/gmock.h>
#include <memory>

namespace murphy::init {
namespace {

using testing::Contains;
using testing::ElementsAre;
using testing::IsEmpty;
using testing::Not;

std::shared_ptr<const web::Document> page(const std::string& html) {
  return *web::Document::parse(html, *web::Url::parse("http://app.test/home"));
}

std::vector<std::string> markers_of(const std::string& member, const std::string& stranger,
                                    const std::string& user = {}) {
  const auto one = page(member), other = page(stranger);
  return markers({.of_member = {one.get()}, .of_strangers = {other.get()}, .user = user});
}

TEST(Markers, BelongToTheUserFirst) {
  EXPECT_THAT(markers_of("<nav id=menu><p class='name user-name' id=greeting data-user=7>Ada</p>"
                         "<form action=/logout method=post><button>Sign out</button></form><ul id=plots></ul></nav>",
                         "<nav id=menu></nav><form action=/login></form>"),
              ElementsAre("[data-user]", "form[action=\"/logout\"]", ".user-name", "#greeting", "#plots", ".name"));
  EXPECT_THAT(markers_of("<a href=/users/sign_out>Out</a><div id=orders></div>", "<a href=/users/sign_in>In</a>"),
              ElementsAre("a[href=\"/users/sign_out\"]", "#orders"));
}

TEST(Markers, ThatShowTheNameOfTheUserComeFirst) {
  const std::string stranger = "<form method=post></form>";
  const std::string member = "<p id=who>Signed in as ada@example.com</p><a href=/logout>Log out</a>";
  EXPECT_THAT(markers_of(member, stranger), ElementsAre("a[href=\"/logout\"]", "#who"));
  EXPECT_THAT(markers_of(member, stranger, "ada@example.com"), ElementsAre("#who", "a[href=\"/logout\"]"));
  EXPECT_THAT(markers_of("<p id=who>Welcome, Ada</p><a href=/logout>Log out</a>", stranger, "ada@example.com"),
              ElementsAre("#who", "a[href=\"/logout\"]"))
      << "a name without its domain";
  EXPECT_THAT(markers_of("<p id=who>Adaptable</p><a href=/logout>Log out</a>", stranger, "ada@example.com"),
              ElementsAre("a[href=\"/logout\"]", "#who"));
}

TEST(Markers, AreOnNoPageOfAStranger) {
  EXPECT_THAT(markers_of("<body id=page data-theme=dark><main id=main>Hello, Ada</main>",
                         "<body id=page data-theme=dark><main id=main>Sign in</main>"),
              IsEmpty());
}

TEST(Markers, AreNoClassesOfLooks) {
  for (const char* looks : {"w-hidden lg:w-flex", "panel mt-[3rem]", "panel mb-2 col-6"})
    EXPECT_THAT(markers_of(std::string("<div class='") + looks + "'>Ada</div><a href=/plots>Plots</a>", "<p>", "Ada"),
                ElementsAre("a[href=\"/plots\"]"))
        << looks;
  EXPECT_THAT(markers_of("<div class='panel plot-2'>Ada</div>", "<p>"), ElementsAre(".panel"));
  EXPECT_THAT(
      markers_of("<div class='flex gap-4 items-center'>Ada</div><a href=/plots>Plots</a><h1>Beds</h1>", "<p>", "Ada"),
      ElementsAre("a[href=\"/plots\"]", "h1:has-text(\"Beds\")", ".flex", ".items-center"))
      << "one may be a number or a size, so anything else is better";
  EXPECT_THAT(markers_of("<div class='user-menu gap-4'></div><a href=/plots>Plots</a>", "<p>"),
              ElementsAre(".user-menu", "a[href=\"/plots\"]"));
}

TEST(Markers, AreNotOfOneUserAlone) {
  EXPECT_THAT(markers_of("<p id=user-42>Ada</p><a href='/logout?token=abc'>Out</a>", "<p>"), IsEmpty());
}

TEST(Markers, AreLookedForOnceEachAndNotForEver) {
  std::string rows, kinds;
  for (int row = 0; row < 3000; ++row) rows += "<p class=row>";
  EXPECT_THAT(markers_of(rows + "<h1>Plots</h1>", rows), ElementsAre("h1:has-text(\"Plots\")"));
  for (char first = 'a'; first <= 'z'; ++first)
    for (char second = 'a'; second <= 'z'; ++second)
      for (char third = 'a'; third <= 'c'; ++third) kinds += {' ', 'x', first, second, third};
  EXPECT_THAT(markers_of("<p class='" + kinds + "'></p><h1>Plots</h1>", "<p class='" + kinds + "'>"), IsEmpty())
      << "the heading would be the last of all";
}

TEST(Markers, AreStillThereWhenThePageIsLoadedAgain) {
  const auto first = page("<p id=saved>Signed in successfully.</p><p class=flash id=flash></p><p id=who></p>");
  const auto again = page("<p class=flash id=flash></p><p id=who></p>");
  const auto stranger = page("<form></form>");
  EXPECT_THAT(markers({.of_member = {first.get(), again.get()}, .of_strangers = {stranger.get()}}),
              ElementsAre("#who"));
}

TEST(Markers, KnowTheWayOutByWhatItDoes) {
  const auto member = page("<p id=who></p><a href=/abmelden>Abmelden</a>");
  const auto stranger = page("<form></form>");
  web::Element link = member->root();
  while (!link.is("a")) link = link.next();
  EXPECT_THAT(markers({.of_member = {member.get()}, .of_strangers = {stranger.get()}, .way_out = link}),
              ElementsAre("a[href=\"/abmelden\"]", "#who"));
}

TEST(Markers, AreHeadingsAndLinksWhereThereIsNothingBetter) {
  EXPECT_THAT(markers_of("<h1>My orders</h1><a href=/orders>Orders</a>", "<h1>Sign in</h1>"),
              ElementsAre("a[href=\"/orders\"]", "h1:has-text(\"My orders\")"));
  EXPECT_THAT(markers_of("<h1>12 orders</h1><a href=/orders/12>Order</a>", "<h1>Sign in</h1>"), IsEmpty());
}

TEST(Markers, AreSeen) {
  EXPECT_THAT(markers_of("<div hidden><p id=who>Ada</p></div><p id=seen>", "<p>"), Not(Contains("#who")));
}

} // namespace
} // namespace murphy::init
