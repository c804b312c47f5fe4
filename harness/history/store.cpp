#include "history/store.h"

#include "base/make_error.h"
#include "base/secret.h"
#include "base/text.h"
#include "history/tables.h"
#include "store/transaction.h"
#include "target/engine_words.h"

#include <algorithm>
#include <exception>
#include <filesystem>
#include <fmt/format.h>
#include <map>
#include <soci/soci.h>

namespace murphy::history {

using Engine = target::DatabaseAddress::Engine;
using store::Against;
using store::Transaction;

struct Store::Session {
  soci::session sql;
  Engine engine = Engine::sqlite;
  std::string shown; // the address
};

namespace {

constexpr bool sends_values = true; // of a statement that SOCI executes
constexpr int most_known_good = 2;  // what differs between them changes from run to run
constexpr int lease_seconds = 60;
constexpr std::int64_t day = 86'400'000'000; // microseconds

Error database_error(const std::string& shown, const std::string& message) {
  return target_error(fmt::format("the history {}: {}", shown, target::words_of_engine(message)),
                      target::remedy_of_engine(
                          message, "check that `store` of [history] names a database that this account can write to"));
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
    return std::unexpected(database_error(shown, error.get_error_message()));
  } catch (const std::exception& error) {
    return std::unexpected(database_error(shown, error.what()));
  }
}

// Seconds since 1970, by the clock that all who share the database share.
const char* now_of(Engine engine) {
  return engine == Engine::sqlite ? "CAST(strftime('%s', 'now') AS INTEGER)"
                                  : "CAST(floor(extract(epoch FROM clock_timestamp())) AS BIGINT)";
}

// The engine of a text that is longer than its column would refuse the run.
std::string cut(const std::string& text, std::size_t most) { return std::string(utf8_prefix(repair_utf8(text), most)); }

// Drops runs that began before: but for the last green one of each target and branch, and the first one of each cause,
// which says how old the cause is.
void drop_old(soci::session& sql, std::int64_t before) {
  constexpr const char* old = "SELECT id FROM run WHERE started < :before AND id NOT IN (SELECT r.id FROM run r JOIN "
                              "(SELECT target, branch, max(started) AS newest FROM run WHERE outcome = 'passed' "
                              "GROUP BY target, branch) last ON r.target = last.target AND r.branch = last.branch AND "
                              "r.started = last.newest) AND id NOT IN (SELECT first_run FROM cause)";
  for (const char* table : {"result", "known_good"})
    sql << fmt::format("DELETE FROM {} WHERE run_id IN ({})", table, old), soci::use(before);
  sql << fmt::format("DELETE FROM run WHERE id IN ({})", old), soci::use(before);
}

// A new cause, or an earlier run of one that is known.
void add_cause(soci::session& sql, const NamedCause& cause, const RunSummary& run) {
  std::int64_t first = 0;
  soci::indicator is_known = soci::i_null;
  sql << "SELECT min(first_seen) FROM cause WHERE id = :id", soci::use(cause.id), soci::into(first, is_known);
  const std::string words = cut(cause.words, 4000);
  if (is_known != soci::i_ok)
    sql << "INSERT INTO cause (id, words, first_run, first_seen) VALUES (:id, :words, :run, :seen)",
        soci::use(cause.id), soci::use(words), soci::use(run.id), soci::use(run.started);
  else if (run.started < first)
    sql << "UPDATE cause SET first_run = :run, first_seen = :seen WHERE id = :id", soci::use(run.id),
        soci::use(run.started), soci::use(cause.id);
}

// What the app was like counts for the newest green runs of a target and branch alone.
void add_known_good(soci::session& sql, const RunSummary& run, const std::string& body) {
  sql << "INSERT INTO known_good (run_id, body) VALUES (:run, :body)", soci::use(run.id), soci::use(body);
  const std::string target = cut(run.target, 200), branch = cut(run.branch, 500);
  sql << "DELETE FROM known_good WHERE run_id IN (SELECT id FROM run WHERE target = :target AND branch = :branch) AND "
         "run_id NOT IN (SELECT run_id FROM known_good k JOIN run r ON r.id = k.run_id WHERE r.target = :target2 AND "
         "r.branch = :branch2 ORDER BY r.started DESC LIMIT :most)",
      soci::use(target, "target"), soci::use(branch, "branch"), soci::use(target, "target2"),
      soci::use(branch, "branch2"), soci::use(most_known_good, "most");
}

} // namespace

Store::Store(std::unique_ptr<Session> session) : session_(std::move(session)) {}
Store::~Store() = default;
Store::Store(Store&& other) noexcept = default;

