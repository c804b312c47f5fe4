// Words are for people: what decides compares data. A message of ours may be reworded without a layer changing.
#include "project_files.h"

#include <array>
#include <fmt/format.h>
#include <gmock/gmock.h>
#include <regex>
#include <set>

namespace murphy::architecture {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;
using testing::SizeIs;

// What databases, frameworks and apps write, and a diagnosis may look for.
const std::set<std::string> words_of_others{"at ",
                                            R"(File \")",
                                            "from ",
                                            ":in `",
                                            ":in '",
                                            "SELECT ",
                                            " FROM ",
                                            R"(CREATE TABLE \"schema_migrations\")",
                                            "CREATE TABLE `schema_migrations`",
                                            "Caused by",
                                            "values ",
                                            " in ",
                                            " like",
                                            " entry",
                                            " value:",
                                            "type uuid:",
                                            "syntax for type",
                                            "log in",
                                            "sign in",
                                            ": ",
                                            ">> ",
                                            "marked with ?",
                                            "LINE 1",
                                            "select ",
                                            " from ",
                                            "default value",
                                            "Exception ignored in",
                                            "Traceback ",
                                            R"(Exception in thread \")",
                                            " std",
                                            " stderr ",
                                            " stdout ",
                                            " F ",
                                            " P ",
                                            "] ",
                                            "]: ",
                                            "validation error",
                                            " [type=",
                                            " (type=",
                                            R"(\", line )",
                                            ":line ",
                                            "Did you mean?",
                                            "Stack trace:",
                                            "goroutine "};

// A string literal that something is compared with: `== "…"`, `"…" ==`, `.contains("…")`.
const std::string literal = R"re("((?:[^"\\]|\\.)*)")re";
const std::array comparisons{
    std::regex("[=!]=\\s*" + literal), std::regex(literal + "\\s*[=!]="),
    std::regex("\\b(?:find|rfind|starts_with|ends_with|contains|compare|find_first_of)\\(" + literal)};

// Words of ours that something is compared with, whatever it is.
const std::regex own_words("(?:\\bwords::\\w+\\([^;]*\\)(?:\\.\\w+)?|\\b(?:what|hint|expected|advice|cause))\\s*"
                           "(?:[=!]=\\s*\"|\\.(?:find|rfind|starts_with|ends_with|contains|compare)\\()");

std::vector<std::string> comparisons_with_words(const SourceFile& file) {
  std::vector<std::string> faults;
  std::size_t number = 0;
  for (const std::string& line : file.lines()) {
    ++number;
    for (const std::regex& comparison : comparisons) {
      for (std::sregex_iterator at(line.begin(), line.end(), comparison), end; at != end; ++at) {
        const std::string words = (*at)[1].str();
        if (words.find(' ') != std::string::npos && !words_of_others.contains(words))
          faults.push_back(fmt::format("{}:{}: compares with \"{}\"; carry a code or another value instead", file.name,
                                       number, words));
      }
    }
    if (std::regex_search(line, own_words))
      faults.push_back(fmt::format("{}:{}: compares words that Murphy makes", file.name, number));
  }
  return faults;
}

TEST(Prose, IsComparedNowhereInADiagnosis) {
  std::vector<std::string> faults;
  const auto files = project_files({"harness/diagnose"}, {".h", ".cpp"});
  EXPECT_GT(files.size(), 20U);
  for (const SourceFile& file : files)
    for (std::string& fault : comparisons_with_words(file)) faults.push_back(std::move(fault));
  EXPECT_THAT(faults, IsEmpty());
}

TEST(Prose, IsFoundWhereItIsCompared) {
  const auto found = [](const std::string& line) { return comparisons_with_words({"harness/diagnose/a.cpp", line}); };
  EXPECT_THAT(found("if (failure.got == \"no such header\") return 1;"),
              ElementsAre("harness/diagnose/a.cpp:1: compares with \"no such header\"; carry a code or another value "
                          "instead"));
  EXPECT_THAT(found("if (\"sent on purpose\" == type) return 1;"), SizeIs(1));
  EXPECT_THAT(found("const auto at = got.rfind(\", without \");"), SizeIs(1));
  EXPECT_THAT(found("if (page.contains(\"log in\") || note.starts_with(\"cookie \\\"sid\\\"\")) {"), SizeIs(1));
  EXPECT_THAT(found("if (failure.hint.contains(word)) return 1;"), SizeIs(1));
  EXPECT_THAT(found("if (words::failure_text(failure).got.starts_with(\"x\")) return 1;"), SizeIs(1));
  EXPECT_THAT(found("suspect.cause += \"; there is one\";"), IsEmpty());
  EXPECT_THAT(found("if (line.contains(\"SELECT \")) return 1;"), IsEmpty());
  EXPECT_THAT(found("if (kind == \"column\") return 1;"), IsEmpty());
}

} // namespace
} // namespace murphy::architecture
