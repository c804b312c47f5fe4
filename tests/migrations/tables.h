// Tables with the columns of a tool.
#pragma once

#include "migrations/tool.h"

#include <algorithm>
#include <string>
#include <string_view>
#include <vector>

namespace murphy::migrations {

inline record::Table table(const std::string& name, const std::vector<std::string>& columns) {
  record::Table made{.name = name, .columns = {}, .unique = {}};
  for (const std::string& column : columns) {
    made.columns.emplace_back();
    made.columns.back().name = column;
  }
  return made;
}

inline record::Schema schema_of(const std::vector<record::Table>& tables) {
  return {.engine = "postgresql", .tables = tables};
}

inline const Tool& named(std::string_view name) { return *std::ranges::find(tools(), name, &Tool::name); }

} // namespace murphy::migrations
