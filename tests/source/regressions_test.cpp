// The slips of fixtures/regressions, each committed to a repository of the example app: the file and line that wrote
// them.
#include "source/code.h"

#include "tests/places.h"

#include <algorithm>
#include <cctype>
#include <chrono>
#include <cstdlib>
#include <fmt/format.h>
#include <fstream>
#include <gmock/gmock.h>
#include <iterator>

namespace murphy::source {
namespace {

namespace fs = std::filesystem;

std::string text_of(const fs::path& file) {
  std::ifstream in(file);
  return {std::istreambuf_iterator<char>(in), {}};
}

// `wrong` of a regression, if it is a name and no piece of code: "titel" of "{{titel}}", "passwd" of "user[passwd]".
std::string wrong_name_of(const std::string& facts) {
  const std::string key = "\nwrong    = \"";
  const std::size_t at = facts.find(key);
  if (at == std::string::npos) return {};
  std::string value = facts.substr(at + key.size(), facts.find('"', at + key.size()) - at - key.size());
  if (const std::size_t open = value.find('['); open != std::string::npos && value.ends_with(']'))
    value = value.substr(open + 1, value.size() - open - 2);
  std::erase_if(value, [](char c) { return c == '{' || c == '}'; });
  const bool is_name = std::ranges::all_of(value, [](unsigned char c) { return std::isalnum(c) != 0 || c == '_'; });
  return is_name && value.size() > 2 ? value : std::string();
}

TEST(CodeOfRegressions, NamesTheFileAndLineOfTheSlip) {
  std::string pattern = (fs::temp_directory_path() / "murphy-regressions-XXXXXX").string();
  const fs::path folder = mkdtemp(pattern.data());
  const auto git = [&](const std::string& arguments) {
    const std::string command = "cd '" + folder.string() + "' && git -c user.name=Ada -c user.email=ada@example.com " +
                                arguments + " >/dev/null 2>&1";
    ASSERT_EQ(std::system(command.c_str()), 0) << command;
  };
  const auto every = fs::copy_options::recursive | fs::copy_options::overwrite_existing;
  fs::copy(in_project("fixtures/dashboard/app"), folder, every);
  git("init -q .");
  git("add -A");
  git("commit -qm App");
  int right = 0, all = 0;
  for (const auto& regression : fs::directory_iterator(in_project("fixtures/regressions"))) {
    const std::string wrong = wrong_name_of(text_of(regression.path() / "regression.toml"));
    if (wrong.empty()) continue;
    fs::copy(regression.path() / "app", folder, every);
    git("add -A");
    git("commit -qm Slip");
    const auto places = Code(folder, {}, std::chrono::seconds(60)).places_of(wrong);
    git("reset -q --hard HEAD~1");
    git("clean -qfd");
    ++all;
    const bool is_there = !places.empty() && places.front().subject == "Slip" &&
                          fs::exists(regression.path() / "app" / places.front().file);
    right += is_there ? 1 : 0;
    if (!is_there)
      fmt::print("{}: {} in {}\n", regression.path().filename().string(), wrong,
                 places.empty() ? "no file" : places.front().file);
  }
  fs::remove_all(folder);
  fmt::print("file and line of {} of {} slips\n", right, all);
  EXPECT_GE(all, 10);
  EXPECT_GE(right * 100, all * 85);
}

} // namespace
} // namespace murphy::source
