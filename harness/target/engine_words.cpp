#include "target/engine_words.h"

#include "base/text.h"

#include <algorithm>
#include <array>
#include <fmt/format.h>

namespace murphy::target {
namespace {

// SOCI loads the library of an engine when a database is opened, and that one loads the client of the engine.
struct EngineLibrary {
  std::string_view missing; // SOCI's words
  std::string_view engine;
  std::string_view package; // of Debian 12 and 13
  std::string_view client;
};

constexpr std::array libraries{EngineLibrary{.missing = "Failed to find shared library for backend sqlite3",
                                             .engine = "SQLite",
                                             .package = "libsoci-sqlite3-4.0",
                                             .client = "libsqlite3.so.0"},
                               EngineLibrary{.missing = "Failed to find shared library for backend postgresql",
                                             .engine = "PostgreSQL",
                                             .package = "libsoci-postgresql4.0",
                                             .client = "libpq.so.5"},
                               EngineLibrary{.missing = "Failed to find shared library for backend mysql",
                                             .engine = "MariaDB and MySQL",
                                             .package = "libsoci-mysql4.0",
                                             .client = "libmariadb.so.3"}};

const EngineLibrary* missing_library(std::string_view message) {
  const auto found =
      std::ranges::find_if(libraries, [&](const EngineLibrary& library) { return message.contains(library.missing); });
  return found == libraries.end() ? nullptr : &*found;
}

} // namespace

std::string words_of_engine(std::string_view message) {
  if (const EngineLibrary* missing = missing_library(message))
    return fmt::format("there is no library for {}: the Debian package {} has it", missing->engine, missing->package);
  std::string words(message);
  for (const std::string_view own :
       {"Cannot establish connection to the database.", "Cannot execute query.", "Fatal error."})
    if (words.starts_with(own)) words.erase(0, own.size());
  if (const std::size_t end = words.find(": "); end != std::string::npos && words.substr(0, end).contains("backend::"))
    words.erase(0, end + 2);
  words = collapse_white_space(words);
  return words.empty() ? "it cannot be opened" : words;
}

std::string remedy_of_engine(std::string_view message, std::string otherwise) {
  const EngineLibrary* missing = missing_library(message);
  if (missing == nullptr) return otherwise;
  return fmt::format("install that package; for the archive of a release, install what has {}", missing->client);
}

} // namespace murphy::target
