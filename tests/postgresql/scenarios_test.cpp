// The same scenarios on PostgreSQL: the healthy apps pass them all, and a regression is caught at the same step.
#include "command.h"
#include "evidence.h"
#include "regressions.h"
#include "server.h"
#include "tests/places.h"

#include <algorithm>
#include <gmock/gmock.h>
#include <toml++/toml.h>

namespace murphy::end_to_end {
namespace {

using dashboard::testing::fresh_database;
using dashboard::testing::server_password;
using testing::HasSubstr;
using testing::Not;

TEST(ExampleAppOnPostgresql, HealthyItPassesEverything) {
  const TemporaryFolder folder;
  Invocation invocation = dashboard_run({"scenarios", "--journal", (folder / "run.jsonl").string()});
  invocation.environment["DASHBOARD_DATABASE"] = fresh_database();
  const Finished finished = run(invocation);
  EXPECT_EQ(finished.code, 0) << finished.out << finished.err;
  const record::Run run = run_of(folder / "run.jsonl");
  EXPECT_GE(record::totals(run).passed, 60);
  EXPECT_EQ(record::totals(run).passed, record::totals(run).all());
  ASSERT_TRUE(run.control.has_value());
  EXPECT_TRUE(run.control->holds);
  EXPECT_THAT(finished.out + read_file(folder / "run.jsonl"), Not(HasSubstr(server_password())));
}

// SQLite keeps any text in any column; PostgreSQL refuses the migration.
constexpr const char* refused_at_start = "swapped-columns";

// Those that change what is asked of the database, or which one is asked.
std::vector<std::string> about_the_database() {
  std::vector<std::string> names;
  for (const std::string& name : regressions("postgresql")) {
    const std::filesystem::path app = in_project("fixtures/regressions/") + name + "/app";
    bool is_one = exists(app / "migrations") || exists(app / "models") || exists(app / "queries");
    if (exists(app / "settings.toml")) {
      const toml::table settings = toml::parse_file((app / "settings.toml").string());
      is_one |= settings["database"]["url"].value_or("") != std::string() ||
                settings["database"]["read_only"].value_or(false);
    }
    if (is_one && name != refused_at_start) names.push_back(name);
  }
  return names;
}

class RegressionOnPostgresql : public testing::TestWithParam<std::string> {};

TEST_P(RegressionOnPostgresql, IsCaughtAtTheStepItsFolderNames) {
  expect_caught(GetParam(), {{"DASHBOARD_DATABASE", fresh_database()}});
}

INSTANTIATE_TEST_SUITE_P(AboutTheDatabase, RegressionOnPostgresql, testing::ValuesIn(about_the_database()),
                         [](const auto& instance) {
                           std::string name = instance.param;
                           std::ranges::replace(name, '-', '_');
                           return name;
                         });

// The project as it is shipped, with the database that the app is given.
Invocation looking_at_the_database(const TemporaryFolder& folder, const std::string& regression = {}) {
  std::string project = read_file(in_project("fixtures/dashboard/murphy.toml"));
  project = replaced(project, "\"./start", "\"" + in_project("fixtures/dashboard/start"));
  project =
      replaced(project, "\"sqlite:../../build/dashboard/${port}/dashboard.db\"", "{ env = \"DASHBOARD_DATABASE\" }");
  project = replaced(project, "../../build", (folder / "build").string());
  Invocation invocation =
      dashboard_run({"scenarios/validation.toml", "--journal", (folder / "run.jsonl").string()}, regression);
  invocation.arguments[2] = folder.write("murphy.toml", project);
  invocation.environment["DASHBOARD_DATABASE"] = fresh_database();
  return invocation;
}

record::Validation proved_profile(const TemporaryFolder& folder) {
  const record::CaseResult result =
      case_of(run_of(folder / "run.jsonl"), "The profile keeps its rules, on the page and on the server");
  for (const record::StepResult& step : result.steps)
    if (step.evidence.validation) return *step.evidence.validation;
  ADD_FAILURE() << "nothing was proved";
  return {};
}

record::ValidationCell row(const record::Validation& proved, const std::string& field, const std::string& rule) {
  for (const record::ValidationCell& cell : proved.cells)
    if (cell.field == field && cell.rule == rule) return cell;
  ADD_FAILURE() << "no row " << field << ", " << rule;
  return {};
}

TEST(ExampleAppOnPostgresql, HealthyItsColumnsHoldWhatFitsTheForms) {
  const TemporaryFolder folder;
  const Finished finished = run(looking_at_the_database(folder));
  EXPECT_EQ(finished.code, 0) << finished.out << finished.err;
  const record::Validation proved = proved_profile(folder);
  EXPECT_EQ(proved.table, "users");
  EXPECT_EQ(row(proved, "Telephone", "max_length").behind.type, "varchar(20)");
  EXPECT_EQ(row(proved, "Email address", "unique").column, record::Standing::enforced);
  for (const record::ValidationCell& cell : proved.cells)
    EXPECT_TRUE(cell.column == record::Standing::enforced || cell.column == record::Standing::none)
        << cell.field << ", " << cell.rule << ": " << cell.behind.column << " " << cell.behind.type;
  EXPECT_THAT(finished.out + read_file(folder / "run.jsonl"), Not(HasSubstr(server_password())));
}

TEST(ExampleAppOnPostgresql, AColumnThatIsTooShortIsTheThirdSideOfItsRow) {
  const TemporaryFolder folder;
  const Finished finished = run(looking_at_the_database(folder, "short-biography-column"));
  EXPECT_EQ(finished.code, 1);
  const record::ValidationCell broken = row(proved_profile(folder), "About you", "max_length");
  EXPECT_EQ(broken.page, record::Standing::unchecked) << "the form is novalidate";
  EXPECT_EQ(broken.server, record::Standing::error);
  EXPECT_EQ(broken.column, record::Standing::stricter);
  EXPECT_EQ(broken.behind.column, "about");
  EXPECT_EQ(broken.behind.type, "varchar(255)");
  EXPECT_THAT(finished.out,
              HasSubstr("hint      the column users.about varchar(255) takes less than what fits the form"));
}

TEST(ExampleAppOnPostgresql, AMigrationThatItRefusesIsReportedAtTheStart) {
  Invocation invocation = dashboard_run({"scenarios/sign-in.toml"}, refused_at_start);
  invocation.environment["DASHBOARD_DATABASE"] = fresh_database();
  const Finished finished = run(invocation);
  EXPECT_EQ(finished.code, 1) << "the app is broken, and not out of reach";
  EXPECT_THAT(finished.out, HasSubstr("migrations/005_redevelop_users.sql: ERROR:  value too long for type character "
                                      "varying(80)"));
}

TEST(ExampleAppOnPostgresql, ItsHintIsInTheReport) {
  // On a server that Murphy starts together with the app.
  const Invocation invocation =
      dashboard_run({"scenarios/sign-in.toml", "--target", "postgresql"}, "misspelled-migration");
  EXPECT_THAT(run(invocation).out, HasSubstr("HINT:  Perhaps you meant to reference the column "
                                             "\"users.pasword_hash\"."));
}

} // namespace
} // namespace murphy::end_to_end
