// The look at the app's database: names, types and keys of its tables, read only; never a row.
#pragma once

#include "base/error.h"
#include "record/schema.h"
#include "target/database_address.h"

namespace murphy::target {

// Connects, reads the catalogue and leaves. Takes seconds at most: connecting and each statement have a limit of their
// own. The length of an SQLite column is what is declared; SQLite itself does not enforce it.
// Errors: target, with the engine's own words, when it cannot be reached or shows no tables.
Result<record::Schema> look_at_database(const DatabaseAddress& address);

} // namespace murphy::target
