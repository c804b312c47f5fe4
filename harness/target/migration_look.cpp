#include "target/migration_look.h"

#include "target/migration_table.h"

#include <exception>
#include <set>
#include <soci/soci.h>
#include <utility>

namespace murphy::target {

std::vector<NotedMigrations> look_at_migrations(const DatabaseAddress& address, const record::Schema& schema) {
  std::vector<NotedMigrations> all;
  const auto found = migrations::tools_of(schema);
  if (found.empty()) return all;
  soci::session database;
  try {
    open_session(database, address);
  } catch (const std::exception&) {
    return all;
  }
  std::set<const migrations::Tool*> tools;
  for (const migrations::FoundTool& each : found) {
    if (tools.contains(each.tool)) continue;
    NotedMigrations noted{.tool = each.tool, .table = each.table->name, .rows = {}, .broken = {}};
    try {
      const ReadOnlyLook look(database, catalogue_of(address.engine));
      noted.rows = rows_of(look, address.engine, each);
    } catch (const std::exception&) {
      continue; // this account may not read it
    }
    if (noted.rows.size() > most_migration_rows) continue;
    try {
      const ReadOnlyLook look(database, catalogue_of(address.engine));
      noted.broken = words_of_broken(look, address.engine, each);
    } catch (const std::exception&) {
      noted.broken.clear(); // it may not read the lock
    }
    tools.insert(each.tool);
    all.push_back(std::move(noted));
  }
  return all;
}

} // namespace murphy::target
