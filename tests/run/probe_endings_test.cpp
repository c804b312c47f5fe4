#include "run/sign_in_probes/probe_endings.h"

#include "fake_browser.h"

#include <gtest/gtest.h>

namespace murphy::run {
namespace {

using record::ProbeEnd;

const DashboardFacts dashboard_facts{.path = "/dashboard",
                                     .shows = "[data-user]",
                                     .sign_in_path = "/login",
                                     .url = {},
                                     .sign_in_forms = {},
                                     .errors = {},
                                     .providers = {}};

drive::Visited stuck(drive::Obstacle::Kind kind) {
  drive::Obstacle obstacle;
  obstacle.kind = kind;
  return std::unexpected(obstacle);
}

TEST(ProbeEndings, OfAPageGoByItsStatus) {
  EXPECT_EQ(end_of_page(visit_of({fake_page("/", 302), fake_page("/home")})), ProbeEnd::works);
  EXPECT_EQ(end_of_page(visit_of({fake_page("/", 404)})), ProbeEnd::refused);
  EXPECT_EQ(end_of_page(visit_of({fake_page("/", 503)})), ProbeEnd::server_error);
  EXPECT_EQ(end_of_page(stuck(drive::Obstacle::Kind::network)), ProbeEnd::no_answer);
  EXPECT_EQ(end_of_page(stuck(drive::Obstacle::Kind::stopped)), ProbeEnd::not_asked);
  EXPECT_EQ(end_of_page(stuck(drive::Obstacle::Kind::app)), ProbeEnd::not_asked);
}

TEST(ProbeEndings, OfTheDashboardAreWhatItIsToAVisitor) {
  EXPECT_EQ(end_of_dashboard(visit_of({dashboard_page()}), dashboard_facts), ProbeEnd::works);
  EXPECT_EQ(end_of_dashboard(visit_of({fake_page("/dashboard", 302), sign_in_page()}), dashboard_facts),
            ProbeEnd::refused);
  EXPECT_EQ(end_of_dashboard(visit_of({fake_page("/dashboard", 302), fake_page("/login", 500)}), dashboard_facts),
            ProbeEnd::server_error);
  EXPECT_EQ(end_of_dashboard(visit_of({fake_page("/dashboard", 404)}), dashboard_facts), ProbeEnd::not_asked)
      << "neither open nor closed";
}

// A sign-in whose steps were answered so, or that was kept from it by an error of this kind.
record::StepResult tried(const std::vector<int>& statuses, record::Outcome outcome = record::Outcome::passed) {
  record::StepResult result;
  result.outcome = outcome;
  for (const int status : statuses) result.evidence.exchanges.emplace_back().status = status;
  return result;
}

record::StepResult kept_from(ErrorKind kind) {
  record::StepResult result = tried({}, record::Outcome::error);
  result.error = Error{kind, "no answer", {}, {}, {}};
  return result;
}

TEST(ProbeEndings, OfASignInAreSeenInItsAnswerOrByTheDashboard) {
  const auto end = [](const record::StepResult& result, const std::shared_ptr<FakePage>& page) {
    return end_of_sign_in(result, page.get(), "Sign in", dashboard_facts);
  };
  EXPECT_EQ(end(tried({422}), sign_in_page(422)), ProbeEnd::refused);
  EXPECT_EQ(end(tried({302, 200}), sign_in_page()), ProbeEnd::refused);
  EXPECT_EQ(end(tried({401}), fake_page("/login", 401)), ProbeEnd::refused);
  EXPECT_EQ(end(tried({303, 500}), fake_page("/dashboard", 500)), ProbeEnd::server_error);
  EXPECT_EQ(end(kept_from(ErrorKind::target), nullptr), ProbeEnd::no_answer);
  EXPECT_EQ(end(kept_from(ErrorKind::usage), nullptr), ProbeEnd::not_asked);
  EXPECT_EQ(end(tried({303, 200}), dashboard_page()), std::nullopt);
  EXPECT_EQ(end(tried({200}, record::Outcome::failed), fake_page("/code")), ProbeEnd::not_asked)
      << "a step did not pass for another reason than the password";
  EXPECT_EQ(end(tried({422}, record::Outcome::failed), sign_in_page(422)), ProbeEnd::refused);
  EXPECT_EQ(end(tried({429}), sign_in_page(429)), ProbeEnd::not_asked) << "no refusal of the password";
  EXPECT_TRUE(is_throttled(429));
  EXPECT_FALSE(is_throttled(422));
}

std::optional<std::string> part(const std::string& page, std::map<std::string, std::string> addresses) {
  auto shown = fake_page(page);
  for (const auto& [selector, address] : addresses)
    shown->elements[selector] = {{"", {{selector.starts_with("link") ? "href" : "src", address}}}};
  return static_part(*shown);
}

TEST(StaticPart, IsAFileOfThePagesOwnOrigin) {
  const std::string style = "link[rel~=stylesheet][href]", script = "script[src]", image = "img[src]";
  EXPECT_EQ(part("/login", {}), std::nullopt);
  EXPECT_EQ(part("/login", {{image, "/a.png"}, {style, "/a.css?v=1"}}), "/a.css?v=1");
  EXPECT_EQ(part("/accounts/login/?next=/", {{style, "css/a.css"}}), "/accounts/login/css/a.css");
  EXPECT_EQ(part("/accounts/login", {{style, "../a.css"}}), "/accounts/../a.css");
  EXPECT_EQ(part("/login", {{style, "http://app.test/a.css"}}), "/a.css");
  EXPECT_EQ(part("/login", {{style, "https://cdn.example/a.css"}, {script, "//cdn.example/a.js"}, {image, "a.png"}}),
            "/a.png");
  EXPECT_EQ(part("/login", {{style, "http://app.test.evil.example/a.css"}, {image, "data:image/png;base64,AAAA"}}),
            std::nullopt);
}

} // namespace
} // namespace murphy::run
