#include "run/shared/dashboard.h"

#include "fake_browser.h"

#include <gmock/gmock.h>

namespace murphy::run {
namespace {

using record::FailureCode;
using record::PageTrait;

const DashboardFacts facts{.path = "/dashboard",
                           .shows = "[data-user]",
                           .sign_in_path = "/login",
                           .url = {},
                           .sign_in_forms = {{"Continue", {"Account"}}},
                           .errors = {},
                           .providers = {}};

// A page that asks for the name of an account only.
std::shared_ptr<FakePage> name_page(std::string path, int status = 200) {
  auto page = fake_page(std::move(path), status);
  page->forms = {"Continue"};
  page->declared.fields.emplace_back().labels = {"Account"};
  return page;
}

std::shared_ptr<FakePage> page_at(std::string address, int status = 200) {
  auto page = fake_page("/", status);
  page->address = std::move(address);
  return page;
}

TEST(Dashboard, OpenIsThePageTheStatusAndTheMarker) {
  EXPECT_TRUE(judge_open(visit_of({dashboard_page()}), facts).holds);
  EXPECT_TRUE(judge_open(visit_of({fake_page("/login", 303), dashboard_page()}), facts).holds);
}

TEST(Dashboard, ADashboardWithoutItsMarkerIsNotOpen) {
  const Judgement judgement = judge_open(visit_of({fake_page("/dashboard")}), facts);
  EXPECT_FALSE(judgement.holds);
  EXPECT_EQ(judgement.failure.code, FailureCode::dashboard_incomplete);
  EXPECT_TRUE(judgement.failure.got.answer.has(PageTrait::lacks_dashboard));
}

TEST(Dashboard, TheMarkerElsewhereOrWithAnotherStatusIsNotOpen) {
  auto elsewhere = dashboard_page();
  elsewhere->address = "http://app.test/home";
  EXPECT_FALSE(judge_open(visit_of({elsewhere}), facts).holds);
  auto broken = dashboard_page();
  broken->code = 500;
  EXPECT_FALSE(judge_open(visit_of({broken}), facts).holds);
}

TEST(Dashboard, SentBackToSignInNamesThePageAndWhatItSays) {
  auto page = sign_in_page();
  page->shown = {{{}, "Wrong password"}};
  const Judgement judgement = judge_open(visit_of({page}), facts);
  EXPECT_EQ(judgement.failure.code, FailureCode::dashboard_not_reached);
  EXPECT_EQ(judgement.failure.got.answer.path, "/login");
  EXPECT_TRUE(judgement.failure.got.answer.has(PageTrait::asks_for_password));
  EXPECT_EQ(judgement.failure.shown.at(0).words, "Wrong password");
}

TEST(Dashboard, ClosedIsRefusalOrTheSignInPage) {
  EXPECT_TRUE(judge_closed(visit_of({fake_page("/dashboard", 401)}), facts).holds);
  EXPECT_TRUE(judge_closed(visit_of({fake_page("/dashboard", 403)}), facts).holds);
  EXPECT_TRUE(judge_closed(visit_of({fake_page("/dashboard", 302), fake_page("/login")}), facts).holds);
  EXPECT_TRUE(judge_closed(visit_of({fake_page("/dashboard", 302), fake_page("/login/")}), facts).holds);
  EXPECT_TRUE(judge_closed(visit_of({sign_in_page(200, "/dashboard")}), facts).holds)
      << "the sign-in form at the dashboard's own address";
}

TEST(Dashboard, NeitherAServerErrorNorAnEmptyDashboardIsClosed) {
  EXPECT_FALSE(judge_closed(visit_of({fake_page("/dashboard", 500)}), facts).holds);
  EXPECT_FALSE(judge_closed(visit_of({fake_page("/login", 500)}), facts).holds);
  EXPECT_FALSE(judge_closed(visit_of({fake_page("/dashboard")}), facts).holds);
  EXPECT_FALSE(judge_closed(visit_of({fake_page("/dashboard", 404)}), facts).holds);
  EXPECT_FALSE(judge_closed(visit_of({dashboard_page()}), facts).holds);
}

TEST(Dashboard, OnAnotherOriginNothingIsOpen) {
  for (const char* address : {"http://other.test/dashboard", "https://app.test/dashboard",
                              "http://app.test:8080/dashboard", "http://sub.app.test/dashboard"}) {
    auto page = page_at(address);
    page->elements["[data-user]"] = {{"Somebody else", {}}};
    const Judgement judgement = judge_open(visit_of({page}), facts);
    EXPECT_FALSE(judgement.holds) << address;
    EXPECT_EQ(judgement.failure.code, FailureCode::dashboard_not_reached);
    EXPECT_EQ(judgement.failure.got.answer.path, address);
    EXPECT_TRUE(judgement.failure.got.answer.has(PageTrait::other_origin));
  }
  auto page = page_at("http://www.app.test/dashboard?from=app");
  page->elements["[data-user]"] = {{"Ada", {}}};
  EXPECT_TRUE(judge_open(visit_of({page}), facts).holds) << "a further origin of the app";
}

TEST(Dashboard, TheSignInFormAtItsOwnAddressIsNoDashboardThatLacksAPart) {
  const Judgement judgement = judge_open(visit_of({name_page("/dashboard")}), facts);
  EXPECT_EQ(judgement.failure.code, FailureCode::dashboard_not_reached);
  EXPECT_TRUE(judgement.failure.got.answer.has(PageTrait::shows_sign_in_form));
}

TEST(Dashboard, TheFormOfSignInMakesAPageTheSignInPage) {
  EXPECT_TRUE(judge_closed(visit_of({fake_page("/dashboard", 302), name_page("/login;jsessionid=1")}), facts).holds);
  EXPECT_TRUE(judge_closed(visit_of({fake_page("/dashboard", 302), name_page("/en/account")}), facts).holds);
  auto other = name_page("/en/account");
  other->declared.fields.front().labels = {"Search"};
  EXPECT_FALSE(judge_closed(visit_of({fake_page("/dashboard", 302), other}), facts).holds)
      << "a form with such a button that lacks the field";
}

TEST(Dashboard, WhoIsSentAwayFromTheAppIsOut) {
  EXPECT_TRUE(judge_closed(visit_of({fake_page("/dashboard", 302), page_at("http://id.test/ask")}), facts).holds);
  EXPECT_FALSE(judge_closed(visit_of({fake_page("/dashboard", 302), page_at("http://id.test/ask", 502)}), facts).holds);
  auto leak = page_at("http://id.test/ask");
  leak->elements["[data-user]"] = {{"Ada", {}}};
  EXPECT_FALSE(judge_closed(visit_of({fake_page("/dashboard", 302), leak}), facts).holds);
}

TEST(Dashboard, ThatSendsToAnIdentityProviderIsClosedWhateverTheProviderDoes) {
  DashboardFacts with_provider = facts;
  with_provider.providers = {"http://id.test"};
  const auto there = [] { return page_at("http://id.test/authorize", 302); };
  const auto closed = [&](const std::vector<std::shared_ptr<FakePage>>& answers) {
    return judge_closed(visit_of(answers), with_provider).holds;
  };
  EXPECT_TRUE(closed({fake_page("/dashboard", 302), there(), fake_page("/callback", 302), dashboard_page()}));
  EXPECT_TRUE(closed({fake_page("/dashboard", 302), page_at("http://id.test/authorize", 200)}));
  EXPECT_FALSE(closed({there(), fake_page("/callback", 302), dashboard_page()}))
      << "who comes from the provider asks for the dashboard afterwards";
  EXPECT_FALSE(closed({fake_page("/login", 302), there(), fake_page("/callback", 302), dashboard_page()}));
  EXPECT_FALSE(closed({fake_page("/dashboard", 302), page_at("http://id.test/authorize", 502)}));
  auto leak = fake_page("/dashboard", 302);
  leak->elements["[data-user]"] = {{"Ada", {}}};
  EXPECT_FALSE(closed({leak, there(), fake_page("/callback", 302), dashboard_page()}));
}

TEST(Dashboard, ThatAnUnnamedProviderOpensAgainIsToldFromOneThatNeverClosed) {
  const auto failed = [](const std::vector<std::shared_ptr<FakePage>>& answers) {
    return judge_closed(visit_of(answers), facts).failure;
  };
  const auto again = failed({fake_page("/dashboard", 302), page_at("http://id.test/authorize", 302), dashboard_page()});
  EXPECT_EQ(again.code, FailureCode::dashboard_reentered);
  EXPECT_EQ(again.got.text, "http://id.test");
  EXPECT_EQ(failed({page_at("http://id.test/authorize", 302), dashboard_page()}).code, FailureCode::dashboard_visible);
  EXPECT_EQ(failed({fake_page("/dashboard", 302), fake_page("/en", 302), dashboard_page()}).code,
            FailureCode::dashboard_visible);
}

TEST(Dashboard, ItsMarkerOnTheSignInPageIsAnErrorOfTheProject) {
  auto page = name_page("/dashboard");
  page->elements["[data-user]"] = {{"Guest", {}}};
  EXPECT_EQ(judge_closed(visit_of({page}), facts).failure.code, FailureCode::shared_marker);
  EXPECT_EQ(judge_control(visit_of({page}), facts).failure.code, FailureCode::shared_marker);
}

TEST(Dashboard, ItsControlNeedsNothingButThatItIsNotSeen) {
  for (const int status : {200, 401, 403, 404, 410, 429, 500, 503})
    EXPECT_TRUE(judge_control(visit_of({fake_page("/dashboard", status)}), facts).holds) << status;
  EXPECT_TRUE(judge_control(visit_of({fake_page("/dashboard", 302), fake_page("/welcome")}), facts).holds);

  EXPECT_EQ(judge_control(visit_of({dashboard_page()}), facts).failure.code, FailureCode::dashboard_visible);
  auto landing = fake_page("/welcome");
  landing->elements["[data-user]"] = {{"Nobody", {}}};
  const Judgement elsewhere = judge_control(visit_of({fake_page("/dashboard", 302), landing}), facts);
  EXPECT_FALSE(elsewhere.holds);
  EXPECT_EQ(elsewhere.failure.code, FailureCode::shared_marker);
  auto missing = dashboard_page();
  missing->code = 404;
  EXPECT_EQ(judge_control(visit_of({missing}), facts).failure.code, FailureCode::shared_marker);
  auto leak = dashboard_page();
  leak->code = 302;
  EXPECT_EQ(judge_control(visit_of({leak, sign_in_page()}), facts).failure.code, FailureCode::dashboard_in_redirect);
  auto unreadable = fake_page("/dashboard");
  unreadable->unreadable = Error{ErrorKind::target, "cannot be read", {}, {}, {}};
  EXPECT_FALSE(judge_control(visit_of({unreadable}), facts).holds);
}

TEST(Dashboard, ARedirectThatCarriesTheDashboardInItsBodyIsNotClosed) {
  auto leak = dashboard_page();
  leak->code = 302;
  const Judgement judgement = judge_closed(visit_of({leak, sign_in_page()}), facts);
  EXPECT_FALSE(judgement.holds);
  EXPECT_EQ(judgement.failure.code, FailureCode::dashboard_in_redirect);
  EXPECT_EQ(judgement.failure.got.answer.status, 302);
}

TEST(Dashboard, ARefusalThatShowsTheMarkerIsNotClosed) {
  auto page = dashboard_page();
  page->code = 403;
  EXPECT_FALSE(judge_closed(visit_of({page}), facts).holds);
}

TEST(Dashboard, APageThatCannotBeReadIsNeitherOpenNorClosed) {
  auto page = dashboard_page();
  page->code = 403;
  page->unreadable = Error{ErrorKind::target, "the page cannot be read as HTML", "a loop may have run away", {}, {}};
  const Judgement closed = judge_closed(visit_of({page, sign_in_page()}), facts);
  EXPECT_FALSE(closed.holds);
  EXPECT_EQ(closed.failure.code, FailureCode::dashboard_unreadable);
  EXPECT_EQ(closed.failure.wanted.kind, record::Wanted::Kind::closed);
  EXPECT_EQ(closed.failure.reason.what, "the page cannot be read as HTML");
  EXPECT_EQ(closed.failure.reason.hint, "a loop may have run away");
  page->code = 200;
  EXPECT_EQ(judge_open(visit_of({page}), facts).failure.code, FailureCode::dashboard_unreadable);
}

} // namespace
} // namespace murphy::run
