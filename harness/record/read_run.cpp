#include "record/read_run.h"

#include "record/journal.h"

namespace murphy::record {

Result<Run> read_run(const std::string& journal) {
  const auto events = read_journal(journal);
  if (!events) return std::unexpected(events.error());
  Run run;
  for (const Event& event : *events) {
    if (auto applied = apply(run, event); !applied) {
      applied.error().place.file = journal;
      return std::unexpected(std::move(applied.error()));
    }
  }
  return run;
}

} // namespace murphy::record
