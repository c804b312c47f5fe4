#include "run/runner.h"

#include "run/case.h"
#include "run/confirmation.h"
#include "run/diagnoser.h"
#include "run/lane.h"
#include "run/plan/known_failure.h"
#include "run/plan/leases.h"
#include "run/plan/written_addresses.h"
#include "run/shared/control.h"
#include "run/shared/wait.h"
#include "run/sign_in_probes/sign_in_probes.h"

#include <algorithm>
#include <atomic>
#include <iterator>
#include <map>
#include <mutex>
#include <optional>
#include <set>
#include <string>
#include <thread>
#include <utility>
#include <vector>

namespace murphy::run {
namespace {

using record::Outcome;
using SteadyClock = std::chrono::steady_clock;

record::Instant now() { return std::chrono::system_clock::now(); }

Boxed<std::vector<record::PoolMember>> of_pools(const Members& members) {
  Boxed<std::vector<record::PoolMember>> pools;
  for (const auto& [user, number] : members) {
    if (number == 0) continue;
    if (!pools) pools.emplace();
    pools->push_back({user, number});
  }
  return pools;
}

// What a run knows whichever process of the app is up.
struct Knowledge {
  Knowledge(const RunSettings& settings, const Plan& plan, const record::EventSink& emit)
      : control(emit),
        database([this, &settings] { return settings.look_at_database(app); },
                 [this, &settings](const record::Schema& schema) {
                   return settings.look_at_migrations ? settings.look_at_migrations(app, schema) : std::nullopt;
                 }),
        diagnoser(settings, database, emit), project_(settings.project), plan_(plan) {}

  // Of the run's files; only a failure asks for them. From any thread.
  const WrittenAddresses& written_addresses() {
    std::call_once(addresses_once_, [this] { addresses_ = run::written_addresses(project_, plan_); });
    return addresses_;
  }

  const target::RunningTarget* app = nullptr; // null: it did not come up
  ControlCheck control;
  AppDatabase database;
  Diagnoser diagnoser;

private:
  const scenario::Project& project_;
  const Plan& plan_;
  std::once_flag addresses_once_;
  WrittenAddresses addresses_;
};

using CasesOfFeature = std::vector<const Case*>; // of one file, in the order of the plan

// How far a run has come with its cases. Safe for several threads.
class Progress {
public:
  explicit Progress(const Plan& plan) : plan_(plan), finished_(plan.cases.size()) {}

  // How often the case was tried before.
  int attempts(const std::string& id) const {
    const std::lock_guard lock(mutex_);
    const auto found = attempts_.find(id);
    return found == attempts_.end() ? 0 : found->second;
  }
  void try_again(const std::string& id, int attempts) {
    const std::lock_guard lock(mutex_);
    attempts_[id] = attempts;
  }
  // `planned` is of the plan.
  void finish(const Case& planned) {
    const std::lock_guard lock(mutex_);
    finished_[static_cast<std::size_t>(&planned - plan_.cases.data())] = true;
  }
  // The cases that have not finished.
  std::vector<CasesOfFeature> left() const {
    const std::lock_guard lock(mutex_);
    std::vector<CasesOfFeature> features;
    for (std::size_t i = 0; i < finished_.size(); ++i) {
      const Case& each = plan_.cases[i];
      if (finished_[i]) continue;
      if (features.empty() || features.back().front()->planned->place.file != each.planned->place.file)
        features.emplace_back();
      features.back().push_back(&each);
    }
    return features;
  }

private:
  const Plan& plan_;
  mutable std::mutex mutex_;
  std::vector<bool> finished_; // in the order of the plan
  std::map<std::string, int> attempts_;
};

// Runs the cases that are left of a plan against a target that is up.
class CasesRunner {
public:
  CasesRunner(const RunSettings& settings, int jobs, target::RunningTarget& app, Knowledge& knowledge,
              Progress& progress, const record::EventSink& emit)
      : features_(progress.left()), settings_(settings), jobs_(jobs), app_(app), progress_(progress), emit_(emit),
        leases_(settings.project, settings.shared_leases), probes_(settings, app, leases_, knowledge.control),
        diagnoser_(knowledge.diagnoser),
        context_{settings.project,
                 app,
                 knowledge.control,
                 knowledge.database,
                 settings.learn_token,
                 settings.started.target,
                 settings.step_deadline,
                 [this](std::span<record::StepResult> steps, const Case& failed, const scenario::Scope& scope) {
                   const record::Probes probes =
                       app_.alive() ? probes_.ask(steps, failed, scope.members()) : record::Probes{};
                   if (probes != record::Probes{}) steps.back().evidence.probes = probes;
                   steps.back().suspects = diagnoser_.suspects(steps, failed.planned->id);
                 },
                 settings.stop,
                 settings.of_passed_steps,
                 settings.guide,
                 [&knowledge]() -> const WrittenAddresses& { return knowledge.written_addresses(); }} {}

