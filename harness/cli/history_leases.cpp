#include "cli/history_leases.h"

#include "cli/terminal.h"

#include <chrono>
#include <condition_variable>
#include <fmt/format.h>
#include <mutex>
#include <optional>
#include <random>
#include <thread>

namespace murphy::cli {
namespace {

constexpr std::chrono::seconds between_renewals(15);

std::string new_holder() {
  std::random_device random;
  return fmt::format("{:08x}{:08x}{:08x}", random(), random(), random());
}

class HistoryLeases : public run::SharedLeases {
public:
  HistoryLeases(const HistoryPlace& place, std::string target)
      : target_(std::move(target)), holder_(new_holder()),
        renewal_([this](const std::stop_token& stop) { renew(stop); }) {
    auto opened = open_history(place);
    const std::lock_guard lock(mutex_);
    if (opened)
      store_.emplace(std::move(*opened));
    else
      give_up(opened.error());
  }

  std::set<std::string> held_by_others() override {
    const std::lock_guard lock(mutex_);
    if (!store_) return {};
    const auto held = store_->held_by_others(target_, holder_);
    if (!held) return give_up(held.error()), std::set<std::string>();
    return {held->begin(), held->end()};
  }

  bool try_take(const std::vector<std::string>& accounts) override {
    const std::lock_guard lock(mutex_);
    if (!store_) return true;
    const auto taken = store_->take(target_, accounts, holder_);
    if (!taken) give_up(taken.error());
    return !taken || *taken;
  }

  void give_back(const std::vector<std::string>& accounts) override {
    const std::lock_guard lock(mutex_);
    if (!store_) return;
    if (const auto given = store_->give_back(target_, accounts, holder_); !given) give_up(given.error());
  }

private:
  void renew(const std::stop_token& stop) {
    std::unique_lock lock(mutex_);
    while (!stop.stop_requested()) {
      if (wake_.wait_for(lock, stop, between_renewals, [] { return false; }) || stop.stop_requested() || !store_)
        continue;
      if (const auto renewed = store_->renew(target_, holder_); !renewed) give_up(renewed.error());
    }
  }

  // Held: mutex_.
  void give_up(Error error) {
    store_.reset();
    error.hint = "other runs may use the same accounts now; " + error.hint;
    show({error});
  }

  std::string target_;
  std::string holder_;
  std::mutex mutex_;
  std::condition_variable_any wake_;
  std::optional<history::Store> store_;
  std::jthread renewal_; // ends before what it uses
};

} // namespace

std::unique_ptr<run::SharedLeases> leases_in_history(const HistoryPlace& place, const std::string& target) {
  return std::make_unique<HistoryLeases>(place, target);
}

} // namespace murphy::cli
