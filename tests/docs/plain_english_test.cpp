// README, CHANGELOG, docs/ and every help text in words that a tired engineer reads at once.
#include "plain_english.h"

#include "command.h"
#include "markdown.h"
#include "newcomer.h"
#include "tests/places.h"

#include <algorithm>
#include <filesystem>
#include <gmock/gmock.h>

namespace murphy::docs {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

void expect_plain(const std::string& where, const std::vector<Passage>& passages) {
  for (const Passage& passage : passages) {
    const std::string at = where + ":" + std::to_string(passage.line) + ": ";
    for (const std::string& word : odd_words(passage.text)) ADD_FAILURE() << at << word << "\n  " << passage.text;
    for (const std::string& sentence : long_sentences(passage.text))
      ADD_FAILURE() << at << "more than 25 words; make two sentences of it\n  " << sentence;
  }
}

// Every page: those of the top folder, of docs/, and those beside what they describe.
std::vector<std::string> pages_to_read() {
  std::vector<std::string> found = pages();
  for (const char* page : {"CONTRIBUTING.md", "fixtures/dashboard/README.md", "tests/faults/README.md"})
    if (std::filesystem::exists(in_project(page))) found.emplace_back(page);
  return found;
}

TEST(PlainEnglish, IsOnEveryPage) {
  std::size_t seen = 0;
  for (const std::string& page : pages_to_read()) {
    const std::vector<Passage> passages = passages_of_page(read_page(page));
    seen += passages.size();
    expect_plain(page, passages);
  }
  EXPECT_GT(seen, 500U);
}

TEST(PlainEnglish, IsInEveryHelpText) {
  const std::string help = Newcomer::bash_in(in_project(), "murphy --help").out;
  std::vector<std::string> commands{""};
  for (const Groups& groups : every_match(R"(\n  ([a-z]+) )", help.substr(0, help.find("Exit codes:"))))
    commands.push_back(groups[1]);
  ASSERT_GE(commands.size(), 7U) << help;
  for (const std::string& command : commands) {
    const std::string line = "murphy " + command + (command.empty() ? "--help" : " --help");
    const std::vector<Passage> passages = passages_of_help(Newcomer::bash_in(in_project(), line).out);
    EXPECT_GE(passages.size(), 5U) << line;
    expect_plain(line, passages);
  }
}

// Messages are made of several texts, which a name or a number separates: their sentences are not counted.
TEST(PlainEnglish, IsInEveryMessage) {
  std::size_t seen = 0;
  for (const char* folder : {"harness", "reports"}) {
    for (const auto& entry : std::filesystem::recursive_directory_iterator(in_project(folder))) {
      const std::string file = entry.path().filename();
      // It reads the words of journals that Murphy wrote before; the other has names of alphabets.
      if ((entry.path().extension() != ".cpp" && entry.path().extension() != ".h") || file == "journal_version_1.cpp" ||
          file == "pattern_properties.cpp")
        continue;
      for (const Passage& passage : passages_of_source(end_to_end::read_file(entry.path()))) {
        ++seen;
        for (const std::string& word : odd_words(passage.text))
          ADD_FAILURE() << file << ":" << passage.line << ": " << word << "\n  " << passage.text;
      }
    }
  }
  EXPECT_GT(seen, 1000U);
}

TEST(PlainEnglish, FindsWordsOfTheList) {
  EXPECT_THAT(odd_words("The column stands in the table."), ElementsAre(HasSubstr("stands: write")));
  EXPECT_THAT(odd_words("A link that leads nowhere has to be Gently removed"),
              ElementsAre(HasSubstr("leads nowhere"), HasSubstr("to be Gently removed")));
  EXPECT_THAT(odd_words("`told` is code, and [this](whoever.md) a target"), IsEmpty());
  EXPECT_THAT(odd_words("The standard is understood"), IsEmpty());
}

TEST(PlainEnglish, FindsLongSentences) {
  std::string words;
  for (int count = 0; count < 25; ++count) words += "word ";
  EXPECT_THAT(long_sentences(words + "— `code word word`."), ElementsAre(HasSubstr("word")));
  EXPECT_THAT(long_sentences(words + "— . Then " + words.substr(5) + "end"), ElementsAre(HasSubstr("Then word")));
  EXPECT_THAT(long_sentences(words + "… . And " + words.substr(15)), IsEmpty());
}

TEST(PlainEnglish, ReadsPagesInPieces) {
  const std::vector<Passage> passages =
      passages_of_page("# Title\n\nOne line,\nand another.\n- item\n  goes on\n2. second\n\n| a | b |\n| --- | --- |\n"
                       "```sh\ntold\n```\n");
  std::vector<std::string> texts;
  for (const Passage& passage : passages) texts.push_back(std::to_string(passage.line) + " " + passage.text);
  EXPECT_THAT(texts, ElementsAre("1 Title", "3 One line, and another.", "5 item goes on", "7 second", "9 a", "9 b",
                                 "10 ---", "10 ---"));
}

TEST(PlainEnglish, ReadsTextsOfSources) {
  const std::vector<Passage> passages = passages_of_source(
      "f(\"word\"); // \"a comment\"\nf('\"', \"one \\\"text\\\" \"\n  \"in two\", R\"x(a raw one)x\", "
      "1'000, \"a b\");\n");
  std::vector<std::string> texts;
  for (const Passage& passage : passages) texts.push_back(std::to_string(passage.line) + " " + passage.text);
  EXPECT_THAT(texts, ElementsAre("2 one \\\"text\\\" in two", "3 a b"));
}

TEST(PlainEnglish, ReadsHelpByOption) {
  const std::string indent(28, ' ');
  const std::vector<Passage> passages = passages_of_help(
      "Usage: murphy\n\n  --tag TAGS                Run only these\n" + indent + "and no others\n\nExample: murphy\n");
  std::vector<std::string> texts;
  for (const Passage& passage : passages) texts.push_back(passage.text);
  EXPECT_THAT(texts, ElementsAre("Usage: murphy", "Run only these and no others", "Example: murphy"));
}

} // namespace
} // namespace murphy::docs
