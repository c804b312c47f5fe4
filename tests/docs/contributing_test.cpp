// The recipes of CONTRIBUTING.md name the files that one of their kind really takes: one that is there is searched for.
#include "markdown.h"
#include "newcomer.h"
#include "tests/places.h"

#include <algorithm>
#include <filesystem>
#include <gmock/gmock.h>
#include <regex>
#include <set>

namespace murphy::docs {
namespace {

namespace fs = std::filesystem;
using testing::Contains;
using testing::IsEmpty;
using testing::Not;

const fs::path sources_of_project = in_project();

// The text of a section, from its heading to the next one of any level.
std::string section(const std::string& heading) {
  const std::string text = read_page("CONTRIBUTING.md");
  const std::size_t begin = text.find("\n### " + heading + "\n");
  if (begin == std::string::npos) return {};
  return text.substr(begin + 1, text.find("\n#", begin + 1) - begin);
}

// The files in the lines "- `file`, `file`: what to do there" of a recipe.
std::set<std::string> files_of(const std::string& heading) {
  std::set<std::string> files;
  for (const Groups& item : every_match(R"(\n- (`[^:\n]*`):)", section(heading)))
    for (const Groups& file : every_match("`([^`]+)`", item[1])) files.insert(file[1]);
  return files;
}

// The files below the folders in which the pattern is found.
std::set<std::string> files_with(const std::string& pattern, const std::vector<std::string>& folders) {
  const std::regex expression(pattern);
  std::set<std::string> files;
  for (const std::string& folder : folders) {
    for (const auto& entry : fs::recursive_directory_iterator(sources_of_project / folder)) {
      if (entry.is_regular_file() && std::regex_search(end_to_end::read_file(entry.path()), expression))
        files.insert(fs::relative(entry.path(), sources_of_project));
    }
  }
  return files;
}

struct Recipe {
  std::string heading;
  std::string example; // a pattern: the names that one of this kind goes by in sources
  std::string key;     // what it is called by users; named in each document and test of the recipe
};

void PrintTo(const Recipe& recipe, std::ostream* out) { *out << recipe.heading; }

class ARecipe : public testing::TestWithParam<Recipe> {};

TEST_P(ARecipe, NamesTheSourcesOfAnExample) {
  std::set<std::string> sources;
  for (const std::string& file : files_of(GetParam().heading))
    if (file.starts_with("harness/") || file.starts_with("reports/")) sources.insert(file);
  EXPECT_EQ(sources, files_with(GetParam().example, {"harness", "reports"}));
}

TEST_P(ARecipe, NamesDocumentsAndTestsThatHaveTheExample) {
  const std::set<std::string> with_it = files_with(GetParam().example + "|" + GetParam().key, {"docs", "tests"});
  std::set<std::string> folders;
  for (const std::string& file : files_of(GetParam().heading)) {
    if (!file.starts_with("docs/") && !file.starts_with("tests/")) continue;
    folders.insert(file.substr(0, file.find('/')));
    EXPECT_THAT(with_it, Contains(file));
  }
  EXPECT_EQ(folders, (std::set<std::string>{"docs", "tests"})) << "a recipe has a document and a test";
}

INSTANTIATE_TEST_SUITE_P(Contributing, ARecipe,
                         testing::Values(Recipe{"A verb", R"(\b(Click|read_click_step)\b)", R"(\bclick\b)"},
                                         Recipe{"An expectation", R"(\b(ExpectTitle|expected_title|wrong_title)\b)",
                                                R"(\btitle\b)"},
                                         Recipe{"A report", R"(\bjunit\()", "junit"}),
                         [](const auto& instance) {
                           std::string name = instance.param.heading;
                           std::erase(name, ' ');
                           return name;
                         });

// Each column in its order, as the heading of the table has it.
TEST(Contributing, NamesTheColumnsOfASignature) {
  const std::string table = end_to_end::read_file(sources_of_project / "harness/diagnose/signatures.tsv");
  std::string columns;
  for (const Groups& item : every_match(R"(\n- `(\w+)`: )", section("A signature")))
    columns += (columns.empty() ? "" : "\t") + item[1];
  EXPECT_FALSE(columns.empty());
  EXPECT_NE(table.find("\n" + columns + "\n"), std::string::npos) << columns;
  for (const char* file : {"harness/diagnose/signatures.tsv", "tests/diagnose/signature_layers_test.cpp"}) {
    EXPECT_TRUE(fs::exists(sources_of_project / file));
    EXPECT_NE(section("A signature").find("`" + std::string(file) + "`"), std::string::npos) << file;
  }
}

// Each key that a regression.toml has, and no other.
TEST(Contributing, NamesWhatARegressionHolds) {
  std::set<std::string> keys;
  for (const auto& folder : fs::directory_iterator(sources_of_project / "fixtures/regressions")) {
    EXPECT_TRUE(fs::is_directory(folder.path() / "app")) << folder.path();
    const std::string text = end_to_end::read_file(folder.path() / "regression.toml");
    for (const Groups& key : every_match(R"((?:^|\n)([a-z_]+) *=)", text)) keys.insert(key[1]);
  }
  std::set<std::string> named;
  for (const Groups& item : every_match(R"(\n- `(\w+)`: )", section("A regression"))) named.insert(item[1]);
  EXPECT_EQ(named, keys);
}

TEST(Contributing, NamesFilesThatAreThere) {
  std::set<std::string> missing;
  for (const Groups& name : every_match(R"(`((?:harness|reports|tests|docs|fixtures|scripts|\.ci)/[^`\s]*[a-z]))",
                                        read_page("CONTRIBUTING.md"))) {
    if (name[1].find_first_of("NX") == std::string::npos && !fs::exists(sources_of_project / name[1]))
      missing.insert(name[1]);
  }
  EXPECT_THAT(missing, IsEmpty());
}

} // namespace
} // namespace murphy::docs
