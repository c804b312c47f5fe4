// Which files are migrations, and how they are called in rows.
#include "migrations/file.h"

#include "tables.h"
#include "tests/places.h"

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <gmock/gmock.h>

namespace murphy::migrations {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

std::string key_in(std::string_view tool, const std::string& path, const std::string& text = {}) {
  const auto found = migrations_in(named(tool), {.path = path, .within = "files", .text = text});
  return found.empty() ? "none" : found.front().key;
}

TEST(MigrationFiles, AreTheToolsOwn) {
  EXPECT_EQ(key_in("Rails", "admin/20240101000000_add.rb"), "20240101000000");
  EXPECT_EQ(key_in("Rails", "20240101000000_add.sql"), "none");
  EXPECT_EQ(key_in("golang-migrate", "000012_add.up.sql"), "12");
  EXPECT_EQ(key_in("golang-migrate", "000012_add.down.sql"), "none");
  EXPECT_EQ(key_in("Flyway", "V1_02__add.sql"), "1.2");
  EXPECT_EQ(key_in("Flyway", "R__views.sql"), "none");
  EXPECT_EQ(key_in("Knex", "20240101_a.d.ts"), "none");
  EXPECT_EQ(key_in("EF Core", "20240101000000_A.Designer.cs"), "none");
  EXPECT_EQ(key_in("Django", "blog/migrations/__init__.py"), "none");
  EXPECT_EQ(key_in("Django", "blog/views.py"), "none");
  EXPECT_EQ(key_in("Alembic", "env.py", "import alembic"), "none");
}

TEST(MigrationFiles, HaveTheKeyOfTheirRow) {
  const auto row = [](std::string_view tool, const std::vector<std::string>& columns) {
    return key_of(named(tool), columns);
  };
  EXPECT_EQ(row("Rails", {"007"}), key_in("Rails", "7_add.rb"));
  EXPECT_EQ(row("dbmate", {"007_add.sql"}), key_in("dbmate", "007_add.sql")) << "so an app notes its own";
  EXPECT_EQ(row("Flyway", {"1.02.0", "SQL"}), key_in("Flyway", "V1.2__add.sql"));
  EXPECT_EQ(row("Knex", {"1_add.js"}), key_in("Knex", "1_add.ts")) << "TypeScript is JavaScript where it runs";
  EXPECT_EQ(row("Doctrine", {"Doctrine\\Version1"}), key_in("Doctrine", "2024/Version1.php"));
  EXPECT_EQ(row("Liquibase", {"1", "ada", "classpath:db/a.xml"}),
            key_in("Liquibase", "db/a.xml", "<changeSet id='1' author='ada'>"));
  EXPECT_EQ(row("Django", {"blog", "0001_a"}), key_in("Django", "apps/blog/migrations/0001_a.py"));
  EXPECT_EQ(row("Django", {"files", "0001_a"}), key_in("Django", "migrations/0001_a.py"));
}

TEST(MigrationFiles, OfAFolderAreThoseOfTheApp) {
  const std::string files = in_project("fixtures/migrations/django/files");
  const auto all = read_migrations(named("Django"), files);
  ASSERT_TRUE(all.has_value());
  std::vector<std::string> keys;
  for (const Migration& each : *all) keys.push_back(each.key);
  EXPECT_THAT(keys, ElementsAre("folk/0001_initial", "folk/0002_name")) << "apps.py says what it is called";
  const auto of_app = read_migrations(named("Django"), files + "/people/migrations");
  ASSERT_TRUE(of_app.has_value());
  EXPECT_EQ(*of_app, *all) << "the folder of one app";
  const auto none = read_migrations(named("Rails"), files);
  ASSERT_FALSE(none.has_value());
  EXPECT_THAT(none.error().what, HasSubstr("has no migration of Rails"));
  EXPECT_THAT(read_migrations(named("Rails"), files + "/gone").error().what, HasSubstr("cannot be read: No such file"));
}

std::vector<std::string> shown(const std::vector<Migration>& all) {
  std::vector<std::string> names;
  for (const Migration& each : all) names.push_back(each.shown);
  return names;
}

// Below the fixtures are the files of fourteen tools: those are taken of which the database notes some.
TEST(MigrationFiles, AreFoundBelowTheCodeByWhatHasRun) {
  const std::string code = in_project("fixtures/migrations");
  EXPECT_THAT(shown(find_migrations(named("Rails"), code, {"20240101000000"})),
              ElementsAre("20240101000000_create_people.rb", "20240102000000_add_name_to_people.rb"));
  EXPECT_THAT(shown(find_migrations(named("Django"), code, {"folk/0001_initial"})),
              ElementsAre("folk/0001_initial", "folk/0002_name"));
  EXPECT_THAT(shown(find_migrations(named("Rails"), code, {"20990101000000"})), testing::IsEmpty())
      << "they are another app's";
  EXPECT_THAT(find_migrations(named("Rails"), code, {}), testing::IsEmpty());
  EXPECT_THAT(find_migrations(named("Rails"), code + "/gone", {"1"}), testing::IsEmpty());
}

// Each tool's two files are found by its first one, whatever lies beside them.
TEST(MigrationFiles, OfEachToolAreFoundSo) {
  for (const auto& [tool, folder] :
       std::vector<std::pair<std::string, std::string>>{{"Rails", "rails"},
                                                        {"dbmate", "dbmate"},
                                                        {"Ecto", "ecto"},
                                                        {"golang-migrate", "golang-migrate"},
                                                        {"Django", "django"},
                                                        {"Flyway", "flyway"},
                                                        {"Liquibase", "liquibase"},
                                                        {"Knex", "knex"},
                                                        {"Prisma", "prisma"},
                                                        {"Laravel", "laravel"},
                                                        {"Sequelize", "sequelize"},
                                                        {"EF Core", "ef-core"},
                                                        {"Doctrine", "doctrine"}}) {
    const std::string files = in_project("fixtures/migrations/" + folder + "/files");
    const auto all = read_migrations(named(tool), files);
    ASSERT_TRUE(all.has_value()) << tool;
    ASSERT_GE(all->size(), 2U) << tool;
    const auto found = find_migrations(named(tool), in_project("fixtures/migrations/" + folder), {all->front().key});
    EXPECT_EQ(found.size(), all->size()) << tool;
    for (const Migration& each : found) EXPECT_TRUE(std::filesystem::exists(each.file)) << tool << ": " << each.file;
  }
}

// Empty files, but those that say something, in a folder that goes with the test.
class FoundMigrations : public testing::Test {
protected:
  FoundMigrations() {
    std::string pattern = (std::filesystem::temp_directory_path() / "murphy-found-XXXXXX").string();
    folder_ = mkdtemp(pattern.data());
  }
  ~FoundMigrations() override { std::filesystem::remove_all(folder_); }

