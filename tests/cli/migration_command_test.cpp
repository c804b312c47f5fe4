// What a command of the project says of migrations.
#include "cli/migration_command.h"

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <memory>

namespace murphy::cli {
namespace {

using State = target::HealthCheck::State;
using std::chrono::seconds;

target::HealthCheck check(const std::string& command, int ok = 0, std::chrono::milliseconds longest = seconds(30),
                          const record::Redactor& redactor = {}) {
  return check_migrations_by({.folder = {}, .command = command, .ok = ok, .place = {}, .source_line = {}}, "/", longest,
                             redactor);
}

TEST(MigrationCommands, AreGoodByTheirExitCode) {
  EXPECT_EQ(check("true").state, State::ok);
  EXPECT_EQ(check("exit 3", 3).state, State::ok);
  EXPECT_EQ(check("test $PWD = /").state, State::ok) << "it runs where the project is";
}

TEST(MigrationCommands, AreBadWithWhatTheySayLast) {
  EXPECT_EQ(check("echo one; echo 'two wait'; echo; exit 1").words,
            "the command of \"migrations\" exited with 1: two wait");
  EXPECT_EQ(check("exit 1").state, State::bad);
  EXPECT_EQ(check("exit 0", 3).words, "the command of \"migrations\" exited with 0");
}

TEST(MigrationCommands, AreMaskedBeforeTheyAreCut) {
  record::Redactor redactor;
  redactor.learn(std::make_shared<const Secret>(ClearText("canary-of-migrations"), "password"));
  for (const int before : {285, 290, 295, 299, 300}) {
    const auto said = check(fmt::format("printf '%{}s' | tr ' ' x; echo canary-of-migrations; exit 1", before), 0,
                            seconds(30), redactor);
    EXPECT_THAT(said.words, testing::HasSubstr("xxx"));
    EXPECT_THAT(said.words, testing::Not(testing::HasSubstr("xc"))) << before;
  }
}

TEST(MigrationCommands, AreBlindWhereTheySayNothing) {
  const auto missing = check("/none/such");
  EXPECT_EQ(missing.state, State::blind);
  EXPECT_THAT(missing.words, testing::HasSubstr("exited with 127"));
  EXPECT_EQ(check("kill -9 $$").state, State::blind);
  EXPECT_EQ(check("sleep 60", 0, std::chrono::milliseconds(10)).words,
            "the command of \"migrations\" runs for more than 10 ms");
}

} // namespace
} // namespace murphy::cli
