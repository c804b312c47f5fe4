// What has run, and what has not.
#include "migrations/compare.h"

#include "tables.h"

#include <gmock/gmock.h>

namespace murphy::migrations {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

std::vector<Migration> of(std::string_view tool, const std::vector<std::pair<std::string, std::string>>& files) {
  std::vector<Migration> all;
  for (const auto& [path, text] : files)
    for (Migration& each : migrations_in(named(tool), {.path = path, .within = "files", .text = text}))
      all.push_back(std::move(each));
  return all;
}

TEST(ComparedMigrations, WaitWithoutARow) {
  const auto files = of("Rails", {{"9_a.rb", ""}, {"10_b.rb", ""}, {"11_c.rb", ""}});
  EXPECT_THAT(compare(named("Rails"), files, {{"10"}}).waiting, ElementsAre("9_a.rb", "11_c.rb"));
  EXPECT_THAT(compare(named("Rails"), files, {}).waiting, testing::SizeIs(3));
  const MigrationReport all = compare(named("Rails"), files, {{"9"}, {"10"}, {"11"}});
  EXPECT_THAT(all.waiting, IsEmpty());
  EXPECT_EQ(words_of(named("Rails"), all), "");
}

// Files are thrown away once they are old; an app that was rolled back lacks the newest.
TEST(ComparedMigrations, OfANewerAppAreSeen) {
  const auto files = of("Rails", {{"9_a.rb", ""}, {"10_b.rb", ""}});
  EXPECT_THAT(compare(named("Rails"), files, {{"1"}, {"9"}, {"10"}}).unknown, IsEmpty());
  const MigrationReport newer = compare(named("Rails"), files, {{"9"}, {"10"}, {"100"}});
  EXPECT_EQ(words_of(named("Rails"), newer), "1 migration of Rails has run here and has no file: 100");
  EXPECT_THAT(compare(named("Laravel"), of("Laravel", {{"2024_a.php", ""}}), {{"2024_a"}, {"2025_package"}}).unknown,
              IsEmpty())
      << "packages have theirs in the table";
}

TEST(ComparedMigrations, OfOneNumberWaitAboveIt) {
  const auto files = of("golang-migrate", {{"1_a.up.sql", ""}, {"2_b.up.sql", ""}, {"10_c.up.sql", ""}});
  EXPECT_THAT(compare(named("golang-migrate"), files, {{"2"}}).waiting, ElementsAre("10_c.up.sql"));
  EXPECT_THAT(compare(named("golang-migrate"), files, {}).waiting, testing::SizeIs(3));
  EXPECT_THAT(compare(named("golang-migrate"), files, {{"11"}}).unknown, ElementsAre("11"));
}

TEST(ComparedMigrations, OfFlywayBeginAtTheBaselineAndMayBeUndone) {
  const auto files = of("Flyway", {{"V1__a.sql", ""}, {"V2__b.sql", ""}, {"V10__c.sql", ""}});
  EXPECT_THAT(compare(named("Flyway"), files, {{"2", "BASELINE"}}).waiting, ElementsAre("V10__c.sql"));
  EXPECT_THAT(compare(named("Flyway"), files, {{"1", "SQL"}, {"2", "SQL"}, {"10", "SQL"}, {"10", "UNDO_SQL"}}).waiting,
              ElementsAre("V10__c.sql"));
}

TEST(ComparedMigrations, OfAlembicAreAGraph) {
  const auto files = of("Alembic", {{"a.py", "revision = 'a'\ndown_revision = None\n"},
                                    {"b.py", "revision = 'b'\ndown_revision = 'a'\n"},
                                    {"c.py", "revision = 'c'\ndown_revision = 'a'\n"},
                                    {"d.py", "revision = 'd'\ndown_revision = ('b', 'c')\n"}});
  EXPECT_THAT(compare(named("Alembic"), files, {{"d"}}).waiting, IsEmpty());
  EXPECT_THAT(compare(named("Alembic"), files, {{"b"}}).waiting, ElementsAre("c.py", "d.py"));
  EXPECT_THAT(compare(named("Alembic"), files, {{"b"}, {"c"}}).waiting, ElementsAre("d.py"));
  EXPECT_EQ(words_of(named("Alembic"), compare(named("Alembic"), files, {{"e"}})),
            "4 migrations of Alembic have not run: a.py, b.py, c.py and 1 more; "
            "1 migration of Alembic has run here and has no file: e");
}

TEST(ComparedMigrations, OfDjangoMayStandForOthers) {
  const std::string squashed = "replaces = [('blog', '0001_a'), ('blog', '0002_b')]\n";
  const std::vector<std::pair<std::string, std::string>> together{{"blog/migrations/0001_squashed.py", squashed},
                                                                  {"blog/migrations/0003_c.py", ""}};
  const Tool& django = named("Django");
  EXPECT_THAT(compare(django, of("Django", together), {{"blog", "0001_a"}, {"blog", "0002_b"}}).waiting,
              ElementsAre("blog/0003_c"));
  EXPECT_THAT(compare(django, of("Django", together), {{"blog", "0001_a"}}).waiting,
              ElementsAre("blog/0001_squashed", "blog/0003_c"));
  const std::vector<std::pair<std::string, std::string>> beside{{"blog/migrations/0001_a.py", ""},
                                                                {"blog/migrations/0002_b.py", ""},
                                                                {"blog/migrations/0001_squashed.py", squashed}};
  EXPECT_THAT(compare(django, of("Django", beside), {{"blog", "0001_a"}}).waiting, ElementsAre("blog/0002_b"));
  EXPECT_THAT(compare(django, of("Django", beside), {{"blog", "0001_squashed"}}).waiting, IsEmpty());
}

TEST(ComparedMigrations, OfAnAppThatNobodyMayHaveInstalledAreDoubtful) {
  const auto files = of("Django", {{"blog/migrations/0001_a.py", ""}, {"shop/migrations/0001_a.py", ""}});
  const MigrationReport compared = compare(named("Django"), files, {{"blog", "0001_a"}});
  EXPECT_THAT(compared.waiting, IsEmpty());
  EXPECT_THAT(compared.doubtful, ElementsAre("shop"));
}

TEST(ComparedMigrations, OfLiquibaseMayBeForAnotherDatabase) {
  const auto files =
      of("Liquibase", {{"a.sql", "--changeset ada:1\n--changeset ada:2 context:test\n--changeset ada:3\n"}});
  EXPECT_THAT(compare(named("Liquibase"), files, {{"1", "ada", "db/a.sql"}}).waiting, ElementsAre("3 by ada in a.sql"));
}

TEST(ComparedMigrations, OfLiquibaseAreOfOneFileEach) {
  const Tool& liquibase = named("Liquibase");
  const std::string one = "--changeset ada:1\n";
  const auto waiting = [&](const std::vector<std::string>& files, const std::vector<std::string>& noted) {
    std::vector<std::pair<std::string, std::string>> texts;
    for (const std::string& path : files) texts.emplace_back(path, one);
    std::vector<Row> rows;
    for (const std::string& path : noted) rows.push_back({"1", "ada", path});
    return compare(liquibase, of("Liquibase", texts), rows).waiting;
  };
  EXPECT_THAT(waiting({"a/x.sql", "b/x.sql"}, {"db/a/x.sql"}), ElementsAre("1 by ada in b/x.sql"));
  EXPECT_THAT(waiting({"a/x.sql", "b/x.sql"}, {"classpath:db/b/x.sql", "classpath:db/a/x.sql"}), IsEmpty());
  EXPECT_THAT(waiting({"x.sql", "a/x.sql"}, {"db/a/x.sql"}), ElementsAre("1 by ada in x.sql")) << "the longest first";
  EXPECT_THAT(waiting({"a/x.sql", "b/x.sql"}, {"x.sql"}), testing::SizeIs(1)) << "a row is of one file";
  EXPECT_THAT(waiting({"resources/db/x.sql"}, {"classpath:db/x.sql"}), IsEmpty());
  EXPECT_THAT(waiting({"x.sql"}, {"db/box.sql"}), testing::SizeIs(1)) << "its name must be whole";
}

} // namespace
} // namespace murphy::migrations