Result<Store> Store::open(const target::DatabaseAddress& address, Access access,
                          std::chrono::milliseconds longest_wait) {
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
      sql.open("sqlite3", fmt::format("dbname=\"{}\"", address.file));
    else
      sql.open("postgresql", std::string(address.connection->reveal().view()));
    sql << fmt::format("{} = {}", address.engine == Engine::sqlite ? "PRAGMA busy_timeout" : "SET lock_timeout",
                       longest_wait.count());
    const int version = version_of(sql, address.engine);
    if (version > history_version)
      return std::unexpected(usage_error(fmt::format("the history {} has version {}, and this Murphy knows {}",
                                                     address.shown, version, history_version),
                                         "use the Murphy that wrote it, or a newer one"));
    if (version == 0 && access == Access::read) return std::unexpected(no_run_yet(address.shown));
    if (version < history_version && access == Access::read)
      return std::unexpected(usage_error(fmt::format("the history {} has version {}, and this Murphy reads {}",
                                                     address.shown, version, history_version),
                                         "the next murphy run brings it up to date"));
    if (version < history_version) {
      Transaction transaction(sql, address.engine, Against::other_histories);
      upgrade(sql, version_of(sql, address.engine)); // somebody else may have been faster
      transaction.commit();
    }
    return Store(std::move(session));
  });
}

