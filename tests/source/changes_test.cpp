// What a change is, asked of throw-away repositories.
#include "source/changes.h"

#include <cstdlib>
#include <fmt/format.h>
#include <fstream>
#include <gmock/gmock.h>

namespace murphy::source {
namespace {

namespace fs = std::filesystem;
using namespace std::chrono_literals;
using testing::ElementsAre;
using testing::IsEmpty;
using Known = Changes::Known;

class ChangedFiles : public testing::Test {
protected:
  ChangedFiles() {
    std::string pattern = (fs::temp_directory_path() / "murphy-changes-XXXXXX").string();
    top_ = mkdtemp(pattern.data());
    folder_ = top_ / "shop";
    fs::create_directory(folder_);
  }
  ~ChangedFiles() override { fs::remove_all(top_); }

  void git(const std::string& arguments) const {
    const std::string command =
        fmt::format("cd '{}' && env -u GIT_DIR -u GIT_INDEX_FILE git -c user.name=Ada -c "
                    "user.email=ada@example.com -c protocol.file.allow=always {} >/dev/null 2>&1",
                    folder_.string(), arguments);
    ASSERT_EQ(std::system(command.c_str()), 0) << command;
  }
  void write(const std::string& file, const std::string& text) const {
    fs::create_directories((folder_ / file).parent_path());
    std::ofstream(folder_ / file) << text;
  }
  void commit(const std::string& file, const std::string& text = "x\n") const {
    write(file, text);
    git("add -A");
    git("commit -qm one");
  }
  // main has a.rb and b.rb; the branch `change` begins there.
  void begin() const {
    git("init -q -b main");
    commit("a.rb");
    commit("app/b.rb");
    git("checkout -q -b change");
  }
  // From now on everything is asked of a clone of the repository, of so many commits.
  void clone(const std::string& options) {
    const std::string origin = folder_.string();
    folder_ = top_ / "clone";
    fs::create_directory(folder_);
    git(fmt::format("clone -q {} 'file://{}' .", options, origin));
  }
  Changes changes(std::vector<std::string> names = {"main"}, const std::string& below = {}) const {
    return changes_since(folder_ / below, {.names = std::move(names)}, 60s);
  }
  Changes of_a_merge(std::vector<std::string> names) const {
    return changes_since(folder_, {.names = std::move(names), .is_first_parent_of_a_merge = true}, 60s);
  }

