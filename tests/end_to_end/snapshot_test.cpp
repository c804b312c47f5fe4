// `murphy snapshot`: the known-good record written from a healthy app, and what a broken one differs in.
#include "evidence.h"
#include "explained.h"
#include "leaks.h"
#include "project.h"
#include "tests/places.h"

#include <fmt/format.h>
#include <gmock/gmock.h>

namespace murphy::end_to_end {
namespace {

using testing::HasSubstr;
using testing::Not;

const std::string regressions = in_project("fixtures/regressions/");

// The example app as a project in a folder of its own, in which the record is written.
class Snapshot : public testing::Test {
protected:
  Snapshot() {
    std::string project = read_file(in_project("fixtures/dashboard/murphy.toml"));
    project = replaced(project, "\"./start", "\"" + in_project("fixtures/dashboard/start"));
    project = replaced(project, "../../build", (folder_ / "build").string());
    folder_.write("murphy.toml", project);
    folder_.write("scenarios/sign-in.toml", R"(feature = "Sign in"
[[scenario]]
name  = "reaches the dashboard"
steps = [
  { open = "/login" },
  { submit = "Sign in", with = { Email = "${ada.email}", Password = "${ada.password}" }, expect = { dashboard = "open" } },
]
[[scenario]]
name  = "a wrong password"
steps = [{ open = "/login" }, { submit = "Sign in", with = { Email = "${ada.email}", Password = "not it" }, expect = { status = 422 } }]
)");
  }

  Finished murphy(std::vector<std::string> arguments, const std::string& regression = {}) const {
    Invocation invocation;
    invocation.directory = folder_.path();
    invocation.arguments = std::move(arguments);
    invocation.environment["DASHBOARD_BIN"] = dashboard_program();
    if (!regression.empty()) invocation.environment["DASHBOARD_OVERLAY"] = regressions + regression + "/app";
    return run(invocation);
  }
  std::string lock() const { return read_file(folder_ / "murphy.lock"); }

