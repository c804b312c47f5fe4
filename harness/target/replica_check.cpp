#include "target/replica_check.h"

#include "target/database_session.h"
#include "target/engine_words.h"
#include "target/health_query.h"

#include <exception>
#include <fmt/format.h>
#include <soci/soci.h>

namespace murphy::target {
namespace {

using State = HealthCheck::State;

constexpr const char* replica = "replica";
constexpr int longest_lag = 10; // seconds

// The age of what was replayed last says nothing by itself: it grows while nobody writes, and stays 0 once the primary
// is gone. It counts while more has been received than was replayed.
constexpr const char* postgresql_replica = R"(
select case when not pg_is_in_recovery() then 'the replica is no standby: it follows no primary'
  when pg_is_wal_replay_paused() then 'the replica has paused: it shows nothing new'
  when not exists (select from pg_stat_wal_receiver) then 'the replica receives nothing from its primary'
  when pg_last_wal_receive_lsn() > pg_last_wal_replay_lsn() and clock_timestamp() - pg_last_xact_replay_timestamp() > interval '{0} s'
  then 'the replica is ' || floor(extract(epoch from clock_timestamp() - pg_last_xact_replay_timestamp()))::bigint
    || ' s behind its primary' else '' end)";

HealthCheck mysql_replica(soci::session& database) {
  soci::row row;
  const ReadOnlyLook look(database, mysql_catalogue);
  database << look.limited("SHOW SLAVE STATUS"), soci::into(row);
  if (!database.got_data()) return health(replica, State::bad, "the replica follows no primary");
  const auto text = [&](const char* column) {
    return row.get_indicator(column) == soci::i_ok ? row.get<std::string>(column) : std::string();
  };
  if (text("Slave_SQL_Running") != "Yes")
    return health(replica, State::bad, "the replica has stopped: it shows nothing new");
  if (text("Slave_IO_Running") != "Yes")
    return health(replica, State::bad, "the replica receives nothing from its primary");
  if (row.get_indicator("Seconds_Behind_Master") != soci::i_ok)
    return health(replica, State::blind, "the replica does not say how far it is behind");
  const auto lag = row.get<long long>("Seconds_Behind_Master");
  if (lag > longest_lag) return health(replica, State::bad, fmt::format("the replica is {} s behind its primary", lag));
  return health(replica, State::ok);
}

} // namespace

HealthCheck check_replica(const DatabaseAddress& address) {
  try {
    soci::session database;
    open_session(database, address);
    if (address.engine == DatabaseAddress::Engine::postgresql)
      return health_by_query(database, postgresql_catalogue, replica,
                             fmt::format(fmt::runtime(postgresql_replica), longest_lag));
    try {
      return mysql_replica(database);
    } catch (const std::exception& error) {
      return health(replica, State::blind, words_of_engine(error.what()));
    }
  } catch (const std::exception& error) {
    return health_without_connection(replica, error.what());
  }
}

} // namespace murphy::target
