#include "base/make_error.h"
#include "base/text.h"
#include "chromium/browser.h"
#include "chromium/page_watch.h"
#include "cli/commands.h"
#include "cli/import_file.h"
#include "cli/interrupt.h"
#include "cli/terminal.h"
#include "cli/terminal_questions.h"
#include "imported/recording.h"
#include "web/url/url.h"

#include <algorithm>
#include <array>
#include <chrono>
#include <csignal>
#include <cstdlib>
#include <fmt/format.h>
#include <poll.h>

namespace murphy::cli {
namespace {

constexpr std::chrono::seconds patience{30}; // until the browser answers
constexpr int turn = 200;                    // milliseconds, until its end and a stop are looked for again

constexpr const char* way_out = "record it in a browser of yours instead, and use murphy import har or murphy import "
                                "recording; docs/import.md describes both";

bool has_value(const char* variable) { return variable != nullptr && *variable != '\0'; }

Result<std::string> program_to_start(const std::string& address) {
  const auto variable = [](const char* name) -> const char* { return std::getenv(name); };
  const auto url = web::Url::parse(address);
  if (!url || (url->scheme() != "http" && url->scheme() != "https"))
    return std::unexpected(usage_error(fmt::format("\"{}\" is not the address of a page", one_line(address)),
                                       "write it with http:// or https://"));
  auto program = chromium::find_chromium(variable);
  if (!program)
    return std::unexpected(usage_error("Chromium is not installed",
                                       fmt::format("on Debian, apt install chromium; or set CHROMIUM to the program of "
                                                   "your Chrome; or {}",
                                                   way_out)));
  if (!chromium::has_display(variable))
    return std::unexpected(
        usage_error("there is no display to open a browser on: DISPLAY and WAYLAND_DISPLAY are not set", way_out));
  return *program;
}

// Chromium's words where nothing answers at the display.
bool says_no_display(const std::string& words) {
  return words.contains("Missing X server") || words.contains("Failed to connect to Wayland display");
}

Error closed_display() {
  std::string names;
  for (const char* name : {"DISPLAY", "WAYLAND_DISPLAY"})
    if (const char* value = std::getenv(name); has_value(value))
      names += fmt::format("{}{} is {}", names.empty() ? "" : ", ", name, one_line(value));
  return target_error("the browser cannot open a window: nothing answers at the display, " + names,
                      fmt::format("name a display that is there, or {}", way_out));
}

// One session of a person with a browser.
class Recording {
public:
  Recording(const ImportFile& file, record::Redactor& redactor, const std::string& address)
      : file_(file), redactor_(redactor), watch_(address), terminal_(TerminalQuestions::open()),
        is_named_(has_value(std::getenv("CHROMIUM"))) {}

  // Until the last window is closed. Errors: target, the browser does not come up; interrupted.
  Result<void> follow(chromium::Browser& browser, const std::stop_token& stop);
  imported::RecordedScenario scenario() const {
    imported::KnownSecrets secrets(redactor_);
    return imported::recorded_scenario(watch_.actions(), file_.values(), secrets);
  }

private:
  bool send(chromium::Browser& browser, const std::vector<std::string>& commands) {
    return std::ranges::all_of(commands, [&](const std::string& each) { return browser.send(each); });
  }
  void wait(const chromium::Browser& browser, const std::stop_token& stop, bool& was_typed);
  void show_steps();
  void show_what_is_new();

