#include "base/text.h"
#include "example_run.h"
#include "golden/golden.h"
#include "reports/console.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace murphy::reports {
namespace {

using testing::HasSubstr;
using testing::Not;

std::string written(const std::vector<record::Event>& events, const ConsoleStyle& style) {
  std::string text;
  ConsoleReport report(style, [&](std::string_view part) {
    text += part;
    return true;
  });
  for (const record::Event& event : events) report(event);
  report.finish();
  return text;
}

ConsoleStyle plain(int width) { return {.colour = false, .live = false, .unicode = true, .width = width}; }

class Golden : public testing::TestWithParam<std::tuple<int, bool>> {};

TEST_P(Golden, RichRun) {
  const auto [width, colour] = GetParam();
  const ConsoleStyle style{.colour = colour, .live = false, .unicode = true, .width = width};
  expect_golden(written(example::rich(), style),
                "reports/golden/console-" + std::to_string(width) + (colour ? "-colour.txt" : ".txt"));
}

INSTANTIATE_TEST_SUITE_P(Widths, Golden, testing::Combine(testing::Values(40, 80, 120), testing::Bool()));

TEST(Console, GoldenWithoutUnicode) {
  expect_golden(written(example::rich(), {.colour = false, .live = false, .unicode = false, .width = 80}),
                "reports/golden/console-80-ascii.txt");
}

TEST(Console, GoldenInAPipe) { expect_golden(written(example::rich(), plain(0)), "reports/golden/console-pipe.txt"); }

TEST(Console, GoldenWhenTheAppIsLost) {
  expect_golden(written(example::lost(), plain(80)), "reports/golden/console-lost.txt");
}

TEST(Console, GoldenWhenTheAppNeverAnswers) {
  expect_golden(written(example::never_ready(), plain(80)), "reports/golden/console-never-ready.txt");
}

// It says so once, and nothing of a console that nobody reads.
TEST(Console, OfAnAppThatIsNotThereIsShort) {
  std::vector<record::Event> events = example::never_ready();
  record::TargetLost& lost = std::get<record::TargetLost>(events[1]);
  lost.console.clear();
  EXPECT_THAT(written(events, plain(80)), HasSubstr("Its console is empty.")) << "Murphy started it";
  lost = {.at = lost.at,
          .error = {.kind = ErrorKind::target,
                    .what = "it could not be reached",
                    .hint = "",
                    .place = {},
                    .source_line = {}},
          .console = {},
          .exchanges = {},
          .suspects = {}};
  EXPECT_EQ(written(events, plain(80)), "2 scenarios against local\n\n"
                                        "! The app is unavailable: it could not be reached\n\n"
                                        "2 scenarios: 2 not run · 700 ms\n"
                                        "Look first at the app\n");
}

TEST(Console, MakesRoomForOthersOnTheTerminal) {
  std::string text;
  ConsoleReport report({.colour = false, .live = true, .unicode = true, .width = 80}, [&](std::string_view part) {
    text += part;
    return true;
  });
  report(example::never_ready().front());
  text.clear();
  report.make_room([&] { text += "others\n"; });
  EXPECT_THAT(text, testing::MatchesRegex("\r.\\[Kothers\n0/2 .*waiting for the app"));
  report.finish();
  text.clear();
  report.make_room([&] { text += "others\n"; });
  EXPECT_EQ(text, "others\n");
}

TEST(Console, GoldenWhenAllIsWell) {
  expect_golden(written(example::green(), plain(80)), "reports/golden/console-green.txt");
}

TEST(Console, NoLineIsWiderThanTheTerminal) {
  for (const int width : {20, 30, 40, 59, 60, 80, 120}) {
    for (const auto& events : {example::rich(), example::lost(), example::never_ready()}) {
      const std::string text = written(events, plain(width));
      for (const std::string_view line : split(text, '\n'))
        EXPECT_LE(display_width(line), static_cast<std::size_t>(width)) << line;
    }
  }
}

TEST(Console, APipeGetsNoEscapes) { EXPECT_THAT(written(example::rich(), plain(80)), Not(HasSubstr("\x1B"))); }

TEST(Console, NothingOfTheAppSteersTheTerminal) {
  std::string text = written(example::rich(), {.colour = true, .live = false, .unicode = true, .width = 80});
  for (const char* own : {"\x1B[0m", "\x1B[1m", "\x1B[2m", "\x1B[32m", "\x1B[1;31m", "\x1B[1;33m"}) {
    for (std::size_t at = 0; (at = text.find(own)) != std::string::npos;) text.erase(at, std::string_view(own).size());
  }
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    ASSERT_TRUE(byte >= 0x20 || byte == '\n') << "byte " << static_cast<int>(byte);
  }
  EXPECT_THAT(text, Not(HasSubstr("\u202E")));
}

