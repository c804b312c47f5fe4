// The files of migrations beside what a database has noted of them.
#include "target/app_migrations.h"

#include "migrations/tool.h"

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <gmock/gmock.h>

namespace murphy::target {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

class AppMigrationsTest : public testing::Test {
protected:
  AppMigrationsTest() {
    std::string pattern = (std::filesystem::temp_directory_path() / "murphy-app-XXXXXX").string();
    folder_ = mkdtemp(pattern.data());
    std::filesystem::create_directories(folder_ / "code/db/migrate");
    write("code/db/migrate/1_create_users.rb", "create_table :users");
    write("code/db/migrate/2_add_nickname.rb", "add_column :users, :nickname, :string");
    write("code/db/migrate/3_add_locale.rb", "add_column :users, :locale, :string");
    write("code/lib/9_is_no_migration.rb", "add_column :users, :nickname");
  }
  ~AppMigrationsTest() override { std::filesystem::remove_all(folder_); }

  void write(const std::string& name, const std::string& text) const {
    std::filesystem::create_directories((folder_ / name).parent_path());
    std::ofstream(folder_ / name) << text;
  }
  static NotedMigrations noted(std::vector<migrations::Row> rows, std::string_view tool = "Rails") {
    return {.tool = &*std::ranges::find(migrations::tools(), tool, &migrations::Tool::name),
            .rows = std::move(rows),
            .broken = {}};
  }

  std::filesystem::path folder_;
};

TEST_F(AppMigrationsTest, AreThoseThatWaitAndThoseThatRanSinceTheBaseline) {
  record::KnownGood before;
  before.migrations = known_migrations({noted({{"1"}, {"7"}})});
  AppMigrations app("", (folder_ / "code").string());
  const auto seen = app.compare({noted({{"1"}, {"2"}})}, &before);
  ASSERT_TRUE(seen);
  EXPECT_EQ(seen->tool, "Rails");
  EXPECT_THAT(seen->waiting, ElementsAre("3_add_locale.rb"));
  EXPECT_THAT(seen->came, ElementsAre("2_add_nickname.rb"));
  EXPECT_THAT(seen->gone, ElementsAre("7"));
  EXPECT_THAT(app.that_write("nickname"), ElementsAre("2_add_nickname.rb"));
  EXPECT_THAT(app.that_write("locale"), ElementsAre("3_add_locale.rb"));
  EXPECT_THAT(app.that_write("users"), ElementsAre("2_add_nickname.rb", "3_add_locale.rb")) << "the first one is old";
}

TEST_F(AppMigrationsTest, AreInTheFolderThatIsNamed) {
  write("elsewhere/5_add_phone.rb", "");
  AppMigrations app((folder_ / "elsewhere").string(), (folder_ / "code").string());
  EXPECT_THAT(app.compare({noted({{"1"}})}, nullptr)->waiting, ElementsAre("5_add_phone.rb"));
}

TEST_F(AppMigrationsTest, OfAnAppWhoseFilesAreNotThereAreThoseOfTheTable) {
  AppMigrations app("", "");
  record::KnownGood before;
  before.migrations = known_migrations({noted({{"1"}})});
  const auto seen = app.compare({noted({{"1"}, {"2"}})}, &before);
  ASSERT_TRUE(seen);
  EXPECT_THAT(seen->waiting, IsEmpty());
  EXPECT_THAT(seen->came, ElementsAre("2"));
  EXPECT_FALSE(app.compare({}, &before)) << "no tool has noted anything";
}

TEST_F(AppMigrationsTest, AreBounded) {
  for (int n = 100; n < 200; ++n) write("code/db/migrate/" + std::to_string(n) + "_more.rb", "");
  AppMigrations app("", (folder_ / "code").string());
  const auto seen = app.compare({noted({{"1"}})}, nullptr);
  ASSERT_TRUE(seen);
  EXPECT_EQ(seen->waiting.size(), 50U);
}

} // namespace
} // namespace murphy::target