  const ImportFile& file_;
  record::Redactor& redactor_;
  chromium::PageWatch watch_;
  std::optional<TerminalQuestions> terminal_;
  bool is_named_ = false;          // the program, by CHROMIUM
  std::vector<std::string> shown_; // lines of steps
  std::size_t settled_ = 0;        // as far as they say
};

// Each step as the file will have it, once it is sure, and again when an expectation was added.
void Recording::show_steps() {
  const std::vector<imported::ImportedStep> steps = scenario().scenario.steps;
  shown_.resize(std::max(shown_.size(), steps.size()));
  for (std::size_t at = 0; at < steps.size(); ++at) {
    std::string line = imported::step_text(steps[at]);
    if (line == shown_[at]) continue;
    file_.say(line);
    shown_[at] = std::move(line);
  }
}

void Recording::show_what_is_new() {
  if (const std::string trouble = watch_.take_trouble(); !trouble.empty())
    file_.say(fmt::format("The browser cannot open the address: {}.", trouble));
  if (watch_.take_nothing_selected()) file_.say("Nothing is selected in the window: select a text first.");
  if (watch_.settled() == settled_) return;
  settled_ = watch_.settled();
  show_steps();
}

void Recording::wait(const chromium::Browser& browser, const std::stop_token& stop, bool& was_typed) {
  std::array<pollfd, 2> waiting{
      {{browser.descriptor(), POLLIN, 0}, {terminal_ ? terminal_->descriptor() : -1, POLLIN, 0}}};
  if (stop.stop_requested() || ::poll(waiting.data(), waiting.size(), turn) <= 0) return;
  // A pipe that is closed stays so, until the process behind it has ended.
  if ((waiting[0].revents & (POLLIN | POLLHUP)) == POLLHUP) ::poll(&waiting[1], 1, turn);
  was_typed = (waiting[1].revents & POLLIN) != 0;
  if (!was_typed && (waiting[1].revents & (POLLHUP | POLLERR | POLLNVAL)) != 0) terminal_.reset(); // it is gone
}

Result<void> Recording::follow(chromium::Browser& browser, const std::stop_token& stop) {
  const auto until = std::chrono::steady_clock::now() + patience;
  bool is_there = send(browser, watch_.begin());
  while (is_there && !watch_.is_over()) {
    if (stop.stop_requested())
      return std::unexpected(Error{.kind = ErrorKind::interrupted,
                                   .what = "interrupted; nothing is written",
                                   .hint = {},
                                   .place = {},
                                   .source_line = {}});
    is_there = !browser.exit();
    browser.receive([&](std::string_view message) {
      if (!send(browser, watch_.take(message))) is_there = false;
    });
    show_what_is_new();
    if (!watch_.has_window() && std::chrono::steady_clock::now() >= until) break;
    bool was_typed = false;
    if (is_there && !watch_.is_over()) wait(browser, stop, was_typed);
    if (!was_typed) continue;
    const auto line = terminal_->ask({}, stop);
    if (!line && line.error().kind != ErrorKind::usage)
      terminal_.reset(); // its end was typed
    else if (!line)
      file_.say(line.error().what + ".");
    else if (!send(browser, watch_.ask_for_selection()))
      is_there = false;
  }
  // Who quits the browser closes its windows; one that crashes has not recorded everything.
  const auto exit = browser.exit();
  if (watch_.is_over() || (watch_.has_window() && exit && exit->code() == 0)) return {};
  if (watch_.has_window())
    return std::unexpected(target_error(fmt::format("Chromium {} before its last window was closed; nothing is written",
                                                    exit ? exit->words() : std::string("does not answer any more,")),
                                        "record it again"));
  const std::string words = browser.last_words();
  if (says_no_display(words)) return std::unexpected(closed_display());
  return std::unexpected(
      target_error(fmt::format("Chromium does not answer{}", words.empty() ? std::string() : ": " + words),
                   is_named_ ? "CHROMIUM in the environment names the program: correct it, or unset it" : way_out));
}

void tell(const ImportFile& file, const imported::RecordedScenario& found) {
  file.say_left_out(found.left_out);
  file.say_lifted(found.lifted);
  for (const imported::TypedValue& typed : found.typed)
    file.say(fmt::format("In the file as you typed it: {} \"{}\".", typed.field, typed.value));
  if (std::ranges::all_of(found.scenario.steps, [](const auto& step) { return step.expect.empty(); }))
    file.say("The scenario expects nothing of its own: add an `expect` to its last step.");
}

} // namespace

ExitCode record_command(const ImportOptions& given) {
  std::signal(SIGPIPE, SIG_IGN); // a closed pipe is seen where it is written to
  ImportOptions options = given;
  if (options.name.empty()) options.name = "recorded";
  record::Redactor redactor;
  const auto refuse = [&](const Errors& errors) {
    show(errors, redactor);
    return exit_code(errors.front().kind);
  };
  const auto file = ImportFile::make(options, redactor);
  if (!file) return refuse(file.error());
  const auto program = program_to_start(options.file);
  if (!program) return refuse({program.error()});
  imported::RecordedScenario found;
  {
    const Interrupt interrupt;
    auto browser = chromium::Browser::start(*program);
    if (!browser) return refuse({browser.error()});
    file->say("A browser opens. Do what the scenario is to do, and close its window at the end.");
    file->say("To expect a text: select it there, and press Enter here.");
    Recording recording(*file, redactor, options.file);
    if (auto followed = recording.follow(*browser, interrupt.token()); !followed) return refuse({followed.error()});
    found = recording.scenario();
  }
  if (found.scenario.steps.empty()) {
    file->say("No page of an app was opened, so nothing is written.");
    return ExitCode::nothing_selected;
  }
  tell(*file, found);
  if (auto written = file->write(found.scenario); !written) return refuse({written.error()});
  return options.run && !options.dry_run ? file->run(found.scenario) : ExitCode::passed;
}

} // namespace murphy::cli
