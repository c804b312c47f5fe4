#include "target/database_session.h"

#include <soci/soci.h>

namespace murphy::target {

using Engine = DatabaseAddress::Engine;

const Catalogue& catalogue_of(Engine engine) {
  switch (engine) {
  case Engine::sqlite: return sqlite_catalogue;
  case Engine::postgresql: return postgresql_catalogue;
  case Engine::mysql: break;
  }
  return mysql_catalogue;
}

void open_session(soci::session& session, const DatabaseAddress& address) {
  const Catalogue& catalogue = catalogue_of(address.engine);
  session.open(catalogue.backend, std::string(address.connection->reveal().view()));
  for (const char* setting : catalogue.settings) {
    try {
      session << setting;
    } catch (const soci::soci_error&) {
      // MariaDB and MySQL name the limit of a statement differently; each refuses the other's.
      if (address.engine != Engine::mysql) throw;
    }
  }
}

// SOCI puts words of its own, or the place in its code, before those of the engine.
std::string words_of_failure(std::string_view message) {
  std::string words(message);
  for (const std::string_view own :
       {"Cannot establish connection to the database.", "Cannot execute query.", "Fatal error."})
    if (words.starts_with(own)) words.erase(0, own.size());
  std::string line;
  for (const char c : words) {
    const char next = c == '\n' || c == '\t' ? ' ' : c;
    if (next != ' ' || (!line.empty() && line.back() != ' ')) line += next;
  }
  if (line.ends_with(' ')) line.pop_back();
  return line.empty() ? "it cannot be opened" : line;
}

} // namespace murphy::target