  fs::path top_, folder_;
};

TEST_F(ChangedFiles, AreThoseSinceTheMergeBase) {
  begin();
  commit("c.rb");
  git("checkout -q main");
  commit("only-on-main.rb");
  git("checkout -q change");
  const Changes found = changes({"nowhere", "main"});
  EXPECT_EQ(found.known, Known::all);
  EXPECT_THAT(found.paths, ElementsAre("c.rb"));
  EXPECT_EQ(found.base.size(), 40U);
  EXPECT_FALSE(found.is_shallow);
  EXPECT_THAT(changes({"main"}, "app").paths, ElementsAre("c.rb")) << "from the top, wherever it is asked";
}

TEST_F(ChangedFiles, HaveBothNamesWhenTheyMoved) {
  begin();
  git("mv app/b.rb moved.rb");
  git("commit -qm moved");
  EXPECT_THAT(changes().paths, ElementsAre("app/b.rb", "moved.rb"));
  git("mv moved.rb again.rb");
  EXPECT_THAT(changes().paths, ElementsAre("again.rb", "app/b.rb", "moved.rb"));
}

TEST_F(ChangedFiles, HaveTheirNamesAsTheyAre) {
  begin();
  commit("app/ü b.rb");
  commit("\"quoted\"\n-and-broken.rb");
  EXPECT_THAT(changes().paths, ElementsAre("\"quoted\"\n-and-broken.rb", "app/ü b.rb"));
}

TEST_F(ChangedFiles, AreThoseThatNobodyCommittedAsWell) {
  begin();
  write("a.rb", "changed\n");
  write("app/staged.rb", "new\n");
  git("add app/staged.rb");
  write("new folder/unknown.rb", "new\n");
  fs::remove(folder_ / "app/b.rb");
  EXPECT_THAT(changes().paths, ElementsAre("a.rb", "app/b.rb", "app/staged.rb", "new folder/unknown.rb"));
}

TEST_F(ChangedFiles, AreNoneWhereNothingDiffers) {
  begin();
  EXPECT_EQ(changes().known, Known::all);
  EXPECT_THAT(changes().paths, IsEmpty());
}

TEST_F(ChangedFiles, AreKnownOfADetachedHead) {
  begin();
  commit("c.rb");
  git("checkout -q --detach");
  EXPECT_THAT(changes().paths, ElementsAre("c.rb"));
}

TEST_F(ChangedFiles, AreUnknownWithoutACheckout) {
  EXPECT_EQ(changes().known, Known::no_checkout);
  EXPECT_EQ(top_of_checkout(folder_, 60s), fs::path());
}

TEST_F(ChangedFiles, AreUnknownWithoutACommit) {
  git("init -q -b main");
  write("a.rb", "x");
  EXPECT_EQ(changes().known, Known::no_commit);
}

TEST_F(ChangedFiles, AreUnknownWithoutABase) {
  begin();
  EXPECT_EQ(changes({"gone"}).known, Known::unknown_base);
  EXPECT_EQ(changes({}).known, Known::unknown_base);
  EXPECT_EQ(changes({"--output=/tmp/murphy-must-not-be", "0123456789012345678901234567890123456789"}).known,
            Known::unknown_base);
  EXPECT_FALSE(fs::exists("/tmp/murphy-must-not-be"));
}

TEST_F(ChangedFiles, AreUnknownWhereHistoriesAreNotRelated) {
  begin();
  git("checkout -q --orphan other");
  commit("c.rb");
  EXPECT_EQ(changes().known, Known::no_merge_base);
  EXPECT_THAT(changes().paths, IsEmpty()) << "the difference of the two would be wrong";
}

TEST_F(ChangedFiles, AreUnknownWhereTheCloneIsTooShallow) {
  begin();
  commit("c.rb");
  git("checkout -q main");
  commit("d.rb");
  clone("--depth 1 --no-single-branch --branch change");
  const Changes found = changes({"refs/remotes/origin/main"});
  EXPECT_EQ(found.known, Known::no_merge_base);
  EXPECT_TRUE(found.is_shallow);
}

TEST_F(ChangedFiles, OfAMergeOfTwoCommitsDepthAreThoseOfTheChange) {
  begin();
  commit("c.rb");
  git("checkout -q main");
  commit("d.rb");
  git("checkout -q -b merged");
  git("merge -q --no-ff -m merge change");
  clone("--depth 2 --branch merged");
  EXPECT_EQ(changes({"refs/remotes/origin/main"}).known, Known::unknown_base);
  const Changes found = of_a_merge({"refs/remotes/origin/main"});
  EXPECT_EQ(found.known, Known::all);
  EXPECT_THAT(found.paths, ElementsAre("c.rb"));
}

TEST_F(ChangedFiles, OfAMergeAloneAreUnknown) {
  begin();
  commit("c.rb");
  git("checkout -q main");
  commit("d.rb");
  git("merge -q --no-ff -m merge change");
  clone("--depth 1");
  EXPECT_EQ(of_a_merge({"refs/remotes/origin/gone"}).known, Known::unknown_base);
}

TEST_F(ChangedFiles, AreThoseSinceTheNewBaseAfterAForcePush) {
  begin();
  commit("c.rb");
  clone("--branch change");
  git("-C ../shop checkout -q main");
  git("-C ../shop commit -q --amend -m other");
  git("fetch -q");
  const Changes found = changes({"refs/remotes/origin/main"});
  EXPECT_EQ(found.known, Known::all);
  EXPECT_THAT(found.paths, ElementsAre("app/b.rb", "c.rb")) << "the merge base is the commit before";
}

TEST_F(ChangedFiles, NameASubmodule) {
  begin();
  fs::create_directory(top_ / "library");
  git("init -q -b main ../library");
  git("-C ../library commit -q --allow-empty -m one");
  git("submodule add -q ../library lib");
  git("commit -qm library");
  EXPECT_THAT(changes().paths, ElementsAre(".gitmodules", "lib"));
}

TEST_F(ChangedFiles, AreUnknownWhereGitTakesTooLong) {
  begin();
  const Changes found = changes_since(folder_, {.names = {"main"}}, 0ms);
  EXPECT_NE(found.known, Known::all);
  EXPECT_THAT(found.paths, IsEmpty());
}

TEST_F(ChangedFiles, AreSeenFromTheTopOfTheCheckout) {
  begin();
  EXPECT_EQ(top_of_checkout(folder_ / "app", 60s), fs::canonical(folder_));
  fs::create_symlink(folder_ / "app", top_ / "link");
  EXPECT_EQ(top_of_checkout(top_ / "link", 60s), fs::canonical(folder_));
}

TEST_F(ChangedFiles, KnowTheCommitsBetweenTwo) {
  begin();
  commit("c.rb");
  commit("d.rb");
  const auto between = commits_between(folder_, "main", "change", 60s);
  ASSERT_TRUE(between);
  EXPECT_EQ(between->size(), 2U);
  EXPECT_THAT(between->front(), testing::EndsWith(" one"));
  EXPECT_FALSE(commits_between(folder_, "0123456789012345678901234567890123456789", "main", 60s));
}

TEST_F(ChangedFiles, KnowTheCommitsUpToWhereTheChangeBegan) {
  begin();
  commit("c.rb");
  git("checkout -q main");
  commit("d.rb");
  git("checkout -q change");
  const Changes found = changes();
  const auto commits = commits_up_to(folder_, found.merge_base, 60s);
  ASSERT_EQ(commits.size(), 2U);
  EXPECT_EQ(commits.front(), found.merge_base);
  EXPECT_NE(found.merge_base, found.base) << "main has gone on";
  git("checkout -q main");
  git("merge -q --no-ff -m merge change");
  EXPECT_EQ(commits_up_to(folder_, "main", 60s).size(), 4U) << "the commits of a branch that was merged are not main's";
  EXPECT_THAT(commits_up_to(folder_, "", 60s), IsEmpty());
  clone("--depth 2 --branch main");
  EXPECT_EQ(commits_up_to(folder_, "HEAD", 60s).size(), 2U);
}

TEST_F(ChangedFiles, KnowWhatIsInTheHistoryOfABase) {
  begin();
  commit("c.rb");
  EXPECT_TRUE(is_in_history(folder_, "main", "main", 60s));
  EXPECT_TRUE(is_in_history(folder_, "main~1", "main", 60s));
  EXPECT_FALSE(is_in_history(folder_, "change", "main", 60s)) << "the change itself";
  EXPECT_FALSE(is_in_history(folder_, "", "main", 60s));
  EXPECT_FALSE(is_in_history(folder_, "0123456789012345678901234567890123456789", "main", 60s));
}

} // namespace
} // namespace murphy::source
