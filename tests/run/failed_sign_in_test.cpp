#include "run/sign_in_probes/failed_sign_in.h"

#include "run/sign_in_probes/failed_attempts.h"

#include <gtest/gtest.h>

namespace murphy::run {
namespace {

const SignInAddresses sign_in_addresses{"/login", "/dashboard", "Sign in"};
const std::vector<AccountSpellings> known_accounts{{"ada", {"ada@example.com", "‹ada.password›"}},
                                                   {"grace", {"grace@example.com", "‹grace.password›"}}};

record::Exchange asked(const std::string& path, const std::string& method = "GET") {
  record::Exchange exchange;
  exchange.method = method;
  exchange.url = "http://app.test" + path;
  return exchange;
}

record::StepResult opened(const std::string& path) {
  record::StepResult step;
  step.evidence.exchanges = {asked(path)};
  return step;
}

record::StepResult submitted(const std::string& name, const std::string& password, const std::string& path = "/login") {
  record::StepResult step;
  step.evidence.exchanges = {asked(path, "POST")};
  record::FilledForm form;
  form.name = "SIGN IN:";
  form.fields = {{"", "csrf", "hidden", "‹csrf:1›"},
                 {"Email", "email", "email", name},
                 {"Password", "password", "password", password}};
  step.evidence.form = form;
  return step;
}

using Steps = std::vector<record::StepResult>;

std::optional<FailedSignIn> failed(const Steps& steps) {
  return failed_sign_in(steps, sign_in_addresses, known_accounts);
}

TEST(FailedSignIn, IsOneOfTheAccountWhoseOwnNameAndPasswordWereSent) {
  EXPECT_EQ(failed({opened("/login"), submitted("ada@example.com", "‹ada.password›")}), FailedSignIn{"ada"});
  EXPECT_EQ(failed({submitted("grace@example.com", "‹grace.password›", "/sessions")}), FailedSignIn{"grace"})
      << "wherever the form goes";
  EXPECT_EQ(failed({submitted("ada@example.com", "‹ada.password›"), record::StepResult{}}), FailedSignIn{"ada"})
      << "a step that only looks at the page";
  EXPECT_EQ(failed({submitted("ada@example.com", "‹ada.password›"), opened("/dashboard?from=login")}),
            FailedSignIn{"ada"});
}

TEST(FailedSignIn, OfNobodyWhenItDidNotComeToAForm) {
  EXPECT_EQ(failed({opened("/login")}), FailedSignIn{});
  EXPECT_EQ(failed({opened("/login?next=/"), record::StepResult{}}), FailedSignIn{}) << "no such form on the page";
  EXPECT_EQ(failed({opened("/dashboard")}), FailedSignIn{});
}

TEST(FailedSignIn, WhatWasWrongOnPurposeIsNone) {
  EXPECT_EQ(failed({submitted("ada@example.com", "‹password›")}), std::nullopt);
  EXPECT_EQ(failed({submitted("nobody@example.com", "‹ada.password›")}), std::nullopt);
  EXPECT_EQ(failed({submitted("ada@example.com", "‹grace.password›")}), std::nullopt);
  EXPECT_EQ(failed({submitted("ada@example.com", "‹password›"), opened("/dashboard")}), std::nullopt);
}

TEST(FailedSignIn, WhatIsAboutSomethingElseIsNone) {
  EXPECT_EQ(failed({}), std::nullopt);
  EXPECT_EQ(failed({opened("/about")}), std::nullopt);
  EXPECT_EQ(failed({submitted("ada@example.com", "‹ada.password›"), opened("/profile")}), std::nullopt);
  record::StepResult proving = submitted("ada@example.com", "‹ada.password›");
  proving.evidence.validation.emplace();
  EXPECT_EQ(failed({proving}), std::nullopt) << "the rules of the form, tried with many values";
}

record::StepResult posted(const std::string& body, int status, const std::string& location = {}) {
  record::StepResult step;
  step.evidence.exchanges = {asked("/login", "POST")};
  step.evidence.exchanges.front().request_body = body;
  step.evidence.exchanges.front().status = status;
  if (!location.empty()) step.evidence.exchanges.front().headers = {{"Location", location}};
  return step;
}

TEST(FailedAttempts, ArePostsThatNameTheAccountAndDoNotLeadOn) {
  FailedAttempts attempts;
  attempts.note(posted("user%5Bemail%5D=Ada%2Bone%40example.com&password=x", 422));
  attempts.note(posted("email=ada%2Bone%40example.com", 302, "http://app.test/login?again"));
  attempts.note(posted(R"({"email": "ada+one@example.com"})", 401));
  attempts.note(posted("email=ada%2Bone%40example.com", 0));
  attempts.note(posted("email=%E2%80%B9ada.email%E2%80%BA", 500));
  attempts.note(posted("email=ada%2Bone%40example.com", 303, "/dashboard"));
  attempts.note(posted("email=grace%40example.com", 422));
  // Led to a page that asks for the password again, at another address than that of the sign-in.
  record::StepResult again = posted("email=joan%40example.com", 303, "/de/login");
  again.evidence.page.emplace().forms.emplace_back().fields = {{"pw", "password", "Password", {}}};
  attempts.note(again);
  attempts.note(opened("/login?email=ada+one@example.com"));
  EXPECT_EQ(attempts.of({"ada+one@example.com", "‹ada.email›"}, "/login"), 5);
  EXPECT_EQ(attempts.of({"grace@example.com"}, "/login"), 1);
  EXPECT_EQ(attempts.of({"joan@example.com"}, "/login"), 1);
  EXPECT_EQ(attempts.of({"emmy@example.com"}, "/login"), 0);
}

} // namespace
} // namespace murphy::run
