#include "base/error.h"
#include "golden/golden.h"
#include "scenario/files.h"
#include "scenario/reader.h"
#include "tests/places.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <sstream>

// Every pair errors/NAME.toml and errors/NAME.txt: the file and all that is said about it. Files whose name begins with
// "project-" are project files; the others are feature files, read against errors/murphy.toml (or, when there is one,
// errors/NAME.project); what they import is in imports/. scripts/approve writes what is said now into the .txt files.

namespace murphy::scenario {
namespace {

namespace fs = std::filesystem;

const fs::path folder = fs::path(in_project()) / "tests" / "scenario" / "errors";

std::string file_text(const fs::path& path) {
  std::ifstream file(path, std::ios::binary);
  std::ostringstream text;
  text << file.rdbuf();
  return text.str();
}

std::vector<std::string> names() {
  std::vector<std::string> result;
  for (const fs::directory_entry& entry : fs::directory_iterator(folder)) {
    if (entry.path().extension() == ".toml" && entry.path().filename() != project_file_name) {
      result.push_back(entry.path().stem().string());
    }
  }
  std::ranges::sort(result);
  return result;
}

// Stands for the selectors' own parser: refuses what is not closed.
std::optional<Problem> check_selector(std::string_view css) {
  const std::size_t open = css.find('[');
  if (open == std::string_view::npos || css.find(']', open) != std::string_view::npos) return std::nullopt;
  return Problem{"this selector is not closed", "close it with ]", open};
}

// Stands for the file system.
std::optional<Problem> check_upload(const std::string& file) {
  if (file.ends_with("folder")) return Problem{"this is a folder, not a file", "name a file in it", 0};
  if (file.ends_with("large.bin")) return Problem{"the file is larger than 32 MiB", "Murphy uploads at most 32 MiB", 0};
  if (file.contains("gone")) return Problem{"there is no such file", {}, 0};
  return std::nullopt;
}

Errors errors_of(const std::string& name, const std::string& text) {
  Checks checks;
  checks.check_selector = check_selector;
  checks.check_upload = check_upload;
  checks.is_given = [](std::string_view variable) { return variable == "given"; };
  checks.inputs = {"given"};
  checks.load = [](const std::string& file) { return load((folder.parent_path() / file).string()); };
  if (name.starts_with("project-")) return read_project(name + ".toml", text, checks).errors;
  const fs::path own = folder / (name + ".project");
  const ReadProject project = read_project("murphy.toml", file_text(fs::exists(own) ? own : folder / "murphy.toml"));
  EXPECT_TRUE(project.errors.empty());
  ReadFeature read = read_feature(name + ".toml", text, *project.project, checks);
  EXPECT_EQ(read.feature.has_value(), read.errors.empty());
  return read.errors;
}

class GoldenError : public testing::TestWithParam<std::string> {};

TEST_P(GoldenError, SaysWhatIsWrongAndWhatToWrite) {
  const std::string& name = GetParam();
  const Errors errors = errors_of(name, file_text(folder / (name + ".toml")));
  std::string said;
  for (const Error& error : errors) {
    EXPECT_EQ(error.kind, ErrorKind::usage);
    EXPECT_TRUE(error.place.file == name + ".toml" || error.place.file.str().starts_with("imports/"))
        << error.place.file.str();
    EXPECT_FALSE(error.what.ends_with('.')) << error.what;
    said += render(error);
  }
  EXPECT_FALSE(errors.empty());
  expect_golden(said, "scenario/errors/" + name + ".txt");
}

INSTANTIATE_TEST_SUITE_P(Errors, GoldenError, testing::ValuesIn(names()), [](const auto& test) {
  std::string name = test.param;
  std::ranges::replace(name, '-', '_');
  return name;
});

// The passwords in the files named "project-hides-…", in pieces that no error may show.
TEST(GoldenErrors, ShowNothingOfAPassword) {
  int files = 0;
  for (const std::string& name : names()) {
    if (!name.starts_with("project-hides-")) continue;
    ++files;
    for (const Error& error : errors_of(name, file_text(folder / (name + ".toml")))) {
      const std::string said = render(error);
      for (const char* piece : {"hunt", "nter", "er2", "er3", "oops", "t0ps", "cret", "1234", "5678"}) {
        EXPECT_EQ(said.find(piece), std::string::npos) << said;
      }
    }
  }
  EXPECT_GE(files, 10);
}

TEST(GoldenErrors, EveryTextHasItsFile) {
  EXPECT_GE(names().size(), 60u);
  for (const fs::directory_entry& entry : fs::directory_iterator(folder)) {
    const fs::path file = fs::path(entry.path()).replace_extension(".toml");
    if (entry.path().extension() != ".txt") continue;
    EXPECT_TRUE(fs::exists(file)) << entry.path() << " has no .toml beside it";
  }
}

} // namespace
} // namespace murphy::scenario
