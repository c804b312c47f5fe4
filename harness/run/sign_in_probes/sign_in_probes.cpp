#include "run/sign_in_probes/sign_in_probes.h"

#include "base/sign_in_words.h"
#include "run/shared/compare.h"
#include "run/sign_in_probes/probe_endings.h"
#include "run/steps/perform.h"

#include <algorithm>
#include <utility>

namespace murphy::run {
namespace {

using namespace std::chrono_literals;
using record::ProbeEnd;
using SteadyClock = std::chrono::steady_clock;

// For one request with its redirects, and for all that is asked.
constexpr std::chrono::milliseconds each_deadline = 2s;
constexpr std::chrono::milliseconds all_deadline = 6s;

// What the app writes of the probes is not of the step that comes next.
constexpr auto console_quiet = 80ms;
constexpr auto console_patience = 500ms;

constexpr std::string_view of_user = "user.";

bool is_of_user(const scenario::Text::Part& part) { return part.reference && part.text.starts_with(of_user); }

bool is_password(const scenario::Text::Part& part) {
  return is_of_user(part) && names_a_secret(part.text.substr(of_user.size()));
}

bool names_user(const scenario::Text::Part& part) { return is_of_user(part) && !is_password(part); }

// A text of one part.
scenario::Text text_of(scenario::Text::Part part) {
  scenario::Text text;
  text.parts.push_back(std::move(part));
  return text;
}

// The fields with some of what they say of the user replaced by other words.
template <class Test, class Words>
std::vector<scenario::Filling> replaced(std::vector<scenario::Filling> fields, Test&& test, Words&& words) {
  for (scenario::Filling& field : fields) {
    auto* text = std::get_if<scenario::Text>(&field.value);
    if (text == nullptr) continue;
    for (scenario::Text::Part& part : text->parts)
      if (test(part)) part = scenario::Text::Part::literal(words(part));
  }
  return fields;
}

// Whether some field says of the user what the test looks for.
template <class Test> bool any_part(const std::vector<scenario::Filling>& fields, Test&& test) {
  return std::ranges::any_of(fields, [&](const scenario::Filling& field) {
    const auto* text = std::get_if<scenario::Text>(&field.value);
    return text != nullptr && std::ranges::any_of(text->parts, test);
  });
}

// One round of questions.
class Round {
public:
  // `held` are the accounts of the case that failed.
  Round(const RunSettings& settings, drive::Driver& driver, scenario::Scope& scope,
        const std::map<std::string, int>& held)
      : settings_(settings), flow_(*settings.project.app.sign_in), driver_(driver), scope_(scope), held_(held) {
    facts_.sign_in_path = driver_.path_of(resolved(flow_.page).value_or(""));
    if (const auto& dashboard = settings.project.app.dashboard) {
      dashboard_ = resolved(dashboard->page);
      facts_.path = driver_.path_of(dashboard_.value_or(""));
      facts_.shows = dashboard->shows;
    }
  }

  SignInAddresses addresses() const { return {facts_.sign_in_path, facts_.path, flow_.submit.source}; }

  // The accounts of the case, as evidence shows them.
  std::vector<Credentials> accounts() {
    std::vector<Credentials> result;
    for (const auto& [user, member] : held_) {
      scope_.set_user(user);
      if (const auto fields = filled_in(); fields && !fields->empty()) {
        result.push_back({user, {}});
        for (const Value& value : *fields) result.back().values.push_back(value.shown());
      }
    }
    return result;
  }

  // Asks as long as the app answers and there is time. What was not asked stays so. `closed` says that the dashboard is
  // known to be closed without a session.
  void ask(const FailedSignIn& failed, bool closed, Leases& leases, const std::vector<const FailedAttempts*>& attempts,
           record::Probes& probes) {
    until_ = SteadyClock::now() + all_deadline;
    if (const auto ready = resolved(settings_.probed->ready)) probes.ready_page = end_of_page(look(*ready));
    if (closed)
      probes.no_session = ProbeEnd::refused;
    else if (dashboard_)
      probes.no_session = end_of_dashboard(look(*dashboard_), facts_);
    const drive::Visited page = open_form();
    if (!page) return;
    if (const auto file = static_part(*page->page)) probes.static_page = end_of_page(look(*file));
    if (failed.user.empty() || !any_part(flow_.fields, is_password)) return;
    if (const auto alone = leases.try_alone(failed.user, held_); alone && may_fail_as(failed.user, attempts))
      probes.wrong_password = sign_in(failed.user, with_wrong_password());
    if (any_part(flow_.fields, names_user) && open_form())
      probes.unknown_user = sign_in(failed.user, with_unknown_user());
    ask_with_second_account(leases, attempts, probes);
  }

private:
  std::optional<std::string> resolved(const scenario::Text& wanted) {
    auto words = scope_.resolve_words(wanted);
    return words ? std::optional(std::move(*words)) : std::nullopt;
  }

  // What the sign-in fills in with words for the user at hand; nothing when it has no such property.
  std::optional<std::vector<Value>> filled_in() {
    std::vector<Value> values;
    for (const scenario::Filling& field : flow_.fields) {
      const auto* wanted = std::get_if<scenario::Text>(&field.value);
      if (wanted == nullptr) continue;
      auto value = scope_.resolve(*wanted);
      if (!value) return std::nullopt;
      values.push_back(std::move(*value));
    }
    return values;
  }

  bool over() const { return throttled_ || settings_.stop.stop_requested() || SteadyClock::now() >= until_; }

