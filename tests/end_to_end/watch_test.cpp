// `murphy watch` as it is used: an app that runs on its own, a watch beside it, and services that take its alerts.
#include "command.h"
#include "evidence.h"
#include "listener.h"
#include "tests/places.h"
#include "watched_app.h"

#include <algorithm>
#include <boost/json/object.hpp>
#include <boost/json/parse.hpp>
#include <chrono>
#include <csignal>
#include <filesystem>
#include <fmt/format.h>
#include <gmock/gmock.h>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace murphy::end_to_end {
namespace {

using testing::AllOf;
using testing::HasSubstr;
using testing::Not;
using testing::SizeIs;
using testing::StartsWith;

namespace json = boost::json;

// A mail server that keeps what it is offered.
class MailSink {
public:
  explicit MailSink(std::vector<std::string> answers) {
    Invocation sink;
    sink.binary = "/usr/bin/python3";
    sink.arguments = {in_project("tests/end_to_end/servers/mail_sink.py")};
    sink.arguments.insert(sink.arguments.end(), answers.begin(), answers.end());
    running_.emplace(sink);
    url_ = "smtp://127.0.0.1:" + running_->first_line().value_or("");
  }
  const std::string& url() const { return url_; }
  bool wait_for(const std::string& text) { return running_->wait_for(text); }
  std::vector<json::object> taken() {
    running_->send(SIGTERM);
    std::vector<json::object> all;
    const std::string out = running_->wait().out;
    for (std::size_t at = out.find('\n') + 1; at < out.size(); at = out.find('\n', at) + 1)
      all.push_back(json::parse(out.substr(at, out.find('\n', at) - at)).as_object());
    return all;
  }

private:
  std::optional<Running> running_;
  std::string url_;
};

class Watch : public WatchedApp {};

// The outage that Murphy was made for: a migration misspells a column while people use the app.
TEST_F(Watch, SaysWhatAMigrationHasBroken) {
  Sink on_call, team;
  environment_["ALERTS"] = on_call.url("/on-call");
  environment_["TEAM"] = team.url("/team");
  // Those who are on call are last: what they hear, the others have heard.
  write_project(R"(every = "1s"
confirm = ["200ms", "300ms"]
notify = [
  { kind = "exec", command = "cat >>heard.jsonl" },
  { kind = "webhook", name = "team", url = { env = "TEAM" }, severity = "warning" },
  { kind = "webhook", name = "on call", url = { env = "ALERTS" } },
])");
  start_app();
  const Finished baseline = run_murphy({"snapshot"});
  ASSERT_EQ(baseline.code, 0) << baseline.out << baseline.err;

  Running watch(murphy({"watch"}));
  ASSERT_TRUE(watch.wait_for("Watching staging: 2 scenarios every 1 s, 3 channels"));
  ASSERT_TRUE(watch.wait_for("First round: 2 of 2 scenarios passed\n"));

  migrate("ALTER TABLE users RENAME COLUMN password_hash TO pasword_hash");
  ASSERT_TRUE(watch.wait_for("WARNING  staging: the database changed between "));
  ASSERT_TRUE(watch.wait_for(R"(users has "pasword_hash" where it had "password_hash")"));
  ASSERT_TRUE(watch.wait_for("DOWN  Sign in on staging: 2 of 2 scenarios, 3 runs in a row since "));
  ASSERT_TRUE(watch.wait_for("Acknowledge: murphy watch ack "));
  EXPECT_TRUE(on_call.wait_for("DOWN  Sign in on staging"));
  const Finished status = run_murphy({"watch", "status"});
  EXPECT_EQ(status.code, 0) << status.err;
  EXPECT_THAT(status.out, HasSubstr("\nopen      "));

  migrate("ALTER TABLE users RENAME COLUMN pasword_hash TO password_hash");
  ASSERT_TRUE(watch.wait_for("RESOLVED  Sign in on staging: after "));
  ASSERT_TRUE(watch.wait_for("The database is as it was: the change is gone"));
  EXPECT_TRUE(on_call.wait_for("RESOLVED  Sign in on staging"));
  watch.send(SIGTERM);
  const Finished finished = watch.wait();
  EXPECT_EQ(finished.code, 130);
  EXPECT_EQ(finished.err, "");

  // One message for the outage and one for its end, whatever the number of scenarios; the team hears of the change.
  const auto heard_on_call = texts(on_call.taken(), "/on-call");
  ASSERT_THAT(heard_on_call, SizeIs(2)) << finished.out;
  EXPECT_THAT(heard_on_call[0], AllOf(StartsWith("DOWN  Sign in on staging: 2 of 2 scenarios, 3 runs in a row since "),
                                      HasSubstr("\nLikely cause: the database"), HasSubstr("\"pasword_hash\""),
                                      HasSubstr("\nThe database changed between "), HasSubstr("\nFirst: ")));
  EXPECT_THAT(heard_on_call[1], StartsWith("RESOLVED  Sign in on staging"));
  EXPECT_THAT(texts(team.taken(), "/team"), SizeIs(3)) << finished.out;
  const std::string heard = read_file(folder_ / "heard.jsonl");
  EXPECT_EQ(std::ranges::count(heard, '\n'), 2) << heard;
  EXPECT_THAT(heard, Not(HasSubstr("correct horse 9")));
}

// A wrong password in each round locks an account: such a watch does not begin.
TEST_F(Watch, LocksNoAccount) {
  Sink sink;
  environment_["PING"] = sink.url("/alive");
  write_project("every = \"15min\"\nconfirm = []\nheartbeat = { env = \"PING\" }");
  std::string project = read_file(folder_ / "murphy.toml");
  project.insert(project.find("[user.ada]"), "lockout = 5\n");
  folder_.write("murphy.toml", project);
  folder_.write("scenarios/wrong.toml", R"(feature = "Wrong"
[[scenario]]
name  = "password"
steps = [
  { open = "/login" },
  { submit = "Sign in", with = { Email = "${ada.email}", Password = "guess" }, expect = { dashboard = "closed" } },
]
)");
  EXPECT_THAT(run_murphy({"check"}).out,
              HasSubstr("[watch] signs in 288 times a day as ada, 4 wrong passwords in 1 hour; lockout = 5\n"));
  start_app();
  EXPECT_EQ(run_murphy({"watch", "--once"}).code, 0);
  for (int round = 0; round < 3; ++round) EXPECT_EQ(run_murphy({"watch", "--once"}).code, 0);
  const Finished fifth = run_murphy({"watch", "--once"});
  EXPECT_EQ(fifth.code, 3) << fifth.out;
  EXPECT_THAT(fifth.out, HasSubstr("First round: 2 of 2 scenarios passed; 1 did not run"));
  EXPECT_THAT(fifth.err, HasSubstr("did not run: one more wrong password could lock the account of ada\n"));
  EXPECT_THAT(run_murphy({"watch", "status"}).out,
              HasSubstr("scenarios/wrong.toml#password did not run: one more wrong password could lock the account of "
                        "ada\n"));

  EXPECT_THAT(sink.taken(), SizeIs(4)) << "none of a round in which a scenario did not run";

  project.replace(project.find("15min"), 5, "14min");
  folder_.write("murphy.toml", project);
  for (const char* command : {"check", "watch"}) {
    const Finished refused = run_murphy({command});
    EXPECT_EQ(refused.code, 2);
    EXPECT_THAT(refused.err, HasSubstr("[watch] would lock the account of ada: it sends 5 wrong passwords in 1 hour"));
  }
  EXPECT_EQ(run_murphy({"check", "scenarios/wrong.toml"}).code, 0) << "a part of the project says nothing of the watch";

  folder_.write("murphy.toml", project + "tag = \"nowhere\"\n");
  EXPECT_EQ(run_murphy({"check", "scenarios/wrong.toml"}).code, 0);
  EXPECT_THAT(run_murphy({"check"}).err, AllOf(HasSubstr("murphy.toml:"), HasSubstr("tag = \"nowhere\"")));
}

TEST_F(Watch, IsCheckedWithItsMaintenance) {
  write_project(R"(maintenance = [{ days = ["mon"], from = "02:00", until = "04:00", zone = "Europe/Berln" }])");
  const Finished checked = run_murphy({"check"});
  EXPECT_EQ(checked.code, 2) << "as the watch itself";
  EXPECT_THAT(checked.err, AllOf(HasSubstr("murphy.toml:"), HasSubstr("is called \"Europe/Berln\"")));
}

// The app refuses the right password: one scenario after the other would come nearer to the lock.
TEST_F(Watch, StopsWithinARoundShortOfALock) {
  write_project("every = \"1s\"\nconfirm = [\"10ms\", \"10ms\"]");
  std::string project = read_file(folder_ / "murphy.toml");
  project.insert(project.find("[user.ada]"), "lockout = 3\n");
  folder_.write("murphy.toml", project);
  std::string scenarios = "feature = \"Six\"\n";
  for (int each = 0; each < 6; ++each)
    scenarios += fmt::format("[[scenario]]\nname = \"number {}\"\nsteps = [{{ sign_in = \"ada\" }}]\n", each);
  folder_.write("scenarios/sign-in.toml", scenarios);
  start_app();
  EXPECT_EQ(run_murphy({"watch", "--once"}).code, 0);
  Invocation with_another = murphy({"watch", "--once"});
  with_another.environment["ADA_PASSWORD"] = "battery staple 8";
  for (int round = 0; round < 2; ++round) {
    const Finished refused = run(with_another);
    EXPECT_EQ(refused.code, 1) << refused.out << refused.err;
    EXPECT_THAT(refused.err, HasSubstr("did not run: one more wrong password could lock the account of ada\n"));
    EXPECT_EQ(asked("SELECT failures FROM users WHERE email_address = 'ada@example.com'"), "2\n")
        << refused.out << refused.err;
  }
}

// For cron: what earlier rounds saw counts.
TEST_F(Watch, OnceEndsAsARunDoes) {
  write_project("every = \"1s\"\nconfirm = [\"10ms\", \"10ms\"]");
  start_app();
  const Finished green = run_murphy({"watch", "--once"});
  EXPECT_EQ(green.code, 0) << green.err;
  EXPECT_EQ(green.out, "First round: 2 of 2 scenarios passed; the database was not compared: there is no baseline with "
                       "tables: murphy snapshot makes it\n");
  migrate("ALTER TABLE users RENAME COLUMN password_hash TO pasword_hash");
  const Finished red = run_murphy({"watch", "--once"});
  EXPECT_EQ(red.code, 1) << red.err;
  EXPECT_THAT(red.out, HasSubstr("DOWN  Sign in on staging: 2 of 2 scenarios, 3 runs in a row since "));
  EXPECT_THAT(red.out, HasSubstr("column \"password_hash\" does not exist; users has \"pasword_hash\""));
  const Finished still = run_murphy({"watch", "--once"});
  EXPECT_EQ(still.code, 1);
  EXPECT_THAT(still.out, Not(HasSubstr("DOWN"))) << "it was told";
  migrate("ALTER TABLE users RENAME COLUMN pasword_hash TO password_hash");
  run_murphy({"watch", "--once"});
  const Finished again = run_murphy({"watch", "--once"});
  EXPECT_EQ(again.code, 0) << again.out;
  EXPECT_THAT(run_murphy({"watch", "status"}).out, HasSubstr("\nresolved  "));
}

// The time between two rounds is known by the first, as long as its results count.
TEST_F(Watch, OnceHasAHistory) {
  write_project("every = \"300s\"\nconfirm = []\nstatus_directory = \"public\"");
  start_app();
  const auto feature = [this] {
    EXPECT_EQ(run_murphy({"watch", "--once"}).code, 0);
    return json::parse(read_file(folder_ / "public/status.json")).at("features").as_array()[0].as_object();
  };
  EXPECT_TRUE(feature().at("percent_up").is_null()) << "nothing was known before";
  EXPECT_EQ(feature().at("percent_up").to_number<double>(), 100);
}

TEST_F(Watch, OnceDoesNotEndWellWithAScenarioThatItCannotJudge) {
  write_project("every = \"1s\"\nconfirm = [\"10ms\", \"10ms\"]");
  write_what_cannot_be_judged();
  start_app();
  const Finished finished = run_murphy({"watch", "--once"});
  EXPECT_EQ(finished.code, 2) << finished.out << finished.err;
  EXPECT_THAT(finished.out, AllOf(HasSubstr("First round: 2 of 2 scenarios passed; 1 could not be judged"),
                                  HasSubstr("WARNING  staging: Murphy cannot judge the scenarios")));
  EXPECT_THAT(finished.err, HasSubstr("the cookie \"sid\" holds a semicolon"));
}

TEST_F(Watch, TellsThatItWatches) {
  Sink sink;
  environment_["PING"] = sink.url("/alive");
  write_project(R"(every = "1s"
confirm = ["10ms", "10ms"]
metrics = "murphy.prom"
heartbeat = { env = "PING" })");
  start_app();
  EXPECT_EQ(run_murphy({"watch", "--once"}).code, 0);
  EXPECT_THAT(read_file(folder_ / "murphy.prom"),
              AllOf(HasSubstr("murphy_target_up{target=\"staging\"} 1\n"),
                    HasSubstr("murphy_scenario_success{target=\"staging\",feature=\"Sign in\",scenario="),
                    HasSubstr("murphy_incidents_open{target=\"staging\",severity=\"critical\"} 0\n")));
  write_what_cannot_be_judged();
  EXPECT_EQ(run_murphy({"watch", "--once"}).code, 2);
  const auto taken = sink.taken();
  ASSERT_THAT(taken, SizeIs(1)) << "none of a round that could not be judged";
  EXPECT_EQ(text_of(taken[0], "method"), "GET");
  EXPECT_EQ(text_of(taken[0], "path"), "/alive");
}

std::string got_from(const std::string& url) {
  Invocation curl;
  curl.binary = "/usr/bin/curl";
  curl.arguments = {"--silent", "--show-error", url};
  const Finished finished = run(curl);
  EXPECT_EQ(finished.code, 0) << finished.err;
  return finished.out;
}

TEST_F(Watch, AnswersWhoeverAsks) {
  const std::string address = fmt::format("127.0.0.1:{}", refusing_port()), url = "http://" + address;
  write_project(fmt::format(R"(every = "1s"
confirm = ["10ms", "10ms"]
listen = "{}"
status_directory = "public")",
                            address));
  start_app();
  Running watch(murphy({"watch"}));
  ASSERT_TRUE(watch.wait_for("Listening on http://" + address + "/status"));
  EXPECT_EQ(got_from(url + "/healthz"), "ok\n");
  ASSERT_TRUE(watch.wait_for("First round: 2 of 2 scenarios passed"));
  migrate("ALTER TABLE users RENAME COLUMN password_hash TO pasword_hash");
  ASSERT_TRUE(watch.wait_for("DOWN  Sign in on staging"));
  // What is told is published a moment later.
  std::string status = got_from(url + "/status.json");
  const auto end = std::chrono::steady_clock::now() + std::chrono::minutes(1);
  while (json::parse(status).at("state").as_string() != "down" && std::chrono::steady_clock::now() < end)
    status = got_from(url + "/status.json");
  ASSERT_EQ(json::parse(status).at("state").as_string(), "down");
  EXPECT_THAT(status, Not(HasSubstr("pasword_hash")));
  EXPECT_EQ(got_from(url + "/readyz"), "ok\n");
  EXPECT_THAT(got_from(url + "/status"), AllOf(HasSubstr("<h1>Sign-in status: <b class=\"down\">"),
                                               HasSubstr("<th scope=\"row\">Sign in</th>"), Not(HasSubstr("hash"))));
  EXPECT_THAT(got_from(url + "/badge/sign-in.svg"), StartsWith("<svg "));
  EXPECT_THAT(got_from(url + "/metrics"),
              AllOf(HasSubstr("murphy_incidents_open{target=\"staging\",severity=\"critical\"} 1\n"),
                    HasSubstr("murphy_failures_total{target=\"staging\",layer=\"database\""),
                    HasSubstr("process_resident_memory_bytes ")));
  watch.send(SIGTERM);
  EXPECT_EQ(watch.wait().code, 130);
  EXPECT_THAT(read_file(folder_ / "public/index.html"), HasSubstr("<b class=\"unknown\">unknown</b>"))
      << "nobody looks any longer";
  EXPECT_THAT(read_file(folder_ / "public/badge/sign-in.svg"), HasSubstr("Sign in: unknown"));

