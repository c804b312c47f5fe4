// `murphy demo`, from the build folder as from an installed package.
#include "command.h"
#include "tests/places.h"

#include <gmock/gmock.h>

namespace murphy::end_to_end {
namespace {

using testing::AllOf;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;

std::vector<std::string> files_in(const std::filesystem::path& folder) {
  std::vector<std::string> names;
  for (const auto& entry : std::filesystem::directory_iterator(folder)) names.push_back(entry.path().filename());
  return names;
}

// `place`: of its data, from the folder it runs in.
Finished demo(const std::filesystem::path& directory, const std::filesystem::path& place) {
  Invocation invocation;
  invocation.arguments = {"demo"};
  invocation.directory = directory;
  invocation.environment["TMPDIR"] = place.string();
  return run(invocation);
}

TEST(Demo, IsGreenThenRedAndNamesTheCause) {
  const TemporaryFolder temporary;
  const Finished finished = demo(temporary.path(), temporary.path());
  EXPECT_EQ(finished.code, 0) << finished.out << finished.err;
  EXPECT_EQ(finished.err, "");
  const std::size_t second = finished.out.find("── The same app after a bad migration");
  ASSERT_NE(second, std::string::npos) << finished.out;
  EXPECT_THAT(finished.out.substr(0, second), AllOf(HasSubstr("2 scenarios: 2 passed"), Not(HasSubstr("failed"))));
  const std::string cause =
      R"(Likely cause: the database or the model — column "password_hash" of users does not exist; users has "pasword_hash")";
  EXPECT_THAT(
      finished.out.substr(second),
      AllOf(HasSubstr("  -   password_hash VARCHAR(255) NOT NULL,\n  +   pasword_hash  VARCHAR(255) NOT NULL,\n"),
            HasSubstr("2 scenarios: 2 failed"), HasSubstr("\nLook first at scenarios/sign-in.toml:7:5, "),
            HasSubstr("The second is red, and Murphy names the cause:\n  " + cause + "\n")));
  EXPECT_THAT(files_in(temporary.path()), IsEmpty());
}

TEST(Demo, KeepsItsDataInAFolderWithASpace) {
  const TemporaryFolder temporary;
  const std::filesystem::path place = temporary / "my data";
  std::filesystem::create_directory(place);
  const Finished finished = demo(temporary.path(), place);
  EXPECT_EQ(finished.code, 0) << finished.out << finished.err;
  EXPECT_THAT(files_in(temporary.path()), ElementsAre("my data"));
  EXPECT_THAT(files_in(place), IsEmpty());
}

TEST(Demo, KeepsItsDataInAFolderNamedFromTheCurrentOne) {
  const TemporaryFolder temporary;
  std::filesystem::create_directory(temporary / "data");
  const Finished finished = demo(temporary.path(), "data");
  EXPECT_EQ(finished.code, 0) << finished.out << finished.err;
  EXPECT_THAT(files_in(temporary / "data"), IsEmpty());
}

TEST(Demo, SaysWhatIsMissing) {
  const TemporaryFolder elsewhere;
  std::filesystem::create_directory(elsewhere / "bin");
  std::filesystem::copy_file(murphy_program(), elsewhere / "bin/murphy");
  Invocation invocation;
  invocation.binary = elsewhere / "bin/murphy";
  invocation.arguments = {"demo"};
  const Finished finished = run(invocation);
  EXPECT_EQ(finished.code, 3);
  EXPECT_EQ(finished.out, "");
  EXPECT_EQ(finished.err, "the demo is not complete: there is no " +
                              (elsewhere / "share/murphy/demo/murphy.toml").string() +
                              "\n  install Murphy's package, or build the example app: scripts/build release murphy "
                              "dashboard_app\n");
}

// An app that cannot run makes no demo: whatever Murphy says of it is no success.
TEST(Demo, FailsWhenTheAppDoesNotWork) {
  const TemporaryFolder installed;
  std::filesystem::create_directory(installed / "bin");
  std::filesystem::copy_file(murphy_program(), installed / "bin/murphy");
  const std::filesystem::path built = std::filesystem::path(murphy_program()).parent_path().parent_path();
  std::filesystem::create_directories(installed / "share/murphy");
  std::filesystem::copy(built / "share/murphy/demo", installed / "share/murphy/demo",
                        std::filesystem::copy_options::recursive);
  installed.write("libexec/murphy/dashboard", "no program");
  Invocation invocation;
  invocation.binary = installed / "bin/murphy";
  invocation.arguments = {"demo"};
  const Finished finished = run(invocation);
  EXPECT_EQ(finished.code, 3) << finished.out;
  EXPECT_THAT(finished.err, HasSubstr("the app works, and this run ended with exit code"));
}

} // namespace
} // namespace murphy::end_to_end
