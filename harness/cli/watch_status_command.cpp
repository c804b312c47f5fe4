#include "base/make_error.h"
#include "base/text.h"
#include "base/time_span.h"
#include "cli/commands.h"
#include "cli/inputs.h"
#include "cli/terminal.h"
#include "cli/watch_place.h"
#include "record/time.h"
#include "reports/plain_text.h"
#include "reports/run_text.h"
#include "watch/store/watch_store.h"
#include "watch/time_text.h"
#include "watch/watched.h"

#include <algorithm>
#include <chrono>
#include <fmt/format.h>
#include <map>
#include <vector>

namespace murphy::cli {
namespace {

constexpr int most_incidents = 20;

Result<WatchPlace> place_of(const std::string& project) {
  const auto outside = inputs({});
  if (!outside) return std::unexpected(outside.error());
  const Loaded loaded = load_project(project, *outside);
  if (!loaded.errors.empty()) return std::unexpected(loaded.errors.front());
  return watch_of(loaded.project->file, loaded.project->directory, *outside);
}

Result<watch::WatchStore> open_store(const std::string& project, watch::WatchStore::Access access) {
  const auto place = place_of(project);
  if (!place) return std::unexpected(place.error());
  return watch::WatchStore::open(place->store, access);
}

std::chrono::milliseconds shortest_interval(const scenario::WatchSettings& settings) {
  std::chrono::milliseconds shortest = settings.every;
  for (const scenario::WatchInterval& each : settings.only) shortest = std::min(shortest, each.every);
  return shortest;
}

std::string minute(watch::Instant at) {
  std::string text = record::to_iso_8601(at).substr(0, 16);
  text[10] = ' ';
  return text;
}

// What is green and long ago is not good: nobody may be looking any longer. A watch that waits as the app asks is not
// late before that is over.
std::string age_text(watch::Instant looked, watch::Instant quiet_until, std::chrono::milliseconds every) {
  const auto now = std::chrono::floor<record::Duration>(std::chrono::system_clock::now());
  if (quiet_until > now)
    return fmt::format("The app asked for fewer requests: the next round is at {} UTC\n", minute(quiet_until));
  const auto age = std::chrono::floor<std::chrono::seconds>(now - looked);
  const auto late = now - std::max(looked, quiet_until);
  if (late <= watch::longest_round || late <= 3 * every) return {};
  return fmt::format("Nobody has looked for {}: is the watch running?\n", watch::time_text(age));
}

ExitCode fail(const Error& error) {
  show({error});
  return exit_code(error.kind);
}

// Of one that is open, with its cause.
std::string line_of(const watch::ListedIncident& incident, const watch::WatchState& state) {
  std::string text =
      fmt::format("{:<8}  {}  {} UTC  {}\n", incident.resolved ? "resolved" : "open", incident.id,
                  minute(incident.resolved.value_or(incident.opened)), reports::plain_line(incident.title));
  const auto open = std::ranges::find(state.open, incident.id, &watch::Incident::id);
  if (open != state.open.end() && open->cause)
    text += fmt::format("          {}: {}\n",
                        open->cause->confidence == record::Confidence::low ? "perhaps" : "likely cause",
                        reports::plain_line(open->cause->words));
  if (!incident.acknowledged.empty())
    text += fmt::format("          acknowledged: {}\n", reports::plain_line(incident.acknowledged));
  return text;
}

// Why they wait is on standard error of the watch, or a channel has had its most.
std::string unsent_text(const std::vector<watch::QueuedAlert>& queue) {
  if (queue.empty()) return {};
  std::map<std::string, int> by_channel;
  for (const watch::QueuedAlert& each : queue) ++by_channel[each.to_send.channel];
  std::vector<std::string> channels;
  for (const auto& [channel, number] : by_channel)
    channels.push_back(fmt::format("{} to {}", number, reports::plain_line(channel)));
  return fmt::format("{} not sent yet: {}\n", reports::counted(queue.size(), "alert"), join(channels, ", "));
}

std::string summary_of(const watch::WatchState& state, std::chrono::milliseconds every) {
  const auto count = [&](auto is_meant) {
    return std::ranges::count_if(state.checks, [&](const auto& each) { return is_meant(each.second); });
  };
  watch::Instant looked{};
  for (const auto& [id, check] : state.checks) looked = std::max(looked, check.looked);
  if (looked == watch::Instant{}) return "No round has finished yet\n";
  std::string text = age_text(looked, state.quiet_until, every);
  text += fmt::format("Last round {} UTC: {} checks, {} red, {} failing and not confirmed\n", minute(looked),
                      state.checks.size(), count([](const watch::CheckState& check) { return check.is_red; }),
                      count([](const watch::CheckState& check) { return !check.is_red && check.failed_in_row > 0; }));
  for (const std::string& each : state.unjudged)
    text += fmt::format("Murphy could not judge {}\n", reports::plain_line(each));
  for (const auto& [id, account] : state.held_back)
    text += fmt::format("{} did not run: one more wrong password could lock the account of {}\n",
                        reports::plain_line(id), reports::plain_line(account));
  if (!state.blind.empty())
    text += fmt::format("The database was not compared: {}\n", reports::plain_line(state.blind));
  for (const auto& [name, why] : state.blind_server)
    text += fmt::format("The database's {} could not be judged: {}\n", name, reports::plain_line(why));
  for (const auto& [name, why] : state.blind_app)
    text += fmt::format("The app's {} could not be judged: {}\n", name, reports::plain_line(why));
  for (const std::string& each : state.settled_changes)
    text += fmt::format("The database differs from the baseline since an earlier incident: {}\n",
                        reports::plain_line(each));
  return text;
}

} // namespace

ExitCode watch_status_command(const WatchStatusOptions& options) {
  const auto place = place_of(options.project);
  if (!place) return fail(place.error());
  auto store = watch::WatchStore::open(place->store, watch::WatchStore::Access::read);
  if (!store) return fail(store.error());
  const auto state = store->load();
  if (!state) return fail(state.error());
  const auto incidents = store->incidents(most_incidents);
  if (!incidents) return fail(incidents.error());
  const auto queue = store->queue();
  if (!queue) return fail(queue.error());
  std::string text = summary_of(*state, shortest_interval(place->settings));
  if (state->is_maintenance) text += "Maintenance: no incident opens\n";
  for (const watch::ListedIncident& each : *incidents) text += line_of(each, *state);
  text += unsent_text(*queue);
  print_out(text);
  return ExitCode::passed;
}

ExitCode watch_ack_command(const WatchAckOptions& options) {
  if (trim(options.reason).empty())
    return fail(usage_error("an acknowledgement needs a reason", "write who takes care of it, and how"));
  auto store = open_store(options.project, watch::WatchStore::Access::read);
  if (!store) return fail(store.error());
  const auto done = store->acknowledge(options.incident, options.reason, std::chrono::system_clock::now());
  if (!done) return fail(done.error());
  print_out(fmt::format("{}: acknowledged; it sends no reminders\n", one_line(options.incident)));
  return ExitCode::passed;
}

ExitCode watch_maintenance_command(const WatchMaintenanceOptions& options) {
  const bool is_start = options.what == "start";
  if (!is_start && options.what != "stop")
    return fail(usage_error(fmt::format("murphy watch maintenance has no \"{}\"", one_line(options.what)),
                            "write start 30m, or stop"));
  if (is_start != !options.length.empty())
    return fail(usage_error(is_start ? "a maintenance needs a length" : "stop takes no length",
                            "murphy watch maintenance start 30m begins one, and stop ends it"));
  const watch::Instant now = std::chrono::floor<record::Duration>(std::chrono::system_clock::now());
  watch::Instant until = now;
  if (is_start) {
    const auto length = read_time_span(options.length);
    if (!length)
      return fail(usage_error(fmt::format("\"{}\" is no length of a maintenance", one_line(options.length)),
                              fmt::format("write 30m, 2h or 1h30m, at most {}d", longest_time_span.count())));
    until += *length;
  }
  auto store = open_store(options.project, watch::WatchStore::Access::read);
  if (!store) return fail(store.error());
  const auto done = store->set_maintenance(until);
  if (!done) return fail(done.error());
  print_out(is_start ? fmt::format("Maintenance until {} UTC: the watch opens no incident\n", minute(until))
                     : "No maintenance; windows in [watch] stay as they are\n");
  return ExitCode::passed;
}

} // namespace murphy::cli