Result<Store::Added> Store::add(const RunSummary& run, int keep_days, const std::string& known_good) {
  return guarded(session_->shown, [&]() -> Result<Added> {
    soci::session& sql = session_->sql;
    Transaction transaction(sql, session_->engine, Against::other_histories);
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
    for (const NamedCause& cause : run.causes) add_cause(sql, cause, run);
    if (!known_good.empty()) add_known_good(sql, run, known_good);
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
             << "SELECT cause.id, cause.words, cause.first_seen, max(run.started), count(DISTINCT run.id) FROM cause "
                "JOIN result ON result.cause = cause.id JOIN run ON run.id = result.run_id GROUP BY cause.id, "
                "cause.words, cause.first_seen ORDER BY max(run.started) DESC, cause.id",
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

Result<std::vector<RunSummary>> Store::runs_at(const std::string& target, const std::vector<std::string>& commits,
                                               std::size_t most) {
  return guarded(session_->shown, [&]() -> Result<std::vector<RunSummary>> {
    soci::session& sql = session_->sql;
    std::vector<RunSummary> all;
    const std::string its_target = cut(target, 200);
    RunSummary row;
    std::string commit;
    soci::statement runs = (sql.prepare << "SELECT id, branch, outcome, started, duration FROM run WHERE target = "
                                           ":target AND commit_id = :commit AND dirty = 0 ORDER BY started DESC, id",
                            soci::use(its_target), soci::use(commit), soci::into(row.id), soci::into(row.branch),
                            soci::into(row.outcome), soci::into(row.started), soci::into(row.duration));
    for (const std::string& each : commits) {
      commit = each;
      runs.execute();
      while (runs.fetch() && all.size() < most) {
        row.target = target;
        row.commit = each;
        all.push_back(row);
      }
      if (all.size() >= most) break;
    }
    for (RunSummary& run : all) {
      CaseOutcome one;
      soci::statement cases =
          (sql.prepare << "SELECT case_id, feature, name, outcome, attempts, duration, cause, place FROM result WHERE "
                          "run_id = :run ORDER BY case_id",
           soci::use(run.id), soci::into(one.id), soci::into(one.feature), soci::into(one.name),
           soci::into(one.outcome), soci::into(one.attempts), soci::into(one.duration), soci::into(one.cause),
           soci::into(one.place));
      cases.execute();
      while (cases.fetch()) run.cases.push_back(one);
    }
    return all;
  });
}

Result<std::map<std::string, FirstRun>> Store::first_runs(const std::vector<std::string>& causes) {
  return guarded(session_->shown, [&]() -> Result<std::map<std::string, FirstRun>> {
    std::map<std::string, FirstRun> all;
    for (const std::string& cause : causes) {
      FirstRun first;
      session_->sql << "SELECT started, branch, commit_id FROM cause JOIN run ON run.id = cause.first_run WHERE "
                       "cause.id = :id",
          soci::use(cause), soci::into(first.started), soci::into(first.branch), soci::into(first.commit);
      if (session_->sql.got_data()) all.emplace(cause, std::move(first));
    }
    return all;
  });
}

Result<std::optional<LastGreen>> Store::last_green(const std::string& target,
                                                   const std::optional<std::string>& branch) {
  return guarded(session_->shown, [&]() -> Result<std::optional<LastGreen>> {
    soci::session& sql = session_->sql;
    const std::string its_target = cut(target, 200), its_branch = cut(branch.value_or(""), 500);
    const int any = branch ? 0 : 1;
    LastGreen green;
    int dirty = 0;
    sql << "SELECT started, branch, commit_id, dirty FROM run WHERE target = :target AND (:any = 1 OR branch = "
           ":branch) "
           "AND outcome = 'passed' ORDER BY started DESC, id LIMIT 1",
        soci::use(its_target), soci::use(any), soci::use(its_branch), soci::into(green.run.started),
        soci::into(green.run.branch), soci::into(green.run.commit), soci::into(dirty);
    if (!sql.got_data()) return std::nullopt;
    green.is_dirty = dirty != 0;
    std::string body;
    soci::statement bodies =
        (sql.prepare << "SELECT body FROM known_good JOIN run ON run.id = known_good.run_id WHERE target = :target AND "
                        "branch = :branch ORDER BY started DESC, id",
         soci::use(its_target), soci::use(green.run.branch), soci::into(body));
    bodies.execute();
    while (bodies.fetch()) green.known_good.push_back(body);
    return green;
  });
}

Result<std::vector<NamedCase>> Store::case_names() {
  return guarded(session_->shown, [&]() -> Result<std::vector<NamedCase>> {
    std::vector<NamedCase> all;
    NamedCase one;
    soci::statement rows = (session_->sql.prepare << "SELECT case_id, feature, name FROM result GROUP BY case_id, "
                                                     "feature, name ORDER BY max(run_id), case_id, feature, name",
                            soci::into(one.id), soci::into(one.feature), soci::into(one.name));
    rows.execute();
    while (rows.fetch()) all.push_back(one);
    return all;
  });
}

Result<bool> Store::take(const std::string& target, const std::vector<std::string>& accounts,
                         const std::string& holder) {
  return guarded(session_->shown, [&]() -> Result<bool> {
    soci::session& sql = session_->sql;
    // In the order of their names, so that no two holders wait for each other.
    std::vector<std::string> sorted = accounts;
    std::ranges::sort(sorted);
    Transaction transaction(sql, session_->engine, Against::rows);
    for (const std::string& account : sorted) {
      soci::statement take =
          (sql.prepare << fmt::format("INSERT INTO lease (target, account, holder, expires) VALUES (:target, :account, "
                                      ":holder, {0} + {1}) ON CONFLICT (target, account) DO UPDATE SET holder = "
                                      "excluded.holder, expires = excluded.expires WHERE lease.expires < {0} OR "
                                      "lease.holder = excluded.holder",
                                      now_of(session_->engine), lease_seconds),
           soci::use(target), soci::use(account), soci::use(holder));
      take.execute(sends_values);
      if (take.get_affected_rows() == 0) return false; // the others are given back with the transaction
    }
    transaction.commit();
    return true;
  });
}

Result<void> Store::give_back(const std::string& target, const std::vector<std::string>& accounts,
                              const std::string& holder) {
  return guarded(session_->shown, [&]() -> Result<void> {
    for (const std::string& account : accounts)
      session_->sql << "DELETE FROM lease WHERE target = :target AND account = :account AND holder = :holder",
          soci::use(target), soci::use(account), soci::use(holder);
    return {};
  });
}

Result<void> Store::renew(const std::string& target, const std::string& holder) {
  return guarded(session_->shown, [&]() -> Result<void> {
    session_->sql << fmt::format("UPDATE lease SET expires = {} + {} WHERE target = :target AND holder = :holder",
                                 now_of(session_->engine), lease_seconds),
        soci::use(target), soci::use(holder);
    return {};
  });
}

Result<std::vector<std::string>> Store::held_by_others(const std::string& target, const std::string& holder) {
  return guarded(session_->shown, [&]() -> Result<std::vector<std::string>> {
    std::vector<std::string> all;
    std::string account;
    soci::statement rows =
        (session_->sql.prepare << fmt::format("SELECT account FROM lease WHERE target = :target AND holder <> :holder "
                                              "AND expires >= {} ORDER BY account",
                                              now_of(session_->engine)),
         soci::use(target), soci::use(holder), soci::into(account));
    rows.execute();
    while (rows.fetch()) all.push_back(account);
    return all;
  });
}

Result<int> Store::rename(const std::vector<Renaming>& renamings) {
  return guarded(session_->shown, [&]() -> Result<int> {
    soci::session& sql = session_->sql;
    Transaction transaction(sql, session_->engine, Against::other_histories);
    int results = 0;
    for (const Renaming& each : renamings) {
      const std::string id = cut(each.to.id, 2000), feature = cut(each.to.feature, 1000),
                        name = cut(each.to.name, 1000);
      int both = 0;
      if (id != each.from.id)
        sql << "SELECT count(*) FROM result a JOIN result b ON a.run_id = b.run_id WHERE a.case_id = :old AND "
               "b.case_id "
               "= :new",
            soci::use(each.from.id), soci::use(id), soci::into(both);
      if (both > 0)
        return std::unexpected(
            usage_error(fmt::format("in {} of the runs, both \"{}\" and \"{}\" ran", both, each.from.id, id),
                        "two scenarios cannot become one: check the names"));
      soci::statement update =
          (sql.prepare << "UPDATE result SET case_id = :id, feature = :feature, name = :name WHERE case_id = :old AND "
                          "feature = :old_feature AND name = :old_name",
           soci::use(id), soci::use(feature), soci::use(name), soci::use(each.from.id), soci::use(each.from.feature),
           soci::use(each.from.name));
      update.execute(sends_values);
      results += static_cast<int>(update.get_affected_rows());
    }
    transaction.commit();
    return results;
  });
}

} // namespace murphy::history
