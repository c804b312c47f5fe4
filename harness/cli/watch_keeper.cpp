#include "cli/watch_keeper.h"

#include "base/text.h"
#include "cli/terminal.h"
#include "record/time.h"

#include <fmt/format.h>
#include <set>
#include <utility>

namespace murphy::cli {
namespace {

using watch::Fate;

// What is seen at the beginning, so that nobody takes silence for a watch that sees nothing.
std::string first_round(const watch::WatchState& state) {
  std::size_t passed = 0, looked = 0;
  for (const auto& [id, check] : state.checks) {
    if (!id.contains('#') || state.held_back.contains(id)) continue;
    ++looked;
    if (check.failed_in_row == 0 && !check.is_red) ++passed;
  }
  const auto app = state.checks.find(watch::target_check);
  const bool is_gone = looked == 0 && app != state.checks.end() && app->second.failed_in_row > 0;
  std::string text = is_gone ? "First round: the app does not answer, and no scenario ran"
                             : fmt::format("First round: {} of {} scenarios passed", passed, looked);
  if (!state.unjudged.empty()) text += fmt::format("; {} could not be judged", state.unjudged.size());
  if (!state.held_back.empty()) text += fmt::format("; {} did not run", state.held_back.size());
  if (!state.blind.empty()) text += "; the database was not compared: " + one_line(state.blind);
  for (const auto& [name, why] : state.blind_app)
    text += fmt::format("; the app's {} could not be judged: {}", name, one_line(why));
  return text + "\n";
}

bool can_judge(const watch::WatchState& state) {
  const auto own = state.checks.find(watch::own_check);
  return state.unjudged.empty() && state.held_back.empty() &&
         (own == state.checks.end() || own->second.failed_in_row == 0);
}

void print(const watch::Alert& alert, watch::Instant at) {
  std::string text;
  for (const std::string& line : alert.lines)
    text += text.empty() ? record::to_iso_8601(at).substr(0, 19) + "Z  " + line + "\n" : "    " + line + "\n";
  print_out(text);
}

} // namespace

WatchKeeper::WatchKeeper(watch::WatchStore& store, AlertCourier& courier, std::vector<AlertChannel> channels,
                         const record::Redactor& redactor, WatchedTarget watched)
    : store_(store), courier_(courier), channels_(std::move(channels)), redactor_(redactor),
      watched_(std::move(watched)), is_maintenance_(watched_.is_maintenance) {}

void WatchKeeper::keep(const watch::WatchState& state, const std::vector<watch::Notice>& notices, watch::Instant at,
                       const watch::Uptime& passed, const std::stop_token& stop) {
  watch::add(unkept_, passed);
  for (const watch::Notice& notice : notices) {
    watch::Alert alert = masked_alert(notice);
    print(alert, at);
    for (const AlertChannel& channel : channels_)
      if (alert.severity >= channel.least) unsent_.push_back({.alert = {.channel = channel.name, .alert = alert}});
    untold_.push_back({.notice = notice, .alert = std::move(alert)});
  }
  say_what_is_held_back(state);
  say_what_is_not_seen(state);
  std::vector<watch::OutgoingAlert> outgoing;
  for (const Unsent& each : unsent_) outgoing.push_back(each.alert);
  const auto kept = store_.commit(state, untold_, outgoing, at, unkept_);
  std::vector<watch::Alert> open;
  for (const watch::Incident& incident : state.open)
    open.push_back(masked_alert({.what = watch::Notice::What::opened, .incident = incident, .at = at}));
  courier_.round_finished(std::move(open), can_judge(state) ? Heartbeat::due : Heartbeat::withheld);
  if (std::exchange(is_maintenance_, state.is_maintenance) != state.is_maintenance)
    print_out(fmt::format("{}Z  {}\n", record::to_iso_8601(at).substr(0, 19),
                          state.is_maintenance ? "Maintenance has begun: no incident opens"
                                               : "Maintenance is over: what still fails is confirmed again"));
  if (!std::exchange(has_begun_, true)) print_out(redactor_.redact(first_round(state)));
  if (kept) {
    untold_.clear();
    unsent_.clear();
    unkept_.clear();
  } else {
    if (!is_store_in_trouble_) show({kept.error()}, redactor_);
    send_past_store(stop);
  }
  is_store_in_trouble_ = !kept;
}

void WatchKeeper::go_on_for(WatchKeeper& before) {
  untold_ = std::move(before.untold_);
  unsent_ = std::move(before.unsent_);
  unkept_ = std::move(before.unkept_);
  held_back_ = std::move(before.held_back_);
  not_seen_ = std::move(before.not_seen_);
  is_store_in_trouble_ = before.is_store_in_trouble_;
  has_begun_ = before.has_begun_;
}

// Once, until it runs again.
void WatchKeeper::say_what_is_held_back(const watch::WatchState& state) {
  for (const auto& [id, account] : state.held_back)
    if (!held_back_.contains(id))
      print_error(fmt::format("murphy watch: {} did not run: one more wrong password could lock the account of {}\n",
                              one_line(redactor_.redact(id)), one_line(redactor_.redact(account))));
  held_back_ = state.held_back;
}

// Once, until it is seen again. What is not seen in the first round is said with it.
void WatchKeeper::say_what_is_not_seen(const watch::WatchState& state) {
  for (const auto& [name, why] : state.blind_app)
    if (has_begun_ && !not_seen_.contains(name))
      print_error(
          fmt::format("murphy watch: the app's {} could not be judged: {}\n", name, one_line(redactor_.redact(why))));
  not_seen_ = state.blind_app;
}

// While the store cannot be written to, they are known in memory; what was told before must not get lost.
void WatchKeeper::keep_wrong_passwords(const watch::WatchState& state, watch::Instant at) {
  if (!is_store_in_trouble_) (void)store_.commit(state, {}, {}, at);
}

// What a channel does not take now stays for the next round.
void WatchKeeper::send_past_store(const std::stop_token& stop) {
  std::set<std::string> closed; // channels
  std::vector<Unsent> left;
  for (Unsent& each : unsent_) {
    const std::string channel = each.alert.channel;
    if (closed.contains(channel) || stop.stop_requested()) {
      left.push_back(std::move(each));
      continue;
    }
    const SendOutcome outcome = courier_.send(each.alert, stop);
    if (outcome.fate == Fate::sent) continue;
    if (!each.is_said)
      print_error("murphy watch: " +
                  one_line(redactor_.redact(
                      fmt::format("the channel {} does not take an alert past the store: {}", channel, outcome.why))) +
                  "\n");
    if (outcome.fate == Fate::never) continue;
    each.is_said = true;
    closed.insert(channel);
    left.push_back(std::move(each));
  }
  unsent_ = std::move(left);
}

// Before it is put into words: masked afterwards, its JSON might be none any longer.
watch::Alert WatchKeeper::masked_alert(watch::Notice notice) const {
  const auto mask = [this](std::string& text) { text = redactor_.redact(text); };
  const auto mask_all = [this](const std::set<std::string>& texts) {
    std::set<std::string> masked;
    for (const std::string& each : texts) masked.insert(redactor_.redact(each));
    return masked;
  };
  watch::Incident& incident = notice.incident;
  if (incident.cause) mask(incident.cause->words);
  if (incident.schema)
    for (std::string& each : incident.schema->differences) mask(each);
  mask(incident.headline);
  mask(incident.place);
  incident.affected = mask_all(incident.affected);
  incident.features = mask_all(incident.features);
  watch::Alert alert = watch::alert_of(notice, redactor_.redact(watched_.target), watched_.scenarios);
  for (std::string& line : alert.lines) mask(line);
  return alert;
}

} // namespace murphy::cli
