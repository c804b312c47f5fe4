// No green that proves nothing and no red that is none: where a sign-in ends, how guests are kept out, and what steps
// end in, on an app that servers/allotment.py plays.
#include "command.h"
#include "evidence.h"
#include "project.h"

#include <fmt/format.h>
#include <gmock/gmock.h>

namespace murphy::end_to_end {
namespace {

using record::FailureCode;
using testing::HasSubstr;
using testing::Not;

// The allotment with its options, and what the target and [app] say beside the usual.
struct Setting {
  std::string said;
  std::string target = {};
  std::string app = {};
  std::string sign_in =
      R"({ page = "/enter", submit = "Enter", fields = { Name = "${user.name}", Password = "${user.word}" } })";
  std::string sign_out = R"({ page = "/plots", click = "Leave" })";
};

struct Played {
  Finished finished;
  record::Run run;
  const record::CaseResult& only() const { return run.features.front().cases.front(); }
  // The failures of the last step, by code.
  std::vector<FailureCode> codes() const {
    std::vector<FailureCode> all;
    for (const record::Failure& failure : only().steps.back().failures) all.push_back(failure.code);
    return all;
  }
  bool passes() const { return finished.code == 0; }
};

// Runs one scenario of these steps.
Played play(const Setting& setting, const std::string& steps) {
  const TemporaryFolder folder;
  folder.write("murphy.toml",
               fmt::format(R"([app]
sign_in   = {}
sign_out  = {}
dashboard = {{ page = "/plots", shows = ".gardener" }}
{}

[target.local]
url   = "http://127.0.0.1:${{port}}"
start = "exec /usr/bin/python3 -u {}/allotment.py ${{port}} {}"
ready = "/ready"
diagnose = false
{}

[user.ruth]
name = "Ruth"
word = {{ env = "RUTH_WORD" }}
)",
                           setting.sign_in, setting.sign_out, setting.app, servers, setting.said, setting.target));
  folder.write("scenarios/plots.toml",
               fmt::format("feature = \"Plots\"\n[[scenario]]\nname = \"Ruth\"\nsteps = [\n{}\n]\n", steps));
  Invocation invocation;
  invocation.directory = folder.path();
  invocation.arguments = {"run", "--journal", "run.jsonl"};
  invocation.environment = {{"RUTH_WORD", "green beans 7"}};
  Played played;
  played.finished = run(invocation);
  played.run = run_of(folder / "run.jsonl");
  return played;
}

constexpr const char* enters = R"({ sign_in = "ruth" }, { expect = { dashboard = "open" } })";
constexpr const char* stays_out = R"({ open = "/plots", expect = { dashboard = "closed" } })";

TEST(Origin, ASignInThatEndsOnAnotherOneIsNoSignIn) {
  for (const char* lands : {"lands=elsewhere", "lands=subdomain"}) {
    const Played played =
        play({.said = lands}, R"({ sign_in = "ruth" }, { expect = { dashboard = "open", page = "/plots" } })");
    EXPECT_EQ(played.finished.code, 1) << played.finished.out;
    EXPECT_THAT(played.codes(), testing::ElementsAre(FailureCode::dashboard_not_reached, FailureCode::wrong_page));
    EXPECT_THAT(played.finished.out, HasSubstr("localhost:"));
    EXPECT_THAT(played.finished.out, HasSubstr("/plots"));
    EXPECT_THAT(played.finished.out, HasSubstr("on another origin than the target"));
    EXPECT_THAT(played.finished.out, Not(HasSubstr("opens without signing in")));
  }
}

TEST(Origin, OfThePageIsNamedWhereItIsMeant) {
  const Played played =
      play({.said = "lands=elsewhere"},
           R"({ sign_in = "ruth", expect = { page = "http://localhost:*/plots", title = "Another garden" } })");
  EXPECT_TRUE(played.passes()) << played.finished.out;
}

TEST(Origin, OfTheAppMayBeSeveral) {
  const Setting two{.said = "lands=subdomain", .target = "origins = [\"http://plots.localhost:${port}\"]"};
  const Played open = play(two, R"({ sign_in = "ruth" }, { expect = { dashboard = "open", page = "/plots" } })");
  EXPECT_TRUE(open.passes()) << open.finished.out;
  const Played closed = play(two, R"({ sign_in = "ruth" }, { expect = { dashboard = "closed" } })");
  EXPECT_FALSE(closed.passes());
  // Without a session at hand on the second origin, the target's own is asked, too.
  const Played both = play(two, R"({ sign_in = "ruth" }, { open = "/ready", expect = { dashboard = "closed" } })");
  EXPECT_FALSE(both.passes());
}

TEST(Guests, AreKeptOutInManyWays) {
  for (const char* guests :
       {"sign-in", "401", "403", "404", "410", "landing", "landing-here", "language", "provider"}) {
    const Setting setting{.said = fmt::format("guests={}", guests)};
    const Played open = play(setting, enters), closed = play(setting, stays_out);
    EXPECT_TRUE(open.passes()) << guests << open.finished.out;
    EXPECT_TRUE(closed.passes()) << guests << closed.finished.out;
  }
  const Played json = play({.said = "guests=json"}, enters);
  EXPECT_TRUE(json.passes()) << json.finished.out;
}

TEST(Guests, AreKeptOutByAPageThatAsksForTheNameFirst) {
  const Setting setting{.said = "guests=matrix",
                        .sign_in = R"({ page = "/enter", submit = "Enter", fields = { Name = "${user.name}" } })"};
  const Played open = play(setting, R"({ open = "/enter" },
    { submit = "Enter", with = { Name = "${ruth.name}" } },
    { submit = "Go on", with = { Password = "${ruth.word}" }, expect = { dashboard = "open" } })");
  EXPECT_TRUE(open.passes()) << open.finished.out;
  const Played closed = play(setting, stays_out);
  EXPECT_TRUE(closed.passes()) << closed.finished.out;
}

TEST(Guests, WhoSeeTheDashboardTakeItsProof) {
  for (const char* guests : {"open", "in-redirect"}) {
    const Setting setting{.said = fmt::format("guests={}", guests)};
    const Played open = play(setting, enters);
    EXPECT_EQ(open.finished.code, 1);
    EXPECT_THAT(open.codes(), testing::ElementsAre(FailureCode::dashboard_public));
    EXPECT_THAT(open.finished.out, HasSubstr("The dashboard opens without signing in"));
    EXPECT_EQ(play(setting, stays_out).finished.code, 1);
  }
}

TEST(Guests, WhoSeeTheMarkerElsewhereProveNothingOfTheDashboard) {
  for (const char* guests : {"marked", "marked-landing"}) {
    const Played played = play({.said = fmt::format("guests={}", guests)}, enters);
    EXPECT_EQ(played.finished.code, 1) << guests;
    EXPECT_THAT(played.codes(), testing::ElementsAre(FailureCode::shared_marker)) << guests;
    EXPECT_THAT(played.finished.out, Not(HasSubstr("opens without signing in"))) << played.finished.out;
    EXPECT_THAT(played.finished.out, HasSubstr("! .gardener is not on the dashboard alone"));
  }
}

TEST(Guests, WhoAreSentInACircleAreNoProofThatItIsOpen) {
  const Played played = play({.said = "guests=circle"}, enters);
  EXPECT_EQ(played.finished.code, 1);
  EXPECT_THAT(played.codes(), testing::ElementsAre(FailureCode::dashboard_unanswered));
  EXPECT_THAT(played.finished.out, Not(HasSubstr("opens without signing in"))) << played.finished.out;
}

TEST(Guests, OfABrokenDashboardSayNothingAgainstItsProof) {
  const Played open = play({.said = "guests=500"}, enters), closed = play({.said = "guests=500"}, stays_out);
  EXPECT_TRUE(open.passes()) << open.finished.out;
  EXPECT_EQ(closed.finished.code, 1) << "a server error is no refusal";
}

TEST(Errors, FailTheStepThatEndsInThem) {
  for (const char* status : {"403", "404", "405", "422", "500", "503"}) {
    const Setting setting{.said = fmt::format("leaves={}", status)};
    const Played played =
        play(setting,
             R"({ sign_in = "ruth" }, { sign_out = true }, { open = "/plots", expect = { dashboard = "closed" } })");
    EXPECT_EQ(played.finished.code, 1) << status;
    EXPECT_EQ(played.only().steps.size(), 2U) << "sign_out is where it fails";
    EXPECT_THAT(played.finished.out, HasSubstr(fmt::format("{} /leave “Left”", status)));
  }
  EXPECT_TRUE(
      play({}, R"({ sign_in = "ruth" }, { sign_out = true }, { open = "/plots", expect = { dashboard = "closed" } })")
          .passes());

  const Played lost = play({}, R"({ open = "/nowhere" })");
  EXPECT_EQ(lost.finished.code, 1);
  EXPECT_THAT(lost.codes(), testing::ElementsAre(FailureCode::error_status));
  EXPECT_THAT(lost.finished.out, HasSubstr("add expect.status = 404 or allow_error = true"));
  EXPECT_TRUE(play({}, R"({ open = "/nowhere", allow_error = true, expect = { text = "Nothing here" } })").passes());
  EXPECT_TRUE(play({}, R"({ open = "/nowhere" }, { expect = { status = 404 } })").passes());
}

// The form of the dashboard itself signs out: what it is answered has the dashboard's address.
TEST(Errors, OfARefusedSignOutAreNoClosedDashboard) {
  const std::string by_form = R"({ page = "/plots", submit = "Leave" })";
  for (const char* sign_out : {"{ sign_out = true }", R"({ sign_out = true, expect = { dashboard = "closed" } })",
                               R"({ open = "/plots" }, { submit = "Leave", expect = { dashboard = "closed" } })"}) {
    const std::string steps = std::string(R"({ sign_in = "ruth" }, )") + sign_out;
    const Played refused = play({.said = "leaves=refused guests=403", .sign_out = by_form}, steps);
    EXPECT_EQ(refused.finished.code, 1) << sign_out << refused.finished.out;
    EXPECT_THAT(refused.finished.out, HasSubstr("POST /plots → 403")) << sign_out;
    const Played done = play({.said = "leaves=by-form guests=403", .sign_out = by_form}, steps);
    EXPECT_TRUE(done.passes()) << sign_out << done.finished.out;
  }
}

TEST(Errors, OfAWrongPasswordAreExpectedInManyWays) {
  for (const char* status : {"200", "400", "401", "403", "422"}) {
    const Setting setting{.said = fmt::format("wrong={}", status)};
    for (const char* expect : {"form_error = \"not the word\"", "dashboard = \"closed\""}) {
      const std::string submit =
          R"({ open = "/enter" }, { submit = "Enter", with = { Name = "Ruth", Password = "no" })";
      const Played beside = play(setting, fmt::format("{}, expect = {{ {} }} }}", submit, expect));
      EXPECT_TRUE(beside.passes()) << status << beside.finished.out;
      const Played behind = play(setting, fmt::format("{} }}, {{ expect = {{ {} }} }}", submit, expect));
      EXPECT_TRUE(behind.passes()) << status << behind.finished.out;
    }
  }
  EXPECT_FALSE(play({.said = "wrong=422"},
                    R"({ open = "/enter" }, { submit = "Enter", with = { Name = "Ruth", Password = "no" } })")
                   .passes());
}

TEST(Errors, OfAFormAreFoundWhereTheAppShowsThem) {
  const std::string submit = R"({ open = "/enter" }, { submit = "Enter", with = { Name = "Ruth", Password = "no" })";
  const std::string expect = R"(, expect = { form_error = "not the word" })";
  EXPECT_TRUE(play({.said = "says=checkbox"}, submit + expect + " }").passes());
  EXPECT_FALSE(play({.said = "says=whoops"}, submit + expect + " }").passes()) << "nothing marks it as an error";
  const Played by_app = play({.said = "says=whoops", .app = "errors = \".whoops\""}, submit + expect + " }");
  EXPECT_TRUE(by_app.passes()) << by_app.finished.out;
  EXPECT_TRUE(play({.said = "says=whoops"}, submit + expect + R"(, errors = ".whoops" })").passes());
  EXPECT_TRUE(
      play({.said = "says=whoops"}, submit + R"( }, { expect = { form_error = "not the word" }, errors = ".whoops" })")
          .passes());
  const Played instead =
      play({.said = "says=whoops", .app = "errors = \".whoops\""}, submit + expect + R"(, errors = ".other" })");
  EXPECT_FALSE(instead.passes()) << "what the step says stands in place of what [app] says";
}

TEST(Nothing, IsExpectedOfWhatWasNeverThere) {
  for (const char* expect :
       {R"(header = { X-Frame-Options = "DENY" })", R"(header = { X-Frame-Option = { not = "ALLOWALL" } })",
        R"(cookie = { tol = { unchanged = true } })", R"(cookie = { tol = { changed = false } })"})
    EXPECT_EQ(play({}, fmt::format(R"({{ open = "/headers", expect = {{ {} }} }})", expect)).finished.code, 1)
        << expect;
  EXPECT_TRUE(play({}, R"({ open = "/headers", expect = { header = { Cache-Control = { contains = "no-store" } } } })")
                  .passes());
  for (const char* expect : {R"(json = { "/plots" = { at_least = 2 } })", R"(json = { "/owner" = { not = "Ruth" } })",
                             R"(no_element = ".error")", R"(title = { not = "Error" })"})
    EXPECT_EQ(play({}, fmt::format(R"({{ open = "/json", expect = {{ {} }} }})", expect)).finished.code, 1) << expect;
  EXPECT_TRUE(play({}, R"({ open = "/json", expect = { json = { "/beds" = { at_least = 4 } } } })").passes());
  EXPECT_TRUE(
      play({}, R"({ open = "/cookie" }, { open = "/headers", expect = { cookie = { tool = { unchanged = true } } } })")
          .passes());
}

} // namespace
} // namespace murphy::end_to_end
