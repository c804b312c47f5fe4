// That the store of a watch is its own, and what happens once the connection that keeps it is lost.
#pragma once

#include "watch/incident.h"
#include "watch/store/exclusive_use.h"
#include "watch/store/watch_store.h"

#include <mutex>

namespace murphy::cli {

class StoreUse {
public:
  // The store must outlive it.
  StoreUse(watch::ExclusiveUse use, target::DatabaseAddress address, watch::WatchStore& store);

  // In any thread.
  bool holds() const;
  // For the thread of the watch, once it does not hold the store: tries once to have it again. It goes on only if the
  // store still is as this watch left it; otherwise, another watch has used it, and it is lost for good.
  bool take_back(const watch::WatchState& as_left);
  bool is_lost() const { return is_lost_; }

private:
  bool is_as_left(const watch::WatchState& state);

  mutable std::mutex mutex_; // guards `use_`, which others replace by take_back()
  watch::ExclusiveUse use_;
  const target::DatabaseAddress address_;
  watch::WatchStore& store_;
  bool is_lost_ = false;
};

} // namespace murphy::cli
