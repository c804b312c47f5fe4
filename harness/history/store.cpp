#include "history/store.h"

#include "base/make_error.h"
#include "base/secret.h"
#include "base/text.h"

#include <algorithm>
#include <array>
#include <exception>
#include <filesystem>
#include <fmt/format.h>
#include <map>
#include <soci/soci.h>

namespace murphy::history {

using Engine = target::DatabaseAddress::Engine;

struct Store::Session {
  soci::session sql;
  Engine engine = Engine::sqlite;
  std::string shown; // the address
};

namespace {

constexpr bool sends_values = true;          // of a statement that SOCI executes
constexpr std::int64_t day = 86'400'000'000; // microseconds

// Types and words that both engines know.
constexpr std::array tables{
    "CREATE TABLE murphy_history (version INTEGER NOT NULL)",
    "CREATE TABLE run (id VARCHAR(32) PRIMARY KEY, target VARCHAR(200) NOT NULL, branch VARCHAR(500) NOT NULL, "
    "commit_id VARCHAR(64) NOT NULL, dirty INTEGER NOT NULL, build_url VARCHAR(2000) NOT NULL, "
    "target_version VARCHAR(500) NOT NULL, murphy_version VARCHAR(50) NOT NULL, outcome VARCHAR(20) NOT NULL, "
    "started BIGINT NOT NULL, duration BIGINT NOT NULL)",
    "CREATE TABLE cause (id VARCHAR(32) PRIMARY KEY, words VARCHAR(4000) NOT NULL)",
    "CREATE TABLE result (run_id VARCHAR(32) NOT NULL REFERENCES run (id), case_id VARCHAR(2000) NOT NULL, "
    "feature VARCHAR(1000) NOT NULL, name VARCHAR(1000) NOT NULL, outcome VARCHAR(20) NOT NULL, "
    "attempts INTEGER NOT NULL, duration BIGINT NOT NULL, cause VARCHAR(32) NOT NULL, place VARCHAR(2000) NOT NULL, "
    "PRIMARY KEY (run_id, case_id))",
    "CREATE INDEX result_of_case ON result (case_id)",
    "CREATE INDEX run_by_start ON run (started)",
};

// SOCI puts words of its own before those of the engine.
std::string words_of_engine(const soci::soci_error& error) {
  std::string words = error.get_error_message();
  for (const std::string_view own : {"Cannot establish connection to the database.", "Cannot execute query."})
    if (words.starts_with(own)) words.erase(0, own.size());
  words = collapse_white_space(words);
  return words.empty() ? "it cannot be opened" : words;
}

Error database_error(const std::string& shown, const std::string& why) {
  return target_error(fmt::format("the history {}: {}", shown, why),
                      "check `store` of [history]: does the database exist, and may this account write to it?");
}

Error no_run_yet(const std::string& shown) {
  return usage_error(fmt::format("the history {} has no run yet", shown),
                     "murphy run adds one; murphy history --add JOURNAL adds an earlier one");
}

// Runs what may throw, and gives its errors back.
template <class Work> auto guarded(const std::string& shown, Work&& work) -> decltype(work()) {
  try {
    return work();
  } catch (const soci::soci_error& error) {
    return std::unexpected(database_error(shown, words_of_engine(error)));
  } catch (const std::exception& error) {
    return std::unexpected(database_error(shown, error.what()));
  }
}

// One transaction, that no other writer comes in between. SOCI's own begins as a reader in SQLite, and fails at once
// where another has written before it writes.
class Transaction {
public:
  Transaction(soci::session& sql, Engine engine) : sql_(sql) {
    sql_ << (engine == Engine::sqlite ? "BEGIN IMMEDIATE" : "BEGIN");
    if (engine == Engine::postgresql) sql_ << "SELECT pg_advisory_xact_lock(7238196)";
  }
  ~Transaction() {
    if (is_over_) return;
    try {
      sql_ << "ROLLBACK";
    } catch (const std::exception&) {
      // The connection is gone, and the transaction with it.
    }
  }
  Transaction(const Transaction&) = delete;
  Transaction& operator=(const Transaction&) = delete;
  void commit() {
    sql_ << "COMMIT";
    is_over_ = true;
  }

private:
  soci::session& sql_;
  bool is_over_ = false;
};

// 0: the database has no history yet.
int version_of(soci::session& sql, Engine engine) {
  int tables_found = 0;
  sql << (engine == Engine::sqlite ? "SELECT count(*) FROM sqlite_master WHERE name = 'murphy_history'"
                                   : "SELECT count(*) FROM information_schema.tables WHERE table_name = "
                                     "'murphy_history' AND table_schema = current_schema()"),
      soci::into(tables_found);
  if (tables_found == 0) return 0;
  int version = 0;
  sql << "SELECT max(version) FROM murphy_history", soci::into(version);
  return version;
}

// The engine of a text that is longer than its column would refuse the run.
std::string cut(const std::string& text, std::size_t most) { return std::string(utf8_prefix(repair_utf8(text), most)); }

// Runs that are older than the rest and not the last green one of their target and branch.
void drop_old(soci::session& sql, std::int64_t before) {
  constexpr const char* old = "SELECT id FROM run WHERE started < :before AND id NOT IN (SELECT r.id FROM run r JOIN "
                              "(SELECT target, branch, max(started) AS newest FROM run WHERE outcome = 'passed' "
                              "GROUP BY target, branch) last ON r.target = last.target AND r.branch = last.branch AND "
                              "r.started = last.newest)";
  sql << fmt::format("DELETE FROM result WHERE run_id IN ({})", old), soci::use(before);
  sql << fmt::format("DELETE FROM run WHERE id IN ({})", old), soci::use(before);
}

} // namespace

Store::Store(std::unique_ptr<Session> session) : session_(std::move(session)) {}
Store::~Store() = default;
Store::Store(Store&& other) noexcept = default;

Result<Store> Store::open(const target::DatabaseAddress& address, Access access) {
  if (address.engine == Engine::mysql)
    return std::unexpected(usage_error("a history is kept in SQLite or PostgreSQL, not in " + address.shown,
                                       "write store = \"sqlite:.murphy/history.db\" or an address that begins with "
                                       "postgresql://"));
  // SQLite would make the file.
  std::error_code ignored;
  if (access == Access::read && !address.file.empty() && !std::filesystem::exists(address.file, ignored))
    return std::unexpected(no_run_yet(address.shown));
  return guarded(address.shown, [&]() -> Result<Store> {
    auto session = std::make_unique<Session>();
    session->engine = address.engine;
    session->shown = address.shown;
    soci::session& sql = session->sql;
    if (address.engine == Engine::sqlite)
      sql.open("sqlite3", fmt::format("dbname=\"{}\" timeout=10", address.file));
    else
      sql.open("postgresql", std::string(address.connection->reveal().view()));
    int version = version_of(sql, address.engine);
    if (version > history_version)
      return std::unexpected(usage_error(fmt::format("the history {} has version {}, and this Murphy knows {}",
                                                     address.shown, version, history_version),
                                         "use the Murphy that wrote it, or a newer one"));
    if (version == 0 && access == Access::read) return std::unexpected(no_run_yet(address.shown));
    if (version == 0) {
      const std::unique_ptr<Transaction> transaction = std::make_unique<Transaction>(sql, address.engine);
      if (version_of(sql, address.engine) == 0) { // nobody else was faster
        for (const char* table : tables) sql << table;
        sql << "INSERT INTO murphy_history (version) VALUES (:version)", soci::use(history_version);
      }
      transaction->commit();
    }
    return Store(std::move(session));
  });
}

Result<Store::Added> Store::add(const RunSummary& run, int keep_days) {
  return guarded(session_->shown, [&]() -> Result<Added> {
    soci::session& sql = session_->sql;
    Transaction transaction(sql, session_->engine);
    int known = 0;
    sql << "SELECT count(*) FROM run WHERE id = :id", soci::use(run.id), soci::into(known);
    if (known > 0) return Added::before;
    const int dirty = run.is_dirty ? 1 : 0;
    const std::string target = cut(run.target, 200), branch = cut(run.branch, 500), build = cut(run.build_url, 2000),
                      version = cut(run.target_version, 500), murphy = cut(run.murphy_version, 50),
                      commit = cut(run.commit, 64);
    sql << "INSERT INTO run (id, target, branch, commit_id, dirty, build_url, target_version, murphy_version, outcome, "
           "started, duration) VALUES (:id, :target, :branch, :commit, :dirty, :build, :version, :murphy, :outcome, "
           ":started, :duration)",
        soci::use(run.id), soci::use(target), soci::use(branch), soci::use(commit), soci::use(dirty), soci::use(build),
        soci::use(version), soci::use(murphy), soci::use(run.outcome), soci::use(run.started), soci::use(run.duration);
    CaseOutcome one;
    soci::statement insert =
        (sql.prepare
             << "INSERT INTO result (run_id, case_id, feature, name, outcome, attempts, duration, cause, place) "
                "VALUES (:run, :id, :feature, :name, :outcome, :attempts, :duration, :cause, :place)",
         soci::use(run.id), soci::use(one.id), soci::use(one.feature), soci::use(one.name), soci::use(one.outcome),
         soci::use(one.attempts), soci::use(one.duration), soci::use(one.cause), soci::use(one.place));
    for (const CaseOutcome& each : run.cases) {
      one = each;
      one.id = cut(each.id, 2000);
      one.feature = cut(each.feature, 1000);
      one.name = cut(each.name, 1000);
      one.place = cut(each.place, 2000);
      insert.execute(sends_values);
    }
    for (const NamedCause& cause : run.causes) {
      int there = 0;
      sql << "SELECT count(*) FROM cause WHERE id = :id", soci::use(cause.id), soci::into(there);
      if (there > 0) continue;
      const std::string words = cut(cause.words, 4000);
      sql << "INSERT INTO cause (id, words) VALUES (:id, :words)", soci::use(cause.id), soci::use(words);
    }
    if (keep_days > 0) drop_old(sql, run.started - keep_days * day);
    transaction.commit();
    return Added::now;
  });
}

Result<std::vector<PastRun>> Store::runs(int most) {
  return guarded(session_->shown, [&]() -> Result<std::vector<PastRun>> {
    std::vector<PastRun> all;
    PastRun row;
    RunSummary& run = row.run;
    int dirty = 0;
    soci::statement rows =
        (session_->sql.prepare
             << "SELECT id, target, branch, commit_id, dirty, build_url, target_version, murphy_version, outcome, "
                "started, duration, (SELECT count(*) FROM result WHERE run_id = id), (SELECT count(*) FROM result "
                "WHERE run_id = id AND outcome = 'passed'), (SELECT count(*) FROM result WHERE run_id = id AND "
                "outcome = 'failed') FROM run ORDER BY started DESC, id LIMIT :most",
         soci::use(most), soci::into(run.id), soci::into(run.target), soci::into(run.branch), soci::into(run.commit),
         soci::into(dirty), soci::into(run.build_url), soci::into(run.target_version), soci::into(run.murphy_version),
         soci::into(run.outcome), soci::into(run.started), soci::into(run.duration), soci::into(row.cases),
         soci::into(row.passed), soci::into(row.failed));
    rows.execute();
    while (rows.fetch()) {
      run.is_dirty = dirty != 0;
      all.push_back(row);
    }
    return all;
  });
}

Result<std::vector<PastCase>> Store::cases(const std::string& words) {
  return guarded(session_->shown, [&]() -> Result<std::vector<PastCase>> {
    std::vector<PastCase> all;
    PastCase row;
    int dirty = 0;
    soci::statement rows =
        (session_->sql.prepare << "SELECT case_id, feature, name, result.outcome, attempts, result.duration, cause, "
                                  "place, run.id, target, branch, commit_id, dirty, started FROM result JOIN run ON "
                                  "run.id = result.run_id ORDER BY case_id, started DESC, run.id",
         soci::into(row.is.id), soci::into(row.is.feature), soci::into(row.is.name), soci::into(row.is.outcome),
         soci::into(row.is.attempts), soci::into(row.is.duration), soci::into(row.is.cause), soci::into(row.is.place),
         soci::into(row.run), soci::into(row.target), soci::into(row.branch), soci::into(row.commit), soci::into(dirty),
         soci::into(row.started));
    rows.execute();
    // Engines fold the case of letters in their own ways.
    const std::string wanted = fold_case(words);
    std::map<std::string, bool> is_meant;
    while (rows.fetch()) {
      const auto [known, is_new] = is_meant.try_emplace(row.is.id);
      if (is_new) known->second = fold_case(row.is.id).contains(wanted) || fold_case(row.is.name).contains(wanted);
      if (!known->second) continue;
      row.is_dirty = dirty != 0;
      all.push_back(row);
    }
    return all;
  });
}

Result<std::vector<PastCause>> Store::causes() {
  return guarded(session_->shown, [&]() -> Result<std::vector<PastCause>> {
    std::vector<PastCause> all;
    PastCause row;
    soci::statement rows =
        (session_->sql.prepare
             << "SELECT cause.id, cause.words, min(run.started), max(run.started), count(DISTINCT run.id) FROM cause "
                "JOIN result ON result.cause = cause.id JOIN run ON run.id = result.run_id GROUP BY cause.id, "
                "cause.words ORDER BY max(run.started) DESC, cause.id",
         soci::into(row.cause.id), soci::into(row.cause.words), soci::into(row.first), soci::into(row.last),
         soci::into(row.runs));
    rows.execute();
    while (rows.fetch()) all.push_back(row);
    for (PastCause& each : all)
      session_->sql << "SELECT count(*) FROM result JOIN run ON run.id = result.run_id WHERE cause = :id AND started = "
                       ":last",
          soci::use(each.cause.id), soci::use(each.last), soci::into(each.cases);
    return all;
  });
}

} // namespace murphy::history
