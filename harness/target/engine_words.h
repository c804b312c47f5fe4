// What the engine of a database says, out of what the library in front of it makes of that.
#pragma once

#include <string>
#include <string_view>

namespace murphy::target {

// SOCI puts words of its own before those of the engine: "sqlite3_statement_backend::prepare: ". On one line.
std::string words_of_engine(std::string_view message);

} // namespace murphy::target
