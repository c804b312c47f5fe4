#include "target/migration_check.h"

#include "base/text.h"
#include "target/database_session.h"
#include "target/health_query.h"

#include <algorithm>
#include <fmt/format.h>
#include <optional>
#include <set>
#include <soci/soci.h>
#include <string_view>
#include <utility>

namespace murphy::target {
namespace {

using Engine = DatabaseAddress::Engine;
using State = HealthCheck::State;
using migrations::column_of;
using migrations::FoundTool;
using migrations::Tool;

constexpr std::size_t most_rows = 20'000;

std::string quoted(Engine engine, std::string_view name) {
  const char mark = engine == Engine::mysql ? '`' : '"';
  std::string text(1, mark);
  for (const char c : name) {
    if (c == mark) text += c;
    text += c;
  }
  return text + mark;
}

// "billing.cards", as the look at the tables calls one of another schema.
std::string quoted_table(Engine engine, const std::string& name) {
  const std::size_t point = engine == Engine::postgresql ? name.find('.') : std::string::npos;
  if (point == std::string::npos) return quoted(engine, name);
  return quoted(engine, name.substr(0, point)) + "." + quoted(engine, name.substr(point + 1));
}

// A condition with {column} for each column, as SQL.
std::string condition(Engine engine, const record::Table& table, std::string_view text) {
  std::string sql;
  for (std::size_t at = text.find('{'); at != std::string_view::npos; at = text.find('{')) {
    const std::size_t end = text.find('}', at);
    sql += text.substr(0, at);
    sql += quoted(engine, column_of(table, text.substr(at + 1, end - at - 1)));
    text.remove_prefix(end + 1);
  }
  return sql += text;
}

bool has_rows(soci::session& database, Engine engine, const record::Table& table, std::string_view with) {
  int rows = 0;
  database << fmt::format("SELECT count(*) FROM {} WHERE {}", quoted_table(engine, table.name),
                          condition(engine, table, with)),
      soci::into(rows);
  return rows > 0;
}

std::vector<migrations::Row> rows_of(soci::session& database, Engine engine, const FoundTool& found) {
  const Tool& tool = *found.tool;
  const auto column = [&](std::string_view name) { return quoted(engine, column_of(*found.table, name)); };
  std::vector<std::string> asked;
  const char* text = engine == Engine::mysql ? "char" : "text";
  for (const std::string_view name : tool.noted)
    asked.push_back(name.empty() ? "''" : fmt::format("coalesce(cast({} as {}), '')", column(name), text));
  std::string query = fmt::format("SELECT {} FROM {}", join(asked, ", "), quoted_table(engine, found.table->name));
  if (!tool.done.empty()) query += " WHERE " + condition(engine, *found.table, tool.done);
  if (!tool.order.empty()) query += " ORDER BY " + column(tool.order);
  query += fmt::format(" LIMIT {}", most_rows + 1);
  const auto wanted =
      static_cast<std::size_t>(std::ranges::count_if(tool.noted, [](std::string_view name) { return !name.empty(); }));
  std::vector<migrations::Row> rows;
  std::string first, second, third;
  soci::statement statement = (database.prepare << query, soci::into(first), soci::into(second), soci::into(third));
  statement.execute();
  while (statement.fetch()) {
    migrations::Row row{first, second, third};
    row.resize(wanted);
    rows.push_back(std::move(row));
  }
  return rows;
}

HealthCheck made(State state, std::string words) { return health("migrations", state, std::move(words)); }

HealthCheck compared(soci::session& database, Engine engine, const FoundTool& found,
                     const std::vector<migrations::Migration>& files) {
  const Tool& tool = *found.tool;
  const auto rows = rows_of(database, engine, found);
  if (rows.size() > most_rows)
    return made(State::blind, fmt::format("the table of {} has more than {} rows", tool.name, most_rows));
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

// With the first tool of which the folder has files.
HealthCheck compared_with_files(soci::session& database, Engine engine, const std::vector<FoundTool>& all,
                                const std::string& folder) {
  std::vector<std::string> names;
  std::set<std::string> problems;
  for (const FoundTool& found : all) {
    const auto files = migrations::read_migrations(*found.tool, folder);
    if (files) return compared(database, engine, found, *files);
    problems.insert(files.error().what);
    if (const std::string name(found.tool->name); !contains(names, name)) names.push_back(name);
  }
  if (problems.size() == 1) return made(State::blind, *problems.begin());
  return made(State::blind, fmt::format("the folder {} has no migration of {}", folder, join(names, " or ")));
}

// None: the tool says of nothing that it is broken.
std::optional<HealthCheck> broken(soci::session& database, Engine engine, const FoundTool& found) {
  const Tool& tool = *found.tool;
  if (!tool.broken.empty() && has_rows(database, engine, *found.table, tool.broken))
    return made(State::bad, fmt::format("a migration of {} has failed or has not ended", tool.name));
  if (found.lock != nullptr && has_rows(database, engine, *found.lock, tool.lock.locked))
    return made(State::bad, fmt::format("{} holds its lock: a migration runs or broke", tool.name));
  return std::nullopt;
}

// Runs what may throw; then, the check is blind.
template <class Look> std::optional<HealthCheck> guarded(Look&& look) {
  try {
    return look();
  } catch (const soci::soci_error& error) {
    return made(State::blind, words_of_failure(error.get_error_message()));
  }
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
    auto check = guarded([&] { return broken(database, engine, found); });
    if (check && check->state == State::bad) return check;
    if (check && !unseen) unseen = std::move(check);
  }
  if (!folder.empty()) {
    auto check = guarded([&] { return std::optional(compared_with_files(database, engine, all, folder)); });
    if (check->state != State::ok || !unseen) return check;
  }
  if (unseen) return unseen;
  // A tool that notes no failure says nothing without its files.
  const bool notes_none =
      std::ranges::all_of(all, [](const FoundTool& each) { return each.tool->broken.empty() && each.lock == nullptr; });
  if (notes_none) return std::nullopt;
  return made(State::ok, {});
}

} // namespace murphy::target
