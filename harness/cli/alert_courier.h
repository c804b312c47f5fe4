// Takes alerts from the store of a watch to their channels, in a thread of its own: a service that hangs holds up no
// round.
#pragma once

#include "cli/alert_sender.h"
#include "record/redactor.h"
#include "watch/store/watch_store.h"

#include <atomic>
#include <chrono>
#include <condition_variable>
#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <set>
#include <stop_token>
#include <string>
#include <thread>
#include <utility>
#include <vector>

namespace murphy::cli {

// Of a round in which Murphy could not judge, nobody is to believe that all is well.
enum class Heartbeat { due, withheld };

class AlertCourier {
public:
  // The client and the redactor must outlive it. `holds_store` says in any thread whether the store is still this
  // watch's: once it is not, nothing is sent. Errors: as of watch::WatchStore.
  static Result<std::unique_ptr<AlertCourier>> make(
      AlertAddresses addresses, const target::DatabaseAddress& store, AlertSender sender,
      const record::Redactor& redactor, std::function<bool()> holds_store = [] { return true; });
  ~AlertCourier(); // stops; what is not sent stays in the store
  AlertCourier(const AlertCourier&) = delete;
  AlertCourier& operator=(const AlertCourier&) = delete;

  // Sends what is due, again and again, until it is destroyed.
  void start();
  // Ends the one before it, and takes from it what the store does not know: what was sent, what waits, and the counts.
  // To be called before start().
  void go_on_for(AlertCourier& before);
  // Whether it has not come on for longer than anything of its work takes.
  bool is_stuck() const;
  // A round has finished: there may be alerts, and these incidents are open.
  void round_finished(std::vector<watch::Alert> open, Heartbeat heartbeat);
  // Sends what is due once, here and now, and the heartbeat; to be called instead of start().
  void send_due();
  // How many attempts ended how since the start, by channel and outcome: "sent", "postponed", "lost".
  // Names are masked: they are published.
  std::map<std::pair<std::string, std::string>, std::int64_t> attempts() const;
  // Sends an alert past the store, here and now, which counts as an attempt. Errors: the outcome of a channel that is
  // not there is Fate::never, and without the store Fate::again.
  SendOutcome send(const watch::OutgoingAlert& alert, const std::stop_token& stop);
  // Whether the control address answers, whatever it says; also where there is none.
  bool has_network(const std::stop_token& stop) const;
  // Sends the heartbeat, here and now. None: there is no address for it.
  std::optional<SendOutcome> ping(const std::stop_token& stop) const;

private:
  // What has become of alerts, which the store may not know yet.
  struct Finished {
    std::int64_t first = 0;
    std::vector<std::int64_t> others;
    std::string problem; // empty: they were sent
    watch::Instant at{};
  };
  // A wait that the store may not know of.
  struct Postponed {
    int attempts = 0;
    std::chrono::steady_clock::time_point until;
  };

  AlertCourier(AlertAddresses addresses, watch::WatchStore store, AlertSender sender, const record::Redactor& redactor,
               std::function<bool()> holds_store);
  void work(const std::stop_token& stop);
  void send_due(const std::stop_token& stop);
  void send_queue_of(const AlertChannel& channel, std::vector<watch::QueuedAlert> queue, const std::stop_token& stop);
  bool send_one(const AlertChannel& channel, const std::vector<watch::QueuedAlert>& as_one,
                const std::stop_token& stop);
  void keep_up(const std::stop_token& stop);
  bool is_waiting(const watch::QueuedAlert& alert) const;
  int attempts_of(const watch::QueuedAlert& alert) const;
  void finish(Finished finished);
  void record_finished();
  void postpone(const watch::QueuedAlert& alert, std::chrono::seconds wait);
  void note_outcome(const std::string& whom, const SendOutcome& outcome);
  void tell(const std::string& text) const;
  void count(const std::string& channel, const char* outcome);
  void note(const Result<void>& result);

  AlertAddresses addresses_;
  watch::WatchStore store_;
  AlertSender sender_;
  const record::Redactor& redactor_;
  const std::function<bool()> holds_store_;
  // While the store cannot be written to, the same alert must not go out again and again.
  std::vector<Finished> unrecorded_;
  std::map<std::int64_t, Postponed> postponed_; // by the id of the alert
  bool is_store_in_trouble_ = false;
  std::set<std::string> deaf_;                                 // who did not take what is sent again and again
  std::atomic<std::chrono::steady_clock::time_point> came_on_; // in its thread; the epoch: it has not started
  mutable std::mutex mutex_;                                   // guards the five below
  std::condition_variable_any wake_;
  bool is_round_finished_ = false;
  Heartbeat heartbeat_ = Heartbeat::withheld;
  std::vector<watch::Alert> open_;
  std::map<std::pair<std::string, std::string>, std::int64_t> counts_;
  std::optional<std::chrono::steady_clock::time_point> kept_up_; // when Alertmanager last heard of what is open
  std::jthread thread_;                                          // ends before what it uses
};

} // namespace murphy::cli
