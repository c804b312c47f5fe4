#include "watch/judge.h"

#include "base/hash.h"

#include <algorithm>
#include <fmt/format.h>
#include <iterator>
#include <set>
#include <utility>

namespace murphy::watch {
namespace {

constexpr std::size_t digits_of_id = 8;
constexpr const char* schema_cause = "schema";   // of an incident that began with a change of the tables
constexpr const char* unknown_cause = "unknown"; // of all that the evidence tells nothing about

// Of what is no failure yet.
bool is_warning(const std::string& check) {
  return check == own_check || check == app_certificate_check || check.starts_with(server_prefix) ||
         is_of_app_server(check);
}

// Whether the cause is about a name that one of the changes is about.
bool is_about(const LikelyCause& cause, const SchemaChange& change) {
  return std::ranges::any_of(cause.names, [&](const std::string& name) {
    return !name.empty() && std::ranges::any_of(change.differences, [&](const std::string& difference) {
      return difference.contains("\"" + name + "\"");
    });
  });
}

class Judge {
public:
  Judge(WatchState& state, const RoundLook& round, const WatchPolicy& policy, const std::string& target)
      : state_(state), round_(round), policy_(policy), target_(target) {}

  std::vector<Notice> judge(const Acknowledged& acknowledged) {
    if (state_.is_maintenance && !round_.is_maintenance) confirm_again();
    state_.is_maintenance = round_.is_maintenance;
    look_at_schema();
    // The app itself first: while it is down, nothing is said of what needs it.
    for (const CheckLook& look : round_.checks)
      if (look.check == target_check) look_at(look);
    for (const CheckLook& look : round_.checks)
      if (look.check != target_check) look_at(look);
    look_at_what_was_held_back();
    for (const auto& [id, end] : round_.certificates) state_.certificates[id] = end;
    look_at_app_server();
    if (round_.is_server_looked_at) see_what_is_blind();
    look_at_murphy();
    close_what_is_over();
    remind(acknowledged);
    return std::move(notices_);
  }

private:
  Incident& open(const std::string& cause, Severity severity) {
    const std::string key = free_key(fmt::format("murphy/{}/{}", target_, cause));
    const std::string moment = std::to_string(round_.at.time_since_epoch().count());
    Incident incident;
    incident.id = hex_digest(Hash::sha256, key + "\n" + moment).substr(0, digits_of_id);
    incident.key = key;
    incident.severity = severity;
    incident.opened = round_.at;
    return state_.open.emplace_back(std::move(incident));
  }

  // Services that get alerts take those of one key for one.
  std::string free_key(const std::string& wanted) const {
    std::string key = wanted;
    const auto is_taken = [&] { return std::ranges::find(state_.open, key, &Incident::key) != state_.open.end(); };
    for (int number = 2; is_taken(); ++number) key = fmt::format("{}/{}", wanted, number);
    return key;
  }

  void tell(Notice::What what, const Incident& incident) {
    // What was known before a maintenance is known; only what ends is told of.
    const bool is_update = what == Notice::What::sharpened || what == Notice::What::spread;
    if (round_.is_maintenance && is_update) return;
    const auto told = std::ranges::find_if(notices_, [&](const Notice& each) {
      const bool is_news = each.what != Notice::What::reminder && each.what != Notice::What::resolved;
      return is_news && each.incident.id == incident.id;
    });
    if (is_update && told != notices_.end()) { // nobody has heard of it yet
      told->incident = incident;
      if (told->what == Notice::What::spread) told->what = what;
      return;
    }
    notices_.push_back({.what = what, .incident = incident, .at = round_.at});
  }

  Incident* about_schema() {
    const auto found = std::ranges::find_if(state_.open, [](const Incident& each) { return each.schema.has_value(); });
    return found == state_.open.end() ? nullptr : &*found;
  }

