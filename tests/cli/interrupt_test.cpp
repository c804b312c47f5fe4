#include "cli/interrupt.h"

#include <array>
#include <condition_variable>
#include <csignal>
#include <cstdlib>
#include <fcntl.h>
#include <gtest/gtest.h>
#include <mutex>
#include <sys/ioctl.h>
#include <sys/wait.h>
#include <unistd.h>

namespace murphy::cli {
namespace {

void wait_for(const std::stop_token& token) {
  std::mutex mutex;
  std::condition_variable_any stopped;
  std::unique_lock lock(mutex);
  stopped.wait(lock, token, [] { return false; });
}

TEST(Interrupt, TurnsASignalIntoARequest) {
  for (const int signal : {SIGINT, SIGTERM, SIGHUP}) {
    const Interrupt interrupt;
    EXPECT_FALSE(interrupt.token().stop_requested());
    kill(getpid(), signal);
    wait_for(interrupt.token());
    EXPECT_TRUE(interrupt.token().stop_requested());
  }
}

TEST(Interrupt, HandsOnWhatAsksForAReload) {
  std::stop_source asked;
  const Interrupt interrupt([&asked] { asked.request_stop(); });
  kill(getpid(), SIGHUP);
  wait_for(asked.get_token());
  EXPECT_FALSE(interrupt.token().stop_requested());
  kill(getpid(), SIGTERM);
  wait_for(interrupt.token());
}

// In a session of its own with a terminal, which goes. As a shell does, the one who leads the session hands the signal
// on. Returns how the process with the interrupt ended: 0 by a request to stop.
int ended_with_terminal() {
  setsid();
  const int pair = posix_openpt(O_RDWR | O_NOCTTY);
  if (pair < 0 || grantpt(pair) != 0 || unlockpt(pair) != 0) return -1;
  const int terminal = open(ptsname(pair), O_RDWR | O_NOCTTY);
  std::array<int, 2> ready{};
  if (terminal < 0 || ioctl(terminal, TIOCSCTTY, 0) != 0 || pipe(ready.data()) != 0) return -1;
  const pid_t watch = fork();
  if (watch == 0) {
    setpgid(0, 0);
    const Interrupt interrupt([] { _exit(1); });
    if (::write(ready[1], "r", 1) != 1) _exit(2);
    wait_for(interrupt.token());
    _exit(0);
  }
  char read_one = 0;
  if (read(ready[0], &read_one, 1) != 1) return -1;
  std::signal(SIGHUP, SIG_IGN);
  ioctl(terminal, TIOCNOTTY);
  kill(watch, SIGHUP);
  int status = 0;
  waitpid(watch, &status, 0);
  return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

TEST(Interrupt, EndsWithItsTerminal) {
  const pid_t leader = fork();
  if (leader == 0) _exit(ended_with_terminal());
  int status = 0;
  waitpid(leader, &status, 0);
  ASSERT_TRUE(WIFEXITED(status));
  EXPECT_EQ(WEXITSTATUS(status), 0) << "1: it would have read its files again";
}

TEST(Interrupt, EndsTheProcessAtTheSecondSignal) {
  EXPECT_EXIT(
      {
        const Interrupt interrupt;
        kill(getpid(), SIGTERM);
        wait_for(interrupt.token());
        kill(getpid(), SIGINT);
        while (true) pause();
      },
      testing::ExitedWithCode(128 + SIGINT), "");
}

} // namespace
} // namespace murphy::cli
