// A verb, an expectation or a source of captures that lacks a part does not compile: what reads it, what performs or
// compares it, what names it. The compiler is asked, with copies of the sources that were changed.
#include "tests/places.h"

#include <gmock/gmock.h>

#include <cstdio>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <string>
#include <unistd.h>
#include <vector>

namespace murphy::architecture {
namespace {

using testing::HasSubstr;
using testing::IsEmpty;

namespace fs = std::filesystem;

const fs::path harness = fs::path(in_project()) / "harness";

// Where the parts come together.
const std::vector<std::string> sources{"scenario/step_table.cpp", "scenario/expectations.cpp", "scenario/captures.cpp",
                                       "run/steps/step.cpp",      "run/steps/expect.cpp",      "run/steps/capture.cpp",
                                       "run/steps/step_title.cpp"};

// What the compiler says of a part that is missing.
const std::vector<std::string> complaints{
    "every verb of scenario/model.h has one row in verb_rows",
    "every expectation of scenario/model.h has a row in expectation_rows",
    "every source of a capture in scenario/model.h has one row in source_rows",
    "every verb of scenario/model.h has an operator() in perform.h, or an act() here",
    "every expectation of scenario/model.h has a check() in expect_parts.h",
    "every source of a capture in scenario/model.h has a read() here",
    "every verb of scenario/model.h has a title here",
};

std::string text_of(const fs::path& path) {
  std::ifstream file(path, std::ios::binary);
  std::ostringstream text;
  text << file.rdbuf();
  return text.str();
}

// A copy of the sources in a folder of its own, which goes away with it.
class Copy {
public:
  Copy() {
    std::string name = (fs::temp_directory_path() / "murphy-parts-XXXXXX").string();
    EXPECT_NE(mkdtemp(name.data()), nullptr);
    folder_ = name;
    for (const std::string& source : sources) write(source, text_of(harness / source));
  }
  ~Copy() { fs::remove_all(folder_); }
  Copy(const Copy&) = delete;
  Copy& operator=(const Copy&) = delete;

  // `from` has to be there, once.
  void replace(const std::string& file, const std::string& from, const std::string& to) {
    const fs::path copied = folder_ / file;
    std::string text = text_of(fs::exists(copied) ? copied : harness / file);
    const std::size_t at = text.find(from);
    ASSERT_NE(at, std::string::npos) << file << " has no " << from;
    ASSERT_EQ(text.find(from, at + 1), std::string::npos) << file << " has this twice: " << from;
    write(file, text.replace(at, from.size(), to));
  }

  // From `begin` to the end of the line that is `end`.
  void cut(const std::string& file, const std::string& begin, const std::string& end) {
    const std::string text = text_of(fs::exists(folder_ / file) ? folder_ / file : harness / file);
    const std::size_t from = text.find(begin);
    const std::size_t to = text.find("\n" + end + "\n", from);
    ASSERT_NE(to, std::string::npos) << file << " has no " << begin << " … " << end;
    replace(file, text.substr(from, to + end.size() + 2 - from), "");
  }

  // What the compiler says of all sources together, headers that were not changed being the project's own.
  std::string compiled() const {
    std::ofstream all(folder_ / "all.cpp");
    for (const std::string& source : sources) all << "#include \"" << source << "\"\n";
    all.close();
    const std::string command = MURPHY_COMPILER " -std=c++23 -fsyntax-only -w -I'" + folder_.string() +
                                "' " MURPHY_COMPILER_ARGUMENTS " '" + (folder_ / "all.cpp").string() + "' 2>&1";
    std::string said;
    FILE* const output = popen(command.c_str(), "r");
    EXPECT_NE(output, nullptr);
    char part[4096];
    while (const std::size_t read = std::fread(part, 1, sizeof part, output)) said.append(part, read);
    const int status = pclose(output);
    EXPECT_EQ(status == 0, said.empty()) << said;
    return said;
  }

private:
  void write(const std::string& file, const std::string& text) {
    fs::create_directories((folder_ / file).parent_path());
    std::ofstream(folder_ / file, std::ios::binary) << text;
  }

  fs::path folder_;
};

TEST(Parts, WhereNothingIsMissingTheCompilerIsContent) { EXPECT_THAT(Copy().compiled(), IsEmpty()); }

TEST(Parts, OfWhatIsNewAllHaveToBeThere) {
  Copy copy;
  for (const auto& [name, first] :
       {std::pair("Verb", "Open"), std::pair("Is", "ExpectStatus"), std::pair("From", "Css")}) {
    const std::string alias = "using " + std::string(name) + " =";
    copy.replace("scenario/model.h", alias, "struct Unheard {};\n" + alias);
    const std::string alternatives = "std::variant<" + std::string(first) + ",";
    copy.replace("scenario/model.h", alternatives, "std::variant<Unheard, " + std::string(first) + ",");
  }
  const std::string said = copy.compiled();
  for (const std::string& complaint : complaints) EXPECT_THAT(said, HasSubstr(complaint));
}

TEST(Parts, OfWhatIsThereNoneCanBeTakenAway) {
  Copy copy;
  copy.cut("scenario/step_table.cpp", "    verb_row<read_click_step>({", "    }),");
  copy.replace("scenario/expectations.cpp",
               R"x(    expectation_row<expected_form>({.key = "form", .example = R"(form = "Sign in")"}),)x", "");
  copy.replace("scenario/captures.cpp",
               R"x(    source_row<captured_json>({.key = "json", .example = R"({ json = "/token" })"}),)x", "");
  copy.replace("run/steps/perform.h", "  drive::Visited operator()(const scenario::Click& click);\n", "");
  copy.replace("run/steps/expect_parts.h",
               "Mismatches check(const scenario::ExpectTitle& expected, const Observation& seen);\n", "");
  copy.cut("run/steps/capture.cpp",
           "Captured read(const scenario::Capture& capture, const scenario::Capture::Header& from, ", "}");
  copy.replace("run/steps/step_title.cpp",
               R"(  std::string operator()(const scenario::SignOut&) const { return "sign out"; })", "");
  const std::string said = copy.compiled();
  for (const std::string& complaint : complaints) EXPECT_THAT(said, HasSubstr(complaint));
}

} // namespace
} // namespace murphy::architecture
