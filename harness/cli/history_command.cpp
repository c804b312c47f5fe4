#include "base/make_error.h"
#include "cli/commands.h"
#include "cli/history_store.h"
#include "cli/inputs.h"
#include "cli/terminal.h"
#include "history/analysis.h"
#include "record/read_run.h"
#include "reports/plain_text.h"
#include "reports/run_text.h"
#include "source/changes.h"

#include <algorithm>
#include <fmt/format.h>

namespace murphy::cli {
namespace {

constexpr int most_runs = 20;
constexpr std::size_t most_slow = 10;

ExitCode refuse(const Error& error) {
  show({error});
  return exit_code(error.kind);
}

ExitCode add(const HistoryPlace& place, const std::vector<std::string>& journals) {
  for (const std::string& journal : journals) {
    const auto run = record::read_run(journal);
    if (!run) return refuse(run.error());
    if (run->started.shard)
      return refuse(
          in_file(usage_error("this is the journal of a shard", "add the whole run: murphy merge joins the journals"),
                  journal));
    if (run->started.conditions && run->started.conditions->is_stepped)
      return refuse(in_file(usage_error("a person went through this run step by step, so it is no part of the history",
                                        "leave the journal out"),
                            journal));
    const auto added = add_to_history(place, *run);
    if (!added) return refuse(added.error());
    write_out(journal + (*added == history::Store::Added::now ? ": added\n" : ": is in the history already\n"));
  }
  return ExitCode::passed;
}

ExitCode rename(const HistoryPlace& place, const std::string& from, const std::string& to) {
  auto store = history::Store::open(place.address, history::Store::Access::read);
  if (!store) return refuse(store.error());
  const auto known = store->case_names();
  if (!known) return refuse(known.error());
  const auto renamings = history::renamings(*known, from, to);
  if (!renamings) return refuse(renamings.error());
  const auto results = store->rename(*renamings);
  if (!results) return refuse(results.error());
  for (const history::Renaming& each : *renamings)
    write_out(fmt::format("{} → {}\n", reports::plain_line(each.from.id),
                          reports::plain_line(each.from.id == each.to.id ? each.to.feature : each.to.id)));
  write_out(fmt::format("{} renamed\n", reports::counted(static_cast<std::size_t>(*results), "result")));
  return ExitCode::passed;
}

void show_runs(const std::vector<history::PastRun>& runs) {
  for (const history::PastRun& run : runs) write_out(history::line_of(run) + "\n");
}

void show_case(const history::CaseHistory& record, const std::string& folder) {
  const std::vector<std::string> lines = history::lines_of(record);
  write_out(lines.front() + "  " + reports::plain_line(record.id) + "\n");
  for (std::size_t i = 1; i < lines.size(); ++i) write_out("  " + lines[i] + "\n");
  if (!record.is_failing || record.last_good.empty() || record.first_bad.empty()) return;
  const auto commits = source::commits_between(folder, record.last_good, record.first_bad);
  if (!commits)
    write_out("  the commits between are not in this clone\n");
  else
    for (const std::string& commit : *commits) write_out("    " + reports::plain_line(commit) + "\n");
}

void show_slowest(std::vector<history::CaseHistory> records) {
  std::ranges::stable_sort(records, std::ranges::greater(), &history::CaseHistory::median);
  for (std::size_t i = 0; i < std::min(records.size(), most_slow); ++i)
    write_out(fmt::format("{:>7} ms  {}\n", records[i].median / 1000, reports::plain_line(records[i].name)));
}

} // namespace

ExitCode history_command(const HistoryOptions& options) {
  if (!options.format.empty() && options.format != "csv" && options.format != "json")
    return refuse(usage_error(fmt::format("there is no export as \"{}\"", options.format),
                              "write --export csv or --export json"));
  const auto outside = inputs({});
  if (!outside) return refuse(outside.error());
  const Loaded loaded = load_project(options.project, *outside);
  if (!loaded.errors.empty()) return refuse(loaded.errors.front());
  const auto place = history_of(loaded.project->file, loaded.project->directory, *outside);
  if (!place) return refuse(place.error());
  if (!*place)
    return refuse(in_file(
        usage_error("this project keeps no history", "add:\n\n[history]\nstore = \"sqlite:.murphy/history.db\""),
        loaded.project->file));
  if (!options.journals.empty()) return add(**place, options.journals);
  if (!options.renamed.empty()) return rename(**place, options.renamed.front(), options.renamed.back());
  auto store = history::Store::open((*place)->address, history::Store::Access::read);
  if (!store) return refuse(store.error());
  if (options.shows_causes) {
    const auto causes = store->causes();
    if (!causes) return refuse(causes.error());
    for (const history::PastCause& cause : *causes) write_out(history::line_of(cause) + "\n");
    return ExitCode::passed;
  }
  if (options.words.empty() && options.format.empty() && !options.shows_slowest) {
    const auto runs = store->runs(most_runs);
    if (!runs) return refuse(runs.error());
    show_runs(*runs);
    return ExitCode::passed;
  }
  const auto cases = store->cases(options.words);
  if (!cases) return refuse(cases.error());
  if (!options.format.empty()) {
    write_out(options.format == "csv" ? history::csv_of(*cases) : history::json_lines_of(*cases));
    return ExitCode::passed;
  }
  std::vector<history::CaseHistory> records = history::histories_of(*cases);
  if (records.empty())
    return refuse(usage_error(fmt::format("no scenario of the history has \"{}\" in its name", options.words),
                              "murphy run --list shows the names")),
           ExitCode::nothing_selected;
  if (options.shows_slowest) return show_slowest(std::move(records)), ExitCode::passed;
  for (const history::CaseHistory& record : records) show_case(record, loaded.project->directory);
  return ExitCode::passed;
}

} // namespace murphy::cli
