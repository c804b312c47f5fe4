#include "target/process.h"

#include "base/environment.h"
#include "base/make_error.h"
#include "target/guard.h"

#include <algorithm>
#include <array>
#include <cerrno>
#include <csignal>
#include <cstring>
#include <fcntl.h>
#include <filesystem>
#include <fmt/format.h>
#include <poll.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <vector>

namespace murphy::target {
namespace {

// What the app writes waits here when Murphy is busy; more than the system's 64 KB lets a chatty app go on.
constexpr int pipe_size = 1 << 20;

// A guard that says nothing in this time never will: it does little before its first word.
constexpr std::chrono::milliseconds patience_with_guard{5000};

Error not_started(std::string_view doing) {
  return target_error(fmt::format("the app cannot be started: {}: {}", doing, strerrordesc_np(errno)),
                      "the system lacks processes or open files; see `ulimit -a`");
}

// NAME=value, of Murphy's own environment with the given ones laid over it.
std::vector<ClearText> environment_with(const std::map<std::string, Value>& added) {
  std::vector<ClearText> all = inherited_environment();
  std::erase_if(all, [&](const ClearText& entry) {
    return added.contains(std::string(entry.view().substr(0, entry.view().find('='))));
  });
  for (const auto& [name, value] : added) all.emplace_back(name + "=").append(reveal(value).view());
  return all;
}

// The null-terminated array that execve(2) takes; it points into `texts`.
std::vector<char*> pointers_to(std::vector<ClearText>& texts) {
  std::vector<char*> pointers;
  for (ClearText& text : texts) pointers.push_back(text.data());
  pointers.push_back(nullptr);
  return pointers;
}

// Nothing is delivered to this thread while it lives, so that no handler of Murphy's runs in a forked child.
class AllSignalsBlocked {
public:
  AllSignalsBlocked() {
    sigset_t all;
    sigfillset(&all);
    pthread_sigmask(SIG_SETMASK, &all, &before_);
  }
  ~AllSignalsBlocked() { pthread_sigmask(SIG_SETMASK, &before_, nullptr); }
  AllSignalsBlocked(const AllSignalsBlocked&) = delete;
  AllSignalsBlocked& operator=(const AllSignalsBlocked&) = delete;

private:
  sigset_t before_{};
};

// The next report of the guard. Nothing when there is none by the deadline; one that says "failed" when the guard is
// gone.
std::optional<GuardReport> next_report(int control, int timeout_in_milliseconds) {
  pollfd event{control, POLLIN, 0};
  if (poll(&event, 1, timeout_in_milliseconds) <= 0) return std::nullopt;
  GuardReport report{};
  const ssize_t size = recv(control, &report, sizeof report, MSG_DONTWAIT);
  if (size == static_cast<ssize_t>(sizeof report)) return report;
  if (size < 0 && (errno == EINTR || errno == EAGAIN)) return std::nullopt;
  return GuardReport{GuardReport::Kind::failed, ECHILD};
}

} // namespace

std::optional<int> Exit::code() const {
  if (WIFEXITED(wait_status)) return WEXITSTATUS(wait_status);
  return std::nullopt;
}

std::string Exit::words() const {
  if (const auto number = code()) return fmt::format("exited with {}", *number);
  const int signal = WTERMSIG(wait_status);
  const char* name = sigdescr_np(signal);
  return fmt::format("killed by signal {} ({})", signal, name != nullptr ? name : "unknown");
}

Result<OutputPipe> OutputPipe::make() {
  std::array<int, 2> pair{};
  if (pipe2(pair.data(), O_CLOEXEC) != 0) return std::unexpected(not_started("a pipe"));
  fcntl(pair[0], F_SETFL, O_NONBLOCK);
  fcntl(pair[0], F_SETPIPE_SZ, pipe_size); // as much as the system allows
  return OutputPipe{.reading = Descriptor(pair[0]), .writing = Descriptor(pair[1])};
}

Result<Process> Process::start(const StartSettings& settings) {
  Result<OutputPipe> pipe = OutputPipe::make();
  if (!pipe) return std::unexpected(pipe.error());
  Result<Process> process = start(settings, pipe->writing);
  if (process) process->output_ = std::move(pipe->reading);
  return process;
}

Result<Process> Process::start(const StartSettings& settings, const Descriptor& output) {
  std::error_code missing;
  if (!settings.directory.empty() && !std::filesystem::is_directory(settings.directory, missing)) {
    return std::unexpected(
        target_error(fmt::format("the app cannot be started in {}: there is no such directory", settings.directory),
                     "`directory` of the target is relative to the folder of the project file"));
  }
  std::array<int, 2> pair{};
  if (socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, pair.data()) != 0) {
    return std::unexpected(not_started("a socket pair"));
  }
  Descriptor control(pair[0]);
  Descriptor control_of_guard(pair[1]);
  const Descriptor null(open("/dev/null", O_RDWR | O_CLOEXEC));
  if (!null) return std::unexpected(not_started("/dev/null"));

