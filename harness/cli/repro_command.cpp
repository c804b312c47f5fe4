#include "base/environment.h"
#include "base/make_error.h"
#include "base/sign_in_words.h"
#include "base/text.h"
#include "cli/commands.h"
#include "cli/file_digest.h"
#include "cli/interrupt.h"
#include "cli/outputs.h"
#include "cli/recorded_run.h"
#include "cli/repro_verdict.h"
#include "cli/terminal.h"
#include "record/read_run.h"
#include "record/redact.h"

#include <algorithm>
#include <csignal>
#include <fmt/format.h>
#include <fstream>

namespace murphy::cli {
namespace {

std::string line_of_file(const std::string& file, std::uint32_t line) {
  std::ifstream stream(file);
  std::string text;
  for (std::uint32_t number = 0; number < line; ++number)
    if (!std::getline(stream, text)) return {};
  return text;
}

// The journal has the digest of no file that a secret was written in.
std::string digest_now(const std::string& file) {
  const record::Redactor knows_no_secret;
  return sha256_of(file, knows_no_secret).value_or(std::string());
}

// What was run then and is to be run again.
struct Earlier {
  record::Run run;
  std::size_t number = 0;                     // of the case
  std::vector<std::string> ids;               // of the cases to run, in their order; the last is the case
  const record::CaseResult* result = nullptr; // of the case

