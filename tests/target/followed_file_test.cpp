#include "target/followed_file.h"

#include "support.h"
#include "target/console.h"
#include "target/outside_console.h"

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <gmock/gmock.h>
#include <iterator>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <sys/stat.h>
#include <unistd.h>

namespace murphy::target {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::SizeIs;

namespace fs = std::filesystem;

// A log in a folder of its own.
class FollowedLog : public testing::Test {
protected:
  FollowedLog() {
    std::string made = (fs::temp_directory_path() / "murphy-followed-XXXXXX").string();
    EXPECT_NE(mkdtemp(made.data()), nullptr);
    folder_ = made;
    path_ = (folder_ / "app.log").string();
  }
  ~FollowedLog() override { fs::remove_all(folder_); }

  void append(const std::string& text) const { std::ofstream(path_, std::ios::app) << text; }
  void rotate() const { fs::rename(path_, path_ + ".1"); }
  std::shared_ptr<OutsideConsole> open() const {
    auto opened = OutsideConsole::open({.file = path_, .command = {}, .directory = {}});
    EXPECT_TRUE(opened) << (opened ? "" : opened.error().what);
    return opened ? *opened : nullptr;
  }
  static std::vector<std::string> lines(OutsideConsole& log) {
    log.console().drain(in_a_minute());
    return texts(log.console().lines_since(0));
  }

