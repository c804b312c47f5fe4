// What a watch keeps, and finds again.
#include "watch/store/watch_store.h"

#include "looks.h"

#include <filesystem>
#include <fstream>
#include <gmock/gmock.h>
#include <soci/soci.h>
#include <unistd.h>

namespace murphy::watch {
namespace {

namespace fs = std::filesystem;
using std::chrono::hours;
using std::chrono::seconds;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::SizeIs;

class KeptWatch : public testing::Test {
protected:
  KeptWatch() {
    std::string name = (fs::temp_directory_path() / "murphy-watch-XXXXXX").string();
    EXPECT_NE(mkdtemp(name.data()), nullptr);
    folder_ = name;
  }
  ~KeptWatch() override { fs::remove_all(folder_); }
  std::string file() const { return (folder_ / "kept" / "watch.db").string(); }
  WatchStore open() const {
    auto store = WatchStore::open(target::address_of_file(file()), WatchStore::Access::write);
    EXPECT_TRUE(store) << store.error().what;
    return std::move(*store);
  }

  static ToldNotice told(Notice::What what, const std::string& id, int second) {
    Notice notice{.what = what, .incident = {}, .at = at(seconds(second))};
    notice.incident.id = id;
    notice.incident.severity = Severity::critical;
    notice.incident.opened = at(seconds(1));
    Alert alert = alert_of(notice, "staging", 1);
    return {.notice = std::move(notice), .alert = std::move(alert)};
  }