  void look_at_schema() {
    if (!round_.schema) return;
    state_.schema_looked = true;
    state_.blind = round_.schema->blind;
    if (!state_.blind.empty()) return;
    const std::vector<std::string>& differences = round_.schema->differences;
    if (differences.empty()) {
      state_.schema_clean = round_.at;
      state_.settled_changes.clear();
      state_.fresh_change.reset();
      return;
    }
    if (differences == state_.settled_changes) return;
    if (Incident* known = about_schema()) {
      known->schema->differences = differences;
      return;
    }
    const Instant first = state_.fresh_change ? state_.fresh_change->before : round_.at;
    const SchemaChange change{.differences = differences, .after = state_.schema_clean, .before = first};
    // Scenarios may have seen it first.
    for (Incident& each : state_.open) {
      if (!each.cause || !is_about(*each.cause, change)) continue;
      each.schema = change;
      state_.fresh_change.reset();
      return;
    }
    // A deploy changes tables before the baseline knows; a scenario that fails by it ends the grace.
    state_.fresh_change = change;
    if (round_.is_maintenance || round_.at - first < policy_.deploy_grace) return;
    state_.fresh_change.reset();
    Incident& incident = open(schema_cause, Severity::warning);
    incident.failed_from = first;
    incident.schema = change;
    tell(Notice::What::opened, incident);
  }

  // Nobody waits for a confirmation that would lock the account, where the app has refused a right password.
  void look_at_what_was_held_back() {
    for (const CheckLook& look : round_.checks) state_.held_back.erase(look.check);
    for (const auto& [id, account] : round_.held_back) {
      state_.held_back[id] = account;
      const auto found = state_.checks.find(id);
      if (found == state_.checks.end() || round_.is_maintenance || is_target_red()) continue;
      CheckState& check = found->second;
      if (check.is_red || check.failed_in_row == 0 || check.refused.empty()) continue;
      check.is_red = true;
      attach(id, check);
    }
  }

  // What cannot be judged is not green, and it is not the app's fault either.
  void look_at_murphy() {
    for (const CheckLook& look : round_.checks) state_.unjudged.erase(look.check);
    state_.unjudged.insert(round_.unjudged.begin(), round_.unjudged.end());
    // A sound scenario says nothing of one that still waits to be judged.
    if (round_.trouble.empty() && (round_.checks.empty() || !state_.unjudged.empty())) return;
    look_at({.check = own_check,
             .feature = {},
             .outcome = round_.trouble.empty() ? CheckLook::Outcome::passed : CheckLook::Outcome::failed,
             .cause = {},
             .headline = round_.trouble,
             .place = {}});
  }

  // A check that was there before and is not any longer was good once; nobody knows how it is now.
  void see_what_is_blind() {
    state_.blind_server = round_.blind_server;
    state_.server_looked = round_.at;
    state_.migrations_pending = round_.migrations_pending;
    for (const auto& [id, check] : state_.checks)
      if (id.starts_with(server_prefix) && check.looked != round_.at)
        state_.blind_server.try_emplace(id.substr(std::string_view(server_prefix).size()),
                                        "the server could not be asked");
  }

  void look_at_app_server() {
    if (round_.console) take(console_check, take_in(state_.console, *round_.console, round_.at));
    if (round_.process)
      for (const auto& [check, finding] : take_in(state_.process, *round_.process, round_.at)) take(check, finding);
    // What the console shows of an outage belongs to it. What goes on after it does not.
    const auto console = state_.checks.find(console_check);
    const bool has_its_own = incident_with(console_check) != nullptr;
    if (console == state_.checks.end() || has_its_own || !is_told_by_others(console->first, console->second.cause))
      return;
    forget_news(state_.console);
  }

  void take(const std::string& id, const ServerFinding& finding) {
    const std::string name = id.substr(std::string_view(app_prefix).size());
    if (finding.state == ServerFinding::State::blind) {
      state_.blind_app[name] = finding.words;
      return;
    }
    state_.blind_app.erase(name);
    CheckLook look;
    look.check = id;
    look.outcome = finding.state == ServerFinding::State::bad ? CheckLook::Outcome::failed : CheckLook::Outcome::passed;
    look.cause = finding.cause;
    look.headline = finding.words;
    look_at(look);
  }

  bool is_outage_known() const {
    return is_target_red() ||
           std::ranges::any_of(state_.open, [](const Incident& each) { return each.severity == Severity::critical; });
  }

  // Of the app server: an outage is told by itself, and so is a change of the tables that the cause is about. Of
  // answers, the scenarios tell that got them.
  bool is_told_by_others(const std::string& check, const std::optional<LikelyCause>& cause) const {
    return check == answers_check || is_outage_known() ||
           (cause && std::ranges::any_of(state_.open, [&](const Incident& each) {
              return each.schema && is_about(*cause, *each.schema);
            }));
  }

  // It has to be confirmed again.
  static void hold_back(CheckState& check) {
    check.is_red = false;
    check.failed_in_row = 0;
  }