TEST(Console, KeepsTheOrderOfThePlan) {
  std::string text;
  ConsoleReport report(plain(80), [&](std::string_view part) {
    text += part;
    return true;
  });
  const std::vector<record::Event> events = example::rich();
  std::vector<record::Event> ends;
  for (const record::Event& event : events) {
    if (std::holds_alternative<record::CaseFinished>(event)) {
      ends.push_back(event);
    } else if (!std::holds_alternative<record::RunFinished>(event)) {
      report(event);
    }
  }
  text.clear();
  // The fifth case of the plan, then the second: nothing can be shown until the first ends.
  report(ends[4]);
  report(ends[2]);
  EXPECT_EQ(text, "");
  report(ends[0]);
  EXPECT_THAT(text, HasSubstr("✗ A returning user"));
  EXPECT_LT(text.find("A registered user"), text.find("A returning user"));
  EXPECT_THAT(text, Not(HasSubstr("Profile")));
}

TEST(Console, WritesWhatIsHeldBackWhenTheRunEndsEarly) {
  std::vector<record::Event> events = example::green();
  std::erase_if(events, [](const record::Event& event) {
    const auto* end = std::get_if<record::CaseFinished>(&event);
    return end && end->id.ends_with("reaches the dashboard");
  });
  const std::string text = written(events, plain(80));
  EXPECT_THAT(text, HasSubstr("✓ A wrong password says so and lets no one in"));
  EXPECT_THAT(text, HasSubstr("2 scenarios: 1 passed, 1 not run"));
}

TEST(Console, SaysWhenTheRunDidNotEnd) {
  std::vector<record::Event> events = example::green();
  events.pop_back();
  EXPECT_THAT(written(events, plain(80)), HasSubstr("The run did not finish.\n2 scenarios: 2 passed\n"));
}

TEST(Console, ListsTwentyRedScenariosAndCountsTheRest) {
  record::RunStarted started;
  for (int i = 0; i < 23; ++i) {
    record::PlannedCase plan;
    plan.id = "case " + std::to_string(i);
    plan.name = plan.id;
    plan.place = {.file = "scenarios/many.toml", .line = 1, .column = 1, .length = 1};
    started.plan.push_back(plan);
  }
  std::vector<record::Event> events{started};
  for (const record::PlannedCase& plan : started.plan)
    events.emplace_back(
        record::CaseFinished{.id = plan.id, .outcome = record::Outcome::failed, .duration = {}, .note = {}});
  const std::string text = written(events, plain(80));
  EXPECT_THAT(text, HasSubstr(" 20 scenarios/many.toml:1:1  case 19\n"));
  EXPECT_THAT(text, Not(HasSubstr(" 21 scenarios")));
  EXPECT_THAT(text, HasSubstr("and 3 more\n"));
}

TEST(Console, GoesQuietWhenNobodyReads) {
  int calls = 0;
  ConsoleReport report(plain(80), [&](std::string_view) { return ++calls < 2; });
  for (const record::Event& event : example::rich()) report(event);
  report.finish();
  EXPECT_EQ(calls, 2);
}

TEST(Console, EndsOnce) {
  std::string text;
  ConsoleReport report(plain(80), [&](std::string_view part) {
    text += part;
    return true;
  });
  for (const record::Event& event : example::green()) report(event);
  report.finish();
  const std::string once = text;
  report.finish();
  EXPECT_EQ(text, once);
}

