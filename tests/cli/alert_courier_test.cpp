// Alerts on their way from the store to the channels.
#include "cli/alert_courier.h"

#include "command.h"
#include "full_store.h"

#include <algorithm>
#include <fmt/format.h>
#include <fstream>
#include <functional>
#include <gmock/gmock.h>
#include <sstream>

namespace murphy::cli {
namespace {

using testing::HasSubstr;
using testing::IsEmpty;
using testing::SizeIs;
using watch::WatchStore;

class Courier : public testing::Test {
protected:
  // A channel that writes each event into a file of its name, as long as the file `closed` is not there.
  AlertChannel channel(const std::string& name) const {
    return {.name = name,
            .kind = scenario::WatchChannel::Kind::exec,
            .command = fmt::format(R"(test ! -e closed && grep -o '"event":"[a-z]*"' >>{})", name)};
  }
  void queue(const std::string& channel, int alerts) {
    std::vector<watch::OutgoingAlert> all;
    for (int i = 0; i < alerts; ++i)
      all.push_back({.channel = channel, .alert = watch::test_alert("staging", std::chrono::system_clock::now())});
    ASSERT_TRUE(store_.commit({}, {}, all, std::chrono::system_clock::now()));
  }
  // What is said on standard error.
  std::string send_due(std::vector<AlertChannel> channels, std::function<bool()> holds_store = [] { return true; }) {
    auto courier =
        AlertCourier::make({.channels = std::move(channels), .heartbeat = {}}, target::address_of_file(file()),
                           AlertSender(*client_, folder_.path().string()), redactor_, std::move(holds_store));
    EXPECT_TRUE(courier);
    testing::internal::CaptureStderr();
    (*courier)->send_due();
    return testing::internal::GetCapturedStderr();
  }
  std::string text(const std::string& name) const {
    std::ifstream in(folder_.path() / name);
    std::ostringstream all;
    all << in.rdbuf();
    return all.str();
  }
  std::string file() const { return (folder_.path() / "watch.db").string(); }

