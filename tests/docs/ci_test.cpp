// The snippets for CI systems: they can be parsed, and the commands in them are run.
#include "markdown.h"
#include "newcomer.h"
#include "tests/places.h"

#include <filesystem>
#include <gmock/gmock.h>
#include <map>

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
  const std::string murphy = R"((?:^|[ '/])murphy (run|check|report)([^'\n]*))";
  for (const Block& block : snippets()) {
    const auto found = every_match(murphy, block.text);
    ASSERT_FALSE(found.empty()) << place(block) << " does not run murphy";
    const Newcomer newcomer;
    const auto run = newcomer.bash("ADA_PASSWORD=any murphy " + found[0][1] + found[0][2]);
    EXPECT_EQ(run.code, 0) << place(block) << "\n" << run.out << run.err;
    for (const char* written : {"sign-in.xml", "sign-in.jsonl"})
      EXPECT_TRUE(std::filesystem::exists(newcomer.folder() / written)) << place(block) << " keeps " << written;
    EXPECT_THAT(block.text, HasSubstr("sign-in.xml")) << place(block) << " hands the report to nobody";
  }
}

// murphy/scripts/…, with Murphy checked out into the folder murphy.
TEST(Ci, SnippetsNameScriptsAndTheBinaryWhereTheyAre) {
  const std::string path = R"(murphy/(scripts/[a-z]+|build/release/(\S+)))";
  for (const Block& block : snippets()) {
    for (const Groups& groups : every_match(path, block.text)) {
      if (!groups[2].empty())
        EXPECT_EQ(groups[2], std::filesystem::relative(murphy_program(), build_folder()).string()) << place(block);
      else
        EXPECT_TRUE(std::filesystem::exists(in_project(groups[1]))) << place(block);
    }
  }
}

} // namespace
} // namespace murphy::docs
