// What a database holds, as far as sign-in rests on it: names, types and keys, never rows.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace murphy::record {

struct Column {
  std::string name;
  std::string type; // as the engine says it, in lower case: "character varying", "varchar(64)", "text"
  std::optional<std::int64_t> length; // the most characters it takes, where the type has a bound
  bool nullable = true;
  bool has_default = false; // a value of its own when none is given, auto-increment and identity included
  bool operator==(const Column&) const = default;
};

struct Table {
  std::string name;                             // qualified ("auth.users") only outside the engine's default schema
  std::vector<Column> columns;                  // in the order of the table
  std::vector<std::vector<std::string>> unique; // column names of the primary key and of each unique key or index
  bool operator==(const Table&) const = default;
};

// Tables and views by name.
struct Schema {
  std::string engine; // "sqlite", "postgresql", "mysql"
  std::vector<Table> tables;
  std::int64_t left_out = 0; // how many more there are, of a database too large to be kept whole
  bool operator==(const Schema&) const = default;
};

// Whether it is called like those that sign-in is built on, or has a column for passwords.
bool concerns_sign_in(const Table& table);

} // namespace murphy::record
