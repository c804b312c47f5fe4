#include "run/sign_in_probes/sign_in_probes.h"

#include "base/sign_in_words.h"
#include "run/shared/compare.h"
#include "run/sign_in_probes/probe_endings.h"
#include "run/steps/step.h"
#include "scenario/app_flow.h"

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

bool names_user(const scenario::Text::Part& part) {
  return scenario::is_of_user(part) && !scenario::is_password_of_user(part);
}

// A text of one part.
scenario::Text text_of(scenario::Text::Part part) {
  scenario::Text text;
  text.split.edit().push_back(std::move(part));
  return text;
}

// The steps with some of what they say of the user replaced by other words.
template <class Test, class Words> scenario::AppFlow replaced(scenario::AppFlow flow, Test&& test, Words&& words) {
  scenario::for_each_text(flow.steps, [&](scenario::Text& text) {
    if (text.is_literal()) return;
    for (scenario::Text::Part& part : text.split.edit())
      if (test(part)) part = scenario::Text::Part::literal(words(part));
  });
  return flow;
}

// Whether some step says of the user what the test looks for.
template <class Test> bool any_part(const scenario::AppFlow& flow, Test&& test) {
  bool found = false;
  scenario::for_each_text(flow.steps,
                          [&](const scenario::Text& text) { found = found || std::ranges::any_of(*text.split, test); });
  return found;
}

// One round of questions.
class Round {
public:
  // `held` are the accounts of the case that failed.
  Round(const RunSettings& settings, target::RunningTarget& app, ControlCheck& control, drive::Driver& driver,
        scenario::Scope& scope, const std::map<std::string, int>& held)
      : settings_(settings), flow_(*settings.project.app.sign_in), driver_(driver), scope_(scope), held_(held),
        context_{.project = settings.project,
                 .app = app,
                 .control = control,
                 .database = no_database_,
                 .learn_token = settings.learn_token,
                 .target = settings.started.target,
                 .step_deadline = std::min(each_deadline, settings.step_deadline),
                 .diagnose = {},
                 .stop = settings.stop} {
    if (const scenario::Text* page = scenario::first_page(flow_)) page_ = resolved(*page);
    if (auto facts = facts_of(settings.project.app, app.settings().providers, scope_, driver_))
      facts_ = std::move(*facts);
    if (const scenario::Submit* form = scenario::password_form(flow_)) form_ = form->form.source;
    if (const auto& dashboard = settings.project.app.dashboard) dashboard_ = resolved(dashboard->page);
  }

  SignInAddresses addresses() const { return {facts_.sign_in_path, facts_.path, form_}; }

  // The accounts of the case, as evidence shows what the form that takes the password is filled in with.
  std::vector<AccountSpellings> accounts() {
    std::vector<AccountSpellings> result;
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
    if (const auto ready = resolved(settings_.probed->ready.back())) probes.ready_page = end_of_page(look(*ready));
    if (closed)
      probes.no_session = ProbeEnd::refused;
    else if (dashboard_)
      probes.no_session = end_of_dashboard(look(*dashboard_), facts_);
    if (page_) {
      const drive::Visited page = look(*page_);
      if (!page) return;
      if (const auto file = static_part(*page->page)) probes.static_page = end_of_page(look(*file));
    }
    if (failed.user.empty() || !any_part(flow_, scenario::is_password_of_user)) return;
    if (const auto alone = leases.try_alone(failed.user, held_); alone && may_fail_as(failed.user, attempts))
      probes.wrong_password = sign_in(failed.user, with_wrong_password());
    if (any_part(flow_, names_user)) probes.unknown_user = sign_in(failed.user, with_unknown_user());
    ask_with_second_account(leases, attempts, probes);
  }

private:
  std::optional<std::string> resolved(const scenario::Text& wanted) {
    auto words = scope_.resolve_words(wanted);
    return words ? std::optional(std::move(*words)) : std::nullopt;
  }

  // What the form that takes the password is filled in with for the user at hand; nothing without such a form, or when
  // the user lacks a property.
  std::optional<std::vector<Value>> filled_in() {
    const scenario::Submit* form = scenario::password_form(flow_);
    if (form == nullptr) return std::nullopt;
    std::vector<Value> values;
    for (const scenario::Filling& field : form->with) {
      const auto* wanted = std::get_if<scenario::Text>(&field.value);
      if (wanted == nullptr) continue;
      auto value = scope_.resolve(*wanted);
      if (!value) return std::nullopt;
      values.push_back(std::move(*value));
    }
    return values;
  }

