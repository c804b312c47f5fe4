#include "store/transaction.h"

#include <exception>
#include <soci/soci.h>
#include <string>

namespace murphy::store {

using Engine = target::DatabaseAddress::Engine;

Transaction::Transaction(soci::session& sql, Engine engine, Against others) : sql_(sql) {
  sql_ << (engine == Engine::sqlite ? "BEGIN IMMEDIATE" : "BEGIN");
  if (engine == Engine::postgresql && others != Against::rows)
    sql_ << "SELECT pg_advisory_xact_lock(" + std::to_string(static_cast<std::int64_t>(others)) + ")";
}

Transaction::~Transaction() {
  if (is_over_) return;
  try {
    sql_ << "ROLLBACK";
  } catch (const std::exception&) {
    // The connection is gone, and the transaction with it; or the engine has rolled it back by itself.
  }
}

void Transaction::commit() {
  sql_ << "COMMIT";
  is_over_ = true;
}

int version_in(soci::session& sql, Engine engine, const char* table) {
  int tables = 0;
  const std::string name = table;
  sql << (engine == Engine::sqlite ? "SELECT count(*) FROM sqlite_master WHERE name = :name"
                                   : "SELECT count(*) FROM information_schema.tables WHERE table_name = :name AND "
                                     "table_schema = current_schema()"),
      soci::use(name), soci::into(tables);
  if (tables == 0) return 0;
  int version = 0;
  sql << "SELECT max(version) FROM " + name, soci::into(version);
  return version;
}

} // namespace murphy::store
