// Who may include whom, exactly. What stands here is the house rule; docs and CMakeLists.txt follow it.
#include "project_files.h"

#include <algorithm>
#include <fmt/format.h>
#include <gmock/gmock.h>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace murphy::architecture {
namespace {

using testing::IsEmpty;

struct Include {
  std::string file; // relative to the project
  std::size_t line = 0;
  std::string header;
  bool quoted = false;
};

// What each folder may include beside itself: folders, or single headers.
const std::map<std::string, std::set<std::string>> house{
    {"base", {}},
    {"record", {"base"}},
    {"scenario", {"base"}},
    {"web", {"base", "record"}},
    {"target", {"base", "record"}},
    {"drive", {"base", "record", "web"}},
    {"diagnose", {"base", "record"}},
    {"run", {"base", "record", "scenario", "target", "drive/driver.h", "diagnose"}},
    {"snapshot", {"base", "record", "scenario/document.h", "diagnose"}},
    {"reports", {"base", "record"}},
    {"cli", {"base", "record", "scenario", "web", "target", "drive", "diagnose", "run", "snapshot", "reports"}},
};

// Where the headers of an outside library may be named, and what to do elsewhere.
struct LibraryRule {
  std::vector<std::string> prefixes;
  std::vector<std::string> folders;
  bool sources_only = true;
  std::string instead;
};

const std::vector<LibraryRule> libraries{
    {{"boost/asio", "boost/beast"}, {"web"}, true, "go through web/http_client.h; only web/*.cpp know Asio and Beast"},
    {{"openssl/"},
     {"web", "base", "record"},
     true,
     "TLS belongs in web/*.cpp, hashing in base/*.cpp or record/*.cpp; give it a header of ours"},
    {{"gumbo"}, {"web"}, true, "read pages through the headers of web/"},
    {{"toml++", "toml.hpp"}, {"scenario"}, true, "read files through scenario/reader.h"},
    {{"pugixml"}, {"reports"}, true, "write XML in a reporter of reports/"},
    {{"CLI/"}, {"cli"}, false, "take options as values; only cli/ reads the command line"},
    {{"sqlite3", "soci"}, {"target"}, true, "look at databases through target/database_look.h"},
};

std::vector<Include> includes_of(const SourceFile& file) {
  std::vector<Include> found;
  std::size_t number = 0;
  for (const std::string& line : file.lines()) {
    ++number;
    constexpr std::string_view word = "#include";
    if (!line.starts_with(word)) continue;
    const std::size_t open = line.find_first_of("\"<", word.size());
    if (open == std::string::npos) continue;
    const std::size_t close = line.find_first_of("\">", open + 1);
    found.push_back({file.name, number, line.substr(open + 1, close - open - 1), line[open] == '"'});
  }
  return found;
}

std::string first_folder(std::string_view path) { return std::string(path.substr(0, path.find('/'))); }

// "web" for harness/web/url.h, "reports" for reports/junit.h.
std::string room_of(const std::string& file) {
  constexpr std::string_view harness = "harness/";
  return first_folder(file.starts_with(harness) ? std::string_view(file).substr(harness.size()) : file);
}

std::string list(const std::set<std::string>& names) {
  std::string text;
  for (const std::string& name : names) text += (text.empty() ? "" : ", ") + name;
  return text.empty() ? "nothing" : text;
}

// What is wrong with an include of one of our own headers, or nothing.
std::optional<std::string> fault_within(const Include& include) {
  const std::string from = room_of(include.file);
  const std::string to = first_folder(include.header);
  if (!include.header.contains('/')) {
    return fmt::format("name a header from the root: \"{}/{}\"", from, include.header);
  }
  if (!house.contains(to)) return fmt::format("no folder of ours is called {}", to);
  const std::set<std::string>& allowed = house.at(from);
  if (to == from || allowed.contains(to) || allowed.contains(include.header)) return std::nullopt;
  return fmt::format("{} may include {}; move what both need down to where both may look, or hand it in as a value",
                     from, list(allowed));
}

// What is wrong with an include of a library's header, or nothing.
std::optional<std::string> fault_outside(const Include& include) {
  for (const LibraryRule& rule : libraries) {
    const bool concerned = std::ranges::any_of(
        rule.prefixes, [&](const std::string& prefix) { return include.header.starts_with(prefix); });
    if (!concerned) continue;
    const bool in_place = std::ranges::find(rule.folders, room_of(include.file)) != rule.folders.end() &&
                          (!rule.sources_only || include.file.ends_with(".cpp"));
    if (!in_place) return rule.instead;
  }
  return std::nullopt;
}

std::vector<std::string> faults_of(const std::vector<Include>& includes) {
  std::vector<std::string> faults;
  for (const Include& include : includes) {
    if (const auto fault = include.quoted ? fault_within(include) : fault_outside(include)) {
      faults.push_back(fmt::format("{}:{}: includes {}: {}", include.file, include.line, include.header, *fault));
    }
  }
  return faults;
}

TEST(Includes, KeepToTheHouse) {
  std::vector<std::string> faults;
  std::size_t seen = 0;
  for (const SourceFile& file : project_files({"harness", "reports"}, {".h", ".cpp"})) {
    ASSERT_TRUE(house.contains(room_of(file.name))) << file.name << ": give its folder a line in this test";
    const auto includes = includes_of(file);
    seen += includes.size();
    for (std::string& fault : faults_of(includes)) faults.push_back(std::move(fault));
  }
  EXPECT_GT(seen, 500U) << "the files were not found";
  EXPECT_THAT(faults, IsEmpty());
}

TEST(Includes, OfTheExampleAppAreItsOwn) {
  const std::string root = "fixtures/dashboard/source";
  std::set<std::string> own;
  const auto files = project_files({root}, {".h", ".cpp"});
  for (const SourceFile& file : files) own.insert(file.name.substr(root.size() + 1));
  std::vector<std::string> faults;
  for (const SourceFile& file : files) {
    for (const Include& include : includes_of(file)) {
      if (include.quoted && !own.contains(include.header)) {
        faults.push_back(
            fmt::format("{}:{}: includes {}, which is not the app's own", include.file, include.line, include.header));
      }
    }
  }
  EXPECT_THAT(faults, IsEmpty());
}

TEST(Includes, AreFoundFaultyWithARemedy) {
  const auto fault = [](const std::string& file, const std::string& header, bool quoted) {
    const auto faults = faults_of({{file, 7, header, quoted}});
    return faults.empty() ? std::string() : faults.front();
  };
  EXPECT_EQ(fault("harness/run/runner.cpp", "drive/driver.h", true), "");
  EXPECT_EQ(
      fault("harness/run/runner.cpp", "drive/http_driver.h", true),
      "harness/run/runner.cpp:7: includes drive/http_driver.h: run may include base, diagnose, drive/driver.h, record, "
      "scenario, target; move what both need down to where both may look, or hand it in as a value");
  EXPECT_EQ(fault("reports/junit.cpp", "run/plan.h", true),
            "reports/junit.cpp:7: includes run/plan.h: reports may include base, record; move what both need down to "
            "where both may look, or hand it in as a value");
  EXPECT_EQ(fault("harness/web/forms.cpp", "url.h", true),
            "harness/web/forms.cpp:7: includes url.h: name a header from the root: \"web/url.h\"");
  EXPECT_EQ(fault("harness/web/http.cpp", "boost/asio/ip/tcp.hpp", false), "");
  EXPECT_EQ(fault("harness/web/http.h", "boost/asio/ip/tcp.hpp", false),
            "harness/web/http.h:7: includes boost/asio/ip/tcp.hpp: go through web/http_client.h; only web/*.cpp know "
            "Asio and Beast");
  EXPECT_NE(fault("harness/run/runner.cpp", "openssl/ssl.h", false), "");
  EXPECT_NE(fault("harness/drive/page.cpp", "gumbo.h", false), "");
  EXPECT_NE(fault("harness/cli/main.cpp", "toml++/toml.h", false), "");
  EXPECT_NE(fault("harness/cli/main.cpp", "pugixml.hpp", false), "");
  EXPECT_NE(fault("harness/run/runner.h", "CLI/App.hpp", false), "");
  EXPECT_EQ(fault("harness/run/runner.h", "vector", false), "");
}

} // namespace
} // namespace murphy::architecture
