#include "target/console.h"

#include "support.h"
#include "target/process.h"
#include "tests/places.h"

#include <array>
#include <fcntl.h>
#include <gmock/gmock.h>
#include <numeric>
#include <sys/resource.h>
#include <thread>
#include <unistd.h>

namespace murphy::target {
namespace {

using namespace std::chrono_literals;
using testing::ElementsAre;
using testing::IsEmpty;
using testing::SizeIs;

class ConsoleTest : public testing::Test {
protected:
  ConsoleTest() {
    std::array<int, 2> ends{};
    EXPECT_EQ(pipe2(ends.data(), O_CLOEXEC), 0);
    fcntl(ends[0], F_SETFL, O_NONBLOCK);
    reading_ = Descriptor(ends[0]);
    writing_ = Descriptor(ends[1]);
  }
  void write_all(std::string_view text) const {
    while (!text.empty()) {
      const ssize_t size = ::write(writing_.number(), text.data(), text.size());
      ASSERT_GT(size, 0);
      text.remove_prefix(static_cast<std::size_t>(size));
    }
  }

  Descriptor reading_;
  Descriptor writing_;
};

TEST_F(ConsoleTest, HoldsWhatWasWrittenBeforeTheDrain) {
  Console console(std::move(reading_));
  for (int round = 1; round <= 200; ++round) {
    write_all("line\n");
    console.drain(in_a_minute());
    ASSERT_EQ(console.mark(), static_cast<Console::Mark>(round));
  }
}

TEST_F(ConsoleTest, CutsItsLinesToWindows) {
  Console console(std::move(reading_));
  write_all("before\n");
  console.drain(in_a_minute());
  const auto from = console.mark();
  const auto earliest = std::chrono::system_clock::now();
  write_all("one\ntwo\n");
  console.drain(in_a_minute());
  const auto to = console.mark();
  write_all("after\n");
  console.drain(in_a_minute());
  EXPECT_THAT(texts(console.lines_between(from, to)), ElementsAre("one", "two"));
  EXPECT_THAT(texts(console.lines_since(to)), ElementsAre("after"));
  EXPECT_THAT(texts(console.last(2)), ElementsAre("two", "after"));
  EXPECT_THAT(texts(console.last(0)), IsEmpty());
  EXPECT_THAT(texts(console.lines_between(to, from)), IsEmpty());
  EXPECT_GE(console.lines_between(from, to).front().at, earliest);
  EXPECT_LE(console.lines_between(from, to).front().at, console.lines_since(to).front().at);
}

TEST_F(ConsoleTest, ShowsALineWithoutAnEndAndKeepsItWhenTheAppIsGone) {
  Console console(std::move(reading_));
  write_all("one\nPassword: ");
  console.drain(in_a_minute());
  EXPECT_THAT(texts(console.lines_since(0)), ElementsAre("one", "Password: "));
  EXPECT_THAT(texts(console.last(1)), ElementsAre("Password: "));
  EXPECT_EQ(console.mark(), 1U);
  writing_.close();
  console.drain(in_a_minute());
  EXPECT_THAT(texts(console.lines_between(0, console.mark())), ElementsAre("one", "Password: "));
}

TEST_F(ConsoleTest, WaitsForQuietWhenAskedTo) {
  Console console(std::move(reading_));
  std::jthread app([this] {
    for (int number = 0; number < 20; ++number) write_all("late\n");
    writing_.close();
  });
  console.drain(in_a_minute(), 30s); // ends with the pipe, long before
  EXPECT_EQ(console.mark(), 20U);
}

TEST_F(ConsoleTest, EndsTheDrainAtItsDeadlineWhileTheAppGoesOn) {
  Console console(std::move(reading_));
  write_all("unfinished business\n");
  console.drain(std::chrono::steady_clock::now(), 60s);
  console.drain(in_a_minute());
  EXPECT_EQ(console.mark(), 1U);
}

TEST_F(ConsoleTest, DropsTheOldestLinesToStayWithinItsBounds) {
  Console console(std::move(reading_), {.lines = 3, .bytes = 10});
  write_all("1\n2\n3\n4\n");
  console.drain(in_a_minute());
  EXPECT_THAT(texts(console.lines_since(0)), ElementsAre("2", "3", "4"));
  EXPECT_EQ(console.dropped(), 1U);
  EXPECT_EQ(console.mark(), 4U);
  write_all("1234567\n12345678\n");
  console.drain(in_a_minute());
  EXPECT_THAT(texts(console.lines_since(0)), ElementsAre("12345678"));
  EXPECT_EQ(console.dropped(), 5U);
  EXPECT_THAT(texts(console.lines_between(0, 5)), IsEmpty());
}

TEST(Console, OfAnAppThatWasThereIsEmpty) {
  Console console;
  console.drain(in_a_minute(), 60s);
  EXPECT_EQ(console.mark(), 0U);
  EXPECT_THAT(console.last(10), IsEmpty());
}

long peak_memory_in_kilobytes() {
  rusage usage{};
  getrusage(RUSAGE_SELF, &usage);
  return usage.ru_maxrss;
}

TEST(Console, BoundsAHundredMegabytes) {
  const long before = peak_memory_in_kilobytes();
  auto process = Process::start({.command = "yes 'a line of the app, forty bytes in all...' | head -c 100000000; echo; "
                                            "head -c 100000000 /dev/zero | tr '\\0' x; echo; echo the end",
                                 .directory = "",
                                 .environment = {}});
  ASSERT_TRUE(process);
  Console console(process->take_output());
  ASSERT_TRUE(process->wait(in_a_minute()));
  console.drain(in_a_minute());
  const auto lines = console.lines_since(0);
  EXPECT_EQ(lines.back().text, "the end");
  EXPECT_EQ(lines.at(lines.size() - 2).text.substr(LineSplitter::longest - 1), "x … (99983616 more bytes)");
  EXPECT_THAT(lines, SizeIs(ConsoleBounds{}.lines));
  EXPECT_GT(console.dropped(), 2'000'000U);
  const auto bytes = std::accumulate(lines.begin(), lines.end(), std::size_t{0},
                                     [](std::size_t sum, const auto& line) { return sum + line.text.size(); });
  EXPECT_LE(bytes, ConsoleBounds{}.bytes);
  if (!is_sanitized()) {
    EXPECT_LT(peak_memory_in_kilobytes() - before, 100'000);
  }
}

} // namespace
} // namespace murphy::target