  bool is_target_red() const {
    const auto found = state_.checks.find(target_check);
    return found != state_.checks.end() && found->second.is_red;
  }

  void look_at(const CheckLook& look) {
    CheckState& check = state_.checks[look.check];
    const Turn turn = note(check, look, policy_, round_.at);
    if (turn == Turn::green) {
      for (Incident& each : state_.open)
        if (each.red.erase(look.check) > 0) mended_.insert(each.id);
      return;
    }
    if (look.check == target_check && look.outcome == CheckLook::Outcome::failed) {
      // Failures from before say nothing about what will be there when the app is back.
      for (auto& [id, other] : state_.checks)
        if (id.contains('#') && !other.is_red) other.failed_in_row = 0;
    }
    if (!check.is_red || look.outcome != CheckLook::Outcome::failed) return;
    const bool is_new = incident_with(look.check) == nullptr;
    const bool waits_for_app = look.check.contains('#') && is_target_red();
    if (is_new && waits_for_app) {
      hold_back(check);
    } else if (is_new && is_of_app_server(look.check) && is_told_by_others(look.check, look.cause)) {
      check.is_red = false; // it is bad all the same, and shows so
    } else if (is_new && round_.is_maintenance && look.check != own_check) {
      return; // see confirm_again()
    } else if (is_new && look.check == migrations_check && round_.at - check.failed_from < policy_.deploy_grace) {
      return; // files of a deploy may come before its migrations run
    } else if (is_new) {
      attach(look.check, check);
    } else {
      sharpen(look.check, check);
    }
  }

  // After a maintenance: what failed in it and has no incident may have been its doing.
  void confirm_again() {
    for (auto& [id, check] : state_.checks) {
      if (incident_with(id) != nullptr) continue;
      check.is_red = false;
      check.failed_in_row = 0;
    }
  }

  Incident* incident_with(const std::string& id) {
    const auto found = std::ranges::find_if(state_.open, [&](const Incident& each) { return each.red.contains(id); });
    return found == state_.open.end() ? nullptr : &*found;
  }

  // The first open incident that fits; null: none does.
  template <class Fits> Incident* first_open(const Fits& fits) {
    const auto found = std::ranges::find_if(state_.open, fits);
    return found == state_.open.end() ? nullptr : &*found;
  }

  // The open incident that a red scenario, or one that is about to be, belongs to; null: none does.
  Incident* incident_of(const CheckState& check) {
    const Telling told = telling(check.cause);
    if (Incident* same = first_open([&](const Incident& each) { return shows(each, check.cause); })) return same;
    if (Incident* changed = first_open([&](const Incident& each) {
          return each.schema && told != Telling::nothing && is_about(*check.cause, *each.schema);
        }))
      return changed;
    if (Incident* outage = first_open([&](const Incident& each) { return is_one_outage(each, check); })) return outage;
    if (told == Telling::name) return nullptr;
    if (Incident* changed = first_open(
            [&](const Incident& each) { return each.schema && (told == Telling::nothing || each.red.empty()); }))
      return changed;
    return first_open([&](const Incident& each) {
      return told == Telling::nothing && telling(each.cause) == Telling::nothing && is_of_scenarios(each);
    });
  }

  static bool is_of_scenarios(const Incident& incident) {
    return std::ranges::any_of(incident.red, [](const std::string& id) { return id.contains('#'); });
  }

  // Whether the cause is that of the incident, or of a scenario in it.
  bool shows(const Incident& incident, const std::optional<LikelyCause>& cause) const {
    return is_same(incident.cause, cause) || std::ranges::any_of(incident.red, [&](const std::string& id) {
             const auto red = state_.checks.find(id);
             return red != state_.checks.end() && is_same(red->second.cause, cause);
           });
  }

  // One outage shows in many ways, in one scenario with its name and in the next without. What has not passed since
  // the incident began may be broken by the same, unless the evidence names something else. What has passed since
  // then is broken by something that came later.
  bool is_one_outage(const Incident& incident, const CheckState& check) const {
    if (contradict(incident.cause, check.cause)) return false;
    if (incident.schema && telling(check.cause) == Telling::name) return false; // a name that the change is not about
    bool is_of_app = false;
    Instant broken = incident.failed_from; // what comes and goes is broken as often as its scenarios are
    for (const std::string& id : incident.red) {
      const auto red = state_.checks.find(id);
      if (red == state_.checks.end() || !(id.contains('#') || id == console_check)) continue;
      is_of_app = true;
      broken = std::max(broken, red->second.last_pass);
    }
    return is_of_app && check.last_pass <= broken;
  }

