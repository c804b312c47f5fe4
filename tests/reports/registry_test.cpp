#include "reports/registry.h"

#include "command.h"
#include "example_run.h"
#include "tests/places.h"

#include <gmock/gmock.h>
#include <set>

namespace murphy::reports {
namespace {

using testing::EndsWith;
using testing::HasSubstr;

std::string project_file(const std::string& name) { return read_file(in_project(name)); }

TEST(Registry, FindsEachKindByItsNameAndOption) {
  std::set<std::string_view> options;
  for (const ReportKind& kind : report_kinds()) {
    EXPECT_EQ(report_kind(kind.name), &kind) << "two kinds are called " << kind.name;
    if (kind.option.empty()) continue;
    EXPECT_TRUE(options.insert(kind.option).second) << kind.option << " appears twice";
  }
  EXPECT_EQ(report_kind("pictures"), nullptr);
  EXPECT_EQ(report_kind(""), nullptr);
  EXPECT_GE(report_kinds().size(), 2U);
}

TEST(Registry, WritesEachKindForEveryKindOfRun) {
  for (const ReportKind& kind : report_kinds()) {
    for (const auto& events : {example::rich(), example::green(), example::lost(), example::never_ready()}) {
      const record::Run run = example::fold(events);
      const std::string text = kind.write(run);
      EXPECT_THAT(text, EndsWith("\n")) << kind.name;
      EXPECT_EQ(text, kind.write(run)) << kind.name;
      if (kind.write_with == nullptr) continue;
      EXPECT_EQ(text, kind.write_with(run, {})) << kind.name;
    }
  }
}

TEST(Registry, EveryKindSaysWhyAStepWasSkipped) {
  for (const ReportKind& kind : report_kinds()) {
    if (kind.name == "prometheus") continue; // which has figures, and no words
    EXPECT_THAT(
        kind.write(example::fold(example::rich())),
        testing::ContainsRegex("Accept cookies.*`when` does not hold: text: expected text with .*We use cookies"))
        << kind.name;
  }
}

TEST(Registry, IsWhatTheDocumentSays) {
  const std::string page = project_file("docs/reports.md");
  for (const ReportKind& kind : report_kinds()) {
    const std::string row = "| `" + std::string(kind.name) + "` | ";
    EXPECT_THAT(page, HasSubstr(row + (kind.option.empty() ? "" : "`" + std::string(kind.option) + "`")));
  }
}

// The headers of writers: those that the registry includes, "junit.h".
std::vector<std::string> headers_of_writers() {
  std::vector<std::string> headers;
  const std::string source = project_file("reports/registry.cpp");
  constexpr std::string_view include = "#include \"reports/";
  for (std::size_t at = source.find(include); at != std::string::npos; at = source.find(include, at)) {
    at += include.size();
    headers.push_back(source.substr(at, source.find('"', at) - at));
  }
  std::erase(headers, "registry.h");
  return headers;
}

// Who needs a writer asks the registry for it: apart from its own sources, nothing else includes its header.
TEST(Registry, AloneNamesTheWriters) {
  const std::vector<std::string> headers = headers_of_writers();
  ASSERT_THAT(headers, testing::Contains("junit.h"));
  for (const std::string folder : {"harness", "reports"}) {
    for (const auto& entry : std::filesystem::recursive_directory_iterator(in_project(folder))) {
      if (!entry.is_regular_file() || entry.path().filename() == "registry.cpp") continue;
      const std::string text = read_file(entry.path());
      for (const std::string& header : headers) {
        if (entry.path().stem().string().starts_with(header.substr(0, header.find('.')))) continue;
        EXPECT_THAT(text, testing::Not(HasSubstr("\"reports/" + header + "\""))) << entry.path();
      }
    }
  }
}

} // namespace
} // namespace murphy::reports
