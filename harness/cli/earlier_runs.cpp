#include "cli/earlier_runs.h"

#include "cli/terminal.h"
#include "snapshot/drift.h"
#include "snapshot/fold.h"
#include "snapshot/lock.h"
#include "source/changes.h"

#include <filesystem>

namespace murphy::cli {
namespace {

record::Instant instant(std::int64_t microseconds) { return record::Instant(std::chrono::microseconds(microseconds)); }

// What steps saw of the app, as far as another run can be held against it: names, shapes and statuses, no words of
// pages.
record::KnownGood looked(const CheckedOutRun& checked_out, snapshot::Cases cases) {
  record::KnownGood known = snapshot::known_good_of(
      {.run = checked_out.run, .console = {}, .schema = checked_out.schema, .personal = {}}, cases);
  for (record::KnownVisit& visit : known.visits) {
    visit.title.clear();
    visit.errors.clear();
    visit.outline.clear();
  }
  return known;
}

// What both of the newest green runs saw; what only one of them did changes from run to run.
std::optional<record::KnownGood> known_good_of(const history::LastGreen& green) {
  std::optional<record::KnownGood> known;
  for (const std::string& body : green.known_good) {
    auto read = snapshot::read_lock(body, "history");
    if (!read) return std::nullopt; // of a Murphy that wrote it in another way
    known = known ? snapshot::common(std::move(*known), *read) : std::move(*read);
  }
  return known;
}

reports::GreenRun green_run_of(const history::LastGreen& green, const CheckedOutRun& checked_out) {
  const auto masked = [&](std::vector<std::string> lines) {
    for (std::string& line : lines) line = checked_out.redactor.redact(line);
    return lines;
  };
  reports::GreenRun told{.at = instant(green.run.started),
                         .commit = green.run.commit,
                         .branch = green.run.branch,
                         .is_dirty = green.is_dirty,
                         .commits = {},
                         .differences = {}};
  if (auto commits =
          source::commits_between(checked_out.folder, green.run.commit, checked_out.run.started.origin.commit))
    told.commits = masked(std::move(*commits));
  if (const auto known = known_good_of(green))
    told.differences =
        masked(snapshot::drift_of_failure(*known, looked(checked_out, snapshot::Cases::that_did_not_pass)));
  return told;
}

std::optional<reports::EarlierRuns> read_earlier(history::Store& store, const CheckedOutRun& checked_out,
                                                 const std::vector<reports::Cause>& causes) {
  const record::RunStarted& started = checked_out.run.started;
  if (const auto any = store.runs(1); !any || any->empty()) return std::nullopt;
  std::vector<std::string> ids;
  for (const reports::Cause& cause : causes) ids.push_back(cause.id);
  const auto first = store.first_runs(ids);
  auto green = store.last_green(started.target, started.origin.branch);
  if (green && !*green && !started.origin.base.empty()) green = store.last_green(started.target, started.origin.base);
  if (green && !*green) green = store.last_green(started.target);
  if (!first || !green) return std::nullopt;
  reports::EarlierRuns earlier;
  for (const auto& [id, run] : *first)
    if (instant(run.started) < started.at) // else the run is in the history itself
      earlier.causes.emplace(id, reports::FirstSeen{.at = instant(run.started), .branch = run.branch});
  if (*green) earlier.last_green = green_run_of(**green, checked_out);
  return earlier;
}

} // namespace

std::optional<reports::EarlierRuns> earlier_runs_of(const std::optional<HistoryPlace>& history,
                                                    const CheckedOutRun& checked_out) {
  if (!history || checked_out.run.started.shard) return std::nullopt;
  const std::vector<reports::Cause> causes = reports::causes_of(checked_out.run);
  std::error_code ignored;
  const std::string& file = history->address.file;
  if (causes.empty() || (!file.empty() && !std::filesystem::exists(file, ignored))) return std::nullopt;
  auto store = history::Store::open(history->address, history::Store::Access::write);
  return store ? read_earlier(*store, checked_out, causes) : std::nullopt;
}

void note_in_history(const std::optional<HistoryPlace>& history, const CheckedOutRun& checked_out) {
  if (!history || checked_out.run.started.shard) return; // a part is no run: murphy merge makes one of all
  std::string known_good;
  if (reports::verdict_of(checked_out.run, reports::causes_of(checked_out.run)) == reports::RunVerdict::passed)
    known_good = snapshot::write_lock(looked(checked_out, snapshot::Cases::that_passed));
  const auto added = add_to_history(*history, checked_out.run, known_good);
  if (added) return;
  Error error = added.error();
  error.hint += "; murphy history --add JOURNAL adds this run later";
  show({error});
}

} // namespace murphy::cli
