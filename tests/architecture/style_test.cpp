// What clang-format does not hold: one style of test names, and comments whose lines are filled.
#include "project_files.h"

#include <algorithm>
#include <cctype>
#include <fmt/format.h>
#include <gmock/gmock.h>
#include <string>
#include <string_view>
#include <vector>

namespace murphy::architecture {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

std::string_view without_indent(std::string_view line) {
  return line.substr(std::min(line.find_first_not_of(' '), line.size()));
}

bool is_pascal_case(std::string_view name) {
  return !name.empty() && std::isupper(static_cast<unsigned char>(name.front())) != 0 && !name.contains('_');
}

// The names in TEST(Suite, Name), TEST_F, TEST_P and INSTANTIATE_TEST_SUITE_P(Name, Suite, ...).
std::vector<std::string_view> test_names(std::string_view line) {
  const bool names_tests = line.starts_with("TEST") || line.starts_with("INSTANTIATE_TEST_SUITE_P(");
  if (!names_tests || !line.contains('(')) return {};
  std::string_view rest = line.substr(line.find('(') + 1);
  std::vector<std::string_view> names;
  for (int number = 0; number < 2; ++number) {
    rest = without_indent(rest);
    const std::size_t end = std::min(rest.find_first_of(",) "), rest.size());
    if (end > 0) names.push_back(rest.substr(0, end));
    rest = rest.substr(std::min(end + 1, rest.size()));
  }
  return names;
}

std::vector<std::string> misnamed_tests(const SourceFile& file) {
  std::vector<std::string> faults;
  std::size_t number = 0;
  for (const std::string& line : file.lines()) {
    ++number;
    for (const std::string_view name : test_names(line)) {
      if (!is_pascal_case(name))
        faults.push_back(fmt::format("{}:{}: {}: write test names LikeThis", file.name, number, name));
    }
  }
  return faults;
}

constexpr std::string_view slashes = "// ";

// The words of a line that is a comment and belongs to a paragraph; nothing for code, lists and examples.
std::string_view words_of_comment(std::string_view line) {
  line = without_indent(line);
  if (!line.starts_with(slashes)) return {};
  line.remove_prefix(slashes.size());
  return line.starts_with(' ') ? std::string_view() : line;
}

// A line that ends in the middle of a sentence long before the others do, as when text was put in and not filled again,
// or a rule that was broken off its heading.
std::vector<std::string> torn_comments(const SourceFile& file) {
  constexpr std::size_t short_line = 60;
  std::vector<std::string> faults;
  const std::vector<std::string> lines = file.lines();
  for (std::size_t at = 0; at + 1 < lines.size(); ++at) {
    const std::string_view words = words_of_comment(lines[at]);
    const std::string_view next = words_of_comment(lines[at + 1]);
    const bool rule = words.size() > 10 && words.find_first_not_of('-') == std::string_view::npos;
    const bool ends = words.empty() || next.empty() || std::string_view(".:;!?").contains(words.back());
    if (rule || (!ends && lines[at].size() + 1 + std::min(next.find(' '), next.size()) < short_line))
      faults.push_back(fmt::format("{}:{}: a comment torn in its middle; fill its lines", file.name, at + 1));
  }
  return faults;
}

TEST(Style, TestNamesAreInPascalCase) {
  std::vector<std::string> faults;
  std::size_t seen = 0;
  for (const SourceFile& file : project_files({"tests"}, {".cpp"})) {
    for (const std::string& line : file.lines()) seen += test_names(line).size();
    for (std::string& fault : misnamed_tests(file)) faults.push_back(std::move(fault));
  }
  EXPECT_GT(seen, 1000U) << "the tests were not found";
  EXPECT_THAT(faults, IsEmpty());
}

TEST(Style, CommentsAreWhole) {
  std::vector<std::string> faults;
  for (const SourceFile& file : project_files({"harness", "reports", "fixtures", "tests"}, {".h", ".cpp"})) {
    for (std::string& fault : torn_comments(file)) faults.push_back(std::move(fault));
  }
  EXPECT_THAT(faults, IsEmpty());
}

TEST(Style, FaultsAreFoundWhereTheyAre) {
  EXPECT_THAT(misnamed_tests({"a_test.cpp", "TEST(Run, Ends) {}\nTEST_F(Run, ends_early) {}\nTEST(run, Ends) {}\n"}),
              ElementsAre("a_test.cpp:2: ends_early: write test names LikeThis",
                          "a_test.cpp:3: run: write test names LikeThis"));
  EXPECT_THAT(torn_comments({"a.h", "// Text that\n// goes on.\n// A list:\n// one\nint a;\n//   a;\n//   b;\n"}),
              ElementsAre("a.h:1: a comment torn in its middle; fill its lines"));
}

} // namespace
} // namespace murphy::architecture
