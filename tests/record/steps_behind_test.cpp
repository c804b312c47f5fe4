#include "record/steps_behind.h"

#include <gmock/gmock.h>

namespace murphy::record {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

constexpr const char* root = "http://127.0.0.1:8080";

Exchange exchange(Reason reason, const std::string& path, int status) {
  Exchange made;
  made.reason = reason;
  made.url = root + path;
  made.status = status;
  return made;
}

PageSeen page(const std::string& path) {
  PageSeen seen;
  seen.url = root + path;
  seen.status = 200;
  return seen;
}

PageSeen sign_in_page() {
  PageSeen seen = page("/login");
  PageForm& form = seen.forms.emplace_back();
  form.action = "/login";
  form.fields.emplace_back().type = "password";
  return seen;
}

StepResult opened(const std::string& path) {
  StepResult step;
  step.evidence.exchanges = {exchange(Reason::opened, path, 200)};
  step.evidence.page = page(path);
  return step;
}

// Asked for a page, and led to the sign-in page.
StepResult sent_back(const std::string& path) {
  StepResult step;
  step.evidence.exchanges = {exchange(Reason::opened, path, 302), exchange(Reason::redirected, "/login", 200)};
  step.evidence.page = sign_in_page();
  return step;
}

StepResult refused(const std::string& path, int status) {
  StepResult step = opened(path);
  step.evidence.exchanges.front().status = status;
  return step;
}

StepResult submitted(const std::string& landing = "/") {
  StepResult step;
  step.evidence.exchanges = {exchange(Reason::submitted, "/login", 303), exchange(Reason::redirected, landing, 200)};
  step.evidence.form.emplace().action = std::string(root) + "/login";
  step.evidence.form->fields.emplace_back().type = "password";
  step.evidence.page = page(landing);
  return step;
}

StepResult looked() {
  StepResult step;
  step.evidence.page = page("/");
  return step;
}

StepResult clicked() {
  StepResult step = opened("/logout");
  step.evidence.exchanges.front().reason = Reason::clicked;
  return step;
}

StepResult signed_out_by_form() {
  StepResult step = submitted();
  step.evidence.form->fields.clear();
  return step;
}

StepResult skipped() {
  StepResult step;
  step.outcome = Outcome::skipped;
  return step;
}

const StepResult fresh_session{};

std::vector<std::size_t> behind(const std::vector<StepResult>& steps) { return steps_behind(steps); }

TEST(StepsBehind, AnExpectationIsThePageItLooksAt) {
  EXPECT_THAT(behind({opened("/login"), submitted(), looked()}), ElementsAre(1U));
  EXPECT_THAT(behind({opened("/login"), submitted(), looked(), skipped(), looked()}), ElementsAre(1U));
  EXPECT_THAT(behind({opened("/a"), looked()}), ElementsAre(0U));
  StepResult asks_besides = looked();
  asks_besides.evidence.exchanges = {exchange(Reason::probe, "/dashboard", 302),
                                     exchange(Reason::redirected, "/login", 200)};
  EXPECT_THAT(behind({submitted(), asks_besides}), ElementsAre(0U)) << "what it asks to judge the page is not its own";
}

TEST(StepsBehind, APageThatSendsBackIsTheAttemptToSignIn) {
  EXPECT_THAT(behind({opened("/login"), submitted(), sent_back("/dashboard")}), ElementsAre(1U));
  EXPECT_THAT(behind({opened("/login"), submitted(), opened("/news"), looked(), sent_back("/dashboard")}),
              ElementsAre(1U));
  EXPECT_THAT(behind({submitted(), refused("/admin", 403)}), ElementsAre(0U));
  EXPECT_THAT(behind({submitted(), refused("/admin", 401)}), ElementsAre(0U));
  StepResult sees_it = looked();
  sees_it.evidence.page = sign_in_page();
  EXPECT_THAT(behind({opened("/login"), submitted(), sent_back("/dashboard"), sees_it}), ElementsAre(1U, 2U))
      << "the page it looks at was sent back";
}

TEST(StepsBehind, AnErrorAtTheAddressOfThePageIsNotThatPage) {
  StepResult failed = submitted("/dashboard");
  failed.evidence.page->errors.emplace_back().words = "Error: Call to undefined method";
  EXPECT_THAT(behind({opened("/login"), failed, sent_back("/dashboard")}), ElementsAre(1U));
}

TEST(StepsBehind, AFailureMaySpeakForItself) {
  EXPECT_THAT(behind({}), IsEmpty());
  EXPECT_THAT(behind({submitted()}), IsEmpty());
  EXPECT_THAT(behind({opened("/login"), submitted()}), IsEmpty());
  EXPECT_THAT(behind({submitted(), opened("/profile")}), IsEmpty()) << "the page came";
  EXPECT_THAT(behind({submitted(), refused("/profile", 500)}), IsEmpty());
  EXPECT_THAT(behind({opened("/"), sent_back("/dashboard")}), IsEmpty()) << "nobody had tried to sign in";
  EXPECT_THAT(behind({submitted(), fresh_session, looked()}), IsEmpty());
  StepResult could_not = skipped();
  could_not.outcome = Outcome::error;
  EXPECT_THAT(behind({submitted(), could_not}), IsEmpty());
  StepResult proved = looked();
  proved.evidence.validation.emplace();
  EXPECT_THAT(behind({submitted(), proved}), IsEmpty());
}

TEST(StepsBehind, AnAttemptThatWentWellOrIsOverIsNotToBlame) {
  EXPECT_THAT(behind({submitted("/dashboard"), sent_back("/dashboard")}), IsEmpty()) << "it was open before";
  EXPECT_THAT(behind({submitted(), opened("/dashboard"), sent_back("/dashboard")}), IsEmpty());
  EXPECT_THAT(behind({submitted(), fresh_session, sent_back("/dashboard")}), IsEmpty());
  EXPECT_THAT(behind({submitted(), clicked(), sent_back("/dashboard")}), IsEmpty());
  EXPECT_THAT(behind({submitted(), signed_out_by_form(), sent_back("/dashboard")}), IsEmpty());
}

} // namespace
} // namespace murphy::record
