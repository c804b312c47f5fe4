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
            .table = "migrations",
            .rows = std::move(rows),
            .broken = {}};
  }

  static std::string as_it_is(const std::string& name) { return name; }
  AppMigrations of_code() const { return {"", (folder_ / "code").string(), as_it_is}; }

  std::filesystem::path folder_;
};

TEST_F(AppMigrationsTest, AreThoseThatWaitAndThoseThatRanSinceTheBaseline) {
  record::KnownGood before;
  before.migrations = known_migrations({noted({{"1"}, {"7"}})});
  AppMigrations app = of_code();
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
  AppMigrations app((folder_ / "elsewhere").string(), (folder_ / "code").string(), as_it_is);
  EXPECT_THAT(app.compare({noted({{"1"}})}, nullptr)->waiting, ElementsAre("5_add_phone.rb"));
}

TEST_F(AppMigrationsTest, OfAnAppWhoseFilesAreNotThereAreThoseOfTheTable) {
  AppMigrations app("", "", as_it_is);
  record::KnownGood before;
  before.migrations = known_migrations({noted({{"1"}})});
  const auto seen = app.compare({noted({{"1"}, {"2"}})}, &before);
  ASSERT_TRUE(seen);
  EXPECT_THAT(seen->waiting, IsEmpty());
  EXPECT_THAT(seen->came, ElementsAre("2"));
  EXPECT_FALSE(app.compare({}, &before)) << "no tool has noted anything";
}

TEST_F(AppMigrationsTest, AreBounded) {
  write("code/db/migrate/050_add_digest.rb", "add_column :users, :digest, :string");
  for (int n = 100; n < 200; ++n) write("code/db/migrate/" + std::to_string(n) + "_more.rb", "");
  AppMigrations app = of_code();
  const auto seen = app.compare({noted({{"1"}})}, nullptr);
  ASSERT_TRUE(seen);
  EXPECT_EQ(seen->waiting.size(), 50U);
  EXPECT_EQ(seen->left_out, 53);
  EXPECT_THAT(seen->waiting, testing::Not(testing::Contains("050_add_digest.rb")));
  EXPECT_THAT(app.that_write("digest"), ElementsAre("050_add_digest.rb")) << "it is read all the same";
}

TEST_F(AppMigrationsTest, ThatRanAreCutBeforeTheyAreRead) {
  std::vector<migrations::Row> rows{{"1"}};
  for (int n = 100; n < 200; ++n) {
    write("code/db/migrate/" + std::to_string(n) + "_more.rb", "add_column :users, :phone");
    rows.push_back({std::to_string(n)});
  }
  record::KnownGood before;
  before.migrations = known_migrations({noted({{"1"}})});
  AppMigrations app = of_code();
  const auto seen = app.compare({noted(rows)}, &before);
  ASSERT_TRUE(seen);
  EXPECT_EQ(seen->came.size(), 50U);
  EXPECT_EQ(app.that_write("phone"), seen->came);
}

// A name may spell a secret, such as "password". The baseline has it masked.
TEST_F(AppMigrationsTest, AreToldMasked) {
  write("code/db/migrate/4_add_password_hash.rb", "add_column :users, :digest");
  write("code/db/migrate/5_add_password_salt.rb", "add_column :users, :salt");
  AppMigrations app("", (folder_ / "code").string(), [](const std::string& name) {
    std::string masked = name;
    if (const auto at = masked.find("password"); at != std::string::npos) masked.replace(at, 8, "‹ada.password›");
    return masked;
  });
  record::KnownGood before;
  before.migrations = known_migrations({noted({{"1"}, {"2"}, {"3"}})});
  const auto seen = app.compare({noted({{"1"}, {"2"}, {"3"}, {"4"}})}, &before);
  ASSERT_TRUE(seen);
  EXPECT_THAT(seen->came, ElementsAre("4_add_‹ada.password›_hash.rb"));
  EXPECT_THAT(seen->waiting, ElementsAre("5_add_‹ada.password›_salt.rb"));
  EXPECT_THAT(app.that_write("digest"), ElementsAre("4_add_‹ada.password›_hash.rb"));
  EXPECT_THAT(app.that_write("salt"), ElementsAre("5_add_‹ada.password›_salt.rb"));
}

TEST_F(AppMigrationsTest, OfATableThatMayBeOfTwoToolsAreOfTheOneThatHasFiles) {
  for (int n = 1; n < 4; ++n) write("code/sql/" + std::to_string(n) + "_a.sql", "");
  std::filesystem::remove_all(folder_ / "code/db");
  record::KnownGood before;
  before.migrations = known_migrations({noted({{"1"}}, "Rails"), noted({{"1"}}, "dbmate")});
  EXPECT_EQ(before.migrations.size(), 1U) << "it is one table";
  AppMigrations app = of_code();
  const auto seen = app.compare({noted({{"1"}, {"2"}}, "Rails"), noted({{"1"}, {"2"}}, "dbmate")}, &before);
  ASSERT_TRUE(seen);
  EXPECT_EQ(seen->tool, "dbmate");
  EXPECT_THAT(seen->waiting, ElementsAre("3_a.sql"));
  EXPECT_THAT(seen->came, ElementsAre("2_a.sql")) << "the baseline has them by the name of Rails";
}

} // namespace
} // namespace murphy::target