  void make(const std::vector<std::string>& paths, const std::string& text = {}) const {
    for (const std::string& path : paths) {
      std::filesystem::create_directories((folder_ / path).parent_path());
      std::ofstream(folder_ / path) << text;
    }
  }
  std::vector<std::string> found(std::string_view tool, const std::vector<std::string>& has_run) const {
    return shown(find_migrations(named(tool), folder_.string(), has_run));
  }

  std::filesystem::path folder_;
};

TEST_F(FoundMigrations, AreNotReadFromAFolderWithTooMuchInIt) {
  make({"a/1_a.rb", "a/x.txt", "a/y.txt"}); // four with the folder
  const std::string folder = folder_.string();
  EXPECT_EQ(read_migrations(named("Rails"), folder, 4)->size(), 1U);
  EXPECT_EQ(find_migrations(named("Rails"), folder, {"1"}, 4).size(), 1U);
  const auto cut = read_migrations(named("Rails"), folder, 3);
  ASSERT_FALSE(cut.has_value()) << "what was not looked at may wait";
  EXPECT_EQ(cut.error().what, "the folder " + folder + " has more than 3 files and folders");
  EXPECT_THAT(find_migrations(named("Rails"), folder, {"1"}, 3), testing::IsEmpty());
}

// Each service of a repository has a file with the number that the one row notes.
TEST_F(FoundMigrations, AreNoneWhereTwoAppsMayBeMeant) {
  make({"billing/1_a.up.sql", "billing/2_b.up.sql", "users/1_c.up.sql", "users/2_d.up.sql", "users/3_e.up.sql"});
  EXPECT_THAT(found("golang-migrate", {"2"}), testing::IsEmpty());
  EXPECT_THAT(found("golang-migrate", {"3"}), testing::SizeIs(3)) << "one alone has it";
  make({"a/V1__a.sql", "b/V1__b.sql", "b/V2__b.sql"});
  EXPECT_THAT(found("Flyway", {"1"}), testing::IsEmpty());
  EXPECT_THAT(found("Flyway", {"1", "2"}), ElementsAre("V1__b.sql", "V2__b.sql")) << "one has more of them";
}

TEST_F(FoundMigrations, AreThoseOfACopyAsWell) {
  make({"backup/1_a.rb", "backup/2_b.rb", "db/1_a.rb", "db/2_b.rb"});
  EXPECT_THAT(found("Rails", {"1"}), ElementsAre("1_a.rb", "2_b.rb"));
  make({"db/3_c.rb"});
  EXPECT_THAT(found("Rails", {"1", "2"}), testing::IsEmpty()) << "nobody knows which of the two is deployed";
}

TEST_F(FoundMigrations, OfDjangoAreOfOneProject) {
  make({"one/blog/migrations/0001_a.py", "one/blog/migrations/0002_b.py", "one/shop/migrations/0001_a.py",
        "two/blog/migrations/0001_other.py"});
  EXPECT_THAT(found("Django", {"blog/0001_a", "shop/0001_a"}),
              ElementsAre("blog/0001_a", "blog/0002_b", "shop/0001_a"));
  make({"two/blog/migrations/0001_a.py"});
  EXPECT_THAT(found("Django", {"blog/0001_a", "shop/0001_a"}), testing::IsEmpty()) << "two apps are called blog";
}

TEST_F(FoundMigrations, OfDjangoAreOfAnAppWhoseFilesStandForThoseThatRan) {
  make({"blog/migrations/0001_squashed.py"}, "replaces = [('blog', '0001_a')]\n");
  make({"blog/migrations/0002_b.py"});
  EXPECT_THAT(found("Django", {"blog/0001_a"}), ElementsAre("blog/0001_squashed", "blog/0002_b"));
}

TEST_F(FoundMigrations, OfLiquibaseAreOfOneProject) {
  const std::string row = "1\nada\ndb/a.sql";
  make({"one/db/a.sql"}, "--changeset ada:1\n--changeset ada:2\n");
  make({"two/db/a.sql"}, "--changeset bob:1\n");
  EXPECT_THAT(found("Liquibase", {row}), ElementsAre("1 by ada in one/db/a.sql", "2 by ada in one/db/a.sql"))
      << "no change set of the other has run";
  make({"two/db/a.sql"}, "--changeset ada:1\n--changeset ada:3\n");
  EXPECT_THAT(found("Liquibase", {row}), testing::SizeIs(2)) << "a copy: the first is taken";
  make({"two/db/b.sql"}, "--changeset ada:4\n");
  EXPECT_THAT(found("Liquibase", {row}), testing::IsEmpty());
}

} // namespace
} // namespace murphy::migrations
