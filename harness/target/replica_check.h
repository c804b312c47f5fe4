// Whether the replica that an app reads follows its primary: a user who has signed in is unknown to one that does not.
#pragma once

#include "target/database_address.h"
#include "target/database_health.h"

namespace murphy::target {

// One connection, which leaves after a short statement. Of PostgreSQL and MariaDB; a file has no replica.
HealthCheck check_replica(const DatabaseAddress& address);

} // namespace murphy::target
