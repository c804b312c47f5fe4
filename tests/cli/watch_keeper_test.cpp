// What becomes of a round of a watch.
#include "cli/watch_keeper.h"

#include "command.h"
#include "full_store.h"

#include <filesystem>
#include <fmt/format.h>
#include <gmock/gmock.h>

namespace murphy::cli {
namespace {

using testing::HasSubstr;
using testing::IsEmpty;
using testing::SizeIs;
using watch::Notice;
using watch::WatchStore;

class Keeping : public testing::Test {
protected:
  Keeping()
      : courier_(
            std::move(*AlertCourier::make({.channels = channels_, .heartbeat = {}}, target::address_of_file(file()),
                                          AlertSender(*client_, folder_.path().string()), redactor_))) {}

  static Notice opened(const std::string& id) {
    Notice notice;
    notice.incident.id = id;
    notice.incident.severity = watch::Severity::critical;
    notice.incident.affected = {"a#1"};
    notice.incident.headline = "expected a page, got 500";
    return notice;
  }
  // What is said on standard output and error.
  std::pair<std::string, std::string> keep(const std::vector<Notice>& notices, const watch::WatchState& state = {}) {
    testing::internal::CaptureStdout();
    testing::internal::CaptureStderr();
    keeper_.keep(state, notices, std::chrono::system_clock::now(), {}, {});
    std::string out = testing::internal::GetCapturedStdout();
    return {std::move(out), testing::internal::GetCapturedStderr()};
  }
  // What is said of a first round in which scenarios have this state.
  std::string first_round(const watch::WatchState& state) {
    testing::internal::CaptureStdout();
    keeper_.keep(state, {}, std::chrono::system_clock::now(), {}, {});
    return testing::internal::GetCapturedStdout();
  }
  std::string file() const { return (folder_.path() / "watch.db").string(); }
  std::string heard() const {
    const auto path = folder_.path() / "heard";
    return std::filesystem::exists(path) ? reports::read_file(path) : "";
  }

  reports::ScratchFolder folder_;
  record::Redactor redactor_;
  std::unique_ptr<web::HttpClient> client_ = std::move(*web::HttpClient::make({}));
  std::vector<AlertChannel> channels_{{.name = "a",
                                       .kind = scenario::WatchChannel::Kind::exec,
                                       .command = R"(test ! -e closed && grep -o '"incident":"[a-z]*"' >>heard)"}};
  WatchStore store_ = std::move(*WatchStore::open(target::address_of_file(file()), WatchStore::Access::write));
  std::unique_ptr<AlertCourier> courier_;
  WatchKeeper keeper_{store_, *courier_, channels_, redactor_, {.target = "staging", .scenarios = 2}};
};

TEST_F(Keeping, PutsAlertsInTheStore) {
  const auto [out, error] = keep({opened("one")});
  EXPECT_THAT(out, HasSubstr("DOWN  staging"));
  EXPECT_EQ(error, "");
  EXPECT_THAT(*store_.queue(), SizeIs(1));
  EXPECT_EQ(heard(), "") << "that is for the courier";
}

TEST_F(Keeping, SendsPastAStoreThatIsFullAndKeepsItLater) {
  fill(file());
  EXPECT_THAT(keep({opened("one")}).second, HasSubstr("disk is full"));
  EXPECT_EQ(heard(), "\"incident\":\"one\"\n");
  folder_.file("closed", "");
  EXPECT_EQ(keep({opened("two")}).second,
            "murphy watch: the channel a does not take an alert past the store: the command exited with 1\n");
  EXPECT_EQ(keep({}).second, "") << "it was said";
  const auto attempts = courier_->attempts();
  EXPECT_EQ(attempts.at({"a", "sent"}), 1);
  EXPECT_EQ(attempts.at({"a", "postponed"}), 2);
  EXPECT_EQ(attempts.at({"a", "lost"}), 0);
  make_room(file());
  EXPECT_EQ(keep({}).second, "");
  EXPECT_THAT(*store_.incidents(9), SizeIs(2));
  const auto queue = *store_.queue();
  ASSERT_THAT(queue, SizeIs(1)) << "the other was sent";
  EXPECT_EQ(queue[0].to_send.alert.incident, "two");
  EXPECT_EQ(heard(), "\"incident\":\"one\"\n");
}

TEST_F(Keeping, SaysWhatDidNotRun) {
  watch::WatchState state;
  state.checks["a#1"].passed_in_row = 1;
  state.held_back = {{"a#2", "ada"}};
  testing::internal::CaptureStderr();
  EXPECT_EQ(first_round(state), "First round: 1 of 1 scenarios passed; 1 did not run\n");
  EXPECT_EQ(testing::internal::GetCapturedStderr(),
            "murphy watch: a#2 did not run: one more wrong password could lock the account of ada\n");
}

TEST_F(Keeping, SaysThatNothingRanWithoutAnApp) {
  watch::WatchState state;
  state.checks[watch::target_check].failed_in_row = 1;
  EXPECT_EQ(first_round(state), "First round: the app does not answer, and no scenario ran\n");
}

// What nobody has read is not to pass for a console without errors.
TEST_F(Keeping, SaysOnceWhatIsNotSeen) {
  const std::string why = "Murphy did not read 5 bytes of it, which came faster than it reads";
  watch::WatchState state;
  state.blind_app = {{"process", "app.pid is not there"}};
  EXPECT_EQ(first_round(state), "First round: 0 of 0 scenarios passed; the app's process could not be judged: "
                                "app.pid is not there\n");
  EXPECT_EQ(keep({}, state).second, "") << "it was said with the first round";
  state.blind_app["console"] = why;
  EXPECT_EQ(keep({}, state).second, "murphy watch: the app's console could not be judged: " + why + "\n");
  EXPECT_EQ(keep({}, state).second, "");
  state.blind_app.erase("console");
  EXPECT_EQ(keep({}, state).second, "");
  state.blind_app["console"] = why;
  EXPECT_EQ(keep({}, state).second, "murphy watch: the app's console could not be judged: " + why + "\n")
      << "it was seen between";
}

TEST_F(Keeping, MasksBeforeItMakesJson) {
  redactor_.learn(std::make_shared<const Secret>(ClearText("got 5\"00"), "password"));
  Notice notice = opened("one");
  notice.incident.headline = "expected a page, got 5\"00";
  notice.incident.features = {"5\"00 got 5\"00"};
  keep({notice});
  const auto queue = *store_.queue();
  ASSERT_THAT(queue, SizeIs(1));
  EXPECT_THAT(queue[0].to_send.alert.body, testing::Not(HasSubstr("got 5")));
  courier_->send_due();
  EXPECT_EQ(heard(), "\"incident\":\"one\"\n");
}

} // namespace
} // namespace murphy::cli
