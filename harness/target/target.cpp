#include "target/target.h"

#include "record/bounds.h"
#include "target/free_port.h"

#include <algorithm>
#include <condition_variable>
#include <fmt/format.h>
#include <utility>

namespace murphy::target {
namespace {

using namespace std::chrono_literals;
using Clock = std::chrono::steady_clock;

// How many of the app's last lines go with the news of its end.
constexpr std::size_t last_lines = 40;
// What is kept of what the app wrote until it was ready, beside a bound on its bytes.
constexpr std::size_t last_lines_of_start = 1000;
// One attempt of the ready check: an app that accepts but never answers is asked again.
constexpr auto longest_attempt = 10s;
// Between two attempts, growing: most apps are up in a moment, a slow one is not to be flooded.
constexpr auto first_pause = 10ms;
constexpr auto longest_pause = 200ms;
// For what the app wrote just before it ended.
constexpr auto drain_time = 500ms;
// From the moment an app's console is closed to the news that the app has ended, on a busy machine.
constexpr auto end_time = 2s;

Error error_of(ErrorKind kind, std::string what, std::string hint) {
  return Error{.kind = kind, .what = std::move(what), .hint = std::move(hint), .place = {}, .source_line = {}};
}

std::string seconds(std::chrono::milliseconds time) {
  return fmt::format("{:g} s", std::chrono::duration<double>(time).count());
}

std::string app_of(const TargetSettings& settings) { return fmt::format("the app of target \"{}\"", settings.name); }

// "the app of target "local" exited with 1"
std::string end_of(const TargetSettings& settings, const Exit& exit) {
  return fmt::format("{}{} {}", app_of(settings), exit.code() ? "" : " was", exit.words());
}

std::string folder_of(const TargetSettings& settings) {
  return settings.directory.empty() ? "the working directory" : settings.directory;
}

// What to look at when a start command has ended before the app was ready.
std::string hint_for(const Exit& exit, const TargetSettings& settings) {
  const int code = exit.code().value_or(-1);
  if (code == 127) {
    return fmt::format("the shell did not find a program in `start`; it runs in {}", folder_of(settings));
  }
  if (code == 126) {
    return fmt::format("a program in `start` is not executable (chmod +x?); it runs in {}", folder_of(settings));
  }
  if (code == 0) return "`start` must stay in the foreground: remove `&` and options that make it a daemon";
  return "see its console; try `start` by hand in " + folder_of(settings);
}

Error died_early(const Exit& exit, const TargetSettings& settings) {
  return error_of(ErrorKind::target, end_of(settings, exit) + " before it was ready", hint_for(exit, settings));
}

Error never_ready(const TargetSettings& settings, const std::string& last) {
  if (!settings.command) {
    return error_of(ErrorKind::target,
                    fmt::format("target \"{}\" could not be reached within {}: {}", settings.name,
                                seconds(settings.start_timeout), last),
                    "start the app first, or add a `start` command to the target");
  }
  return error_of(
      ErrorKind::target,
      fmt::format("{} was not ready within {}: {}", app_of(settings), seconds(settings.start_timeout), last),
      "`ready` must answer with a status below 400 at `url`; raise `start_timeout` for a slow app");
}

record::TargetLost lost_before_console(Error error) {
  return {.at = std::chrono::system_clock::now(), .error = std::move(error), .console = {}};
}

// Waits without an app whose end would cut it short; false when a stop was requested.
bool pause(std::chrono::milliseconds time, const std::stop_token& stop) {
  std::mutex mutex;
  std::condition_variable_any never;
  std::unique_lock lock(mutex);
  never.wait_for(lock, stop, time, [] { return false; });
  return !stop.stop_requested();
}

} // namespace

RunningTarget::RunningTarget(TargetSettings settings, std::optional<Process> process, Descriptor output)
    : settings_(std::move(settings)), process_(std::move(process)),
      console_(output ? Console(std::move(output)) : Console()) {}

RunningTarget::~RunningTarget() { stop(); }

RunningTarget::Started RunningTarget::start(TargetSettings settings, const ReadyCheck& ready, std::stop_token stop) {
  std::optional<Process> process;
  Descriptor output;
  if (settings.command) {
    if (const auto holder = settings.port ? port_holder(*settings.port) : std::nullopt) {
      return std::unexpected(lost_before_console(
          error_of(ErrorKind::target, fmt::format("port {} is in use by {}", *settings.port, *holder),
                   "stop that program, or write ${port} in the target's `url` and `start` for a free port")));
    }
    Result<Process> started = Process::start({.command = *settings.command,
                                              .directory = settings.directory,
                                              .environment = settings.environment,
                                              .grace = settings.grace});
    if (!started) return std::unexpected(lost_before_console(started.error()));
    process = std::move(*started);
    output = process->take_output();
  }
  std::unique_ptr<RunningTarget> target(new RunningTarget(std::move(settings), std::move(process), std::move(output)));
  if (std::optional<Error> error = target->wait_until_ready(ready, stop)) {
    target->stop();
    record::TargetLost lost = target->lost();
    lost.error = std::move(*error);
    return std::unexpected(std::move(lost));
  }
  return target;
}

std::optional<Error> RunningTarget::wait_until_ready(const ReadyCheck& ready, const std::stop_token& stop) {
  const auto began = Clock::now();
  const auto deadline = began + settings_.start_timeout;
  std::string last;
  for (std::chrono::milliseconds wait = first_pause;; wait = std::min(wait * 3 / 2, longest_pause)) {
    const auto until = std::min(deadline, Clock::now() + longest_attempt);
    const auto status = ready(until);
    const bool cut_short = Clock::now() >= until;
    // Whoever answers while our app is dead is another program.
    if (const auto ended = process_ ? process_->exit() : std::nullopt) return died_early(*ended, settings_);
    if (stop.stop_requested()) break;
    if (status && *status < 400) {
      waited_ = std::chrono::duration_cast<record::Duration>(Clock::now() - began);
      end_awaited_ = console_.closed(); // it writes elsewhere: its console tells nothing of its end
      console_.drain(Clock::now());
      console_of_start_ = console_.last(last_lines_of_start);
      record::keep_newest(console_of_start_, record::most_of_start);
      return std::nullopt;
    }
    // What the attempt before it met says more than that this one had no time.
    if (status || !cut_short || last.empty())
      last = status ? fmt::format("{} answered {}", settings_.url, *status) : status.error();
    const auto left = std::chrono::duration_cast<std::chrono::milliseconds>(deadline - Clock::now());
    if (left <= 0ms) return never_ready(settings_, last);
    const auto now = std::min(wait, left);
    if (process_) {
      if (const auto ended = process_->wait(Clock::now() + now)) return died_early(*ended, settings_);
      if (stop.stop_requested()) break;
    } else if (!pause(now, stop)) {
      break;
    }
  }
  return error_of(ErrorKind::interrupted, "interrupted while waiting for " + app_of(settings_), "");
}

std::optional<Exit> RunningTarget::exit() {
  const std::scoped_lock lock(mutex_);
  if (!process_ || stopped_) return ended_;
  if (end_awaited_ || !console_.closed()) return process_->exit();
  // When an app dies its console and its connections close first: without this wait it would pass for alive.
  end_awaited_ = true;
  return process_->wait(Clock::now() + end_time);
}

bool RunningTarget::alive() { return !exit(); }

std::string RunningTarget::death() {
  const auto ended = exit();
  return ended ? end_of(settings_, *ended) : std::string();
}

record::TargetLost RunningTarget::lost() {
  console_.drain(Clock::now() + drain_time);
  return {.at = std::chrono::system_clock::now(),
          .error = error_of(ErrorKind::target, death(), "see its console"),
          .console = console_.last(last_lines)};
}

void RunningTarget::stop() {
  const std::scoped_lock lock(mutex_);
  if (!process_ || stopped_) return;
  ended_ = process_->exit();
  stopped_ = true;
  process_->stop();
}

RunningTarget::Started start_on_free_port(const std::function<Attempt(std::uint16_t port)>& attempt,
                                          std::stop_token stop) {
  for (bool again : {true, false}) {
    const Result<std::uint16_t> port = free_port();
    if (!port) return std::unexpected(lost_before_console(port.error()));
    Attempt made = attempt(*port);
    made.settings.port = *port;
    auto started = RunningTarget::start(std::move(made.settings), made.ready, stop);
    const auto lost_its_port = [&] {
      return port_holder(*port) || std::ranges::any_of(started.error().console, [](const record::ConsoleLine& line) {
               return says_port_in_use(line.text);
             });
    };
    if (started || !again || stop.stop_requested() || !lost_its_port()) return started;
  }
  std::unreachable();
}

} // namespace murphy::target