  const Listener taken;
  write_project(fmt::format("listen = \"127.0.0.1:{}\"", taken.port()));
  const Finished refused = run_murphy({"watch"});
  EXPECT_EQ(refused.code, 2);
  EXPECT_THAT(refused.err, AllOf(StartsWith("murphy.toml:14:10: murphy cannot listen on 127.0.0.1:"),
                                 HasSubstr(": Address already in use\n"), HasSubstr("choose another in `listen`")));
}

TEST_F(Watch, OpensNoIncidentInAMaintenance) {
  write_project("every = \"1s\"\nconfirm = [\"10ms\", \"10ms\"]");
  start_app();
  EXPECT_EQ(run_murphy({"watch", "--once"}).code, 0);
  const Finished begun = run_murphy({"watch", "maintenance", "start", "30m"});
  EXPECT_EQ(begun.code, 0) << begun.err;
  EXPECT_THAT(begun.out, StartsWith("Maintenance until "));
  migrate("ALTER TABLE users RENAME COLUMN password_hash TO pasword_hash");
  const Finished muted = run_murphy({"watch", "--once"});
  EXPECT_EQ(muted.code, 1) << "cron is told by the code all the same";
  EXPECT_THAT(muted.out, AllOf(HasSubstr("Maintenance has begun: no incident opens\n"), Not(HasSubstr("DOWN"))));
  EXPECT_THAT(run_murphy({"watch", "status"}).out, HasSubstr("Maintenance: no incident opens\n"));
  EXPECT_EQ(run_murphy({"watch", "maintenance", "stop"}).code, 0);
  const Finished told = run_murphy({"watch", "--once"});
  EXPECT_THAT(told.out, AllOf(HasSubstr("Maintenance is over: what still fails is confirmed again\n"),
                              HasSubstr("DOWN  Sign in on staging: 2 of 2 scenarios, 3 runs in a row since ")));
  const auto refused = [&](std::vector<std::string> arguments, const std::string& said) {
    arguments.insert(arguments.begin(), {"watch", "maintenance"});
    const Finished finished = run_murphy(std::move(arguments));
    EXPECT_EQ(finished.code, 2);
    EXPECT_THAT(finished.err, HasSubstr(said));
  };
  refused({"pause"}, "murphy watch maintenance has no \"pause\"");
  refused({"start"}, "a maintenance needs a length");
  refused({"start", "soon"}, "\"soon\" is no length of a maintenance");
  refused({"start", "8d"}, "write 30m, 2h or 1h30m, at most 7d");
  refused({"stop", "30m"}, "stop takes no length");
}

