#include "diagnose/evidence_of_step.h"

#include "step.h"

#include <gmock/gmock.h>

namespace murphy::diagnose {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

TEST(EvidenceOfSteps, HoldsTheRequestsOfAllAndThePageOfTheLast) {
  record::StepResult opened, submitted;
  record::Exchange get, post, probe;
  get.method = "GET";
  get.url = "http://127.0.0.1:8080/login?next=/";
  get.status = 200;
  opened.evidence.exchanges = {get};
  post.reason = record::Reason::submitted;
  post.method = "POST";
  post.url = "http://127.0.0.1:8080/login";
  post.status = 303;
  post.headers = {{"Location", "/dashboard"}};
  post.body =
      "<html><style>p{}</style><h1>Oh&nbsp;no</h1><script>var a;</script><p>no such column: &quot;emial&quot;</p>";
  probe.reason = record::Reason::control;
  submitted.title = "submit Sign in";
  submitted.evidence.exchanges = {post, probe};
  submitted.evidence.exchanges.pop_back();
  submitted.evidence.form =
      record::FilledForm{"Sign in", "POST", "/login", "", {{"Email", "email", "email", "ada@example.com"}}};
  submitted.evidence.console = {{{}, "a line"}};
  const std::vector<record::StepResult> steps{opened, submitted};
  const Evidence evidence = evidence_of(steps, "sign-in.toml#A case", {});
  EXPECT_THAT(evidence.exchanges, ElementsAre(Exchange{"GET", "/login", 200, ""}, Exchange{"POST", "/login", 303, ""}));
  EXPECT_THAT(evidence.locations, ElementsAre("/dashboard"));
  EXPECT_THAT(evidence.fields, ElementsAre("email"));
  EXPECT_THAT(evidence.console, ElementsAre("a line"));
  EXPECT_THAT(evidence.page, HasSubstr("no such column: \"emial\""));
  EXPECT_THAT(evidence.page, testing::Not(HasSubstr("var a")));
}

// ---- what only a run knows ----

StepFacts facts_after(const std::vector<Step>& steps) { return *evidence_after(steps).of_step; }

Step opens(const std::string& path) { return Step("open " + path).opens(path); }

TEST(StepFacts, HoldTheAttemptsBeforeTheStep) {
  const Step sign_up = Step("sign up")
                           .submits("/register", 302,
                                    {{"Name", "name", "text", "Mary"},
                                     {"Email", "email", "email", "mary@example.com"},
                                     {"Password", "password", "password", "‹password›"}})
                           .leads_to("/account");
  const StepFacts facts = facts_after({sign_up, login(), wrong_password(), signed_in(), opens("/account")});
  EXPECT_THAT(facts.attempts, ElementsAre(SignInAttempt{"/register", "mary@example.com", true, true},
                                          SignInAttempt{"/login", "ada@example.com", false, false},
                                          SignInAttempt{"/login", "ada@example.com", true, false}));
  EXPECT_EQ(facts.first_exchange, 7U);
  EXPECT_FALSE(facts.sent);
}

// An app that neither redirects nor sets a cookie: what it answered when all was well says that it let somebody in.
TEST(StepFacts, TakeTheAnswerOfTheBaselineForAccepted) {
  Step in = Step("sign in").submits("/login", 200, credentials()).shows("<p>Hello");
  in.result.evidence.page->url = std::string(home) + "/login";
  in.result.evidence.page->title = "Your orders";
  const Step after = Step("open /account").opens("/account");
  record::EvidenceGathered gathered;
  const auto is_accepted = [&] {
    const std::vector<record::StepResult> results{in.result, after.result};
    return evidence_of(results, "a case", gathered).of_step->attempts.at(0).accepted;
  };
  EXPECT_FALSE(is_accepted());
  record::KnownVisit visit;
  visit.request = "POST /login";
  visit.answers = {"200 /login"};
  visit.title = "Your orders";
  gathered.known_good.emplace().visits = {visit};
  EXPECT_TRUE(is_accepted());
  gathered.known_good->visits.front().errors = {"Wrong password"};
  EXPECT_FALSE(is_accepted()) << "the baseline has somebody who was refused";
  gathered.known_good->visits.front() = visit;
  gathered.known_good->visits.front().title = "Sign in";
  EXPECT_FALSE(is_accepted());
}

// Whatever its address, and with a form for a password on it: to change it, to sign in as somebody else.
TEST(StepFacts, TakeWhatOnlyTheDashboardShowsForAccepted) {
  Step in = Step("sign in").submits("/login", 200, credentials()).shows("<p>Hello");
  record::PageField password;
  password.type = "password";
  in.result.evidence.page->forms.emplace_back().fields = {password};
  const Step after = Step("open /account").opens("/account");
  const auto is_accepted = [&] {
    const std::vector<record::StepResult> results{in.result, after.result};
    return evidence_of(results, "a case", {}).of_step->attempts.at(0).accepted;
  };
  EXPECT_FALSE(is_accepted());
  in.result.evidence.page->traits = {record::PageTrait::shows_dashboard};
  EXPECT_TRUE(is_accepted());
}

TEST(StepFacts, HoldNoAttemptWithoutAPasswordOrOfARequest) {
  const Step search = Step("search").submits("/search", 200, {{"Word", "q", "text", "x"}});
  const Step request = Step("request").posts("/login", "email=a&password=x");
  EXPECT_TRUE(facts_after({search, request, opens("/account")}).attempts.empty());
}

TEST(StepFacts, HoldTheFormOrTheRequestThatWasMadeUp) {
  const StepFacts form = facts_after({Step("submit").submits("/login", 200, credentials())});
  ASSERT_TRUE(form.sent);
  EXPECT_FALSE(form.sent->made_up);
  EXPECT_EQ(form.sent->path, "/login");
  EXPECT_EQ(form.sent->fields.size(), 3U);
  const StepFacts made_up = facts_after({Step("request").posts("/login", "email=a&p%20w=x")});
  ASSERT_TRUE(made_up.sent);
  EXPECT_TRUE(made_up.sent->made_up);
  ASSERT_EQ(made_up.sent->fields.size(), 2U);
  EXPECT_EQ(made_up.sent->fields[1].name, "p w");
}

TEST(StepFacts, SayWhereTheAddressCameFrom) {
  EXPECT_FALSE(facts_after({opens("/a?x=1")}).from_a_link);
  EXPECT_TRUE(facts_after({opens("/a").by_a_captured_address()}).from_a_link);
  EXPECT_TRUE(facts_after({Step("click").asks(record::Reason::clicked, "GET", "/a", 200)}).from_a_link);
  // What opens a page and clicks in it, as signing out does.
  const Step sign_out = opens("/").asks(record::Reason::clicked, "GET", "/logout", 404);
  EXPECT_TRUE(facts_after({sign_out}).from_a_link);
  EXPECT_EQ(facts_after({opens("/a?x=1")}).query, "x=1");
  EXPECT_FALSE(facts_after({opens("/a?x=1"), opens("/a?x=2")}).asked_before);
  EXPECT_TRUE(facts_after({opens("/a?x=1"), opens("/a?x=1")}).asked_before);
}

TEST(StepFacts, OfAStepThatOnlyLooksAreThoseOfTheOneBefore) {
  EXPECT_EQ(facts_after({login(), signed_in(), Step("look")}).first_exchange, 1U);
}

TEST(StepFacts, HoldTheRulesThatDoNotHold) {
  Step step("validate");
  record::ValidationCell good, bad;
  good.field = "Email";
  bad.field = "Name";
  bad.holds = false;
  good.holds = true;
  step.result.evidence.validation.emplace().cells = {good, bad};
  const StepFacts facts = facts_after({step});
  ASSERT_EQ(facts.broken.size(), 1U);
  EXPECT_EQ(facts.broken.front().field, "Name");
}

TEST(StepFacts, HoldTheCookiesOfTheWholeCase) {
  const Step page = Step("open /login")
                        .asks(record::Reason::opened, "GET", "/login", 200,
                              {{"Set-Cookie", "sid=x; Path=/app"}, {"Set-Cookie", "lang=en; Domain=other.example"}})
                        .loses({.name = "lang",
                                .why = record::CookieDrop::domain_elsewhere,
                                .domain = "other.example",
                                .host = "shop.example",
                                .bytes = 0});
  const StepFacts facts = facts_after({page, opens("/account")});
  ASSERT_EQ(facts.cookies.size(), 2U);
  EXPECT_EQ(facts.cookies[0].name, "sid");
  EXPECT_EQ(facts.cookies[0].set_by, "/login");
  EXPECT_FALSE(facts.cookies[0].dropped);
  EXPECT_TRUE(facts.cookies[1].dropped);
}

} // namespace
} // namespace murphy::diagnose
