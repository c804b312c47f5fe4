// What a watch remembers over a restart.
#include "watch/state_json.h"

#include "looks.h"
#include "watch/judge.h"

#include <gmock/gmock.h>

namespace murphy::watch {
namespace {

using std::chrono::seconds;

TEST(States, AreReadAsTheyWereWritten) {
  WatchState state;
  const WatchPolicy policy{
      .fail_after = 2, .fail_if = FailedShare{.failed = 3, .of = 9}, .pass_after = 2, .confirm = {}, .remind = {}};
  state.schema_clean = at(seconds(1));
  state.settled_changes = {"a is new"};
  for (const int second : {10, 20}) {
    RoundLook round =
        round_of(seconds(second), {failed("a#1", cause_named("f1", {"name"})), passed("a#2"), passed(target_check)});
    round.schema = SchemaLook{.differences = {"b is new"}, .blind = {}};
    judge(state, round, policy, "staging", {});
  }
  state.blind = "why";
  state.server_looked = at(seconds(20));
  state.quiet_until = at(seconds(90));
  state.migrations_pending = 2;
  state.certificates["app/certificate"] = at(seconds(30));
  state.open[0].urgency = 2;
  state.target = "staging";
  state.unjudged = {"a#3"};
  state.held_back = {{"a#4", "ada"}};
  state.checks["a#1"].refused = {"ada"};
  state.checks["a#2"].slow_in_row = 3;
  state.checks["a#2"].is_slow = true;
  spend(state.wrong_passwords, {{"ada", 2}}, at(seconds(30)));
  state.blind_app["descriptors"] = "why";
  RoundLook console = round_of(seconds(30), {});
  console.console.emplace().lines = {
      {.at = at(seconds(29)), .form = "new", .text = "new 1", .cause = cause_named("f2")}};
  console.console->has_baseline = true;
  console.process.emplace().id = 4711;
  judge(state, console, policy, "staging", {});
  state.console.news["new"] = {.text = "new 1", .seen = at(seconds(29)), .cause = cause_named("f2")};
  state.console.known["old"] = at(seconds(3));
  state.process.starts = {at(seconds(5))};
  state.process.restarts = 2;
  state.process.last.reset(); // a figure of now
  ASSERT_EQ(state.open.size(), 2U);
  const auto read = read_state(state_text(state));
  ASSERT_TRUE(read) << read.error().what;
  EXPECT_EQ(*read, state);
  EXPECT_EQ(*read_state(state_text({})), WatchState{});
}

TEST(States, AreReadWhateverTheAppSays) {
  WatchState state;
  state.blind = "caf\xe9";
  const auto read = read_state(state_text(state));
  ASSERT_TRUE(read) << read.error().what;
  EXPECT_EQ(read->blind, "caf\xef\xbf\xbd");
}

TEST(States, ThatCannotBeReadAreAnError) {
  for (const char* text : {"", "{", "[]", "{}", R"({"checks":1})"}) {
    const auto read = read_state(text);
    ASSERT_FALSE(read) << text;
    EXPECT_THAT(read.error().what, testing::StartsWith("the state of the watch cannot be read"));
  }
}

} // namespace
} // namespace murphy::watch
