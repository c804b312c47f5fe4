// Suites as they grow: flows, examples, cleanup, accounts, retries, selections; the real binary against an app that
// remembers what it was asked.
#include "evidence.h"
#include "project.h"

#include <algorithm>
#include <chrono>
#include <csignal>
#include <fmt/chrono.h>
#include <fmt/format.h>
#include <gmock/gmock.h>
#include <sys/stat.h>

namespace murphy::end_to_end {
namespace {

using record::Outcome;
using testing::ElementsAre;
using testing::HasSubstr;

class Suite : public testing::Test {
protected:
  Suite() { project(); }

  void project(const std::string& users = "[user.ada]\nemail = \"ada@example.com\"\npassword = \"correct horse 9\"\n") {
    folder_.write("murphy.toml",
                  fmt::format("[target.local]\nurl   = \"http://127.0.0.1:${{port}}\"\n"
                              "start = \"exec /usr/bin/python3 -u '{}/remembering.py' ${{port}}\"\nready = "
                              "\"/ready\"\n\n[target.other]\nurl = \"http://other.test\"\n\n{}",
                              servers, users));
  }
  void feature(const std::string& name, const std::string& text) const {
    folder_.write("scenarios/" + name + ".toml", fmt::format("feature = \"{}\"\n{}", name, text));
  }
  Invocation invocation(std::vector<std::string> more) const {
    Invocation made;
    made.directory = folder_.path();
    made.arguments = {"run", "--journal", "run.jsonl", "--junit", "run.xml"};
    made.arguments.insert(made.arguments.end(), more.begin(), more.end());
    return made;
  }
  Finished murphy(std::vector<std::string> more = {}) const { return run(invocation(std::move(more))); }
  record::Run reported() const { return run_of(folder_ / "run.jsonl"); }
  record::CaseResult reported(const std::string& name) const { return case_of(reported(), name); }
  std::string junit() const { return read_file(folder_ / "run.xml"); }

  // "file: name" of every case that was run, in the order of the report.
  std::vector<std::string> ran() const {
    std::vector<std::string> names;
    for (const record::FeatureResult& feature : reported().features)
      for (const record::CaseResult& each : feature.cases)
        if (each.outcome != Outcome::not_run) names.push_back(feature.name + ": " + each.plan->name.str());
    return names;
  }
  // The paths a case asked for, in order.
  static std::vector<std::string> asked(const record::CaseResult& of) {
    std::vector<std::string> paths;
    for (const record::StepResult& step : of.steps) {
      for (const record::Exchange& exchange : step.evidence.exchanges)
        paths.push_back(exchange.url.substr(exchange.url.find('/', std::string("http://").size())));
    }
    return paths;
  }

