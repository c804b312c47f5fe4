#include "base/make_error.h"
#include "base/text.h"
#include "cli/commands.h"
#include "cli/interrupt.h"
#include "cli/service_manager.h"
#include "cli/store_use.h"
#include "cli/terminal.h"
#include "cli/watch_session.h"
#include "cli/watched_files.h"
#include "record/time.h"
#include "watch/serve/listener.h"
#include "watch/store/exclusive_use.h"

#include <algorithm>
#include <atomic>
#include <csignal>
#include <cstdlib>
#include <fmt/format.h>
#include <memory>
#include <utility>

namespace murphy::cli {
namespace {

using std::chrono::milliseconds;
using std::chrono::steady_clock;

// Files are looked at so often; what has changed is taken when they were the same twice.
constexpr std::chrono::seconds between_looks(5);

constexpr milliseconds longest_wait_for_store(5'000); // between two looks whether it is free

ExitCode refuse(const Error& error) {
  show({error});
  return exit_code(error.kind);
}

ExitCode test_channels(const WatchSet& set) {
  auto courier =
      AlertCourier::make(set.addresses, set.place.store, AlertSender(*set.client, set.ready->loaded.project->directory),
                         set.ready->redactor);
  if (!courier) return refuse(courier.error());
  const watch::Alert alert = watch::test_alert(set.ready->target->name, std::chrono::system_clock::now());
  bool is_good = true;
  const auto say = [&](const std::string& whom, const SendOutcome& outcome) {
    const bool is_sent = outcome.fate == watch::Fate::sent;
    is_good = is_good && is_sent;
    print_out(fmt::format("{}: {}\n", one_line(whom),
                          is_sent ? "sent" : one_line(set.ready->redactor.redact("not sent: " + outcome.why))));
  };
  for (const AlertChannel& channel : set.addresses.channels)
    say(channel.name, (*courier)->send({.channel = channel.name, .alert = alert}, {}));
  if (const auto heartbeat = (*courier)->ping({})) say("heartbeat", *heartbeat);
  if (set.addresses.channels.empty()) print_out("[watch] has no channel: add one with `notify`\n");
  return is_good ? ExitCode::passed : ExitCode::target;
}

// How a single round ended: what failed in it counts, confirmed or not.
ExitCode code_of(const watch::WatchState& state, ExitCode of_unjudged) {
  bool has_failed = false;
  for (const auto& [id, check] : state.checks) {
    if (check.failed_in_row == 0) continue;
    if (id == watch::target_check) return ExitCode::target;
    has_failed = has_failed || id.contains('#');
  }
  if (has_failed) return ExitCode::failed;
  if (!state.unjudged.empty()) return of_unjudged;
  return state.held_back.empty() ? ExitCode::passed : ExitCode::target; // as of one that did not run
}

// Waits for another watch to end, where both know of it: of several on one database, one watches at a time. Once it
// waits, it does so through times without the server.
Result<watch::ExclusiveUse> alone_on(const WatchPlace& place, const WatchOptions& options,
                                     const std::stop_token& stop) {
  auto alone = watch::ExclusiveUse::take(place.store);
  if (alone || !watch::is_taken(alone.error()) || options.once || !place.store.file.empty()) return alone;
  print_out(fmt::format("Another watch uses the store {}: this one waits until it ends\n",
                        one_line(watch::name_of_store(place.store))));
  bool is_away = false;
  SystemClock clock(stop, [] {});
  while (!alone && (watch::is_taken(alone.error()) || alone.error().kind == ErrorKind::target)) {
    if (std::exchange(is_away, !watch::is_taken(alone.error())) != is_away && is_away)
      print_out(fmt::format("This watch goes on waiting: {}\n", one_line(alone.error().what)));
    if (!clock.wait_until(clock.now().wall + std::min(place.settings.every, longest_wait_for_store))) break;
    alone = watch::ExclusiveUse::take(place.store);
  }
  return alone;
}

Error lost_store(const WatchPlace& place) {
  return target_error(fmt::format("the connection that keeps the store of the watch {} for this one is lost, and "
                                  "another may use it",
                                  watch::name_of_store(place.store)),
                      "start murphy watch again");
}

std::string counted(std::size_t number, const char* what) {
  return fmt::format("{} {}{}", number, what, number == 1 ? "" : "s");
}

std::string intervals_text(const std::vector<watch::ScheduledCheck>& checks) {
  const auto [shortest, longest] = std::ranges::minmax(checks, {}, &watch::ScheduledCheck::every);
  const auto text = [](milliseconds time) {
    return time.count() % 1000 == 0 ? fmt::format("{} s", time.count() / 1000) : fmt::format("{} ms", time.count());
  };
  return shortest.every == longest.every ? text(shortest.every) : text(shortest.every) + " to " + text(longest.every);
}

// "staging: 2 scenarios every 60 s, 1 channel"
std::string work_of(const WatchSet& set) {
  return fmt::format("{}: {} every {}, {}", one_line(set.ready->target->name),
                     counted(set.ready->plan.cases.size(), "scenario"), intervals_text(set.checks),
                     counted(set.addresses.channels.size(), "channel"));
}

// For people who ask the service manager.
std::string status_of(const watch::WatchState& state) {
  std::size_t scenarios = 0, red = 0;
  for (const auto& [id, check] : state.checks) {
    if (!id.contains('#')) continue;
    ++scenarios;
    if (check.is_red) ++red;
  }
  const auto app = state.checks.find(watch::target_check);
  const bool is_down = app != state.checks.end() && app->second.is_red;
  return fmt::format("{}{} watched, {} red, {} open", is_down ? "the app does not answer; " : "",
                     counted(scenarios, "scenario"), red, counted(state.open.size(), "incident"));
}

// What may end a wait: a signal, or files that have changed.
class ReloadWish {
public:
  void wish() { is_wished_ = true; } // in any thread
  // Whether to read the files again; it is asked again and again.
  bool is_due(WatchedFiles& files) {
    const auto now = steady_clock::now();
    if (now - looked_ >= between_looks) {
      looked_ = now;
      if (files.have_changed()) wish();
    }
    return is_wished_;
  }
  void begin() { is_wished_ = false; }

private:
  std::atomic<bool> is_wished_ = false;
  steady_clock::time_point looked_ = steady_clock::now();
};

// Reads the files again. Null: it goes on with the old ones; why has been shown.
std::unique_ptr<WatchSession> next_session(const WatchOptions& options, const WatchSession& now,
                                           const WatchAround& around) {
  auto set = read_watch_set(options);
  if (!set) return nullptr;
  if (const auto error = needs_restart(now.set(), **set)) return show({*error}), nullptr;
  auto next = WatchSession::make(std::move(*set), now.state(), around, Rounds::many);
  if (!next) return show({next.error()}), nullptr;
  return std::move(*next);
}

} // namespace

ExitCode watch_command(const WatchOptions& options) {
  std::signal(SIGPIPE, SIG_IGN); // a closed pipe is seen where it is written to
  auto read = read_watch_set(options);
  if (!read) return read.error();
  const WatchSet& first = **read;
  const auto open_store = [&] { return watch::WatchStore::open(first.place.store, watch::WatchStore::Access::write); };
  if (auto made = open_store(); !made) return refuse(made.error());
  if (options.test_alert) return test_channels(first);
  ReloadWish wish;
  const Interrupt interrupt(options.once ? Interrupt::HangUp() : [&wish] { wish.wish(); });
  const std::stop_token stop = interrupt.token();
  auto alone = alone_on(first.place, options, stop);
  if (!alone) return stop.stop_requested() ? ExitCode::interrupted : refuse(alone.error());
  auto store = open_store(); // the wait may have been long, with the server away
  if (!store) return refuse(store.error());
  StoreUse use(std::move(*alone), first.place.store, *store);
  auto state = store->load();
  if (!state) return refuse(state.error());
  if (!state->target.empty() && state->target != first.ready->target->name)
    return refuse(usage_error(fmt::format("the store of the watch {} is of target {}",
                                          watch::name_of_store(first.place.store), one_line(state->target)),
                              "give each target a store of its own: write `store` in [watch]"));
  auto uptime = store->uptime();
  if (!uptime) return refuse(uptime.error());

  ServiceManager manager([](const char* name) { return std::getenv(name); });
  watch::Counts counts;
  WatchPublisher publisher({.metrics = first.place.metrics, .status_directory = first.place.status_directory},
                           {.state = *state,
                            .facts = {.version = MURPHY_VERSION,
                                      .target = first.ready->redactor.redact(first.ready->target->name),
                                      .scenarios = first.scenarios,
                                      .counts = counts,
                                      .process = {},
                                      .reload = {}},
                            .uptime = std::move(*uptime)});
  std::unique_ptr<WatchSession> session;
  std::vector<std::string> unread; // files that could not be read: once they are mended, they are read again
  WatchedFiles files([&] {
    std::vector<std::string> all = session ? session->set().files() : first.files();
    all.insert(all.end(), unread.begin(), unread.end());
    return all;
  });
  const auto beat = [&] {
    // While the courier hangs, nobody hears of anything: that is no life either.
    if (session && session->courier().is_stuck()) return;
    publisher.beat();
    manager.beat(steady_clock::now());
  };
  SystemClock clock(stop, beat, [&] { return !options.once && wish.is_due(files); });
  // Between two rounds of cron, nothing runs that would measure.
  watch::UptimeMeter meter(first.scenarios, *state,
                           options.once ? watch::last_judged(*state, first.scenarios) : clock.now().wall);
  const auto take_back = [&](const watch::WatchState& as_left) {
    const bool is_back = use.take_back(as_left);
    if (is_back) print_out("The store was lost for a moment and nobody else used it: this watch goes on\n");
    return is_back;
  };
  const WatchAround around{.store = *store,
                           .holds_store = [&] { return use.holds(); },
                           .takes_store_back = take_back,
                           .publisher = publisher,
                           .clock = clock,
                           .meter = meter,
                           .counts = counts,
                           .stop = stop,
                           .beat = beat,
                           .round_ended = [&](const watch::WatchState& known) { manager.status(status_of(known)); }};
  std::unique_ptr<watch::Listener> listener;
  const scenario::Text& listen = first.place.settings.listen;
  if (!options.once && !listen.source.empty()) {
    auto listening =
        watch::Listener::start(listen.source, [&](const watch::Ask& ask) { return publisher.answer(ask); });
    if (!listening) return refuse(at_place_of(listen, listening.error()));
    listener = std::move(*listening);
  }
  auto made =
      WatchSession::make(std::move(*read), std::move(*state), around, options.once ? Rounds::one : Rounds::many);
  if (!made) return refuse(made.error());
  session = std::move(*made);
  if (options.once) {
    const bool is_settled = session->settle();
    if (is_settled) session->courier().send_due();
    if (use.is_lost() || !use.holds()) return refuse(lost_store(session->set().place));
    if (!is_settled) return ExitCode::interrupted;
    return code_of(session->state(), session->code_of_unjudged());
  }
  print_out(fmt::format("Watching {}; incidents appear here, Ctrl-C ends the watch\n", work_of(session->set())));
  if (listener) print_out(fmt::format("Listening on http://{0}/status and http://{0}/metrics\n", listener->address()));
  session->courier().start();
  manager.ready();
  for (;;) {
    while (session->round()) {
    }
    if (stop.stop_requested() || use.is_lost()) break;
    wish.begin();
    manager.reloading();
    const std::string changes = files.take();
    const auto at = std::chrono::floor<record::Duration>(std::chrono::system_clock::now());
    auto next = next_session(options, *session, around);
    publisher.note_reload(next ? Reload::done : Reload::failed, at);
    if (next) {
      next->go_on_for(*session);
      session = std::move(next); // the courier before it has ended, and the next takes what it left
      const WatchSet& set = session->set();
      meter.set_scenarios(set.scenarios);
      publisher.set_watched({.metrics = set.place.metrics, .status_directory = set.place.status_directory},
                            set.scenarios, clock.now().wall);
      unread.clear();
      files.take_others();
      session->courier().start();
      print_error(fmt::format("murphy watch: reloaded, {}; watching {}\n",
                              changes.empty() ? "no file changed" : changes, work_of(set)));
    } else {
      unread = files_read(options);
      files.take_others();
      print_error("murphy watch: not reloaded; it goes on with what it read before\n");
    }
    manager.ready();
  }
  manager.stopping();
  publisher.end(clock.now().wall);
  return use.is_lost() ? refuse(lost_store(session->set().place)) : ExitCode::interrupted;
}

} // namespace murphy::cli
