// Where runs are kept: one database, of SQLite or PostgreSQL.
#pragma once

#include "base/error.h"
#include "history/summary.h"
#include "target/database_address.h"

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

namespace murphy::history {

// A run without its cases, and how many of them there are.
struct PastRun {
  RunSummary run;
  int cases = 0;
  int passed = 0;
  int failed = 0;
};

// One case in one run.
struct PastCase {
  CaseOutcome is;
  std::string run; // its id
  std::string target;
  std::string branch;
  std::string commit;
  bool is_dirty = false;
  std::int64_t started = 0; // of the run, in microseconds since 1970
};

// A cause, over all runs.
struct PastCause {
  NamedCause cause;
  std::int64_t first = 0; // when the first and the last run with it began
  std::int64_t last = 0;
  int runs = 0;
  int cases = 0; // in the last of them
};

// Errors of all: target, where the database cannot be reached, read or written, with what its engine says and what to
// do; usage, where a newer Murphy wrote it. Every write is one transaction: a process that is killed leaves nothing of
// it behind.
class Store {
public:
  enum class Access { read, write };
  // Makes the tables of a new database, or brings those of an older Murphy up to date; with `read`, refuses both.
  static Result<Store> open(const target::DatabaseAddress& address, Access access);
  ~Store();
  Store(Store&& other) noexcept;
  Store& operator=(Store&&) = delete;

  enum class Added { now, before };
  // Adds a run; one that was added before stays as it is. Then drops runs that began more than `keep_days` before this
  // one, but for the last green one of each target and branch. 0 keeps all.
  Result<Added> add(const RunSummary& run, int keep_days);

  // The newest first.
  Result<std::vector<PastRun>> runs(int most);
  // Of each case whose name or id has these words, whatever the case, its runs, the newest first; by id of the case.
  Result<std::vector<PastCase>> cases(const std::string& words);
  // Those with a run after `since` first.
  Result<std::vector<PastCause>> causes();

private:
  struct Session;
  explicit Store(std::unique_ptr<Session> session);
  std::unique_ptr<Session> session_;
};

// What this Murphy writes.
inline constexpr int history_version = 1;

} // namespace murphy::history
