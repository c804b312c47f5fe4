// A name of a type means one thing: no two headers declare it, unless it is one thing seen from several rooms.
#include "project_files.h"

#include <algorithm>
#include <gmock/gmock.h>
#include <map>
#include <regex>
#include <string>
#include <vector>

namespace murphy::architecture {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;
using testing::UnorderedElementsAre;

// What each of them is, in every room that has it.
const std::map<std::string, std::string> one_thing{
    {"Cookie", "a cookie: as web/ keeps it, as drive/ shows it"},
    {"Document", "a text that was parsed into a tree: of a scenario, of a page"},
    {"Element", "an element of a page: as web/ has it, as drive/ shows it"},
    {"Evidence", "what is known of a step: as the journal has it, as the diagnosis reads it"},
    {"Exchange", "a request and its answer: as the journal has it, as the diagnosis reads it"},
    {"Filling", "a field and what it is filled with: as written, as typed"},
    {"KnownGood", "the baseline: as the file has it, as the diagnosis reads it"},
    {"Request", "a request: as written, as sent"},
    {"Selector", "a CSS selector: to be used, to be matched"},
    {"ShownError", "an error that a page shows: as found, as recorded"},
    {"TlsSettings", "whom the client trusts: as written, as used"},
};

// The text without comments and strings.
std::string code_of_header(const std::string& text) {
  static const std::regex blank(R"re(//[^\n]*|/\*[^*]*\*+(?:[^/*][^*]*\*+)*/|"(?:\\.|[^"\\\n])*")re");
  return std::regex_replace(text, blank, "");
}

// The types that a header declares outside of every function and class.
std::vector<std::string> types_of(const SourceFile& header) {
  static const std::regex piece(
      R"((namespace[ \w:]*\{)|\b(?:struct|class|enum class|enum)\s+([A-Z]\w*)\s*(?:final\s*)?(?::[^{;()]*)?(?=\{)|(\{)|(\}))");
  const std::string code = code_of_header(header.text);
  std::vector<std::string> found;
  std::vector<bool> namespaces; // of every brace that is open, whether it is a namespace's
  for (std::sregex_iterator at(code.begin(), code.end(), piece), end; at != end; ++at) {
    const std::smatch& match = *at;
    if (match[1].matched)
      namespaces.push_back(true);
    else if (match[3].matched)
      namespaces.push_back(false);
    else if (match[4].matched && !namespaces.empty())
      namespaces.pop_back();
    else if (match[2].matched && std::ranges::find(namespaces, false) == namespaces.end())
      found.push_back(match[2]);
  }
  return found;
}

TEST(Types, HaveANameOfTheirOwn) {
  std::map<std::string, std::vector<std::string>> headers;
  for (const SourceFile& header : project_files({"harness", "reports"}, {".h"}))
    for (const std::string& type : types_of(header)) headers[type].push_back(header.name);
  EXPECT_GT(headers.size(), 200U);
  for (const auto& [type, names] : headers) {
    if (names.size() > 1 && !one_thing.contains(type))
      ADD_FAILURE() << type << " is two types, of " << names[0] << " and " << names[1] << ": rename one of them";
  }
  for (const auto& [type, meaning] : one_thing) EXPECT_GT(headers[type].size(), 1U) << type << " is one type now";
}

TEST(Types, AreFoundInAHeader) {
  EXPECT_THAT(types_of({"a.h", "namespace m::n {\nstruct A { struct Inner { int i; }; };\nenum class B : char { c };\n"
                               "class C final : public A {};\nstruct Later;\n} // struct D {}\n"}),
              UnorderedElementsAre("A", "B", "C"));
  EXPECT_THAT(types_of({"a.h", "inline void f() { struct Local {}; }\n"}), IsEmpty());
  EXPECT_THAT(types_of({"a.h", "namespace { }\nstruct E {};\n"}), ElementsAre("E"));
}

} // namespace
} // namespace murphy::architecture
