#include "cli/new_files.h"

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <gmock/gmock.h>
#include <sstream>
#include <unistd.h>

namespace murphy::cli {
namespace {

namespace fs = std::filesystem;
using testing::HasSubstr;

class NewFiles : public testing::Test {
protected:
  NewFiles() {
    std::string name = (fs::temp_directory_path() / "murphy-init-XXXXXX").string();
    folder_ = mkdtemp(name.data());
  }
  ~NewFiles() override { fs::remove_all(folder_); }

  std::string text_of(const std::string& name) const {
    std::ostringstream text;
    text << std::ifstream(folder_ / name).rdbuf();
    return text.str();
  }
  std::vector<std::string> names() const {
    std::vector<std::string> all;
    for (const auto& entry : fs::recursive_directory_iterator(folder_))
      if (entry.is_regular_file()) all.push_back(fs::relative(entry.path(), folder_));
    std::ranges::sort(all);
    return all;
  }

  fs::path folder_;
};

TEST_F(NewFiles, AreWrittenWithTheirFolders) {
  const std::vector<NewFile> files{{folder_ / "a/b.toml", "one\n"}, {folder_ / "c.toml", "two\n"}};
  ASSERT_TRUE(check_new_files({files[0].path, files[1].path}, Existing::refuse));
  ASSERT_TRUE(write_new_files(files, Existing::refuse));
  EXPECT_THAT(names(), testing::ElementsAre("a/b.toml", "c.toml"));
  EXPECT_EQ(text_of("a/b.toml"), "one\n");
  EXPECT_EQ(text_of("c.toml"), "two\n");
  EXPECT_EQ(fs::status(folder_ / "c.toml").permissions() & fs::perms::owner_write, fs::perms::owner_write);
}

TEST_F(NewFiles, ReplaceNothingUnasked) {
  ASSERT_TRUE(write_new_files({{folder_ / "a", "old"}}, Existing::refuse));
  const auto checked = check_new_files({folder_ / "a", folder_ / "b"}, Existing::refuse);
  ASSERT_FALSE(checked);
  EXPECT_EQ(checked.error().kind, ErrorKind::usage);
  EXPECT_EQ(checked.error().what, (folder_ / "a").string() + " is already there");
  const auto written = write_new_files({{folder_ / "a", "new"}}, Existing::refuse);
  ASSERT_FALSE(written) << "it came after the check";
  EXPECT_EQ(written.error().kind, ErrorKind::internal);
  EXPECT_EQ(written.error().what, (folder_ / "a").string() + " is already there");
  EXPECT_EQ(text_of("a"), "old");
  EXPECT_THAT(names(), testing::ElementsAre("a"));
}

TEST_F(NewFiles, KeepWhatTheyReplace) {
  ASSERT_TRUE(write_new_files({{folder_ / "a", "oldest"}}, Existing::keep_as_backup));
  for (const char* text : {"old", "new"})
    ASSERT_TRUE(write_new_files({{folder_ / "a", text}}, Existing::keep_as_backup)) << text;
  EXPECT_EQ(text_of("a"), "new");
  EXPECT_EQ(text_of("a~"), "old");
  EXPECT_THAT(names(), testing::ElementsAre("a", "a~"));
}

TEST_F(NewFiles, AreAllWrittenOrNone) {
  ASSERT_TRUE(write_new_files({{folder_ / "file", ""}}, Existing::refuse));
  const std::vector<NewFile> files{{folder_ / "a", "new"}, {folder_ / "file/b", "new"}};
  const auto first = write_new_files(files, Existing::refuse);
  ASSERT_FALSE(first);
  EXPECT_EQ(first.error().kind, ErrorKind::internal);
  EXPECT_THAT(names(), testing::ElementsAre("file"));
  ASSERT_TRUE(write_new_files({{folder_ / "a", "old"}}, Existing::refuse));
  EXPECT_FALSE(write_new_files(files, Existing::keep_as_backup));
  EXPECT_EQ(text_of("a"), "old");
  EXPECT_THAT(names(), testing::ElementsAre("a", "file"));
}

TEST_F(NewFiles, LeaveOtherFilesAlone) {
  for (const char* name : {"a", "a.new", ".a.new"})
    ASSERT_TRUE(write_new_files({{folder_ / name, "mine"}}, Existing::refuse));
  // As a Murphy leaves it that was killed in between.
  fs::create_hard_link(folder_ / "a", folder_ / "a~");
  ASSERT_TRUE(write_new_files({{folder_ / "a", "new"}}, Existing::keep_as_backup));
  EXPECT_EQ(text_of("a"), "new");
  for (const char* name : {"a~", "a.new", ".a.new"}) EXPECT_EQ(text_of(name), "mine");
  EXPECT_THAT(names(), testing::ElementsAre(".a.new", "a", "a.new", "a~"));
}

TEST_F(NewFiles, ReplaceALinkThatLeadsToNothing) {
  fs::create_symlink(folder_ / "none", folder_ / "a");
  EXPECT_FALSE(check_new_files({folder_ / "a"}, Existing::refuse));
  ASSERT_TRUE(write_new_files({{folder_ / "a", "new"}}, Existing::keep_as_backup));
  EXPECT_EQ(text_of("a"), "new");
  EXPECT_TRUE(fs::is_symlink(folder_ / "a~"));
}

TEST_F(NewFiles, NeedAFolderThatCanBeWrittenTo) {
  ASSERT_TRUE(write_new_files({{folder_ / "file", ""}}, Existing::refuse));
  const auto below_a_file = check_new_files({folder_ / "file/x/a"}, Existing::refuse);
  ASSERT_FALSE(below_a_file);
  EXPECT_THAT(below_a_file.error().what, HasSubstr("file is no folder"));
  fs::permissions(folder_, fs::perms::owner_read | fs::perms::owner_exec);
  const auto closed = check_new_files({folder_ / "a"}, Existing::refuse);
  fs::permissions(folder_, fs::perms::owner_all);
  if (geteuid() != 0) {
    EXPECT_FALSE(closed) << "root may write everywhere";
  }
}

} // namespace
} // namespace murphy::cli