  // With no more time, nothing is sent.
  template <class Act> drive::Visited in_time(Act&& act) {
    drive::Limits limits;
    const auto left = std::chrono::ceil<std::chrono::milliseconds>(until_ - SteadyClock::now());
    limits.deadline = std::min({left, each_deadline, settings_.step_deadline});
    limits.stop = settings_.stop;
    drive::Obstacle none;
    none.kind = drive::Obstacle::Kind::unable;
    if (over()) return std::unexpected(none);
    drive::Visited visited = act(limits);
    throttled_ = throttled_ || is_throttled(visited);
    // An answer that had less time than the others is none that tells.
    if (!visited && limits.deadline == left) return std::unexpected(none);
    return visited;
  }

  // A page without a session.
  drive::Visited look(const std::string& address) {
    return in_time([&](const drive::Limits& limits) {
      return driver_.probe(address, drive::Credentials::omit, record::Reason::probe, limits);
    });
  }

  drive::Visited perform(const auto& verb) {
    return in_time(
        [&](const drive::Limits& limits) { return Performer(settings_.project.app, driver_, scope_, limits)(verb); });
  }

  drive::Visited open_form() {
    driver_.fresh_session();
    return perform(scenario::Open{flow_.page});
  }

  // Sends the form that is open.
  ProbeEnd sign_in(const std::string& user, std::vector<scenario::Filling> fields) {
    scope_.set_user(user);
    const drive::Visited visited = perform(scenario::Submit{flow_.submit, std::move(fields), {}});
    if (const auto end = end_of_submission(visited, flow_.submit.source)) return *end;
    if (!dashboard_) return ProbeEnd::works;
    return end_of_dashboard(in_time([&](const drive::Limits& limits) {
                              return driver_.probe(*dashboard_, drive::Credentials::include, record::Reason::probe,
                                                   limits);
                            }),
                            facts_);
  }

  // New in each run.
  std::string new_word() { return resolved(text_of(scenario::Text::Part::reference_to("unique"))).value_or(""); }

  std::vector<scenario::Filling> with_wrong_password() {
    return replaced(flow_.fields, is_password, [&](const scenario::Text::Part&) { return "Wrong-1-" + new_word(); });
  }

  // No password of a real account goes out under another name. An address keeps its host: apps may take no other.
  std::vector<scenario::Filling> with_unknown_user() {
    return replaced(with_wrong_password(), names_user, [&](const scenario::Text::Part& part) {
      const std::string name = resolved(text_of(part)).value_or("");
      const std::size_t host = name.rfind('@');
      return "nobody" + new_word() + (host == std::string::npos ? "" : name.substr(host));
    });
  }

  // Whether one more failed sign-in does not lock the account.
  bool may_fail_as(const std::string& user, const std::vector<const FailedAttempts*>& attempts) {
    if (!settings_.probed->lockout) return true;
    scope_.set_user(user);
    std::vector<std::string> names;
    for (const scenario::Filling& field : flow_.fields) {
      if (!any_part({field}, names_user)) continue;
      const auto value = scope_.resolve(std::get<scenario::Text>(field.value));
      if (!value) return false;
      names.push_back(in_clear(*value));
      names.push_back(value->shown());
    }
    int failed = 1;
    for (const FailedAttempts* each : attempts) failed += each->of(names, facts_.sign_in_path);
    return failed < *settings_.probed->lockout;
  }

  // With its own password, if one is free that has all that the form asks for.
  void ask_with_second_account(Leases& leases, const std::vector<const FailedAttempts*>& attempts,
                               record::Probes& probes) {
    for (const auto& [user, _] : settings_.project.users) {
      if (held_.contains(user)) continue;
      const auto alone = leases.try_alone(user, held_);
      if (!alone) continue;
      scope_.set_member(user, alone->members().at(user));
      scope_.set_user(user);
      if (!filled_in() || !may_fail_as(user, attempts)) continue;
      if (open_form()) probes.second_account = sign_in(user, flow_.fields);
      return;
    }
  }

  const RunSettings& settings_;
  const scenario::SignInFlow& flow_;
  drive::Driver& driver_;
  scenario::Scope& scope_;
  const std::map<std::string, int>& held_;
  std::optional<std::string> dashboard_; // its address
  DashboardFacts facts_;
  SteadyClock::time_point until_;
  bool throttled_ = false; // the app has had enough
};

// What was found out after another case failed, as far as it is true after this one.
record::Probes heard(record::Probes probes, bool of_same_user) {
  if (!of_same_user) probes.wrong_password = probes.unknown_user = probes.second_account = ProbeEnd::not_asked;
  return probes;
}

} // namespace

void SignInProbes::note(const record::StepResult& step) {
  if (settings_.probed != nullptr && settings_.probed->lockout) attempts_.note(step);
}

record::Probes SignInProbes::ask(std::span<const record::StepResult> steps, const Case& failed,
                                 const std::map<std::string, int>& held) {
  if (settings_.probed == nullptr || !settings_.project.app.sign_in || !app_.alive()) return {};
  const auto driver = settings_.new_driver(app_);
  if (!driver) return {};
  scenario::Scope scope(settings_.project, settings_.inputs, failed.planned.id + "#probes");
  for (const auto& [user, member] : held) scope.set_member(user, member);
  Round round(settings_, **driver, scope, held);
  const auto about = failed_sign_in(steps, round.addresses(), round.accounts());
  if (!about) return {};
  const std::lock_guard lock(mutex_);
  if (!asked_) {
    FailedAttempts latest; // is noted when the step is told of
    latest.note(steps.back());
    asked_.emplace(about->user, record::Probes{});
    round.ask(*about, control_.known_to_hold(), leases_, {&attempts_, &latest}, asked_->probes);
    app_.console().drain(SteadyClock::now() + console_patience, console_quiet);
  }
  return heard(asked_->probes, !about->user.empty() && about->user == asked_->user);
}

} // namespace murphy::run
