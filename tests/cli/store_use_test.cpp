// A watch that has lost its store.
#include "cli/store_use.h"

#include "command.h"
#include "full_store.h"

#include <chrono>
#include <filesystem>
#include <gmock/gmock.h>
#include <utility>

namespace murphy::cli {
namespace {

class StoreUses : public testing::Test {
protected:
  // As if the connection that keeps it were lost.
  void lose() const { std::filesystem::remove(address_.file + ".lock"); }

  reports::ScratchFolder folder_;
  target::DatabaseAddress address_ = target::address_of_file((folder_.path() / "watch.db").string());
  watch::WatchStore store_ = std::move(*watch::WatchStore::open(address_, watch::WatchStore::Access::write));
  StoreUse use_{std::move(*watch::ExclusiveUse::take(address_)), address_, store_};
};

TEST_F(StoreUses, AreTakenBackIfNobodyElseHasWritten) {
  EXPECT_TRUE(use_.holds());
  watch::WatchState state;
  state.target = "staging";
  ASSERT_TRUE(store_.commit(state, {}, {}, std::chrono::system_clock::now()));
  lose();
  EXPECT_TRUE(use_.take_back(state));
  EXPECT_FALSE(use_.is_lost());
  lose();
  EXPECT_FALSE(use_.take_back({})) << "the store is not as it was left";
  EXPECT_TRUE(use_.is_lost());
  EXPECT_FALSE(use_.take_back(state)) << "for good";
}

TEST_F(StoreUses, AreLostWhileAnotherHasThem) {
  lose();
  const auto other = watch::ExclusiveUse::take(address_);
  ASSERT_TRUE(other);
  EXPECT_FALSE(use_.take_back({}));
  EXPECT_TRUE(use_.is_lost());
}

} // namespace
} // namespace murphy::cli
