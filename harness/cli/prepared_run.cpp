#include "cli/prepared_run.h"

#include "base/log_commands.h"
#include "base/make_error.h"
#include "base/text.h"
#include "cli/ci_system.h"
#include "cli/file_digest.h"
#include "cli/inputs.h"
#include "cli/kept_variables.h"
#include "cli/lock_file.h"
#include "cli/own_signatures.h"
#include "cli/part_of_plan.h"
#include "cli/select.h"
#include "cli/source.h"
#include "cli/terminal.h"
#include "record/redact.h"
#include "reports/plain_text.h"
#include "scenario/files.h"
#include "source/revision.h"

#include <algorithm>
#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <boost/json/serialize.hpp>
#include <cstdlib>
#include <fmt/format.h>
#include <thread>
#include <unistd.h>

namespace murphy::cli {
namespace {

Error nothing_selected(const FileOptions& files, bool there_are_some) {
  Error error;
  error.kind = ErrorKind::usage;
  if (there_are_some) {
    error.what = "no scenario matches the selection";
    error.hint = "a scenario must match all of --feature, --name, --tag and --last-failed; murphy run --list shows the "
                 "selection";
    return error;
  }
  error.what = files.paths.empty() ? "there are no scenarios to run" : "these files contain no scenarios";
  error.hint = "write one in scenarios/ next to the project file, or name a feature file or a folder of feature files";
  return error;
}

std::string json_line(const record::PlannedCase& planned) {
  namespace json = boost::json;
  const auto list_of = [](const std::vector<std::string>& texts) { return json::array(texts.begin(), texts.end()); };
  return json_without_commands(json::serialize(json::object{{"id", planned.id},
                                                            {"feature", planned.feature},
                                                            {"name", planned.name.str()},
                                                            {"file", planned.place.file},
                                                            {"line", planned.place.line},
                                                            {"tags", list_of(*planned.tags)},
                                                            {"ticket", planned.ticket.str()},
                                                            {"requirements", list_of(*planned.requirements)}}));
}

std::string text_line(const record::PlannedCase& planned) {
  using reports::plain_line;
  const std::string tags = plain_line(join(*planned.tags, ", "));
  return fmt::format("{}:{}  {}: {}{}", plain_line(planned.place.file), planned.place.line, plain_line(planned.feature),
                     plain_line(planned.name), tags.empty() ? "" : "  [" + tags + "]");
}

ExitCode list(const run::Plan& plan, const RunOptions& options) {
  for (const run::Case& each : plan.cases)
    options.json ? write_out(json_line(each.planned) + "\n") : print_out(text_line(each.planned) + "\n");
  return ExitCode::passed;
}

// The options that select cases, as they may be written again.
std::vector<std::string> chosen(const RunOptions& options) {
  std::vector<std::string> words = options.files.paths;
  for (const std::string& feature : options.selection.features) words.push_back("--feature " + feature);
  for (const std::string& name : options.selection.names) words.push_back("--name " + name);
  if (!options.selection.tags.empty()) words.push_back("--tag " + options.selection.tags);
  if (!options.last_failed.empty()) words.push_back("--last-failed " + options.last_failed);
  return words;
}

int jobs_of(const RunOptions& options) {
  return options.jobs > 0 ? options.jobs : static_cast<int>(std::max(1U, std::thread::hardware_concurrency()));
}

// The digest of a file with a secret in it would help to guess that.
record::FileRead digest_of(const std::string& file, bool has_secret, const record::Redactor& redactor) {
  const std::optional<std::string> digest = has_secret ? std::nullopt : sha256_of(file, redactor);
  return {.file = file, .sha256 = digest.value_or(std::string())};
}

// What the scenarios and [app] take from the environment, before anything of the run is written down.
void learn_environment(record::Redactor& redactor, const std::vector<const scenario::Scenario*>& selected,
                       const scenario::Project& project, const scenario::Inputs& inputs) {
  const auto learn = [&](const scenario::EnvironmentUse& use) {
    if (auto value = inputs.environment(use.variable))
      redactor.learn(std::make_shared<const Secret>(std::move(*value), "env:" + use.variable));
  };
  std::ranges::for_each(project.app.environment, learn);
  for (const scenario::Scenario* each : selected) std::ranges::for_each(each->environment, learn);
}

std::string hostname() {
  char name[256] = {};
  return gethostname(name, sizeof name - 1) == 0 ? name : "localhost";
}

} // namespace

std::vector<std::string> PreparedRun::defining_files() const {
  std::vector<std::string> files = loaded.inputs;
  files.push_back(lock_file(*loaded.project, *target));
  const scenario::TlsSettings& tls = target->tls;
  for (const std::string& file : {tls.ca, tls.certificate, tls.key})
    if (!file.empty()) files.push_back(file);
  return files;
}

std::vector<std::string> PreparedRun::input_files() const {
  std::vector<std::string> files = defining_files();
  if (target->console && !target->console->file.empty()) files.push_back(target->console->file);
  return files;
}

record::RunConditions PreparedRun::conditions(const RunOptions& options) const {
  record::RunConditions all{.jobs = jobs_of(options),
                            .retries = options.retries,
                            .retries_failures = options.retry_failures,
                            .is_stepped = !options.step.empty(),
                            .unique = inputs.seed,
                            .variables = {},
                            .secrets = {},
                            .resolve = options.resolve,
                            .files = {}};
  // Only a journal keeps what follows, and the files are read again for it: a watch would do so in each round.
  if (options.journal.empty()) return all;
  all.files.push_back(digest_of(loaded.project->file, has_written_secret(*loaded.project, loaded.features), redactor));
  std::vector<ClearText> texts;
  bool may_keep = true; // else a file went away meanwhile
  for (const std::string& file : loaded.inputs) {
    auto text = scenario::load(file);
    may_keep = may_keep && text.has_value();
    if (text) texts.push_back(std::move(*text));
  }
  std::set<std::string> given;
  for (const auto& [name, value] : inputs.variables) given.insert(name);
  const std::set<std::string> kept = kept_variables(given, texts, loaded.features);
  for (const auto& [name, value] : inputs.variables) {
    const bool is_kept = may_keep && kept.contains(name);
    all.variables.push_back({.name = name, .value = is_kept ? value : std::string(), .is_hidden = !is_kept});
  }
  for (const auto& [name, secret] : inputs.secrets) all.secrets.push_back(name);
  std::string last;
  for (const run::Case& each : plan.cases) {
    const std::string& file = each.planned->place.file;
    if (file == last) continue; // those of a file follow one another
    last = file;
    const bool has_secret = std::ranges::any_of(loaded.features, [&](const scenario::Feature& feature) {
      return feature.file == file && has_written_secret(feature);
    });
    all.files.push_back(digest_of(file, has_secret, redactor));
  }
  return all;
}

run::RunSettings PreparedRun::settings(const RunOptions& options, std::stop_token stop) {
  record::RunStarted started;
  started.murphy_version = MURPHY_VERSION;
  started.project = loaded.project->file;
  started.target = target->name;
  started.hostname = hostname();
  started.selection = chosen(options);
  started.shard = shard;
  started.origin = source::revision_of(loaded.project->directory);
  started.origin.folder = source::folder_in_checkout(".");
  started.origin.target_version = options.target_version;
  add_ci_facts(started.origin, [](const char* name) { return std::getenv(name); });
  started.conditions = conditions(options);
  return {.project = *loaded.project,
          .inputs = inputs,
          .started = std::move(started),
          .start_target =
              [this](std::stop_token until) {
                const auto waits = [this](const std::string& words) { remark(words, redactor); };
                return setup->start(std::move(until), {.alive = {}, .waits = waits});
              },
          .new_driver = [this](const target::RunningTarget& app) { return setup->new_driver(app); },
          .look_at_database = [this](const target::RunningTarget* app) { return setup->look_at_database(app); },
          .learn_token = [this](std::string_view kind, std::string_view value,
                                std::string_view of) { redactor.learn_token(kind, value, of); },
          .mask = [this](record::Event event) { return record::redact(std::move(event), redactor); },
          .signatures = signatures,
          .find_in_code = code ? [this](const std::string& name) { return code->places_of(name); }
                               : std::function<std::vector<record::CodePlace>(const std::string&)>(),
          .look_at_migrations =
              [this](const target::RunningTarget* app, const record::Schema& schema) {
                return migrations->compare(setup->look_at_migrations(app, schema), known_good ? &*known_good : nullptr);
              },
          .find_in_migrations = [this](const std::string& name) { return migrations->that_write(name); },
          .known_good = known_good ? &*known_good : nullptr,
          .before_stop = {},
          .probed = setup->may_be_probed() ? target : nullptr,
          .members = options.members,
          .step_deadline = target->timeout,
          .jobs = jobs_of(options),
          .retries = options.retries,
          .retry_of = options.retry_failures ? run::RetryOf::all : run::RetryOf::no_answer,
          .restart = target->restart,
          .fail_fast = options.fail_fast,
          .confirm = !options.no_confirm && setup->may_be_probed() && !target->lockout,
          .stop = std::move(stop)};
}

std::expected<std::unique_ptr<PreparedRun>, ExitCode> prepare(const RunOptions& options, const Narrow& narrow) {
  auto ready = std::make_unique<PreparedRun>();
  const auto refuse = [&](const Errors& errors) {
    show(errors, ready->redactor);
    return std::unexpected(exit_code(errors.front().kind));
  };
  if (options.json && !options.list)
    return refuse({usage_error("--json is the form of a list, and --list is not given",
                               "add --list; for the results of a run as JSON lines, use --journal FILE")});
  if (!options.weights.empty() && options.shard.empty())
    return refuse(
        {usage_error("--weights divides the scenarios among shards, and --shard is not given", "add --shard 1/4")});
  if (options.retry_failures && options.retries == 0)
    return refuse(
        {usage_error("--retry-failures says what to retry, and --retry does not say how often", "add --retry NUMBER")});
  auto outside = inputs(options.variables);
  if (!outside) return refuse({outside.error()});
  ready->inputs = std::move(*outside);
  if (options.unique) ready->inputs.seed = *options.unique;
  ready->inputs.learn_secret = [&redactor = ready->redactor](std::shared_ptr<const Secret> secret) {
    redactor.learn(std::move(secret));
  };
  for (const auto& [name, secret] : ready->inputs.secrets) ready->redactor.learn(secret);

  ready->loaded = load(options.files, ready->inputs);
  if (ready->loaded.project) {
    for (auto& secret : scenario::project_secrets(*ready->loaded.project, ready->inputs))
      ready->redactor.learn(std::move(secret));
  }
  show(ready->loaded.warnings, ready->redactor);
  if (!ready->loaded.errors.empty()) return refuse(ready->loaded.errors);
  const scenario::Project& project = *ready->loaded.project;
  auto selection = select(ready->loaded.features, options, ready->redactor);
  if (!selection) return refuse({selection.error()});
  ready->plan = std::move(*selection);
  if (ready->plan.cases.empty()) {
    const bool there_are_some = std::ranges::any_of(
        ready->loaded.features, [](const scenario::Feature& feature) { return !feature.scenarios.empty(); });
    show({nothing_selected(options.files, there_are_some)}, ready->redactor);
    return std::unexpected(ExitCode::nothing_selected);
  }
  if (narrow) {
    auto narrowed = narrow(ready->loaded, std::move(ready->plan));
    if (!narrowed) return refuse({narrowed.error()});
    ready->plan = std::move(*narrowed);
  }
  if (!options.shard.empty()) {
    auto part = part_of_plan(ready->plan, ready->loaded, options, chosen(options));
    if (!part) return refuse({part.error()});
    ready->plan = std::move(part->plan);
    ready->shard = std::move(part->shard);
  }
  if (options.list) return std::unexpected(list(ready->plan, options));
  const auto target = choose_target(project, options.target);
  if (!target) return refuse({target.error()});
  ready->target = *target;
  std::vector<const scenario::Scenario*> selected;
  for (const run::Case& each : ready->plan.cases) selected.push_back(each.scenario);
  if (const Errors missing = scenario::check_environment(selected, project, ready->target, ready->inputs);
      !missing.empty())
    return refuse(missing);
  learn_environment(ready->redactor, selected, project, ready->inputs);
  if (const Errors refused = scenario::check_production(selected, *ready->target); !refused.empty())
    return refuse(refused);
  auto setup = TargetSetup::make(*ready->target, project, ready->inputs, options.resolve);
  if (!setup) return refuse({setup.error()});
  ready->setup.emplace(std::move(*setup));
  auto signatures = own_signatures(project.file);
  if (!signatures) return refuse(signatures.error());
  ready->signatures = std::move(*signatures);
  auto history = history_of(project.file, project.directory, ready->inputs);
  if (!history) return refuse({history.error()});
  ready->history = std::move(*history);
  auto known = load_lock(lock_file(project, *ready->target));
  if (!known) return refuse({known.error()});
  ready->known_good = std::move(*known);
  ready->code = code_of_app(project, ready->input_files());
  ready->migrations.emplace(migrations_of_watch(project), source_of_app(project).value_or(std::string()),
                            [&redactor = ready->redactor](const std::string& name) { return redactor.redact(name); });
  return ready;
}

} // namespace murphy::cli