TEST_F(Watch, AsksTheDatabaseServer) {
  write_project("every = \"1s\"\nconfirm = [\"10ms\", \"10ms\"]\nmetrics = \"m.prom\"\ndatabase_checks = true");
  start_app();
  EXPECT_EQ(run_murphy({"watch", "--once"}).code, 0);
  EXPECT_THAT(read_file(folder_ / "m.prom"),
              HasSubstr("murphy_database_check_state{target=\"staging\",check=\"write\"} 1\n"));
  std::filesystem::permissions(folder_ / "app.db", std::filesystem::perms::owner_read);
  const Finished warned = run_murphy({"watch", "--once"});
  EXPECT_THAT(warned.out,
              HasSubstr("WARNING  staging: the database: nobody may write to the file, 3 runs in a row since "));
  EXPECT_THAT(warned.out, Not(HasSubstr("DOWN")));
}

// What a statement of the administrator of a MariaDB server says.
std::string said_by_mariadb(const std::string& socket, const std::string& statement) {
  Invocation administrator;
  administrator.binary = "/usr/bin/mariadb";
  administrator.arguments = {"--no-defaults", "--skip-column-names", "--user=root", "--socket=" + socket,
                             "--execute=" + statement};
  const Finished finished = run(administrator);
  EXPECT_EQ(finished.code, 0) << finished.err;
  return finished.out;
}