  // Whether the user at hand has every property that the steps name.
  bool has_all_properties() {
    return !any_part(flow_, [&](const scenario::Text::Part& part) {
      return scenario::is_of_user(part) && !resolved(text_of(part));
    });
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
    throttled_ = throttled_ || (visited && is_throttled(visited->page->status()));
    // An answer that had less time than the others shows nothing.
    if (!visited && limits.deadline == left) return std::unexpected(none);
    return visited;
  }

  // A page without a session.
  drive::Visited look(const std::string& address) {
    return in_time([&](const drive::Limits& limits) {
      return driver_.probe(address, drive::Credentials::omit, record::Reason::probe, limits);
    });
  }

  ProbeEnd sign_in(const std::string& user, const scenario::AppFlow& flow) {
    if (over()) return ProbeEnd::not_asked;
    driver_.fresh_session();
    const auto tried = StepRunner(context_, driver_, scope_).sign_in(flow, user, until_, settings_.stop);
    const auto& exchanges = tried.evidence.exchanges;
    throttled_ = throttled_ || (!exchanges.empty() && is_throttled(exchanges.back().status));
    // An answer that had less time than the others shows nothing.
    if (tried.error && SteadyClock::now() >= until_) return ProbeEnd::not_asked;
    if (const auto end = end_of_sign_in(tried, driver_.page().get(), form_, facts_)) return *end;
    if (!dashboard_) return ProbeEnd::works;
    return end_of_dashboard(in_time([&](const drive::Limits& limits) {
                              return driver_.probe(*dashboard_, drive::Credentials::include, record::Reason::probe,
                                                   limits);
                            }),
                            facts_);
  }

  // New in each run.
  std::string new_word() { return resolved(text_of(scenario::Text::Part::reference_to("unique"))).value_or(""); }

  scenario::AppFlow with_wrong_password() {
    return replaced(flow_, scenario::is_password_of_user,
                    [&](const scenario::Text::Part&) { return "Wrong-1-" + new_word(); });
  }

  // No password of a real account goes out under another name. An address keeps its host: apps may take no other.
  scenario::AppFlow with_unknown_user() {
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
    bool all_known = true;
    scenario::for_each_text(flow_.steps, [&](const scenario::Text& text) {
      if (!std::ranges::any_of(*text.split, names_user)) return;
      for (const scenario::Text::Part& part : *text.split) {
        if (!names_user(part)) continue;
        const auto value = scope_.resolve(text_of(part));
        all_known = all_known && value;
        if (!value) continue;
        names.push_back(in_clear(*value));
        names.push_back(value->shown());
      }
    });
    if (!all_known) return false;
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
      if (!has_all_properties() || !may_fail_as(user, attempts)) continue;
      probes.second_account = sign_in(user, flow_);
      return;
    }
  }

  const RunSettings& settings_;
  const scenario::AppFlow& flow_;
  drive::Driver& driver_;
  scenario::Scope& scope_;
  const std::map<std::string, int>& held_;
  AppDatabase no_database_{[] { return std::optional<Result<record::Schema>>(); }};
  const CaseContext context_;
  std::optional<std::string> page_;      // the address where the sign-in begins
  std::string form_;                     // the words of the form that takes the password; may be empty
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
  scenario::Scope scope(settings_.project, settings_.inputs, failed.planned->id.str() + "#probes");
  for (const auto& [user, member] : held) scope.set_member(user, member);
  Round round(settings_, app_, control_, **driver, scope, held);
  const auto about = failed_sign_in(steps, round.addresses(), round.accounts());
  if (!about) return {};
  const std::lock_guard lock(mutex_);
  if (!asked_) {
    FailedAttempts latest; // is noted when the step is emitted
    latest.note(steps.back());
    asked_.emplace(about->user, record::Probes{});
    round.ask(*about, control_.known_to_hold(), leases_, {&attempts_, &latest}, asked_->probes);
    app_.console().drain(SteadyClock::now() + console_patience, console_quiet);
  }
  return heard(asked_->probes, !about->user.empty() && about->user == asked_->user);
}

} // namespace murphy::run