  fs::path folder_;
  std::string path_;
};

TEST_F(FollowedLog, IsReadFromItsEndOn) {
  append("from before\n");
  const auto log = open();
  EXPECT_THAT(lines(*log), IsEmpty());
  append("one\ntw");
  EXPECT_THAT(lines(*log), ElementsAre("one", "tw"));
  append("o\n");
  EXPECT_THAT(lines(*log), ElementsAre("one", "two"));
  EXPECT_EQ(log->trouble(), "");
}

TEST_F(FollowedLog, ThatIsNotThereYetIsReadFromItsBeginning) {
  const auto log = open();
  EXPECT_THAT(lines(*log), IsEmpty());
  EXPECT_EQ(log->trouble(), path_ + " is not there");
  append("first\n");
  EXPECT_THAT(lines(*log), ElementsAre("first"));
  EXPECT_EQ(log->trouble(), "");
}

TEST_F(FollowedLog, ThatIsRotatedLosesNothing) {
  append("before\n");
  const auto log = open();
  append("one\n");
  rotate();
  EXPECT_EQ(log->trouble(), path_ + " is not there");
  std::ofstream(path_ + ".1", std::ios::app) << "late\n"; // the app has the old one open
  append("");                                             // the new one is there, and nobody writes to it yet
  EXPECT_THAT(lines(*log), ElementsAre("one", "late"));
  std::ofstream(path_ + ".1", std::ios::app) << "later, without an end";
  append("two\n");
  log->console().drain(in_a_minute());
  EXPECT_THAT(lines(*log), ElementsAre("one", "late", "later, without an end", "two"));
  EXPECT_EQ(log->trouble(), "");
}

TEST_F(FollowedLog, ThatIsReplacedByRenamingIsFollowed) {
  append("before\n");
  const auto log = open();
  std::ofstream(path_ + ".new") << "new\n";
  fs::rename(path_ + ".new", path_);
  log->console().drain(in_a_minute());
  EXPECT_THAT(lines(*log), ElementsAre("new"));
}

TEST_F(FollowedLog, ThatIsTruncatedIsReadFromItsBeginning) {
  append("a long line from before\n");
  const auto log = open();
  append("one, without an end");
  EXPECT_THAT(lines(*log), ElementsAre("one, without an end"));
  fs::resize_file(path_, 0);
  append("two\n");
  log->console().drain(in_a_minute());
  EXPECT_THAT(lines(*log), ElementsAre("one, without an end", "two"));
  fs::resize_file(path_, 0);
  EXPECT_THAT(lines(*log), SizeIs(2));
}

TEST_F(FollowedLog, ThatGrowsFasterThanItIsReadLosesItsBeginning) {
  append("");
  const auto opened = FollowedFile::open(path_);
  ASSERT_TRUE(opened);
  FollowedFile& file = **opened;
  const std::string line = std::string(1023, 'x') + "\n";
  {
    std::ofstream out(path_, std::ios::app);
    for (off_t size = 0; size <= FollowedFile::most_behind + 5000; size += 1024) out << line;
    out << "the end\n";
  }
  std::string read;
  std::string buffer(1 << 16, '\0');
  std::uint64_t left_out = 0;
  for (;;) {
    const ConsoleSource::Got got = file.read(buffer);
    if (got.what == ConsoleSource::Arrival::nothing) break;
    left_out += got.left_out;
    read.append(buffer, 0, got.size);
  }
  EXPECT_EQ(left_out, fs::file_size(path_) - FollowedFile::most_behind);
  EXPECT_LE(read.size(), static_cast<std::size_t>(FollowedFile::most_behind));
  EXPECT_GT(read.size(), static_cast<std::size_t>(FollowedFile::most_behind) - 2048);
  EXPECT_EQ(read.substr(0, line.size()), line) << "it begins with a whole line";
  EXPECT_TRUE(read.ends_with("the end\n"));
}

// What nobody has read is not what nobody has written.
TEST(Console, SayWhereTheirSourceLeftSomethingOut) {
  // A line, then a gap in the middle of another one, then a last one.
  class Gapped final : public ConsoleSource {
  public:
    Got read(std::span<char> buffer) override {
      const auto give = [&](std::string_view text) {
        std::ranges::copy(text, buffer.begin());
        return Got{.what = Arrival::bytes, .size = text.size()};
      };
      switch (step_++) {
      case 0: return give("one\nbegin");
      case 1: return {.what = Arrival::cut, .left_out = 7000};
      case 2: return give("two\n");
      default: return {.what = Arrival::end};
      }
    }
    void wait(int) override {}

  private:
    int step_ = 0;
  };
  Console console(std::make_unique<Gapped>());
  console.drain(in_a_minute());
  EXPECT_THAT(texts(console.lines_since(0)),
              ElementsAre("one", "begin", "… (Murphy left out 7.0 kB, which came faster than it reads)", "two"));
  EXPECT_EQ(console.left_out(), 7000U);
}

TEST_F(FollowedLog, IsRefusedWhereNoProgramAppends) {
  const auto refusal = [](const std::string& path) {
    const auto opened = FollowedFile::open(path);
    EXPECT_FALSE(opened);
    return opened ? Error{} : opened.error();
  };
  EXPECT_EQ(refusal(folder_.string()).what, folder_.string() + " is a folder");
  EXPECT_EQ(refusal(folder_.string()).hint, "name the file that the app writes to");
  const std::string pipe = (folder_ / "pipe").string();
  ASSERT_EQ(mkfifo(pipe.c_str(), 0600), 0);
  EXPECT_EQ(refusal(pipe).what, pipe + " is no regular file");
  EXPECT_EQ(refusal(pipe).hint, "read it by a command: console = { command = \"cat " + pipe + "\" }");
  EXPECT_EQ(refusal(pipe).kind, ErrorKind::usage);
  if (geteuid() == 0) return; // who may read everything
  append("");
  fs::permissions(path_, fs::perms::none);
  EXPECT_EQ(refusal(path_).what, path_ + " cannot be read: Permission denied");
}

TEST_F(FollowedLog, SaysThatAFolderHasTakenItsPlace) {
  append("");
  const auto log = open();
  fs::remove(path_);
  fs::create_directory(path_);
  EXPECT_EQ(log->trouble(), path_ + " is no regular file any longer");
}

std::shared_ptr<OutsideConsole> of_command(const std::string& command) {
  auto opened = OutsideConsole::open({.file = {}, .command = command, .directory = {}});
  EXPECT_TRUE(opened);
  return opened ? *opened : nullptr;
}

TEST(OutsideConsoles, SayOfTheCommandThatItDoesNotStart) {
  const auto opened = OutsideConsole::open({.file = {}, .command = "cat", .directory = "/nowhere"});
  ASSERT_FALSE(opened);
  EXPECT_EQ(opened.error().what, "its command cannot be started in /nowhere: there is no such directory");
}

TEST(ConsoleByCommand, IsWhatItPrints) {
  const auto console = of_command("echo one; echo two >&2; exec sleep 1000");
  while (console->console().mark() < 2) console->console().drain(in_a_minute(), std::chrono::milliseconds(10));
  EXPECT_THAT(texts(console->console().lines_since(0)), ElementsAre("one", "two"));
  EXPECT_EQ(console->trouble(), "");
}

TEST(ConsoleByCommand, SaysThatTheCommandHasEnded) {
  const auto trouble = [](const std::string& command) {
    const auto console = of_command(command);
    while (!console->console().closed()) console->console().drain(in_a_minute(), std::chrono::milliseconds(10));
    std::string words;
    while (words.empty()) words = console->trouble(); // the news of its end comes a moment later
    return words;
  };
  EXPECT_EQ(trouble("echo the pod is gone; exit 3"), "its command exited with 3: the pod is gone");
  EXPECT_EQ(trouble("true"), "its command exited with 0");
  EXPECT_THAT(trouble("no-such-program-of-murphy"), HasSubstr("its command exited with 127: "));
  EXPECT_EQ(trouble("kill -9 $$"), "its command was killed by signal 9 (Killed)");
}

} // namespace
} // namespace murphy::target