struct MariaDb {
  std::unique_ptr<Running> running;
  std::string socket;
};

// A server with the options given, on a port of this machine, with an account for the watch.
MariaDb mariadb_on(std::uint16_t port, const std::vector<std::string>& options) {
  Invocation start;
  start.binary = "/bin/bash";
  start.arguments = {in_project("tests/target/servers/mariadb"), "--skip-networking=0", "--bind-address=127.0.0.1",
                     fmt::format("--port={}", port)};
  start.arguments.insert(start.arguments.end(), options.begin(), options.end());
  MariaDb server;
  server.running = std::make_unique<Running>(start);
  server.socket = server.running->first_line().value_or("");
  said_by_mariadb(server.socket,
                  "create database app; create table app.users (id int); create user watcher@localhost; "
                  "grant references on app.* to watcher@localhost; grant process on *.* to watcher@localhost");
  return server;
}

TEST_F(Watch, SeesWhenTheCertificateOfMariaDbEnds) {
  Invocation make;
  make.binary = "/usr/bin/openssl";
  make.directory = folder_.path();
  make.arguments = {"req",  "-x509",    "-newkey", "rsa:2048", "-nodes", "-keyout",     "key.pem",
                    "-out", "cert.pem", "-days",   "5",        "-subj",  "/CN=database"};
  ASSERT_EQ(run(make).code, 0);
  const std::uint16_t port = refusing_port();
  write_project("every = \"1s\"\nconfirm = [\"10ms\", \"10ms\"]\nmetrics = \"m.prom\"\ndatabase_checks = true");
  const std::string address = fmt::format("database      = \"mysql://watcher@127.0.0.1:{}/app\"", port);
  folder_.write("murphy.toml",
                replaced(read_file(folder_ / "murphy.toml"), "database      = \"sqlite:app.db\"", address));
  start_app();
  const std::string metric = "murphy_tls_expiry_timestamp_seconds{target=\"staging\",endpoint=\"database\"} ";
  MariaDb server = mariadb_on(
      port, {"--ssl-cert=" + (folder_ / "cert.pem").string(), "--ssl-key=" + (folder_ / "key.pem").string()});
  const Finished warned = run_murphy({"watch", "--once"});
  EXPECT_THAT(warned.out, HasSubstr("WARNING  staging: the database: its certificate ends in 4 days, on "));
  EXPECT_THAT(read_file(folder_ / "m.prom"), HasSubstr(metric));
  EXPECT_EQ(said_by_mariadb(server.socket, "show global status like 'Aborted_connects_preauth'"),
            "Aborted_connects_preauth\t1\n")
      << "it confirms what it saw without another look";
  server.running->send(SIGTERM);
  server.running->wait();
  // Neither one that is not there nor one that speaks no TLS is bad.
  for (const bool is_there : {false, true}) {
    std::filesystem::remove_all(folder_ / ".murphy");
    if (is_there) server = mariadb_on(port, {});
    const Finished blind = run_murphy({"watch", "--once"});
    EXPECT_THAT(blind.out, Not(HasSubstr("certificate"))) << is_there;
    EXPECT_THAT(read_file(folder_ / "m.prom"), Not(HasSubstr(metric))) << is_there;
  }
  server.running->send(SIGTERM);
}

