#include "target/process.h"

#include "base/environment.h"
#include "support.h"
#include "target/console.h"
#include "target/free_port.h"
#include "tests/places.h"
#include "tree.h"

#include <csignal>
#include <filesystem>
#include <gmock/gmock.h>
#include <netinet/in.h>
#include <spawn.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <thread>

namespace murphy::target {
namespace {

using namespace std::chrono_literals;
using testing::ElementsAre;
using testing::EndsWith;
using testing::HasSubstr;
using testing::SizeIs;

StartSettings running(std::string command) {
  return {.command = std::move(command), .directory = "", .environment = {}, .grace = 200ms};
}

// Runs a command to its end and returns what it wrote.
std::vector<std::string> output_of(const StartSettings& settings) {
  auto process = Process::start(settings);
  if (!process) return {"not started: " + process.error().what};
  Console console(process->take_output());
  process->wait(in_a_minute());
  console.drain(in_a_minute());
  std::vector<std::string> lines;
  for (const auto& line : console.lines_since(0)) lines.push_back(line.text);
  return lines;
}

std::string end_of(const std::string& command) {
  auto process = Process::start(running(command));
  const auto exit = process->wait(in_a_minute());
  return exit ? exit->words() : "still running";
}

TEST(Process, SaysHowItEndedInWords) {
  EXPECT_EQ(end_of("exit 0"), "exited with 0");
  EXPECT_EQ(end_of("exit 3"), "exited with 3");
  EXPECT_EQ(end_of("kill -SEGV $$"), "killed by signal 11 (Segmentation fault)");
  EXPECT_EQ(end_of("kill -KILL $$"), "killed by signal 9 (Killed)");
}

TEST(Process, TakesItsFolderWithIt) {
  std::string folder = (std::filesystem::temp_directory_path() / "murphy-process-XXXXXX").string();
  ASSERT_NE(::mkdtemp(folder.data()), nullptr);
  StartSettings settings = running("echo x >file; exec sleep 1000");
  settings.directory = settings.folder = folder;
  auto process = Process::start(settings);
  ASSERT_TRUE(process);
  EXPECT_TRUE(std::filesystem::exists(folder));
  process->stop();
  EXPECT_FALSE(std::filesystem::exists(folder));
}

TEST(Process, IsKnownToRunWhileItRuns) {
  auto process = Process::start(running("exec sleep 1000"));
  ASSERT_TRUE(process);
  EXPECT_FALSE(process->exit());
  process->stop();
  EXPECT_EQ(process->exit()->words(), "killed by signal 15 (Terminated)");
  process->stop();
  EXPECT_EQ(process->exit()->words(), "killed by signal 15 (Terminated)");
}

TEST(Process, WritesBothStreamsIntoOnePipe) {
  EXPECT_THAT(output_of(running("echo one; echo two >&2; echo three")), ElementsAre("one", "two", "three"));
}

TEST(Process, SeesAnEmptyInputItsDirectoryAndItsEnvironment) {
  const TemporaryDirectory folder;
  setenv("MURPHY_TEST_LAID_OVER", "before", 1);
  StartSettings settings = running("cat; pwd; echo $MURPHY_TEST_LAID_OVER $MURPHY_TEST_NEW");
  settings.directory = folder.path;
  settings.environment = {{"MURPHY_TEST_LAID_OVER", Value("after")}, {"MURPHY_TEST_NEW", Value("a b")}};
  EXPECT_THAT(output_of(settings), ElementsAre(folder.path.string(), "after a b"));
}

TEST(Process, SeesAVariableThatMurphyHid) {
  setenv("MURPHY_TEST_HIDDEN", "s3cret", 1);
  hide_environment_variable("MURPHY_TEST_HIDDEN");
  EXPECT_STREQ(getenv("MURPHY_TEST_HIDDEN"), "");
  EXPECT_THAT(output_of(running("echo $MURPHY_TEST_HIDDEN")), ElementsAre("s3cret"));
}

TEST(Process, LeadsASessionOfItsOwnWithNothingOfOursOpen) {
  const Descriptor ours(open("/dev/null", O_RDONLY)); // inherited by any ordinary child
  const auto lines = output_of(running("echo $(ps -o sid= -p $$) $$; ls /proc/$$/fd"));
  ASSERT_THAT(lines, SizeIs(testing::Ge(4U)));
  const std::string& session = lines.front();
  EXPECT_EQ(session.substr(0, session.find(' ')), session.substr(session.find(' ') + 1));
  EXPECT_THAT((std::vector<std::string>(lines.begin() + 1, lines.begin() + 4)), ElementsAre("0", "1", "2"));
  EXPECT_THAT(lines, testing::Not(testing::Contains(std::to_string(ours.number()))));
}

TEST(Process, HasTheDefaultSignals) {
  std::signal(SIGPIPE, SIG_IGN);
  EXPECT_THAT(output_of(running("grep -E 'Sig(Blk|Ign)' /proc/self/status")),
              ElementsAre("SigBlk:\t0000000000000000", "SigIgn:\t0000000000000000"));
  std::signal(SIGPIPE, SIG_DFL);
}

TEST(Process, LetsTheShellSayThatAProgramIsMissingOrMayNotRun) {
  const TemporaryDirectory folder;
  const std::string plain = folder.path / "plain";
  Descriptor(open(plain.c_str(), O_WRONLY | O_CREAT, 0600));
  EXPECT_EQ(end_of("/no/such/program"), "exited with 127");
  EXPECT_EQ(end_of(plain), "exited with 126");
  EXPECT_THAT(output_of(running("no-such-program-anywhere")), ElementsAre(EndsWith("not found")));
}

TEST(Process, CannotStartInAMissingDirectory) {
  StartSettings settings = running("true");
  settings.directory = "/no/such/directory";
  const auto process = Process::start(settings);
  ASSERT_FALSE(process);
  EXPECT_EQ(process.error().kind, ErrorKind::target);
  EXPECT_EQ(process.error().what, "the app cannot be started in /no/such/directory: there is no such directory");
}

TEST(Process, IsAskedToEndBeforeItIsKilled) {
  auto process = Process::start({.command = "trap 'echo bye; exit 5' TERM; echo up; while :; do sleep 0.01; done",
                                 .directory = "",
                                 .environment = {},
                                 .grace = 60s});
  ASSERT_TRUE(process);
  Console console(process->take_output());
  while (console.mark() == 0) console.drain(in_a_minute(), 1ms);
  process->stop();
  console.drain(in_a_minute());
  EXPECT_EQ(process->exit()->words(), "exited with 5");
  EXPECT_EQ(console.last(1).at(0).text, "bye");
}

TEST(Process, TakesItsWholeFamilyAlongWhenStopped) {
  Tree tree;
  auto process = Process::start(running(difficult_family(tree)));
  ASSERT_TRUE(process);
  ASSERT_TRUE(tree.wait_until_up(5));
  process->stop();
  EXPECT_TRUE(tree.wait_until_gone());
}

TEST(Process, TakesAlongWhatItLeftBehindWhenItEnded) {
  Tree tree;
  auto process = Process::start(running(tree.prologue() + "setsid sh -c 'echo up >&9; exec sleep 1000' & exit 4"));
  ASSERT_TRUE(process);
  ASSERT_TRUE(tree.wait_until_up(1));
  EXPECT_EQ(process->wait(in_a_minute())->words(), "exited with 4");
  process->stop();
  EXPECT_TRUE(tree.wait_until_gone());
}

TEST(Process, EndsAStoppedProcessToo) {
  Tree tree;
  auto process = Process::start(running(tree.prologue() + "echo up >&9; kill -STOP $$; sleep 1000"));
  ASSERT_TRUE(process);
  ASSERT_TRUE(tree.wait_until_up(1));
  process->stop();
  EXPECT_TRUE(tree.wait_until_gone());
}

TEST(Process, EndsWhenItsOwnerIsDestroyedOrOverwritten) {
  Tree first;
  Tree second;
  {
    auto process = Process::start(running(first.prologue() + "echo up >&9; sleep 1000"));
    ASSERT_TRUE(process && first.wait_until_up(1));
    *process = std::move(*Process::start(running(second.prologue() + "echo up >&9; sleep 1000")));
    EXPECT_TRUE(first.wait_until_gone());
    ASSERT_TRUE(second.wait_until_up(1));
  }
  EXPECT_TRUE(second.wait_until_gone());
}

TEST(Process, KeepsNoListeningSocketOfOursOpen) {
  Descriptor server(socket(AF_INET, SOCK_STREAM, 0)); // inherited by any ordinary child
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  socklen_t size = sizeof address;
  ASSERT_EQ(bind(server.number(), reinterpret_cast<sockaddr*>(&address), size), 0);
  ASSERT_EQ(listen(server.number(), 1), 0);
  getsockname(server.number(), reinterpret_cast<sockaddr*>(&address), &size);
  const auto process = Process::start(running("exec sleep 1000"));
  ASSERT_TRUE(process);
  server.close();
  EXPECT_FALSE(port_holder(ntohs(address.sin_port)));
}

TEST(Process, CanBeStartedFromManyThreadsAtOnce) {
  std::vector<std::jthread> threads;
  std::array<std::vector<std::string>, 8> outputs;
  for (std::size_t number = 0; number < outputs.size(); ++number) {
    threads.emplace_back([&outputs, number] {
      for (int round = 0; round < 5; ++round) outputs[number] = output_of(running(fmt::format("echo {}", number)));
    });
  }
  threads.clear();
  for (std::size_t number = 0; number < outputs.size(); ++number) {
    EXPECT_THAT(outputs[number], ElementsAre(std::to_string(number)));
  }
}

// A program that owns a process, started in a group of its own as a shell would, with its output in a pipe.
class Owner {
public:
  explicit Owner(const std::string& command) {
    std::array<int, 2> ends{};
    if (pipe2(ends.data(), O_CLOEXEC) != 0) throw std::runtime_error("no pipe");
    output_ = Descriptor(ends[0]);
    const Descriptor writing(ends[1]);
    posix_spawn_file_actions_t actions;
    posix_spawn_file_actions_init(&actions);
    posix_spawn_file_actions_adddup2(&actions, ends[1], 1);
    posix_spawn_file_actions_adddup2(&actions, ends[1], 2);
    posix_spawnattr_t attributes;
    posix_spawnattr_init(&attributes);
    posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETPGROUP);
    std::string program = build_folder() + "/tests/target/target_owner";
    std::string argument = command;
    std::array<char*, 3> arguments{program.data(), argument.data(), nullptr};
    if (posix_spawn(&pid_, program.c_str(), &actions, &attributes, arguments.data(), environ) != 0) {
      throw std::runtime_error("the owner does not start");
    }
    posix_spawn_file_actions_destroy(&actions);
    posix_spawnattr_destroy(&attributes);
  }
  ~Owner() {
    kill(pid_, SIGKILL);
    waitpid(pid_, nullptr, 0);
  }
  Owner(const Owner&) = delete;
  Owner& operator=(const Owner&) = delete;

