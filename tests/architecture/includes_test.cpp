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

// What each room may include beside itself: folders with the rooms inside them, or single headers. The files that stand
// in a folder with rooms of its own, such as run/runner.cpp, bring those together.
const std::map<std::string, std::set<std::string>> house{
    {"base", {}},
    {"record", {"base"}},
    {"words", {"base", "record"}},
    {"scenario", {"base"}},
    {"web/url", {"base"}},
    {"web/text", {"base"}},
    {"web/pattern", {"base"}},
    {"web/http", {"base", "record", "web/url"}},
    {"web/cookies", {"base", "record", "web/url"}},
    {"web/policy", {"base", "record", "web/url"}},
    {"web/navigation", {"base", "record", "web/url", "web/http", "web/cookies", "web/policy"}},
    {"web/html", {"base", "web/url", "web/text"}},
    {"web/selector", {"base", "web/html"}},
    {"web/forms", {"base", "web/url", "web/text", "web/pattern", "web/html", "web/selector"}},
    {"web/load_time", {"base", "record", "web/url", "web/policy", "web/html", "web/selector", "web/forms"}},
    {"source", {"base", "record"}},
    {"migrations", {"base", "record"}},
    {"target", {"base", "record", "migrations"}},
    {"store", {"base", "target/database_address.h"}},
    {"drive", {"base", "record", "web"}},
    // The body of an answer is read as a page is: by web/html, and by nothing else.
    {"diagnose", {"base", "record", "words", "web/url", "web/html"}},
    {"run/plan", {"base", "record", "scenario"}},
    {"run/shared", {"base", "record", "scenario", "target", "drive/driver.h"}},
    {"run/form_rules", {"base", "record", "scenario", "target", "drive/driver.h", "run/shared"}},
    {"run/steps",
     {"base", "record", "scenario", "target", "drive/driver.h", "run/plan", "run/shared", "run/form_rules"}},
    {"run/sign_in_probes",
     {"base", "record", "scenario", "target", "drive/driver.h", "run/plan", "run/shared", "run/steps"}},
    {"run", {"base", "record", "scenario", "target", "drive/driver.h", "diagnose"}},
    {"snapshot", {"base", "record", "scenario/document.h", "diagnose"}},
    {"init", {"base", "web/url", "web/html", "web/selector", "web/forms"}},
    {"imported", {"base", "record", "init", "web/url", "web/text", "web/html", "web/forms"}},
    {"chromium",
     {"base", "record", "imported/action.h", "imported/json_members.h", "imported/secret_fields.h", "target/console.h",
      "target/descriptor.h", "target/process.h"}},
    {"reports", {"base", "record", "words"}},
    {"gate", {"base", "record", "scenario", "reports"}},
    {"history", {"base", "record", "reports", "store", "target/database_address.h", "target/engine_words.h"}},
    {"watch", {"base", "record"}},
    {"watch/notify", {"base", "record", "watch"}},
    {"watch/mail", {"base", "watch/notify/retry.h"}},
    {"watch/serve", {"base"}},
    {"watch/page", {"base", "record", "watch", "watch/serve/ask.h"}},
    {"watch/store",
     {"base", "record", "watch", "store", "target/database_address.h", "target/descriptor.h", "target/engine_words.h"}},
    {"cli",
     {"base", "record", "scenario", "source", "web", "target", "drive", "diagnose", "run", "snapshot", "init",
      "imported", "chromium", "reports", "gate", "history", "watch", "words"}},
};

// Where the headers of an outside library may be named, and what to do elsewhere.
struct LibraryRule {
  std::vector<std::string> prefixes;
  std::vector<std::string> folders;
  bool sources_only = true;
  std::string instead;
};

