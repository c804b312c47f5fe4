#include "cli/lock_file.h"

#include "command.h"
#include "snapshot/lock.h"

#include <gtest/gtest.h>

namespace murphy::cli {
namespace {

scenario::Project project_in(const std::string& directory) {
  scenario::Project project;
  project.directory = directory;
  project.targets.resize(2);
  project.targets[0].name = "local";
  project.targets[1].name = "staging";
  return project;
}

TEST(LockFile, IsBesideTheProjectFileAndNamedForItsTarget) {
  struct Row {
    std::string directory;
    std::size_t target;
    std::string file;
  };
  for (const Row& row : {Row{"", 0, "murphy.lock"}, Row{"", 1, "murphy.staging.lock"}, Row{".", 0, "murphy.lock"},
                         Row{"shop", 0, "shop/murphy.lock"}, Row{"../shop/", 1, "../shop/murphy.staging.lock"}}) {
    const scenario::Project project = project_in(row.directory);
    EXPECT_EQ(lock_file(project, project.targets[row.target]), row.file);
  }
}

TEST(LockFile, ThatIsNotThereIsNoMistake) {
  const auto known = load_lock("no/such/murphy.lock");
  ASSERT_TRUE(known);
  EXPECT_FALSE(*known);
}

TEST(LockFile, IsReadAsItWasWritten) {
  const reports::ScratchFolder folder;
  record::KnownGood written;
  written.engine = "sqlite";
  const auto known = load_lock(folder.file("murphy.lock", snapshot::write_lock(written)).string());
  ASSERT_TRUE(known);
  EXPECT_EQ(*known, written);
}

TEST(LockFile, ThatCannotBeReadIsNamed) {
  const reports::ScratchFolder folder;
  const std::string file = folder.file("murphy.lock", "version = \"x\"\n").string();
  const auto known = load_lock(file);
  ASSERT_FALSE(known);
  EXPECT_EQ(known.error().kind, ErrorKind::usage);
  EXPECT_EQ(known.error().place.file, file);
  EXPECT_FALSE(load_lock(folder.path().string())) << "a folder";
}

} // namespace
} // namespace murphy::cli