  void run() {
    std::vector<std::jthread> workers;
    const int others = std::min(jobs_, static_cast<int>(features_.size())) - 1;
    for (int worker = 0; worker < others; ++worker) workers.emplace_back([this] { work(); });
    work();
    workers.clear();
    if (!settings_.stop.stop_requested() && !app_.alive() && !restarts()) emit_(diagnoser_.explained(app_.lost()));
  }

  // Whether the app is to be started again for the cases that are left. Nobody hears of an end that no step has met,
  // unless the run ends with it.
  bool restarts() { return settings_.restart && was_ended_ && !ended_ && !app_.alive(); }

private:
  bool may_go_on() { return !settings_.stop.stop_requested() && !ended_ && app_.alive(); }

  // Takes features until there are none left.
  void work() {
    for (std::size_t next = taken_++; next < features_.size(); next = taken_++) {
      for (const Case* each : features_[next]) {
        if (!may_go_on()) return;
        if (settings_.may_run && !settings_.may_run(each->planned->id)) continue;
        const auto preferred = settings_.members.find(each->planned->id);
        const auto lease = leases_.acquire(each->scenario->users, settings_.stop,
                                           preferred == settings_.members.end() ? Members() : preferred->second);
        if (!lease || !may_go_on()) return;
        const Outcome outcome = run_case(*each, lease->members());
        if (settings_.fail_fast && is_red(outcome)) ended_ = true;
      }
    }
  }

  // How an attempt at a case ended.
  struct AttemptEnd {
    Outcome outcome = Outcome::passed;
    bool lacks_answer = false; // of a request of the step that did not pass
    bool is_of_others = false; // the app ended, and another case may have ended it
    record::Note note{};       // why it was skipped, or is not judged
  };

  // Tries one case until it passes or no try is left, and gives back what became of it.
  Outcome run_case(const Case& planned, const std::map<std::string, int>& members) {
    const std::string& id = planned.planned->id;
    const int before = progress_.attempts(id);
    if (before == 0) emit_(record::CaseStarted{id, now(), of_pools(members)});
    for (int attempt = before;; ++attempt) {
      const SteadyClock::time_point start = SteadyClock::now();
      auto [outcome, lacks_answer, is_of_others, note] = run_attempt(planned, members, attempt);
      if (is_of_others) {
        progress_.try_again(id, attempt + 1);
        emit_(record::CaseRetried{id, now(), outcome, since(start), record::RetryReason::app_ended});
        return Outcome::not_run;
      }
      const bool try_again = is_red(outcome) && attempt < settings_.retries &&
                             (lacks_answer || settings_.retry_of == RetryOf::all) && app_.alive() &&
                             !planned.scenario->known_failure;
      if (!try_again) return finish(planned, {id, outcome, since(start), std::move(note), attempt + 1});
      emit_(record::CaseRetried{id, now(), outcome, since(start),
                                lacks_answer ? record::RetryReason::no_answer : record::RetryReason::did_not_pass});
    }
  }

  static bool had_no_answer(const record::StepResult& step) {
    return is_red(step.outcome) &&
           std::ranges::any_of(record::own_exchanges(step.evidence.exchanges),
                               [](const record::Exchange* exchange) { return exchange->status == 0; });
  }

