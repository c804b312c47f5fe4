// A call says what its arguments mean: no bare true or false, and no row of strings that only their order
// distinguishes.
#include "project_files.h"

#include <algorithm>
#include <array>
#include <fmt/format.h>
#include <gmock/gmock.h>
#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace murphy::architecture {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

// Where it holds.
const std::vector<std::string> folders{"harness", "reports"};

// Functions that are not ours, of one argument whose meaning their name says, or of containers and algorithms.
const std::vector<std::string_view> foreign{"value_or", "allow_extra_args", "optional", "count",     "find",
                                            "exchange", "no_delay",         "eager",    "ParserBase"};

// The source with comments and what strings hold blanked out; every line stays where it is.
std::string code_of(std::string text) {
  const auto blank = [&text](std::size_t from, std::size_t to) {
    for (std::size_t at = from; at < std::min(to, text.size()); ++at)
      if (text[at] != '\n') text[at] = ' ';
    return std::min(to, text.size());
  };
  for (std::size_t at = 0; at < text.size();) {
    const bool begins_word = at == 0 || !is_word(text[at - 1]);
    if (text.compare(at, 2, "//") == 0) {
      at = blank(at, text.find('\n', at));
    } else if (text.compare(at, 2, "/*") == 0) {
      at = blank(at, text.find("*/", at) + 2);
    } else if (text.compare(at, 2, "R\"") == 0 && begins_word) {
      const std::size_t open = text.find('(', at);
      const std::string close = ")" + text.substr(at + 2, open - at - 2) + "\"";
      at = blank(at + 2, text.find(close, open) + close.size() - 1) + 1;
    } else if (text[at] == '"' || (text[at] == '\'' && begins_word)) {
      std::size_t end = at + 1;
      while (end < text.size() && text[end] != text[at]) end += text[end] == '\\' ? 2 : 1;
      at = blank(at + 1, end) + 1;
    } else {
      ++at;
    }
  }
  return text;
}

std::size_t line_of(std::string_view text, std::size_t at) {
  return 1 + static_cast<std::size_t>(std::ranges::count(text.substr(0, at), '\n'));
}

char before(std::string_view text, std::size_t at) {
  while (at > 0 && std::isspace(static_cast<unsigned char>(text[at - 1])) != 0) --at;
  return at == 0 ? '\0' : text[at - 1];
}

char after(std::string_view text, std::size_t at) {
  while (at < text.size() && std::isspace(static_cast<unsigned char>(text[at])) != 0) ++at;
  return at == text.size() ? '\0' : text[at];
}

// The name in front of the parenthesis that holds this place; empty where braces or brackets hold it, or no name does.
std::string_view callee(std::string_view text, std::size_t at) {
  int depth = 0;
  while (at > 0) {
    const char c = text[--at];
    if (c == ')' || c == ']' || c == '}') ++depth;
    if ((c == '(' || c == '[' || c == '{') && --depth < 0) {
      if (c != '(') return {};
      std::size_t begin = at;
      while (begin > 0 && is_word(text[begin - 1])) --begin;
      return text.substr(begin, at - begin);
    }
    if (c == ';' && depth == 0) return {};
  }
  return {};
}

// A member that a constructor sets, a keyword, a function that is not ours.
bool may_take_bool(std::string_view name) {
  constexpr std::array<std::string_view, 4> keywords{"while", "if", "switch", "return"};
  return name.empty() || name.ends_with('_') || std::ranges::find(keywords, name) != keywords.end() ||
         std::ranges::find(foreign, name) != foreign.end();
}

std::vector<std::string> bare_bools(const SourceFile& file) {
  std::vector<std::string> faults;
  const std::string text = code_of(file.text);
  for (const std::string_view word : {"true", "false"}) {
    for (std::size_t at = text.find(word); at != std::string::npos; at = text.find(word, at + 1)) {
      const char previous = before(text, at), next = after(text, at + word.size());
      if ((previous != '(' && previous != ',') || (next != ')' && next != ',')) continue;
      const std::string_view name = callee(text, at);
      if (may_take_bool(name)) continue;
      faults.push_back(fmt::format("{}:{}: {}({}): take an enum, or make two functions of it", file.name,
                                   line_of(text, at), name, word));
    }
  }
  return faults;
}

