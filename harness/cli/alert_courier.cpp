#include "cli/alert_courier.h"

#include "base/text.h"
#include "cli/terminal.h"
#include "watch/notify/payload.h"
#include "watch/watched.h"

#include <algorithm>
#include <chrono>
#include <fmt/format.h>
#include <iterator>
#include <utility>

namespace murphy::cli {
namespace {

using scenario::WatchChannel;
using watch::Fate;

constexpr std::chrono::seconds longest_nap(1); // alerts that wait for another attempt are looked at so often

// As it is counted.
const char* outcome_name(Fate fate) {
  switch (fate) {
  case Fate::sent: return "sent";
  case Fate::again: return "postponed";
  case Fate::never: break;
  }
  return "lost";
}

watch::Instant now() { return std::chrono::system_clock::now(); }

} // namespace

AlertCourier::AlertCourier(AlertAddresses addresses, watch::WatchStore store, AlertSender sender,
                           const record::Redactor& redactor, std::function<bool()> holds_store)
    : addresses_(std::move(addresses)), store_(std::move(store)), sender_(std::move(sender)), redactor_(redactor),
      holds_store_(std::move(holds_store)) {}

AlertCourier::~AlertCourier() = default;

Result<std::unique_ptr<AlertCourier>> AlertCourier::make(AlertAddresses addresses,
                                                         const target::DatabaseAddress& address, AlertSender sender,
                                                         const record::Redactor& redactor,
                                                         std::function<bool()> holds_store) {
  auto store = watch::WatchStore::open(address, watch::WatchStore::Access::write);
  if (!store) return std::unexpected(store.error());
  return std::unique_ptr<AlertCourier>(
      new AlertCourier(std::move(addresses), std::move(*store), std::move(sender), redactor, std::move(holds_store)));
}

void AlertCourier::start() {
  thread_ = std::jthread([this](const std::stop_token& stop) { work(stop); });
}

void AlertCourier::go_on_for(AlertCourier& before) {
  before.thread_ = {}; // waits for its end
  unrecorded_ = std::move(before.unrecorded_);
  postponed_ = std::move(before.postponed_);
  deaf_ = std::move(before.deaf_);
  is_store_in_trouble_ = before.is_store_in_trouble_;
  const std::scoped_lock lock(mutex_, before.mutex_);
  is_round_finished_ = before.is_round_finished_;
  heartbeat_ = before.heartbeat_;
  open_ = std::move(before.open_);
  kept_up_ = before.kept_up_;
  for (const auto& [by, number] : before.counts_) counts_[by] += number;
}

void AlertCourier::round_finished(std::vector<watch::Alert> open, Heartbeat heartbeat) {
  const std::lock_guard lock(mutex_);
  is_round_finished_ = true;
  heartbeat_ = heartbeat;
  open_ = std::move(open);
  wake_.notify_all();
}

bool AlertCourier::is_stuck() const {
  const auto came_on = came_on_.load();
  return came_on != std::chrono::steady_clock::time_point{} &&
         std::chrono::steady_clock::now() - came_on > watch::longest_round;
}

void AlertCourier::work(const std::stop_token& stop) {
  while (!stop.stop_requested()) {
    came_on_ = std::chrono::steady_clock::now();
    {
      std::unique_lock lock(mutex_);
      wake_.wait_for(lock, stop, longest_nap, [this] { return is_round_finished_; });
    }
    if (!stop.stop_requested()) send_due(stop);
  }
}

void AlertCourier::send_due() { send_due(std::stop_token()); }

void AlertCourier::send_due(const std::stop_token& stop) {
  if (!holds_store_()) return; // its alerts are those of another watch
  record_finished();
  auto queue = store_.queue();
  if (!queue) return note(std::unexpected(queue.error()));
  for (const Finished& each : unrecorded_)
    std::erase_if(*queue, [&](const watch::QueuedAlert& queued) {
      return queued.id == each.first || std::ranges::find(each.others, queued.id) != each.others.end();
    });
  for (const AlertChannel& channel : addresses_.channels) {
    std::vector<watch::QueuedAlert> of_channel;
    std::ranges::copy_if(*queue, std::back_inserter(of_channel),
                         [&](const watch::QueuedAlert& each) { return each.to_send.channel == channel.name; });
    if (!of_channel.empty()) send_queue_of(channel, std::move(of_channel), stop);
  }
  for (const watch::QueuedAlert& each : *queue)
    if (std::ranges::find(addresses_.channels, each.to_send.channel, &AlertChannel::name) == addresses_.channels.end())
      finish({.first = each.id, .others = {}, .problem = "the channel is not in [watch] any longer", .at = now()});
  keep_up(stop);
}

void AlertCourier::send_queue_of(const AlertChannel& channel, std::vector<watch::QueuedAlert> queue,
                                 const std::stop_token& stop) {
  // One after the other: nobody wants to hear of an end before the beginning.
  if (is_waiting(queue.front())) return;
  std::vector<watch::QueuedAlert> alive;
  for (watch::QueuedAlert& each : queue) {
    // What was never tried is no older than it seems: the watch was off, or the clock was set.
    if (now() - each.created <= watch::longest_retry || attempts_of(each) == 0) {
      alive.push_back(std::move(each));
      continue;
    }
    tell(fmt::format("the channel {} has not taken an alert for {} hours; it is lost: {}", channel.name,
                     watch::longest_retry.count(), each.to_send.alert.lines.front()));
    count(channel.name, "lost");
    finish({.first = each.id, .others = {}, .problem = "too old", .at = now()});
  }
  if (alive.empty()) return;
  // What an Alertmanager or PagerDuty gets is no message yet: they group by themselves, and each has to hear of an end.
  if (channel.kind == WatchChannel::Kind::alertmanager || channel.kind == WatchChannel::Kind::pagerduty) {
    for (const watch::QueuedAlert& each : alive)
      if (stop.stop_requested() || !send_one(channel, {each}, stop)) return;
    return;
  }
  const watch::Instant at = now();
  const auto sent = store_.sent_since(channel.name, at - watch::flood_window, at);
  if (!sent) return note(std::unexpected(sent.error()));
  if (*sent >= watch::most_alerts) return;
  const auto left = static_cast<std::size_t>(watch::most_alerts - *sent);
  if (alive.size() > left) {
    const auto together = alive.begin() + static_cast<std::ptrdiff_t>(left - 1);
    const std::vector<watch::QueuedAlert> last(together, alive.end());
    alive.erase(together, alive.end());
    for (const watch::QueuedAlert& each : alive)
      if (stop.stop_requested() || !send_one(channel, {each}, stop)) return;
    send_one(channel, last, stop);
    return;
  }
  for (const watch::QueuedAlert& each : alive)
    if (stop.stop_requested() || !send_one(channel, {each}, stop)) return;
}

// Whether the channel is done with them, for good or ill.
bool AlertCourier::send_one(const AlertChannel& channel, const std::vector<watch::QueuedAlert>& as_one,
                            const std::stop_token& stop) {
  if (!holds_store_()) return false;
  const watch::QueuedAlert& first = as_one.front();
  const int attempts = attempts_of(first);
  std::vector<watch::Alert> alerts;
  Finished finished{.first = first.id, .others = {}, .problem = {}, .at = {}};
  for (const watch::QueuedAlert& each : as_one) {
    alerts.push_back(each.to_send.alert);
    if (each.id != first.id) finished.others.push_back(each.id);
  }
  const SendOutcome outcome = sender_.send(channel, alerts, first.id, stop);
  finished.at = now();
  if (stop.stop_requested() && outcome.fate == Fate::again) return false;
  count(channel.name, outcome_name(outcome.fate));
  switch (outcome.fate) {
  case Fate::sent:
    if (attempts > 0) tell(fmt::format("the channel {} takes alerts again", channel.name));
    finish(std::move(finished));
    return true;
  case Fate::never:
    tell(fmt::format("the channel {} refuses an alert, which is lost: {}", channel.name, outcome.why));
    finished.problem = "not taken: " + redactor_.redact(outcome.why);
    finish(std::move(finished));
    return true;
  case Fate::again: break;
  }
  if (attempts == 0) tell(fmt::format("the channel {} does not take alerts; they wait: {}", channel.name, outcome.why));
  postpone(first, watch::wait_before_attempt(attempts + 1, outcome.asked_to_wait));
  return false;
}

void AlertCourier::count(const std::string& channel, const char* outcome) {
  const std::lock_guard lock(mutex_);
  ++counts_[{channel, outcome}];
}

std::map<std::pair<std::string, std::string>, std::int64_t> AlertCourier::attempts() const {
  const std::lock_guard lock(mutex_);
  std::map<std::pair<std::string, std::string>, std::int64_t> all;
  // What is not there yet is 0, so that its first increase is seen.
  for (const AlertChannel& channel : addresses_.channels)
    for (const char* outcome : {"sent", "postponed", "lost"}) all[{redactor_.redact(channel.name), outcome}] = 0;
  for (const auto& [by, number] : counts_) all[{redactor_.redact(by.first), by.second}] += number;
  return all;
}

bool AlertCourier::is_waiting(const watch::QueuedAlert& alert) const {
  if (const auto known = postponed_.find(alert.id); known != postponed_.end())
    return std::chrono::steady_clock::now() < known->second.until;
  // Nothing waits longer: a clock that ran ahead has dated it.
  const auto wait = alert.due - now();
  return alert.attempts > 0 && wait > wait.zero() && wait <= watch::longest_retry;
}

int AlertCourier::attempts_of(const watch::QueuedAlert& alert) const {
  const auto known = postponed_.find(alert.id);
  return known == postponed_.end() ? alert.attempts : known->second.attempts;
}

void AlertCourier::postpone(const watch::QueuedAlert& alert, std::chrono::seconds wait) {
  const int attempts = attempts_of(alert) + 1;
  const auto written = store_.postpone(alert.id, now() + wait);
  note(written);
  if (written)
    postponed_.erase(alert.id);
  else
    postponed_[alert.id] = {.attempts = attempts, .until = std::chrono::steady_clock::now() + wait};
}

void AlertCourier::finish(Finished finished) {
  unrecorded_.push_back(std::move(finished));
  record_finished();
}

void AlertCourier::record_finished() {
  while (!unrecorded_.empty()) {
    const Finished& next = unrecorded_.front();
    std::vector<std::int64_t> ids = next.others;
    ids.push_back(next.first);
    const auto written = next.problem.empty() ? store_.mark_sent(next.first, next.others, next.at)
                                              : store_.give_up(ids, next.problem, next.at);
    note(written);
    if (!written) return;
    for (const std::int64_t id : ids) postponed_.erase(id);
    unrecorded_.erase(unrecorded_.begin());
  }
}

// The heartbeat after a round, and what an Alertmanager has to hear again and again.
void AlertCourier::keep_up(const std::stop_token& stop) {
  std::vector<watch::Alert> open;
  Heartbeat heartbeat = Heartbeat::withheld;
  {
    const std::lock_guard lock(mutex_);
    is_round_finished_ = false;
    heartbeat = std::exchange(heartbeat_, Heartbeat::withheld);
    const auto at = std::chrono::steady_clock::now();
    if (!kept_up_ || at - *kept_up_ >= watch::alertmanager_interval) {
      kept_up_ = at;
      open = open_;
    }
  }
  for (const AlertChannel& channel : addresses_.channels) {
    if (channel.kind != WatchChannel::Kind::alertmanager) continue;
    for (const watch::Alert& alert : open)
      if (alert.severity >= channel.least && !stop.stop_requested() && holds_store_())
        note_outcome("the channel " + channel.name, sender_.send(channel, {alert}, {}, stop));
  }
  if (heartbeat != Heartbeat::due || !holds_store_()) return;
  const auto outcome = ping(stop);
  if (outcome && !stop.stop_requested()) note_outcome("the heartbeat's address", *outcome);
}

// A wrong address would have the same to say after each round.
void AlertCourier::note_outcome(const std::string& whom, const SendOutcome& outcome) {
  if (outcome.fate == Fate::sent)
    deaf_.erase(whom);
  else if (deaf_.insert(whom).second)
    tell(fmt::format("{} does not take what is sent: {}", whom, outcome.why));
}

bool AlertCourier::has_network(const std::stop_token& stop) const {
  return !addresses_.control || sender_.is_there(*addresses_.control, stop);
}

std::optional<SendOutcome> AlertCourier::ping(const std::stop_token& stop) const {
  if (!addresses_.heartbeat) return std::nullopt;
  return sender_.ping(*addresses_.heartbeat, stop);
}

SendOutcome AlertCourier::send(const watch::OutgoingAlert& alert, const std::stop_token& stop) {
  const auto channel = std::ranges::find(addresses_.channels, alert.channel, &AlertChannel::name);
  if (channel == addresses_.channels.end()) return {.fate = Fate::never, .why = "there is no such channel"};
  if (!holds_store_()) return {.fate = Fate::again, .why = "another watch may use the store"};
  SendOutcome outcome = sender_.send(*channel, {alert.alert}, {}, stop);
  if (!stop.stop_requested() || outcome.fate != Fate::again) count(channel->name, outcome_name(outcome.fate));
  return outcome;
}

void AlertCourier::tell(const std::string& text) const {
  print_error("murphy watch: " + one_line(redactor_.redact(text)) + "\n");
}

// Of a store in trouble, each second would have the same to say.
void AlertCourier::note(const Result<void>& result) {
  if (!result && !is_store_in_trouble_) show({result.error()}, redactor_);
  is_store_in_trouble_ = !result;
}

} // namespace murphy::cli
