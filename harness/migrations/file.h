// The migrations of an app, as its files say them.
#pragma once

#include "base/error.h"
#include "migrations/tool.h"

#include <cstddef>
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

// A folder with more files and folders in it, of whatever kind, is not read.
inline constexpr std::size_t most_entries_below = 1'000'000;

// All that a tool has below a folder. Those that others installed beside the app are not the app's.
// Errors: usage, where the folder cannot be read, has none, or has too much in it.
Result<std::vector<Migration>> read_migrations(const Tool& tool, const std::string& folder,
                                               std::size_t most_entries = most_entries_below);

// The same of the folder, somewhere below another one, that has the most of those that have run: by their keys. Of
// Django and Liquibase, of all folders that have some. Empty: there is none, or the folder cannot be read, or the files
// may as well be another app's: another folder, which differs in the names of its files, has as many, or the same ones.
std::vector<Migration> find_migrations(const Tool& tool, const std::string& folder,
                                       const std::vector<std::string>& has_run,
                                       std::size_t most_entries = most_entries_below);

// What a row and a file have in common; of a row, its columns as Tool::noted has them.
std::string key_of(const Tool& tool, const std::vector<std::string>& columns);

// Whether two keys of Liquibase may be of one change set. What its path is below is a matter of where the tool was
// started: one path may be the end of the other.
bool is_same_change_set(std::string_view left, std::string_view right);

} // namespace murphy::migrations