  void send_to_group(int signal) const { kill(-pid_, signal); }

  // Waits until it has said that it owns its process.
  bool wait_until_owning() const { return read_some() == "owning\n"; }

  // What it wrote since, to the end of its output: until neither it nor anybody else holds the pipe.
  std::string rest_of_output() const {
    std::string rest;
    for (std::string some = read_some(); !some.empty(); some = read_some()) rest += some;
    return rest;
  }

private:
  std::string read_some() const {
    std::array<char, 256> buffer{};
    const ssize_t size = read(output_.number(), buffer.data(), buffer.size());
    return {buffer.data(), static_cast<std::size_t>(std::max<ssize_t>(size, 0))};
  }

  pid_t pid_ = 0;
  Descriptor output_;
};

TEST(Process, LeavesNothingBehindWhenItsOwnerIsKilled) {
  Tree tree;
  const Owner owner(difficult_family(tree));
  ASSERT_TRUE(tree.wait_until_up(5) && owner.wait_until_owning());
  owner.send_to_group(SIGKILL);
  EXPECT_TRUE(tree.wait_until_gone());
  EXPECT_EQ(owner.rest_of_output(), "");
}

TEST(Process, LeavesNothingBehindWhenItsOwnerCrashes) {
  Tree tree;
  const Owner owner(difficult_family(tree));
  ASSERT_TRUE(tree.wait_until_up(5) && owner.wait_until_owning());
  owner.send_to_group(SIGABRT);
  EXPECT_TRUE(tree.wait_until_gone());
}

TEST(Process, LeavesNothingBehindAfterCtrlC) {
  Tree tree;
  const Owner owner(difficult_family(tree));
  ASSERT_TRUE(tree.wait_until_up(5) && owner.wait_until_owning());
  owner.send_to_group(SIGINT);
  EXPECT_TRUE(tree.wait_until_gone());
  EXPECT_EQ(owner.rest_of_output(), "");
}

TEST(Process, DoesNotKeepTheOutputOfItsKilledOwnerOpen) {
  Tree tree;
  // Nobody may wait for the app's grace to read the end of Murphy's output.
  const Owner owner(tree.prologue() + "trap '' TERM; echo up >&9; while :; do sleep 1000; done");
  ASSERT_TRUE(tree.wait_until_up(1) && owner.wait_until_owning());
  owner.send_to_group(SIGKILL);
  EXPECT_EQ(owner.rest_of_output(), "");
  EXPECT_TRUE(tree.wait_until_gone());
}

} // namespace
} // namespace murphy::target