TEST_F(Watch, SeesMigrationsThatWait) {
  const std::string settings =
      "every = \"1s\"\nconfirm = [\"10ms\", \"10ms\"]\nmetrics = \"m.prom\"\ndatabase_checks = true\n";
  write_project(settings + "migrations = \"app/migrations\"");
  const Finished missing = run_murphy({"watch", "--once"});
  EXPECT_EQ(missing.code, 2);
  EXPECT_THAT(missing.err,
              AllOf(HasSubstr("murphy.toml"), HasSubstr("there is no folder "), HasSubstr("app/migrations\n")));
  std::filesystem::copy(in_project("fixtures/dashboard/app/migrations"), folder_ / "migrations");
  write_project(settings + "migrations = \"migrations\"");
  start_app();
  const Finished good = run_murphy({"watch", "--once"});
  EXPECT_EQ(good.code, 0) << good.out << good.err;
  EXPECT_THAT(read_file(folder_ / "m.prom"), HasSubstr("murphy_migrations_pending{target=\"staging\"} 0\n"));
  folder_.write("migrations/099_later.sql", "select 1;");
  const Finished warned = run_murphy({"watch", "--once"});
  EXPECT_THAT(warned.out,
              HasSubstr("WARNING  staging: the database: 1 migration of dbmate has not run: 099_later.sql, 3 "
                        "runs in a row since "));
  EXPECT_THAT(read_file(folder_ / "m.prom"), HasSubstr("murphy_migrations_pending{target=\"staging\"} 1\n"));
  write_project(settings + "migrations = { command = \"echo $ADA_PASSWORD waits; exit 3\" }");
  const Finished told = run_murphy({"watch", "status"});
  EXPECT_THAT(told.out, HasSubstr("099_later.sql"));
  std::filesystem::remove_all(folder_ / ".murphy");
  const Finished by_command = run_murphy({"watch", "--once"});
  EXPECT_THAT(by_command.out, AllOf(HasSubstr("the command of \"migrations\" exited with 3: "), HasSubstr(" waits"),
                                    Not(HasSubstr("correct horse"))));
}

