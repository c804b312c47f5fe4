#include "cli/store_use.h"

#include "watch/state_json.h"

#include <utility>

namespace murphy::cli {

StoreUse::StoreUse(watch::ExclusiveUse use, target::DatabaseAddress address, watch::WatchStore& store)
    : use_(std::move(use)), address_(std::move(address)), store_(store) {}

bool StoreUse::holds() const {
  const std::lock_guard lock(mutex_);
  return use_.holds();
}

bool StoreUse::take_back(const watch::WatchState& as_left) {
  if (is_lost_) return false;
  auto again = watch::ExclusiveUse::take(address_);
  is_lost_ = !again || !is_as_left(as_left);
  if (is_lost_) return false;
  const std::lock_guard lock(mutex_);
  use_ = std::move(*again);
  return true;
}

bool StoreUse::is_as_left(const watch::WatchState& state) {
  auto found = store_.load();
  if (!found) found = store_.load(); // it has connected again
  return found && watch::state_text(*found) == watch::state_text(state);
}

} // namespace murphy::cli
