// After a failed sign-in Murphy asks a few things more, reports what they show, and never asks more than it may.
#include "command.h"
#include "evidence.h"
#include "explained.h"
#include "project.h"
#include "tests/places.h"

#include <algorithm>
#include <csignal>
#include <fcntl.h>
#include <fmt/format.h>
#include <gmock/gmock.h>
#include <poll.h>
#include <sys/stat.h>
#include <unistd.h>

namespace murphy::end_to_end {
namespace {

using testing::Contains;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::Not;

constexpr const char* signs_in = R"(feature = "Sign in"

[[scenario]]
name  = "Ada signs in"
steps = [
  { open = "/login" },
  { submit = "Sign in", with = { Email = "${ada.email}", Password = "${ada.password}" }, expect = { dashboard = "open" } },
]
)";

// An app that servers/asymmetric.py plays.
class Asymmetric : public testing::Test {
protected:
  Invocation invocation(const std::string& mode, const std::string& target = {},
                        const std::string& scenarios = signs_in) const {
    folder_.write("murphy.toml", fmt::format(R"([app]
sign_in   = {{ page = "/login", submit = "Sign in", fields = {{ Email = "${{user.email}}", Password = "${{user.password}}" }} }}
dashboard = {{ page = "/dashboard", shows = "[data-user]" }}

[target.local]
url   = "http://127.0.0.1:${{port}}"
start = "exec /usr/bin/python3 -u {}/asymmetric.py ${{port}} {}"
ready = "/ready"
{}

[user.ada]
email    = "ada@example.com"
password = "correct horse 9"

[user.grace]
email    = "grace@example.com"
password = "battery staple 7"
)",
                                             servers, mode, target));
    folder_.write("scenarios/sign-in.toml", scenarios);
    Invocation made;
    made.directory = folder_.path();
    made.arguments = {"run", "--journal", "run.jsonl"};
    return made;
  }

  // The first suspect of the first case that did not pass.
  record::Suspect suspect(const std::string& mode) {
    const Finished finished = run(invocation(mode));
    EXPECT_EQ(finished.code, 1) << finished.out << finished.err;
    EXPECT_THAT(finished.out, Not(HasSubstr("Wrong-1-")));
    const record::Run ran = run_of(folder_ / "run.jsonl");
    const auto& steps = ran.features.front().cases.front().steps;
    EXPECT_TRUE(steps.back().evidence.probes) << "what came of the requests is in the journal";
    expect_explained_as_by_its_run(folder_ / "run.jsonl");
    if (steps.back().suspects.empty()) {
      ADD_FAILURE() << "no suspect for " << mode;
      return {};
    }
    return steps.back().suspects.front();
  }

  std::vector<std::string> requests() const {
    std::vector<std::string> lines;
    const std::string text = read_file(folder_ / "requests.txt");
    for (std::size_t begin = 0, end = 0; (end = text.find('\n', begin)) != std::string::npos; begin = end + 1)
      lines.push_back(text.substr(begin, end - begin));
    return lines;
  }
  std::ptrdiff_t sent(const std::string& request) const { return std::ranges::count(requests(), request); }

  TemporaryFolder folder_;
};

TEST_F(Asymmetric, ACleanRefusalOfAWrongPasswordPutsTheFaultBehindTheCheck) {
  const record::Suspect reported = suspect("behind-the-check");
  EXPECT_EQ(reported.layer, record::Layer::session);
  EXPECT_EQ(reported.cause, "what fails comes after the password was checked");
  EXPECT_THAT(reported.evidence,
              Contains(record::EvidenceLine{
                  record::EvidenceSource::probes,
                  "a wrong password is refused, an unknown user is refused, another account ends in a server "
                  "error, the dashboard without a session is refused, the ready page works, a static page "
                  "works"}));
}

TEST_F(Asymmetric, OnlyKnownUsersFailWhenTheStoredPasswordIsAtFault) {
  EXPECT_EQ(suspect("stored-password").cause, "the stored password cannot be read or compared");
}

TEST_F(Asymmetric, EverybodyFailsWhenTheLookupIsAtFault) {
  EXPECT_EQ(suspect("lookup").cause, "looking up the account fails");
}

TEST_F(Asymmetric, AnotherAccountSignsInWhenOneRowIsAtFault) {
  const record::Suspect reported = suspect("one-account");
  EXPECT_EQ(reported.layer, record::Layer::database);
  EXPECT_EQ(reported.cause,
            "this account alone is refused: look at its row, its stored password, and whether it is locked");
}

TEST_F(Asymmetric, AnAppThatRefusesEverybodyIsNotBlamedForOneRow) {
  EXPECT_EQ(suspect("every-account").cause,
            "the app refuses every account: what it compares the password with is not what it was");
}

TEST_F(Asymmetric, ADashboardThatAnyoneOpensIsNamed) {
  EXPECT_EQ(suspect("open").cause, "the dashboard opens without signing in");
}