  const record::PlannedCase& planned() const { return *run.started.plan[number]; }
};

Result<Earlier> read_earlier(const ReproOptions& options) {
  auto run = record::read_run(options.journal);
  if (!run) return std::unexpected(run.error());
  Earlier earlier{.run = *std::move(run), .ids = {}};
  const auto number = find_case_by_words(earlier.run, options.words);
  if (!number) return std::unexpected(number.error());
  earlier.number = *number;
  if (options.with_before)
    for (const std::size_t before : cases_with_its_accounts(earlier.run, *number))
      earlier.ids.push_back(earlier.run.started.plan[before]->id);
  earlier.ids.push_back(earlier.planned().id);
  earlier.result = record::find_case(earlier.run, earlier.planned().id);
  return earlier;
}

// Whether an option gives it. A variable that was a secret then is one now.
bool gives_secret(VariableOptions& options, const std::string& name) {
  const auto is_of_name = [&](const std::string& text) { return text.starts_with(name + "="); };
  const auto variable = std::ranges::find_if(options.variables, is_of_name);
  if (variable == options.variables.end()) return std::ranges::any_of(options.secrets, is_of_name);
  if (names_a_secret(name)) return true; // it is known as one
  options.secrets.push_back(std::move(*variable));
  options.variables.erase(variable);
  return true;
}

// What the command line gave to the earlier run, unless this one gives something else. Secrets, which no journal keeps,
// are taken from the environment. Errors: usage, with the names of those that are not there.
Result<VariableOptions> variables_of(const ReproOptions& options, const record::Run& run) {
  VariableOptions all = options.variables;
  if (!run.started.conditions) return all;
  std::vector<std::string> missing;
  const auto take_secret = [&](const std::string& name) {
    if (gives_secret(all, name)) return;
    const std::string variable = scenario::variable_in_environment(name);
    auto value = environment_variable(variable);
    if (!value || value->empty()) return missing.push_back(name);
    hide_environment_variable(variable);
    all.secrets.push_back(name + "=");
    all.taken.secrets.insert_or_assign(name, std::make_shared<const Secret>(*std::move(value), name));
  };
  for (const std::string& name : run.started.conditions->secrets) take_secret(name);
  for (const record::GivenVariable& each : run.started.conditions->variables) {
    if (each.is_hidden) {
      take_secret(each.name);
      continue;
    }
    const bool is_given =
        std::ranges::any_of(all.variables, [&](const std::string& text) { return text.starts_with(each.name + "="); });
    if (!is_given) all.variables.push_back(each.name + "=" + each.value);
  }
  if (missing.empty()) return all;
  return std::unexpected(usage_error(
      fmt::format("the run was given {} that the journal does not keep: {}",
                  missing.size() == 1 ? "a secret" : "secrets", one_line(join(missing, ", "))),
      missing.size() == 1 ? fmt::format("give it with --secret {0}=VALUE, or set MURPHY_VAR_{0}", one_line(missing[0]))
                          : "give each with --secret NAME=VALUE, or set MURPHY_VAR_NAME"));
}

// The accounts of pools that the cases had.
std::map<std::string, std::map<std::string, int>> members_of(const Earlier& earlier) {
  std::map<std::string, std::map<std::string, int>> members;
  for (const std::string& id : earlier.ids)
    if (const record::CaseResult* result = record::find_case(earlier.run, id); result->members)
      for (const record::PoolMember& each : *result->members) members[id][each.user] = each.number;
  return members;
}

Result<std::optional<std::uint64_t>> unique_of(const ReproOptions& options, const record::Run& run) {
  if (!options.same_unique) return std::nullopt;
  if (run.started.conditions && run.started.conditions->unique) return run.started.conditions->unique;
  return std::unexpected(usage_error("the journal does not say what ${unique} was",
                                     "leave out --same-unique; an older version of Murphy wrote this journal, or it "
                                     "joins several runs"));
}

Result<RunOptions> run_options(const ReproOptions& options, const Earlier& earlier) {
  RunOptions run;
  run.files.project = options.project.empty() ? earlier.run.started.project : options.project;
  for (const std::string& id : earlier.ids)
    for (const auto& planned : earlier.run.started.plan)
      if (planned->id == id && !contains(run.files.paths, planned->place.file))
        run.files.paths.push_back(planned->place.file);
  run.target = options.target.empty() ? earlier.run.started.target : options.target;
  auto variables = variables_of(options, earlier.run);
  if (!variables) return std::unexpected(variables.error());
  run.variables = std::move(*variables);
  auto unique = unique_of(options, earlier.run);
  if (!unique) return std::unexpected(unique.error());
  run.unique = *unique;
  run.members = members_of(earlier);
  run.resolve = options.resolve;
  if (run.resolve.empty() && earlier.run.started.conditions) run.resolve = earlier.run.started.conditions->resolve;
  run.journal = options.journal_of_run;
  run.jobs = 1;
  return run;
}

// Of the plan, the cases of the earlier run, in the order that they had.
Narrow only(const Earlier& earlier) {
  return [&earlier](const Loaded&, run::Plan selected) -> Result<run::Plan> {
    run::Plan plan;
    for (const std::string& id : earlier.ids) {
      const auto found =
          std::ranges::find_if(selected.cases, [&](const run::Case& each) { return each.planned->id == id; });
      if (found != selected.cases.end()) plan.cases.push_back(*found);
    }
    if (plan.cases.empty() || plan.cases.back().planned->id != earlier.ids.back())
      return std::unexpected(usage_error(
          fmt::format("{} has no scenario \"{}\" any more", earlier.planned().place.file, earlier.planned().name),
          "if it has a new name, run it by that: murphy run --name WORDS"));
    return plan;
  };
}

// Runs what is prepared without a report.
std::expected<record::Run, Errors> run_silently(PreparedRun& ready, const RunOptions& options,
                                                const std::stop_token& stop) {
  record::Run run;
  Errors errors;
  run::RunSettings settings = ready.settings(options, stop);
  settings.of_passed_steps = run::Kept::outcome;
  run::run(ready.plan, std::move(settings), [&](const record::Event& event) {
    if (auto applied = record::apply(run, record::redact(event, ready.redactor)); !applied)
      errors.push_back(applied.error());
  });
  if (!errors.empty()) return std::unexpected(std::move(errors));
  return run;
}

// What was otherwise then, and may be why it fails no more.
void tell_differences(const record::Run& then, const record::Run& now, const record::Redactor& redactor) {
  if (then.ready && now.ready && !then.ready->started_by_us && !now.ready->started_by_us &&
      then.ready->url != now.ready->url)
    print_error(redactor.redact(fmt::format("The app was at {} then, and is at {} now.\n", one_line(then.ready->url),
                                            one_line(now.ready->url))));
  if (then.started.conditions && then.started.conditions->jobs > 1 && then.features.size() > 1)
    print_error(fmt::format("Up to {} features ran at the same time then; now, nothing else runs.\n",
                            then.started.conditions->jobs));
}

// Which accounts of pools could not be those of the earlier run.
void tell_other_members(const std::map<std::string, int>& then, const record::CaseResult& now) {
  if (!now.members) return;
  for (const record::PoolMember& each : *now.members)
    if (const auto wanted = then.find(each.user); wanted != then.end() && wanted->second != each.number)
      print_error(fmt::format("Account {} of the pool \"{}\" is not free or not there; the run has account {}.\n",
                              wanted->second, one_line(each.user), each.number));
}

ExitCode run_once(const RunOptions& options, const Earlier& earlier) {
  const auto prepared = prepare(options, only(earlier));
  if (!prepared) return prepared.error();
  PreparedRun& ready = **prepared;
  const auto recorded = record_run(ready, options, {.reports = {}, .journal = options.journal});
  if (!recorded) return show(recorded.error(), ready.redactor), exit_code(recorded.error().front().kind);
  if (!recorded->errors.empty()) return show(recorded->errors, ready.redactor), ExitCode::internal;
  const record::CaseResult* now = record::find_case(recorded->run, earlier.ids.back());
  if (const auto wanted = options.members.find(earlier.ids.back()); now != nullptr && wanted != options.members.end())
    tell_other_members(wanted->second, *now);
  if (now != nullptr && now->outcome != record::Outcome::not_run)
    print_out(ready.redactor.redact(compare_causes(*earlier.result, *now)) + "\n");
  if (now != nullptr && now->outcome == record::Outcome::passed && earlier.result->outcome != record::Outcome::passed)
    tell_differences(earlier.run, recorded->run, ready.redactor);
  return exit_code(recorded->run);
}

ExitCode run_often(const RunOptions& options, const Earlier& earlier, int times) {
  const Interrupt interrupt;
  std::vector<record::CaseResult> results;
  ExitCode worst = ExitCode::passed;
  for (int time = 0; time < times && !interrupt.token().stop_requested(); ++time) {
    const auto prepared = prepare(options, only(earlier));
    if (!prepared) return prepared.error();
    const auto run = run_silently(**prepared, options, interrupt.token());
    if (!run) return show(run.error(), (*prepared)->redactor), ExitCode::internal;
    const record::CaseResult* now = record::find_case(*run, earlier.ids.back());
    if (run->lost) {
      show({run->lost->error}, (*prepared)->redactor);
      return exit_code(*run);
    }
    if (now != nullptr && now->outcome != record::Outcome::not_run) results.push_back(*now);
    if (worst == ExitCode::passed) worst = exit_code(*run);
  }
  if (!results.empty()) print_out(compare_all_causes(*earlier.result, results) + "\n");
  return interrupt.token().stop_requested() ? ExitCode::interrupted : worst;
}

} // namespace

ExitCode repro_command(const ReproOptions& options) {
  std::signal(SIGPIPE, SIG_IGN); // a closed pipe is seen where it is written to
  const auto refuse = [](Error error) {
    show({error});
    return exit_code(error.kind);
  };
  const auto earlier = read_earlier(options);
  if (!earlier) return refuse(earlier.error());
  if (options.times > 1 && !options.journal_of_run.empty())
    return refuse(usage_error("--journal keeps one run, and --times asks for several", "leave one of them out"));
  const auto options_of_run = run_options(options, *earlier);
  if (!options_of_run) return refuse(options_of_run.error());
  const RunOptions& run = *options_of_run;
  std::vector<std::string> read = run.files.paths;
  read.insert(read.end(), {options.journal, run.files.project});
  if (const Errors errors = check_outputs({.reports = {}, .journal = run.journal}, read); !errors.empty()) {
    show(errors);
    return ExitCode::usage;
  }
  std::vector<std::string> files = run.files.paths;
  files.push_back(run.files.project);
  for (const std::string& file :
       changed_files(earlier->run, *earlier->result, files, {.sha256 = digest_now, .line_of = line_of_file}))
    print_error(fmt::format("{} has changed since; what it says now is run.\n", one_line(file)));
  return options.times > 1 ? run_often(run, *earlier, options.times) : run_once(run, *earlier);
}

} // namespace murphy::cli
