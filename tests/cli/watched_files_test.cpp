// Files that change while a watch runs.
#include "cli/watched_files.h"

#include "command.h"

#include <filesystem>
#include <gtest/gtest.h>

namespace murphy::cli {
namespace {

class Changing : public testing::Test {
protected:
  Changing() {
    folder_.file("a.toml", "1");
    names_ = {path("a.toml"), path("b.toml")};
  }
  std::string path(const std::string& name) const { return (folder_.path() / name).string(); }

  reports::ScratchFolder folder_;
  std::vector<std::string> names_;
};

TEST_F(Changing, IsSeenOnceItHasEnded) {
  WatchedFiles files([this] { return names_; });
  EXPECT_FALSE(files.have_changed());
  folder_.file("a.toml", "2");
  EXPECT_FALSE(files.have_changed()) << "somebody may still be writing";
  folder_.file("b.toml", "1");
  EXPECT_FALSE(files.have_changed());
  EXPECT_TRUE(files.have_changed());
  EXPECT_EQ(files.take(), path("a.toml") + " changed, " + path("b.toml") + " is new");
  EXPECT_FALSE(files.have_changed());
  EXPECT_EQ(files.take(), "");
}

TEST_F(Changing, IsNothingWhereTheContentIsTheSame) {
  WatchedFiles files([this] { return names_; });
  folder_.file("a.toml", "2");
  EXPECT_FALSE(files.have_changed());
  folder_.file("a.toml", "1");
  EXPECT_FALSE(files.have_changed());
  EXPECT_FALSE(files.have_changed());
}

// While the files were read, somebody wrote again.
TEST_F(Changing, IsNotLostWhereTheListIsAnotherAfterwards) {
  WatchedFiles files([this] { return names_; });
  folder_.file("a.toml", "2");
  files.take();
  folder_.file("a.toml", "3");
  folder_.file("c.toml", "1");
  names_ = {path("a.toml"), path("c.toml")};
  files.take_others();
  EXPECT_TRUE(files.have_changed());
  EXPECT_EQ(files.take(), path("a.toml") + " changed");
  EXPECT_FALSE(files.have_changed());
  files.take_others();
  EXPECT_FALSE(files.have_changed());
}

// As a ConfigMap of Kubernetes does it.
TEST_F(Changing, MayBeALinkThatLeadsElsewhere) {
  folder_.file("one", "1");
  folder_.file("two", "2");
  std::filesystem::create_symlink(path("one"), path("b.toml"));
  WatchedFiles files([this] { return names_; });
  std::filesystem::create_symlink(path("two"), path("next"));
  std::filesystem::rename(path("next"), path("b.toml"));
  EXPECT_FALSE(files.have_changed());
  EXPECT_TRUE(files.have_changed());
  EXPECT_EQ(files.take(), path("b.toml") + " changed");
  std::filesystem::remove(path("b.toml"));
  names_.pop_back();
  EXPECT_EQ(files.take(), path("b.toml") + " is gone");
}

} // namespace
} // namespace murphy::cli
