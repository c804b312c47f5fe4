// What the files of tools say of themselves.
#include "migrations/content.h"

#include <gmock/gmock.h>

namespace murphy::migrations {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

TEST(MigrationContent, OfPythonIsReadAsItIsWritten) {
  EXPECT_THAT(python_texts("# revision: no\nrevision = 'a1'\ndown_revision = None\n", "revision"), ElementsAre("a1"));
  EXPECT_THAT(python_texts("revision: str = \"a1\"\ndown_revision: Union[str, None] = \"b2\"", "down_revision"),
              ElementsAre("b2"));
  EXPECT_THAT(python_texts("down_revision = (\n  'b2', # the other\n  'c3',\n)\ndepends_on = 'd4'", "down_revision"),
              ElementsAre("b2", "c3"));
  EXPECT_THAT(python_texts("    replaces = [(\"app\", \"0001\"), (\"app\", \"0002\")]\n    x = ['no']", "replaces"),
              ElementsAre("app", "0001", "app", "0002"));
  EXPECT_THAT(python_texts("down_revision = None\nrevision_note = 'x'", "revision"), IsEmpty());
}

std::vector<std::string> told(std::string_view path, std::string_view text) {
  std::vector<std::string> all;
  for (const ChangeSet& each : change_sets_in(path, text))
    all.push_back(each.author + ":" + each.id + (each.has_condition ? "?" : ""));
  return all;
}

TEST(MigrationContent, OfLiquibaseIsReadInEachOfItsFormats) {
  EXPECT_THAT(told("a.xml", "<x><!-- <changeSet id='0' author='b'/> --><changeSet author=\"ada\"\n id=\"1\">"
                            "<column name=\"id\"/></changeSet><changeSet id='2' author='ada' dbms='oracle'/></x>"),
              ElementsAre("ada:1", "ada:2?"));
  EXPECT_THAT(
      told("a.sql", "--liquibase formatted sql\n--changeset ada:1\nselect 1;\n-- changeset ada:b-2 context:test\n"),
      ElementsAre("ada:1", "ada:b-2?"));
  EXPECT_THAT(told("a.yaml",
                   "databaseChangeLog:\n- changeSet:\n    author: ada\n    id: 1\n    changes:\n    - x: { id: 7 }\n"
                   "- changeSet:\n    id: \"b\"\n    labels: beta\n    author: grace\n"),
              ElementsAre("ada:1", "grace:b?"));
  EXPECT_THAT(told("a.json", R"({"databaseChangeLog":[{"changeSet":{"id":"1","author":"ada","changes":[]}}]})"),
              ElementsAre("ada:1"));
  EXPECT_EQ(logical_path("<databaseChangeLog logicalFilePath=\"db/main.xml\">"), "db/main.xml");
  EXPECT_EQ(logical_path("<databaseChangeLog>"), "");
}

} // namespace
} // namespace murphy::migrations
