// An app that does not come up is broken: the run ends with 1 and says why, from the app's console and its ready page.
#include "command.h"
#include "evidence.h"
#include "explained.h"
#include "project.h"

#include <fmt/format.h>
#include <gmock/gmock.h>

namespace murphy::end_to_end {
namespace {

using record::Layer;
using testing::HasSubstr;

// What the app wrote before it ended, and what is to be said of it.
struct Crash {
  std::string_view name;
  std::string_view console;
  Layer layer = Layer::unknown;
  std::string_view identifier;
};

void PrintTo(const Crash& crash, std::ostream* out) { *out << crash.name; }

constexpr Crash crashes[] = {
    {"DjangoWithoutASetting", R"(Traceback (most recent call last):
  File "/srv/club/manage.py", line 22, in <module>
    main()
  File "/srv/club/manage.py", line 18, in main
    execute_from_command_line(sys.argv)
  File "/usr/lib/python3/dist-packages/django/core/management/__init__.py", line 446, in execute_from_command_line
    utility.execute()
  File "/srv/club/club/settings.py", line 12, in <module>
    SECRET_KEY = os.environ["CLUB_SECRET_KEY"]
  File "/usr/lib/python3.11/os.py", line 679, in __getitem__
    raise KeyError(key) from None
KeyError: 'CLUB_SECRET_KEY'
)",
     Layer::config, "CLUB_SECRET_KEY"},
    {"NodeWithoutALibrary", R"(node:internal/modules/cjs/loader:1080
  throw err;
  ^

Error: Cannot find module 'expres-session'
Require stack:
- /srv/club/server.js
    at Module._resolveFilename (node:internal/modules/cjs/loader:1077:15)
    at Object.<anonymous> (/srv/club/server.js:3:17)
  code: 'MODULE_NOT_FOUND',

Node.js v18.19.0
)",
     Layer::config, "expres-session"},
    {"RailsWithAMisspelledMigration", R"(== 20261128 AddEmailToUsers: migrating ======================================
-- add_index(:users, :emial)
bin/rails aborted!
StandardError: An error has occurred, this and all later migrations canceled:

SQLite3::SQLException: no such column: emial
/srv/club/db/migrate/20261128_add_email_to_users.rb:4:in `change'

Caused by:
ActiveRecord::StatementInvalid: SQLite3::SQLException: no such column: emial
/srv/club/db/migrate/20261128_add_email_to_users.rb:4:in `change'
)",
     Layer::database, "emial"},
    {"SpringWithoutItsDatabase",
     R"(2026-11-28 10:00:02.101 ERROR 1 --- [           main] o.s.boot.SpringApplication               : Application run failed

org.springframework.beans.factory.BeanCreationException: Error creating bean with name 'entityManagerFactory'
	at org.springframework.beans.factory.support.AbstractAutowireCapableBeanFactory.initializeBean(AbstractAutowireCapableBeanFactory.java:1786)
Caused by: org.hibernate.exception.JDBCConnectionException: Unable to open JDBC Connection for DDL execution
	at org.hibernate.exception.internal.SQLStateConversionDelegate.convert(SQLStateConversionDelegate.java:98)
Caused by: org.postgresql.util.PSQLException: Connection to db.club.test:5432 refused. Check that the hostname and port are correct and that the postmaster is accepting TCP/IP connections.
	at org.postgresql.core.v3.ConnectionFactoryImpl.openConnectionImpl(ConnectionFactoryImpl.java:342)
)",
     Layer::network, ""},
    {"PythonThatCannotBeRead", R"(  File "/srv/club/club/models.py", line 14
    class Member(models.Model)
                              ^
SyntaxError: expected ':'
)",
     Layer::model, ""},
    {"PhpWithoutAClass",
     R"(PHP Fatal error:  Uncaught Error: Class "App\Controller\SecurtyController" not found in /srv/club/src/Controller/Kernel.php:31
Stack trace:
#0 /srv/club/public/index.php(9): App\Kernel->boot()
#1 {main}
  thrown in /srv/club/src/Controller/Kernel.php on line 31
)",
     Layer::controller, "SecurtyController"},
    {"GoWithAWrongPassword", R"(2026/11/28 10:00:02 connecting to postgres://club:***@db/club
panic: pq: password authentication failed for user "clubb"

goroutine 1 [running]:
main.main()
	/srv/club/main.go:21 +0x1d
exit status 2
)",
     Layer::config, "clubb"},
};

class App : public testing::TestWithParam<Crash> {};

