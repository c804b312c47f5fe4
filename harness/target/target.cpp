#include "target/target.h"

#include "base/text.h"
#include "record/bounds.h"
#include "target/free_port.h"

#include <algorithm>
#include <condition_variable>
#include <fmt/format.h>
#include <ranges>
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

// "the app of target "local" exited with 1"; of several commands, it is said which.
std::string end_of(const TargetSettings& settings, std::size_t command, const Exit& exit) {
  constexpr std::size_t longest_command = 60;
  std::string what = app_of(settings);
  if (settings.commands.size() > 1)
    what = fmt::format("the command \"{}\" of target \"{}\"", ellipsize(settings.commands[command], longest_command),
                       settings.name);
  return fmt::format("{}{} {}", what, exit.code() ? "" : " was", exit.words());
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

Error died_early(std::size_t command, const Exit& exit, const TargetSettings& settings) {
  return error_of(ErrorKind::target, end_of(settings, command, exit) + " before it was ready",
                  hint_for(exit, settings));
}

Error never_ready(const TargetSettings& settings, const std::string& last) {
  if (settings.commands.empty()) {
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

RunningTarget::RunningTarget(TargetSettings settings, OutputPipe output)
    : settings_(std::move(settings)), output_(std::move(output.writing)),
      console_(output.reading ? Console(std::move(output.reading)) : Console()) {}

RunningTarget::~RunningTarget() { stop(); }

RunningTarget::Started RunningTarget::start(TargetSettings settings, const ReadyCheck& ready,
                                            const std::stop_token& stop) {
  const std::string address = settings.url;
  return start(std::move(settings), std::vector<ReadyPage>{{address, ready}}, stop);
}

RunningTarget::Started RunningTarget::start(TargetSettings settings, const std::vector<ReadyPage>& ready,
                                            const std::stop_token& stop) {
  OutputPipe output;
  for (const std::uint16_t port : settings.commands.empty() ? std::vector<std::uint16_t>() : settings.ports) {
    if (const auto holder = port_holder(port)) {
      return std::unexpected(lost_before_console(
          error_of(ErrorKind::target, fmt::format("port {} is in use by {}", port, *holder),
                   "stop that program, or write ${port} in the target's `url` and `start` for a free port")));
    }
  }
  if (!settings.commands.empty()) {
    Result<OutputPipe> made = OutputPipe::make();
    if (!made) return std::unexpected(lost_before_console(made.error()));
    output = std::move(*made);
  }
  const std::size_t count = settings.commands.size();
  const Deadline began = Clock::now(), deadline = began + settings.start_timeout;
  const bool one_by_one = count == ready.size();
  std::unique_ptr<RunningTarget> target(new RunningTarget(std::move(settings), std::move(output)));
  std::optional<Error> error;
  while (!error && !one_by_one && target->processes_.size() < count) error = target->start_command();
  for (const ReadyPage& page : ready) {
    if (!error && target->processes_.size() < count) error = target->start_command();
    if (!error) error = target->wait_until_ready(page, deadline, stop);
  }
  target->output_.close();
  if (error) {
    const bool has_console = !target->processes_.empty();
    target->stop();
    record::TargetLost lost = has_console || count == 0 ? target->lost() : lost_before_console({});
    lost.error = std::move(*error);
    return std::unexpected(std::move(lost));
  }
  Console& console = target->console_;
  target->waited_ = std::chrono::duration_cast<record::Duration>(Clock::now() - began);
  target->end_awaited_ = console.closed(); // it writes elsewhere: its console does not show its end
  console.drain(Clock::now());
  target->console_of_start_ = console.last(last_lines_of_start);
  record::keep_newest(target->console_of_start_, record::most_of_start);
  return target;
}

// Starts the next one.
std::optional<Error> RunningTarget::start_command() {
  Result<Process> started = Process::start({.command = settings_.commands[processes_.size()],
                                            .directory = settings_.directory,
                                            .environment = settings_.environment,
                                            .grace = settings_.grace},
                                           output_);
  if (!started) return started.error();
  processes_.push_back(std::move(*started));
  // The console knows that nothing more comes when all who write have ended: we are not one of them.
  if (processes_.size() == settings_.commands.size()) output_.close();
  return std::nullopt;
}

// Waits until a command has ended or the deadline has passed.
std::optional<RunningTarget::Ended> RunningTarget::any_ended(Deadline deadline) {
  constexpr auto turn = 20ms;
  for (;;) {
    const bool alone = processes_.size() == 1;
    for (std::size_t command = 0; command < processes_.size(); ++command) {
      const Deadline until = alone ? deadline : std::min(deadline, Clock::now() + turn);
      if (const auto exit = processes_[command].wait(command + 1 == processes_.size() ? until : Clock::now()))
        return Ended{command, *exit};
    }
    if (Clock::now() >= deadline) return std::nullopt;
  }
}

std::optional<Error> RunningTarget::wait_until_ready(const ReadyPage& page, Deadline deadline,
                                                     const std::stop_token& stop) {
  std::string last;
  for (std::chrono::milliseconds wait = first_pause;; wait = std::min(wait * 3 / 2, longest_pause)) {
    const auto until = std::min(deadline, Clock::now() + longest_attempt);
    const auto status = page.check(until);
    const bool cut_short = Clock::now() >= until;
    // Whoever answers while our app is dead is another program.
    const auto ended = processes_.empty() ? std::nullopt : any_ended(Clock::now());
    if (ended) return died_early(ended->command, ended->exit, settings_);
    if (stop.stop_requested()) break;
    if (status && *status < 400) return std::nullopt;
    // What the attempt before it met says more than that this one had no time.
    if (status || !cut_short || last.empty())
      last = status ? fmt::format("{} answered {}", page.address, *status) : status.error();
    const auto left = std::chrono::duration_cast<std::chrono::milliseconds>(deadline - Clock::now());
    if (left <= 0ms) return never_ready(settings_, last);
    const auto now = std::min(wait, left);
    if (!processes_.empty()) {
      if (const auto died = any_ended(Clock::now() + now)) return died_early(died->command, died->exit, settings_);
      if (stop.stop_requested()) break;
    } else if (!pause(now, stop)) {
      break;
    }
  }
  return error_of(ErrorKind::interrupted, "interrupted while waiting for " + app_of(settings_), "");
}

std::optional<RunningTarget::Ended> RunningTarget::exit() {
  const std::scoped_lock lock(mutex_);
  if (processes_.empty() || stopped_) return ended_;
  if (end_awaited_ || !console_.closed()) return any_ended(Clock::now());
  // When an app dies its console and its connections close first: without this wait it would pass for alive.
  end_awaited_ = true;
  return any_ended(Clock::now() + end_time);
}

bool RunningTarget::alive() { return !exit(); }

std::string RunningTarget::death() {
  const auto ended = exit();
  return ended ? end_of(settings_, ended->command, ended->exit) : std::string();
}

record::TargetLost RunningTarget::lost() {
  console_.drain(Clock::now() + drain_time);
  return {.at = std::chrono::system_clock::now(),
          .error = error_of(ErrorKind::target, death(), "see its console"),
          .console = console_.last(last_lines)};
}

void RunningTarget::stop() {
  const std::scoped_lock lock(mutex_);
  if (processes_.empty() || stopped_) return;
  ended_ = any_ended(Clock::now());
  stopped_ = true;
  // Those that were started last rest on those before them.
  for (Process& process : std::views::reverse(processes_)) process.stop();
}

RunningTarget::Started
start_on_free_ports(std::size_t count,
                    const std::function<ReadyAttempt(const std::vector<std::uint16_t>& ports)>& attempt,
                    const std::stop_token& stop) {
  for (bool again : {true, false}) {
    std::vector<std::uint16_t> ports;
    while (ports.size() < count) {
      const Result<std::uint16_t> port = free_port();
      if (!port) return std::unexpected(lost_before_console(port.error()));
      if (std::ranges::find(ports, *port) == ports.end()) ports.push_back(*port);
    }
    ReadyAttempt made = attempt(ports);
    // Those of the settings that Murphy did not choose have to be free as well.
    std::vector<std::uint16_t> all = ports;
    for (const std::uint16_t port : made.settings.ports)
      if (std::ranges::find(ports, port) == ports.end()) all.push_back(port);
    made.settings.ports = std::move(all);
    auto started = RunningTarget::start(std::move(made.settings), made.ready, stop);
    const auto lost_a_port = [&] {
      return std::ranges::any_of(ports, [](std::uint16_t port) { return port_holder(port).has_value(); }) ||
             std::ranges::any_of(started.error().console,
                                 [](const record::ConsoleLine& line) { return says_port_in_use(line.text); });
    };
    if (started || !again || stop.stop_requested() || !lost_a_port()) return started;
  }
  std::unreachable();
}

} // namespace murphy::target
