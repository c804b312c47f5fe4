// Every example in a fence is one that a test knows what to do with, and those in TOML are read by `murphy check`.
#include "base/text.h"
#include "markdown.h"
#include "newcomer.h"
#include "tests/places.h"

#include <gmock/gmock.h>
#include <optional>
#include <set>

namespace murphy::docs {
namespace {

using testing::HasSubstr;

// These pages are proved beside what they describe: tests/scenario/language_document_test.cpp, tests/record.
bool has_tests_of_its_own(const Block& block) {
  return block.page == "docs/language.md" || (block.page == "docs/journal.md" && block.tag == "jsonl");
}

TEST(Examples, AreOfAKindThatIsProved) {
  const std::set<std::string> known{"toml", "sh", "console", "yaml", "groovy", "text"};
  for (const Block& block : all_blocks()) {
    if (has_tests_of_its_own(block)) continue;
    EXPECT_TRUE(known.contains(block.tag))
        << place(block) << ": say what the block holds (```sh, ```toml …); a new kind needs a test here";
    EXPECT_FALSE(block.text.empty()) << place(block);
  }
}

// A feature file that is right for every project.
constexpr const char* any_feature = R"(feature = "Any"

[[scenario]]
name  = "The app answers"
steps = [{ open = "/" }]
)";

TEST(Examples, InTomlAreWithoutErrors) {
  std::optional<std::string> project; // the last one of the page
  std::string page;
  int read = 0;
  for (const Block& block : all_blocks()) {
    if (block.tag != "toml" || has_tests_of_its_own(block) || block.name == ".taplo.toml") continue;
    if (block.page != page) project.reset();
    page = block.page;
    const bool is_project = block.name == "murphy.toml";
    if (is_project) project = block.text;
    ASSERT_TRUE(project) << place(block) << ": begin with a project file, ```toml murphy.toml";
    const end_to_end::TemporaryFolder folder;
    folder.write("murphy.toml", *project);
    folder.write("scenarios/example.toml", is_project ? any_feature : block.text);
    const auto checked = Newcomer::bash_in(folder.path(), "murphy check");
    EXPECT_EQ(checked.code, 0) << place(block) << "\n" << checked.err;
    EXPECT_THAT(checked.out, HasSubstr("no errors"));
    ++read;
  }
  EXPECT_GE(read, 3);
}

// Every sentence of the block stands in one of the tests, quotes aside.
void expect_in_tests(const Block& block, const std::vector<std::string>& files) {
  std::string proved;
  for (const std::string& file : files) {
    std::string text = end_to_end::read_file(in_project("tests/") + file);
    std::erase(text, '\\');
    proved += text;
  }
  for (const std::string_view line : split(block.text, '\n')) {
    std::string_view sentence = trim(line);
    if (const std::size_t dash = sentence.find(" — "); dash != std::string_view::npos)
      sentence = sentence.substr(dash + std::string_view(" — ").size());
    EXPECT_THAT(proved, HasSubstr(std::string(sentence))) << place(block);
  }
}

TEST(Examples, OfOutputAreWhatIsSaid) {
  std::string log; // the last one of the page
  for (const Block& block : all_blocks()) {
    if (block.tag != "text") continue;
    if (block.page == "README.md") continue; // made by scripts/refresh-readme, see readme_test.cpp
    if (block.name == "murphy.sources") {    // tests/package/run installs Murphy by it
      EXPECT_EQ(block.text, end_to_end::read_file(in_project("tests/package/murphy.sources")));
      continue;
    }
    if (block.name == "app.log") {
      log = block.text;
      continue;
    }
    if (block.name == "explained") {
      const end_to_end::TemporaryFolder folder;
      folder.write("app.log", log);
      EXPECT_EQ(Newcomer::bash_in(folder.path(), "murphy explain app.log").out, block.text) << place(block);
      continue;
    }
    if (block.name == "verdict") {
      Block unmarked = block;
      unmarked.text.erase(0, unmarked.text.find(' ')); // the mark belongs to the console
      expect_in_tests(unmarked, {"gate/verdict_test.cpp"});
      continue;
    }
    if (block.name == "causes") {
      expect_in_tests(block, {"diagnose/suspects_by_baseline_test.cpp"});
      continue;
    }
    if (block.name == "drift") {
      expect_in_tests(block, {"snapshot/drift_test.cpp", "end_to_end/snapshot_test.cpp"});
      continue;
    }
    if (block.text == "port 8080 is in use by python3, pid 4711\n") {
      EXPECT_THAT(end_to_end::read_file(in_project("tests/target/target_test.cpp")), HasSubstr("is in use by "));
      continue;
    }
    ADD_FAILURE() << place(block) << ": nothing proves that this is said";
  }
}

} // namespace
} // namespace murphy::docs
