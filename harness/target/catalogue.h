// Where each engine keeps what it knows of its tables.
#pragma once

#include <vector>

namespace murphy::target {

// Every result is text; yes is "1". Both queries go by the name of the table, in the same order.
struct Catalogue {
  const char* engine;                // as record::Schema has it
  const char* backend;               // as SOCI has it
  std::vector<const char*> settings; // said once the connection stands: read only, a limit for each statement
  const char* columns;               // table, column, type, longest text or empty, nullable, has a default
  const char* unique_keys;           // table, key, column; in the order of the key
};

extern const Catalogue sqlite_catalogue;
extern const Catalogue postgresql_catalogue;
extern const Catalogue mysql_catalogue;

} // namespace murphy::target
