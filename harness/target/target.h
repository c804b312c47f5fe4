// The app under test, started (or only found) and ready to be signed in to.
#pragma once

#include "base/error.h"
#include "base/secret.h"
#include "record/event.h"
#include "target/console.h"
#include "target/process.h"

#include <chrono>
#include <cstdint>
#include <expected>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <stop_token>
#include <string>
#include <vector>

namespace murphy::target {

struct TargetSettings {
  std::string name;                    // its name in the project file
  std::string url;                     // with the port filled in
  std::vector<std::string> commands{}; // `start`; without any the app is expected to be there already
  std::string directory;
  std::map<std::string, Value> environment;
  // The loopback ports that the commands will listen on, those that Murphy chose first; they must be free before.
  std::vector<std::uint16_t> ports{};
  std::string trace_url{};                        // where people see a trace, with ${trace} in place of its id
  std::map<std::string, std::string> providers{}; // identity providers of the app by name: their origins
  std::shared_ptr<Console> console{};             // of an app that is there already; null: nobody can read it
  std::chrono::milliseconds start_timeout{30'000};
  // Hears, in words, which page is waited for; once for each page of an app that should be there already and does not
  // answer at once. May be empty.
  std::function<void(const std::string& words)> waits{};
  // So long its ready page may answer with server errors and nothing else. An app that starts answers 503, or not at
  // all.
  std::chrono::milliseconds patience{3'000};
  std::chrono::milliseconds grace{5'000}; // from SIGTERM to SIGKILL
};

using Deadline = std::chrono::steady_clock::time_point;

// Why the app gave no answer, in words that name the address ("http://127.0.0.1:8080: connection refused").
struct NoAnswer {
  std::string why;
  std::string hint{};
  bool is_lasting = false; // waiting changes nothing about it: the certificate is not accepted
};

// Asks the app once whether it is ready. Any status below 400 is ready. Must return by the deadline.
using ReadyCheck = std::function<std::expected<record::Exchange, NoAnswer>(Deadline)>;

// A page that shows that the app, or a part of it, is ready.
struct ReadyPage {
  std::string address;
  ReadyCheck check;
};

class RunningTarget {
public:
  // A target that could not be started or reached: the error is of kind target (or interrupted), `console` holds the
  // app's last lines.
  using Started = std::expected<std::unique_ptr<RunningTarget>, record::TargetLost>;

  // Starts the app, if it is ours to start, and asks its pages in turn until all are ready, a command ends,
  // `start_timeout` runs out or `stop` is requested. With as many pages as commands, each command is started when the
  // page of the one before is ready; else all are started first. Nothing stays running when it fails.
  // `before_stop` is called when it fails, as long as what was started still runs.
  static Started start(TargetSettings settings, const std::vector<ReadyPage>& ready, const std::stop_token& stop,
                       const std::function<void(const TargetSettings&)>& before_stop = {});
  // The same for an app that is ready when the page at its `url` is.
  static Started start(TargetSettings settings, const ReadyCheck& ready, const std::stop_token& stop);

  ~RunningTarget(); // as stop()
  RunningTarget(const RunningTarget&) = delete;
  RunningTarget& operator=(const RunningTarget&) = delete;

  const TargetSettings& settings() const { return settings_; }
  bool started_by_us() const { return !settings_.commands.empty(); }
  record::Duration waited() const { return waited_; } // from the start until it was ready
  Console& console() { return settings_.console ? *settings_.console : own_console_; }
  // Where its console was when this began: of an app that was there already, lines from before may be in it.
  Console::Mark began() const { return began_; }
  // What the app wrote until it was ready; of much, the last lines.
  const std::vector<record::ConsoleLine>& console_of_start() const { return console_of_start_; }

  // False once an app that Murphy started has ended by itself; stop() does not count. Always true for one that was
  // there. From any thread.
  bool alive();
  // How the app ended by itself: `the app of target "local" exited with 1`. Empty while it is alive. From any thread.
  std::string death();
  // The same as an event, with the app's last lines. To be asked for when not alive.
  record::TargetLost lost();
  // Takes what reserves the ports of the app, to be kept as long as it.
  void keep(std::vector<Descriptor> reservations) { reservations_ = std::move(reservations); }
  // Ends an app that Murphy started, and every process of it. Harmless when repeated.
  void stop();

private:
  RunningTarget(TargetSettings settings, OutputPipe output);
  std::optional<record::TargetLost> start_command();
  std::optional<record::TargetLost> wait_until_ready(const ReadyPage& page, Deadline deadline,
                                                     const std::stop_token& stop);
  // A command that has ended by itself.
  struct Ended {
    std::size_t command = 0;
    Exit exit;
  };
  std::optional<Ended> any_ended(Deadline deadline);
  std::optional<Ended> exit();
  std::vector<record::ConsoleLine> last_lines();
  std::vector<record::ConsoleLine> newest_lines();

  TargetSettings settings_;
  std::vector<Descriptor> reservations_; // of the ports that Murphy chose
  std::mutex mutex_;                     // guards the four below
  std::vector<Process> processes_;       // of the first commands, in their order
  std::optional<Ended> ended_;           // before it was stopped
  bool stopped_ = false;
  bool end_awaited_ = false; // the news of its end was waited for, or is not to be
  Descriptor output_;        // for the commands to write to, until all are started
  Console own_console_;      // of an app that Murphy started
  Console::Mark began_ = 0;
  record::Duration waited_{};
  std::vector<record::ConsoleLine> console_of_start_;
};

// What one attempt on some ports needs: both name the ports.
struct ReadyAttempt {
  TargetSettings settings;
  std::vector<ReadyPage> ready;
  std::function<void(const TargetSettings&)> before_stop; // as RunningTarget::start() has it; may be empty
};

// Starts a target on ports that Murphy chooses, `count` of them, all different. When the app dies because one was taken
// meanwhile, one more attempt is made on others.
RunningTarget::Started
start_on_free_ports(std::size_t count,
                    const std::function<ReadyAttempt(const std::vector<std::uint16_t>& ports)>& attempt,
                    const std::stop_token& stop);

} // namespace murphy::target