// How many strings each struct of these files holds; the largest number where two are called alike.
std::map<std::string, int> strings_of_structs(const std::vector<SourceFile>& files) {
  std::map<std::string, int> strings;
  for (const SourceFile& file : files) {
    std::string name;
    for (std::string_view line : SourceFile{file.name, code_of(file.text)}.lines()) {
      line.remove_prefix(std::min(line.find_first_not_of(' '), line.size()));
      if (line.starts_with("struct ") && line.ends_with('{')) name = line.substr(7, line.find_first_of(" :{", 7) - 7);
      if (line.starts_with('}')) name.clear();
      if (name.empty() || !line.contains(';') || line.contains('(')) continue;
      if (line.starts_with("std::string ") || line.starts_with("std::string_view "))
        strings[name] += 1 + static_cast<int>(std::ranges::count(line, ','));
    }
  }
  return strings;
}

// `Name{a, b, …}` of a struct with several strings, whose members are not named.
std::vector<std::string> unnamed_members(const SourceFile& file, const std::map<std::string, int>& strings) {
  std::vector<std::string> faults;
  const std::string text = code_of(file.text);
  for (std::size_t at = text.find('{'); at != std::string::npos; at = text.find('{', at + 1)) {
    std::size_t begin = at;
    while (begin > 0 && is_word(text[begin - 1])) --begin;
    const std::string name = text.substr(begin, at - begin);
    const auto found = strings.find(name);
    if (found == strings.end() || found->second < 3) continue;
    const char first = after(text, at + 1);
    if (first == '.' || first == '}') continue;
    faults.push_back(fmt::format("{}:{}: {}{{…}}: name its members, {} of them are strings", file.name,
                                 line_of(text, at), name, found->second));
  }
  return faults;
}

TEST(Calls, SayWhatTheirArgumentsMean) {
  const auto files = project_files(folders, {".h", ".cpp"});
  ASSERT_GT(files.size(), 50U) << "the files were not found";
  const auto strings = strings_of_structs(project_files({"harness", "reports"}, {".h"}));
  ASSERT_EQ(strings.at("Error"), 3);
  for (const SourceFile& file : files) {
    for (const std::string& fault : bare_bools(file)) ADD_FAILURE() << fault;
    auto known = strings_of_structs({file});
    known.insert(strings.begin(), strings.end());
    for (const std::string& fault : unnamed_members(file, known)) ADD_FAILURE() << fault;
  }
}

TEST(Calls, AreFoundWhereTheyDoNot) {
  EXPECT_THAT(bare_bools({"a.cpp", "probe(url, true, f(x));\n"
                                   "// probe(true)\n"
                                   "run(steps,\n    {1, 2},\n    false);\n"
                                   "probe(\"(true)\", x);\n"
                                   "make<int>(true);\n"}),
              ElementsAre("a.cpp:1: probe(true): take an enum, or make two functions of it",
                          "a.cpp:5: run(false): take an enum, or make two functions of it"))
      << "a call with template arguments has no name in front of its parenthesis";
  EXPECT_THAT(bare_bools({"a.cpp", "while (true) {}\nx.value_or(false);\nA() : open_(true) {}\nf({.deep = true});\n"
                                   "void g(bool deep = false);\nconst char* text = R\"x(f(true))x\"; f('(', 1);\n"}),
              IsEmpty());
  const SourceFile header{"a.h",
                          "struct Fault {\n  int line = 0;\n  std::string what, why;\n  std::string where;\n};\n"};
  const auto strings = strings_of_structs({header});
  EXPECT_EQ(strings.at("Fault"), 3);
  EXPECT_THAT(unnamed_members({"a.cpp", "Fault{1, a, b, c};\nFault{\n    .line = 1};\nFault{};\nOther{a};\n"}, strings),
              ElementsAre("a.cpp:1: Fault{…}: name its members, 3 of them are strings"));
}

} // namespace
} // namespace murphy::architecture
