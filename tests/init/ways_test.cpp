#include "init/ways.h"

#include "init_pages.h"

#include <gmock/gmock.h>

namespace murphy::init {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

std::vector<std::string> ways(const std::string& html, const std::string& visitors = "<form></form>") {
  const PageUnderTest page(html, "http://app.test/home"), other(visitors);
  std::vector<std::string> words;
  for (const WayOut& way : ways_out(*page.document, page.forms, *other.document))
    words.push_back((way.by.index() == 0 ? "click " : "submit ") + way.words);
  return words;
}

TEST(Ways, OutAreLinksAndButtons) {
  EXPECT_THAT(ways("<a href=/help>Help</a><a href=/logout>Log out</a>"), ElementsAre("click Log out"));
  EXPECT_THAT(ways("<form action=/session method=post><button>Sign out</button></form>"),
              ElementsAre("submit Sign out"));
  EXPECT_THAT(ways("<a href=/abmelden>Abmelden</a>"), ElementsAre("click Abmelden"));
  EXPECT_THAT(ways("<a href=/konto/abmelden><svg></svg></a>"), ElementsAre("click [href=\"/konto/abmelden\"]"));
  EXPECT_THAT(ways("<a href=/users/sign_out><svg></svg></a>"), ElementsAre("click [href=\"/users/sign_out\"]"));
  EXPECT_THAT(ways("<a href='/?do=logout&t=1'>Tschö</a>"), ElementsAre("click Tschö"));
}

TEST(Ways, OutAreSortedByWhatSpeaksForThem) {
  EXPECT_THAT(ways("<a href=#logout>Logout</a><a href='/?logout=1'>Logout now</a>"),
              ElementsAre("click Logout now", "click Logout"));
  EXPECT_THAT(ways("<a href=/a>How to log out</a><form action=/logout method=post><button>Log out</button></form>"),
              ElementsAre("submit Log out", "click How to log out"));
}

TEST(Ways, OutAreNotThereForVisitors) {
  EXPECT_THAT(ways("<a href=/help/logout>Log out everywhere</a>", "<a href=/help/logout>Log out everywhere</a>"),
              IsEmpty());
  EXPECT_THAT(ways("<a href=/orders>Orders</a>"), IsEmpty());
}

TEST(Ways, InAreLinksOfTheSameSite) {
  const PageUnderTest page("<a href=/join>Sign up</a><a href=https://other.test/login>Log in</a><a href=/about>Login "
                           "help</a><a href=/users/sign_in>Log in</a><a href=#login>Log in</a>",
                           "http://app.test/");
  std::vector<std::string> found;
  for (const web::Link& link : links_to_sign_in(*page.document)) found.push_back(link.href);
  EXPECT_THAT(found, ElementsAre("/users/sign_in", "/about"));
}

TEST(Ways, ToPagesOfAMember) {
  const PageUnderTest member("<a href=/>Home</a><a href=/account>Account</a><a href=/account#top>Account</a><a "
                             "href=/posts/delete>Delete</a><a href=/logout>Out</a><a href=/beenden>Abmelden</a><a "
                             "href=/x?y=1>X</a><a href=http://other.test/z>Z</a><a href=/y data-method=delete>Y</a>",
                             "http://app.test/");
  const PageUnderTest stranger("<a href=/>Home</a>", "http://app.test/");
  EXPECT_THAT(pages_of_member(*member.document, *stranger.document), ElementsAre("/account"));
}

} // namespace
} // namespace murphy::init