  // A check has turned red.
  void attach(const std::string& id, const CheckState& check) {
    const bool is_scenario = id.contains('#');
    const Severity severity = is_warning(id) ? Severity::warning : Severity::critical;
    Incident* incident = is_scenario ? incident_of(check) : nullptr;
    const bool is_new = incident == nullptr;
    if (incident != nullptr) take_over(*incident);
    if (is_new) {
      const bool is_by_cause = telling(check.cause) != Telling::nothing && (is_scenario || id == console_check);
      incident = &open(is_by_cause ? check.cause->fingerprint : is_scenario ? unknown_cause : id, severity);
      if (is_scenario && state_.fresh_change &&
          (telling(check.cause) != Telling::name || is_about(*check.cause, *state_.fresh_change)))
        incident->schema = std::exchange(state_.fresh_change, std::nullopt);
    }
    const bool is_first = incident->affected.empty();
    if (is_first) {
      incident->failed_from = check.failed_from;
      incident->last_good = check.last_pass;
      incident->failed_in_row = check.failed_in_row;
      incident->headline = check.headline;
      incident->place = check.place;
      incident->urgency = check.urgency;
    }
    const bool is_clearer = learn_cause(*incident, check);
    const bool has_spread = add_red(*incident, id, check);
    if (!is_new && !is_first) { // one more scenario of an incident that was told
      if (is_clearer || has_spread) tell(is_clearer ? Notice::What::sharpened : Notice::What::spread, *incident);
      return;
    }
    // Whoever reads it wants to know how many there are: others fail by it, too, and wait to be confirmed.
    for (const auto& [other, state] : state_.checks)
      if (state.failed_in_row > 0 && is_scenario && other.contains('#') && incident_of(state) == incident)
        add_affected(*incident, other, state);
    incident->severity = severity;
    incident->opened = round_.at;
    tell(Notice::What::opened, *incident);
  }

  // An error line was the first sign of what keeps people from signing in now: it is their incident.
  static void take_over(Incident& incident) {
    incident.red.erase(console_check);
    incident.affected.erase(console_check);
  }

  // Whether it is the first of its feature.
  static bool add_red(Incident& incident, const std::string& id, const CheckState& check) {
    incident.red.insert(id);
    incident.is_unwatched = false;
    return add_affected(incident, id, check);
  }

  static bool add_affected(Incident& incident, const std::string& id, const CheckState& check) {
    incident.affected.insert(id);
    return !check.feature.empty() && incident.features.insert(check.feature).second;
  }

  // Whether the check tells more of the cause than was known. A change of the tables is known by its names.
  static bool learn_cause(Incident& incident, const CheckState& check) {
    const Telling told = telling(check.cause);
    const bool is_clearer = told > telling(incident.cause) && (told == Telling::name || !incident.schema);
    if (is_clearer) incident.cause = check.cause;
    return is_clearer;
  }

  bool has_red_with_its_cause(const Incident& incident) const {
    return std::ranges::any_of(incident.red, [&](const std::string& id) {
      const auto red = state_.checks.find(id);
      return red != state_.checks.end() && is_same(red->second.cause, incident.cause);
    });
  }

  // What showed the cause works again: what is still red tells why it is.
  void hand_over_cause(Incident& incident) {
    if (incident.red.empty() || incident.schema || telling(incident.cause) == Telling::nothing ||
        has_red_with_its_cause(incident))
      return;
    const CheckState* clearest = nullptr;
    for (const std::string& id : incident.red) {
      const auto red = state_.checks.find(id);
      const bool still_fails = red != state_.checks.end() && red->second.passed_in_row == 0;
      if (!still_fails || telling(red->second.cause) == Telling::nothing) continue;
      if (clearest == nullptr || telling(red->second.cause) > telling(clearest->cause)) clearest = &red->second;
    }
    if (clearest == nullptr) return;
    incident.cause = clearest->cause;
    incident.headline = clearest->headline;
    incident.place = clearest->place;
    tell(Notice::What::sharpened, incident);
  }

