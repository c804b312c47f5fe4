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
