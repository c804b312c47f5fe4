#include "target/database_health.h"

#include "target/catalogue.h"
#include "target/database_session.h"
#include "target/engine_words.h"
#include "target/health_query.h"
#include "target/migration_check.h"

#include <filesystem>
#include <fmt/format.h>
#include <soci/soci.h>
#include <string_view>
#include <sys/stat.h>
#include <sys/statvfs.h>

namespace murphy::target {
namespace {

using Engine = DatabaseAddress::Engine;
using State = HealthCheck::State;

constexpr int most_percent = 90; // of the connections that are allowed
constexpr int longest_wait = 2;  // seconds, for a lock
constexpr const char* connections = "connections";
constexpr const char* write = "write";
constexpr const char* locks = "locks";

// pg_stat_database shows its numbers to everybody; pg_stat_activity does not.
constexpr const char* postgresql_connections = R"(
select case when used * 100 >= most * {0} then used || ' of ' || most || ' connections are in use'
  when datconnlimit > 0 and own * 100 >= datconnlimit * {0}
  then own || ' of ' || datconnlimit || ' connections of this database are in use' else '' end
from (select sum(numbackends) as used, sum(numbackends) filter (where datname = current_database()) as own,
  current_setting('max_connections')::int - current_setting('superuser_reserved_connections')::int
    - coalesce(current_setting('reserved_connections', true), '0')::int as most from pg_stat_database) s,
  pg_database where datname = current_database())";

// What this transaction has set for itself, or the role has, says nothing of the app.
constexpr const char* postgresql_write = R"(
select case when pg_is_in_recovery() then 'the server is a standby, and takes no writes'
  when exists (select from pg_db_role_setting where setrole = 0 and 'default_transaction_read_only=on' = any (setconfig)
    and setdatabase in (0, (select oid from pg_database where datname = current_database())))
  then 'the database is set to read only'
  when (select reset_val = 'on' from pg_settings where name = 'default_transaction_read_only')
    and not exists (select from pg_db_role_setting s join pg_roles r on r.oid = s.setrole
      where r.rolname = session_user and 'default_transaction_read_only=on' = any (s.setconfig))
  then 'the server is set to read only' else '' end)";

// The processes that hold up others and wait for nobody themselves.
constexpr const char* postgresql_locks = R"(
with recursive waiting as (select distinct pid from pg_locks where not granted),
  blocked as (select pid, unnest(pg_blocking_pids(pid)) as by from waiting)
select case when count(*) = 0 then '' else 'processes that wait for locks: ' || (select count(*) from waiting) || ', the longest for '
  || (select floor(extract(epoch from max(clock_timestamp() - waitstart)))::int from pg_locks where not granted)
  || ' s; process ' || string_agg(distinct by::text, ', ') || ' holds them up' end
from blocked where by not in (select pid from blocked)
  and exists (select from pg_locks where not granted and clock_timestamp() - waitstart > interval '{} s'))";

void check_postgresql(soci::session& database, std::vector<HealthCheck>& all) {
  const auto add = [&](const char* name, const std::string& query) {
    all.push_back(health_by_query(database, postgresql_catalogue, name, query));
  };
  add(connections, fmt::format(fmt::runtime(postgresql_connections), most_percent));
  add(write, postgresql_write);
  add(locks, fmt::format(fmt::runtime(postgresql_locks), longest_wait));
}

HealthCheck mysql_connections(soci::session& database) {
  try {
    std::string name;
    int used = 0, most = 0;
    const ReadOnlyLook look(database, mysql_catalogue);
    database << look.limited("SHOW GLOBAL STATUS LIKE 'Threads_connected'"), soci::into(name), soci::into(used);
    database << look.limited("SELECT @@global.max_connections"), soci::into(most);
    if (used * 100 < most * most_percent) return health(connections, State::ok);
    return health(connections, State::bad, fmt::format("{} of {} connections are in use", used, most));
  } catch (const soci::soci_error& error) {
    return health(connections, State::blind, words_of_engine(error.get_error_message()));
  }
}

void check_mysql(soci::session& database, std::vector<HealthCheck>& all) {
  all.push_back(mysql_connections(database));
  all.push_back(health_by_query(database, mysql_catalogue, write,
                                "SELECT IF(@@global.read_only, 'the server is set to read only', '')"));
  const std::string may_see =
      "SELECT count(*) FROM information_schema.user_privileges WHERE privilege_type = 'PROCESS'";
  HealthCheck seen = health_by_query(
      database, mysql_catalogue, locks,
      fmt::format("SELECT IF(count(*) = 0, '', concat('statements that wait for locks: ', count(*), ', the "
                  "longest for ', max(time), ' s')) FROM information_schema.processlist WHERE "
                  "state LIKE 'Waiting for%lock' AND time >= {}",
                  longest_wait));
  // Without the right, an account sees its own statements alone.
  if (seen.state == State::ok) {
    const HealthCheck right = health_by_query(database, mysql_catalogue, locks, may_see);
    if (right.words == "0") seen = health(locks, State::blind, "this account lacks the right PROCESS");
  }
  all.push_back(std::move(seen));
}

void check_sqlite(const std::string& file, std::vector<HealthCheck>& all) {
  struct statvfs disk{};
  struct stat entry{};
  if (statvfs(file.c_str(), &disk) != 0 || stat(file.c_str(), &entry) != 0)
    return all.push_back(health(write, State::blind, "the file cannot be seen"));
  if ((disk.f_flag & ST_RDONLY) != 0)
    return all.push_back(health(write, State::bad, "the file system can only be read"));
  if ((entry.st_mode & (S_IWUSR | S_IWGRP | S_IWOTH)) == 0)
    return all.push_back(health(write, State::bad, "nobody may write to the file"));
  all.push_back(disk.f_bavail == 0 ? health(write, State::bad, "the file system is full") : health(write, State::ok));
}

} // namespace

std::vector<HealthCheck> check_database(const DatabaseAddress& address, const record::Schema* schema,
                                        const std::string& migrations) {
  std::vector<HealthCheck> all;
  if (address.engine == Engine::sqlite) check_sqlite(address.file, all);
  try {
    soci::session database;
    open_session(database, address);
    if (address.engine == Engine::postgresql) check_postgresql(database, all);
    if (address.engine == Engine::mysql) check_mysql(database, all);
    if (schema == nullptr && !migrations.empty())
      all.push_back(health("migrations", State::blind, "the tables could not be seen"));
    if (schema != nullptr)
      if (auto check = check_migrations(database, address.engine, *schema, migrations))
        all.push_back(std::move(*check));
  } catch (const std::exception& error) {
    all.push_back(health_without_connection(connections, error.what()));
  }
  return all;
}

} // namespace murphy::target
