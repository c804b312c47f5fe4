#include "cli/demo_files.h"

#include <cstdlib>
#include <fstream>
#include <gmock/gmock.h>
#include <sys/stat.h>

namespace murphy::cli {
namespace {

namespace fs = std::filesystem;
using testing::HasSubstr;

void write(const fs::path& file, const std::string& text) {
  fs::create_directories(file.parent_path());
  std::ofstream(file) << text;
}

class DemoFilesTest : public testing::Test {
protected:
  DemoFilesTest() : place_(*TemporaryDirectory::make()) {
    write(demo() / "murphy.toml", "");
    write(demo() / "scenarios/sign-in.toml", "");
    write(demo() / "app/migrations/1.sql", "first\npassword\nlast\n");
    write(demo() / "overlay/migrations/1.sql", "first\npasword\nlast\n");
    write(place_.path() / "libexec/murphy/dashboard", "");
  }
  fs::path demo() const { return place_.path() / "share/murphy/demo"; }

  TemporaryDirectory place_;
};

TEST_F(DemoFilesTest, AreFoundWithWhatTheOverlayChanges) {
  const auto found = find_demo(place_.path());
  ASSERT_TRUE(found) << found.error().what;
  EXPECT_EQ(found->folder, demo().string());
  EXPECT_EQ(found->change, "migrations/1.sql is all that differs:\n  - password\n  + pasword\n");
}

TEST_F(DemoFilesTest, AreNotCompleteWithoutAnyOfThem) {
  for (const char* part : {"share/murphy/demo/murphy.toml", "share/murphy/demo/scenarios", "share/murphy/demo/app",
                           "share/murphy/demo/overlay", "libexec/murphy/dashboard"}) {
    const fs::path path = place_.path() / part, aside = place_.path() / "aside";
    fs::rename(path, aside);
    const auto found = find_demo(place_.path());
    ASSERT_FALSE(found) << part;
    EXPECT_EQ(found.error().kind, ErrorKind::target);
    EXPECT_EQ(found.error().what, "the demo is not complete: there is no " + path.string());
    EXPECT_THAT(found.error().hint, HasSubstr("install Murphy's package"));
    fs::rename(aside, path);
  }
}

TEST(TemporaryDirectoryTest, IsPrivateAndGoesWithItsOwner) {
  fs::path path;
  {
    const auto made = TemporaryDirectory::make();
    ASSERT_TRUE(made);
    path = made->path();
    struct stat found{};
    ASSERT_EQ(stat(path.c_str(), &found), 0);
    EXPECT_EQ(found.st_mode & 0777U, 0700U);
    write(path / "deep/file", "text");
  }
  EXPECT_FALSE(fs::exists(path));
}

TEST(TemporaryDirectoryTest, CannotBeMadeWhereNoFolderIs) {
  const char* before = std::getenv("TMPDIR");
  const std::string kept = before == nullptr ? "" : before;
  setenv("TMPDIR", "/nowhere/at/all", 1);
  const auto made = TemporaryDirectory::make();
  before == nullptr ? unsetenv("TMPDIR") : setenv("TMPDIR", kept.c_str(), 1);
  ASSERT_FALSE(made);
  EXPECT_EQ(made.error().what, "no folder can be made in /nowhere/at/all: No such file or directory");
  EXPECT_EQ(made.error().hint, "set TMPDIR to a folder that you can write to");
}

} // namespace
} // namespace murphy::cli
