// [watch], from the project file to what a command takes.
#include "cli/watch_place.h"

#include "sample_project.h"

#include <gmock/gmock.h>

namespace murphy::cli {
namespace {

using testing::EndsWith;
using testing::HasSubstr;

Result<WatchPlace> place_of(const std::string& watch) {
  const SampleProject project(sample_project + watch);
  const std::string file = project.path("murphy.toml");
  return watch_of(file, file.substr(0, file.rfind('/')), {});
}

TEST(WatchPlaces, AreNextToTheProjectFile) {
  const auto usual = place_of("\n[watch]\n");
  ASSERT_TRUE(usual) << usual.error().what;
  EXPECT_THAT(usual->store.file, EndsWith("/.murphy/watch.db"));
  const auto chosen = place_of("\n[watch]\nstore = \"sqlite:kept/watch.db\"\n");
  ASSERT_TRUE(chosen) << chosen.error().what;
  EXPECT_THAT(chosen->store.file, EndsWith("/kept/watch.db"));
}

TEST(WatchPlaces, AreMissedWithAnExample) {
  const auto none = place_of("");
  ASSERT_FALSE(none);
  EXPECT_EQ(none.error().kind, ErrorKind::usage);
  EXPECT_EQ(none.error().what, "this project has no watch");
  EXPECT_THAT(none.error().hint, HasSubstr("[watch]\nevery"));
}

TEST(WatchPlaces, AreInSqliteOrPostgresql) {
  const auto server = place_of("\n[watch]\nstore = \"postgresql://db.example.com/watch\"\n");
  ASSERT_TRUE(server) << server.error().what;
  EXPECT_EQ(server->store.shown, "postgresql://db.example.com/watch");
  const auto other = place_of("\n[watch]\nstore = \"mysql://db.example.com/watch\"\n");
  ASSERT_FALSE(other);
  EXPECT_EQ(other.error().kind, ErrorKind::usage);
  EXPECT_THAT(other.error().what, HasSubstr("a watch keeps what it knows in SQLite or PostgreSQL, not in mysql://"));
  EXPECT_GT(other.error().place.line, 0U);
}

TEST(WatchPlaces, KnowMaintenanceWindows) {
  const auto open = place_of("\n[watch]\nmaintenance = [{ days = [\"sun\"], from = \"02:00\", until = \"04:00\" }]\n");
  ASSERT_TRUE(open) << open.error().what;
  ASSERT_EQ(open->maintenance.size(), 1U);
  EXPECT_EQ(open->maintenance[0].zone, "UTC");
  const auto unknown = place_of("\n[watch]\nmaintenance = [{ from = \"2026-12-01 22:00\", until = \"2026-12-02 "
                                "01:00\", zone = \"Mars/Base\" }]\n");
  ASSERT_FALSE(unknown);
  EXPECT_THAT(unknown.error().what, HasSubstr("no time zone of this machine is called \"Mars/Base\""));
  EXPECT_GT(unknown.error().place.line, 0U);
}

} // namespace
} // namespace murphy::cli
