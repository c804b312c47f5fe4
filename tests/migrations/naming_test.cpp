// Which migrations are about a name.
#include "migrations/naming.h"

#include <gtest/gtest.h>

namespace murphy::migrations {
namespace {

TEST(Naming, SeesWhatToolsWriteForATableOrColumn) {
  EXPECT_TRUE(writes_name("a.sql", "ALTER TABLE users ADD COLUMN nickname text;", "nickname"));
  EXPECT_TRUE(writes_name("a.sql", "ALTER TABLE \"Users\" ADD \"nickName\" text;", "nickname"));
  EXPECT_TRUE(writes_name("a.rb", "add_column :users, :nickname, :string", "nickname"));
  EXPECT_TRUE(writes_name("a.py", "migrations.AddField(model_name='person', name='nickname')", "nickname"));
  EXPECT_TRUE(writes_name("a.php", "$table->string('nickname');", "nickname"));
  EXPECT_TRUE(writes_name("a.xml", "<column name=\"nickname\" type=\"text\"/>", "nickname"));
  EXPECT_TRUE(writes_name("a.exs", "add :nickname, :string", "nickname"));
  EXPECT_TRUE(writes_name("a.yaml", "- column:\n    name: nickname\n    type: text\n", "nickname"));
  EXPECT_TRUE(writes_name("a.json", R"({"name": "nickname"})", "nickname"));
}

TEST(Naming, TakesAWholeName) {
  EXPECT_FALSE(writes_name("a.sql", "ADD COLUMN nickname_short text", "nickname"));
  EXPECT_FALSE(writes_name("a.sql", "ADD COLUMN old_nickname text", "nickname"));
  EXPECT_FALSE(writes_name("a.sql", "ADD COLUMN id text", "id")) << "it is everywhere";
}

TEST(Naming, TakesNoWordOfTheLanguage) {
  EXPECT_FALSE(writes_name("a.sql", "ADD COLUMN nickname text", "text"));
  EXPECT_TRUE(writes_name("a.sql", "ADD COLUMN \"text\" varchar", "text"));
  EXPECT_FALSE(writes_name("a.py", "AddField(model_name='person', name='nickname')", "name"));
  EXPECT_FALSE(writes_name("a.rb", "rename the nickname", "nickname"));
  EXPECT_FALSE(writes_name("a.yaml", "type: text", "text"));
  EXPECT_FALSE(writes_name("a.yaml", "remarks: the nickname", "nickname"));
}

TEST(Naming, TakesNoComment) {
  EXPECT_FALSE(writes_name("a.sql", "-- nickname comes later\n/* nickname */ SELECT 1;", "nickname"));
  EXPECT_FALSE(writes_name("a.rb", "# :nickname comes later\n", "nickname"));
  EXPECT_FALSE(writes_name("a.js", "// 'nickname' comes later\n", "nickname"));
  EXPECT_FALSE(writes_name("a.xml", "<!-- name=\"nickname\" -->", "nickname"));
  EXPECT_FALSE(writes_name("a.yml", "# name: nickname\nid: 1 # name: nickname\n", "nickname"));
  EXPECT_TRUE(writes_name("a.sql", "/* one */ ADD COLUMN nickname text /* not closed", "nickname"));
}

TEST(Naming, TakesNoTextForTheCommentOfAnotherLanguage) {
  EXPECT_TRUE(writes_name("a.xml", "<log xmlns=\"http://www.liquibase.org\"><column name=\"nickname\"/>", "nickname"));
  EXPECT_TRUE(writes_name("a.json", R"({"see": "https://example.com", "name": "nickname"})", "nickname"));
  EXPECT_TRUE(writes_name("a.rb", "Dir['app/**/*.rb']\nadd_column :users, :nickname, :string", "nickname"));
  EXPECT_TRUE(writes_name("a.yaml", "id: a#b, name: nickname", "nickname"));
}

} // namespace
} // namespace murphy::migrations