const std::vector<LibraryRule> libraries{
    {{"boost/asio", "boost/beast"},
     {"web/http", "watch/serve"},
     true,
     "go through web/http/http_client.h or watch/serve/listener.h; only sources beside these know Asio and Beast"},
    {{"curl/"}, {"watch/mail"}, true, "requests go through web/http/http_client.h; libcurl is for mail alone"},
    {{"openssl/"},
     {"web/http", "base", "record"},
     true,
     "TLS belongs in web/http/*.cpp, hashing in base/*.cpp or record/*.cpp; give it a header of ours"},
    {{"gumbo"}, {"web/html"}, true, "read pages through the headers of web/"},
    {{"toml++", "toml.hpp"}, {"scenario"}, true, "read files through scenario/reader.h"},
    {{"pugixml"}, {"reports"}, true, "write XML in a reporter of reports/"},
    {{"CLI/"}, {"cli"}, false, "take options as values; only cli/ reads the command line"},
    {{"sqlite3", "soci"},
     {"target", "store", "history", "watch/store"},
     true,
     "look at databases through target/database_look.h, keep runs through history/store.h, and what a watch knows "
     "through watch/store/watch_store.h"},
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

std::string_view first_folder(std::string_view path) { return path.substr(0, path.find('/')); }

// "web/url" for web/url/host.h, "run" for run/runner.h, "reports" for reports/junit.h: the deepest room of the house
// that holds the file; its folder, where none does.
std::string room_of_header(std::string_view header) {
  const std::size_t name = header.rfind('/');
  std::string folder(header.substr(0, name == std::string_view::npos ? 0 : name));
  return house.contains(folder) ? folder : std::string(first_folder(header));
}

std::string room_of(std::string_view file) {
  constexpr std::string_view harness = "harness/";
  return room_of_header(file.starts_with(harness) ? file.substr(harness.size()) : file);
}

bool is_in(std::string_view room, std::string_view folder) {
  return room == folder || (room.starts_with(folder) && room.substr(folder.size()).starts_with('/'));
}

std::string list(const std::set<std::string>& names) {
  std::string text;
  for (const std::string& name : names) text += (text.empty() ? "" : ", ") + name;
  return text.empty() ? "nothing" : text;
}

// What is wrong with an include of one of our own headers, or nothing.
std::optional<std::string> fault_within(const Include& include) {
  const std::string from = room_of(include.file);
  const std::string to = room_of_header(include.header);
  if (!include.header.contains('/')) {
    return fmt::format("name a header from the root: \"{}/{}\"", from, include.header);
  }
  const bool known = std::ranges::any_of(house, [&](const auto& room) { return is_in(room.first, to); });
  if (!known) return fmt::format("no folder of ours is called {}", to);
  const std::set<std::string>& allowed = house.at(from);
  // A room may look into itself, and a folder into the rooms inside it, never the other way round.
  if (is_in(to, from) || allowed.contains(include.header) ||
      std::ranges::any_of(allowed, [&](const std::string& each) { return is_in(to, each); }))
    return std::nullopt;
  return fmt::format("{} may include {}; move what both need down to where both may look, or hand it in as a value",
                     from, list(allowed));
}

// What is wrong with an include of a library's header, or nothing.
std::optional<std::string> fault_outside(const Include& include) {
  for (const LibraryRule& rule : libraries) {
    const bool concerned = std::ranges::any_of(
        rule.prefixes, [&](const std::string& prefix) { return include.header.starts_with(prefix); });
    if (!concerned) continue;
    const bool in_place =
        std::ranges::any_of(rule.folders,
                            [&](const std::string& each) { return is_in(room_of(include.file), each); }) &&
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
  EXPECT_EQ(fault("reports/junit.cpp", "run/plan/plan.h", true),
            "reports/junit.cpp:7: includes run/plan/plan.h: reports may include base, record, words; move what both "
            "need down to "
            "where both may look, or hand it in as a value");
  EXPECT_EQ(fault("harness/web/forms/form.cpp", "url.h", true),
            "harness/web/forms/form.cpp:7: includes url.h: name a header from the root: \"web/forms/url.h\"");
  EXPECT_EQ(fault("harness/web/http/beast.cpp", "boost/asio/ip/tcp.hpp", false), "");
  EXPECT_EQ(fault("harness/web/http/beast.h", "boost/asio/ip/tcp.hpp", false),
            "harness/web/http/beast.h:7: includes boost/asio/ip/tcp.hpp: go through web/http/http_client.h or "
            "watch/serve/listener.h; only sources beside these know Asio and Beast");
  EXPECT_EQ(fault("harness/web/selector/selector.cpp", "web/html/document.h", true), "");
  EXPECT_EQ(fault("harness/web/html/document.cpp", "web/forms/form.h", true),
            "harness/web/html/document.cpp:7: includes web/forms/form.h: web/html may include base, web/text, web/url; "
            "move what both need down to where both may look, or hand it in as a value");
  EXPECT_EQ(fault("harness/run/runner.cpp", "run/steps/step.h", true), "");
  EXPECT_NE(fault("harness/run/steps/step.cpp", "run/runner.h", true), "");
  EXPECT_NE(fault("harness/web/url/url.cpp", "boost/asio/ip/tcp.hpp", false), "");
  EXPECT_NE(fault("harness/run/runner.cpp", "openssl/ssl.h", false), "");
  EXPECT_NE(fault("harness/drive/page.cpp", "gumbo.h", false), "");
  EXPECT_NE(fault("harness/cli/main.cpp", "toml++/toml.h", false), "");
  EXPECT_NE(fault("harness/cli/main.cpp", "pugixml.hpp", false), "");
  EXPECT_NE(fault("harness/run/runner.h", "CLI/App.hpp", false), "");
  EXPECT_EQ(fault("harness/run/runner.h", "vector", false), "");
}

} // namespace
} // namespace murphy::architecture
