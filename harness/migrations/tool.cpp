#include "migrations/tool.h"

#include "base/text.h"

#include <algorithm>

namespace murphy::migrations {
namespace {

using enum Notes;
using Others = Tool::Others;

// One row for each tool. The columns are those that the tool makes itself.
constexpr std::array all_tools{
    Tool{.name = "Rails",
         .table = "schema_migrations",
         .columns = {"version"},
         .others = Others::none,
         .beside = "ar_internal_metadata",
         .noted = {"version"},
         .notes = numbers,
         .without_file = RowWithoutFile::newer,
         .file = R"((?:^|/)(\d+)_[^/]*\.rb$)"},
    Tool{.name = "dbmate",
         .table = "schema_migrations",
         .columns = {"version"},
         .others = Others::none,
         .noted = {"version"},
         .notes = numbers,
         .without_file = RowWithoutFile::newer,
         .file = R"(^(\d+)[^/]*\.sql$)"},
    Tool{.name = "Ecto",
         .table = "schema_migrations",
         .columns = {"version", "inserted_at"},
         .others = Others::none,
         .noted = {"version"},
         .notes = numbers,
         .without_file = RowWithoutFile::newer,
         .file = R"((?:^|/)(\d+)_[^/]*\.exs$)"},
    Tool{.name = "golang-migrate",
         .columns = {"version", "dirty"},
         .others = Others::none,
         .noted = {"version"},
         .broken = "{dirty}",
         .notes = highest,
         .without_file = RowWithoutFile::newer,
         .file = R"(^(\d+)_[^/]*\.up\.[^/]+$)"},
    Tool{.name = "Django",
         .columns = {"id", "app", "name", "applied"},
         .others = Others::none,
         .noted = {"app", "name"},
         .notes = apps,
         .without_file = RowWithoutFile::nothing,
         .file = R"((?:^|/)migrations/([^/_~][^/]*)\.py$)"},
    Tool{.name = "Flyway",
         .columns = {"version", "type", "installed_rank", "success"},
         .others = Others::some,
         .noted = {"version", "type"},
         .order = "installed_rank",
         .done = "{success} and {version} is not null",
         .broken = "not {success}",
         .notes = versions,
         .without_file = RowWithoutFile::newer,
         .file = R"((?:^|/)V([0-9][0-9._]*?)__[^/]*\.sql$)"},
    Tool{.name = "Liquibase",
         .columns = {"id", "author", "filename", "md5sum"},
         .others = Others::some,
         .noted = {"id", "author", "filename"},
         .lock = {.suffix = "lock", .column = "locked", .locked = "{locked}"},
         .notes = change_sets,
         .without_file = RowWithoutFile::nothing,
         .file = R"(([^/]+\.(?:xml|ya?ml|json|sql))$)"},
    Tool{.name = "Alembic",
         .columns = {"version_num"},
         .others = Others::none,
         .noted = {"version_num"},
         .notes = revisions,
         .without_file = RowWithoutFile::wrong,
         .file = R"(([^/]+)\.py$)"},
    Tool{.name = "Knex",
         .columns = {"id", "name", "batch", "migration_time"},
         .others = Others::none,
         .noted = {"name"},
         .lock = {.suffix = "_lock", .column = "is_locked", .locked = "{is_locked} = 1"},
         .notes = names,
         .without_file = RowWithoutFile::wrong,
         .file = R"(^([^/]+(?<!\.d))\.(?:[cm]?js|[cm]?ts|coffee|litcoffee|iced|ls|co|eg)$)"},
    Tool{.name = "Prisma",
         .columns = {"migration_name", "finished_at", "rolled_back_at"},
         .others = Others::some,
         .noted = {"migration_name"},
         .done = "{finished_at} is not null and {rolled_back_at} is null",
         .broken = "{finished_at} is null and {rolled_back_at} is null",
         .notes = names,
         .without_file = RowWithoutFile::newer,
         .file = R"(^([^/]+)/migration\.sql$)"},
    Tool{.name = "Laravel",
         .table = "migrations",
         .columns = {"migration", "batch"},
         .others = Others::some,
         .noted = {"migration"},
         .notes = names,
         .without_file = RowWithoutFile::nothing,
         .file = R"(^([^/]+_[^/]*)\.php$)"},
    Tool{.name = "Sequelize",
         .table = "sequelizemeta",
         .columns = {"name"},
         .others = Others::none,
         .noted = {"name"},
         .notes = names,
         .without_file = RowWithoutFile::newer,
         .file = R"(^([^/]+(?<!\.d))\.(?:[cm]?js|[cm]?ts)$)"},
    Tool{.name = "EF Core",
         .columns = {"migrationid", "productversion"},
         .others = Others::none,
         .noted = {"migrationid"},
         .notes = names,
         .without_file = RowWithoutFile::nothing,
         .file = R"((?:^|/)(\d{14}_[^/.]+)\.cs$)"},
    Tool{.name = "Doctrine",
         .columns = {"version", "executed_at", "execution_time"},
         .others = Others::none,
         .noted = {"version"},
         .notes = class_names,
         .without_file = RowWithoutFile::nothing,
         .file = R"((?:^|/)(Version[^/.]+)\.php$)"},
};

bool is_called(const record::Table& table, std::string_view part) {
  return part.empty() || ascii_lower(table.name).contains(part);
}

bool is_table_of(const Tool& tool, const record::Table& table, const record::Schema& schema) {
  if (!is_called(table, tool.table)) return false;
  std::size_t wanted = 0;
  for (const std::string_view column : tool.columns) {
    if (column.empty()) continue;
    ++wanted;
    if (column_of(table, column).empty()) return false;
  }
  if (tool.others == Others::none && table.columns.size() != wanted) return false;
  return tool.beside.empty() ||
         std::ranges::any_of(schema.tables, [&](const auto& other) { return is_called(other, tool.beside); });
}

} // namespace

std::span<const Tool> tools() { return all_tools; }

std::string column_of(const record::Table& table, std::string_view name) {
  for (const record::Column& column : table.columns)
    if (equal_ignoring_ascii_case(column.name, name)) return column.name;
  return {};
}

std::vector<FoundTool> tools_of(const record::Schema& schema) {
  std::vector<FoundTool> all;
  for (const Tool& tool : all_tools)
    for (const record::Table& table : schema.tables) {
      if (!is_table_of(tool, table, schema)) continue;
      FoundTool found{.tool = &tool, .table = &table, .lock = nullptr};
      for (const record::Table& other : schema.tables)
        if (!tool.lock.column.empty() &&
            equal_ignoring_ascii_case(other.name, table.name + std::string(tool.lock.suffix)) &&
            !column_of(other, tool.lock.column).empty())
          found.lock = &other;
      all.push_back(found);
    }
  std::ranges::stable_partition(all, [](const FoundTool& each) { return !each.table->name.contains('.'); });
  return all;
}

} // namespace murphy::migrations