  TemporaryFolder folder_;
};

TEST_F(Snapshot, OfAHealthyAppIsWrittenTheSameEachTime) {
  const Finished first = murphy({"snapshot"});
  EXPECT_EQ(first.code, 0) << first.out << first.err;
  EXPECT_THAT(first.out, testing::StartsWith("murphy.lock: 2 forms, 3 visits, 1 cookie, "));
  const std::string written = lock();
  EXPECT_THAT(written, HasSubstr("{ name = \"user[password]\", type = \"password\", label = \"Password\""));
  EXPECT_THAT(written, HasSubstr("answers = [\"303 /login\", \"200 /dashboard\"]"));
  EXPECT_THAT(written, HasSubstr("name      = \"sid\""));
  EXPECT_THAT(written, HasSubstr("{ name = \"password_hash\""));
  const Finished second = murphy({"snapshot"});
  EXPECT_EQ(second.code, 0);
  EXPECT_THAT(second.out, testing::EndsWith("\nNo changes.\n"));
  EXPECT_EQ(lock(), written);
  // Neither what accounts are called nor what opens doors.
  for (const char* value : {"ada@example.com", "correct horse 9", "Lovelace"})
    EXPECT_THAT(written, Not(HasSubstr(value)));
  expect_nowhere({{"murphy.lock", written}, {"standard output", first.out}}, spellings_of("ada", "correct horse 9"));

  const Finished checked = murphy({"snapshot", "--check"});
  EXPECT_EQ(checked.code, 0) << checked.out;
  EXPECT_EQ(checked.out, "The app matches murphy.lock.\n");

  // Scenarios pass, and a cookie is set another way.
  const Finished drifted = murphy({"snapshot", "--check"}, "http-only-lost");
  EXPECT_EQ(drifted.code, 1) << drifted.err;
  EXPECT_EQ(drifted.out, "The app differs from murphy.lock:\n"
                         "  the cookie \"sid\": HttpOnly is not set, was set\n"
                         "If these changes are intended, update the baseline with murphy snapshot.\n");
  EXPECT_EQ(lock(), written) << "a check writes nothing";
  const Finished green = murphy({"run"}, "http-only-lost");
  EXPECT_EQ(green.code, 0) << green.out;
  const std::string told =
      R"(The app differs from murphy.lock: the cookie "sid": HttpOnly is not set, was set; murphy snapshot --check compares all of it)";
  EXPECT_THAT(green.out, testing::EndsWith(told + "\n"));
  EXPECT_THAT(murphy({"run"}).out, Not(HasSubstr("differs")));

  const Finished again = murphy({"snapshot"}, "http-only-lost");
  EXPECT_EQ(again.code, 0);
  EXPECT_THAT(again.out, HasSubstr("Changes:\n  the cookie \"sid\": HttpOnly is not set, was set\n"));
  EXPECT_NE(lock(), written);
}

TEST_F(Snapshot, IsTheSameHoweverManyFeaturesRunAtOnce) {
  for (const char* feature : {"second", "third"})
    folder_.write(
        fmt::format("scenarios/{}.toml", feature),
        fmt::format("feature = \"{}\"\n[[scenario]]\nname = \"looks\"\nsteps = [{{ open = \"/signup\" }}]\n", feature));
  EXPECT_EQ(murphy({"snapshot", "--jobs", "1"}).code, 0);
  const std::string written = lock();
  const Finished parallel = murphy({"snapshot", "--jobs", "3"});
  EXPECT_EQ(parallel.code, 0) << parallel.out << parallel.err;
  EXPECT_THAT(parallel.out, testing::EndsWith("\nNo changes.\n"));
  EXPECT_EQ(lock(), written);
}

TEST_F(Snapshot, HasTheFormsOfSignInWhereNoScenarioOpensThem) {
  folder_.write("scenarios/sign-in.toml", R"(feature = "Sign in"
[[scenario]]
name  = "by the flow of the project"
steps = [{ sign_in = "ada" }, { sign_out = true }]
)");
  const Finished finished = murphy({"snapshot"});
  EXPECT_EQ(finished.code, 0) << finished.out << finished.err;
  EXPECT_THAT(lock(), HasSubstr("{ name = \"user[password]\", type = \"password\", label = \"Password\""));
}

TEST_F(Snapshot, AFailingRunIsHeldAgainstIt) {
  ASSERT_EQ(murphy({"snapshot"}).code, 0);
  EXPECT_THAT(murphy({"run"}, "misspelled-migration").out,
              HasSubstr("Likely cause: the database — column \"password_hash\" of users does not exist; users has "
                        "\"pasword_hash\"\n"));
  const Finished ran = murphy({"run", "--journal", "run.jsonl"}, "wrong-action");
  EXPECT_THAT(ran.out, HasSubstr("the form \"Sign in\" goes to /session where it went to /login\n"));
  // The journal keeps neither the record nor the tables, and what they showed.
  EXPECT_THAT(murphy({"explain", "run.jsonl"}).out,
              HasSubstr("the form \"Sign in\" goes to /session where it went to /login"));
}

TEST_F(Snapshot, OfAnAppThatIsNotHealthyIsNotWritten) {
  const Finished finished = murphy({"snapshot"}, "misspelled-migration");
  EXPECT_EQ(finished.code, 1);
  EXPECT_EQ(finished.out, "");
  EXPECT_THAT(finished.err, HasSubstr("did not pass; a baseline needs a healthy app\n  first: "));
  EXPECT_THAT(finished.err, HasSubstr("  reaches the dashboard\n"));
  EXPECT_LE(count(finished.err, "\n"), 5) << finished.err;
  EXPECT_FALSE(std::filesystem::exists(folder_ / "murphy.lock"));
}

// The example app's own, over all scenarios that are shipped.
TEST(ShippedLock, IsWhatTheExampleAppLooksLike) {
  Invocation invocation = dashboard_run({"scenarios", "--check"});
  invocation.arguments.front() = "snapshot";
  const Finished finished = run(invocation);
  EXPECT_EQ(finished.code, 0) << finished.out << finished.err;
  EXPECT_EQ(finished.out, "The app matches fixtures/dashboard/murphy.lock.\n");
}

TEST_F(Snapshot, ACheckNeedsOne) {
  const Finished finished = murphy({"snapshot", "--check"});
  EXPECT_EQ(finished.code, 2);
  EXPECT_THAT(finished.err, HasSubstr("there is no baseline murphy.lock"));
}

TEST_F(Snapshot, OneThatIsBrokenStopsARunBeforeAnythingIsSent) {
  folder_.write("murphy.lock", "version = 1\n[[cookie]]\nhttp_onyl = true\n");
  const Finished finished = murphy({"run"});
  EXPECT_EQ(finished.code, 2);
  EXPECT_EQ(finished.out, "");
  EXPECT_THAT(finished.err, HasSubstr("murphy.lock:3:1: a baseline has no \"http_onyl\" here"));
  folder_.write("murphy.lock", "version = 9\n");
  EXPECT_THAT(murphy({"run"}).err, HasSubstr("this baseline has version 9, but this Murphy reads version 1"));
}

// The example app, whose code is in code/: with a model that asks for a column which a migration there makes, or with
// that migration, too.
class CodeWithMigrations : public testing::Test {
protected:
  CodeWithMigrations() {
    std::string project = read_file(in_project("fixtures/dashboard/murphy.toml"));
    project = replaced(project, "\"./start", "\"" + in_project("fixtures/dashboard/start"));
    project = replaced(project, "../../build", (folder_ / "build").string());
    project = replaced(project, "\n[app]\n", "\n[app]\nsource = \"code\"\n");
    folder_.write("murphy.toml", project);
    folder_.write("scenarios/sign-in.toml", R"(feature = "Sign in"
[[scenario]]
name  = "reaches the dashboard"
steps = [
  { open = "/login" },
  { submit = "Sign in", with = { Email = "${ada.email}", Password = "${ada.password}" }, expect = { dashboard = "open" } },
]
)");
    std::filesystem::create_directories(folder_ / "code");
    std::filesystem::copy(in_project("fixtures/dashboard/app/migrations"), folder_ / "code/migrations");
  }

