// The tools that change the tables of an app step by step, and the table in which each notes what it has done. Pure.
#pragma once

#include "record/schema.h"

#include <array>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace murphy::migrations {

// How a tool names a migration in a file and in a row, and when it takes one for done.
enum class Notes {
  names,       // one row for each file, by its name
  numbers,     // the same by the number that the name begins with
  class_names, // the same by the name of a class
  highest,     // one row: the number of the last that ran
  versions,    // of Flyway: "1.2", with rows that say where it began and what was undone
  apps,        // of Django: an app and a name; one file may stand for others
  revisions,   // of Alembic: the last ones of a graph, whose files name their parents
  change_sets, // of Liquibase: several in one file
};

// What a row without a file says.
enum class RowWithoutFile {
  nothing, // others than the app may have theirs in the table
  newer,   // one above all files is of a newer app
  wrong,   // the tool refuses to go on
};

// A table that a tool locks while it runs. Of an empty column: it has none.
struct LockTable {
  std::string_view suffix; // of the tool's table, with which it is called
  std::string_view column;
  std::string_view locked; // a condition, as those of a Tool
};

// Conditions are SQL that every engine reads, with {column} for a column.
struct Tool {
  std::string_view name;
  std::string_view table{};                // that the table's name contains, in lower case; empty: its columns tell
  std::array<std::string_view, 4> columns; // in lower case; empty ones are none
  enum class Others { none, some } others; // columns that the table has beside these
  std::string_view beside{};               // a table that must be there, too; empty: none
  std::array<std::string_view, 3> noted;   // the columns that say which migration a row is of
  std::string_view order{};                // the column by which rows are sorted; empty: any order
  std::string_view done{};                 // a condition of rows of what ran; empty: all
  std::string_view broken{};               // a condition of rows of what failed or has not ended; empty: it notes none
  LockTable lock{};
  Notes notes;
  RowWithoutFile without_file;
  std::string_view file; // what the path of a migration below its folder matches; its first group is the name
};

// Those that Murphy knows; of two that a table may be of, the first is the likelier one.
std::span<const Tool> tools();

// A tool, its table, and what its columns are called there.
struct FoundTool {
  const Tool* tool = nullptr;
  const record::Table* table = nullptr; // of the schema
  const record::Table* lock = nullptr;  // null: there is none
};

// By columns, wherever two tools or an app have a table of the same name; a table may be of several. Those of the app's
// own schema come first, then others ("audit.history"), each in the order of tools(). None: no tool has noted anything.
std::vector<FoundTool> tools_of(const record::Schema& schema);

// The column as it is called in the table; empty: there is none of that name, whatever its case.
std::string column_of(const record::Table& table, std::string_view name);

} // namespace murphy::migrations
