// One transaction on what Murphy keeps, in SQLite or PostgreSQL. For the stores above, which know SOCI.
#pragma once

#include "target/database_address.h"

#include <cstdint>

namespace soci {
class session;
}

namespace murphy::store {

// What no other writer touches meanwhile; of SQLite always all of it. The numbers are those of PostgreSQL's advisory
// locks, which all versions of Murphy share.
enum class Against : std::int64_t {
  rows = 0,
  other_histories = 7238196,
  other_watches = 7238197,
};

// SOCI's own begins as a reader in SQLite, and fails at once where another has written before it writes. It is rolled
// back unless it is committed. Throws what SOCI throws.
class Transaction {
public:
  Transaction(soci::session& sql, target::DatabaseAddress::Engine engine, Against others);
  ~Transaction();
  Transaction(const Transaction&) = delete;
  Transaction& operator=(const Transaction&) = delete;
  void commit();

private:
  soci::session& sql_;
  bool is_over_ = false;
};

// The newest version that is noted in a table of this name, in its column `version`; 0: there is no such table.
int version_in(soci::session& sql, target::DatabaseAddress::Engine engine, const char* table);

} // namespace murphy::store
