#include "cli/bazel.h"

#include "command.h"

#include <filesystem>
#include <gtest/gtest.h>
#include <map>

namespace murphy::cli {
namespace {

using Variables = std::map<std::string, std::string>;

reports::Variable reading(const Variables& variables) {
  return [&variables](const char* name) {
    const auto found = variables.find(name);
    return found == variables.end() ? nullptr : found->second.c_str();
  };
}

TEST(Bazel, SelectsByItsFilter) {
  const Variables bazel{{"BAZEL_TEST", "1"}, {"TESTBRIDGE_TEST_ONLY", "wrong password"}};
  EXPECT_EQ(bazel_filter(reading(bazel)), "wrong password");
  const Variables without{{"BAZEL_TEST", "1"}}, other{{"TESTBRIDGE_TEST_ONLY", "x"}};
  EXPECT_EQ(bazel_filter(reading(without)), "");
  EXPECT_EQ(bazel_filter(reading(other)), "") << "somebody else's variable";
}

TEST(Bazel, HearsOfTheAppAndOfNothingElse) {
  const reports::ScratchFolder folder;
  const std::string file = (folder.path() / "failure").string();
  const Variables bazel{{"TEST_INFRASTRUCTURE_FAILURE_FILE", file}};
  for (const ExitCode code :
       {ExitCode::passed, ExitCode::failed, ExitCode::usage, ExitCode::nothing_selected, ExitCode::interrupted})
    tell_bazel(code, reading(bazel));
  EXPECT_FALSE(std::filesystem::exists(file)) << "a verdict is no failure of the machine";
  tell_bazel(ExitCode::internal, reading(bazel));
  EXPECT_EQ(reports::read_file(file), "Murphy could not write a report, or failed itself.\n");
  tell_bazel(ExitCode::target, reading(bazel));
  EXPECT_EQ(reports::read_file(file), "Murphy could not reach, start or understand the app.\n");
  tell_bazel(ExitCode::target, reading({}));
}

} // namespace
} // namespace murphy::cli
