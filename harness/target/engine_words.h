// What the engine of a database says, out of what the library in front of it makes of that.
#pragma once

#include <string>
#include <string_view>

namespace murphy::target {

// SOCI puts words of its own before those of the engine: "sqlite3_statement_backend::prepare: ". On one line. Where
// SOCI finds no library for the engine, the words name the package that has it.
std::string words_of_engine(std::string_view message);

// What to do where the message says that SOCI finds no library for the engine; else `otherwise`.
std::string remedy_of_engine(std::string_view message, std::string otherwise);

} // namespace murphy::target
