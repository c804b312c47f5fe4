// What an app's database says of its migrations. For the sources beside it, which know SOCI.
#pragma once

#include "migrations/compare.h"
#include "target/database_address.h"
#include "target/database_health.h"

#include <string>

namespace soci {
class session;
}

namespace murphy::target {

// Reads the table in which a tool notes what it has done, and that of its lock; no other row. `folder`: where the app
// has its migrations; empty: nothing is compared with it. None: there is nothing that the check could be about.
std::optional<HealthCheck> check_migrations(soci::session& database, DatabaseAddress::Engine engine,
                                            const record::Schema& schema, const std::string& folder);

} // namespace murphy::target
