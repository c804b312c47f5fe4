// Which tool a database is changed by.
#include "migrations/tool.h"

#include "tables.h"
#include "tests/places.h"

#include <fstream>
#include <gmock/gmock.h>
#include <iterator>

namespace murphy::migrations {
namespace {

std::string tool_in(const std::vector<record::Table>& tables) {
  const record::Schema schema = schema_of(tables);
  const auto found = tools_of(schema);
  return found.empty() ? "none" : std::string(found.front().tool->name);
}

TEST(MigrationTools, AreFourteen) { EXPECT_EQ(tools().size(), 14U); }

TEST(MigrationTools, OfOneNameAreToldApartByTheirColumns) {
  const record::Table version = table("schema_migrations", {"version"});
  EXPECT_EQ(tool_in({version}), "dbmate");
  EXPECT_EQ(tool_in({table("ar_internal_metadata", {"key", "value"}), version}), "Rails");
  EXPECT_EQ(tool_in({table("schema_migrations", {"version", "inserted_at"})}), "Ecto");
  EXPECT_EQ(tool_in({table("schema_migrations", {"version", "dirty"})}), "golang-migrate");
  EXPECT_EQ(tool_in({table("migrations", {"id", "migration", "batch"})}), "Laravel");
  EXPECT_EQ(tool_in({table("migrations", {"id", "name", "batch", "migration_time"})}), "Knex");
}

TEST(MigrationTools, MayHaveTheirTableElsewhereAndInCapitals) {
  EXPECT_EQ(tool_in({table("audit.history", {"installed_rank", "VERSION", "TYPE", "script", "success"})}), "Flyway");
  EXPECT_EQ(tool_in({table("DATABASECHANGELOG", {"ID", "AUTHOR", "FILENAME", "MD5SUM"})}), "Liquibase");
  EXPECT_EQ(tool_in({table("SequelizeMeta", {"name"})}), "Sequelize");
}

TEST(MigrationTools, AreNotSeenInTablesOfTheApp) {
  EXPECT_EQ(tool_in({}), "none");
  EXPECT_EQ(tool_in({table("users", {"id", "name"}), table("tags", {"name"})}), "none");
  EXPECT_EQ(tool_in({table("releases", {"version"})}), "none");
  EXPECT_EQ(tool_in({table("schema_migrations", {"version", "applied_at"})}), "none") << "another tool's";
  EXPECT_EQ(tool_in({table("jobs", {"id", "name", "batch", "migration_time", "state"})}), "none");
}

TEST(MigrationTools, OfTheAppsOwnSchemaComeFirst) {
  const record::Schema schema =
      schema_of({table("queue.schema_migrations", {"version"}),
                 table("databasechangelog", {"id", "author", "filename", "md5sum"}), table("SequelizeMeta", {"name"})});
  std::vector<std::string_view> names;
  for (const FoundTool& each : tools_of(schema)) names.push_back(each.tool->name);
  EXPECT_THAT(names, testing::ElementsAre("Liquibase", "Sequelize", "dbmate"));
}

// Others may have theirs in the tables of these tools.
TEST(MigrationTools, ThatKeepQuietOfNewerMigrationsAreNamed) {
  std::ifstream in(in_project("docs/watch.md"));
  const std::string text{std::istreambuf_iterator<char>(in), {}};
  const std::size_t at = text.find("Of other tools, a newer migration");
  ASSERT_NE(at, std::string::npos);
  const std::string named_there = text.substr(at, text.find("\n\n", at) - at);
  for (const Tool& tool : tools())
    EXPECT_EQ(named_there.contains(tool.name), tool.without_file == RowWithoutFile::nothing) << tool.name;
}

TEST(MigrationTools, HaveTheirLockBesideTheirTable) {
  const record::Schema schema = schema_of({table("app.account_lock", {"is_locked"}),
                                           table("app.moves", {"id", "name", "batch", "migration_time"}),
                                           table("app.moves_lock", {"index", "is_locked"})});
  const auto found = tools_of(schema);
  ASSERT_EQ(found.size(), 1U);
  ASSERT_NE(found.front().lock, nullptr);
  EXPECT_EQ(found.front().lock->name, "app.moves_lock");
}

} // namespace
} // namespace murphy::migrations