TEST_F(Asymmetric, APasswordThatIsWrongAndLetInIsNamed) {
  EXPECT_EQ(suspect("any-password").cause, "the app lets a wrong password in");
}

TEST_F(Asymmetric, AHealthySignInIsNotAskedAnythingMore) {
  EXPECT_EQ(run(invocation("healthy")).code, 0);
  EXPECT_EQ(sent("POST /login ada@example.com right"), 1);
  EXPECT_THAT(requests(), Not(Contains(HasSubstr("wrong"))));
  EXPECT_THAT(requests(), Not(Contains(HasSubstr("style.css"))));
}

TEST_F(Asymmetric, IsAskedOnceForARun) {
  std::string scenarios = signs_in;
  scenarios += std::string(signs_in).substr(scenarios.find("\n[[scenario]]"));
  scenarios.replace(scenarios.rfind("Ada signs in"), 12, "Ada signs in again");
  Invocation twice = invocation("behind-the-check", "", scenarios);
  twice.arguments.insert(twice.arguments.end(), {"--retry", "1", "--retry-failures"});
  const Finished finished = run(twice);
  ASSERT_EQ(finished.code, 1) << finished.err;
  EXPECT_EQ(sent("POST /login ada@example.com right"), 4) << "two scenarios, each tried twice";
  EXPECT_EQ(sent("POST /login ada@example.com wrong"), 1);
  EXPECT_EQ(sent("POST /login nobody wrong"), 1);
  EXPECT_EQ(sent("POST /login grace@example.com right"), 1);
  EXPECT_EQ(sent("GET /style.css"), 1);
  const record::Run ran = run_of(folder_ / "run.jsonl");
  for (const record::CaseResult& each : ran.features.front().cases)
    EXPECT_EQ(each.steps.back().suspects.front().cause, "what fails comes after the password was checked")
        << "what was found out is said of every case that it is true for";
}

TEST_F(Asymmetric, IsNotAskedWhenTheTargetSaysSo) {
  for (const char* refusal : {"diagnose = false", "production = true"}) {
    std::filesystem::remove(folder_ / "requests.txt");
    EXPECT_EQ(run(invocation("behind-the-check", refusal)).code, 1);
    EXPECT_THAT(requests(), ElementsAre("GET /ready", "GET /login", "POST /login ada@example.com right")) << refusal;
  }
}

TEST_F(Asymmetric, AProductionTargetCannotBeMadeToBeAsked) {
  const Finished finished = run(invocation("behind-the-check", "production = true\ndiagnose = true"));
  EXPECT_EQ(finished.code, 2);
  EXPECT_THAT(finished.err, HasSubstr("Murphy never probes a production target"));
  EXPECT_FALSE(std::filesystem::exists(folder_ / "requests.txt")) << "nothing was started";
}

TEST_F(Asymmetric, ATestOfAWrongPasswordThatFailsIsNoReasonToAsk) {
  EXPECT_EQ(run(invocation("lookup", "", R"(feature = "Sign in"

[[scenario]]
name  = "A wrong password says so"
steps = [
  { open = "/login" },
  { submit = "Sign in", with = { Email = "${ada.email}", Password = "not it" }, expect = { dashboard = "closed" } },
]
)"))
                .code,
            1);
  EXPECT_EQ(sent("POST /login ada@example.com wrong"), 1) << "the scenario's own";
  EXPECT_EQ(sent("POST /login grace@example.com right"), 0);
}

// Two wrong passwords of a scenario, then a sign-in that fails.
constexpr const char* after_two_wrong_ones = R"(feature = "Sign in"

[[scenario]]
name  = "Two wrong passwords are refused"
steps = [
  { open = "/login" },
  { submit = "Sign in", with = { Email = "${ada.email}", Password = "not it" }, expect = { dashboard = "closed" } },
  { submit = "Sign in", with = { Email = "${ada.email}", Password = "nor this" }, expect = { dashboard = "closed" } },
]

[[scenario]]
name  = "Ada signs in"
steps = [
  { sign_in = "ada" },
]
)";

TEST_F(Asymmetric, TheLockoutOfAnAccountIsNeverSpent) {
  // The two wrong ones, the right one that fails, and one more: four.
  EXPECT_EQ(run(invocation("behind-the-check", "lockout = 4", after_two_wrong_ones)).code, 1);
  EXPECT_EQ(sent("POST /login ada@example.com wrong"), 2) << "a third would be the fourth failure, and lock it";
  EXPECT_EQ(sent("POST /login grace@example.com right"), 1) << "nobody has failed as Grace";
  EXPECT_EQ(sent("POST /login nobody wrong"), 1);

  std::filesystem::remove(folder_ / "requests.txt");
  EXPECT_EQ(run(invocation("behind-the-check", "lockout = 5", after_two_wrong_ones)).code, 1);
  EXPECT_EQ(sent("POST /login ada@example.com wrong"), 3);

  std::filesystem::remove(folder_ / "requests.txt");
  EXPECT_EQ(run(invocation("behind-the-check", "lockout = 1")).code, 1);
  EXPECT_EQ(sent("POST /login ada@example.com wrong"), 0);
  EXPECT_EQ(sent("POST /login grace@example.com right"), 0) << "it might fail, too";
}

