// What the check of migrations says of what each tool leaves in a database: see fixtures/migrations/make.
#include "target/database_health.h"
#include "target/database_look.h"
#include "tests/places.h"

#include <gmock/gmock.h>
#include <soci/soci.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <map>

namespace murphy::target {
namespace {

using testing::HasSubstr;
using State = HealthCheck::State;

struct MadeByTool {
  std::string folder; // of fixtures/migrations
  std::string name;
  std::string second; // what its second migration is called
};

void PrintTo(const MadeByTool& tool, std::ostream* out) { *out << tool.name; }

class MigrationCheck : public testing::Test {
protected:
  MigrationCheck() {
    std::string pattern = (std::filesystem::temp_directory_path() / "murphy-migrations-XXXXXX").string();
    folder_ = mkdtemp(pattern.data());
  }
  ~MigrationCheck() override { std::filesystem::remove_all(folder_); }

  void run(const std::string& statement) const {
    soci::session database("sqlite3", "dbname=\"" + (folder_ / "app.db").string() + "\"");
    database << statement;
  }
  void load(const std::string& file) const {
    std::ifstream in(in_project("fixtures/migrations/" + file));
    ASSERT_TRUE(in.is_open()) << file;
    for (std::string line; std::getline(in, line);) run(line);
  }
  HealthCheck check(const std::string& files) const {
    const auto address = read_database_address(Value("sqlite:app.db"), folder_.string());
    const auto schema = look_at_database(*address);
    if (!schema) return {.name = {}, .state = State::blind, .words = schema.error().what};
    for (const HealthCheck& each : check_database(*address, &*schema, files))
      if (each.name == "migrations") return each;
    return {.name = {}, .state = State::blind, .words = "there is no such check"};
  }
  static std::string files_of(const std::string& tool) { return in_project("fixtures/migrations/" + tool + "/files"); }

  std::filesystem::path folder_;
};

class MigrationsOf : public MigrationCheck, public testing::WithParamInterface<MadeByTool> {};

TEST_P(MigrationsOf, AreSeenToWaitAndToHaveRun) {
  load(GetParam().folder + "/one.sql");
  const HealthCheck waits = check(files_of(GetParam().folder));
  EXPECT_EQ(waits.state, State::bad);
  EXPECT_EQ(waits.words, "1 migration of " + GetParam().name + " has not run: " + GetParam().second);
  EXPECT_EQ(waits.pending, 1U);
}

TEST_P(MigrationsOf, AreGoodOnceAllHaveRun) {
  load(GetParam().folder + "/all.sql");
  const HealthCheck good = check(files_of(GetParam().folder));
  EXPECT_EQ(good.state, State::ok) << good.words;
  EXPECT_EQ(good.pending, 0U);
}

INSTANTIATE_TEST_SUITE_P(Tools, MigrationsOf,
                         testing::Values(MadeByTool{"rails", "Rails", "20240102000000_add_name_to_people.rb"},
                                         MadeByTool{"dbmate", "dbmate", "20240102000000_add_name.sql"},
                                         MadeByTool{"ecto", "Ecto", "20240102000000_add_name.exs"},
                                         MadeByTool{"golang-migrate", "golang-migrate", "000002_add_name.up.sql"},
                                         MadeByTool{"django", "Django", "folk/0002_name"},
                                         MadeByTool{"flyway", "Flyway", "V1_1__add_name.sql"},
                                         MadeByTool{"liquibase", "Liquibase", "add-name by grace in second.yaml"},
                                         MadeByTool{"alembic", "Alembic", "3c4d_name.py"},
                                         MadeByTool{"knex", "Knex", "20240102000000_name.js"},
                                         MadeByTool{"prisma", "Prisma", "20240102000000_name/migration.sql"},
                                         MadeByTool{"laravel", "Laravel", "2024_01_02_000000_add_name.php"},
                                         MadeByTool{"sequelize", "Sequelize", "20240102000000-name.js"},
                                         MadeByTool{"ef-core", "EF Core", "20240102000000_Name.cs"},
                                         MadeByTool{"doctrine", "Doctrine", "Version20240102000000.php"}),
                         [](const auto& instance) {
                           std::string name = instance.param.folder;
                           std::erase(name, '-');
                           return name;
                         });

TEST_F(MigrationCheck, SeesWhatHasBroken) {
  const std::map<std::string, std::pair<std::string, std::string>> broken{
      {"golang-migrate",
       {"update schema_migrations set dirty = true", "a migration of golang-migrate has failed or has not ended"}},
      {"flyway",
       {"update flyway_schema_history set success = false where version = '1'",
        "a migration of Flyway has failed or has not ended"}},
      {"prisma",
       {"update _prisma_migrations set finished_at = null", "a migration of Prisma has failed or has not ended"}},
      {"knex", {"update knex_migrations_lock set is_locked = 1", "Knex holds its lock: a migration runs or broke"}},
      {"liquibase",
       {"update databasechangeloglock set locked = true", "Liquibase holds its lock: a migration runs or broke"}}};
  for (const auto& [tool, what] : broken) {
    load(tool + "/all.sql");
    EXPECT_EQ(check({}).state, State::ok) << tool;
    run(what.first);
    EXPECT_EQ(check({}).words, what.second);
    EXPECT_EQ(check(files_of(tool)).words, what.second) << "what broke comes first";
    std::filesystem::remove(folder_ / "app.db");
  }
}

TEST_F(MigrationCheck, IsBlindWhereNothingTells) {
  run("create table persons (id int)");
  EXPECT_EQ(check({}).words, "there is no such check");
  EXPECT_THAT(check(files_of("rails")).words, HasSubstr("no table of a migration tool is seen"));
  EXPECT_EQ(check(files_of("rails")).state, State::blind);
  load("doctrine/one.sql");
  EXPECT_EQ(check({}).words, "there is no such check") << "Doctrine notes no failure";
  const HealthCheck other = check(files_of("rails"));
  EXPECT_EQ(other.state, State::blind);
  EXPECT_THAT(other.words, HasSubstr("has no migration of Doctrine"));
}

TEST_F(MigrationCheck, LeavesAppsToDjangoThatNobodyMayHaveInstalled) {
  load("django/all.sql");
  run("update django_migrations set app = 'other'");
  const HealthCheck doubtful = check(files_of("django"));
  EXPECT_EQ(doubtful.state, State::blind);
  EXPECT_THAT(doubtful.words, HasSubstr("no migration of folk has run, and only Django knows whether it is installed"));
}

// Such as an app that was moved from one tool to another, or two apps in one database.
TEST_F(MigrationCheck, OfSeveralToolsIsOfTheOneWhoseFilesAreThere) {
  load("django/all.sql");
  run("drop table people"); // each makes its own
  load("liquibase/one.sql");
  const HealthCheck waits = check(files_of("liquibase"));
  EXPECT_THAT(waits.words, HasSubstr("1 migration of Liquibase has not run"));
  EXPECT_EQ(check(files_of("django")).state, State::ok);
  const HealthCheck none = check(files_of("doctrine"));
  EXPECT_EQ(none.state, State::blind);
  EXPECT_THAT(none.words, HasSubstr("has no migration of Django or Liquibase"));
  EXPECT_THAT(check(files_of("none")).words, HasSubstr("cannot be read: No such file"));
  run("update databasechangeloglock set locked = true");
  EXPECT_THAT(check(files_of("django")).words, HasSubstr("Liquibase holds its lock")) << "each is asked";
  EXPECT_THAT(check({}).words, HasSubstr("Liquibase holds its lock"));
}

} // namespace
} // namespace murphy::target
