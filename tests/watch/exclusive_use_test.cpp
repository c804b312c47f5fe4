// Two watches on one store.
#include "watch/store/exclusive_use.h"

#include <filesystem>
#include <gmock/gmock.h>
#include <optional>
#include <unistd.h>

namespace murphy::watch {
namespace {

namespace fs = std::filesystem;

TEST(ExclusiveUses, AreHeldByOneUntilItEnds) {
  std::string folder = (fs::temp_directory_path() / "murphy-use-XXXXXX").string();
  ASSERT_NE(mkdtemp(folder.data()), nullptr);
  const std::string store = folder + "/watch.db";
  {
    const auto first = ExclusiveUse::take(target::address_of_file(store));
    ASSERT_TRUE(first) << first.error().what;
    const auto second = ExclusiveUse::take(target::address_of_file(store));
    ASSERT_FALSE(second);
    EXPECT_EQ(second.error().kind, ErrorKind::usage);
    EXPECT_EQ(second.error().what, "another murphy watch uses the store " + store);
  }
  EXPECT_TRUE(ExclusiveUse::take(target::address_of_file(store)));
  const auto nowhere = ExclusiveUse::take(target::address_of_file(folder + "/none/watch.db"));
  ASSERT_FALSE(nowhere);
  EXPECT_EQ(nowhere.error().kind, ErrorKind::target);
  fs::remove_all(folder);
}

} // namespace
} // namespace murphy::watch
