#include "base/make_error.h"
#include "cli/commands.h"
#include "cli/earlier_runs.h"
#include "cli/gate_baseline.h"
#include "cli/gate_selection.h"
#include "cli/recorded_run.h"
#include "cli/target_setup.h"
#include "cli/terminal.h"
#include "gate/example.h"
#include "gate/explanation.h"
#include "gate/verdict.h"
#include "record/read_run.h"
#include "reports/text_block.h"
#include "source/revision.h"

#include <algorithm>
#include <csignal>
#include <cstdlib>
#include <fmt/format.h>
#include <iterator>

namespace murphy::cli {
namespace {

constexpr std::size_t short_commit = 9;

// Runs of another target say nothing of this one.
Result<void> check_target(const std::string& journal, const std::string& its_target, const std::string& target) {
  if (its_target == target) return {};
  return std::unexpected(
      in_file(usage_error(fmt::format("this is a run against \"{}\", and the gate judges \"{}\"", its_target, target),
                          fmt::format("pass a journal of \"{}\", or choose the target with --target", target)),
              journal));
}

ExitCode code_of(gate::Decision decision) {
  switch (decision) {
  case gate::Decision::ready: return ExitCode::passed;
  case gate::Decision::not_ready: return ExitCode::failed;
  case gate::Decision::not_judged: return ExitCode::target;
  case gate::Decision::interrupted: break;
  }
  return ExitCode::interrupted;
}

void print(const reports::GateVerdict& verdict, Stream stream) {
  reports::TextBlock block(style_of(stream));
  const reports::Symbols& signs = reports::symbols(block.style());
  const bool is_ready = verdict.verdict == reports::RunVerdict::passed;
  const bool is_failed = verdict.verdict == reports::RunVerdict::failed;
  const reports::Tone tone = is_ready ? reports::Tone::good : is_failed ? reports::Tone::bad : reports::Tone::doubtful;
  const std::string_view sign = is_ready ? signs.passed : is_failed ? signs.failed : signs.error;
  block.blank();
  block.line({{tone, std::string(sign)}, {reports::Tone::strong, " " + verdict.heading}}, 2);
  block.indent(2);
  for (const std::string& line : verdict.lines) block.line({{reports::Tone::plain, line}}, 2);
  print_to(stream, block.text());
}

struct Judged {
  ExitCode code = ExitCode::internal;
  Errors errors;
};

// The names of features and of files are the project's, and may hold what the redactor knows.
void redact(reports::GateVerdict& verdict, const record::Redactor& redactor) {
  for (std::string& line : verdict.lines) line = redactor.redact(line);
  for (reports::GateVerdict::List& list : verdict.lists)
    for (std::string& item : list.items) item = redactor.redact(item);
}

// Says what the run amounts to, and writes the reports.
Judged judge(const record::Run& run, const GateSelection& selection, const Baseline& baseline, const Outputs& outputs,
             std::optional<reports::EarlierRuns> earlier, const record::Redactor& redactor = {}) {
  const std::vector<reports::Cause> causes = reports::causes_of(run);
  const gate::GateJudgement judgement = gate::judge(run, causes, baseline.earlier, selection.requirements);
  reports::GateVerdict verdict = gate::verdict_of_gate(
      {.run = run,
       .causes = causes,
       .judgement = judgement,
       .concerned = selection.concerned,
       .earlier = baseline.earlier,
       .baseline = baseline.use,
       .planned = selection.requirements.plan.size(),
       .base = selection.base,
       .depth = selection.changes.is_shallow ? gate::CloneDepth::shallow : gate::CloneDepth::whole});
  redact(verdict, redactor);
  print(verdict, uses_standard_output(outputs) ? Stream::error : Stream::output);
  return {.code = code_of(judgement.decision),
          .errors =
              write_reports(run, outputs.reports, {.verdict = std::move(verdict), .earlier = std::move(earlier)})};
}

ExitCode refuse(const Errors& errors) {
  show(errors);
  return exit_code(errors.front().kind);
}

ExitCode print_example(const GateOptions& options) {
  const Loaded loaded = load_project(options.run.files.project, {});
  if (!loaded.errors.empty()) return refuse(loaded.errors);
  write_error("murphy gate: save this as " + gate::file_of_example(options.example) + "\n");
  write_out(gate::example_of(options.example, *loaded.project));
  return ExitCode::passed;
}

void explain(const GateSelection& selection, std::size_t selected) {
  std::string text;
  if (!selection.changes.base.empty())
    text += fmt::format("compared with {} at {}\n", selection.base, selection.changes.base.substr(0, short_commit));
  for (const std::string& line : gate::lines_of(selection.concerned)) text += "  " + line + "\n";
  const std::size_t planned = selection.requirements.plan.size();
  const auto depth = selection.changes.is_shallow ? gate::CloneDepth::shallow : gate::CloneDepth::whole;
  const std::string why = gate::words_of(selection.concerned, selection.base, depth);
  text +=
      fmt::format("runs {} of {}{}\n", selected, reports::counted(planned, "scenario"), why.empty() ? "" : ": " + why);
  if (!selection.requirements.features.empty()) text += "features to prove\n";
  for (const std::string& line : gate::lines_of(selection.requirements)) text += "  " + line + "\n";
  write_out(text);
}

// What neither runs nor sends anything: --explain, and the judgement of a run that is over.
ExitCode judge_files(const GateOptions& options, std::vector<gate::EarlierRun> earlier, const Outputs& outputs) {
  const auto outside = inputs(options.run.variables);
  if (!outside) return refuse({outside.error()});
  const Loaded loaded = load(options.run.files, *outside);
  show(loaded.warnings);
  if (!loaded.errors.empty()) return refuse(loaded.errors);
  const auto target = choose_target(*loaded.project, options.run.target);
  if (!target) return refuse({target.error()});
  const run::Plan all = run::plan(loaded.features);
  const auto selection = select_for_gate(loaded, all, options);
  if (!selection) return refuse({selection.error()});
  if (options.explain) return explain(*selection, selected_of(all, *selection).cases.size()), ExitCode::passed;
  for (std::size_t i = 0; i < earlier.size(); ++i)
    if (auto checked = check_target(options.baselines[i], earlier[i].target, (*target)->name); !checked)
      return refuse({checked.error()});

  std::vector<std::string> read = loaded.inputs;
  read.push_back(options.result);
  read.insert(read.end(), options.baselines.begin(), options.baselines.end());
  if (const Errors wrong = check_outputs(outputs, read); !wrong.empty()) return refuse(wrong);
  const auto run = record::read_run(options.result);
  if (!run) return refuse({run.error()});
  if (auto checked = check_target(options.result, run->started.target, (*target)->name); !checked)
    return refuse({checked.error()});
  const std::string commit = source::revision_of(loaded.project->directory).commit;
  const std::string& its_commit = run->started.origin.commit;
  if (!commit.empty() && its_commit != commit)
    return refuse(
        {in_file(usage_error(fmt::format("this is a run of {}, and {} is checked out",
                                         its_commit.empty() ? "no commit" : its_commit.substr(0, short_commit),
                                         commit.substr(0, short_commit)),
                             "pass the journal of a run of this commit"),
                 options.result)});
  const std::string& folder = loaded.project->directory;
  const auto history = history_of(loaded.project->file, folder, *outside);
  if (!history) return refuse({history.error()});
  const ComparedRun compared{.target = (*target)->name, .id = history::summary_of(*run).id};
  const Baseline baseline = options.baselines.empty()
                                ? baseline_of_history(*history, compared, selection->changes, folder)
                                : baseline_of_journals(std::move(earlier), selection->changes, folder);
  const record::Redactor redactor;
  const std::optional<record::Schema> no_schema;
  auto before = earlier_runs_of(*history, {.run = *run, .schema = no_schema, .folder = folder, .redactor = redactor});
  const Judged judged = judge(*run, *selection, baseline, outputs, std::move(before));
  show(judged.errors);
  return judged.errors.empty() ? judged.code : ExitCode::internal;
}

} // namespace

ExitCode gate_command(const GateOptions& options) {
  std::signal(SIGPIPE, SIG_IGN); // a closed pipe is seen where it is written to
  if (!options.example.empty()) return print_example(options);
  auto kinds = read_report_options(options.run.reports, [](const char* name) { return std::getenv(name); });
  if (!kinds) return show(kinds.error()), ExitCode::usage;
  const Outputs outputs{.reports = std::move(*kinds), .journal = options.run.journal};
  auto earlier = read_baselines(options.baselines);
  if (!earlier) return refuse({earlier.error()});
  if (options.explain || !options.result.empty()) return judge_files(options, std::move(*earlier), outputs);

  std::optional<GateSelection> selection;
  const auto prepared = prepare(options.run, [&](const Loaded& loaded, const run::Plan& all) -> Result<run::Plan> {
    auto made = select_for_gate(loaded, all, options);
    if (!made) return std::unexpected(made.error());
    selection = std::move(*made);
    return selected_of(all, *selection);
  });
  if (!prepared) {
    remove_old(outputs);
    return prepared.error();
  }
  PreparedRun& ready = **prepared;
  const auto refuse_run = [&](const Errors& errors) {
    show(errors, ready.redactor);
    return exit_code(errors.front().kind);
  };
  for (std::size_t i = 0; i < earlier->size(); ++i)
    if (auto checked = check_target(options.baselines[i], (*earlier)[i].target, ready.target->name); !checked)
      return refuse_run({checked.error()});
  if (const Errors wrong = check_outputs(outputs, options.baselines); !wrong.empty()) return refuse_run(wrong);
  const auto recorded = record_run(ready, options.run, outputs);
  if (!recorded) return refuse_run(recorded.error());
  const std::string& folder = ready.loaded.project->directory;
  const ComparedRun compared{.target = ready.target->name, .id = {}};
  // Before the run is in the history itself.
  const Baseline baseline = options.baselines.empty()
                                ? baseline_of_history(ready.history, compared, selection->changes, folder)
                                : baseline_of_journals(std::move(*earlier), selection->changes, folder);
  const CheckedOutRun checked_out{
      .run = recorded->run, .schema = recorded->schema, .folder = folder, .redactor = ready.redactor};
  auto before = earlier_runs_of(ready.history, checked_out);
  if (baseline.use != gate::BaselineUse::unreadable) note_in_history(ready.history, checked_out);
  // The run has its names masked.
  for (gate::PlannedProof& planned : selection->requirements.plan) planned.id = ready.redactor.redact(planned.id);
  Judged judged = judge(recorded->run, *selection, baseline, outputs, std::move(before), ready.redactor);
  Errors errors = recorded->errors;
  std::ranges::move(judged.errors, std::back_inserter(errors));
  show(errors, ready.redactor);
  return errors.empty() ? judged.code : ExitCode::internal;
}

} // namespace murphy::cli
