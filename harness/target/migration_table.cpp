#include "target/migration_table.h"

#include "base/text.h"

#include <algorithm>
#include <fmt/format.h>
#include <soci/soci.h>
#include <string_view>
#include <utility>

namespace murphy::target {
namespace {

using Engine = DatabaseAddress::Engine;
using migrations::column_of;
using migrations::FoundTool;
using migrations::Tool;

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

bool has_rows(const ReadOnlyLook& look, Engine engine, const record::Table& table, std::string_view with) {
  int rows = 0;
  look.session() << look.limited(fmt::format("SELECT count(*) FROM {} WHERE {}", quoted_table(engine, table.name),
                                             condition(engine, table, with))),
      soci::into(rows);
  return rows > 0;
}

} // namespace

std::vector<migrations::Row> rows_of(const ReadOnlyLook& look, Engine engine, const FoundTool& found) {
  const Tool& tool = *found.tool;
  const auto column = [&](std::string_view name) { return quoted(engine, column_of(*found.table, name)); };
  std::vector<std::string> asked;
  const char* text = engine == Engine::mysql ? "char" : "text";
  for (const std::string_view name : tool.noted)
    asked.push_back(name.empty() ? "''" : fmt::format("coalesce(cast({} as {}), '')", column(name), text));
  std::string query = fmt::format("SELECT {} FROM {}", join(asked, ", "), quoted_table(engine, found.table->name));
  if (!tool.done.empty()) query += " WHERE " + condition(engine, *found.table, tool.done);
  if (!tool.order.empty()) query += " ORDER BY " + column(tool.order);
  query += fmt::format(" LIMIT {}", most_migration_rows + 1);
  const auto wanted =
      static_cast<std::size_t>(std::ranges::count_if(tool.noted, [](std::string_view name) { return !name.empty(); }));
  std::vector<migrations::Row> rows;
  std::string first, second, third;
  soci::statement statement(look.session());
  for (std::string* each : {&first, &second, &third}) statement.exchange(soci::into(*each));
  look.run(statement, query);
  while (statement.fetch()) {
    migrations::Row row{first, second, third};
    row.resize(wanted);
    rows.push_back(std::move(row));
  }
  return rows;
}

std::string words_of_broken(const ReadOnlyLook& look, Engine engine, const FoundTool& found) {
  const Tool& tool = *found.tool;
  if (!tool.broken.empty() && has_rows(look, engine, *found.table, tool.broken))
    return fmt::format("a migration of {} has failed or has not ended", tool.name);
  if (found.lock != nullptr && has_rows(look, engine, *found.lock, tool.lock.locked))
    return fmt::format("{} holds its lock: a migration runs or broke", tool.name);
  return {};
}

} // namespace murphy::target
