#include "run/steps/near_address.h"

#include "base/work_limit.h"
#include "fake_browser.h"

#include <gmock/gmock.h>

namespace murphy::run {
namespace {

using record::FailureCode;
using Pages = std::map<std::string, std::int64_t>;

std::string near(std::string_view wanted, const Pages& pages, const WrittenAddresses& written = {}) {
  const auto found = near_address(wanted, {.pages = pages, .written = written});
  return found ? found->known : "";
}

TEST(NearAddress, IsOneThatPagesLeadTo) {
  const WrittenAddresses written{{"/login", 3}, {"/logn", 1}};
  const auto found = near_address("/logn", {.pages = Pages{{"/login", 2}, {"/about", 1}}, .written = written});
  ASSERT_TRUE(found);
  EXPECT_EQ(
      *found,
      (record::NearAddress{
          .wanted = "/logn", .known = "/login", .is_answered = false, .pages = 2, .places = 3, .places_of_wanted = 1}));
}

TEST(NearAddress, IsNoneWhereTheAppItselfLeadsToTheWantedOne) {
  EXPECT_EQ(near("/login", {{"/login", 1}, {"/logins", 1}}), "") << "the app has lost it";
}

TEST(NearAddress, IsNoneWhereSeveralAreNear) { EXPECT_EQ(near("/logn", {{"/login", 1}, {"/logn/", 1}}), ""); }

TEST(NearAddress, OfTheProjectAloneIsWrittenMoreOften) {
  EXPECT_EQ(near("/helth", {}, {{"/health", 2}, {"/helth", 1}}), "/health");
  EXPECT_EQ(near("/health", {}, {{"/health", 2}, {"/helth", 1}}), "") << "that one is misspelled itself";
  EXPECT_EQ(near("/helth", {}, {{"/health", 1}, {"/helth", 1}}), "");
}

record::Failure wrong_page(const std::string& wanted, const std::string& got) {
  record::Failure failure;
  failure.code = FailureCode::wrong_page;
  failure.wanted.kind = record::Wanted::Kind::equal;
  failure.wanted.text = wanted;
  failure.got.text = got;
  return failure;
}

std::string near_of(const record::Failure& failure, const Pages& pages = {}) {
  const WrittenAddresses written;
  const auto found = near_address_of(failure, {.pages = pages, .written = written});
  return found ? found->known + (found->is_answered ? " answered" : "") : "";
}

TEST(NearAddress, OfAFailureIsTheOneThatTheAppLedTo) {
  EXPECT_EQ(near_of(wrong_page("/dashbord", "/dashboard")), "/dashboard answered");
  EXPECT_EQ(near_of(wrong_page("/dashbord", "/login"), {{"/dashboard", 1}}), "/dashboard");
  EXPECT_EQ(near_of(wrong_page("/dashbord", "/login")), "");
  EXPECT_EQ(near_of(wrong_page("/dashbord", "/dashboard"), {{"/dashbord", 1}}), "") << "the app has both";
  record::Failure negated = wrong_page("/dashbord", "/dashboard");
  negated.wanted.is_negated = true;
  EXPECT_EQ(near_of(negated), "");

  record::Failure redirects;
  redirects.code = FailureCode::wrong_redirects;
  redirects.wanted.list = {"303 /session", "303 /dashbord"};
  redirects.got.list = {"303 /session", "302 /dashboard"};
  EXPECT_EQ(near_of(redirects), "/dashboard answered");
  redirects.got.list = {"302 /session"};
  EXPECT_EQ(near_of(redirects), "") << "each of them is one of the app";

  record::Failure dashboard;
  dashboard.code = FailureCode::dashboard_not_reached;
  dashboard.subject = "/dashbord";
  dashboard.got.answer.path = "/dashboard";
  EXPECT_EQ(near_of(dashboard), "/dashboard answered");
}

std::shared_ptr<FakePage> page_to(const std::string& path, std::vector<std::string> linked) {
  auto page = fake_page(path);
  page->linked = std::move(linked);
  return page;
}

TEST(SeenAddresses, CountThePagesThatLeadThere) {
  SeenAddresses seen;
  for (int time = 0; time < 4; ++time)
    for (const char* path : {"/", "/about", "/help"}) seen.see(page_to(path, {"/login"}));
  auto data = page_to("/data", {"/api"});
  data->html = false;
  seen.see(data);
  seen.see(page_to("/login", {"/", "/login/new"}));
  EXPECT_EQ(seen.by_pages(), (Pages{{"/login", 3}, {"/", 1}, {"/login/new", 1}}));
}

} // namespace
} // namespace murphy::run