TEST_F(Watch, WithoutANetworkIsBlind) {
  const std::string nowhere = fmt::format("http://127.0.0.1:{}/", refusing_port());
  write_project("every = \"1s\"\nconfirm = [\"10ms\", \"10ms\"]\ncontrol = \"" + nowhere + "\"");
  const std::string project = read_file(folder_ / "murphy.toml");
  folder_.write("murphy.toml", std::string(project).replace(project.find("\"20s\""), 5, "\"50ms\""));
  const Finished finished = run_murphy({"watch", "--once"});
  EXPECT_EQ(finished.code, 3) << finished.out << finished.err;
  EXPECT_THAT(finished.out, AllOf(HasSubstr("WARNING  staging: Murphy cannot judge the scenarios"),
                                  HasSubstr("this machine may have no network"), Not(HasSubstr("DOWN"))));
}

TEST_F(Watch, OfAnotherTargetNeedsAStoreOfItsOwn) {
  write_project("every = \"1s\"\nconfirm = [\"10ms\", \"10ms\"]");
  start_app();
  EXPECT_EQ(run_murphy({"watch", "--once"}).code, 0);
  std::string project = read_file(folder_ / "murphy.toml");
  project.replace(project.find("[target.staging]"), 16, "[target.next]");
  folder_.write("murphy.toml", project);
  const Finished other = run_murphy({"watch", "--once"});
  EXPECT_EQ(other.code, 2);
  EXPECT_THAT(other.err, HasSubstr("the store of the watch .murphy/watch.db is of target staging"));
}

