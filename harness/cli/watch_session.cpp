#include "cli/watch_session.h"

#include "cli/terminal.h"

#include <algorithm>
#include <chrono>
#include <utility>

namespace murphy::cli {
namespace {

using std::chrono::milliseconds;

constexpr int overruns_to_warn = 3;

} // namespace

Result<std::unique_ptr<WatchSession>> WatchSession::make(std::unique_ptr<WatchSet> set, watch::WatchState state,
                                                         WatchAround around, Rounds rounds) {
  const WatchSet& made = *set;
  auto courier = AlertCourier::make(made.addresses, made.place.store,
                                    AlertSender(*made.client, made.ready->loaded.project->directory),
                                    made.ready->redactor, around.holds_store);
  if (!courier) return std::unexpected(courier.error());
  return std::unique_ptr<WatchSession>(
      new WatchSession(std::move(set), std::move(state), std::move(around), rounds, std::move(*courier)));
}

WatchSession::WatchSession(std::unique_ptr<WatchSet> set, watch::WatchState state, WatchAround around, Rounds rounds,
                           std::unique_ptr<AlertCourier> courier)
    : set_(std::move(set)), around_(std::move(around)), how_many_(rounds), as_left_(state),
      courier_(std::move(courier)), keeper_(around_.store, *courier_, set_->addresses.channels, set_->ready->redactor,
                                            {.target = set_->ready->target->name,
                                             .scenarios = set_->ready->plan.cases.size(),
                                             .is_maintenance = state.is_maintenance}),
      rounds_(*set_->ready, set_->run,
              {.migrations = set_->place.settings.migrations, .replica = set_->place.read_replica},
              [this] { around_.beat(); }),
      watching_(
          std::move(state), set_->checks, set_->policy, set_->ready->target->name, around_.clock,
          watch::WatchHooks{
              .about_to_try =
                  [this](const watch::WatchState& known, watch::Instant at) {
                    if (!has_store()) return;
                    keeper_.keep_wrong_passwords(known, at);
                    as_left_ = known;
                  },
              .look = [this](const std::vector<std::string>& due) { return look(due); },
              .acknowledged = [this] { return around_.store.acknowledged().value_or(watch::Acknowledged()); },
              .keep = [this](const watch::WatchState& known, const std::vector<watch::Notice>& notices,
                             watch::Instant at) { keep(known, notices, at); }},
          watch::LockoutPolicy{.limit = set_->ready->target->lockout, .window = set_->place.settings.lockout_window}),
      before_(around_.counts) {}

void WatchSession::go_on_for(WatchSession& before) {
  courier_->go_on_for(*before.courier_);
  keeper_.go_on_for(before.keeper_);
  before_.alerts = before.before_.alerts;
}

bool WatchSession::has_store() { return around_.holds_store() || around_.takes_store_back(as_left_); }

// By the calendar, or because somebody said so.
bool WatchSession::is_maintenance(watch::Instant at) {
  const auto is_open = [&](const watch::MaintenanceWindow& window) { return watch::is_open(window, at); };
  return std::ranges::any_of(set_->place.maintenance, is_open) ||
         at < around_.store.maintenance().value_or(watch::Instant{});
}

std::optional<watch::RoundLook> WatchSession::look(const std::vector<std::string>& due) {
  if (!has_store()) return std::nullopt;
  // A warning does not keep a failure from being looked into.
  const bool is_quiet = std::ranges::none_of(
      watching_.state().open, [](const watch::Incident& each) { return each.severity == watch::Severity::critical; });
  const auto begun = around_.clock.now().steady;
  auto look = rounds_.look(
      due, is_quiet ? Known::nothing : Known::open_incident, [this] { return courier_->has_network(around_.stop); },
      around_.stop,
      {.may_run = [this](const std::string& id) { return watching_.may_run(id); },
       .has_run = [this](const std::string& id, const watch::NumberByAccount& wrong,
                         const std::set<std::string>& refused) { watching_.has_run(id, wrong, refused); }});
  if (look) {
    look->is_maintenance = is_maintenance(look->at);
    if (!look->trouble.empty() && look->trouble != trouble_)
      print_error("murphy watch: this could not be judged: " + look->trouble + "\n");
    trouble_ = look->trouble;
    watch::count(around_.counts, *look);
  }
  took_ = std::chrono::floor<milliseconds>(around_.clock.now().steady - begun);
  around_.beat();
  return look;
}

// One slow round is none of anybody's business; several are, once: metrics count them. While the app does not answer,
// each round waits for it.
void WatchSession::note_overruns(const watch::WatchState& state) {
  const auto app = state.checks.find(watch::target_check);
  const bool is_gone = app != state.checks.end() && app->second.failed_in_row > 0;
  const bool has_overrun = watching_.missed() > std::exchange(missed_, watching_.missed()) && !is_gone;
  overruns_ = has_overrun ? overruns_ + 1 : 0;
  if (overruns_ < overruns_to_warn || std::exchange(has_warned_, true)) return;
  print_error(
      "murphy watch: rounds take longer than the interval of a scenario, and runs are left out; make `every` of "
      "[watch] longer, or select fewer scenarios with `tag`\n");
}

void WatchSession::keep(const watch::WatchState& state, const std::vector<watch::Notice>& notices, watch::Instant at) {
  if (!has_store()) return; // the next look ends the watch
  const watch::Uptime passed = around_.meter.round(state, at, took_);
  keeper_.keep(state, notices, at, passed, around_.stop);
  as_left_ = state;
  around_.beat(); // alerts past the store take their time
  note_overruns(state);
  watch::Counts& counts = around_.counts;
  counts.overrun = before_.overrun + watching_.missed();
  counts.budget = before_.budget + watching_.held_back();
  counts.alerts = courier_->attempts();
  for (const auto& [by, number] : before_.alerts)
    if (const auto found = counts.alerts.find(by); found != counts.alerts.end()) found->second += number;
  around_.publisher.publish(state, passed, how_many_ == Rounds::one ? std::nullopt : std::optional(counts), at, took_);
  if (around_.round_ended) around_.round_ended(state);
}

} // namespace murphy::cli
