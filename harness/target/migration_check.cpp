#include "target/migration_check.h"

#include "base/text.h"
#include "target/database_session.h"
#include "target/engine_words.h"
#include "target/health_query.h"
#include "target/migration_table.h"

#include <algorithm>
#include <fmt/format.h>
#include <optional>
#include <set>
#include <soci/soci.h>
#include <string_view>
#include <utility>
#include <vector>

namespace murphy::target {
namespace {

using Engine = DatabaseAddress::Engine;
using State = HealthCheck::State;
using migrations::FoundTool;
using migrations::Tool;

HealthCheck made(State state, std::string words) { return health("migrations", state, std::move(words)); }

HealthCheck compared(const ReadOnlyLook& look, Engine engine, const FoundTool& found,
                     const std::vector<migrations::Migration>& files) {
  const Tool& tool = *found.tool;
  const auto rows = rows_of(look, engine, found);
  if (rows.size() > most_migration_rows)
    return made(State::blind, fmt::format("the table of {} has more than {} rows", tool.name, most_migration_rows));
  const migrations::MigrationReport compared = migrations::compare(tool, files, rows);
  const std::string words = migrations::words_of(tool, compared);
  HealthCheck check = made(words.empty() ? State::ok : State::bad, words);
  check.pending = compared.waiting.size();
  if (words.empty() && !compared.doubtful.empty())
    return made(State::blind,
                fmt::format("no migration of {} has run, and only Django knows whether it is installed: let a command "
                            "say so with migrations = {{ command = \"python3 manage.py migrate --check\" }}",
                            join(compared.doubtful, ", ")));
  return check;
}

// Runs what may throw; then, the check is blind.
template <class Check> std::optional<HealthCheck> guarded(soci::session& database, Engine engine, Check&& check) {
  try {
    const ReadOnlyLook look(database, catalogue_of(engine));
    return check(look);
  } catch (const soci::soci_error& error) {
    return made(State::blind, words_of_engine(error.get_error_message()));
  }
}

// With the first tool of which the folder has files. They are read before the look begins: it is a transaction, which
// keeps a connection of the server.
HealthCheck compared_with_files(soci::session& database, Engine engine, const std::vector<FoundTool>& all,
                                const std::string& folder) {
  std::vector<std::string> names;
  std::set<std::string> problems;
  for (const FoundTool& found : all) {
    const auto files = migrations::read_migrations(*found.tool, folder);
    if (files)
      return *guarded(database, engine,
                      [&](const ReadOnlyLook& look) { return std::optional(compared(look, engine, found, *files)); });
    problems.insert(files.error().what);
    if (const std::string name(found.tool->name); !contains(names, name)) names.push_back(name);
  }
  if (problems.size() == 1) return made(State::blind, *problems.begin());
  return made(State::blind, fmt::format("the folder {} has no migration of {}", folder, join(names, " or ")));
}

} // namespace

std::optional<HealthCheck> check_migrations(soci::session& database, Engine engine, const record::Schema& schema,
                                            const std::string& folder) {
  const auto all = migrations::tools_of(schema);
  if (all.empty() && folder.empty()) return std::nullopt;
  if (all.empty())
    return made(State::blind, "no table of a migration tool is seen: is this the app's database, has a migration run, "
                              "and can this account see the table?");
  std::optional<HealthCheck> unseen;
  for (const FoundTool& found : all) {
    auto check = guarded(database, engine, [&](const ReadOnlyLook& look) -> std::optional<HealthCheck> {
      std::string words = words_of_broken(look, engine, found);
      return words.empty() ? std::nullopt : std::optional(made(State::bad, std::move(words)));
    });
    if (check && check->state == State::bad) return check;
    if (check && !unseen) unseen = std::move(check);
  }
  if (!folder.empty()) {
    HealthCheck check = compared_with_files(database, engine, all, folder);
    if (check.state != State::ok || !unseen) return check;
  }
  if (unseen) return unseen;
  // A tool that notes no failure says nothing without its files.
  const bool notes_none =
      std::ranges::all_of(all, [](const FoundTool& each) { return each.tool->broken.empty() && each.lock == nullptr; });
  if (notes_none) return std::nullopt;
  return made(State::ok, {});
}

} // namespace murphy::target
