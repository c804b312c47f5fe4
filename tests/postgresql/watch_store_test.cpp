// What a watch keeps in PostgreSQL, and that one watch at a time does.
#include "command.h"
#include "server.h"
#include "watch/store/exclusive_use.h"
#include "watch/store/watch_store.h"

#include "database/database.h"

#include <chrono>
#include <csignal>
#include <gmock/gmock.h>

namespace dashboard::testing {
namespace {

using namespace murphy::watch;
using std::chrono::milliseconds;
using std::chrono::seconds;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::SizeIs;

Instant moment(int second) { return Instant(seconds(1'800'000'000 + second)); }

class WatchInPostgresql : public ::testing::Test {
protected:
  murphy::target::DatabaseAddress store() const {
    return murphy::target::read_database_address(murphy::Value(address), ".").value();
  }
  WatchStore open() const {
    auto opened = WatchStore::open(store(), WatchStore::Access::write);
    if (!opened) throw std::runtime_error(render(opened.error()));
    return std::move(*opened);
  }
  // A watch of an app that is not there.
  murphy::end_to_end::Invocation watch_in(const murphy::end_to_end::TemporaryFolder& folder) const {
    folder.write("murphy.toml", R"([target.staging]
url           = "http://127.0.0.1:1"
start_timeout = "10ms"
[watch]
every = "1s"
store = { env = "WATCH_DATABASE" }
)");
    folder.write("scenarios/a.toml", "feature = \"A\"\n[[scenario]]\nname = \"b\"\nsteps = [{ open = \"/\" }]\n");
    murphy::end_to_end::Invocation watch;
    watch.arguments = {"watch"};
    watch.directory = folder.path();
    watch.environment["WATCH_DATABASE"] = address;
    return watch;
  }
  static ToldNotice told(Notice::What what, const std::string& id, int second) {
    Notice notice{.what = what, .incident = {}, .at = moment(second)};
    notice.incident.id = id;
    notice.incident.severity = Severity::critical;
    notice.incident.opened = moment(1);
    Alert alert = alert_of(notice, "staging", 1);
    return {.notice = std::move(notice), .alert = std::move(alert)};
  }
  void run(const std::string& sql) const {
    Database database(address, 1);
    RequestLog log;
    DatabaseSession(database, log).run("t", sql, {});
  }

  std::string address = fresh_database();
};

TEST_F(WatchInPostgresql, IsFoundAgainWithItsAlerts) {
  const auto empty = WatchStore::open(store(), WatchStore::Access::read);
  ASSERT_FALSE(empty);
  EXPECT_THAT(empty.error().what, HasSubstr(" is empty"));
  WatchState state;
  state.target = "staging";
  state.blind = "why";
  state.server_looked = moment(1);
  const ToldNotice opened = told(Notice::What::opened, "4fb85142", 1);
  const Uptime passed{{"Sign in", {{Day(std::chrono::days(20833)), {.up = milliseconds(3'000'000'000)}}}}};
  {
    WatchStore first = open();
    EXPECT_EQ(*first.load(), WatchState{});
    ASSERT_TRUE(first.commit(state, {opened}, {{.channel = "on call", .alert = opened.alert}}, moment(1), passed));
    ASSERT_TRUE(first.commit(state, {}, {}, moment(2), passed));
  }
  WatchStore again = open();
  EXPECT_EQ(*again.load(), state);
  EXPECT_EQ((*again.uptime()).at("Sign in").begin()->second.up, milliseconds(6'000'000'000));
  auto queue = again.queue();
  ASSERT_THAT(*queue, SizeIs(1));
  EXPECT_EQ(queue->front().to_send.alert.lines, opened.alert.lines);
  EXPECT_EQ(queue->front().due, moment(1));
  ASSERT_TRUE(again.postpone(queue->front().id, moment(9)));
  EXPECT_EQ(again.queue()->front().attempts, 1);
  ASSERT_TRUE(again.mark_sent(queue->front().id, {}, moment(9)));
  EXPECT_THAT(*again.queue(), SizeIs(0));
  EXPECT_EQ(*again.sent_since("on call", moment(5), moment(10)), 1);
  ASSERT_TRUE(again.acknowledge("4fb85142", "Ada looks", moment(3)));
  EXPECT_THAT(*again.acknowledged(), ElementsAre("4fb85142"));
  EXPECT_FALSE(again.acknowledge("none", "Ada looks", moment(3)));
  ASSERT_TRUE(again.commit(state, {told(Notice::What::resolved, "4fb85142", 4)}, {}, moment(4)));
  EXPECT_EQ(again.incidents(5)->front().resolved, moment(4));
  ASSERT_TRUE(again.set_maintenance(moment(100)));
  EXPECT_EQ(*again.maintenance(), moment(100));
}

TEST_F(WatchInPostgresql, OfANewerVersionIsRefused) {
  open();
  run("INSERT INTO murphy_watch (version) VALUES (99)");
  const auto newer = WatchStore::open(store(), WatchStore::Access::write);
  ASSERT_FALSE(newer);
  EXPECT_THAT(newer.error().what, HasSubstr("has version 99, and this Murphy knows"));
  EXPECT_THAT(render(newer.error()), ::testing::Not(HasSubstr(server_password())));
}

// The server restarts, or somebody ends the connection: one call fails, and the next one connects again.
TEST_F(WatchInPostgresql, GoesOnAfterALostConnection) {
  WatchStore kept = open();
  run("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND pid <> "
      "pg_backend_pid()");
  EXPECT_FALSE(kept.load());
  EXPECT_TRUE(kept.load());
}

TEST_F(WatchInPostgresql, IsOfOneWatchUntilItsConnectionEnds) {
  auto first = ExclusiveUse::take(store());
  ASSERT_TRUE(first) << render(first.error());
  EXPECT_TRUE(first->holds());
  const auto second = ExclusiveUse::take(store());
  ASSERT_FALSE(second);
  EXPECT_TRUE(is_taken(second.error()));
  EXPECT_THAT(second.error().what,
              HasSubstr("another murphy watch uses the store postgresql://allotment:…@127.0.0.1:"));
  address = fresh_database();
  EXPECT_TRUE(ExclusiveUse::take(store())) << "another database is another store";
  address = address.substr(0, address.rfind('/')) + "/none";
  const auto missing = ExclusiveUse::take(store());
  ASSERT_FALSE(missing);
  EXPECT_FALSE(is_taken(missing.error()));
}

TEST_F(WatchInPostgresql, KnowsThatAnotherMayHaveIt) {
  auto first = ExclusiveUse::take(store());
  ASSERT_TRUE(first) << render(first.error());
  run("SELECT pg_terminate_backend(pid) FROM pg_locks WHERE locktype = 'advisory' AND classid = 7238198 AND "
      "database = (SELECT oid FROM pg_database WHERE datname = current_database())");
  EXPECT_FALSE(first->holds());
  EXPECT_TRUE(ExclusiveUse::take(store()));
}

// A pool of transactions gives all the same connection to the server: here, the server says so itself.
TEST_F(WatchInPostgresql, IsNotLockedThroughAPool) {
  run("CREATE SCHEMA pool");
  run("CREATE FUNCTION pool.pg_backend_pid() RETURNS int LANGUAGE sql VOLATILE AS 'SELECT coalesce((SELECT pid FROM "
      "pg_locks WHERE locktype = ''advisory'' AND database = (SELECT oid FROM pg_database WHERE datname = "
      "current_database()) LIMIT 1), 7)'");
  address += "?options=-csearch_path%3Dpool,pg_catalog";
  const auto shared = ExclusiveUse::take(store());
  ASSERT_FALSE(shared);
  EXPECT_EQ(shared.error().kind, murphy::ErrorKind::usage);
  EXPECT_THAT(shared.error().what, HasSubstr("cannot be locked: a pool gives each statement another connection"));
  EXPECT_THAT(shared.error().hint, HasSubstr("name the server itself, or a pool of sessions"));
}

TEST_F(WatchInPostgresql, IsGivenUpByTheServerSoonAfterItsMachineIsGone) {
  auto first = ExclusiveUse::take(store());
  ASSERT_TRUE(first) << render(first.error());
  // What the connection that has the lock did last.
  EXPECT_NO_THROW(run("SELECT 1 / count(*) FROM pg_stat_activity JOIN pg_locks USING (pid) WHERE locktype = "
                      "'advisory' AND classid = 7238198 AND datname = current_database() AND query LIKE "
                      "'%set_config(''tcp_keepalives_idle'', ''10''%'"));
}

// As two machines do that watch the same app.
TEST_F(WatchInPostgresql, IsTakenOverByTheOneThatWaits) {
  const murphy::end_to_end::TemporaryFolder folder;
  const auto watch = watch_in(folder);
  murphy::end_to_end::Running first(watch);
  ASSERT_TRUE(first.wait_for("Watching staging"));
  murphy::end_to_end::Running second(watch);
  ASSERT_TRUE(second.wait_for("Another watch uses the store postgresql://allotment:…@127.0.0.1:"));
  murphy::end_to_end::Invocation once = watch;
  once.arguments.emplace_back("--once");
  const auto refused = murphy::end_to_end::run(once);
  EXPECT_EQ(refused.code, 2);
  EXPECT_THAT(refused.err, HasSubstr("another murphy watch uses the store postgresql://"));
  EXPECT_THAT(refused.err, ::testing::Not(HasSubstr(server_password())));
  first.send(SIGKILL);
  first.wait();
  EXPECT_TRUE(second.wait_for("Watching staging")) << "the lock ends with the process, however that ends";
  const std::string end_lock =
      "SELECT pg_terminate_backend(pid) FROM pg_locks WHERE locktype = 'advisory' AND classid = 7238198 AND "
      "database = (SELECT oid FROM pg_database WHERE datname = current_database())";
  EXPECT_TRUE(second.wait_for_next("First round"));
  run(end_lock);
  EXPECT_TRUE(second.wait_for_next("The store was lost for a moment and nobody else used it: this watch goes on"));
  run("DROP TABLE state"); // it is not as the watch left it
  run(end_lock);
  const auto lost = second.wait();
  EXPECT_EQ(lost.code, 3);
  EXPECT_THAT(lost.err, HasSubstr("is lost, and another may use it"));
}

TEST_F(WatchInPostgresql, IsWaitedForWhileTheServerIsAway) {
  const murphy::end_to_end::TemporaryFolder folder;
  const auto watch = watch_in(folder);
  murphy::end_to_end::Running first(watch);
  ASSERT_TRUE(first.wait_for("Watching staging"));
  murphy::end_to_end::Running second(watch);
  ASSERT_TRUE(second.wait_for("Another watch uses the store"));
  const std::string name = address.substr(address.rfind('/') + 1);
  address = fresh_database(); // from which it is shut
  run("ALTER DATABASE " + name + " ALLOW_CONNECTIONS false");
  run("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '" + name + "'");
  EXPECT_TRUE(second.wait_for_next("This watch goes on waiting: the store of the watch postgresql://"));
  EXPECT_EQ(first.wait().code, 3) << "it tries once";
  run("ALTER DATABASE " + name + " ALLOW_CONNECTIONS true");
  EXPECT_TRUE(second.wait_for_next("Watching staging")) << "its connections are new";
}

} // namespace
} // namespace dashboard::testing
