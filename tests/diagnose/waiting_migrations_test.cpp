// What migrations that wait, ran or failed say of a table or column that is missing, and of what they say nothing.
#include "diagnose/waiting_migrations.h"

#include "diagnose/diagnose.h"

#include <gmock/gmock.h>

namespace murphy::diagnose {
namespace {

using record::Layer;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;

record::Table columns_in(const std::string& name, const std::vector<std::string>& columns) {
  record::Table made{.name = name, .columns = {}, .unique = {}};
  for (const std::string& column : columns) made.columns.emplace_back().name = column;
  return made;
}

Evidence complaining(const std::string& line) {
  Evidence evidence;
  evidence.console = {line};
  evidence.exchanges = {{"GET", "/login", 200, ""}, {"POST", "/login", 500, ""}};
  evidence.schema = record::Schema{.engine = "sqlite", .tables = {columns_in("users", {"id", "email", "digest"})}};
  evidence.migrations.emplace().tool = "dbmate";
  return evidence;
}

std::string told_by(const record::Suspect& suspect) {
  std::string all;
  for (const record::EvidenceLine& line : suspect.evidence) all += line.text + "\n";
  return all;
}

TEST(MigrationsThatWait, AreTheCauseOfAMissingColumnThatTheyName) {
  Evidence evidence = complaining("no such column: users.nickname");
  const record::Suspect before = diagnose(evidence).verdict();
  evidence.migrations->waiting = {"009_add_nickname.sql", "010_other.sql"};
  evidence.named_in["nickname"] = {"009_add_nickname.sql"};
  const record::Suspect named = diagnose(evidence).verdict();
  EXPECT_EQ(named.layer, Layer::database);
  EXPECT_EQ(named.also, Layer::unknown);
  EXPECT_EQ(named.cause,
            "column \"nickname\" of users does not exist; migration 009_add_nickname.sql, which names it, has not run");
  EXPECT_EQ(named.advice, "Run the migrations that have not run, or find out why they did not.");
  EXPECT_THAT(told_by(named), HasSubstr("migration 009_add_nickname.sql, which names \"nickname\", has not run\n"));
  EXPECT_EQ(named.wrong_name, "") << "the name is right: nobody has to look for it in the code";
  EXPECT_EQ(named.confidence, before.confidence);
  EXPECT_EQ(named.fingerprint, before.fingerprint) << "it is the same fault, however much is seen of it";
  // Whoever reads the journal finds out the same.
  EXPECT_EQ(named_in_of(std::vector{named}), evidence.named_in);
}

TEST(MigrationsThatWait, AreTheCauseOfAMissingTableThatTheyName) {
  Evidence evidence = complaining("no such table: devices");
  evidence.migrations->waiting = {"1_a.sql", "2_b.sql", "3_c.sql"};
  evidence.named_in["devices"] = evidence.migrations->waiting;
  const record::Suspect named = diagnose(evidence).verdict();
  EXPECT_EQ(named.layer, Layer::database);
  EXPECT_THAT(named.cause, HasSubstr("; migrations 1_a.sql and 2_b.sql and 1 more, which name it, have not run"));
}

TEST(MigrationsThatWait, AreNoCauseByThemselves) {
  Evidence evidence = complaining("no such column: users.emial");
  const record::Suspect before = diagnose(evidence).verdict();
  evidence.migrations->waiting = {"009_add_nickname.sql"};
  evidence.named_in["nickname"] = {"009_add_nickname.sql"};
  EXPECT_EQ(diagnose(evidence).verdict(), before) << "it names another column";
  evidence.named_in["emial"] = {"007_that_ran.sql"};
  EXPECT_EQ(diagnose(evidence).verdict().cause, before.cause) << "it has run";
  Evidence silent = complaining("all is well");
  silent.migrations->waiting = {"009_add_nickname.sql"};
  silent.named_in["digest"] = {"009_add_nickname.sql"};
  Evidence without = silent;
  without.migrations.reset();
  EXPECT_EQ(diagnose(silent).verdict(), diagnose(without).verdict()) << "nothing that it names is missing";
}

// One of the same name elsewhere is in the database: the migration may be about that one.
TEST(MigrationsThatWait, OnlySpeakForACauseWhoseNameIsElsewhere) {
  Evidence evidence = complaining("no such column: users.locale");
  evidence.schema->tables.push_back(columns_in("orders", {"id", "locale"}));
  const record::Suspect before = diagnose(evidence).verdict();
  evidence.migrations->waiting = {"9_a.sql"};
  evidence.named_in["locale"] = {"9_a.sql"};
  const record::Suspect told = diagnose(evidence).verdict();
  EXPECT_EQ(told.cause, before.cause);
  EXPECT_EQ(told.layer, before.layer);
  EXPECT_THAT(told_by(told), HasSubstr("migration 9_a.sql, which names \"locale\", has not run"));
}

// "pasword_hash" of users is misspelled; another table's "password_hash" only waits.
TEST(MigrationsThatWait, OnlySpeakForACauseThatANearNameExplains) {
  Evidence evidence = complaining("no such column: users.password_hash");
  evidence.schema->tables = {columns_in("users", {"id", "email", "pasword_hash"})};
  const record::Suspect before = diagnose(evidence).verdict();
  evidence.migrations->waiting = {"010_create_admins.rb"};
  evidence.named_in["password_hash"] = evidence.migrations->waiting;
  const record::Suspect told = diagnose(evidence).verdict();
  EXPECT_EQ(told.cause, before.cause);
  EXPECT_EQ(told.suggestion, "pasword_hash");
  EXPECT_EQ(told.advice, before.advice);
  EXPECT_THAT(told_by(told), HasSubstr("migration 010_create_admins.rb, which names \"password_hash\", has not run"));
  evidence.named_in["pasword_hash"] = evidence.migrations->waiting;
  EXPECT_THAT(diagnose(evidence).verdict().cause, HasSubstr("; migration 010_create_admins.rb, which names it, has"))
      << "it renames the one that is there";
}

TEST(MigrationsThatWait, OnlySpeakForACauseInADatabaseThatIsNotSeenWhole) {
  Evidence evidence = complaining("no such table: devices");
  evidence.schema->left_out = 1;
  const record::Suspect before = diagnose(evidence).verdict();
  evidence.migrations->waiting = {"1_a.sql"};
  evidence.named_in["devices"] = {"1_a.sql"};
  const record::Suspect told = diagnose(evidence).verdict();
  EXPECT_EQ(told.cause, before.cause);
  EXPECT_THAT(told_by(told), HasSubstr("migration 1_a.sql, which names \"devices\", has not run"));
}

TEST(MigrationsThatWait, AreBlamedAlsoIfTheyAreNotListed) {
  Evidence evidence = complaining("no such column: users.nickname");
  evidence.migrations->waiting = {"051_b.sql", "052_c.sql", "053_d.sql"};
  evidence.migrations->came = {"040_ran.sql"};
  evidence.named_in["nickname"] = {"001_a.sql", "040_ran.sql"};
  EXPECT_THAT(diagnose(evidence).verdict().cause, Not(HasSubstr("001_a.sql"))) << "all that wait are listed";
  evidence.migrations->left_out = 50;
  EXPECT_THAT(diagnose(evidence).verdict().cause, HasSubstr("; migration 001_a.sql, which names it, has not run"));
  Evidence pending = complaining("Migrations are pending. To resolve this issue, run: bin/rails db:migrate");
  pending.migrations = evidence.migrations;
  EXPECT_THAT(told_by(diagnose(pending).verdict()),
              HasSubstr("migrations 051_b.sql and 052_c.sql and 51 more have not run\n"));
}

TEST(MigrationsThatRan, SpeakForTheMisspelledColumnThatTheyMade) {
  Evidence evidence = complaining("no such column: users.password_hash");
  evidence.schema->tables = {columns_in("users", {"id", "email", "pasword_hash"})};
  diagnose::KnownGood& good = evidence.known_good.emplace();
  good.schema = record::Schema{.engine = "sqlite", .tables = {columns_in("users", {"id", "email", "password_hash"})}};
  const record::Suspect before = diagnose(evidence).verdict();
  evidence.migrations->came = {"005_redevelop_users.sql", "006_other.sql"};
  evidence.named_in["pasword_hash"] = {"005_redevelop_users.sql"};
  const record::Suspect told = diagnose(evidence).verdict();
  EXPECT_EQ(told.cause, before.cause);
  EXPECT_EQ(told.layer, Layer::database);
  EXPECT_THAT(told_by(told),
              HasSubstr("migration 005_redevelop_users.sql has run since the baseline, and names \"pasword_hash\"\n"));
}

TEST(MigrationsThatWent, SpeakForAColumnThatTheBaselineHas) {
  Evidence evidence = complaining("no such column: users.nickname");
  evidence.migrations->gone = {"9"};
  EXPECT_THAT(told_by(diagnose(evidence).verdict()), Not(HasSubstr("migration")));
  evidence.known_good.emplace().schema =
      record::Schema{.engine = "sqlite", .tables = {columns_in("users", {"id", "email", "digest", "nickname"})}};
  EXPECT_THAT(told_by(diagnose(evidence).verdict()),
              HasSubstr("migration 9 had run when the baseline was made, and is not noted now\n"));
  evidence.migrations->gone.clear();
  evidence.migrations->unknown = {"10", "11", "12"};
  EXPECT_THAT(
      told_by(diagnose(evidence).verdict()),
      HasSubstr("migrations 10 and 11 and 1 more have run and have no file: the app may be older than its tables\n"));
  evidence.migrations->broken = "a migration of Flyway has failed or has not ended";
  EXPECT_THAT(told_by(diagnose(evidence).verdict()), HasSubstr("a migration of Flyway has failed or has not ended\n"));
}

TEST(MigrationsThatWait, AreListedWhereTheAppSaysThatSomeDo) {
  Evidence evidence =
      complaining("Migrations are pending. To resolve this issue, run: bin/rails db:migrate RAILS_ENV=development");
  evidence.migrations->waiting = {"20260101_add_nickname.rb"};
  const record::Suspect told = diagnose(evidence).verdict();
  EXPECT_EQ(told.layer, Layer::database);
  EXPECT_THAT(told_by(told), HasSubstr("migration 20260101_add_nickname.rb has not run\n"));
  EXPECT_THAT(told.named_in, IsEmpty());
}

} // namespace
} // namespace murphy::diagnose
