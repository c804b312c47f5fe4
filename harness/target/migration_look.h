// What the tools of an app's migrations have noted in its database.
#pragma once

#include "migrations/compare.h"
#include "record/schema.h"
#include "target/database_address.h"

#include <string>
#include <vector>

namespace murphy::target {

struct NotedMigrations {
  const migrations::Tool* tool = nullptr;
  std::string table;                 // as record::Schema calls it
  std::vector<migrations::Row> rows; // of what has run
  std::string broken;                // half a sentence, where one has failed or has not ended; else empty
};

// One of each tool that could be read, of the app's own schema first. A table that may be of several tools comes with
// each of them, the likeliest first. Reads no other rows. What cannot be read is left out.
std::vector<NotedMigrations> look_at_migrations(const DatabaseAddress& address, const record::Schema& schema);

} // namespace murphy::target
