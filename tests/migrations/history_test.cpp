// What a baseline keeps of migrations, and what has changed since.
#include "migrations/history.h"

#include "tables.h"

#include <gmock/gmock.h>

namespace murphy::migrations {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;
using testing::SizeIs;

TEST(KnownMigrations, AreTheOldestFirst) {
  const record::KnownMigrations known = known_migrations(named("Rails"), {{"10"}, {"9"}, {"100"}});
  EXPECT_EQ(known.tool, "Rails");
  EXPECT_THAT(known.applied, ElementsAre("9", "10", "100"));
  EXPECT_EQ(known.left_out, 0);
}

TEST(KnownMigrations, AreOnesThatWereNotUndone) {
  EXPECT_THAT(known_migrations(named("Flyway"), {{"1", "SQL"}, {"2", "SQL"}, {"2", "UNDO_SQL"}}).applied,
              ElementsAre("1"));
}

TEST(KnownMigrations, AreCalledAsPeopleCallThem) {
  EXPECT_THAT(known_migrations(named("Liquibase"), {{"1", "ann", "classpath:db/changelog.xml"}}).applied,
              ElementsAre("1 by ann in db/changelog.xml"));
  EXPECT_THAT(known_migrations(named("Django"), {{"folk", "0001_initial"}}).applied, ElementsAre("folk/0001_initial"));
}

TEST(KnownMigrations, AreBounded) {
  std::vector<Row> rows;
  for (int n = 1; n <= 700; ++n) rows.push_back({std::to_string(n)});
  rows.push_back({std::string(5000, 'x')});
  const record::KnownMigrations known = known_migrations(named("Rails"), rows);
  EXPECT_THAT(known.applied, SizeIs(most_kept));
  EXPECT_EQ(known.applied.front(), "201");
  EXPECT_EQ(known.left_out, 200);
  // What is beyond the oldest that is kept is no news, also where it is gone.
  rows.pop_back();
  rows.push_back({"701"});
  EXPECT_THAT(since(named("Rails"), known, rows, {}).came, ElementsAre("701"));
  EXPECT_THAT(since(named("Rails"), known, rows, {}).gone, IsEmpty());
}

TEST(Since, TellsWhatCameAndWhatWent) {
  const record::KnownMigrations before = known_migrations(named("Rails"), {{"1"}, {"2"}});
  const Since changed = since(named("Rails"), before, {{"1"}, {"3"}}, {});
  EXPECT_THAT(changed.came, ElementsAre("3"));
  EXPECT_THAT(changed.gone, ElementsAre("2"));
  EXPECT_THAT(since(named("Rails"), {}, {{"1"}}, {}).came, IsEmpty()) << "a baseline without any says nothing";
}

TEST(Since, ComparesOneNumberByItsHeight) {
  const record::KnownMigrations before = known_migrations(named("golang-migrate"), {{"7"}});
  EXPECT_THAT(since(named("golang-migrate"), before, {{"10"}}, {}).came, ElementsAre("10"));
  EXPECT_THAT(since(named("golang-migrate"), before, {{"10"}}, {}).gone, IsEmpty());
  EXPECT_THAT(since(named("golang-migrate"), before, {{"6"}}, {}).gone, ElementsAre("7"));
  EXPECT_THAT(since(named("golang-migrate"), before, {{"7"}}, {}).came, IsEmpty());
}

TEST(Since, TellsWhichRanUpToTheOneNumber) {
  std::vector<Migration> files;
  for (const char* key : {"2", "7", "9", "10", "11"})
    files.push_back({.key = key, .shown = key, .app = {}, .stands_for = {}, .parents = {}});
  const Tool& tool = named("golang-migrate");
  EXPECT_THAT(since(tool, known_migrations(tool, {{"7"}}), {{"10"}}, files).came, ElementsAre("9", "10"));
  EXPECT_THAT(since(tool, known_migrations(tool, {{"10"}}), {{"2"}}, files).gone, ElementsAre("7", "9", "10"));
  EXPECT_THAT(since(tool, known_migrations(tool, {{"10"}}), {{"2"}}, files).came, IsEmpty());
}

// Which secrets there are may differ from the day on which the baseline was made.
TEST(Since, TakesAMaskedNameForTheOneThatItMayBe) {
  const Tool& tool = named("Knex");
  record::KnownMigrations before;
  before.tool = "Knex";
  before.applied = {"1_a", "2_create_‹ada.password›_resets", "3_‹ada.password›_‹bob.password›"};
  const auto changed = [&](const std::vector<Row>& rows) { return since(tool, before, rows, {}); };
  const Since same = changed({{"1_a"}, {"2_create_password_resets"}, {"3_password_secret"}});
  EXPECT_THAT(same.came, IsEmpty());
  EXPECT_THAT(same.gone, IsEmpty());
  EXPECT_THAT(changed({{"1_a"}, {"2_create_tables"}, {"4_password"}}).came,
              ElementsAre("2_create_tables", "4_password"));
  EXPECT_THAT(changed({{"2_create_password_resets"}}).gone, ElementsAre("1_a")) << "nobody knows of the masked ones";
}

TEST(Since, FollowsTheGraphOfAlembic) {
  std::vector<Migration> files;
  for (const char* text : {"revision = 'a'\ndown_revision = None\n", "revision = 'b'\ndown_revision = 'a'\n"})
    for (Migration& each : migrations_in(named("Alembic"), {.path = "x.py", .within = "versions", .text = text}))
      files.push_back(std::move(each));
  const record::KnownMigrations first = known_migrations(named("Alembic"), {{"a"}});
  EXPECT_THAT(since(named("Alembic"), first, {{"b"}}, files).came, ElementsAre("b"));
  EXPECT_THAT(since(named("Alembic"), first, {{"b"}}, files).gone, IsEmpty());
  EXPECT_THAT(since(named("Alembic"), known_migrations(named("Alembic"), {{"b"}}), {{"a"}}, files).gone,
              ElementsAre("b"));
  EXPECT_THAT(since(named("Alembic"), first, {{"b"}}, {}).came, IsEmpty()) << "without files, nobody knows the order";
}

} // namespace
} // namespace murphy::migrations
