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

// The keys of what has run, each once, the oldest first where the tool numbers them.
std::vector<std::string> keys_of(const Tool& tool, const std::vector<Row>& rows);

// Whether the first comes before the second: numbers by their value, other keys by their letters.
bool is_before(const Tool& tool, const std::string& left, const std::string& right);

// Of Alembic, whose rows name the last ones alone: these keys and those of all that ran before them, as far as the
// migrations say so.
std::vector<std::string> with_all_before(std::vector<std::string> keys, const std::vector<Migration>& migrations);

// "2 migrations of Rails have not run: 20240301_add_name.rb, …"; empty: nothing is wrong.
std::string words_of(const Tool& tool, const MigrationReport& compared);

} // namespace murphy::migrations
