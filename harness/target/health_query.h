// How a check of a database server comes to its answer. For the sources beside it, which know SOCI.
#pragma once

#include "target/catalogue.h"
#include "target/database_health.h"

#include <string>
#include <string_view>

namespace soci {
class session;
}

namespace murphy::target {

HealthCheck health(const char* name, HealthCheck::State state, std::string words = {});

// A check by a query, a look of its own, whose answer is what is bad; empty: nothing is. Blind where it is refused.
HealthCheck health_by_query(soci::session& database, const Catalogue& catalogue, const char* name,
                            const std::string& query);

// Of a server that did not let Murphy in. Being turned away because there are too many is what users get, too.
HealthCheck health_without_connection(const char* name, std::string_view message);

} // namespace murphy::target