TEST_F(Watch, OfAnAppThatIsGoneSaysThatAlone) {
  write_project("every = \"20ms\"\nconfirm = [\"10ms\", \"10ms\"]");
  const std::string project = read_file(folder_ / "murphy.toml");
  folder_.write("murphy.toml", std::string(project).replace(project.find("\"20s\""), 5, "\"50ms\""));
  const Finished finished = run_murphy({"watch", "--once"});
  EXPECT_EQ(finished.code, 3) << finished.err;
  EXPECT_EQ(finished.err,
            fmt::format("murphy: http://127.0.0.1:{}/health does not answer yet: waiting for it, 0.05 s at "
                        "most (`start_timeout`)\n",
                        port_))
      << "it is said once, and that rounds take longer than their interval is no news then";
  EXPECT_THAT(finished.out, HasSubstr("First round: the app does not answer, and no scenario ran"));
  EXPECT_THAT(finished.out, HasSubstr("DOWN  staging: the app is not there, 3 runs in a row since "));
  EXPECT_THAT(finished.out, HasSubstr("Connection refused"));
  EXPECT_THAT(finished.out, Not(HasSubstr("Sign in on staging")));
}

// A service that is busy, and a watch that is killed, lose no alert and double none.
TEST_F(Watch, SendsAnAlertThatWasNotTakenAfterAKill) {
  Sink sink({"503*"}); // however long the kill takes
  environment_["ALERTS"] = sink.url("/on-call");
  write_project(R"(every = "1s"
confirm = ["10ms", "10ms"]
remind = []
notify = [{ kind = "webhook", url = { env = "ALERTS" }, secret = { env = "ADA_PASSWORD" } }])");
  start_app();
  Running watch(murphy({"watch"}));
  ASSERT_TRUE(watch.wait_for("First round: 2 of 2 scenarios passed"));
  migrate("ALTER TABLE users RENAME COLUMN password_hash TO pasword_hash");
  ASSERT_TRUE(watch.wait_for("DOWN  Sign in on staging"));
  ASSERT_TRUE(sink.wait_for("\"answer\": \"503\""));
  watch.send(SIGKILL);
  watch.wait();
  const Finished status = run_murphy({"watch", "status"});
  EXPECT_THAT(status.out,
              AllOf(HasSubstr("1 alert not sent yet: 1 to webhook\n"), HasSubstr("UTC  DOWN Sign in on staging: "),
                    HasSubstr("\n          likely cause: the "
                              "database")));
  const std::string listed = status.out.substr(status.out.find("\nopen      ") + 11, 8);
  EXPECT_EQ(run_murphy({"watch", "ack", listed, "Ada: rolling back"}).code, 0);
  EXPECT_THAT(run_murphy({"watch", "status"}).out, HasSubstr("acknowledged: Ada: rolling back"));
  sink.recover();
  Running again(murphy({"watch"}));
  ASSERT_TRUE(sink.wait_for("\"answer\": \"200\""));
  again.send(SIGTERM);
  const Finished finished = again.wait();
  EXPECT_THAT(finished.out, Not(HasSubstr("DOWN"))) << "it was told before";
  const auto taken = sink.taken();
  ASSERT_GE(taken.size(), 2U);
  EXPECT_EQ(std::ranges::count(taken, "200", [](const json::object& each) { return text_of(each, "answer"); }), 1);
  const auto& first = taken.front().at("headers").as_object();
  const auto& second = taken.back().at("headers").as_object();
  EXPECT_EQ(first.at("X-Murphy-Delivery"), second.at("X-Murphy-Delivery"));
  EXPECT_EQ(text_of(taken.front(), "body"), text_of(taken.back(), "body"));
  EXPECT_THAT(text_of(second, "X-Murphy-Signature"), StartsWith("sha256="));
}