  reports::ScratchFolder folder_;
  record::Redactor redactor_;
  std::unique_ptr<web::HttpClient> client_ = std::move(*web::HttpClient::make({}));
  WatchStore store_ = std::move(*WatchStore::open(target::address_of_file(file()), WatchStore::Access::write));
};

TEST_F(Courier, TakesEachAlertToItsChannelOnce) {
  queue("a", 1);
  queue("b", 2);
  EXPECT_EQ(send_due({channel("a"), channel("b")}), "");
  EXPECT_EQ(send_due({channel("a"), channel("b")}), "");
  EXPECT_EQ(text("a"), "\"event\":\"test\"\n");
  EXPECT_EQ(text("b"), "\"event\":\"test\"\n\"event\":\"test\"\n");
  EXPECT_THAT(*store_.queue(), IsEmpty());
}

TEST_F(Courier, KeepsWhatIsNotTaken) {
  folder_.file("closed", "");
  queue("a", 2);
  EXPECT_EQ(send_due({channel("a")}),
            "murphy watch: the channel a does not take alerts; they wait: the command exited with 1\n");
  const auto waiting = *store_.queue();
  ASSERT_THAT(waiting, SizeIs(2));
  EXPECT_EQ(waiting[0].attempts, 1);
  EXPECT_EQ(waiting[1].attempts, 0) << "the second stays behind the first";
  std::filesystem::remove(folder_.path() / "closed");
  EXPECT_EQ(send_due({channel("a")}), "") << "not before its time";
  ASSERT_TRUE(store_.postpone(waiting[0].id, std::chrono::system_clock::now()));
  EXPECT_EQ(send_due({channel("a")}), "murphy watch: the channel a takes alerts again\n");
  EXPECT_THAT(*store_.queue(), IsEmpty());
}

TEST_F(Courier, SendsNothingOnceAnotherWatchMay) {
  queue("a", 3);
  EXPECT_EQ(send_due({channel("a")}, [] { return false; }), "");
  EXPECT_EQ(text("a"), "");
  EXPECT_EQ(send_due({channel("a")}, [this] { return text("a").empty(); }), "");
  EXPECT_EQ(text("a"), "\"event\":\"test\"\n") << "it is asked before each";
  EXPECT_THAT(*store_.queue(), SizeIs(2)) << "the rest is for the other watch";
  const auto courier =
      AlertCourier::make({.channels = {channel("a")}, .heartbeat = {}}, target::address_of_file(file()),
                         AlertSender(*client_, folder_.path().string()), redactor_, [] { return false; });
  ASSERT_TRUE(courier);
  const auto past_store =
      (*courier)->send({.channel = "a", .alert = watch::test_alert("staging", std::chrono::system_clock::now())}, {});
  EXPECT_EQ(past_store.fate, watch::Fate::again);
  EXPECT_EQ(text("a"), "\"event\":\"test\"\n");
}

TEST_F(Courier, TellsAFloodTogether) {
  queue("a", 20);
  send_due({channel("a")});
  const std::string told = text("a");
  EXPECT_EQ(std::ranges::count(told, '\n'), watch::most_alerts);
  EXPECT_THAT(told, testing::EndsWith("\"event\":\"digest\"\n"));
  EXPECT_THAT(*store_.queue(), IsEmpty());
  queue("a", 1);
  send_due({channel("a")});
  EXPECT_EQ(text("a"), told) << "the ten minutes are not over";
  EXPECT_THAT(*store_.queue(), SizeIs(1));
}

TEST_F(Courier, DropsWhatIsForNobody) {
  queue("gone", 1);
  EXPECT_EQ(send_due({channel("a")}), "");
  EXPECT_THAT(*store_.queue(), IsEmpty());
}

TEST_F(Courier, GivesUpWhatIsTooOld) {
  const auto before = std::chrono::system_clock::now() - std::chrono::hours(25);
  ASSERT_TRUE(store_.commit({}, {}, {{.channel = "a", .alert = watch::test_alert("staging", before)}}, before));
  folder_.file("closed", "");
  EXPECT_THAT(send_due({channel("a")}), HasSubstr("they wait")) << "it is tried once, however old it seems";
  ASSERT_TRUE(store_.postpone(store_.queue()->front().id, before));
  EXPECT_THAT(send_due({channel("a")}),
              HasSubstr("the channel a has not taken an alert for 24 hours; it is lost: TEST"));
  EXPECT_THAT(*store_.queue(), IsEmpty());
}

TEST_F(Courier, SendsPastTheStore) {
  const auto courier =
      AlertCourier::make({.channels = {channel("a")}, .heartbeat = {}}, target::address_of_file(file()),
                         AlertSender(*client_, folder_.path().string()), redactor_);
  ASSERT_TRUE(courier);
  const watch::Alert alert = watch::test_alert("staging", {});
  EXPECT_EQ((*courier)->send({.channel = "a", .alert = alert}, {}).fate, watch::Fate::sent);
  EXPECT_EQ((*courier)->send({.channel = "b", .alert = alert}, {}).fate, watch::Fate::never);
  EXPECT_EQ(text("a"), "\"event\":\"test\"\n");
}

// As where a watch reads its files again.
TEST_F(Courier, GoesOnForTheOneBeforeIt) {
  const auto made = [&] {
    return std::move(*AlertCourier::make({.channels = {channel("a")}, .heartbeat = {}}, target::address_of_file(file()),
                                         AlertSender(*client_, folder_.path().string()), redactor_));
  };
  queue("a", 1);
  auto before = made();
  fill(file());
  testing::internal::CaptureStderr();
  before->send_due();
  auto next = made();
  next->go_on_for(*before);
  before.reset();
  next->send_due();
  testing::internal::GetCapturedStderr();
  EXPECT_EQ(text("a"), "\"event\":\"test\"\n") << "the store does not know that it was sent";
  EXPECT_EQ(next->attempts().at({"a", "sent"}), 1);
  make_room(file());
  next->send_due();
  EXPECT_THAT(*store_.queue(), IsEmpty());
  EXPECT_EQ(text("a"), "\"event\":\"test\"\n");
}

TEST_F(Courier, SendsOnceThoughTheStoreIsFull) {
  queue("a", 1);
  queue("b", 1);
  folder_.file("closed", "");
  AlertChannel b = channel("b");
  b.command = R"(echo b >>b)";
  const auto courier =
      AlertCourier::make({.channels = {channel("a"), b}, .heartbeat = {}}, target::address_of_file(file()),
                         AlertSender(*client_, folder_.path().string()), redactor_);
  ASSERT_TRUE(courier);
  fill(file());
  testing::internal::CaptureStderr();
  for (int i = 0; i < 3; ++i) (*courier)->send_due();
  const std::string said = testing::internal::GetCapturedStderr();
  EXPECT_EQ(std::ranges::count(said, '\n'), 3) << said; // of the channel, and of the store with its remedy
  EXPECT_THAT(said, HasSubstr("disk is full"));
  EXPECT_EQ(text("b"), "b\n");
  make_room(file());
  (*courier)->send_due();
  ASSERT_THAT(*store_.queue(), SizeIs(1)) << "what was sent is known now";
  EXPECT_EQ(store_.queue()->front().to_send.channel, "a");
  EXPECT_EQ(text("b"), "b\n");
}

TEST_F(Courier, IsNotStoppedByAClockThatRanAhead) {
  const auto ahead = std::chrono::system_clock::now() + std::chrono::hours(24 * 365);
  const watch::OutgoingAlert alert{.channel = "a", .alert = watch::test_alert("staging", ahead)};
  ASSERT_TRUE(store_.commit({}, {}, std::vector<watch::OutgoingAlert>(7, alert), ahead));
  auto queue = *store_.queue();
  for (int i = 0; i < 6; ++i) ASSERT_TRUE(store_.mark_sent(queue[static_cast<std::size_t>(i)].id, {}, ahead));
  EXPECT_EQ(send_due({channel("a")}), "");
  EXPECT_THAT(*store_.queue(), IsEmpty());
  ASSERT_TRUE(store_.commit({}, {}, {alert}, ahead));
  ASSERT_TRUE(store_.postpone(store_.queue()->front().id, ahead));
  EXPECT_EQ(send_due({channel("a")}), "murphy watch: the channel a takes alerts again\n");
}

TEST_F(Courier, CountsByMaskedNames) {
  redactor_.learn(std::make_shared<const Secret>(ClearText("hunter22"), "password"));
  const auto courier =
      AlertCourier::make({.channels = {channel("a"), channel("hunter22")}, .heartbeat = {}},
                         target::address_of_file(file()), AlertSender(*client_, folder_.path().string()), redactor_);
  ASSERT_TRUE(courier);
  const auto attempts = (*courier)->attempts();
  EXPECT_THAT(attempts, SizeIs(6));
  for (const auto& [by, number] : attempts) EXPECT_NE(by.first, "hunter22");
}

} // namespace
} // namespace murphy::cli
