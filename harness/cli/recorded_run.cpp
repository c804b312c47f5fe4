#include "cli/recorded_run.h"

#include "cli/history_leases.h"
#include "cli/interrupt.h"
#include "cli/recorder.h"
#include "cli/step_guide.h"
#include "cli/terminal.h"
#include "record/redact.h"

#include <algorithm>
#include <chrono>

namespace murphy::cli {
namespace {

// Names of tables and columns may hold a secret as much as any text of the app.
record::Schema masked(record::Schema schema, record::Redactor& redactor) {
  record::EvidenceGathered gathered;
  gathered.schema = std::move(schema);
  const record::Event event = record::redact(std::move(gathered), redactor);
  return std::get<record::EvidenceGathered>(event).schema.value_or(record::Schema{});
}

} // namespace

std::expected<RecordedRun, Errors> record_run(PreparedRun& ready, const RunOptions& options, const Outputs& outputs) {
  if (Errors wrong = check_outputs(outputs, ready.input_files()); !wrong.empty())
    return std::unexpected(std::move(wrong));
  std::optional<record::JournalWriter> journal;
  if (!outputs.journal.empty()) {
    auto opened = record::JournalWriter::open(outputs.journal);
    if (!opened) return std::unexpected(Errors{opened.error()});
    journal.emplace(std::move(*opened));
  }
  Interrupt interrupt;
  // What steps that passed saw is compared with the baseline and with earlier runs.
  record::PassedSteps kept =
      ready.known_good || ready.history ? record::PassedSteps::evidence : record::PassedSteps::remarks;
  for (const ReportRequest& report : outputs.reports) kept = std::max(kept, report.kind->passed_steps);
  const Stream console = uses_standard_output(outputs) ? Stream::error : Stream::output;
  Recorder recorder(ready.redactor, std::move(journal), console, kept,
                    options.step.empty() ? Recorder::LiveLine::where_possible : Recorder::LiveLine::never);
  run::RunSettings settings = ready.settings(options, interrupt.token());
  settings.start_target = [&](std::stop_token until) { // there may be a live line
    return ready.setup->start(std::move(until),
                              {.alive = {}, .waits = [&](const std::string& words) { recorder.say(words); }});
  };
  // An app that Murphy starts is this run's alone.
  std::unique_ptr<run::SharedLeases> shared_leases;
  if (ready.history && ready.target->start.empty() && !ready.plan.cases.empty())
    shared_leases = leases_in_history(*ready.history, ready.target->name);
  settings.shared_leases = shared_leases.get();
  if (outputs.journal.empty() && kept != record::PassedSteps::evidence) settings.of_passed_steps = run::Kept::outcome;
  std::optional<StepGuide> guide;
  if (auto terminal = options.step.empty() ? std::nullopt : TerminalQuestions::open())
    guide.emplace(*std::move(terminal),
                  options.step == "failed" ? StepGuide::Stops::at_failures : StepGuide::Stops::before_every_step,
                  style_of(console),
                  StepGuide::Surroundings{.project = *ready.loaded.project,
                                          .redactor = ready.redactor,
                                          .stop = interrupt.token(),
                                          .stop_run = [&interrupt] { interrupt.request_stop(); }});
  settings.guide = guide ? &*guide : nullptr;
  std::optional<record::Schema> schema;
  if (ready.known_good || ready.history)
    settings.before_stop = [&](target::RunningTarget& app) {
      if (auto looked = ready.setup->look_at_database(&app); looked && *looked)
        schema = masked(std::move(**looked), ready.redactor);
    };
  if (ready.plan.cases.empty()) {
    record::RunStarted started = std::move(settings.started);
    started.at = std::chrono::floor<record::Duration>(std::chrono::system_clock::now());
    const record::Instant at = started.at;
    recorder(record::Event(std::move(started)));
    recorder(record::RunFinished{.at = at});
  } else {
    run::run(ready.plan, std::move(settings), [&](const record::Event& event) { recorder(event); });
    if (const auto warning = ready.setup->close_console()) show({*warning}, ready.redactor);
  }
  record::Run run = recorder.finish();
  return RecordedRun{.run = std::move(run), .errors = recorder.errors(), .schema = std::move(schema)};
}

} // namespace murphy::cli
