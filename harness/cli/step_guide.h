// `murphy run --step`: a person at the terminal goes through the scenarios step by step.
#pragma once

#include "cli/commands.h"
#include "cli/terminal_questions.h"
#include "record/redactor.h"
#include "reports/console_style.h"
#include "run/shared/guide.h"

#include <chrono>
#include <cstdint>
#include <functional>
#include <optional>
#include <stop_token>
#include <string>
#include <vector>

namespace murphy::cli {

// Whether a run may be stepped as the options say. Errors: usage, there is no terminal, it is a CI job, or the options
// contradict it.
Result<void> check_stepping(const RunOptions& options);

// What a person typed.
struct StepCommand {
  char key = ' ';   // ' ': go on
  std::string text; // behind it
};
StepCommand step_command(const std::string& line);

// After a long wait, that the app's own time limits did not wait; else empty.
std::string after_waiting(std::chrono::seconds waited);

class StepGuide final : public run::Guide {
public:
  // What it works with; all of it outlives the guide.
  struct Surroundings {
    const scenario::Project& project;
    record::Redactor& redactor;
    std::stop_token stop;           // of the run
    std::function<void()> stop_run; // asks for it
  };
  enum class Stops { before_every_step, at_failures };
  StepGuide(TerminalQuestions terminal, Stops stops, reports::ConsoleStyle style, Surroundings surroundings)
      : terminal_(std::move(terminal)), stops_(stops), style_(style), around_(std::move(surroundings)) {}

  bool stops(const record::PlannedCase& planned, const Place& step, Moment moment) override;
  Answer ask(const View& view) override;

private:
  // What to do next; none: the person looks on.
  std::optional<Answer> obey(const StepCommand& command, const View& view, const record::StepResult& shown);
  void show(const View& view, const record::StepResult& shown);
  void show_cookies(const View& view);
  void try_out(const std::string& text, const View& view);
  std::optional<Answer> run_on(const std::string& line);
  void say(std::string_view text) const;
  record::StepResult masked(const record::PlannedCase& planned, record::StepResult step);

  TerminalQuestions terminal_;
  const Stops stops_;
  const reports::ConsoleStyle style_;
  const Surroundings around_;
  std::string case_;                         // the one at hand
  std::vector<record::ConsoleLine> console_; // of it, masked
  std::optional<std::uint32_t> runs_to_;     // this line of the file; 0: the first failure
  bool knows_keys_ = false;
};

} // namespace murphy::cli