TEST_F(Asymmetric, AnAccountThatAScenarioWorksWithIsLeftAlone) {
  // Both accounts are held by the scenario that fails.
  EXPECT_EQ(run(invocation("behind-the-check", "", R"(feature = "Sign in"

[[scenario]]
name  = "Ada signs in beside Grace"
users = ["ada", "grace"]
steps = [{ sign_in = "ada" }]
)"))
                .code,
            1);
  EXPECT_EQ(sent("POST /login grace@example.com right"), 0);
  EXPECT_EQ(sent("POST /login ada@example.com wrong"), 1);
}

TEST_F(Asymmetric, AnInterruptEndsTheQuestionsAtOnce) {
  const std::string fifo = (folder_ / "silent").string();
  ASSERT_EQ(mkfifo(fifo.c_str(), 0600), 0);
  // With a writing end of its own, the reader waits for the app and not for its end.
  const int silent = open(fifo.c_str(), O_RDWR | O_CLOEXEC);
  Running murphy(invocation("hangs"));
  pollfd waiting{silent, POLLIN, 0};
  EXPECT_EQ(poll(&waiting, 1, 60'000), 1) << "the app was asked with a wrong password and falls silent";
  murphy.send(SIGINT);
  const Finished finished = murphy.wait();
  EXPECT_EQ(finished.code, 130) << finished.out << finished.err;
  const record::Run ran = run_of(folder_ / "run.jsonl");
  EXPECT_EQ(ran.features.front().cases.front().outcome, record::Outcome::failed) << "it had failed before";
  EXPECT_EQ(sent("POST /login nobody wrong"), 0) << "nothing more was asked";
  close(silent);
}

TEST_F(Asymmetric, SilenceOfAProbeEndsNothing) {
  EXPECT_EQ(suspect("hangs").cause, "signing in ends in a server error");
  EXPECT_EQ(sent("POST /login ada@example.com wrong"), 1);
  EXPECT_EQ(sent("POST /login grace@example.com right"), 1) << "what is asked later is asked all the same";
}

// What the probes tell of the example app with this laid over it, by the first suspect that they speak for.
std::string told_of_example_app(Invocation invocation, const std::string& file, const std::string& name) {
  const TemporaryFolder folder;
  invocation.arguments.insert(invocation.arguments.end(),
                              {"scenarios/" + file, "--name", name, "--journal", (folder / "run.jsonl").string()});
  const Finished finished = run(invocation);
  EXPECT_EQ(finished.code, 1) << finished.out << finished.err;
  const record::Run ran = run_of(folder / "run.jsonl");
  for (const record::CaseResult& each : ran.features.front().cases)
    for (const record::StepResult& step : each.steps)
      for (const record::Suspect& suspect : step.suspects)
        for (const record::EvidenceLine& line : suspect.evidence)
          if (line.source == record::EvidenceSource::probes) return line.text;
  return "nothing";
}

TEST(ExampleApp, ItsRegressionsShowTheirAsymmetries) {
  const auto reported = [](const std::string& regression, const std::string& file, const std::string& name) {
    return told_of_example_app(dashboard_run({}, regression), file, name);
  };
  EXPECT_EQ(reported("misspelled-migration", "sign-in.toml", "A registered user reaches the dashboard"),
            "an unknown user ends in a server error, too");
  EXPECT_EQ(reported("swapped-columns", "sign-in.toml", "A registered user reaches the dashboard"),
            "an unknown user is refused cleanly, a known one ends in a server error");
  EXPECT_EQ(reported("open-dashboard", "dashboard.toml", "A visitor is sent to the sign-in page"),
            "the dashboard opens without a session");
  EXPECT_EQ(reported("old-hashes-refused", "sign-in.toml", "An account from before hashes cost more can sign in"),
            "another account signs in");
}

TEST(ExampleApp, ASessionThatCannotBeKeptFailsBehindTheCheckOfThePassword) {
  const TemporaryFolder overlay;
  std::string query = read_file(in_project("fixtures/dashboard/app/queries/session_revoke.sql"));
  const std::size_t table = query.find("sessions");
  ASSERT_NE(table, std::string::npos);
  overlay.write("queries/session_revoke.sql", query.replace(table, 8, "sesions"));
  Invocation broken = dashboard_run({});
  broken.environment["DASHBOARD_OVERLAY"] = overlay.path().string();
  EXPECT_EQ(told_of_example_app(broken, "sign-in.toml", "A registered user reaches the dashboard"),
            "a wrong password is refused cleanly, the right one ends in a server error");
}

} // namespace
} // namespace murphy::end_to_end
