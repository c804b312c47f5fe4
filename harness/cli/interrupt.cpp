#include "cli/interrupt.h"

#include <csignal>
#include <fcntl.h>
#include <pthread.h>
#include <unistd.h>
#include <utility>

namespace murphy::cli {
namespace {

sigset_t handled() {
  sigset_t signals;
  sigemptyset(&signals);
  for (const int each : {SIGINT, SIGTERM, SIGHUP, SIGUSR1}) sigaddset(&signals, each);
  return signals;
}

// Whether there is a terminal that could be closed.
bool has_terminal() {
  const int terminal = open("/dev/tty", O_RDONLY | O_CLOEXEC | O_NOCTTY);
  if (terminal >= 0) close(terminal);
  return terminal >= 0;
}

} // namespace

Interrupt::Interrupt(HangUp hang_up) {
  // Blocked in every thread, the signals wait for the one thread that asks for them. SIGUSR1 is how that thread learns
  // to end.
  const sigset_t signals = handled();
  pthread_sigmask(SIG_BLOCK, &signals, nullptr);
  waiting_ = std::thread([source = source_, hang_up = std::move(hang_up), had_terminal = has_terminal()]() mutable {
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
      const bool is_closed = received.si_code == SI_KERNEL || (had_terminal && !has_terminal());
      if (signal == SIGHUP && hang_up && !is_closed) {
        hang_up();
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
