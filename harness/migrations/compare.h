// What of an app's migrations has run, and what has not. Pure.
#pragma once

#include "migrations/file.h"

#include <string>
#include <vector>

namespace murphy::migrations {

// The columns of a row, as Tool::noted has them, in the order of Tool::order.
using Row = std::vector<std::string>;

struct MigrationReport {
  std::vector<std::string> waiting;  // as people call them
  std::vector<std::string> unknown;  // rows that no file is of, where that is worth a word
  std::vector<std::string> doubtful; // apps of Django of which nothing has run: perhaps nobody has installed them
};

MigrationReport compare(const Tool& tool, const std::vector<Migration>& migrations, const std::vector<Row>& rows);

// "2 migrations of Rails have not run: 20240301_add_name.rb, …"; empty: nothing is wrong.
std::string words_of(const Tool& tool, const MigrationReport& compared);

} // namespace murphy::migrations
