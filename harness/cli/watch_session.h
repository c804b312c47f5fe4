// One set of files at work: its rounds, and what becomes of them. A watch that reads its files again has a new one,
// which goes on with what the one before it knew.
#pragma once

#include "cli/alert_courier.h"
#include "cli/system_clock.h"
#include "cli/watch_keeper.h"
#include "cli/watch_publisher.h"
#include "cli/watch_round.h"
#include "cli/watch_set.h"
#include "watch/counts.h"
#include "watch/store/watch_store.h"
#include "watch/uptime.h"
#include "watch/watching.h"

#include <functional>
#include <memory>
#include <stop_token>
#include <string>

namespace murphy::cli {

// What stays over all sets of a watch. All of it outlives them.
struct WatchAround {
  watch::WatchStore& store;
  // In any thread. While it does not, another watch may use it: this one writes and sends nothing.
  std::function<bool()> holds_store;
  // Without the store: whether it has it again, as this state left it.
  std::function<bool(const watch::WatchState& as_left)> takes_store_back;
  WatchPublisher& publisher;
  SystemClock& clock;
  watch::UptimeMeter& meter;
  watch::Counts& counts; // since the start
  std::stop_token stop;
  std::function<void()> beat; // the watch goes on
  // A round has ended.
  std::function<void(const watch::WatchState& state)> round_ended;
};

// Whether there is a next round.
enum class Rounds { one, many };

class WatchSession {
public:
  // Errors: as of AlertCourier.
  static Result<std::unique_ptr<WatchSession>> make(std::unique_ptr<WatchSet> set, watch::WatchState state,
                                                    WatchAround around, Rounds rounds);
  WatchSession(const WatchSession&) = delete;
  WatchSession& operator=(const WatchSession&) = delete;
  ~WatchSession() = default;

  // As of watch::Watching.
  bool round() { return watching_.round(); }
  bool settle() { return watching_.settle(); }
  const watch::WatchState& state() const { return watching_.state(); }

  const WatchSet& set() const { return *set_; }
  AlertCourier& courier() { return *courier_; }
  ExitCode code_of_unjudged() const { return rounds_.code_of_unjudged(); }
  // Takes from the one before it what the store does not know yet. That one does nothing any longer.
  void go_on_for(WatchSession& before);

private:
  WatchSession(std::unique_ptr<WatchSet> set, watch::WatchState state, WatchAround around, Rounds rounds,
               std::unique_ptr<AlertCourier> courier);
  std::optional<watch::RoundLook> look(const std::vector<std::string>& due);
  void keep(const watch::WatchState& state, const std::vector<watch::Notice>& notices, watch::Instant at);
  bool is_maintenance(watch::Instant at);
  bool has_store();
  void note_overruns(const watch::WatchState& state);

  std::unique_ptr<WatchSet> set_;
  WatchAround around_;
  const Rounds how_many_;
  watch::WatchState as_left_; // what the store was given last
  std::unique_ptr<AlertCourier> courier_;
  WatchKeeper keeper_;
  WatchRounds rounds_;
  watch::Watching watching_;
  watch::Counts before_;             // what was counted when it began, without what its courier takes over
  std::chrono::milliseconds took_{}; // the last round
  int missed_ = 0, overruns_ = 0;    // runs that were left out, and rounds in a row that left some out
  bool has_warned_ = false;          // of these
  std::string trouble_;              // of the round before, so that the same is said once
};

} // namespace murphy::cli
