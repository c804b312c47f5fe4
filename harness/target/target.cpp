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

// What is kept of what the app wrote until it was ready, and goes with the news of its end, beside a bound on its
// bytes: a stack trace with its causes is some hundred lines long.
constexpr std::size_t most_lines = 1000;
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

record::TargetLost lost_with(Error error, record::AppLoss loss = record::AppLoss::unreachable) {
  record::TargetLost lost;
  lost.at = std::chrono::system_clock::now();
  lost.error = std::move(error);
  lost.loss = loss;
  return lost;
}

// The command ran, or it is `start` that is wrong.
bool is_of_the_app(const Exit& exit) {
  const int code = exit.code().value_or(-1);
  return code != 0 && code != 126 && code != 127;
}

record::TargetLost died_early(std::size_t command, const Exit& exit, const TargetSettings& settings) {
  return lost_with(
      error_of(ErrorKind::target, end_of(settings, command, exit) + " before it was ready", hint_for(exit, settings)),
      is_of_the_app(exit) ? record::AppLoss::broken : record::AppLoss::unreachable);
}

record::TargetLost answers_with_errors(const TargetSettings& settings, const std::string& last) {
  return lost_with(error_of(ErrorKind::target,
                            fmt::format("{} answers with server errors for {}: {}", app_of(settings),
                                        seconds(settings.patience), last),
                            "`ready` must answer with a status below 400 at `url`; open that page, or see its console"),
                   record::AppLoss::broken);
}

record::TargetLost never_ready(const TargetSettings& settings, const std::string& last) {
  if (settings.commands.empty()) {
    return lost_with(error_of(ErrorKind::target,
                              fmt::format("target \"{}\" could not be reached within {}: {}", settings.name,
                                          seconds(settings.start_timeout), last),
                              "start the app first, or add a `start` command to the target"));
  }
  return lost_with(
      error_of(ErrorKind::target,
               fmt::format("{} was not ready within {}: {}", app_of(settings), seconds(settings.start_timeout), last),
               "`ready` must answer with a status below 400 at `url`; raise `start_timeout` for a slow app"));
}

std::string text_of(const NoAnswer& none) { return none.hint.empty() ? none.why : none.why + "; " + none.hint; }

std::string waiting_text(const ReadyPage& page, std::optional<int> status, const TargetSettings& settings) {
  const std::string state = status ? fmt::format("answers {}", *status) : "does not answer yet";
  // The query may hold a token.
  const std::string address = page.address.substr(0, page.address.find('?'));
  return fmt::format("{} {}: waiting for it, {} at most (`start_timeout`)", address, state,
                     seconds(settings.start_timeout));
}

// A gateway in front of the app, and many an app itself, say with these that it is not ready yet.
bool says_not_yet(int status) { return status == 502 || status == 503 || status == 504; }

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
      own_console_(output.reading ? Console(std::move(output.reading)) : Console()) {
  console().drain(Clock::now());
  began_ = console().mark();
}

RunningTarget::~RunningTarget() { stop(); }

RunningTarget::Started RunningTarget::start(TargetSettings settings, const ReadyCheck& ready,
                                            const std::stop_token& stop) {
  const std::string address = settings.url;
  return start(std::move(settings), std::vector<ReadyPage>{{address, ready}}, stop);
}

RunningTarget::Started RunningTarget::start(TargetSettings settings, const std::vector<ReadyPage>& ready,
                                            const std::stop_token& stop,
                                            const std::function<void(const TargetSettings&)>& before_stop) {
  OutputPipe output;
  for (const std::uint16_t port : settings.commands.empty() ? std::vector<std::uint16_t>() : settings.ports) {
    if (const auto holder = port_holder(port)) {
      return std::unexpected(
          lost_with(error_of(ErrorKind::target, fmt::format("port {} is in use by {}", port, *holder),
                             "stop that program, or write ${port} in the target's `url` and `start` for a free port")));
    }
  }
  if (!settings.commands.empty()) {
    Result<OutputPipe> made = OutputPipe::make();
    if (!made) return std::unexpected(lost_with(made.error()));
    output = std::move(*made);
  }
  const std::size_t count = settings.commands.size();
  const Deadline began = Clock::now(), deadline = began + settings.start_timeout;
  const bool one_by_one = count == ready.size();
  std::unique_ptr<RunningTarget> target(new RunningTarget(std::move(settings), std::move(output)));
  std::optional<record::TargetLost> lost;
  while (!lost && !one_by_one && target->processes_.size() < count) lost = target->start_command();
  for (const ReadyPage& page : ready) {
    if (!lost && target->processes_.size() < count) lost = target->start_command();
    if (!lost) lost = target->wait_until_ready(page, deadline, stop);
  }
  target->output_.close();
  if (lost) {
    if (before_stop && lost->error.kind != ErrorKind::interrupted) before_stop(target->settings_);
    target->stop();
    lost->console = target->last_lines();
    return std::unexpected(std::move(*lost));
  }
  Console& console = target->console();
  target->waited_ = std::chrono::duration_cast<record::Duration>(Clock::now() - began);
  target->end_awaited_ = console.closed(); // it writes elsewhere: its console does not show its end
  console.drain(Clock::now());
  target->console_of_start_ = target->newest_lines();
  return target;
}

