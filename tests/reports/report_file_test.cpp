#include "command.h"
#include "reports/report_file.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/stat.h>
#include <unistd.h>

namespace murphy::reports {
namespace {

std::vector<std::string> names_in(const std::filesystem::path& folder) {
  std::vector<std::string> names;
  for (const auto& entry : std::filesystem::directory_iterator(folder))
    names.push_back(entry.path().filename().string());
  return names;
}

TEST(ReportFile, MakesItsFoldersAndLeavesNothingElse) {
  const ScratchFolder scratch;
  const std::filesystem::path path = scratch.path() / "out" / "ci" / "junit.xml";
  ASSERT_TRUE(write_report(path, "one"));
  EXPECT_EQ(read_file(path), "one");
  ASSERT_TRUE(write_report(path, "two"));
  EXPECT_EQ(read_file(path), "two");
  EXPECT_THAT(names_in(path.parent_path()), testing::ElementsAre("junit.xml"));
}

TEST(ReportFile, IsReadableAsTheUserMaskSays) {
  const ScratchFolder scratch;
  const mode_t before = umask(0022);
  EXPECT_TRUE(write_report(scratch.path() / "junit.xml", "text"));
  umask(before);
  struct stat status{};
  ASSERT_EQ(stat((scratch.path() / "junit.xml").c_str(), &status), 0);
  EXPECT_EQ(status.st_mode & 0777U, 0644U);
}

TEST(ReportFile, ReplacesWhatALinkPointsTo) {
  const ScratchFolder scratch;
  const std::filesystem::path file = scratch.file("kept.xml", "old");
  std::filesystem::create_symlink(file, scratch.path() / "latest.xml");
  ASSERT_TRUE(write_report(scratch.path() / "latest.xml", "new"));
  EXPECT_TRUE(std::filesystem::is_symlink(scratch.path() / "latest.xml"));
  EXPECT_EQ(read_file(file), "new");
}

TEST(ReportFile, WritesIntoDevices) { EXPECT_TRUE(write_report("/dev/null", "text")); }

TEST(ReportFile, TellsOfADeviceThatIsFull) {
  const Result<void> written = write_report("/dev/full", "text");
  ASSERT_FALSE(written);
  EXPECT_EQ(written.error().what, "the report /dev/full cannot be written: No space left on device");
  EXPECT_EQ(written.error().kind, ErrorKind::internal);
}

TEST(ReportFile, RefusesAFolder) {
  const ScratchFolder scratch;
  const Result<void> written = write_report(scratch.path(), "text");
  ASSERT_FALSE(written);
  EXPECT_EQ(written.error().what, "the report " + scratch.path().string() + " cannot be written: it is a folder");
  EXPECT_EQ(written.error().hint, "name a file in it");
}

TEST(ReportFile, NamesTheFolderThatCannotBeMade) {
  const ScratchFolder scratch;
  const std::string file = scratch.file("file", "").string();
  const Result<void> written = write_report(file + "/out/junit.xml", "text");
  ASSERT_FALSE(written);
  EXPECT_EQ(written.error().what, "the report " + file + "/out/junit.xml cannot be written: cannot create its folder " +
                                      file + "/out: Not a directory");
  EXPECT_EQ(written.error().hint, "name a path in a writable folder");
}

TEST(ReportFile, NamesThePathThatCannotBeWritten) {
  const std::filesystem::path path = "/proc/murphy-junit.xml";
  const Result<void> written = write_report(path, "text");
  ASSERT_FALSE(written);
  EXPECT_THAT(written.error().what, testing::StartsWith("the report /proc/murphy-junit.xml cannot be written: "));
}

TEST(ReportFile, RefusesAnEmptyPath) {
  const Result<void> written = write_report("", "text");
  ASSERT_FALSE(written);
  EXPECT_EQ(written.error().what, "the report has no path");
}

} // namespace
} // namespace murphy::reports
