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
  std::vector<migrations::Row> rows; // of what has run
  std::string broken;                // half a sentence, where one has failed or has not ended; else empty
};

// One of each tool, of the app's own schema first; of a table that may be of several, that of the likeliest. Reads no
// other rows. What cannot be read is left out.
std::vector<NotedMigrations> look_at_migrations(const DatabaseAddress& address, const record::Schema& schema);

} // namespace murphy::target