TEST_F(Watch, IsRefusedWhereItCannotBe) {
  const auto refused = [&](const std::string& said) {
    const Finished finished = run_murphy({"watch"});
    EXPECT_EQ(finished.code, 2);
    EXPECT_THAT(finished.err, HasSubstr(said));
    EXPECT_EQ(finished.out, "");
  };
  write_project("every = \"60\"");
  refused("murphy.toml:");
  write_project("tag = \"smoke and\"");
  refused("tag = \"smoke and\"");
  write_project("target = \"local\"\n[target.local]\nurl = \"http://127.0.0.1:8080\"\nstart = \"true\"");
  refused("murphy watch looks at an app that runs, and target \"local\" is started by Murphy");
  write_project("notify = [{ kind = \"webhook\", url = { env = \"NOT_SET\" } }]");
  refused("NOT_SET");
  const Finished nothing = run_murphy({"watch", "status"});
  EXPECT_EQ(nothing.code, 2);
  EXPECT_THAT(nothing.err, HasSubstr("watch.db is not there"));
  EXPECT_EQ(run_murphy({"watch", "ack", "4fb85142", " "}).code, 2);

  write_project("every = \"1s\"");
  start_app();
  Running watch(murphy({"watch"}));
  ASSERT_TRUE(watch.wait_for("First round"));
  const Finished second = run_murphy({"watch"});
  EXPECT_EQ(second.code, 2);
  EXPECT_THAT(second.err, HasSubstr("another murphy watch uses the store .murphy/watch.db"));
  const Finished unknown = run_murphy({"watch", "ack", "4fb85142", "Ada"});
  EXPECT_EQ(unknown.code, 2);
  EXPECT_THAT(unknown.err, HasSubstr("no open incident has the id \"4fb85142\""));
}

TEST_F(Watch, TriesItsChannels) {
  Sink sink({"200", "404"});
  environment_["ALERTS"] = sink.url("/on-call");
  write_project(R"(notify = [
  { kind = "webhook", url = { env = "ALERTS" } },
  { kind = "alertmanager", url = { env = "ALERTS" } },
])");
  const Finished finished = run_murphy({"watch", "--test-alert"});
  EXPECT_EQ(finished.code, 3);
  EXPECT_EQ(finished.out, "webhook: sent\nalertmanager: not sent: it answers 404\n");
  const auto taken = sink.taken();
  ASSERT_THAT(taken, SizeIs(2));
  EXPECT_EQ(text_of(taken[0], "path"), "/on-call");
  EXPECT_EQ(text_of(taken[1], "path"), "/on-call/api/v2/alerts");
}

TEST_F(Watch, AlertsChatsAndMail) {
  Sink sink;
  MailSink mail({"451 try later"});
  environment_ = {{"SLACK", sink.url("/slack")},
                  {"TEAMS", sink.url("/teams")},
                  {"EVENTS", sink.url("/v2/enqueue")},
                  {"KEY", "r0uting-key"},
                  {"MAIL", mail.url()}};
  write_project(R"(every = "1s"
confirm = ["10ms", "10ms"]
notify = [
  { kind = "slack", url = { env = "SLACK" } },
  { kind = "teams", url = { env = "TEAMS" } },
  { kind = "pagerduty", key = { env = "KEY" }, url = { env = "EVENTS" } },
  { kind = "mail", url = { env = "MAIL" }, from = "murphy@example.com", to = ["ada@example.com", "grace@example.com"] },
])");
  start_app();
  Running watch(murphy({"watch"}));
  ASSERT_TRUE(watch.wait_for("First round"));
  migrate("ALTER TABLE users RENAME COLUMN password_hash TO pasword_hash");
  ASSERT_TRUE(watch.wait_for("DOWN  Sign in on staging"));
  ASSERT_TRUE(mail.wait_for("250 taken")) << "at the second attempt";
  watch.send(SIGTERM);
  const Finished finished = watch.wait();
  EXPECT_THAT(finished.err, HasSubstr("the channel mail does not take alerts; they wait: it answers 451"));
  EXPECT_THAT(finished.err, Not(HasSubstr("smtp:")));

  const auto mails = mail.taken();
  ASSERT_THAT(mails, SizeIs(2));
  EXPECT_EQ(text_of(mails[0], "from"), "murphy@example.com");
  EXPECT_EQ(mails[0].at("to").as_array().size(), 2U);
  const auto message_id = [](const json::object& each) {
    const std::string text = text_of(each, "text");
    const std::size_t begin = text.find("Message-ID: ");
    return text.substr(begin, text.find("\r\n", begin) - begin);
  };
  EXPECT_EQ(message_id(mails[0]), message_id(mails[1])) << "the same mail, offered twice";
  const auto taken = sink.taken();
  ASSERT_THAT(taken, SizeIs(3));
  EXPECT_THAT(text_of(taken[0], "body"),
              HasSubstr(R"("type":"header","text":{"type":"plain_text","text":"DOWN  Sign)"));
  EXPECT_THAT(text_of(taken[1], "body"), HasSubstr("application/vnd.microsoft.card.adaptive"));
  EXPECT_THAT(text_of(taken[2], "body"), AllOf(HasSubstr(R"("routing_key":"r0uting-key","event_action":"trigger")"),
                                               HasSubstr(R"("dedup_key":"murphy/staging/)")));
}

} // namespace
} // namespace murphy::end_to_end
