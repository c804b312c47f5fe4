#include "watch/store/watch_store.h"

#include "base/make_error.h"
#include "base/text.h"
#include "store/transaction.h"
#include "target/engine_words.h"
#include "watch/state_json.h"

#include <array>
#include <chrono>
#include <filesystem>
#include <fmt/format.h>
#include <fstream>
#include <soci/soci.h>
#include <span>
#include <string_view>
#include <utility>

namespace murphy::watch {

using Engine = target::DatabaseAddress::Engine;
using store::Against;
using store::Transaction;

struct WatchStore::Session {
  soci::session sql;
  Engine engine = Engine::sqlite;
  std::string name; // the file, or the address
};

namespace {

namespace fs = std::filesystem;
using std::chrono::microseconds;
using std::chrono::milliseconds;

constexpr int store_version = 3;
constexpr int longest_wait = 10'000; // milliseconds, for another writer
constexpr std::chrono::hours kept(90 * 24);

// What is here has been written to databases and never changes: a new version is a new list.
constexpr std::array version_1{
    "CREATE TABLE murphy_watch (version INTEGER NOT NULL)",
    "CREATE TABLE state (id INTEGER PRIMARY KEY, body TEXT NOT NULL)",
    "CREATE TABLE incident (id TEXT PRIMARY KEY, title TEXT NOT NULL, severity TEXT NOT NULL, opened INTEGER NOT NULL, "
    "resolved INTEGER, acknowledged TEXT NOT NULL DEFAULT '')",
    "CREATE TABLE outbox (id INTEGER PRIMARY KEY AUTOINCREMENT, channel TEXT NOT NULL, event TEXT NOT NULL, severity "
    "TEXT NOT NULL, incident TEXT NOT NULL, key TEXT NOT NULL, lines TEXT NOT NULL, body TEXT NOT NULL, created "
    "INTEGER NOT NULL, due INTEGER NOT NULL, attempts INTEGER NOT NULL DEFAULT 0, done INTEGER, problem TEXT NOT NULL "
    "DEFAULT '')",
    "CREATE INDEX outbox_by_done ON outbox (done, channel)",
    "INSERT INTO murphy_watch (version) VALUES (1)",
};

constexpr std::array version_2{
    "CREATE TABLE uptime (feature TEXT NOT NULL, day INTEGER NOT NULL, up INTEGER NOT NULL, degraded INTEGER NOT NULL, "
    "down INTEGER NOT NULL, maintenance INTEGER NOT NULL, PRIMARY KEY (feature, day))",
    "INSERT INTO murphy_watch (version) VALUES (2)",
};

constexpr std::array version_3{
    "CREATE TABLE maintenance (id INTEGER PRIMARY KEY, until INTEGER NOT NULL)",
    "INSERT INTO murphy_watch (version) VALUES (3)",
};

constexpr std::array<std::span<const char* const>, store_version> versions{version_1, version_2, version_3};
constexpr const char* version_table = "murphy_watch";

// SQLite makes a number of any size an INTEGER, and PostgreSQL does not.
std::string in_words_of(Engine engine, std::string statement) {
  if (engine == Engine::sqlite) return statement;
  constexpr std::string_view counted = "INTEGER PRIMARY KEY AUTOINCREMENT", whole = " INTEGER";
  if (const std::size_t at = statement.find(counted); at != std::string::npos)
    statement.replace(at, counted.size(), "BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY");
  for (std::size_t at = statement.find(whole); at != std::string::npos; at = statement.find(whole, at))
    statement.replace(at, whole.size(), " BIGINT");
  return statement;
}

std::int64_t number(Instant at) { return std::chrono::floor<microseconds>(at.time_since_epoch()).count(); }
Instant moment(std::int64_t number) { return Instant(microseconds(number)); }

Severity severity_named(const std::string& name) {
  return name == name_of(Severity::warning) ? Severity::warning : Severity::critical;
}

Error store_error(const std::string& file, const std::string& message) {
  return target_error(fmt::format("the store of the watch {}: {}", file, target::words_of_engine(message)),
                      target::remedy_of_engine(message, "check that `store` of [watch] names a file or a database that "
                                                        "this account can write to, and that the disk has space"));
}

std::string wait_setting(Engine engine) {
  return fmt::format("{} = {}", engine == Engine::sqlite ? "PRAGMA busy_timeout" : "SET lock_timeout", longest_wait);
}

// Runs what may throw, and gives its errors back.
template <class Work> auto guarded(const std::string& name, Work&& work) -> decltype(work()) {
  try {
    return work();
  } catch (const soci::soci_error& error) {
    return std::unexpected(store_error(name, error.get_error_message()));
  } catch (const std::exception& error) {
    return std::unexpected(store_error(name, error.what()));
  }
}

// The same on a session that is open. A server that was away is asked again by the next call.
template <class Session, class Work>
auto guarded(const std::unique_ptr<Session>& session, Work&& work) -> decltype(work()) {
  auto result = guarded(session->name, std::forward<Work>(work));
  if (result || result.error().kind != ErrorKind::target || session->engine == Engine::sqlite) return result;
  try {
    session->sql.reconnect();
    session->sql << wait_setting(session->engine);
  } catch (const std::exception&) {
    // It is still away; the next call says so.
  }
  return result;
}

// SQLite makes a file, and no folder. One that is there for it alone is no part of what is checked in.
void make_folder(const fs::path& folder) {
  std::error_code ignored;
  if (!folder.empty() && fs::create_directories(folder, ignored)) std::ofstream(folder / ".gitignore") << "*\n";
}

void write_incident(soci::session& sql, const Notice& notice, const std::string& title) {
  const Incident& incident = notice.incident;
  const std::string severity(name_of(incident.severity));
  const std::int64_t opened = number(incident.opened), resolved = number(notice.at);
  soci::indicator is_resolved = notice.what == Notice::What::resolved ? soci::i_ok : soci::i_null;
  sql << "INSERT INTO incident (id, title, severity, opened, resolved) VALUES (:id, :title, :severity, :opened, "
         ":resolved) ON CONFLICT (id) DO UPDATE SET title = excluded.title, severity = excluded.severity, opened = "
         "excluded.opened, resolved = excluded.resolved",
      soci::use(incident.id), soci::use(title), soci::use(severity), soci::use(opened),
      soci::use(resolved, is_resolved);
}

void queue_alert(soci::session& sql, const OutgoingAlert& alert, std::int64_t now) {
  const std::string severity(name_of(alert.alert.severity)), lines = join(alert.alert.lines, "\n");
  sql << "INSERT INTO outbox (channel, event, severity, incident, key, lines, body, created, due) VALUES (:channel, "
         ":event, :severity, :incident, :key, :lines, :body, :created, :due)",
      soci::use(alert.channel), soci::use(alert.alert.event), soci::use(severity), soci::use(alert.alert.incident),
      soci::use(alert.alert.key), soci::use(lines), soci::use(alert.alert.body), soci::use(now), soci::use(now);
}

void add_uptime(soci::session& sql, const Uptime& passed) {
  for (const auto& [feature, days] : passed)
    for (const auto& [day, time] : days) {
      const std::int64_t number = day.time_since_epoch().count();
      const std::int64_t up = time.up.count(), degraded = time.degraded.count(), down = time.down.count(),
                         maintenance = time.maintenance.count();
      sql << "INSERT INTO uptime (feature, day, up, degraded, down, maintenance) VALUES (:feature, :day, :up, "
             ":degraded, :down, :maintenance) ON CONFLICT (feature, day) DO UPDATE SET up = uptime.up + excluded.up, "
             "degraded = uptime.degraded + excluded.degraded, down = uptime.down + excluded.down, maintenance = "
             "uptime.maintenance + excluded.maintenance",
          soci::use(feature), soci::use(number), soci::use(up), soci::use(degraded), soci::use(down),
          soci::use(maintenance);
    }
}

// The alert is done with. `problem` says why it was not sent; empty: it was.
void finish(soci::session& sql, std::int64_t id, const std::string& problem, Instant now) {
  const std::int64_t at = number(now);
  sql << "UPDATE outbox SET done = :at, problem = :problem WHERE id = :id", soci::use(at), soci::use(problem),
      soci::use(id);
}

} // namespace

std::string name_of_store(const target::DatabaseAddress& address) {
  return address.file.empty() ? address.shown : address.file;
}

WatchStore::WatchStore(std::unique_ptr<Session> session) : session_(std::move(session)) {}
WatchStore::~WatchStore() = default;
WatchStore::WatchStore(WatchStore&& other) noexcept = default;

Result<WatchStore> WatchStore::open(const target::DatabaseAddress& address, Access access) {
  if (address.engine == Engine::mysql)
    return std::unexpected(usage_error("a watch keeps what it knows in SQLite or PostgreSQL, not in " + address.shown,
                                       "write store = \"sqlite:.murphy/watch.db\" or an address that begins with "
                                       "postgresql://"));
  const bool is_file = address.engine == Engine::sqlite;
  const std::string name = name_of_store(address);
  std::error_code ignored;
  if (access == Access::read && is_file && !fs::exists(address.file, ignored))
    return std::unexpected(usage_error(fmt::format("the store of the watch {} is not there", name),
                                       "murphy watch makes it; run this in the project that is watched"));
  if (access == Access::write && is_file) make_folder(fs::path(address.file).parent_path());
  return guarded(name, [&]() -> Result<WatchStore> {
    auto session = std::make_unique<Session>();
    session->engine = address.engine;
    session->name = name;
    soci::session& sql = session->sql;
    if (is_file)
      sql.open("sqlite3", fmt::format("dbname=\"{}\"", address.file));
    else
      sql.open("postgresql", std::string(address.connection->reveal().view()));
    sql << wait_setting(address.engine);
    const int version = store::version_in(sql, address.engine, version_table);
    if (version > store_version)
      return std::unexpected(
          usage_error(fmt::format("the store of the watch {} has version {}, and this Murphy knows {}", name, version,
                                  store_version),
                      "use the Murphy that wrote it, or a newer one"));
    if (version == store_version) return WatchStore(std::move(session));
    if (access == Access::read && version == 0)
      return std::unexpected(
          usage_error(fmt::format("the store of the watch {} is empty", name), "start murphy watch"));
    if (is_file) sql << "PRAGMA journal_mode = WAL";
    Transaction transaction(sql, address.engine, Against::other_watches);
    const int now = store::version_in(sql, address.engine, version_table); // somebody else may have been faster
    for (std::size_t next = static_cast<std::size_t>(now); next < versions.size(); ++next)
      for (const char* statement : versions[next]) sql << in_words_of(address.engine, statement);
    transaction.commit();
    return WatchStore(std::move(session));
  });
}

Result<WatchState> WatchStore::load() {
  return guarded(session_, [&]() -> Result<WatchState> {
    std::string body;
    session_->sql << "SELECT body FROM state WHERE id = 1", soci::into(body);
    return session_->sql.got_data() ? read_state(body) : WatchState{};
  });
}

Result<void> WatchStore::commit(const WatchState& state, const std::vector<ToldNotice>& told,
                                const std::vector<OutgoingAlert>& alerts, Instant now, const Uptime& passed) {
  return guarded(session_, [&]() -> Result<void> {
    soci::session& sql = session_->sql;
    Transaction transaction(sql, session_->engine, Against::other_watches);
    const std::string body = state_text(state);
    sql << "INSERT INTO state (id, body) VALUES (1, :body) ON CONFLICT (id) DO UPDATE SET body = excluded.body",
        soci::use(body);
    // A reminder says of an incident only for how long it is open, which is soon another time.
    for (const ToldNotice& each : told)
      if (each.notice.what != Notice::What::reminder) write_incident(sql, each.notice, each.alert.lines.front());
    const std::int64_t at = number(now), before = number(now - kept);
    for (const OutgoingAlert& each : alerts) queue_alert(sql, each, at);
    add_uptime(sql, passed);
    // As forget_old() does.
    const int days = kept_days.count();
    sql << "DELETE FROM uptime WHERE day NOT IN (SELECT DISTINCT day FROM uptime ORDER BY day DESC LIMIT :days)",
        soci::use(days);
    sql << "DELETE FROM outbox WHERE done < :before", soci::use(before);
    sql << "DELETE FROM incident WHERE resolved < :before", soci::use(before);
    transaction.commit();
    return {};
  });
}

Result<Uptime> WatchStore::uptime() {
  return guarded(session_, [&]() -> Result<Uptime> {
    Uptime all;
    std::string feature;
    std::int64_t day = 0, up = 0, degraded = 0, down = 0, maintenance = 0;
    soci::statement rows = (session_->sql.prepare << "SELECT feature, day, up, degraded, down, maintenance FROM uptime",
                            soci::into(feature), soci::into(day), soci::into(up), soci::into(degraded),
                            soci::into(down), soci::into(maintenance));
    rows.execute();
    while (rows.fetch())
      all[feature][Day(std::chrono::days(day))] = {.up = milliseconds(up),
                                                   .degraded = milliseconds(degraded),
                                                   .down = milliseconds(down),
                                                   .maintenance = milliseconds(maintenance)};
    return all;
  });
}

Result<Acknowledged> WatchStore::acknowledged() {
  return guarded(session_, [&]() -> Result<Acknowledged> {
    Acknowledged all;
    std::string id;
    soci::statement rows =
        (session_->sql.prepare << "SELECT id FROM incident WHERE resolved IS NULL AND acknowledged <> ''",
         soci::into(id));
    rows.execute();
    while (rows.fetch()) all.insert(id);
    return all;
  });
}

Result<void> WatchStore::acknowledge(const std::string& incident, const std::string& reason, Instant now) {
  return guarded(session_, [&]() -> Result<void> {
    soci::session& sql = session_->sql;
    Transaction transaction(sql, session_->engine, Against::other_watches);
    int open = 0;
    sql << "SELECT count(*) FROM incident WHERE id = :id AND resolved IS NULL", soci::use(incident), soci::into(open);
    if (open == 0)
      return std::unexpected(usage_error(fmt::format("no open incident has the id \"{}\"", incident),
                                         "murphy watch status lists the open incidents"));
    const std::int64_t at = number(now);
    sql << "UPDATE incident SET acknowledged = :reason WHERE id = :id", soci::use(reason), soci::use(incident);
    // A reminder that waits for its channel has become needless.
    sql << "UPDATE outbox SET done = :at, problem = 'acknowledged' WHERE incident = :id AND event = 'reminder' AND "
           "done "
           "IS NULL",
        soci::use(at), soci::use(incident);
    transaction.commit();
    return {};
  });
}

Result<void> WatchStore::set_maintenance(Instant until) {
  return guarded(session_, [&]() -> Result<void> {
    const std::int64_t at = number(until);
    session_->sql << "INSERT INTO maintenance (id, until) VALUES (1, :until) ON CONFLICT (id) DO UPDATE SET until = "
                     "excluded.until",
        soci::use(at);
    return {};
  });
}

Result<Instant> WatchStore::maintenance() {
  return guarded(session_, [&]() -> Result<Instant> {
    std::int64_t until = 0;
    session_->sql << "SELECT coalesce(max(until), 0) FROM maintenance", soci::into(until);
    return moment(until);
  });
}

Result<std::vector<ListedIncident>> WatchStore::incidents(int most) {
  return guarded(session_, [&]() -> Result<std::vector<ListedIncident>> {
    std::vector<ListedIncident> all;
    ListedIncident row;
    std::string severity;
    std::int64_t opened = 0, resolved = 0;
    soci::indicator is_resolved = soci::i_null;
    soci::statement rows =
        (session_->sql.prepare << "SELECT id, title, severity, opened, resolved, acknowledged FROM incident ORDER BY "
                                  "resolved IS NOT NULL, opened DESC, id LIMIT :most",
         soci::use(most), soci::into(row.id), soci::into(row.title), soci::into(severity), soci::into(opened),
         soci::into(resolved, is_resolved), soci::into(row.acknowledged));
    rows.execute();
    while (rows.fetch()) {
      row.severity = severity_named(severity);
      row.opened = moment(opened);
      row.resolved.reset();
      if (is_resolved == soci::i_ok) row.resolved = moment(resolved);
      all.push_back(row);
    }
    return all;
  });
}

Result<std::vector<QueuedAlert>> WatchStore::queue() {
  return guarded(session_, [&]() -> Result<std::vector<QueuedAlert>> {
    std::vector<QueuedAlert> all;
    QueuedAlert row;
    Alert& alert = row.to_send.alert;
    std::string severity, lines;
    std::int64_t created = 0, due = 0;
    long long id = 0;
    soci::statement rows =
        (session_->sql.prepare << "SELECT id, channel, event, severity, incident, key, lines, body, created, due, "
                                  "attempts FROM outbox WHERE done IS NULL ORDER BY id",
         soci::into(id), soci::into(row.to_send.channel), soci::into(alert.event), soci::into(severity),
         soci::into(alert.incident), soci::into(alert.key), soci::into(lines), soci::into(alert.body),
         soci::into(created), soci::into(due), soci::into(row.attempts));
    rows.execute();
    while (rows.fetch()) {
      row.id = id;
      alert.severity = severity_named(severity);
      alert.lines.clear();
      for (const std::string_view line : split(lines, '\n')) alert.lines.emplace_back(line);
      row.created = moment(created);
      row.due = moment(due);
      all.push_back(row);
    }
    return all;
  });
}

Result<int> WatchStore::sent_since(const std::string& channel, Instant since, Instant now) {
  return guarded(session_, [&]() -> Result<int> {
    const std::int64_t from = number(since), until = number(now);
    int sent = 0;
    session_->sql
        << "SELECT count(*) FROM outbox WHERE channel = :channel AND problem = '' AND done >= :since AND done "
           "<= :until",
        soci::use(channel), soci::use(from), soci::use(until), soci::into(sent);
    return sent;
  });
}

Result<void> WatchStore::mark_sent(std::int64_t id, const std::vector<std::int64_t>& with_it, Instant now) {
  return guarded(session_, [&]() -> Result<void> {
    soci::session& sql = session_->sql;
    Transaction transaction(sql, session_->engine, Against::other_watches);
    finish(sql, id, "", now);
    for (const std::int64_t each : with_it) finish(sql, each, "sent with others", now);
    transaction.commit();
    return {};
  });
}

Result<void> WatchStore::postpone(std::int64_t id, Instant due) {
  return guarded(session_, [&]() -> Result<void> {
    const std::int64_t from = number(due);
    session_->sql << "UPDATE outbox SET due = :due, attempts = attempts + 1 WHERE id = :id", soci::use(from),
        soci::use(id);
    return {};
  });
}

Result<void> WatchStore::give_up(const std::vector<std::int64_t>& ids, const std::string& why, Instant now) {
  return guarded(session_, [&]() -> Result<void> {
    soci::session& sql = session_->sql;
    Transaction transaction(sql, session_->engine, Against::other_watches);
    for (const std::int64_t each : ids) finish(sql, each, why, now);
    transaction.commit();
    return {};
  });
}

} // namespace murphy::watch
