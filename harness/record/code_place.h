// Where the code of the app writes a name.
#pragma once

#include "record/exchange.h"

#include <cstdint>
#include <string>

namespace murphy::record {

struct CodePlace {
  std::string file; // below the folder of the code
  std::uint32_t line = 0;
  std::string name;    // as it stands there
  std::string commit;  // that brought it, abbreviated; empty: it is in none yet, or there is no history
  std::string subject; // of that commit
  Duration age{};      // of that commit, when the place was found
  bool is_new = false; // it is in no commit yet
  bool operator==(const CodePlace&) const = default;
};

// `db/migrate/005_users.sql:5 writes "pasword_hash" — since commit 1a2b3c4 "Redevelop users", 2 hours ago`
std::string described(const CodePlace& place);

} // namespace murphy::record
