// Whether a migration is about a table or a column. Pure.
#pragma once

#include <string_view>

namespace murphy::migrations {

// Whether the text of a migration, outside its comments, writes the name of a table or column where such names stand:
// in quotes or behind a colon, and in SQL and as a value in YAML by itself unless it is a word of SQL. Names are
// compared as a whole, without regard to case. `path` says by its ending which language it is.
bool writes_name(std::string_view path, std::string_view text, std::string_view name);

} // namespace murphy::migrations
