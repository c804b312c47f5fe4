// What is read of the table of a migration tool, for a baseline and for a run that failed.
#include "target/migration_look.h"

#include "target/database_look.h"
#include "tests/places.h"

#include <gmock/gmock.h>
#include <soci/soci.h>

#include <cstdlib>
#include <filesystem>

namespace murphy::target {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

class MigrationLook : public testing::Test {
protected:
  MigrationLook() {
    std::string pattern = (std::filesystem::temp_directory_path() / "murphy-look-XXXXXX").string();
    folder_ = mkdtemp(pattern.data());
  }
  ~MigrationLook() override { std::filesystem::remove_all(folder_); }

  void run(const std::string& statement) const {
    soci::session database("sqlite3", "dbname=\"" + (folder_ / "app.db").string() + "\"");
    database << statement;
  }
  std::vector<NotedMigrations> look() const {
    const auto address = read_database_address(Value("sqlite:app.db"), folder_.string());
    return look_at_migrations(*address, *look_at_database(*address));
  }

  std::filesystem::path folder_;
};

TEST_F(MigrationLook, ReadsTheRowsOfATool) {
  run("create table schema_migrations (version varchar(255) primary key)");
  run("insert into schema_migrations values ('20240101'), ('20240102')");
  const auto noted = look();
  ASSERT_EQ(noted.size(), 1U);
  EXPECT_EQ(noted[0].tool->name, "dbmate");
  EXPECT_THAT(noted[0].rows, testing::UnorderedElementsAre(ElementsAre("20240101"), ElementsAre("20240102")));
  EXPECT_EQ(noted[0].broken, "");
}

TEST_F(MigrationLook, TellsThatOneHasFailed) {
  run("create table schema_migrations (version bigint, dirty boolean)");
  run("insert into schema_migrations values (7, 1)");
  const auto noted = look();
  ASSERT_EQ(noted.size(), 1U);
  EXPECT_EQ(noted[0].broken, "a migration of golang-migrate has failed or has not ended");
}

// Only their files tell the two apart.
TEST_F(MigrationLook, OfATableThatMayBeOfTwoToolsIsOfBoth) {
  run("create table schema_migrations (version varchar(255) primary key)");
  run("create table ar_internal_metadata (key text)");
  run("insert into schema_migrations values ('1')");
  const auto noted = look();
  ASSERT_EQ(noted.size(), 2U);
  EXPECT_EQ(noted[0].tool->name, "Rails");
  EXPECT_EQ(noted[1].tool->name, "dbmate");
  EXPECT_EQ(noted[1].table, "schema_migrations");
  EXPECT_EQ(noted[1].rows, noted[0].rows);
}

TEST_F(MigrationLook, KeepsTheRowsWhereTheLockCannotBeRead) {
  run("create table knex_migrations (id int, name text, batch int, migration_time text)");
  run("insert into knex_migrations values (1, '1_a.js', 1, '')");
  run("create view knex_migrations_lock as select abs(-9223372036854775808) as is_locked");
  const auto noted = look();
  ASSERT_EQ(noted.size(), 1U);
  EXPECT_EQ(noted[0].rows.size(), 1U);
  EXPECT_EQ(noted[0].broken, "");
}

TEST_F(MigrationLook, TakesATableThatItCanReadForOneThatItCannot) {
  run("create view a_schema_migrations as select abs(-9223372036854775808) as version");
  run("create table schema_migrations (version varchar(255) primary key)");
  run("insert into schema_migrations values ('1')");
  const auto noted = look();
  ASSERT_EQ(noted.size(), 1U);
  EXPECT_EQ(noted[0].table, "schema_migrations");
}

TEST_F(MigrationLook, IsEmptyWhereNoToolHasATable) {
  run("create table users (id int)");
  EXPECT_THAT(look(), IsEmpty());
}

TEST_F(MigrationLook, LeavesOutATableThatIsTooLong) {
  run("create table schema_migrations (version varchar(255) primary key)");
  run("with recursive n(i) as (select 1 union all select i + 1 from n where i <= 20000) "
      "insert into schema_migrations select i from n");
  EXPECT_THAT(look(), IsEmpty());
}

} // namespace
} // namespace murphy::target