TEST_P(App, ThatCrashesAtItsStartIsBroken) {
  const Crash& crash = GetParam();
  Project project("url = \"http://127.0.0.1:${port}\"\nstart = \"cat crash.txt >&2; : ${port}; exit 1\"");
  project.folder().write("crash.txt", std::string(crash.console));
  project.open("/");
  const Finished finished = project.run();
  EXPECT_EQ(finished.code, 1) << finished.out << finished.err;
  const record::Run run = run_of(project.journal());
  ASSERT_TRUE(run.lost) << finished.out;
  EXPECT_EQ(run.lost->loss, record::AppLoss::broken);
  EXPECT_EQ(run.lost->error.what, "the app of target \"local\" exited with 1 before it was ready");
  ASSERT_FALSE(run.lost->suspects.empty()) << finished.out;
  const record::Suspect& first = run.lost->suspects.front();
  EXPECT_TRUE(first.layer == crash.layer || first.also == crash.layer) << record::headline(first);
  if (!crash.identifier.empty()) {
    EXPECT_EQ(first.identifier, crash.identifier) << record::headline(first);
  }
  EXPECT_THAT(finished.out, HasSubstr("! The app does not come up: " + run.lost->error.what));
  EXPECT_EQ(case_of(run, "/").outcome, record::Outcome::not_run);
  EXPECT_THAT(project.junit(), HasSubstr("not run: the app does not come up: "));
  Invocation explain;
  explain.arguments = {"explain", project.journal().string(), "--json"};
  EXPECT_THAT(end_to_end::run(explain).out, HasSubstr("\"fingerprint\":\"" + first.fingerprint + "\""));
}

INSTANTIATE_TEST_SUITE_P(All, App, testing::ValuesIn(crashes),
                         [](const auto& instance) { return std::string(instance.param.name); });

TEST(BrokenApp, WhoseReadyPageAnswersWithAServerErrorIsJudgedByThatPage) {
  Project project(fmt::format("url   = \"http://127.0.0.1:${{port}}\"\n"
                              "start = \"exec /usr/bin/python3 -u {}/broken.py ${{port}} 500 error.txt 2>/dev/null\"\n"
                              "start_timeout = \"50s\"",
                              servers));
  project.folder().write("error.txt", "django.db.utils.OperationalError: no such column: members.emial\n");
  project.open("/");
  const Finished finished = project.run();
  EXPECT_EQ(finished.code, 1) << finished.out << finished.err;
  const record::Run run = run_of(project.journal());
  ASSERT_TRUE(run.lost) << finished.out;
  EXPECT_THAT(run.lost->error.what, HasSubstr(" answers with server errors for 3 s: http://127.0.0.1:"));
  ASSERT_FALSE(run.lost->suspects.empty());
  EXPECT_EQ(run.lost->suspects.front().identifier, "emial");
  EXPECT_EQ(run.lost->suspects.front().evidence.front().source, record::EvidenceSource::page);
  EXPECT_THAT(finished.out, HasSubstr("ready check: GET "));
}

TEST(BrokenApp, WhoseReadyPageIsNotThereIsJudgedByThatAnswer) {
  Project project(fmt::format("url   = \"http://127.0.0.1:${{port}}\"\n"
                              "start = \"exec /usr/bin/python3 -u {}/broken.py ${{port}} 404 error.txt 2>/dev/null\"\n"
                              "ready = \"/pasword\"\nstart_timeout = \"2s\"",
                              servers));
  project.folder().write("error.txt", "Not found\n");
  project.open("/");
  const Finished finished = project.run();
  EXPECT_EQ(finished.code, 3) << finished.out << finished.err;
  EXPECT_THAT(finished.out, HasSubstr("/pasword is not there; it looks like a misspelling of /password"));
  EXPECT_THAT(finished.out, HasSubstr("ready check: GET /pasword → 404"));
}

// The example app with files of its own laid over it.
Finished run_dashboard(const TemporaryFolder& folder, const std::string& file, const std::string& text) {
  folder.write("app/" + file, text);
  Invocation invocation = dashboard_run({"scenarios/sign-in.toml", "--journal", (folder / "run.jsonl").string()});
  invocation.environment["DASHBOARD_OVERLAY"] = (folder / "app").string();
  return run(invocation);
}

TEST(BrokenApp, ExampleWithABrokenMigration) {
  const TemporaryFolder folder;
  const Finished finished =
      run_dashboard(folder, "migrations/900_index_emails.sql", "CREATE INDEX people_emial ON users (emial);\n");
  EXPECT_EQ(finished.code, 1) << finished.out << finished.err;
  const record::Run run = run_of(folder / "run.jsonl");
  ASSERT_TRUE(run.lost) << finished.out;
  ASSERT_FALSE(run.lost->suspects.empty()) << finished.out;
  EXPECT_EQ(run.lost->suspects.front().identifier, "emial");
  EXPECT_THAT(finished.out, HasSubstr("column \"emial\""));
}

TEST(BrokenApp, ExampleWithABrokenSetting) {
  const TemporaryFolder folder;
  std::string settings = read_file(in_project("fixtures/dashboard/app/settings.toml"));
  const std::string line = "url       = \"\"";
  settings.replace(settings.find(line), line.size(), "url       = \"postgresql://127.0.0.1:9/production\"");
  const Finished finished = run_dashboard(folder, "settings.toml", settings);
  EXPECT_EQ(finished.code, 1) << finished.out << finished.err;
}

} // namespace
} // namespace murphy::end_to_end
