// One step: act, capture, compare, and keep the evidence.
#pragma once

#include "drive/driver.h"
#include "record/event.h"
#include "run/plan/plan.h"
#include "run/shared/app_database.h"
#include "run/shared/control.h"
#include "run/shared/guide.h"
#include "run/shared/kept.h"
#include "run/shared/observation.h"
#include "run/steps/near_address.h"
#include "run/steps/perform.h"
#include "scenario/model.h"
#include "scenario/variables.h"
#include "target/target.h"

#include <chrono>
#include <concepts>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <stop_token>
#include <string_view>
#include <vector>

namespace murphy::run {

// What every case of a run shares. Everything referred to outlives the run.
struct CaseContext {
  const scenario::Project& project;
  target::RunningTarget& app;
  ControlCheck& control;
  AppDatabase& database;
  std::function<void(std::string_view kind, std::string_view value, std::string_view of)>
      learn_token;                                // teaches the redactor a captured value
  std::string target;                             // its name in the project file
  std::chrono::milliseconds step_deadline{30000}; // unless a step says otherwise
  // Says of the last of a case's steps why it did not pass: asks the app more where that helps, and fills in what came
  // of it and the suspects.
  std::function<void(std::span<record::StepResult> steps, const Case& failed, const scenario::Scope& scope)> diagnose;
  std::stop_token stop;
  Kept of_passed_steps = Kept::requests;
  Guide* guide = nullptr; // asked before each step; may be null
  // Of the run's files; is empty where nobody asks for misspelled addresses.
  std::function<const WrittenAddresses&()> written_addresses = {};
};

// Reads a page that a step has led to, which costs the more the larger it is; empty: there is none.
using UnreadPage = std::function<record::PageSeen(drive::PageParts parts)>;

// The result of a step before it is tried.
record::StepResult untried(const scenario::Step& step);

// Runs the steps of one case, in order, in one browser. Not for several threads at once.
class StepRunner {
public:
  StepRunner(const CaseContext& context, drive::Driver& driver, scenario::Scope& scope)
      : context_(context), driver_(driver), scope_(scope) {}

  // Performs the step, again and again where it says `eventually`. Never fails: what went wrong is in the result. An
  // interrupted step ends as an error of kind interrupted. The case's own deadline cuts the step's short.
  record::StepResult run(const scenario::Step& step, std::optional<std::chrono::steady_clock::time_point> case_deadline,
                         const std::stop_token& stop);

  // Signs a user in by steps that need not be those of the project, once and without judging where it ended: the result
  // passed when every step did.
  record::StepResult sign_in(const scenario::AppFlow& flow, const std::string& user,
                             std::optional<std::chrono::steady_clock::time_point> deadline,
                             const std::stop_token& stop);

  // Captures and judges what the step states on the page at hand, without performing it; `took` is how long the steps
  // took that led there.
  record::StepResult conclude(const scenario::Step& step, record::Duration took, const std::stop_token& stop);

  // The step before it is tried, with the page at hand and what its form would send, for a person to look at. An error
  // says why there is no such form.
  record::StepResult look(const scenario::Step& step, const std::stop_token& stop);

  // Judges the page at hand by what a person states. Errors: what kept Murphy from judging; usage, no page is open.
  Result<std::vector<record::Failure>> try_out(const std::vector<scenario::Expectation>& expectations,
                                               const std::stop_token& stop);

  // Whether all of the step's `when` holds. If not, the result says why it is skipped.
  bool is_wanted(const scenario::Step& step, record::StepResult& result);

  // The page that the last step led to, when it passed and what pages say need not be kept: its result has none.
  const UnreadPage& unread_page() const { return unread_; }