  AttemptEnd run_attempt(const Case& planned, const std::map<std::string, int>& members, int attempt) {
    const std::string& id = planned.planned->id;
    scenario::Scope scope(settings_.project, settings_.inputs,
                          attempt == 0 ? id : id + "#" + std::to_string(attempt + 1));
    for (const auto& [user, member] : members) scope.set_member(user, member);
    auto driver = settings_.new_driver(app_);
    Result<void> ready = driver ? Result<void>() : std::unexpected(driver.error());
    if (ready) ready = set_columns(planned, scope);
    if (!ready) {
      record::StepResult step;
      step.title = "prepare the scenario";
      step.place = planned.planned->place;
      step.outcome = Outcome::error;
      step.started = now();
      step.error = ready.error();
      emit_(record::StepFinished{id, std::move(step)});
      return {.outcome = Outcome::error};
    }
    // From the step that did not pass on, events wait until its cause is sure.
    Lane::Case lane(lane_);
    std::vector<record::StepFinished> held;
    AttemptEnd end;
    bool met_the_end = false;
    const record::EventSink tell = [&](const record::Event& event) {
      const auto* finished = std::get_if<record::StepFinished>(&event);
      if (finished == nullptr) return emit_(event);
      probes_.note(finished->step);
      met_the_end = met_the_end || std::ranges::any_of(finished->step.failures, [](const record::Failure& each) {
                      return each.code == record::FailureCode::app_ended;
                    });
      end.lacks_answer = end.lacks_answer || had_no_answer(finished->step);
      if (held.empty() && !may_confirm(planned, finished->step)) return emit_(event);
      held.push_back(*finished);
    };
    CaseRunner runner(planned, context_, **driver, scope, tell);
    end.outcome = runner.run();
    end.note = runner.note();
    if (met_the_end) was_ended_ = true;
    end.is_of_others = met_the_end && settings_.restart && lane.had_company();
    if (held.empty()) return end;
    const bool had_company = lane.had_company();
    lane.leave();
    if (had_company && is_new(held.front().step))
      if (auto alone = run_alone(planned, members); alone && ended_alike(held.front().step, *alone))
        held.front().step = std::move(*alone);
    for (record::StepFinished& each : held) emit_(each);
    return end;
  }

  bool may_confirm(const Case& planned, const record::StepResult& step) const {
    return settings_.confirm && jobs_ > 1 && features_.size() > 1 && !planned.scenario->known_failure &&
           step.outcome == Outcome::failed && may_be_of_others(step);
  }

  // What a silent failure took from the lines of another has the other's cause, but not its ending.
  bool is_new(const record::StepResult& failed) {
    std::vector<record::FailureCode> ending;
    std::ranges::transform(failed.failures, std::back_inserter(ending), &record::Failure::code);
    const std::lock_guard lock(confirmed_mutex_);
    return confirmed_.emplace(failed.suspects.front().fingerprint, std::move(ending)).second;
  }

  // The step that does not pass when the case runs once more, while no other does. Nobody hears of the other steps.
  // What it needs of the stack only those pay that come to it.
  [[gnu::noinline]] std::optional<record::StepResult> run_alone(const Case& planned,
                                                                const std::map<std::string, int>& members) {
    const Lane::Alone alone(lane_);
    if (!may_go_on()) return std::nullopt;
    scenario::Scope scope(settings_.project, settings_.inputs, planned.planned->id.str() + "#alone");
    for (const auto& [user, member] : members) scope.set_member(user, member);
    auto driver = settings_.new_driver(app_);
    if (!driver || !set_columns(planned, scope)) return std::nullopt;
    std::optional<record::StepResult> failed;
    const record::EventSink note = [&](const record::Event& event) {
      const auto* finished = std::get_if<record::StepFinished>(&event);
      if (finished == nullptr) return;
      probes_.note(finished->step);
      if (!failed && finished->step.outcome == Outcome::failed) failed = finished->step;
    };
    CaseRunner(planned, context_, **driver, scope, note).run();
    return failed;
  }

