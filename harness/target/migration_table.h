// The table in which a tool notes its migrations. For the sources beside it, which know SOCI.
#pragma once

#include "migrations/compare.h"
#include "target/database_session.h"

#include <cstddef>
#include <string>
#include <vector>

namespace murphy::target {

// A table with more rows is none that Murphy reads whole.
inline constexpr std::size_t most_migration_rows = 20'000;

// What has run, at most one row more than that. Throws what SOCI throws, as the next one does.
std::vector<migrations::Row> rows_of(const ReadOnlyLook& look, DatabaseAddress::Engine engine,
                                     const migrations::FoundTool& found);

// Half a sentence, where the tool has noted that a migration failed or has not ended; empty: it has not.
std::string words_of_broken(const ReadOnlyLook& look, DatabaseAddress::Engine engine,
                            const migrations::FoundTool& found);

} // namespace murphy::target
