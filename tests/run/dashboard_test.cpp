#include "run/shared/dashboard.h"

#include "fake_browser.h"

#include <gmock/gmock.h>

namespace murphy::run {
namespace {

using record::FailureCode;
using record::PageTrait;

const DashboardFacts facts{"/dashboard", "[data-user]", "/login"};

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