  static Result<void> set_columns(const Case& planned, scenario::Scope& scope) {
    if (planned.example == nullptr) return {};
    for (const auto& [name, text] : planned.example->columns) {
      auto value = scope.resolve(text);
      if (!value) return std::unexpected(value.error());
      scope.set(name, {.value = std::move(*value)});
    }
    return {};
  }

  Outcome finish(const Case& planned, record::CaseFinished finished) {
    const Outcome outcome = finished.outcome;
    if (outcome == Outcome::not_run && finished.note == record::Note{})
      finished.note.kind = record::Note::Kind::interrupted;
    if (const auto& known = planned.scenario->known_failure) {
      KnownVerdict verdict = judge_known(outcome, *known, settings_.today);
      finished.outcome = verdict.outcome;
      if (verdict.note.kind != record::Note::Kind::none) finished.note = std::move(verdict.note);
      if (verdict.failure) {
        record::StepResult step;
        step.title = "known failure";
        step.place = known->place;
        step.source_line = known->source_line;
        step.outcome = Outcome::failed;
        step.started = now();
        step.failures = {std::move(*verdict.failure)};
        emit_(record::StepFinished{planned.planned->id, std::move(step)});
      }
    }
    if (settings_.guide != nullptr && finished.note.kind == record::Note::Kind::none)
      finished.note.kind = record::Note::Kind::stepped;
    progress_.finish(planned);
    emit_(finished);
    return finished.outcome;
  }

  const std::vector<CasesOfFeature> features_;
  const RunSettings& settings_;
  const int jobs_;
  target::RunningTarget& app_;
  Progress& progress_;
  const record::EventSink& emit_;
  Leases leases_;
  SignInProbes probes_;
  Diagnoser& diagnoser_;
  const CaseContext context_;
  std::atomic<std::size_t> taken_ = 0;
  std::atomic<bool> ended_ = false;     // fail_fast has ended the run
  std::atomic<bool> was_ended_ = false; // a step waited for an answer when the app ended
  Lane lane_;
  std::mutex confirmed_mutex_;
  std::set<std::pair<std::string, std::vector<record::FailureCode>>> confirmed_; // cause and ending of failures
};

} // namespace

void run(const Plan& plan, RunSettings settings, const record::EventSink& emit) {
  const SteadyClock::time_point start = SteadyClock::now();
  std::mutex mutex;
  const record::EventSink one_at_a_time = [&](const record::Event& event) {
    const std::lock_guard lock(mutex);
    emit(event);
  };
  record::RunStarted opening = settings.started;
  opening.at = now();
  opening.plan = plan.planned();
  opening.seed = plan.seed;
  emit(std::move(opening));
  Knowledge knowledge(settings, plan, one_at_a_time);
  Progress progress(plan);
  // Once the app has ended, no case has company: what ends it again is sure.
  int jobs = settings.jobs;
  for (;; jobs = 1) {
    auto started = settings.start_target(settings.stop);
    int attempts = 1;
    for (; !started && started.error().error.kind != ErrorKind::interrupted && attempts <= settings.retries; ++attempts)
      started = settings.start_target(settings.stop);
    if (!started) {
      if (started.error().error.kind != ErrorKind::interrupted)
        emit(knowledge.diagnoser.explained(std::move(started.error())));
      break;
    }
    target::RunningTarget& app = **started;
    knowledge.app = &app;
    emit(record::TargetReady{.at = now(),
                             .url = app.settings().url,
                             .started_by_us = app.started_by_us(),
                             .waited = app.waited(),
                             .console = app.console_of_start(),
                             .trace_url = app.settings().trace_url,
                             .attempts = attempts});
    CasesRunner runner(settings, jobs, app, knowledge, progress, one_at_a_time);
    runner.run();
    const bool goes_on = runner.restarts() && !progress.left().empty();
    if (settings.before_stop && app.alive()) settings.before_stop(app);
    app.stop();
    knowledge.app = nullptr;
    if (!goes_on) break;
  }
  emit(record::RunFinished{now(), since(start), settings.stop.stop_requested()});
}

} // namespace murphy::run