  // The place of the app's console where the last step began, and of its tries the last.
  target::Console::Mark began() const { return began_; }

private:
  // One try: acts and judges; `attempt` keeps what the app wrote meanwhile, too.
  record::StepResult perform(const scenario::Step& step);
  void perform(const scenario::Step& step, record::StepResult& result);
  // Does the work within the step's time; the result is an error where that does not suffice.
  void within_time(const scenario::Step& step, record::StepResult& result, const std::function<void()>& work);
  record::StepResult attempt(const scenario::Step& step);
  // As many tries as the step's `eventually` allows; none when its `when` does not hold.
  record::StepResult repeat(const scenario::Step& step, record::StepResult (StepRunner::*once)(const scenario::Step&));
  drive::Limits limits(const scenario::Step& step) const;
  // What remains to be done with a step after its verb: judging what it led to, or nothing.
  enum class Left { judging, nothing };
  Left act(const scenario::ExpectOnly& verb, const scenario::Step& step, record::StepResult& result);
  Left act(const scenario::Session& verb, const scenario::Step& step, record::StepResult& result);
  Left act(const scenario::Authorize& verb, const scenario::Step& step, record::StepResult& result);
  Left act(const scenario::SetHeaders& verb, const scenario::Step& step, record::StepResult& result);
  Left act(const scenario::SetCookies& verb, const scenario::Step& step, record::StepResult& result);
  // Says of a failure whether an address may be misspelled.
  void look_for_near_address(const scenario::Step& step, record::StepResult& result);
  void add_near_address(const scenario::Step& step, record::StepResult& result);
  bool is_of_account(const scenario::Text& text) const;
  std::optional<record::StepResult> lead_to_form(const scenario::Validate& rules);
  Left act(const scenario::Validate& verb, const scenario::Step& step, record::StepResult& result);
  Left act(const scenario::Use& verb, const scenario::Step& step, record::StepResult& result);
  Left act(const scenario::SignIn& verb, const scenario::Step& step, record::StepResult& result);
  Left act(const scenario::SignOut& verb, const scenario::Step& step, record::StepResult& result);
  // Performs the steps of `[app]` as one, until one does not pass or to the end. What they capture is theirs.
  Left follow(const scenario::AppFlow& flow, const scenario::Step& step, record::StepResult& result);
  // Every other verb is performed in the browser, see perform.h.
  template <class Action>
    requires std::invocable<Performer&, const Action&>
  Left act(const Action& verb, const scenario::Step& step, record::StepResult& result);
  void judge(const scenario::Step& step, record::StepResult& result);
  // What [app] says, with what the step says of it instead.
  Result<DashboardFacts> facts(const scenario::Step& step);
  Observation observe(const scenario::Step& step, record::StepResult& result,
                      const std::vector<drive::Cookie>& cookies);
  // Whether a sign-in that states nothing of its own has let nobody in; then the result says where it stopped.
  void judge_sign_in(const scenario::Step& step, record::StepResult& result);
  Result<bool> opens_dashboard(const scenario::Step& step, record::StepResult& result);
  Result<Judgement> judge_provider(const scenario::ExpectProvider& expected, const scenario::Step& step,
                                   record::StepResult& result);
  Result<Judgement> judge_dashboard(scenario::Dashboard wanted, const scenario::Step& step, record::StepResult& result);
  static void fail_to_judge(const scenario::Step& step, record::StepResult& result, Error error);

  const CaseContext& context_;
  drive::Driver& driver_;
  scenario::Scope& scope_;
  UnreadPage unread_;
  SeenAddresses seen_;
  std::optional<drive::Visit> visit_;              // the page at hand and how it was reached
  std::shared_ptr<const drive::Page> page_before_; // that the last action began on; may be null
  record::Duration took_{};                        // the action that led to the page at hand
  target::Console::Mark began_ = 0;
  std::vector<drive::Cookie> cookies_before_;                     // the session's, before the last action
  std::optional<std::chrono::steady_clock::time_point> deadline_; // of the case, while a step runs
  std::stop_token stop_;                                          // of the step that runs
};

} // namespace murphy::run
