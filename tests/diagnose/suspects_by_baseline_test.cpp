#include "diagnose/suspects_by_baseline.h"

#include "diagnose/diagnose.h"
#include "record/seen.h"

#include <functional>
#include <gmock/gmock.h>

namespace murphy::diagnose {
namespace {

using record::Confidence;
using record::KnownGood;
using record::Layer;
using record::PageField;
using record::StepResult;
using record::Suspect;
using testing::IsEmpty;

record::Exchange exchange(record::Reason reason, std::string method, std::string path, int status) {
  record::Exchange made;
  made.reason = reason;
  made.method = std::move(method);
  made.url = "http://app.test" + path;
  made.status = status;
  return made;
}

// Signing in on an app that is healthy but for what the test changes.
struct SignedIn {
  std::vector<StepResult> steps{2};
  SignedIn() {
    steps[0].evidence.exchanges = {exchange(record::Reason::opened, "GET", "/login", 200)};
    record::PageSeen& login = steps[0].evidence.page.emplace();
    login.url = "http://app.test/login";
    login.title = "Sign in";
    login.forms = {{"Sign in",
                    "POST",
                    "/login",
                    "application/x-www-form-urlencoded",
                    {{"_csrf", "hidden", "", {}},
                     {"user[email]", "email", "Email", {"maxlength=254", "required"}},
                     {"user[password]", "password", "Password", {"required"}},
                     {"remember", "checkbox", "Remember me", {}}}}};
    StepResult& submitted = steps[1];
    submitted.evidence.exchanges = {exchange(record::Reason::submitted, "POST", "/login", 303),
                                    exchange(record::Reason::redirected, "GET", "/dashboard", 200)};
    submitted.evidence.exchanges[0].headers = {{"Set-Cookie", "sid=‹sid:a1b2›; Path=/; HttpOnly; SameSite=Lax"}};
    submitted.evidence.form = record::FilledForm{"Sign in", "POST", "http://app.test/login", "", {}};
    for (const char* name : {"_csrf", "user[email]", "user[password]"})
      submitted.evidence.form->fields.push_back({name, name, "text", "x"});
    submitted.evidence.form->fields.push_back({"commit", "commit", "button", "Sign in"});
    record::PageSeen& dashboard = submitted.evidence.page.emplace();
    dashboard.url = "http://app.test/dashboard";
    dashboard.title = "Dashboard";
    dashboard.outline = {"h1", "p.flash", "span[data-user]"};
  }
  record::PageForm& form() { return steps[0].evidence.page->forms[0]; }
};

KnownGood known() {
  record::Seen seen;
  for (const StepResult& step : SignedIn().steps) seen.take(step);
  KnownGood good = seen.finish();
  good.engine = "sqlite";
  good.tables = {
      {"users",
       {{"email", "text", std::nullopt, false, false}, {"password_hash", "text", std::nullopt, false, false}},
       {}}};
  return good;
}

std::vector<Suspect> suspects_after(const std::function<void(SignedIn&)>& change) {
  SignedIn now;
  change(now);
  Evidence evidence;
  compare_with_baseline(evidence, now.steps, known());
  return suspects_by_baseline(evidence);
}

// The likeliest.
Suspect after(const std::function<void(SignedIn&)>& change) {
  const auto suspects = suspects_after(change);
  EXPECT_FALSE(suspects.empty());
  return suspects.empty() ? Suspect{} : suspects.front();
}

TEST(AgainstRecord, WhereNothingHasChangedNobodyIsSuspected) {
  EXPECT_THAT(suspects_after([](SignedIn&) {}), IsEmpty());
}

TEST(AgainstRecord, WithoutARecordNobodyIsSuspected) { EXPECT_THAT(suspects_by_baseline(Evidence{}), IsEmpty()); }

TEST(AgainstRecord, AFieldOfAnotherNameSpeaksAgainstTheView) {
  const Suspect suspect = after([](SignedIn& now) { now.form().fields[2].name = "user[passwd]"; });
  EXPECT_EQ(suspect.layer, Layer::view);
  EXPECT_EQ(suspect.confidence, Confidence::high);
  EXPECT_EQ(suspect.cause, "the form \"Sign in\" sends \"user[passwd]\" where it sent \"user[password]\"");
  EXPECT_EQ(suspect.identifier, "passwd");
  EXPECT_EQ(suspect.suggestion, "password");
  EXPECT_EQ(suspect.origin, record::SuggestionOrigin::baseline);
}

TEST(AgainstRecord, AFieldThatIsGoneIsNamed) {
  const Suspect suspect = after([](SignedIn& now) { now.form().fields.erase(now.form().fields.begin()); });
  EXPECT_EQ(suspect.cause, "the form \"Sign in\" no longer has \"_csrf\"");
  EXPECT_EQ(suspect.identifier, "_csrf");
  EXPECT_EQ(suspect.suggestion, "");
}

TEST(AgainstRecord, AFieldThatOnlyTheAnswerLacksIsNotMissed) {
  SignedIn now;
  record::Evidence& answered = now.steps[1].evidence;
  answered.exchanges = {exchange(record::Reason::submitted, "POST", "/login", 200)};
  answered.page = now.steps[0].evidence.page;
  answered.page->forms[0].fields.erase(answered.page->forms[0].fields.begin());
  Evidence evidence;
  evidence.fields = {"_csrf", "user[email]", "user[password]"};
  compare_with_baseline(evidence, now.steps, known());
  EXPECT_THAT(suspects_by_baseline(evidence), IsEmpty()) << "the form was sent with its token";
}

TEST(AgainstRecord, AFormThatIsGoneIsNamed) {
  const auto suspects = [](const std::string& path, const std::string& words) {
    Evidence evidence;
    evidence.exchanges = {{"GET", path, 200, ""}};
    record::Failure& failure = evidence.of_step.emplace().failures.emplace_back();
    failure.code = record::FailureCode::missing_form;
    failure.subject = words;
    compare_with_baseline(evidence, {}, known());
    return suspects_by_baseline(evidence);
  };
  const auto gone = suspects("/login", "sign in");
  ASSERT_EQ(gone.size(), 1U);
  EXPECT_EQ(gone.front().layer, Layer::view);
  EXPECT_EQ(gone.front().also, Layer::controller);
  EXPECT_EQ(gone.front().confidence, Confidence::high);
  EXPECT_EQ(gone.front().cause, "the page /login has no form \"Sign in\" any more");
  EXPECT_THAT(suspects("/", "Sign in"), IsEmpty()) << "that page never had it";
  EXPECT_THAT(suspects("/login", "Sign up"), IsEmpty()) << "the form has another name";
}

TEST(AgainstRecord, AFormThatAnotherPageLacksIsNoProof) {
  const auto confidence = [](std::vector<std::string> outline) {
    SignedIn before, now;
    before.steps[0].evidence.page->outline = {"h1", "label", "p.lead"};
    record::Seen seen;
    for (const StepResult& step : before.steps) seen.take(step);
    now.steps.resize(1);
    now.steps[0].evidence.page->outline = std::move(outline);
    now.steps[0].evidence.page->forms.clear();
    Evidence evidence;
    evidence.exchanges = {{"GET", "/login", 200, ""}};
    record::Failure& failure = evidence.of_step.emplace().failures.emplace_back();
    failure.code = record::FailureCode::missing_form;
    failure.subject = "Sign in";
    compare_with_baseline(evidence, now.steps, seen.finish());
    const auto suspects = suspects_by_baseline(evidence);
    const auto gone = std::ranges::find(suspects, "the page /login has no form \"Sign in\" any more", &Suspect::cause);
    return gone == suspects.end() ? Confidence::guess : gone->confidence;
  };
  EXPECT_EQ(confidence({"h1", "p.lead"}), Confidence::high);
  EXPECT_EQ(confidence({"h1", "pre"}), Confidence::low) << "an error, which says more itself";
  EXPECT_EQ(confidence({}), Confidence::high) << "nothing is known of the page";
}

TEST(AgainstRecord, ARuleThatIsNoLongerDeclaredIsNamed) {
  EXPECT_EQ(after([](SignedIn& now) { now.form().fields[1].rules = {"maxlength=254"}; }).cause,
            "the field \"user[email]\" no longer asks for required");
  EXPECT_EQ(after([](SignedIn& now) { now.form().fields[1].rules = {"maxlength=64", "required"}; }).cause,
            "the field \"user[email]\" asks for maxlength=64 where it asked for maxlength=254");
}

TEST(AgainstRecord, AFormThatGoesElsewhereIsNamedWithBothPlaces) {
  const Suspect suspect = after([](SignedIn& now) { now.form().action = "/session"; });
  EXPECT_EQ(suspect.layer, Layer::view);
  EXPECT_EQ(suspect.cause, "the form \"Sign in\" goes to /session where it went to /login");
  EXPECT_EQ(suspect.identifier, "/session");
  EXPECT_EQ(suspect.suggestion, "/login");
}

TEST(AgainstRecord, ARedirectThatLeadsElsewhereSpeaksAgainstTheConfiguration) {
  const Suspect suspect = after([](SignedIn& now) {
    auto& last = now.steps[1].evidence.exchanges[1];
    last.url = "http://app.test/dashbord";
    last.status = 404;
  });
  EXPECT_EQ(suspect.layer, Layer::config);
  EXPECT_EQ(suspect.also, Layer::controller);
  EXPECT_EQ(suspect.cause, "POST /login leads to /dashbord where it led to /dashboard");
  EXPECT_EQ(suspect.suggestion, "/dashboard");
}

TEST(AgainstRecord, ACookieThatIsSetAnotherWaySpeaksAgainstTheSession) {
  const auto with = [](const char* header) {
    return after([&](SignedIn& now) { now.steps[1].evidence.exchanges[0].headers = {{"Set-Cookie", header}}; });
  };
  EXPECT_EQ(with("sid=x; Path=/; SameSite=Lax").cause,
            "the cookie \"sid\" is set without HttpOnly, and was not before");
  EXPECT_EQ(with("sid=x; Path=/login; HttpOnly; SameSite=Lax").cause,
            "the cookie \"sid\" has Path=/login where it had /");
  EXPECT_EQ(with("sid=x; Path=/; HttpOnly; SameSite=Lax; Domain=shop.test").identifier, "Domain");
  EXPECT_EQ(with("sid=x; Path=/; HttpOnly; SameSite=Lax; Secure").layer, Layer::session);
}

TEST(AgainstRecord, WhatAPageNoLongerSaysSpeaksAgainstItsTemplate) {
  const Suspect flash = after([](SignedIn& now) { now.steps[1].evidence.page->outline = {"h1", "span[data-user]"}; });
  EXPECT_EQ(flash.layer, Layer::view);
  EXPECT_EQ(flash.also, Layer::session);
  EXPECT_EQ(flash.confidence, Confidence::guess);
  EXPECT_EQ(flash.identifier, "p.flash");
  const Suspect name = after([](SignedIn& now) { now.steps[1].evidence.page->outline = {"h1", "p.flash"}; });
  EXPECT_EQ(name.also, Layer::model);
  EXPECT_EQ(name.confidence, Confidence::medium);
  EXPECT_EQ(name.identifier, "span[data-user]");
  const Suspect title = after([](SignedIn& now) { now.steps[1].evidence.page->title.clear(); });
  EXPECT_EQ(title.cause, "the page has no title where it was \"Dashboard\"");
}

TEST(AgainstRecord, AnotherPageAltogetherSaysNothingAboutATemplate) {
  EXPECT_THAT(suspects_after([](SignedIn& now) { now.steps[1].evidence.page->outline = {"pre"}; }), IsEmpty());
}

TEST(AgainstRecord, WhatIsSentOnlyWhenItIsTickedIsNotMissed) {
  Evidence evidence;
  compare_with_baseline(evidence, SignedIn().steps, known());
  EXPECT_THAT(evidence.known_good->fields, testing::ElementsAre("_csrf", "user[email]", "user[password]", "commit"));
}

// WordPress with user_pass renamed to user_pas answers "the password is incorrect", and logs nothing.
TEST(AgainstRecord, AColumnThatWentWithoutAWordIsNamedByTheTables) {
  SignedIn now;
  now.steps[1].evidence.exchanges = {exchange(record::Reason::submitted, "POST", "/login", 200)};
  now.steps[1].evidence.page->errors = {record::ShownError{{}, "The password you entered is incorrect."}};
  Evidence evidence;
  evidence.exchanges = {{"GET", "/login", 200, ""}, {"POST", "/login", 200, ""}};
  evidence.page = "The password you entered is incorrect.";
  evidence.errors = {record::ShownError{{}, evidence.page}};
  evidence.schema.emplace().tables = known().tables;
  evidence.schema->tables[0].columns[1].name = "pasword_hash";
  compare_with_baseline(evidence, now.steps, known());
  const Suspect verdict = diagnose(evidence).verdict();
  EXPECT_EQ(verdict.layer, Layer::database);
  EXPECT_EQ(verdict.confidence, Confidence::high);
  EXPECT_EQ(verdict.identifier, "pasword_hash");
  EXPECT_EQ(verdict.suggestion, "password_hash");
}

} // namespace
} // namespace murphy::diagnose
