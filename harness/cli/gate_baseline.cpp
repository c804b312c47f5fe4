#include "cli/gate_baseline.h"

#include "cli/terminal.h"
#include "record/read_run.h"

#include <algorithm>
#include <filesystem>

namespace murphy::cli {
namespace {

using Known = source::Changes::Known;

constexpr std::size_t most_earlier_runs = 30;

record::Outcome outcome_of(const std::string& name) {
  if (name == "passed") return record::Outcome::passed;
  if (name == "failed") return record::Outcome::failed;
  if (name == "error") return record::Outcome::error;
  return name == "skipped" ? record::Outcome::skipped : record::Outcome::not_run;
}

gate::EarlierRun earlier_run_of(const history::RunSummary& run, std::size_t commits_behind) {
  gate::EarlierRun earlier;
  earlier.at = record::Instant(std::chrono::microseconds(run.started));
  earlier.commits_behind = commits_behind;
  earlier.target = run.target;
  earlier.origin.branch = run.branch;
  earlier.origin.commit = run.commit;
  for (const history::CaseOutcome& each : run.cases) {
    const record::Outcome outcome = outcome_of(each.outcome);
    earlier.cases.push_back({.id = each.id,
                             .outcome = outcome,
                             .cause = each.cause,
                             .duration = std::chrono::microseconds(each.duration),
                             .is_flaky = outcome == record::Outcome::passed && each.attempts > 1});
  }
  return earlier;
}

} // namespace

Result<std::vector<gate::EarlierRun>> read_baselines(const std::vector<std::string>& journals) {
  std::vector<gate::EarlierRun> runs;
  for (const std::string& journal : journals) {
    const auto run = record::read_run(journal);
    if (!run) return std::unexpected(run.error());
    runs.push_back(gate::earlier_run(*run));
  }
  return runs;
}

Baseline baseline_of_journals(std::vector<gate::EarlierRun> runs, const source::Changes& changes,
                              const std::string& folder) {
  const bool has_checkout = changes.known != Known::no_checkout;
  if (has_checkout && changes.base.empty()) return {.use = gate::BaselineUse::no_base, .earlier = {}};
  if (has_checkout)
    std::erase_if(runs, [&](const gate::EarlierRun& run) {
      return !source::is_in_history(folder, run.origin.commit, changes.base);
    });
  if (runs.empty()) return {.use = gate::BaselineUse::not_in_base, .earlier = {}};
  return {.use = gate::BaselineUse::counts, .earlier = gate::earlier_of(std::move(runs))};
}

Baseline baseline_of_history(const std::optional<HistoryPlace>& history, const ComparedRun& compared,
                             const source::Changes& changes, const std::string& folder) {
  if (!history) return {};
  if (changes.base.empty()) return {.use = gate::BaselineUse::no_base, .earlier = {}};
  const std::vector<std::string> commits = source::commits_up_to(folder, changes.merge_base);
  std::error_code ignored;
  const std::string& file = history->address.file;
  const bool is_there = file.empty() || std::filesystem::exists(file, ignored);
  if (commits.empty() || !is_there) return {.use = gate::BaselineUse::not_in_history, .earlier = {}};
  // An older history is brought up to date, as it is when the run is added.
  auto store = history::Store::open(history->address, history::Store::Access::write);
  const auto runs = store ? store->runs_at(compared.target, commits, most_earlier_runs)
                          : Result<std::vector<history::RunSummary>>(std::unexpected(store.error()));
  if (!runs) {
    show({runs.error()});
    return {.use = gate::BaselineUse::unreadable, .earlier = {}};
  }
  std::vector<gate::EarlierRun> earlier;
  for (const history::RunSummary& run : *runs) {
    if (run.id == compared.id) continue;
    const auto at = std::ranges::find(commits, run.commit);
    earlier.push_back(earlier_run_of(run, static_cast<std::size_t>(at - commits.begin())));
  }
  if (earlier.empty()) return {.use = gate::BaselineUse::not_in_history, .earlier = {}};
  return {.use = gate::BaselineUse::counts, .earlier = gate::earlier_of(std::move(earlier))};
}

} // namespace murphy::cli