// Starts the next one.
std::optional<record::TargetLost> RunningTarget::start_command() {
  Result<Process> started = Process::start({.command = settings_.commands[processes_.size()],
                                            .directory = settings_.directory,
                                            .environment = settings_.environment,
                                            .grace = settings_.grace},
                                           output_);
  if (!started) return lost_with(started.error());
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

std::optional<record::TargetLost> RunningTarget::wait_until_ready(const ReadyPage& page, Deadline deadline,
                                                                  const std::stop_token& stop) {
  std::string last;
  std::optional<record::Exchange> failed;   // the last answer
  std::optional<Clock::time_point> failing; // since when every answer was one
  bool is_said = false;                     // that it is waited for
  const auto with_answer = [&](record::TargetLost lost) {
    if (!failed) return lost;
    // What a gateway says of an app behind it is that it cannot be reached; that there is no such page may be `ready`'s
    // fault.
    const bool is_of_app = failed->status >= 500 && failed->status != 502 && failed->status != 504;
    if (is_of_app) lost.loss = record::AppLoss::broken;
    lost.exchanges = {std::move(*failed)};
    return lost;
  };
  for (std::chrono::milliseconds wait = first_pause;; wait = std::min(wait * 3 / 2, longest_pause)) {
    const auto until = std::min(deadline, Clock::now() + longest_attempt);
    auto answer = page.check(until);
    const std::optional<int> status = answer ? std::optional(answer->status) : std::nullopt;
    const bool cut_short = Clock::now() >= until;
    // What the attempt before it met says more than that this one had no time.
    const bool is_news = status || !cut_short || last.empty();
    if (is_news) failed.reset();
    if (status && *status >= 400) failed = std::move(*answer);
    if (!status || *status < 500 || says_not_yet(*status))
      failing.reset();
    else if (!failing)
      failing = Clock::now();
    // Whoever answers while our app is dead is another program.
    const auto ended = processes_.empty() ? std::nullopt : any_ended(Clock::now());
    if (ended) return died_early(ended->command, ended->exit, settings_);
    if (stop.stop_requested()) break;
    if (status && *status < 400) return std::nullopt;
    if (is_news) last = status ? fmt::format("{} answered {}", page.address, *status) : text_of(answer.error());
    if (!status && answer.error().is_lasting)
      return lost_with(error_of(ErrorKind::target,
                                fmt::format("target \"{}\" cannot be reached: {}", settings_.name, answer.error().why),
                                answer.error().hint));
    if (failing && Clock::now() - *failing >= settings_.patience)
      return with_answer(answers_with_errors(settings_, last));
    const auto left = std::chrono::duration_cast<std::chrono::milliseconds>(deadline - Clock::now());
    if (left <= 0ms) return with_answer(never_ready(settings_, last));
    if (processes_.empty() && settings_.waits && !std::exchange(is_said, true))
      settings_.waits(waiting_text(page, status, settings_));
    const auto now = std::min(wait, left);
    if (!processes_.empty()) {
      if (const auto died = any_ended(Clock::now() + now)) return died_early(died->command, died->exit, settings_);
      if (stop.stop_requested()) break;
    } else if (!pause(now, stop)) {
      break;
    }
  }
  return lost_with(error_of(ErrorKind::interrupted, "interrupted while waiting for " + app_of(settings_), ""));
}

std::optional<RunningTarget::Ended> RunningTarget::exit() {
  const std::scoped_lock lock(mutex_);
  if (processes_.empty() || stopped_) return ended_;
  if (end_awaited_ || !own_console_.closed()) return any_ended(Clock::now());
  // When an app dies its console and its connections close first: without this wait it would pass for alive.
  end_awaited_ = true;
  return any_ended(Clock::now() + end_time);
}

bool RunningTarget::alive() { return !exit(); }

std::string RunningTarget::death() {
  const auto ended = exit();
  return ended ? end_of(settings_, ended->command, ended->exit) : std::string();
}

std::vector<record::ConsoleLine> RunningTarget::last_lines() {
  console().drain(Clock::now() + drain_time);
  return newest_lines();
}

// Of this app's time.
std::vector<record::ConsoleLine> RunningTarget::newest_lines() {
  const Console::Mark now = console().mark();
  std::vector<record::ConsoleLine> lines =
      console().lines_since(now - std::min<Console::Mark>(most_lines, now - began_));
  record::keep_newest(lines, record::most_of_start);
  return lines;
}

record::TargetLost RunningTarget::lost() {
  record::TargetLost lost = lost_with(error_of(ErrorKind::target, death(), "see its console"), record::AppLoss::died);
  lost.console = last_lines();
  return lost;
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
    std::vector<Descriptor> reservations;
    while (ports.size() < count) {
      Result<FreePort> port = free_port();
      if (!port) return std::unexpected(lost_with(port.error()));
      ports.push_back(port->number);
      reservations.push_back(std::move(port->reservation));
    }
    ReadyAttempt made = attempt(ports);
    // Those of the settings that Murphy did not choose have to be free as well.
    std::vector<std::uint16_t> all = ports;
    for (const std::uint16_t port : made.settings.ports)
      if (std::ranges::find(ports, port) == ports.end()) all.push_back(port);
    made.settings.ports = std::move(all);
    auto started = RunningTarget::start(std::move(made.settings), made.ready, stop, made.before_stop);
    const auto lost_a_port = [&] {
      return std::ranges::any_of(ports, [](std::uint16_t port) { return port_holder(port).has_value(); }) ||
             std::ranges::any_of(started.error().console,
                                 [](const record::ConsoleLine& line) { return says_port_in_use(line.text); });
    };
    if (started) (*started)->keep(std::move(reservations));
    if (started || !again || stop.stop_requested() || !lost_a_port()) return started;
  }
  std::unreachable();
}

} // namespace murphy::target
