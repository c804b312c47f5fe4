// What README and docs say of Murphy against Murphy: its output, exit codes, options; and their links.
#include "markdown.h"
#include "newcomer.h"
#include "tests/places.h"

#include <algorithm>
#include <filesystem>
#include <gmock/gmock.h>
#include <map>
#include <set>

namespace murphy::docs {
namespace {

using testing::Contains;
using testing::HasSubstr;

TEST(Readme, ShowsWhatIsSaidOfTheMisspelling) {
  const auto checked = Newcomer::bash_in(in_project(), "scripts/refresh-readme --check");
  EXPECT_EQ(checked.code, 0) << checked.out << checked.err;
  EXPECT_THAT(read_page("README.md"), HasSubstr("│ DatabaseError (no such column: password_hash):"));
}

// The lines "  0  every scenario passed" at the end of --help.
std::map<std::string, std::string> exit_codes_of_help() {
  const std::string help = Newcomer::bash_in(in_project(), "murphy --help").out;
  std::map<std::string, std::string> found;
  for (const Groups& groups : every_match(R"(\n *(\d+)  ([^\n]+))", help)) found[groups[1]] = groups[2];
  return found;
}

TEST(Readme, ExplainsTheExitCodesThatThereAre) {
  std::set<std::string> of_program;
  const std::string header = end_to_end::read_file(in_project("harness/cli/exit_code.h"));
  for (const Groups& groups : every_match(R"(\n  [a-z_]+ = (\d+),)", header)) of_program.insert(groups[1]);

  const std::map<std::string, std::string> help = exit_codes_of_help();
  std::map<std::string, std::string> of_page;
  const std::string page = read_page("README.md");
  for (const Groups& groups : every_match(R"(\n\| (\d+) \| ([^|]+) \|)", page)) of_page[groups[1]] = groups[2];
  EXPECT_EQ(of_page, help);

  std::set<std::string> explained;
  for (const auto& [code, words] : of_page) explained.insert(code);
  EXPECT_EQ(explained, of_program);
  EXPECT_GE(of_program.size(), 7U);
}

std::set<std::string> options_in(const std::string& text) {
  std::set<std::string> found;
  for (const Groups& groups : every_match(R"((?<![-\w])(--[a-z][a-z-]*))", text)) found.insert(groups[1]);
  return found;
}

TEST(Documents, NameEveryOptionAndNoOther) {
  std::set<std::string> there =
      options_in(Newcomer::bash_in(in_project(), "for command in '' init run gate merge history check forms report "
                                                 "explain watch repro 'watch maintenance' 'import har' 'import "
                                                 "recording' record; do murphy $command --help; done")
                     .out);
  ASSERT_TRUE(there.contains("--junit-strict"));
  const std::set<std::string> of_others{"--build",     "--check",        "--depth",
                                        "--fail",      "--grep",         "--ignore-missing",
                                        "--install",   "--location",     "--no-install-recommends",
                                        "--noreload",  "--output",       "--parallel",
                                        "--pdeathsig", "--port",         "--prefix",
                                        "--provider",  "--report-junit", "--retries",
                                        "--save-har",  "--since",        "--test",
                                        "--variable"};
  std::set<std::string> named;
  for (const std::string& page : pages()) {
    for (const std::string& option : options_in(read_page(page))) {
      named.insert(option);
      EXPECT_TRUE(there.contains(option) || of_others.contains(option)) << page << " names " << option;
    }
  }
  for (const std::string& option : there) EXPECT_TRUE(named.contains(option)) << option << " is in no document";
}

TEST(Documents, LinkToWhatIsThere) {
  std::size_t seen = 0;
  std::vector<std::string> linking = pages();
  linking.emplace_back("fixtures/dashboard/README.md");
  for (const std::string& page : linking) {
    for (const Link& link : links(page)) {
      if (link.target.find("://") != std::string::npos) continue;
      ++seen;
      const std::string where = page + ":" + std::to_string(link.line) + ": " + link.target;
      const std::size_t hash = std::min(link.target.find('#'), link.target.size());
      const std::string path = link.target.substr(0, hash);
      const std::filesystem::path base = std::filesystem::path(page).parent_path();
      const std::string target = path.empty() ? page : (base / path).lexically_normal().string();
      ASSERT_TRUE(std::filesystem::exists(in_project(target))) << where;
      if (hash == link.target.size()) continue;
      EXPECT_THAT(anchors(target), Contains(link.target.substr(hash + 1))) << where;
    }
  }
  EXPECT_GE(seen, 15U);
}

TEST(Documents, AreReachedFromTheReadme) {
  std::set<std::string> linked;
  for (const Link& link : links("README.md")) linked.insert(link.target.substr(0, link.target.find('#')));
  linked.insert("README.md");
  for (const std::string& page : pages()) EXPECT_TRUE(linked.contains(page)) << page;
}

TEST(Documents, NameTheFoldersOfTheHouse) {
  const std::string page = read_page("CONTRIBUTING.md");
  for (const auto& entry : std::filesystem::directory_iterator(in_project("harness"))) {
    if (!entry.is_directory()) continue;
    EXPECT_THAT(page, HasSubstr("| `harness/" + entry.path().filename().string() + "/` |"));
  }
}

} // namespace
} // namespace murphy::docs
