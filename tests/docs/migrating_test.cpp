// docs/migrating.md: the steps on the right of each table make one scenario that passes on the example app, and the
// commands there select what there is.
#include "markdown.h"
#include "newcomer.h"
#include "tests/places.h"

#include "base/text.h"

#include <algorithm>
#include <gmock/gmock.h>

namespace murphy::docs {
namespace {

using testing::HasSubstr;

// What is in backquotes in the last cell of each row, table by table. A table whose last cells are prose is left out;
// one row of prose in another table fails the test.
std::vector<std::vector<std::string>> right_sides() {
  constexpr std::string_view of_prose = "| what you wrote | why you need not |";
  std::vector<std::vector<std::string>> tables;
  const std::string page = read_page("docs/migrating.md");
  std::string_view head; // of the table that this line is in
  for (const std::string_view line : split(page, '\n')) {
    if (!line.starts_with("| ")) {
      head = {};
    } else if (head.empty()) {
      head = line;
      if (head != of_prose) tables.emplace_back();
    } else if (head != of_prose && !line.starts_with("| ---")) {
      const std::string_view cell = line.substr(line.rfind(" | ") + 3);
      const bool is_code = cell.starts_with('`') && cell.ends_with("` |") && std::ranges::count(cell, '`') == 2;
      EXPECT_TRUE(is_code) << line << "\nis skipped: write one step or command in backquotes into the last cell";
      if (is_code) tables.back().emplace_back(cell.substr(1, cell.size() - 4));
    }
  }
  return tables;
}

TEST(Migrating, StepsOnTheRightPass) {
  int scenarios = 0;
  for (const std::vector<std::string>& table : right_sides()) {
    ASSERT_FALSE(table.empty());
    if (!table.front().starts_with("{ ")) continue;
    ++scenarios;
    EXPECT_GE(table.size(), 10U);
    std::string feature = "feature = \"Migrated\"\n[[scenario]]\nname = \"All rows\"\nsteps = [\n";
    for (const std::string& step : table) feature += "  " + step + ",\n";
    const end_to_end::TemporaryFolder folder;
    const std::string file = folder.write("migrated.toml", feature + "]\n");
    const auto run = Newcomer::bash_in(in_project(), "murphy run --project fixtures/dashboard/murphy.toml " + file);
    EXPECT_EQ(run.code, 0) << run.out << run.err;
    EXPECT_THAT(run.out, HasSubstr("1 scenario: 1 passed"));
  }
  EXPECT_EQ(scenarios, 3); // Hurl, Playwright, Selenium
}

TEST(Migrating, CommandsOnTheRightRun) {
  const Newcomer newcomer;
  const end_to_end::Finished written =
      newcomer.bash("sed -i 's/^name .*wrong password.*/&\\ntags = [\"smoke\"]/' scenarios/sign-in.toml\n"
                    "sed 's/^feature.*/feature = \"Again\"/' scenarios/sign-in.toml >scenarios/again.toml\n"
                    "cp scenarios/sign-in.toml kept && sed -i 's/dashboard = \"open\"/dashboard = \"closed\"/' "
                    "scenarios/sign-in.toml\n"
                    "ADA_PASSWORD='correct horse 9' murphy run --journal earlier.jsonl >earlier.txt || test $? = 1\n"
                    "mv kept scenarios/sign-in.toml");
  ASSERT_EQ(written.code, 0) << written.out << written.err;
  int commands = 0;
  for (const std::vector<std::string>& table : right_sides()) {
    ASSERT_FALSE(table.empty());
    if (!table.front().starts_with("murphy ")) continue;
    for (const std::string& command : table) {
      ++commands;
      const auto run = newcomer.bash("export ADA_PASSWORD='correct horse 9'\n" + command);
      EXPECT_EQ(run.code, 0) << command << "\n" << run.out << run.err;
      EXPECT_THAT(run.out, HasSubstr(" passed")) << command;
    }
  }
  EXPECT_GE(commands, 10);
}

} // namespace
} // namespace murphy::docs
