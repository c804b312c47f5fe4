#include "cli/interrupt.h"

#include <condition_variable>
#include <csignal>
#include <gtest/gtest.h>
#include <mutex>
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
