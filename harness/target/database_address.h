// Where the app's database is, as the project file says it.
#pragma once

#include "base/error.h"
#include "base/secret.h"

#include <cstdint>
#include <memory>
#include <string>

namespace murphy::target {

struct DatabaseAddress {
  enum class Engine { sqlite, postgresql, mysql };
  Engine engine = Engine::sqlite;
  std::shared_ptr<const Secret> connection; // as SOCI takes it; never shown
  std::shared_ptr<const Secret> password;   // none when the address holds none
  std::string shown;                        // the address, its password left out
  std::string host;                         // of a server behind a network; else empty
  std::uint16_t port = 0;                   // the same
  std::string file;                         // of SQLite, as seen from the working directory; empty for a server
};

// A SQLite file, as seen from the working directory.
DatabaseAddress address_of_file(const std::string& file);

// Reads `sqlite:FILE` (below `directory` unless it is absolute), `postgresql://user:password@host:port/name` or
// `mysql://…` (MariaDB too; `?unix_socket=FILE` likewise); `postgres:`, `mariadb:`, `mysql2:` and a driver behind a
// plus sign, as frameworks write them, mean the same. Errors: usage, which never repeat a password.
Result<DatabaseAddress> read_database_address(const Value& address, const std::string& directory);

} // namespace murphy::target