  Finished murphy(std::vector<std::string> arguments, const std::filesystem::path& overlay = {}) const {
    Invocation invocation;
    invocation.directory = folder_.path();
    invocation.arguments = std::move(arguments);
    invocation.environment["DASHBOARD_BIN"] = dashboard_program();
    if (!overlay.empty()) invocation.environment["DASHBOARD_OVERLAY"] = overlay.string();
    return run(invocation);
  }

  const std::filesystem::path asks_for_locale = in_project("fixtures/regressions/missing-migration/app");
  TemporaryFolder folder_;
};

TEST_F(CodeWithMigrations, ThatDidNotRunIsTheCauseIfItMakesWhatIsMissing) {
  folder_.write("code/migrations/010_add_locale.sql", "ALTER TABLE users ADD COLUMN locale TEXT;\n");
  const Finished finished = murphy({"run", "--journal", "run.jsonl"}, asks_for_locale);
  EXPECT_EQ(finished.code, 1) << finished.err;
  EXPECT_THAT(finished.out, HasSubstr("Likely cause: the database — column \"locale\" of users does not exist; "
                                      "migration 010_add_locale.sql, which names it, has not run\n"));
  EXPECT_THAT(finished.out, HasSubstr("Run the migrations that have not run, or find out why they did not.\n"));
  EXPECT_EQ(expect_explained_as_by_its_run(folder_ / "run.jsonl"), 1);
  EXPECT_THAT(read_file(folder_ / "run.jsonl"),
              HasSubstr(R"("migrations":{"tool":"dbmate","broken":"","waiting":["010_add_locale.sql"],"came":[])"));
}

TEST_F(CodeWithMigrations, ThatDidNotRunIsNotNamedIfItMakesSomethingElse) {
  folder_.write("code/migrations/010_add_nickname.sql", "ALTER TABLE users ADD COLUMN nickname TEXT; -- no locale\n");
  const Finished finished = murphy({"run"}, asks_for_locale);
  EXPECT_EQ(finished.code, 1) << finished.err;
  EXPECT_THAT(finished.out,
              testing::AllOf(HasSubstr("column \"locale\" of users does not exist"), Not(HasSubstr("migration 0"))));
}

TEST_F(CodeWithMigrations, AreInTheBaselineAndTheOneThatBrokeItIsNamed) {
  const Finished first = murphy({"snapshot"});
  ASSERT_EQ(first.code, 0) << first.out << first.err;
  EXPECT_THAT(first.out, HasSubstr(", 9 migrations, "));
  EXPECT_THAT(read_file(folder_ / "murphy.lock"),
              HasSubstr("\n[[migration]]\ntool    = \"dbmate\"\n"
                        "applied = [\"1\", \"2\", \"3\", \"4\", \"5\", \"6\", \"7\", \"8\", \"9\"]\n"));
  const std::string misspells = "ALTER TABLE users RENAME COLUMN password_hash TO pasword_hash;\n";
  folder_.write("code/migrations/010_rename.sql", misspells);
  folder_.write("bad/migrations/010_rename.sql", misspells);
  const Finished broken = murphy({"run", "--journal", "run.jsonl"}, folder_ / "bad");
  EXPECT_EQ(broken.code, 1) << broken.err;
  EXPECT_THAT(broken.out,
              testing::AllOf(
                  HasSubstr("Likely cause: the database — column \"password_hash\" of users does not exist; users has "
                            "\"pasword_hash\"\n"),
                  HasSubstr("migration 010_rename.sql has run since the baseline, and names \"pasword_hash\"\n")));
  EXPECT_EQ(expect_explained_as_by_its_run(folder_ / "run.jsonl"), 1);
  // One that harms nothing is no difference.
  folder_.write("good/migrations/010_rename.sql", "CREATE INDEX people_by_phone ON users (phone);\n");
  EXPECT_EQ(murphy({"snapshot", "--check"}, folder_ / "good").code, 0);
}

} // namespace
} // namespace murphy::end_to_end
