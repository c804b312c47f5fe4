// The migrations of an app, as its files say them.
#pragma once

#include "base/error.h"
#include "migrations/tool.h"

#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace murphy::migrations {

struct Migration {
  std::string key;                     // the same as of the row that notes it, see key_of()
  std::string shown;                   // as people call it
  std::string app;                     // of Django
  std::vector<std::string> stands_for; // keys of others that it replaces, of Django
  std::vector<std::string> parents;    // keys, of Alembic
  bool may_be_left_out = false;        // only the tool knows whether this database gets it, of Liquibase
  std::string file = {};               // where it was read, as seen from the working directory
  bool operator==(const Migration&) const = default;
};

// A file with its path below the folder that was asked for, and what it holds.
struct MigrationFile {
  std::string path;   // with slashes
  std::string within; // the name of the folder itself: "migrations"
  std::string text;   // of tools that say in it what they do; else empty
};

// The migrations of one file, none of one that is not the tool's. `app`: what Django calls the app, where it is called
// otherwise than its folder. Pure.
std::vector<Migration> migrations_in(const Tool& tool, const MigrationFile& file, std::string_view app = {});

// All that a tool has below a folder. Those that others installed beside the app are not the app's.
// Errors: usage, where the folder cannot be read or has none.
Result<std::vector<Migration>> read_migrations(const Tool& tool, const std::string& folder);

// The same of the folder, somewhere below another one, that has the most of those that have run: by their keys. Empty:
// there is none, or the folder cannot be read.
std::vector<Migration> find_migrations(const Tool& tool, const std::string& folder,
                                       const std::vector<std::string>& has_run);

// What a row and a file have in common; of a row, its columns as Tool::noted has them.
std::string key_of(const Tool& tool, const std::vector<std::string>& columns);

// Whether two keys of Liquibase may be of one change set. What its path is below is a matter of where the tool was
// started: one path may be the end of the other.
bool is_same_change_set(std::string_view left, std::string_view right);

} // namespace murphy::migrations