  TemporaryFolder folder_;
};

std::string scenario(const std::string& name, const std::string& path, const std::string& more = {}) {
  return fmt::format("\n[[scenario]]\nname  = \"{}\"\n{}steps = [{{ open = \"{}\", expect.text = \"Welcome\" }}]\n",
                     name, more, path);
}

TEST_F(Suite, AFlowUsedTwiceKeepsItsTwoUsersApart) {
  folder_.write("scenarios/shared/people.toml", R"([flow.visit]
params = ["who"]
steps  = [{ open = "/person/${who}", expect.text = "is ${who}", capture.number = { css = "#number" } }]
gives  = ["number"]
)");
  feature("Team", R"(import = ["shared/people.toml"]
[[scenario]]
name  = "Two colleagues"
steps = [
  { use = "visit", with = { who = "ada" } },
  { open = "/first/${number}", capture.first = { css = "title" } },
  { use = "visit", with = { who = "grace" } },
  { open = "/second/${number}/${first}" },
]
)");
  const Finished finished = murphy();
  EXPECT_EQ(finished.code, 0) << finished.out << finished.err;
  EXPECT_THAT(asked(reported("Two colleagues")),
              ElementsAre("/person/ada", "/first/100", "/person/grace", "/second/101/Remembering"));
}

TEST_F(Suite, EachRowOfTheExamplesIsACaseWithItsOwnNameAndVerdict) {
  feature("Doors", R"(
[[scenario]]
name  = "The ${door} door"
examples = [{ door = "front", path = "/front" }, { door = "back", path = "/down/back" }, { door = "side", path = "/side" }]
steps = [{ open = "${path}" }]
)");
  const Finished finished = murphy();
  EXPECT_EQ(finished.code, 1);
  EXPECT_EQ(reported("The front door").outcome, Outcome::passed);
  EXPECT_EQ(reported("The back door").outcome, Outcome::failed);
  EXPECT_EQ(reported("The side door").outcome, Outcome::passed);
  EXPECT_THAT(junit(), HasSubstr("name=\"The back door\""));
}

TEST_F(Suite, CleanupRunsAfterAFailureAndAllOfIt) {
  feature("Tidy", R"(
[[scenario]]
name    = "Breaks"
steps   = [{ open = "/down/app" }, { open = "/never" }]
cleanup = [{ open = "/down/first" }, { open = "/second" }]

[[scenario]]
name    = "Passes, and then does not clean up"
steps   = [{ open = "/fine" }]
cleanup = [{ open = "/down/third" }]
)");
  const Finished finished = murphy();
  EXPECT_EQ(finished.code, 1);
  EXPECT_THAT(asked(reported("Breaks")), ElementsAre("/down/app", "/down/first", "/second"));
  EXPECT_EQ(reported("Passes, and then does not clean up").outcome, Outcome::failed)
      << "what it leaves behind breaks others";
  EXPECT_THAT(finished.out, HasSubstr("/down/third"));
}

TEST_F(Suite, CleanupRunsAfterAnInterruptToo) {
  feature("Tidy", R"(
[[scenario]]
name    = "Interrupted"
steps   = [{ open = "/wait" }, { open = "/never" }]
cleanup = [{ open = "/cleaned" }]
)");
  folder_.write("murphy.toml", fmt::format("[target.local]\nurl = \"http://127.0.0.1:${{port}}\"\nready = \"/ready\"\n"
                                           "start = \"exec /usr/bin/python3 -u '{}/remembering.py' ${{port}}\"\n"
                                           "env = {{ MARKER = \"marker\" }}\n",
                                           servers));
  ASSERT_EQ(mkfifo((folder_ / "marker").c_str(), 0600), 0);
  Running running(invocation({}));
  EXPECT_EQ(read_file(folder_ / "marker"), "waiting\n");
  running.send(SIGINT);
  const Finished finished = running.wait();
  EXPECT_EQ(finished.code, 130) << finished.out << finished.err;
  EXPECT_THAT(asked(reported("Interrupted")), testing::Contains("/cleaned"));
  EXPECT_THAT(junit(), HasSubstr("tests=\"1\""));
}

TEST_F(Suite, APassAfterARetryIsFlakyAndFailsOnlyWhenAskedTo) {
  feature("Moods", scenario("Moody", "/flaky/one"));
  Finished finished = murphy({"--retry", "1", "--retry-failures"});
  EXPECT_EQ(finished.code, 0) << finished.out << finished.err;
  EXPECT_THAT(finished.out, HasSubstr("flaky"));
  EXPECT_TRUE(reported("Moody").flaky());
  EXPECT_THAT(junit(), HasSubstr("<flakyFailure"));
  finished = murphy({"--retry", "1", "--retry-failures", "--fail-on-flaky"});
  EXPECT_EQ(finished.code, 1);
  finished = murphy();
  EXPECT_EQ(finished.code, 1);
  EXPECT_EQ(record::totals(reported()).flaky, 0);
}

TEST_F(Suite, RetriesEnd) {
  feature("Moods", scenario("Broken", "/down/always"));
  const Finished finished = murphy({"--retry", "2", "--retry-failures"});
  EXPECT_EQ(finished.code, 1);
  EXPECT_EQ(reported("Broken").earlier.size(), 2U);
  EXPECT_THAT(junit(), HasSubstr("<rerunFailure"));
}

TEST_F(Suite, ARetryIsForWhatMayBeChance) {
  feature("Moods", scenario("Broken", "/down/always"));
  const Finished finished = murphy({"--retry", "2"});
  EXPECT_EQ(finished.code, 1);
  EXPECT_THAT(reported("Broken").earlier, testing::IsEmpty()) << "the app has answered";
}

TEST_F(Suite, ARequestWithoutAnAnswerIsTriedAgain) {
  feature("Moods", scenario("Cut", "/cut/one"));
  const Finished finished = murphy({"--retry", "1"});
  EXPECT_EQ(finished.code, 0) << finished.out << finished.err;
  EXPECT_TRUE(reported("Cut").flaky());
}

TEST_F(Suite, RetryFailuresAloneIsRefused) {
  feature("Moods", scenario("Broken", "/down/always"));
  const Finished finished = murphy({"--retry-failures"});
  EXPECT_EQ(finished.code, 2);
  EXPECT_THAT(finished.err, HasSubstr("--retry-failures says what to retry, and --retry does not say how often"));
}

std::string day(int from_today) {
  const auto now =
      std::chrono::floor<std::chrono::days>(std::chrono::system_clock::now()) + std::chrono::days(from_today);
  return fmt::format("{:%Y-%m-%d}", now);
}

TEST_F(Suite, AKnownFailureIsBorneUntilItsDayAndNoLonger) {
  const auto known = [](int days) {
    return fmt::format("known_failure = {{ ticket = \"SUP-9\", until = {} }}\n", day(days));
  };
  feature("Known", scenario("Broken", "/down/known", known(7)));
  Finished finished = murphy();
  EXPECT_EQ(finished.code, 0) << finished.out << finished.err;
  EXPECT_THAT(finished.out, HasSubstr("SUP-9"));
  feature("Known", scenario("Broken", "/down/known", known(-7)));
  finished = murphy();
  EXPECT_EQ(finished.code, 1);
  EXPECT_THAT(finished.out, HasSubstr("SUP-9"));
  feature("Known", scenario("Mended", "/fine", known(7)));
  finished = murphy();
  EXPECT_EQ(finished.code, 1) << "nothing is quarantined for ever";
  EXPECT_THAT(finished.out, HasSubstr("SUP-9"));
  Invocation explain;
  explain.directory = folder_.path();
  explain.arguments = {"explain", "run.jsonl"};
  EXPECT_EQ(run(explain).out, "") << "the app did nothing wrong";
}

TEST_F(Suite, ScenariosOfOneAccountNeverRunAtTheSameTime) {
  for (const char* name : {"A", "B", "C", "D"}) {
    std::string text;
    for (int n = 0; n < 10; ++n)
      text += fmt::format(
          "\n[[scenario]]\nname  = \"{} {}\"\nuser  = \"ada\"\nsteps = [{{ open = \"/begin/ada\" }}, {{ open "
          "= \"/fine\" }}, {{ open = \"/end/ada\" }}]\n",
          name, n);
    feature(name, text);
  }
  const Finished finished = murphy({"--jobs", "4"});
  EXPECT_EQ(finished.code, 0) << finished.out << finished.err;
  EXPECT_EQ(record::totals(reported()).passed, 40);
}

TEST_F(Suite, FeaturesRunSideBySideAndAreToldInTheOrderOfTheFiles) {
  feature("A", scenario("waits for the other", "/meet/there"));
  feature("B", scenario("comes", "/meet/there") + scenario("goes on", "/fine"));
  const Finished finished = murphy({"--jobs", "2"});
  EXPECT_EQ(finished.code, 0) << finished.out << finished.err;
  EXPECT_THAT(ran(), ElementsAre("A: waits for the other", "B: comes", "B: goes on"));
  EXPECT_LT(finished.out.find("waits for the other"), finished.out.find("comes"));
}

TEST_F(Suite, MembersOfAPoolAndSharedUsersWorkSideBySide) {
  project("[user.ada]\nemail = \"ada${n}@example.com\"\npassword = \"correct horse 9\"\npool = 2\n"
          "[user.grace]\nemail = \"grace@example.com\"\npassword = \"correct horse 8\"\nshared = true\n");
  feature("A",
          "\n[[scenario]]\nname = \"one\"\nsteps = [{ open = \"/begin/${ada.email}\" }, { open = \"/meet/x\" }, { open "
          "= \"/meet/${grace.email}\" }]\n");
  feature("B",
          "\n[[scenario]]\nname = \"two\"\nsteps = [{ open = \"/begin/${ada.email}\" }, { open = \"/meet/x\" }, { open "
          "= \"/meet/${grace.email}\" }]\n");
  const Finished finished = murphy({"--jobs", "2"});
  EXPECT_EQ(finished.code, 0) << finished.out << finished.err;
  std::vector<std::string> begun{asked(reported("one")).front(), asked(reported("two")).front()};
  std::ranges::sort(begun);
  EXPECT_THAT(begun, ElementsAre("/begin/ada1@example.com", "/begin/ada2@example.com"));
}

TEST_F(Suite, SelectionsLeaveWhatTheySay) {
  feature("A", scenario("first", "/fine", "tags = [\"smoke\"]\n") + scenario("second", "/fine", "tags = [\"slow\"]\n"));
  feature("B", scenario("third", "/fine", "tags = [\"smoke\", \"slow\"]\n"));
  murphy({"--tag", "smoke and not slow"});
  EXPECT_THAT(ran(), ElementsAre("A: first"));
  murphy({"--feature", "b"});
  EXPECT_THAT(ran(), ElementsAre("B: third"));
  murphy({"--name", "SECOND"});
  EXPECT_THAT(ran(), ElementsAre("A: second"));
  const Finished listed = murphy({"--list", "--tag", "slow"});
  EXPECT_EQ(listed.code, 0);
  EXPECT_EQ(listed.out, "scenarios/A.toml:9  A: second  [slow]\nscenarios/B.toml:4  B: third  [smoke, slow]\n");
  const Finished unknown = murphy({"--tag", "smoke and nightly"});
  EXPECT_EQ(unknown.code, 2);
  EXPECT_THAT(unknown.err, HasSubstr("no scenario has the tag “nightly”\n  there are: slow, smoke"));
  const Finished nothing = murphy({"--tag", "smoke", "--name", "nightly"});
  EXPECT_EQ(nothing.code, 5);
  EXPECT_THAT(nothing.err, HasSubstr("no scenario matches the selection"));
  const Finished unreadable = murphy({"--tag", "smoke and (slow"});
  EXPECT_EQ(unreadable.code, 2);
  EXPECT_THAT(unreadable.err, HasSubstr("smoke and (slow"));
}

TEST_F(Suite, LastFailedRunsWhatDidNotPassAndNeverEverythingByMistake) {
  feature("A", scenario("fine", "/fine") + scenario("broken", "/down/x"));
  feature("B", scenario("also broken", "/down/y"));
  murphy();
  std::filesystem::rename(folder_ / "run.jsonl", folder_ / "before.jsonl");
  EXPECT_EQ(murphy({"--last-failed", "before.jsonl"}).code, 1);
  EXPECT_THAT(ran(), ElementsAre("A: broken", "B: also broken"));
  folder_.write("garbage.jsonl", "not a journal\n");
  std::filesystem::remove(folder_ / "run.jsonl");
  for (const char* name : {"garbage.jsonl", "missing.jsonl"}) {
    const Finished finished = murphy({"--last-failed", name});
    EXPECT_EQ(finished.code, 2) << finished.out;
    EXPECT_THAT(finished.err, HasSubstr(name));
    EXPECT_FALSE(std::filesystem::exists(folder_ / "run.jsonl"));
  }
  feature("A", scenario("broken", "/fine"));
  feature("B", scenario("also broken", "/fine"));
  EXPECT_EQ(murphy({"--last-failed", "before.jsonl"}).code, 0);
  std::filesystem::rename(folder_ / "run.jsonl", folder_ / "green.jsonl");
  EXPECT_EQ(murphy({"--last-failed", "green.jsonl"}).code, 5) << "nothing failed, so nothing is run";
}

TEST_F(Suite, FailFastStartsNothingAfterTheFirstFailure) {
  feature("A", scenario("fine", "/fine") + scenario("broken", "/down/x") + scenario("after it", "/fine"));
  feature("B", scenario("later", "/fine"));
  EXPECT_EQ(murphy({"--fail-fast", "--jobs", "1"}).code, 1);
  EXPECT_THAT(ran(), ElementsAre("A: fine", "A: broken"));
}

TEST_F(Suite, AShufflePrintsItsSeedAndTheSeedGivesTheOrderAgain) {
  std::string text;
  for (int n = 0; n < 12; ++n) text += scenario(fmt::format("s{}", n), fmt::format("/s{}", n));
  feature("A", text + "\n[[scenario]]\nname = \"log\"\nsteps = [{ open = \"/log\" }]\n");
  const auto order = [&](const std::string& option) {
    const Finished finished = murphy({option, "--jobs", "1"});
    EXPECT_EQ(finished.code, 0) << finished.out << finished.err;
    std::vector<std::pair<record::Instant, std::string>> started;
    const record::Run run = reported();
    for (const record::CaseResult& each : run.features.front().cases)
      started.emplace_back(each.started, each.plan->name);
    std::ranges::sort(started);
    std::string names;
    for (const auto& [at, name] : started) names += name + " ";
    return std::pair(names, finished.out + finished.err);
  };
  const auto [seven, out] = order("--shuffle=7");
  EXPECT_THAT(out, HasSubstr("--shuffle=7"));
  EXPECT_EQ(order("--shuffle=7").first, seven);
  EXPECT_NE(order("--shuffle=8").first, seven);
  EXPECT_THAT(order("--shuffle").second, HasSubstr("--shuffle="));
}

TEST_F(Suite, EventuallyRepeatsAndWhenSkipsWithItsReason) {
  feature("A", R"(
[[scenario]]
name  = "Patient"
steps = [
  { open = "/flaky/patient", eventually = "20s", expect.text = "Welcome" },
  { open = "/elsewhere", when = { target = "other" } },
  { open = "/cookies", when = { text = "We use cookies" } },
  { open = "/after" },
]
)");
  const Finished finished = murphy();
  EXPECT_EQ(finished.code, 0) << finished.out << finished.err;
  const record::CaseResult patient = reported("Patient");
  ASSERT_EQ(patient.steps.size(), 4U);
  EXPECT_EQ(patient.steps[1].outcome, Outcome::skipped);
  EXPECT_EQ(patient.steps[1].note.kind, record::Note::Kind::other_target);
  EXPECT_EQ(patient.steps[1].note.text, "other");
  EXPECT_EQ(patient.steps[2].outcome, Outcome::skipped);
  EXPECT_EQ(patient.steps[2].note.kind, record::Note::Kind::condition_unmet);
  EXPECT_EQ(patient.steps[2].note.failure->wanted.text, "We use cookies");
  EXPECT_EQ(patient.steps[3].outcome, Outcome::passed);
  EXPECT_THAT(finished.out, HasSubstr("    open /elsewhere skipped: only for the target other\n"));
  EXPECT_THAT(finished.out,
              HasSubstr("    open /cookies skipped: `when` does not hold: text: expected text with \"We use "
                        "cookies\"; got \""));
}

TEST_F(Suite, AScenarioWithoutAStepThatRanIsSkipped) {
  feature("A", R"(
[[scenario]]
name  = "Only elsewhere"
steps = [{ open = "/elsewhere", when = { target = "other" } }]
)");
  const Finished finished = murphy();
  EXPECT_EQ(finished.code, 0) << finished.out << finished.err;
  EXPECT_EQ(reported("Only elsewhere").outcome, Outcome::skipped);
  EXPECT_THAT(finished.out, HasSubstr(" Only elsewhere  only for the target other\n"));
  EXPECT_THAT(finished.out, HasSubstr("1 scenario: 1 skipped"));
}

} // namespace
} // namespace murphy::end_to_end
