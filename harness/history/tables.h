// The tables of a history, and how those of an older Murphy become them.
#pragma once

#include "target/database_address.h"

namespace soci {
class session;
}

namespace murphy::history {

// What this Murphy writes.
inline constexpr int history_version = 2;

// 0: the database has no history yet. Throws what SOCI throws, as the other does.
int version_of(soci::session& sql, target::DatabaseAddress::Engine engine);

// Makes the tables of this Murphy from those of `version`, in the transaction that is open.
void upgrade(soci::session& sql, int version);

} // namespace murphy::history
