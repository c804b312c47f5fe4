#include "target/process_figures.h"

#include "support.h"
#include "target/process.h"

#include <filesystem>
#include <fmt/format.h>
#include <fstream>
#include <gmock/gmock.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

namespace murphy::target {
namespace {

TEST(ProcessFigures, AreThoseOfThisProcess) {
  const auto own = figures_of(getpid());
  ASSERT_TRUE(own);
  EXPECT_GT(own->resident_bytes, 1 << 20);
  EXPECT_GE(own->threads, 1);
  EXPECT_GE(own->open_files, 3);
  rlimit limit{};
  ASSERT_EQ(getrlimit(RLIMIT_NOFILE, &limit), 0);
  EXPECT_EQ(own->most_files, static_cast<std::int64_t>(limit.rlim_cur));
  EXPECT_LE(own->started, std::chrono::system_clock::now() + std::chrono::seconds(2));
  EXPECT_GT(own->started, std::chrono::system_clock::now() - std::chrono::hours(24));
  EXPECT_GT(memory_limit_of(getpid()), 1 << 20);
}

TEST(ProcessFigures, OfAnotherProcessAreItsOwn) {
  auto process = Process::start({.command = "exec sleep 1000", .directory = "", .environment = {}});
  ASSERT_TRUE(process);
  const std::int64_t id = process->pid();
  const auto figures = figures_of(id);
  ASSERT_TRUE(figures);
  EXPECT_EQ(figures->threads, 1);
  EXPECT_GE(figures->start_ticks, figures_of(getpid())->start_ticks);
  process->stop();
  EXPECT_FALSE(figures_of(id));
}

TEST(ProcessFigures, AreFoundByAFileWithTheId) {
  const std::string file = (std::filesystem::temp_directory_path() / fmt::format("murphy-pid-{}", getpid())).string();
  const auto read = [&](const std::string& text) {
    std::ofstream(file) << text;
    return read_process_note(file);
  };
  EXPECT_EQ(read("4711\n").value()->process, 4711);
  EXPECT_LT(std::chrono::abs(read("4711").value()->written - std::chrono::system_clock::now()), std::chrono::hours(1));
  EXPECT_EQ(read(" 12 \n/var/lib/server\n" + std::string(1000, 'x')).value()->process, 12);
  const std::string longer_than_any = std::string(64, ' ') + "12"; // a file without an end is not read to it
  for (const char* wrong : {"", "\n", "0", "-1", "4711x", "12345678901", "x", longer_than_any.c_str()})
    EXPECT_EQ(read(wrong).error().what, file + " does not begin with the id of a process") << wrong;
  std::filesystem::remove(file);
  EXPECT_EQ(read_process_note(file).value(), std::nullopt);
  EXPECT_EQ(read_process_note(file + "/below").value(), std::nullopt);
  ASSERT_EQ(mkfifo(file.c_str(), 0600), 0);
  EXPECT_EQ(read_process_note(file).error().what, file + " is no regular file") << "nobody writes, and nobody waits";
  std::filesystem::remove(file);
}

TEST(ProcessFigures, OfAnIdThatWasGivenAgainAreOfAnotherProcess) {
  using std::chrono::seconds;
  ProcessUsage process;
  process.started = std::chrono::system_clock::time_point(std::chrono::hours(1000));
  EXPECT_FALSE(is_another(process, {.process = 12, .written = process.started + seconds(1)}));
  EXPECT_FALSE(is_another(process, {.process = 12, .written = process.started - seconds(10)}));
  EXPECT_TRUE(is_another(process, {.process = 12, .written = process.started - seconds(11)}));
}

TEST(ProcessFigures, AreNotHiddenOfProcessesThatAreSeenOrGone) {
  EXPECT_FALSE(is_hidden(getpid()));
  EXPECT_FALSE(is_hidden(1));
  EXPECT_FALSE(is_hidden(99'999'998));
}

} // namespace
} // namespace murphy::target
