#include "run/steps/provider.h"

#include "fake_browser.h"

#include <gtest/gtest.h>

namespace murphy::run {
namespace {

const DashboardFacts home{.path = "/home",
                          .shows = "[data-user]",
                          .sign_in_path = "/login",
                          .url = "/home",
                          .sign_in_forms = {{"Sign in", {}}},
                          .errors = {},
                          .providers = {"http://id.test"}};

std::shared_ptr<FakePage> at_provider(const std::string& path, int status = 200) {
  auto page = fake_page("/", status);
  page->address = "http://id.test" + path;
  return page;
}

std::shared_ptr<FakePage> asking() {
  auto page = at_provider("/authorize");
  page->elements["form"] = {{"", {}}};
  return page;
}

// What the failure has of it; where nothing failed, what was expected.
std::string state(const std::vector<std::shared_ptr<FakePage>>& answers, scenario::ProviderState expected) {
  const Judgement judged = judge_provider(visit_of(answers), {"company", expected}, "http://id.test", home);
  if (judged.holds) return "holds";
  EXPECT_EQ(judged.failure.subject, "company");
  EXPECT_EQ(judged.failure.part, "http://id.test");
  return judged.failure.got.text;
}

TEST(Provider, AsksWhereTheVisitEndsOnItsForm) {
  using enum scenario::ProviderState;
  const std::vector<std::shared_ptr<FakePage>> asked{fake_page("/home", 302), at_provider("/start", 302), asking()};
  EXPECT_EQ(state(asked, asks), "holds");
  EXPECT_EQ(state(asked, lets_in), "asks");
  EXPECT_EQ(state({fake_page("/home", 302), at_provider("/authorize")}, asks), "fails") << "a page without a form";
  auto broken = asking();
  broken->code = 400;
  EXPECT_EQ(state({fake_page("/home", 302), broken}, asks), "fails");
}

TEST(Provider, LetsInWhereTheVisitLeadsBackToTheApp) {
  using enum scenario::ProviderState;
  const std::vector<std::shared_ptr<FakePage>> back{fake_page("/home", 302), at_provider("/authorize", 302),
                                                    fake_page("/callback?code=1", 302), fake_page("/home")};
  EXPECT_EQ(state(back, lets_in), "holds");
  EXPECT_EQ(state(back, asks), "lets_in");
  EXPECT_EQ(
      state({fake_page("/home", 302), at_provider("/authorize", 302), fake_page("/callback?state=1", 500)}, lets_in),
      "fails");
  EXPECT_EQ(state({fake_page("/home", 302), at_provider("/authorize", 302), fake_page("/login")}, lets_in), "fails")
      << "back on the sign-in page";
  EXPECT_EQ(state({fake_page("/home", 302), at_provider("/authorize", 302),
                   fake_page("/callback?error=login_required&state=1", 302), fake_page("/")},
                  lets_in),
            "fails");
}

TEST(Provider, IsNotJudgedByAVisitThatNeverCameThere) {
  using enum scenario::ProviderState;
  EXPECT_EQ(state({fake_page("/home")}, lets_in), "");
  EXPECT_EQ(state({fake_page("/home", 302), fake_page("/login")}, asks), "");
  EXPECT_FALSE(went_to(visit_of({fake_page("/home")}), "http://id.test"));
  for (const char* path : {"/logout", "/connect/end-session", "/session/end", "/realms/x/protocol/saml/SignOut?x=1"}) {
    auto form = at_provider(path);
    form->elements["form"] = {{"", {}}};
    EXPECT_EQ(state({fake_page("/leave", 302), form}, asks), "") << path;
    EXPECT_EQ(state({fake_page("/leave", 302), at_provider(path, 302), fake_page("/bye")}, lets_in), "") << path;
  }
}

} // namespace
} // namespace murphy::run
