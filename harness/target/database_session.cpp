#include "target/database_session.h"

#include "base/text.h"

#include <algorithm>
#include <exception>
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
  if (!std::string_view(catalogue.opened).empty()) session << catalogue.opened;
}

ReadOnlyLook::ReadOnlyLook(soci::session& session, const Catalogue& catalogue)
    : session_(session), catalogue_(catalogue) {
  if (!std::string_view(catalogue_.begin).empty()) session_ << catalogue_.begin;
}

ReadOnlyLook::~ReadOnlyLook() {
  try {
    if (!std::string_view(catalogue_.end).empty()) session_ << catalogue_.end;
  } catch (const std::exception&) {
    // The connection is gone, and the transaction with it.
  }
}

std::string ReadOnlyLook::limited(std::string_view statement) const {
  constexpr std::string_view select = "select";
  const std::size_t begin = std::min(statement.find_first_not_of(" \n"), statement.size());
  statement.remove_prefix(begin);
  if (!equal_ignoring_ascii_case(statement.substr(0, select.size()), select))
    return catalogue_.limit + std::string(statement);
  return catalogue_.limit + std::string(select) + catalogue_.hint + std::string(statement.substr(select.size()));
}

void ReadOnlyLook::run(soci::statement& query, std::string_view statement) const {
  query.alloc();
  query.prepare(limited(statement), soci::details::st_one_time_query);
  query.define_and_bind();
  query.execute();
}

} // namespace murphy::target