  fs::path folder_;
};

TEST_F(KeptWatch, IsFoundAgainWithItsAlerts) {
  WatchState state;
  state.blind = "why";
  const ToldNotice opened = told(Notice::What::opened, "4fb85142", 1);
  {
    WatchStore store = open();
    EXPECT_EQ(*store.load(), WatchState{});
    ASSERT_TRUE(store.commit(state, {opened}, {{.channel = "on call", .alert = opened.alert}}, at(seconds(1))));
  }
  WatchStore store = open();
  EXPECT_EQ(*store.load(), state);
  const auto queue = store.queue();
  ASSERT_THAT(*queue, SizeIs(1));
  EXPECT_EQ(queue->front().to_send.channel, "on call");
  EXPECT_EQ(queue->front().to_send.alert.lines, opened.alert.lines);
  EXPECT_EQ(queue->front().to_send.alert.body, opened.alert.body);
  EXPECT_EQ(queue->front().due, at(seconds(1)));
  EXPECT_TRUE(fs::exists(folder_ / "kept" / ".gitignore"));
}

TEST_F(KeptWatch, SendsWhatIsDueAndNothingTwice) {
  WatchStore store = open();
  const Alert alert = test_alert("staging", at(seconds(1)));
  ASSERT_TRUE(store.commit(
      {}, {}, {{.channel = "a", .alert = alert}, {.channel = "b", .alert = alert}, {.channel = "a", .alert = alert}},
      at(seconds(1))));
  auto queue = *store.queue();
  ASSERT_THAT(queue, SizeIs(3));
  ASSERT_TRUE(store.mark_sent(queue[0].id, {}, at(seconds(2))));
  ASSERT_TRUE(store.postpone(queue[1].id, at(seconds(60))));
  ASSERT_TRUE(store.give_up({queue[2].id}, "it answers 400", at(seconds(2))));
  queue = *store.queue();
  ASSERT_THAT(queue, SizeIs(1));
  EXPECT_EQ(queue[0].to_send.channel, "b");
  EXPECT_EQ(queue[0].due, at(seconds(60)));
  EXPECT_EQ(queue[0].attempts, 1);
  EXPECT_EQ(*store.sent_since("a", at(seconds(0)), at(seconds(4))), 1) << "what was given up was not sent";
  EXPECT_EQ(*store.sent_since("a", at(seconds(3)), at(seconds(4))), 0);
  EXPECT_EQ(*store.sent_since("a", at(seconds(0)), at(seconds(1))), 0) << "the clock was set back since";
}

TEST_F(KeptWatch, MarksWhatWasToldTogetherAsOne) {
  WatchStore store = open();
  const OutgoingAlert alert{.channel = "a", .alert = test_alert("staging", at(seconds(1)))};
  ASSERT_TRUE(store.commit({}, {}, {alert, alert, alert}, at(seconds(1))));
  const auto queue = *store.queue();
  ASSERT_THAT(queue, SizeIs(3));
  ASSERT_TRUE(store.mark_sent(queue[0].id, {queue[1].id, queue[2].id}, at(seconds(2))));
  EXPECT_THAT(*store.queue(), IsEmpty());
  EXPECT_EQ(*store.sent_since("a", at(seconds(0)), at(seconds(4))), 1);
}

// What a reminder says, "for 2 h", is soon another time.
TEST_F(KeptWatch, ListsIncidentsAsTheyWereToldWithoutReminders) {
  WatchStore store = open();
  const ToldNotice opened = told(Notice::What::opened, "4fb85142", 1);
  ASSERT_TRUE(store.commit({}, {opened}, {}, at(seconds(1))));
  ASSERT_TRUE(store.commit({}, {told(Notice::What::reminder, "4fb85142", 9)}, {}, at(seconds(9))));
  EXPECT_EQ(store.incidents(9)->front().title, opened.alert.lines.front());
}

TEST_F(KeptWatch, KnowsWhoTakesCare) {
  WatchStore store = open();
  ASSERT_TRUE(store.commit({}, {told(Notice::What::opened, "4fb85142", 1)}, {}, at(seconds(1))));
  const auto wrong = store.acknowledge("4fb85143", "Ada", at(seconds(2)));
  ASSERT_FALSE(wrong);
  EXPECT_EQ(wrong.error().what, "no open incident has the id \"4fb85143\"");
  ASSERT_TRUE(store.acknowledge("4fb85142", "Ada: rolling back", at(seconds(2))));
  EXPECT_THAT(*store.acknowledged(), ElementsAre("4fb85142"));
  EXPECT_EQ(store.incidents(9)->front().acknowledged, "Ada: rolling back");
  ASSERT_TRUE(store.commit({}, {told(Notice::What::resolved, "4fb85142", 9)}, {}, at(seconds(9))));
  EXPECT_THAT(*store.acknowledged(), IsEmpty());
  const auto listed = store.incidents(9);
  EXPECT_EQ(listed->front().resolved, at(seconds(9)));
  EXPECT_EQ(listed->front().acknowledged, "Ada: rolling back");
  EXPECT_FALSE(store.acknowledge("4fb85142", "late", at(seconds(10))));
}

TEST_F(KeptWatch, ForgetsWhatIsLongOver) {
  WatchStore store = open();
  ASSERT_TRUE(store.commit({}, {told(Notice::What::resolved, "4fb85142", 1), told(Notice::What::opened, "5fb85142", 1)},
                           {}, at(seconds(1))));
  ASSERT_TRUE(store.commit({}, {}, {}, at(hours(91 * 24))));
  const auto listed = store.incidents(9);
  ASSERT_THAT(*listed, SizeIs(1));
  EXPECT_EQ(listed->front().id, "5fb85142") << "what is open stays";
}

TEST_F(KeptWatch, IsNotReadWhereItIsNotOrIsNewer) {
  auto none = WatchStore::open(target::address_of_file(file()), WatchStore::Access::read);
  ASSERT_FALSE(none);
  EXPECT_EQ(none.error().kind, ErrorKind::usage);
  EXPECT_THAT(none.error().what, HasSubstr("is not there"));
  open();
  soci::session sql("sqlite3", "dbname=\"" + file() + "\"");
  sql << "UPDATE murphy_watch SET version = 7";
  auto newer = WatchStore::open(target::address_of_file(file()), WatchStore::Access::write);
  ASSERT_FALSE(newer);
  EXPECT_EQ(newer.error().kind, ErrorKind::usage);
  EXPECT_THAT(newer.error().what, HasSubstr("has version 7, and this Murphy knows 3"));
  std::ofstream(folder_ / "text.db") << "no database, and longer than the head of one would be";
  auto text = WatchStore::open(target::address_of_file((folder_ / "text.db").string()), WatchStore::Access::write);
  ASSERT_FALSE(text);
  EXPECT_EQ(text.error().kind, ErrorKind::target);
  EXPECT_THAT(text.error().what, HasSubstr("file is not a database"));
}

TEST_F(KeptWatch, AddsUpTheTimeOfEachDay) {
  const Instant now = at(seconds(0));
  {
    WatchStore store = open();
    const Uptime passed = spent({{"Sign in", PublicState::up}}, now - seconds(5), now);
    ASSERT_TRUE(store.commit({}, {}, {}, now, passed));
    ASSERT_TRUE(store.commit({}, {}, {}, now, passed));
    EXPECT_EQ(store.uptime()->at("Sign in").begin()->second.up, seconds(10));
  }
  WatchStore store = open();
  EXPECT_EQ(store.uptime()->at("Sign in").begin()->second.up, seconds(10));
  const auto days = [&](int day) {
    const Instant then = now + std::chrono::days(day);
    EXPECT_TRUE(store.commit({}, {}, {}, then, spent({{"Sign in", PublicState::up}}, then, then + seconds(1))));
    return store.uptime()->at("Sign in");
  };
  EXPECT_THAT(days(365), SizeIs(2)) << "the clock has jumped";
  for (int day = 1; day < kept_days.count() - 1; ++day) days(day);
  const Day first = std::chrono::floor<std::chrono::days>(now);
  EXPECT_THAT(store.uptime()->at("Sign in"), SizeIs(kept_days.count()));
  EXPECT_TRUE(store.uptime()->at("Sign in").contains(first));
  const auto last = days(static_cast<int>(kept_days.count()));
  EXPECT_THAT(last, SizeIs(kept_days.count()));
  EXPECT_FALSE(last.contains(first));
}

TEST_F(KeptWatch, KnowsOfAMaintenance) {
  WatchStore store = open();
  EXPECT_EQ(*store.maintenance(), Instant{});
  ASSERT_TRUE(store.set_maintenance(at(seconds(60))));
  EXPECT_EQ(*open().maintenance(), at(seconds(60)));
  ASSERT_TRUE(store.set_maintenance(at(seconds(5))));
  EXPECT_EQ(*store.maintenance(), at(seconds(5)));
}

TEST_F(KeptWatch, TakesOverWhatAnEarlierMurphyWrote) {
  {
    WatchStore store = open();
  }
  {
    soci::session sql("sqlite3", "dbname=" + file());
    sql << "DROP TABLE uptime";
    sql << "DROP TABLE maintenance";
    sql << "DELETE FROM murphy_watch WHERE version > 1";
  }
  auto store = WatchStore::open(target::address_of_file(file()), WatchStore::Access::read);
  ASSERT_TRUE(store) << store.error().what;
  EXPECT_THAT(*store->uptime(), IsEmpty());
}

} // namespace
} // namespace murphy::watch