  // A red check has failed again: it may be clear now why.
  void sharpen(const std::string& id, const CheckState& check) {
    Incident* mine = incident_with(id);
    if (check.urgency > mine->urgency) {
      mine->urgency = check.urgency;
      mine->headline = check.headline;
      tell(Notice::What::sharpened, *mine);
      return;
    }
    if (contradict(mine->cause, check.cause) && has_red_with_its_cause(*mine)) { // it has got a name of its own
      mine->red.erase(id);
      attach(id, check);
      return;
    }
    if (telling(check.cause) <= telling(mine->cause)) return;
    if (mine->schema && telling(check.cause) == Telling::name && !is_about(*check.cause, *mine->schema)) {
      mine->red.erase(id);
      attach(id, check);
      return;
    }
    Incident* same =
        first_open([&](const Incident& each) { return &each != mine && is_same(each.cause, check.cause); });
    if (same != nullptr) {
      mine->red.erase(id);
      if (add_red(*same, id, check)) tell(Notice::What::spread, *same);
      return;
    }
    if (learn_cause(*mine, check)) tell(Notice::What::sharpened, *mine);
  }

  void close_what_is_over() {
    for (Incident& each : state_.open)
      if (mended_.contains(each.id)) hand_over_cause(each);
    std::vector<Incident> still_open;
    for (Incident& each : state_.open) {
      const bool is_changed = each.schema && state_.schema_clean <= each.schema->before;
      const bool is_mere_warning = each.severity == Severity::warning;
      if (!each.red.empty() || (is_mere_warning && is_changed && !each.is_unwatched)) {
        still_open.push_back(std::move(each));
        continue;
      }
      if (is_changed) state_.settled_changes = each.schema->differences;
      notices_.push_back(
          {.what = Notice::What::resolved, .incident = std::move(each), .at = round_.at, .schema_remains = is_changed});
    }
    state_.open = std::move(still_open);
    // Nobody is to believe that all is well while a scenario of it fails by another cause.
    for (Notice& notice : notices_) {
      if (notice.what != Notice::What::resolved) continue;
      for (const std::string& check : notice.incident.affected)
        if (const Incident* other = incident_with(check)) notice.goes_on_as = other->id;
    }
  }

  void remind(const Acknowledged& acknowledged) {
    if (round_.is_maintenance) return;
    for (Incident& each : state_.open) {
      if (each.severity != Severity::critical || acknowledged.contains(each.id)) continue;
      const auto is_due = [&](const auto& wait) { return each.opened + wait <= round_.at; };
      const auto due = static_cast<int>(std::ranges::count_if(policy_.remind, is_due));
      if (due <= each.reminders) continue;
      each.reminders = due; // of several that were missed, one is sent
      tell(Notice::What::reminder, each);
    }
  }

  WatchState& state_;
  const RoundLook& round_;
  const WatchPolicy& policy_;
  const std::string& target_;
  std::vector<Notice> notices_;
  std::set<std::string> mended_; // incidents of which a check has turned green in this round
};

} // namespace

std::vector<Notice> judge(WatchState& state, const RoundLook& round, const WatchPolicy& policy,
                          const std::string& target, const Acknowledged& acknowledged) {
  return Judge(state, round, policy, target).judge(acknowledged);
}

void forget_others(WatchState& state, const std::set<std::string>& checks) {
  const auto is_watched = [&](const std::string& id) {
    const bool is_of_process = id == memory_check || id == descriptors_check;
    return checks.contains(id) || id == answers_check ||
           (id.starts_with(server_prefix) && checks.contains(server_check)) ||
           (is_of_process && checks.contains(process_check));
  };
  std::erase_if(state.checks, [&](const auto& each) { return !is_watched(each.first); });
  std::erase_if(state.unjudged, [&](const auto& id) { return !is_watched(id); });
  std::erase_if(state.held_back, [&](const auto& each) { return !is_watched(each.first); });
  if (!checks.contains(server_check)) state.blind_server.clear();
  std::erase_if(state.blind_app, [&](const auto& each) { return !is_watched(app_prefix + each.first); });
  for (Incident& each : state.open) {
    const std::size_t gone = std::erase_if(each.red, [&](const auto& id) { return !is_watched(id); });
    const bool is_of_tables = each.schema && each.severity == Severity::warning && !checks.contains(schema_check);
    if (each.red.empty() && (gone > 0 || is_of_tables)) each.is_unwatched = true;
  }
}

} // namespace murphy::watch
