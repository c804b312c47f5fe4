#include "history/tables.h"

#include "store/transaction.h"

#include <array>
#include <soci/soci.h>
#include <span>

namespace murphy::history {
namespace {

using Engine = target::DatabaseAddress::Engine;

// Types and words that both engines know. What is here has been written to databases and never changes: a new version
// is a new list.
constexpr std::array version_1{
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
    "INSERT INTO murphy_history (version) VALUES (1)",
};

// A cause knows its first run; commits are looked for; what the app was like when it was healthy; accounts in use.
constexpr std::array version_2{
    "ALTER TABLE cause ADD COLUMN first_run VARCHAR(32) NOT NULL DEFAULT ''",
    "ALTER TABLE cause ADD COLUMN first_seen BIGINT NOT NULL DEFAULT 0",
    "UPDATE cause SET first_seen = COALESCE((SELECT min(r.started) FROM result f JOIN run r ON r.id = f.run_id "
    "WHERE f.cause = cause.id), 0)",
    "UPDATE cause SET first_run = COALESCE((SELECT min(r.id) FROM result f JOIN run r ON r.id = f.run_id "
    "WHERE f.cause = cause.id AND r.started = cause.first_seen), '')",
    "CREATE INDEX result_of_cause ON result (cause)",
    "CREATE INDEX run_by_commit ON run (target, commit_id)",
    "CREATE TABLE known_good (run_id VARCHAR(32) PRIMARY KEY REFERENCES run (id), body TEXT NOT NULL)",
    "CREATE TABLE lease (target VARCHAR(500) NOT NULL, account VARCHAR(500) NOT NULL, holder VARCHAR(64) NOT NULL, "
    "expires BIGINT NOT NULL, PRIMARY KEY (target, account))",
    "UPDATE murphy_history SET version = 2",
};

constexpr std::array<std::span<const char* const>, history_version> versions{version_1, version_2};

} // namespace

int version_of(soci::session& sql, Engine engine) { return store::version_in(sql, engine, "murphy_history"); }

void upgrade(soci::session& sql, int version) {
  for (std::size_t next = static_cast<std::size_t>(version); next < versions.size(); ++next)
    for (const char* statement : versions[next]) sql << statement;
}

} // namespace murphy::history
