#include "scenario/files.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>

#include <sys/stat.h>
#include <unistd.h>

namespace murphy::scenario {
namespace {

namespace fs = std::filesystem;
using testing::ElementsAre;
using testing::IsEmpty;

class Files : public testing::Test {
protected:
  void SetUp() override {
    std::string name = (fs::temp_directory_path() / "murphy-files-XXXXXX").string();
    ASSERT_NE(mkdtemp(name.data()), nullptr);
    folder_ = name;
  }
  void TearDown() override { fs::remove_all(folder_); }

  void write(const std::string& name, std::string_view text = "x = 1\n") {
    fs::create_directories((folder_ / name).parent_path());
    std::ofstream(folder_ / name, std::ios::binary) << text;
  }
  std::string path(const std::string& name) const { return (folder_ / name).string(); }
  std::vector<std::string> relative(const std::vector<std::string>& files) const {
    std::vector<std::string> names;
    for (const std::string& file : files) names.push_back(fs::path(file).lexically_relative(folder_).string());
    return names;
  }

  fs::path folder_;
};

TEST_F(Files, FindsTheProjectInTheNearestFolderAbove) {
  write("murphy.toml");
  write("a/b/c.txt");
  EXPECT_EQ(find_project(path(".")), path("murphy.toml"));
  EXPECT_EQ(find_project(path("a/b")), path("murphy.toml"));
  write("a/murphy.toml");
  EXPECT_EQ(find_project(path("a/b")), path("a/murphy.toml"));
  fs::create_directories(folder_ / "a/b/murphy.toml"); // a folder of that name is no project file
  EXPECT_EQ(find_project(path("a/b")), path("a/murphy.toml"));
  EXPECT_EQ(find_project(path("nowhere")), std::nullopt);
}

TEST_F(Files, FindsFeaturesBesideTheProject) {
  write("scenarios/b.toml");
  write("scenarios/a/z.toml");
  write("scenarios/a/murphy.toml");
  write("scenarios/notes.md");
  write("scenarios/.hidden/x.toml");
  write("other/c.toml");
  const FoundFeatures found = find_features({}, path("."));
  EXPECT_THAT(found.errors, IsEmpty());
  EXPECT_THAT(relative(found.files), ElementsAre("scenarios/a/z.toml", "scenarios/b.toml"));
}

TEST_F(Files, TakesEachFileOnceHoweverItIsNamed) {
  write("scenarios/a.toml");
  write("scenarios/b.toml");
  const FoundFeatures found =
      find_features({path("scenarios/b.toml"), path("scenarios"), path("scenarios/../scenarios/b.toml")}, ".");
  EXPECT_THAT(relative(found.files), ElementsAre("scenarios/a.toml", "scenarios/b.toml"));
}

TEST_F(Files, FollowsLinksButNoLoops) {
  write("scenarios/a.toml");
  write("elsewhere/b.toml");
  fs::create_directory_symlink(folder_ / "scenarios", folder_ / "scenarios/again");
  fs::create_directory_symlink(folder_ / "elsewhere", folder_ / "scenarios/linked");
  fs::create_directory_symlink(folder_ / "scenarios", folder_ / "elsewhere/back");
  fs::create_symlink("nowhere", folder_ / "scenarios/broken.toml");
  fs::create_symlink("itself.toml", folder_ / "scenarios/itself.toml");
  const FoundFeatures found = find_features({path("scenarios")}, ".");
  EXPECT_THAT(relative(found.files), ElementsAre("scenarios/a.toml", "scenarios/linked/b.toml"));
  ASSERT_EQ(found.errors.size(), 2u);
}

TEST_F(Files, ReportsWhatIsNotThere) {
  write("murphy.toml");
  fs::create_directory(folder_ / "empty");
  const FoundFeatures found = find_features({path("nowhere.toml"), path("empty"), path("murphy.toml")}, ".");
  EXPECT_THAT(found.files, IsEmpty());
  ASSERT_EQ(found.errors.size(), 2u) << "that a folder is empty is no error: there is just nothing to run";
  EXPECT_EQ(render(found.errors[0]), path("nowhere.toml") + ": there is no such file or folder\n"
                                                            "  name a feature file or a folder of feature files\n");
  EXPECT_EQ(render(found.errors[1]), path("murphy.toml") +
                                         ": this is a project file, not a feature file\n"
                                         "  pass it with --project, and name feature files as arguments\n");
  EXPECT_EQ(render(find_features({}, path(".")).errors.at(0)),
            path("scenarios") + ": there is no such file or folder\n"
                                "  put feature files into the folder scenarios next to murphy.toml, or name them\n");
}

TEST_F(Files, NamesScenariosOfOtherTools) {
  for (const char* file : {"a.toml", "b.yaml", "c.yml", "deep/d.feature", "README.md", "e.toml.bak"}) write(file);
  const FoundFeatures found = find_features({folder_.string()}, ".");
  EXPECT_THAT(relative(found.files), ElementsAre("a.toml"));
  EXPECT_THAT(found.errors, IsEmpty());
  std::vector<std::string> named;
  for (const Error& warning : found.warnings) {
    named.push_back(fs::path(warning.place.file.str()).lexically_relative(folder_).string());
    EXPECT_EQ(warning.what, "warning: this file is not read");
    EXPECT_EQ(warning.hint, "scenarios are TOML files; see docs/language.md");
  }
  EXPECT_THAT(named, testing::UnorderedElementsAre("b.yaml", "c.yml", "deep/d.feature"));
  const FoundFeatures asked = find_features({path("b.yaml")}, ".");
  EXPECT_THAT(asked.files, IsEmpty());
  ASSERT_EQ(asked.errors.size(), 1U);
  EXPECT_EQ(asked.errors.front().what, "Murphy does not read such files");
  EXPECT_EQ(asked.errors.front().hint, "scenarios are TOML files; see docs/language.md");
}

TEST_F(Files, ReportsFoldersThatCannotBeReadAndReadsTheOthers) {
  if (geteuid() == 0) GTEST_SKIP() << "nothing is unreadable to root";
  write("scenarios/a.toml");
  write("scenarios/closed/b.toml");
  fs::permissions(folder_ / "scenarios/closed", fs::perms::none);
  const FoundFeatures found = find_features({path("scenarios")}, ".");
  fs::permissions(folder_ / "scenarios/closed", fs::perms::owner_all);
  EXPECT_THAT(relative(found.files), ElementsAre("scenarios/a.toml"));
  ASSERT_EQ(found.errors.size(), 1u);
  EXPECT_EQ(found.errors[0].what, "cannot be read: Permission denied");
}

TEST_F(Files, LoadsText) {
  write("a.toml", std::string("a\0b\n", 4));
  EXPECT_EQ(load(path("a.toml")).value().view(), std::string("a\0b\n", 4));
  write("empty.toml", "");
  EXPECT_EQ(load(path("empty.toml")).value().view(), "");
}

TEST_F(Files, LoadsNothingElse) {
  fs::create_directory(folder_ / "folder.toml");
  EXPECT_EQ(render(load(path("folder.toml")).error()),
            path("folder.toml") + ": this is a folder, not a file\n  name a file in it\n");
  EXPECT_EQ(render(load(path("nowhere.toml")).error()), path("nowhere.toml") + ": there is no such file\n");
  write("large.toml", std::string(10 * 1024 * 1024, '#'));
  EXPECT_EQ(render(load(path("large.toml")).error()),
            path("large.toml") + ": the file is larger than 1 MiB\n  split it: one file for each feature\n");
  ASSERT_EQ(mkfifo(path("pipe.toml").c_str(), 0600), 0);
  EXPECT_EQ(render(load(path("pipe.toml")).error()), path("pipe.toml") + ": this is not a regular file\n");
}

} // namespace
} // namespace murphy::scenario
