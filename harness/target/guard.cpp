#include "target/guard.h"

#include "target/process_tree.h"

#include <array>
#include <cerrno>
#include <csignal>
#include <fcntl.h>
#include <poll.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/signalfd.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

namespace murphy::target {
namespace {

// Where the guard keeps its descriptors; 0, 1 and 2 are /dev/null.
constexpr int control_descriptor = 3;
constexpr int output_descriptor = 4;

// How long the guard waits for processes that SIGKILL does not end (stuck in the kernel, or another user's).
constexpr long patience_after_kill = 5'000;
constexpr long pause_between_kills = 20;

long now_in_milliseconds() {
  timespec time{};
  clock_gettime(CLOCK_MONOTONIC, &time);
  return time.tv_sec * 1000 + time.tv_nsec / 1'000'000;
}

void tell(GuardReport::Kind kind, int value) {
  const GuardReport report{kind, value};
  // Murphy may be gone already; the next poll finds that out.
  [[maybe_unused]] const ssize_t sent = send(control_descriptor, &report, sizeof report, MSG_NOSIGNAL | MSG_DONTWAIT);
}

// Moves the descriptors of the plan to their fixed places and closes all others: an open stdout of Murphy would keep a
// reader of its output waiting, an open listening socket would keep its port taken.
void keep_only(const GuardPlan& plan) {
  const int control_copy = fcntl(plan.control, F_DUPFD, 10);
  const int output_copy = fcntl(plan.output, F_DUPFD, 10);
  const int null_copy = fcntl(plan.null, F_DUPFD, 10);
  if (control_copy < 0 || output_copy < 0 || null_copy < 0) _exit(1);
  for (const int standard : {0, 1, 2}) dup2(null_copy, standard);
  dup2(control_copy, control_descriptor);
  dup2(output_copy, output_descriptor);
  if (close_range(output_descriptor + 1, ~0U, 0) != 0) { // not in every sandbox
    rlimit limit{};
    getrlimit(RLIMIT_NOFILE, &limit);
    for (rlim_t number = output_descriptor + 1; number < limit.rlim_cur; ++number) close(static_cast<int>(number));
  }
}

// Handlers of Murphy's must not run here: they would act on Murphy's behalf.
void set_all_signals(void (*disposition)(int)) {
  for (int signal = 1; signal < NSIG; ++signal) ::signal(signal, disposition);
}

[[noreturn]] void become_app(const GuardPlan& plan, pid_t guard) {
  // Should the guard be killed, at least the app itself goes too.
  prctl(PR_SET_PDEATHSIG, SIGKILL);
  if (getppid() != guard) _exit(1);
  setsid();
  dup2(output_descriptor, 1);
  dup2(output_descriptor, 2);
  close_range(control_descriptor, ~0U, 0);
  for (const int own : {control_descriptor, output_descriptor, output_descriptor + 1}) close(own);
  set_all_signals(SIG_DFL);
  sigset_t none;
  sigemptyset(&none);
  sigprocmask(SIG_SETMASK, &none, nullptr);
  if (plan.directory != nullptr && chdir(plan.directory) != 0) {
    constexpr char words[] = "the working directory cannot be entered\n";
    [[maybe_unused]] const ssize_t written = write(2, words, sizeof words - 1);
    _exit(126);
  }
  execve(plan.arguments[0], plan.arguments, plan.environment);
  _exit(127);
}

// Buries who has ended and reports to Murphy about the app itself. False when no process is left.
bool reap(pid_t app) {
  for (;;) {
    int status = 0;
    const pid_t pid = waitpid(-1, &status, WNOHANG);
    if (pid == 0) return true;
    if (pid < 0) return errno == EINTR;
    if (pid == app) tell(GuardReport::Kind::ended, status);
  }
}

void forget_pending(int signals) {
  std::array<signalfd_siginfo, 8> pending;
  while (read(signals, pending.data(), sizeof pending) > 0) {
  }
}

// Waits for a child to end, but not beyond the moment.
void wait_for_child(int signals, long until) {
  const long left = until - now_in_milliseconds();
  if (left <= 0) return;
  pollfd event{signals, POLLIN, 0};
  poll(&event, 1, static_cast<int>(left));
  forget_pending(signals);
}

void end_all(pid_t app, int signals, long grace) {
  signal_descendants(SIGTERM, app);
  signal_descendants(SIGCONT, app); // a stopped process cannot obey
  const long grace_end = now_in_milliseconds() + grace;
  while (reap(app)) {
    if (now_in_milliseconds() >= grace_end) break;
    wait_for_child(signals, grace_end);
  }
  const long patience_end = now_in_milliseconds() + patience_after_kill;
  while (reap(app) && now_in_milliseconds() < patience_end) {
    signal_descendants(SIGKILL, app);
    wait_for_child(signals, now_in_milliseconds() + pause_between_kills);
  }
}

// Runs a program to its end.
void run_afterwards(const GuardPlan& plan) {
  const pid_t last = fork();
  if (last == 0) {
    close(control_descriptor); // Murphy does not hear of it
    set_all_signals(SIG_DFL);
    execve(plan.afterwards[0], plan.afterwards, plan.environment);
    _exit(127);
  }
  int status = 0;
  while (last > 0 && waitpid(last, &status, 0) < 0 && errno == EINTR) {
  }
}

} // namespace

[[noreturn]] void run_guard(const GuardPlan& plan) {
  keep_only(plan);
  setsid();                                        // out of reach of the terminal's Ctrl-C
  syscall(SYS_prctl, PR_SET_NAME, "murphy-guard"); // prctl(3) of the sanitizers takes a lock for this one
  prctl(PR_SET_DUMPABLE, 0);                       // it has a copy of Murphy's memory, secrets included
  if (prctl(PR_SET_CHILD_SUBREAPER, 1) != 0) {
    tell(GuardReport::Kind::failed, errno);
    _exit(1);
  }
  set_all_signals(SIG_IGN);
  ::signal(SIGCHLD, SIG_DFL); // ignored, it would leave no status to wait for
  ::signal(SIGTERM, SIG_DFL);
  sigset_t wanted;
  sigemptyset(&wanted);
  sigaddset(&wanted, SIGCHLD);
  sigaddset(&wanted, SIGTERM);
  sigprocmask(SIG_SETMASK, &wanted, nullptr);
  const int signals = signalfd(-1, &wanted, SFD_NONBLOCK | SFD_CLOEXEC);

  const pid_t guard = getpid();
  const pid_t app = signals < 0 ? -1 : fork();
  if (app < 0) {
    tell(GuardReport::Kind::failed, errno);
    _exit(1);
  }
  if (app == 0) become_app(plan, guard);
  close(output_descriptor);
  if (chdir("/") != 0) _exit(1);
  tell(GuardReport::Kind::started, app);

  for (bool wanted_still = true; wanted_still;) {
    std::array<pollfd, 2> events{pollfd{control_descriptor, POLLIN, 0}, pollfd{signals, POLLIN, 0}};
    if (poll(events.data(), events.size(), -1) < 0) continue;
    if (events[0].revents != 0) wanted_still = false; // Murphy has closed its end, or is no more
    if (events[1].revents == 0) continue;
    signalfd_siginfo pending{};
    while (read(signals, &pending, sizeof pending) > 0) {
      if (pending.ssi_signo == SIGTERM) wanted_still = false;
    }
    reap(app);
  }
  end_all(app, signals, static_cast<long>(plan.grace.count()));
  if (plan.afterwards != nullptr) run_afterwards(plan);
  _exit(0);
}

} // namespace murphy::target
