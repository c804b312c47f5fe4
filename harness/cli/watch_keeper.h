// What becomes of each round of a watch: it is kept, told on standard output, and passed on to the channels.
#pragma once

#include "cli/alert_courier.h"
#include "record/redactor.h"
#include "watch/judge.h"
#include "watch/store/watch_store.h"

#include <cstddef>
#include <map>
#include <stop_token>
#include <string>
#include <vector>

namespace murphy::cli {

struct WatchedTarget {
  std::string target; // its name
  std::size_t scenarios = 0;
  bool is_maintenance = false; // as an earlier watch left it
};

class WatchKeeper {
public:
  // The store, the courier and the redactor must outlive it.
  WatchKeeper(watch::WatchStore& store, AlertCourier& courier, std::vector<AlertChannel> channels,
              const record::Redactor& redactor, WatchedTarget watched);

  // `passed`: the time since the round before. While the store cannot be written to, alerts go out at once, past it,
  // and what was told is kept with a later round. Says on standard error why, once.
  void keep(const watch::WatchState& state, const std::vector<watch::Notice>& notices, watch::Instant at,
            const watch::Uptime& passed, const std::stop_token& stop);

  // Takes from another, which does nothing any longer, what the store does not know yet.
  void go_on_for(WatchKeeper& before);
  // Before a round that sends wrong passwords; the same state otherwise.
  void keep_wrong_passwords(const watch::WatchState& state, watch::Instant at);

private:
  struct Unsent {
    watch::OutgoingAlert alert;
    bool is_said = false; // that its channel does not take it
  };

  watch::Alert masked_alert(watch::Notice notice) const;
  void send_past_store(const std::stop_token& stop);
  void say_what_is_held_back(const watch::WatchState& state);
  void say_what_is_not_seen(const watch::WatchState& state);

  watch::WatchStore& store_;
  AlertCourier& courier_;
  const std::vector<AlertChannel> channels_;
  const record::Redactor& redactor_;
  const WatchedTarget watched_;
  std::vector<watch::ToldNotice> untold_;        // that the store does not know yet
  std::vector<Unsent> unsent_;                   // the same
  watch::Uptime unkept_;                         // the same
  std::map<std::string, std::string> held_back_; // in the last round
  std::map<std::string, std::string> not_seen_;  // checks of the app server, and why
  bool is_store_in_trouble_ = false;
  bool has_begun_ = false, is_maintenance_;
};

} // namespace murphy::cli
