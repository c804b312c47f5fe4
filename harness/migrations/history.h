// What has run of an app's migrations, as a baseline keeps it, and what has changed since. Pure.
#pragma once

#include "migrations/compare.h"
#include "record/known_good.h"

#include <string>
#include <vector>

namespace murphy::migrations {

// So many of a tool are kept, the newest.
inline constexpr std::size_t most_kept = 500;

// As people call what a row notes: "20240101000000", "accounts/0002_name", "1 by ann in db/changelog.xml".
std::string shown_key(const Tool& tool, const std::string& key);

record::KnownMigrations known_migrations(const Tool& tool, const std::vector<Row>& rows);

// By what people call them, without what the baseline does not reach back to.
struct Since {
  std::vector<std::string> came; // keys
  std::vector<std::string> gone; // as the baseline has them
};

// `migrations`: those that have files, as far as they are known. Of Alembic, nothing is told without them; of
// golang-migrate, only the last one. A name in which a secret was masked says nothing, and neither does one that it
// may be.
Since since(const Tool& tool, const record::KnownMigrations& before, const std::vector<Row>& rows,
            const std::vector<Migration>& migrations);

} // namespace murphy::migrations
