#include "cli/interrupt.h"

#include <csignal>
#include <pthread.h>
#include <unistd.h>

namespace murphy::cli {
namespace {

sigset_t handled() {
  sigset_t signals;
  sigemptyset(&signals);
  for (const int each : {SIGINT, SIGTERM, SIGHUP, SIGUSR1}) sigaddset(&signals, each);
  return signals;
}

} // namespace

Interrupt::Interrupt() {
  // Blocked in every thread, the signals wait for the one thread that asks for them. SIGUSR1 is how that thread learns
  // to end.
  const sigset_t signals = handled();
  pthread_sigmask(SIG_BLOCK, &signals, nullptr);
  waiting_ = std::thread([source = source_]() mutable {
    const sigset_t waited_for = handled();
    siginfo_t received{};
    for (;;) {
      const int signal = sigwaitinfo(&waited_for, &received);
      if (signal < 0) continue;
      if (signal == SIGUSR1) {
        // From this process, the word to end; from others it means nothing.
        if (received.si_pid == getpid()) return;
        continue;
      }
      if (source.stop_requested()) _exit(128 + signal);
      source.request_stop();
    }
  });
}

Interrupt::~Interrupt() {
  pthread_kill(waiting_.native_handle(), SIGUSR1);
  waiting_.join();
  const sigset_t signals = handled();
  pthread_sigmask(SIG_UNBLOCK, &signals, nullptr);
}

} // namespace murphy::cli