// A terminal that knows a line feed, a return and "erase to the end of the line".
class Terminal {
public:
  void write(std::string_view text) {
    while (!text.empty()) {
      if (text.starts_with("\x1B[K")) {
        lines_.back().clear();
        text.remove_prefix(3);
        continue;
      }
      if (text.front() == '\n') {
        lines_.emplace_back();
      } else if (text.front() != '\r') {
        lines_.back() += text.front();
      }
      text.remove_prefix(1);
    }
  }
  const std::string& bottom() const { return lines_.back(); }
  std::string all() const { return join(lines_, "\n"); }

private:
  std::vector<std::string> lines_{1};
};

class LiveConsole : public testing::Test {
protected:
  Terminal terminal;
  ConsoleReport report{{.colour = false, .live = true, .unicode = true, .width = 40}, [this](std::string_view text) {
                         terminal.write(text);
                         return true;
                       }};
};

TEST_F(LiveConsole, StandsBelowWhatScrolls) {
  std::vector<std::string> bottoms;
  for (const record::Event& event : example::rich()) {
    report(event);
    bottoms.push_back(terminal.bottom());
    EXPECT_LT(display_width(terminal.bottom()), 40U);
  }
  EXPECT_EQ(bottoms[0], "0/6 · 0.0 s · waiting for the app");
  EXPECT_EQ(bottoms[2], "0/6 · 0.4 s · A registered user reache…");
  EXPECT_EQ(bottoms[3], "0/6 · 0.4 s · 2 running, latest: A ret…");
  EXPECT_THAT(bottoms, testing::Contains("3/6 · 1 failed · 1 not judged · 0.5 s"));
  report.finish();
  EXPECT_EQ(terminal.bottom(), "");
}

TEST_F(LiveConsole, LeavesTheSameTextAsAPipe) {
  for (const record::Event& event : example::rich()) report(event);
  report.finish();
  EXPECT_EQ(terminal.all(), written(example::rich(), plain(40)));
}

TEST_F(LiveConsole, TicksTellTheTime) {
  const std::vector<record::Event> events = example::green();
  for (std::size_t i = 0; i < 3; ++i) report(events[i]);
  report.tick(std::get<record::RunStarted>(events[0]).at + std::chrono::milliseconds(83'450));
  EXPECT_THAT(terminal.bottom(), testing::StartsWith("0/2 · 1:23 min · A registered"));
}

TEST(Console, TicksShowNothingWithoutALiveLine) {
  int calls = 0;
  ConsoleReport report(plain(80), [&](std::string_view) {
    ++calls;
    return true;
  });
  report.tick(record::Instant{std::chrono::seconds(1)});
  EXPECT_EQ(calls, 0);
}

TEST(Console, ACauseIsProvedOnce) {
  record::RunStarted started;
  std::vector<record::Event> events;
  for (const char* id : {"a", "b", "c"}) {
    record::PlannedCase planned;
    planned.id = id;
    planned.name = id;
    planned.place = {.file = "scenarios/a.toml", .line = 3, .column = 1, .length = 1};
    started.plan.push_back(planned);
  }
  events.emplace_back(started);
  for (const char* id : {"a", "b", "c"}) {
    record::StepFinished finished;
    finished.id = id;
    finished.step.title = "open /login";
    finished.step.outcome = record::Outcome::failed;
    finished.step.failures.emplace_back().code = record::FailureCode::no_page;
    record::Suspect& suspect = finished.step.suspects.emplace_back();
    suspect.cause = id == std::string("c") ? "another thing is broken" : "one thing is broken";
    suspect.layer = record::Layer::model;
    suspect.confidence = record::Confidence::high;
    suspect.advice = "Mend it.";
    finished.step.evidence.console.push_back({{}, "it broke"});
    events.emplace_back(finished);
    record::CaseFinished ended;
    ended.id = id;
    ended.outcome = record::Outcome::failed;
    events.emplace_back(ended);
  }
  const std::string text = written(events, plain(80));
  const auto times = [&](std::string_view words) {
    int found = 0;
    for (std::size_t at = text.find(words); at != std::string::npos; at = text.find(words, at + 1)) ++found;
    return found;
  };
  EXPECT_EQ(times("Mend it."), 2) << text;
  EXPECT_EQ(times("it broke"), 2);
  EXPECT_EQ(times("Same cause as 1"), 1);
  EXPECT_EQ(times("expected"), 6) << "each says what was expected, and once more at the end";
}

} // namespace
} // namespace murphy::reports
