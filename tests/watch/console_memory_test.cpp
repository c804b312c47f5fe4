// What is usual on a console, and what is not.
#include "watch/console_memory.h"

#include "looks.h"

#include <gmock/gmock.h>
#include <string>
#include <vector>

namespace murphy::watch {
namespace {

using std::chrono::hours;
using std::chrono::minutes;
using std::chrono::seconds;
using State = ServerFinding::State;

// Looks once a minute.
class ErrorLines : public testing::Test {
protected:
  ErrorLine line(const std::string& form) const { return {.at = now_, .form = form, .text = form + ": 42"}; }

  ServerFinding look(const std::vector<std::string>& forms, const std::string& blind = {}) {
    now_ += minutes(1);
    return look_again(forms, blind);
  }
  // In the same minute.
  ServerFinding look_again(const std::vector<std::string>& forms, const std::string& blind = {}) {
    ConsoleLook look{.lines = {}, .blind = blind, .has_baseline = has_baseline_};
    for (const std::string& form : forms) look.lines.push_back(line(form));
    return take_in(memory_, look, now_);
  }
  std::vector<std::string> times(std::size_t number, const std::string& form = "usual") const {
    return std::vector<std::string>(number, form);
  }

  ConsoleMemory memory_;
  Instant now_ = at(seconds(0));
  bool has_baseline_ = true;
};

TEST_F(ErrorLines, OfANewKindAreBadForTenMinutesAndThenKnown) {
  EXPECT_EQ(look({}).state, State::ok);
  const ServerFinding found = look({"no such column"});
  EXPECT_EQ(found.state, State::bad);
  EXPECT_EQ(found.words, "a new kind of error line: no such column: 42");
  for (int minute = 1; minute <= 10; ++minute) EXPECT_EQ(look({}).state, State::bad) << minute;
  EXPECT_EQ(look({}).state, State::ok);
  EXPECT_EQ(look({"no such column"}).state, State::ok) << "everybody was told";
  EXPECT_EQ(look({"no such column", "a", "b"}).words, "a new kind of error line: a: 42; and 1 more");
}

TEST_F(ErrorLines, OfANewKindCountFromTheLast) {
  look({"new"});
  for (int minute = 0; minute < 30; ++minute) EXPECT_EQ(look({"new"}).state, State::bad);
}

TEST_F(ErrorLines, OfAnOutageAreNewAgainIfTheyOutlastIt) {
  look({"new"});
  forget_news(memory_);
  EXPECT_EQ(look({}).state, State::ok);
  EXPECT_EQ(look({"new"}).state, State::bad);
}

TEST_F(ErrorLines, NameTheCauseOfTheKind) {
  ConsoleLook seen{.lines = {line("new")}, .blind = {}, .has_baseline = true};
  seen.lines[0].cause = cause_named("f1");
  EXPECT_EQ(take_in(memory_, seen, now_).cause, cause_named("f1"));
  EXPECT_EQ(look({}).cause, cause_named("f1"));
}

TEST_F(ErrorLines, OfWhichThereAreFiveTimesAsManyAsUsualAreBad) {
  has_baseline_ = false;
  for (int minute = 0; minute < 61; ++minute) EXPECT_NE(look(times(2)).state, State::bad) << minute;
  EXPECT_EQ(look(times(9)).state, State::ok);
  const ServerFinding many = look(times(10));
  EXPECT_EQ(many.state, State::bad);
  EXPECT_EQ(many.words, "10 error lines in the last minute; the usual is 2");
  EXPECT_EQ(look(times(2)).state, State::ok);
}

TEST_F(ErrorLines, AreBadFromFiveOnWhereNoneIsUsual) {
  memory_.known["usual"] = now_;
  for (int minute = 0; minute < 20; ++minute) look({});
  EXPECT_EQ(look(times(4)).state, State::ok);
  EXPECT_EQ(look(times(5)).state, State::bad);
}

TEST_F(ErrorLines, AreNotMeasuredByMinutesThatNobodySaw) {
  memory_.known["usual"] = now_;
  for (int minute = 0; minute < 10; ++minute) EXPECT_EQ(look(times(5)).state, State::ok) << "nothing is usual yet";
  for (int minute = 0; minute < 20; ++minute) look({});
  now_ += hours(2); // the watch was not there
  for (int minute = 0; minute < 10; ++minute) EXPECT_EQ(look(times(9)).state, State::ok) << minute;
}

TEST_F(ErrorLines, WithoutABaselineAreLearnedForAnHour) {
  has_baseline_ = false;
  const ServerFinding learning = look({"any"});
  EXPECT_EQ(learning.state, State::blind);
  EXPECT_EQ(learning.words,
            "there is no baseline, so the error lines of its first hour count as usual: murphy snapshot "
            "makes one");
  for (int minute = 1; minute < 60; ++minute) EXPECT_EQ(look({}).state, State::blind);
  EXPECT_EQ(look({"any"}).state, State::ok);
  EXPECT_EQ(look({"other"}).state, State::bad);
}

TEST_F(ErrorLines, ThatCannotBeReadAreNoGoodNews) {
  const ServerFinding blind = look({}, "app.log is not there");
  EXPECT_EQ(blind.state, State::blind);
  EXPECT_EQ(blind.words, "app.log is not there");
  EXPECT_EQ(look({"new"}, "app.log is not there").state, State::bad) << "what was read counts";
}

TEST_F(ErrorLines, TakeNoMemoryWithoutBounds) {
  std::vector<std::string> forms;
  for (int kind = 0; kind < 1000; ++kind) forms.push_back("kind " + std::to_string(kind));
  look(forms);
  EXPECT_EQ(memory_.news.size(), 20U);
  has_baseline_ = false;
  memory_ = {};
  look(forms);
  EXPECT_EQ(memory_.known.size(), 200U);
  for (int minute = 0; minute < 200; ++minute) look(times(3));
  EXPECT_LE(memory_.counts.size(), 62U);
}

} // namespace
} // namespace murphy::watch
