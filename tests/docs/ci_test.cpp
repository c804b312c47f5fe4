// The snippets for CI systems: they can be parsed, and the commands in them are run.
#include "markdown.h"
#include "newcomer.h"

#include <filesystem>
#include <gmock/gmock.h>
#include <map>
#include <regex>

namespace murphy::docs {
namespace {

using testing::HasSubstr;

std::vector<Block> snippets() {
  std::vector<Block> found;
  for (Block& block : all_blocks())
    if (block.tag == "yaml" || block.tag == "groovy") found.push_back(std::move(block));
  return found;
}

TEST(Ci, SnippetsInYamlCanBeParsed) {
  const std::map<std::string, std::string> top{{".github/workflows/sign-in.yml", "jobs"},
                                               {".gitlab-ci.yml", "sign-in"}};
  std::size_t parsed = 0;
  for (const Block& block : snippets()) {
    if (block.tag != "yaml") continue;
    const end_to_end::TemporaryFolder folder;
    folder.write("ci.yml", block.text);
    const auto read =
        Newcomer::bash_in(folder.path(), "python3 -c 'import yaml; print(*yaml.safe_load(open(\"ci.yml\")))'");
    EXPECT_EQ(read.code, 0) << place(block) << "\n" << read.err;
    ASSERT_TRUE(top.contains(block.name)) << place(block) << ": say which file it is";
    EXPECT_THAT(read.out, HasSubstr(top.at(block.name)));
    ++parsed;
  }
  EXPECT_EQ(parsed, top.size());
}

TEST(Ci, SnippetsRunMurphyAsItIs) {
  static const std::regex murphy(R"((?:^|[ '/])murphy (run|check|report)([^'\n]*))");
  for (const Block& block : snippets()) {
    std::smatch found;
    ASSERT_TRUE(std::regex_search(block.text, found, murphy)) << place(block) << " does not run murphy";
    const Newcomer newcomer;
    const auto run = newcomer.bash("ADA_PASSWORD=any murphy " + found[1].str() + found[2].str());
    EXPECT_EQ(run.code, 0) << place(block) << "\n" << run.out << run.err;
    for (const char* written : {"sign-in.xml", "sign-in.jsonl"})
      EXPECT_TRUE(std::filesystem::exists(newcomer.folder() / written)) << place(block) << " keeps " << written;
    EXPECT_THAT(block.text, HasSubstr("sign-in.xml")) << place(block) << " hands the report to nobody";
  }
}

// murphy/scripts/…, with Murphy checked out into the folder murphy.
TEST(Ci, SnippetsNameScriptsAndTheBinaryWhereTheyAre) {
  static const std::regex path(R"(murphy/(scripts/[a-z]+|build/release/(\S+)))");
  for (const Block& block : snippets()) {
    for (auto each = std::sregex_iterator(block.text.begin(), block.text.end(), path); each != std::sregex_iterator();
         ++each) {
      if ((*each)[2].matched)
        EXPECT_EQ((*each)[2], std::filesystem::relative(MURPHY_BINARY, MURPHY_BINARY_DIR).string()) << place(block);
      else
        EXPECT_TRUE(std::filesystem::exists(MURPHY_SOURCE_DIR "/" + (*each)[1].str())) << place(block);
    }
  }
}

} // namespace
} // namespace murphy::docs
