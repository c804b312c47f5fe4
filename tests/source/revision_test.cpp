// The state of throw-away checkouts.
#include "source/revision.h"

#include <cstdlib>
#include <fstream>
#include <gtest/gtest.h>

namespace murphy::source {
namespace {

namespace fs = std::filesystem;
using namespace std::chrono_literals;

class Checkout : public testing::Test {
protected:
  Checkout() {
    std::string pattern = (fs::temp_directory_path() / "murphy-revision-XXXXXX").string();
    folder_ = mkdtemp(pattern.data());
  }
  ~Checkout() override { fs::remove_all(folder_); }

  void git(const std::string& arguments) const {
    const std::string command =
        "cd '" + folder_.string() +
        "' && env -u GIT_DIR -u GIT_INDEX_FILE git -c user.name=Ada -c user.email=ada@example.com " + arguments +
        " >/dev/null 2>&1";
    ASSERT_EQ(std::system(command.c_str()), 0) << command;
  }
  void write(const std::string& file, const std::string& text) const {
    fs::create_directories((folder_ / file).parent_path());
    std::ofstream(folder_ / file) << text;
  }
  record::RunOrigin origin(const std::string& below = "") const { return revision_of(folder_ / below, 60s); }

  fs::path folder_;
};

TEST_F(Checkout, IsDescribed) {
  git("init -q -b trunk");
  write("web/a.txt", "a\n");
  git("add -A");
  git("commit -qm one");
  const record::RunOrigin whole = origin();
  EXPECT_EQ(whole.commit.size(), 40U);
  EXPECT_EQ(whole.branch, "trunk");
  EXPECT_FALSE(whole.is_dirty);
  EXPECT_EQ(folder_in_checkout(folder_, 60s), "");
  EXPECT_EQ(folder_in_checkout(folder_ / "web", 60s), "web/");
  EXPECT_EQ(origin("web").commit, whole.commit);
}

TEST_F(Checkout, IsDirtyByChangedAndByUnknownFiles) {
  git("init -q -b trunk");
  write("a.txt", "a\n");
  write("web/b.txt", "b\n");
  git("add -A");
  git("commit -qm one");
  write("a.txt", "b\n");
  EXPECT_TRUE(origin("web").is_dirty) << "a file outside of the folder counts, too";
  git("checkout -q -- a.txt");
  EXPECT_FALSE(origin().is_dirty);
  write("ü new.txt", "b\n");
  EXPECT_TRUE(origin().is_dirty);
}

TEST_F(Checkout, OfACommitHasNoBranch) {
  git("init -q -b trunk");
  git("commit -q --allow-empty -m one");
  git("checkout -q --detach");
  EXPECT_EQ(origin().branch, "");
  EXPECT_EQ(origin().commit.size(), 40U);
}

TEST_F(Checkout, WithoutCommitOrWithoutGitSaysNothing) {
  EXPECT_EQ(origin(), record::RunOrigin{});
  EXPECT_EQ(folder_in_checkout(folder_, 60s), "");
  git("init -q -b trunk");
  EXPECT_EQ(origin(), record::RunOrigin{});
}

} // namespace
} // namespace murphy::source
