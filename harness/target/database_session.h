// A connection to the app's database, and what is read over it. For the sources beside it, which know SOCI.
#pragma once

#include "target/catalogue.h"
#include "target/database_address.h"

#include <string>
#include <string_view>

namespace soci {
class session;
class statement;
} // namespace soci

namespace murphy::target {

const Catalogue& catalogue_of(DatabaseAddress::Engine engine);

// Connects. Throws what SOCI throws.
void open_session(soci::session& session, const DatabaseAddress& address);

// While it stands, statements can only read, and not for long. All that makes it so ends with it: behind a pool of
// transactions, the app has the same connection next. In PostgreSQL, nothing can be read any more after a statement
// that failed. SQLite's connection itself can only read.
class ReadOnlyLook {
public:
  // Throws what SOCI throws. Both must outlive it.
  ReadOnlyLook(soci::session& session, const Catalogue& catalogue);
  ReadOnlyLook(const ReadOnlyLook&) = delete;
  ReadOnlyLook(ReadOnlyLook&&) = delete;
  ~ReadOnlyLook();

  soci::session& session() const { return session_; }
  // The statement as it is to be sent.
  std::string limited(std::string_view statement) const;
  // Runs a query whose results are exchanged already; they are fetched next. Leaves no name at the server.
  void run(soci::statement& query, std::string_view statement) const;

private:
  soci::session& session_;
  const Catalogue& catalogue_;
};

} // namespace murphy::target