  std::vector<ClearText> arguments;
  for (const std::string& argument : {std::string("/bin/sh"), std::string("-c"), settings.command})
    arguments.emplace_back(argument);
  std::vector<ClearText> removing;
  for (const std::string& argument : {std::string("/bin/rm"), std::string("-rf"), std::string("--"), settings.folder})
    removing.emplace_back(argument);
  const std::vector<char*> removing_pointers = pointers_to(removing);
  std::vector<ClearText> environment = environment_with(settings.environment);
  const std::vector<char*> argument_pointers = pointers_to(arguments);
  const std::vector<char*> environment_pointers = pointers_to(environment);
  const GuardPlan plan{.control = control_of_guard.number(),
                       .output = output.number(),
                       .null = null.number(),
                       .directory = settings.directory.empty() ? nullptr : settings.directory.c_str(),
                       .arguments = argument_pointers.data(),
                       .environment = environment_pointers.data(),
                       .afterwards = settings.folder.empty() ? nullptr : removing_pointers.data(),
                       .grace = settings.grace};

  Process process;
  {
    const AllSignalsBlocked blocked;
    process.guard_ = fork();
    if (process.guard_ == 0) run_guard(plan);
  }
  if (process.guard_ < 0) {
    process.guard_ = 0;
    return std::unexpected(not_started("fork"));
  }
  process.control_ = std::move(control);
  control_of_guard.close(); // held here, it would hide that the guard is gone
  std::optional<GuardReport> report;
  const auto patience_end = std::chrono::steady_clock::now() + patience_with_guard;
  while (!report && std::chrono::steady_clock::now() < patience_end)
    report = next_report(process.control_.number(), static_cast<int>(patience_with_guard.count()));
  if (!report) report = GuardReport{GuardReport::Kind::failed, ETIMEDOUT};
  if (report->kind != GuardReport::Kind::started) {
    errno = report->value;
    return std::unexpected(not_started("its guard process"));
  }
  process.pid_ = report->value;
  return process;
}

Process::Process(Process&& other) noexcept
    : pid_(other.pid_), guard_(std::exchange(other.guard_, 0)), control_(std::move(other.control_)),
      output_(std::move(other.output_)), exit_(other.exit_) {}

Process& Process::operator=(Process&& other) noexcept {
  if (this != &other) {
    stop();
    pid_ = other.pid_;
    guard_ = std::exchange(other.guard_, 0);
    control_ = std::move(other.control_);
    output_ = std::move(other.output_);
    exit_ = other.exit_;
  }
  return *this;
}

Process::~Process() { stop(); }

std::optional<Exit> Process::exit() { return wait(std::chrono::steady_clock::now()); }

std::optional<Exit> Process::wait(std::chrono::steady_clock::time_point deadline) {
  while (!exit_ && control_) {
    const auto left = std::chrono::ceil<std::chrono::milliseconds>(deadline - std::chrono::steady_clock::now()).count();
    if (const auto report = next_report(control_.number(), static_cast<int>(std::clamp<long>(left, 0, 3'600'000)))) {
      // A guard that is gone was killed, and the app with it.
      exit_ = Exit{report->kind == GuardReport::Kind::ended ? report->value : SIGKILL};
    } else if (left <= 0) {
      break;
    }
  }
  return exit_;
}

void Process::stop() {
  if (guard_ == 0) return;
  // The guard ends everything once our end is shut, and then itself; until then it can still tell how the app ended.
  shutdown(control_.number(), SHUT_WR);
  int status = 0;
  while (waitpid(guard_, &status, 0) < 0 && errno == EINTR) {
  }
  guard_ = 0;
  exit();
  control_.close();
}

} // namespace murphy::target
