#include "run/steps/step.h"

#include "base/address.h"
#include "base/make_error.h"
#include "base/text.h"
#include "base/work_limit.h"
#include "run/form_rules/validate.h"
#include "run/shared/compare.h"
#include "run/shared/console_window.h"
#include "run/shared/made_by_scripts.h"
#include "run/shared/wait.h"
#include "run/steps/capture.h"
#include "run/steps/expect.h"
#include "run/steps/implied.h"
#include "run/steps/perform.h"
#include "run/steps/provider.h"
#include "run/steps/sign_in_end.h"
#include "run/steps/step_title.h"
#include "run/steps/unseen.h"
#include "scenario/app_flow.h"

#include <algorithm>
#include <concepts>
#include <fmt/format.h>
#include <utility>

namespace murphy::run {
namespace {

using namespace std::chrono_literals;
using record::Outcome;
using SteadyClock = std::chrono::steady_clock;

// Between two tries of a step that may hold eventually.
constexpr auto first_pause = 50ms;
constexpr auto longest_pause = 1000ms;

record::Failure failure_of(const scenario::Step& step, record::FailureCode code, std::string key) {
  record::Failure failure;
  failure.code = code;
  failure.key = std::move(key);
  failure.place = step.place;
  failure.source_line = step.source_line;
  return failure;
}

// Whether nothing speaks against the sign-in but that its form is on the page.
bool is_asked_again(const std::vector<record::Failure>& failures) {
  return failures.size() == 1 && failures.front().code == record::FailureCode::not_signed_in &&
         failures.front().got.answer.status < 400;
}

// Whether the session holds something that it did not hold before. A visitor who was in already stays in without it.
bool has_new_cookie(const std::vector<drive::Cookie>& before, const std::vector<drive::Cookie>& now) {
  return !std::ranges::all_of(now, [&](const drive::Cookie& each) {
    return std::ranges::any_of(before, [&](const drive::Cookie& held) {
      return held.name == each.name && held.value == each.value && held.domain == each.domain && held.path == each.path;
    });
  });
}

// That the step states; null: it states none.
const scenario::Text* address_of(const scenario::Step& step) {
  if (const auto* open = std::get_if<scenario::Open>(&step.verb)) return &open->url;
  const auto* request = std::get_if<scenario::Request>(&step.verb);
  return request != nullptr ? &request->url : nullptr;
}

// Which of the dashboard's addresses is on the page's own origin; else the first.
std::string address_on_origin_of(const drive::Page& page, const std::vector<std::string>& addresses) {
  const auto origin = address_parts(page.url()).origin;
  const auto found =
      std::ranges::find_if(addresses, [&](const std::string& each) { return address_parts(each).origin == origin; });
  return found != addresses.end() ? *found : addresses.empty() ? std::string() : addresses.front();
}

} // namespace

record::StepResult untried(const scenario::Step& step) {
  record::StepResult result;
  result.title = step_title(step);
  result.place = step.place;
  result.source_line = step.source_line;
  result.started = std::chrono::system_clock::now();
  return result;
}

drive::Limits StepRunner::limits(const scenario::Step& step) const {
  drive::Limits limits;
  limits.deadline = step.timeout.value_or(context_.step_deadline);
  if (deadline_) {
    const auto left = std::chrono::ceil<std::chrono::milliseconds>(*deadline_ - SteadyClock::now());
    limits.deadline = std::clamp(left, std::chrono::milliseconds(0), limits.deadline);
  }
  limits.follow_redirects = step.follow_redirects;
  limits.stop = stop_;
  return limits;
}

// It looks at the page at hand.
StepRunner::Left StepRunner::act(const scenario::ExpectOnly&, const scenario::Step&, record::StepResult&) {
  return Left::judging;
}

StepRunner::Left StepRunner::act(const scenario::Session& session, const scenario::Step&, record::StepResult&) {
  if (session.fresh)
    driver_.fresh_session();
  else
    driver_.use_session(session.name);
  visit_.reset();
  cookies_before_.clear();
  return Left::judging;
}

StepRunner::Left StepRunner::act(const scenario::Authorize& authorize, const scenario::Step& step,
                                 record::StepResult& result) {
  std::optional<Authorization> with;
  if (authorize.with) {
    auto resolved = scenario::resolve(*authorize.with, scope_);
    if (!resolved) return fail_to_judge(step, result, resolved.error()), Left::nothing;
    with = std::move(*resolved);
  }
  driver_.authorize(std::move(with));
  return Left::nothing;
}

StepRunner::Left StepRunner::act(const scenario::SetHeaders& set, const scenario::Step& step,
                                 record::StepResult& result) {
  const auto headers = scenario::resolve(set.headers, scope_);
  if (!headers) return fail_to_judge(step, result, headers.error()), Left::nothing;
  driver_.set_headers(*headers);
  return Left::nothing;
}

StepRunner::Left StepRunner::act(const scenario::SetCookies& set, const scenario::Step& step,
                                 record::StepResult& result) {
  for (const auto& [name, text] : set.cookies) {
    std::optional<Value> value;
    if (text) {
      auto resolved = scope_.resolve(*text);
      if (!resolved) return fail_to_judge(step, result, resolved.error()), Left::nothing;
      value = std::move(*resolved);
      if (!value->is_secret()) context_.learn_token(name, value->text(), scope_.id());
    }
    if (const auto kept = driver_.set_cookie(name, value); !kept)
      return fail_to_judge(step, result, kept.error()), Left::nothing;
  }
  return Left::nothing;
}

// "${ada.email}", or the same written out.
bool StepRunner::is_of_account(const scenario::Text& text) const {
  for (const auto& [name, user] : context_.project.users) {
    for (const scenario::Text::Part& part : text.parts())
      if (part.reference && part.text.starts_with(name + ".")) return true;
    for (const auto& [property, setting] : user.properties)
      if (text.is_literal() && fold_case(setting.text.source) == fold_case(text.source)) return true;
  }
  return false;
}

// The page at hand stays what it was, so what is stated of it later still holds.
StepRunner::Left StepRunner::act(const scenario::Validate& rules, const scenario::Step& step,
                                 record::StepResult& result) {
  const auto facts = this->facts(step);
  scenario::Validate with_errors = rules;
  if (with_errors.error.empty()) with_errors.error = context_.project.app.errors;
  validate({step, with_errors, facts ? facts->sign_in_path : std::string(), [&] { return limits(step); },
            context_.database, context_.app.console(), [&] { return lead_to_form(rules); },
            [&](const scenario::Text& text) { return is_of_account(text); }},
           driver_, scope_, result);
  if (result.evidence.validation) {
    const std::string created = join(result.evidence.validation->created, ",");
    scope_.set("created", {.value = Value(created), .from = scenario::Variable::From::scenario});
  }
  return Left::nothing;
}

std::optional<record::StepResult> StepRunner::lead_to_form(const scenario::Validate& rules) {
  if (rules.before == nullptr) return std::nullopt;
  for (const scenario::Step& step : rules.before->steps) {
    record::StepResult result = perform(step);
    if (result.outcome != Outcome::passed) return result;
  }
  return std::nullopt;
}

// The case runs the steps of a flow one by one, and has conclude() judge what is stated beside `use`.
StepRunner::Left StepRunner::act(const scenario::Use& use, const scenario::Step& step, record::StepResult& result) {
  fail_to_judge(step, result, {ErrorKind::internal, "the flow \"" + use.flow->name + "\" was not run", {}, {}, {}});
  return Left::nothing;
}

StepRunner::Left StepRunner::act(const scenario::SignIn& sign_in, const scenario::Step& step,
                                 record::StepResult& result) {
  scope_.set_user(sign_in.user);
  return follow(*context_.project.app.way_of(sign_in), step, result); // the reader refuses what is not described
}

StepRunner::Left StepRunner::act(const scenario::SignOut&, const scenario::Step& step, record::StepResult& result) {
  return follow(*context_.project.app.sign_out, step, result);
}

StepRunner::Left StepRunner::follow(const scenario::AppFlow& flow, const scenario::Step& step,
                                    record::StepResult& result) {
  const std::vector<drive::Cookie> before = driver_.cookies();
  record::Evidence& evidence = result.evidence;
  record::StepResult last;
  scope_.enter({});
  for (scenario::Step listed : flow.steps) {
    if (!listed.timeout) listed.timeout = step.timeout;
    last = repeat(listed, &StepRunner::perform);
    evidence.exchanges.insert(evidence.exchanges.end(), std::make_move_iterator(last.evidence.exchanges.begin()),
                              std::make_move_iterator(last.evidence.exchanges.end()));
    if (last.evidence.form) evidence.form = std::move(last.evidence.form);
    // A baseline has the forms on the way, too.
    if (context_.of_passed_steps == Kept::pages && last.outcome == Outcome::passed && visit_) {
      record::EarlierStep& passed = result.earlier.emplace_back();
      passed.title = last.title;
      passed.evidence.page = visit_->page->seen(context_.project.app.errors);
    }
    if (last.outcome != Outcome::passed && last.outcome != Outcome::skipped) break;
  }
  scope_.leave();
  cookies_before_ = before;
  if (visit_) visit_->exchanges = evidence.exchanges;
  if (last.outcome == Outcome::passed || last.outcome == Outcome::skipped) return Left::judging;
  if (last.outcome == Outcome::error) {
    fail_to_judge(step, result, std::move(*last.error));
    return Left::nothing;
  }
  result.outcome = Outcome::failed;
  result.failures = std::move(last.failures);
  for (record::Failure& failure : result.failures) {
    if (!failure.place.file.empty()) continue;
    failure.place = step.place;
    failure.source_line = step.source_line;
  }
  evidence.page = std::move(last.evidence.page);
  return Left::nothing;
}

// Performs the verb and keeps what it led to in visit_; where it led nowhere, the result says why.
template <class Action>
  requires std::invocable<Performer&, const Action&>
StepRunner::Left StepRunner::act(const Action& action, const scenario::Step& step, record::StepResult& result) {
  if constexpr (std::same_as<Action, scenario::Open>)
    if (scope_.begins_with(action.url) == scenario::Variable::From::capture)
      result.address_from = record::AddressFrom::capture;
  cookies_before_ = driver_.cookies();
  const drive::Limits limits = this->limits(step);
  drive::Visited visited = Performer(driver_, scope_, limits)(action);
  if (visited) {
    visit_ = std::move(*visited);
    result.evidence.exchanges = visit_->exchanges;
    result.evidence.form = visit_->form;
    return Left::judging;
  }
  drive::Obstacle& obstacle = visited.error();
  visit_.reset();
  result.evidence.exchanges = std::move(obstacle.exchanges);
  result.evidence.form = std::move(obstacle.form);
  if (obstacle.kind != drive::Obstacle::Kind::app) {
    fail_to_judge(step, result, std::move(obstacle.error));
    return Left::nothing;
  }
  result.outcome = Outcome::failed;
  record::Failure& failure = result.failures.emplace_back(failure_of(step, obstacle.code, "step"));
  failure.subject = std::move(obstacle.subject);
  failure.policy = std::move(obstacle.policy);
  failure.reason = {std::move(obstacle.error.what), std::move(obstacle.error.hint)};
  // The page that lacks the form is the one still open.
  if (const auto page = driver_.page())
    result.evidence.page = page->seen(step.errors.empty() ? context_.project.app.errors : step.errors);
  return Left::nothing;
}

void StepRunner::fail_to_judge(const scenario::Step& step, record::StepResult& result, Error error) {
  if (error.place.file.empty()) {
    error.place = step.place;
    error.source_line = step.source_line;
  }
  result.outcome = Outcome::error;
  result.failures.clear();
  result.error = std::move(error);
}

Result<DashboardFacts> StepRunner::facts(const scenario::Step& step) {
  auto facts = facts_of(context_.project.app, context_.app.settings().providers, scope_, driver_);
  if (facts && !step.errors.empty()) facts->errors = step.errors;
  return facts;
}

void StepRunner::judge_sign_in(const scenario::Step& step, record::StepResult& result) {
  std::optional<record::Failure> stopped;
  const auto facts = this->facts(step);
  if (!facts) return fail_to_judge(step, result, facts.error());
  if (!context_.project.app.dashboard) {
    if (visit_) stopped = stopped_elsewhere(*visit_, *facts);
  } else if (!visit_ || !judge_open(*visit_, *facts).holds) {
    drive::Limits limits = this->limits(step);
    limits.follow_redirects = true;
    const std::string address =
        visit_ ? address_on_origin_of(*visit_->page, driver_.addresses_of(facts->url)) : facts->url;
    const drive::Visited probed = driver_.probe(address, drive::Credentials::include, record::Reason::probe, limits);
    if (!probed) return; // whether the app answers is for the steps to say
    stopped = stopped_short(visit_ ? &*visit_ : nullptr, *probed, *facts);
    if (stopped)
      result.evidence.exchanges.insert(result.evidence.exchanges.end(), probed->exchanges.begin(),
                                       probed->exchanges.end());
  }
  if (!stopped) return;
  stopped->key = "sign_in";
  stopped->place = step.place;
  stopped->source_line = step.source_line;
  result.failures.push_back(std::move(*stopped));
}

// Whether the dashboard opens for the session, and for nobody without one.
Result<bool> StepRunner::opens_dashboard(const scenario::Step& step, record::StepResult& result) {
  const auto facts = this->facts(step);
  if (!facts) return std::unexpected(facts.error());
  drive::Limits limits = this->limits(step);
  limits.follow_redirects = true;
  const std::string address = address_on_origin_of(*visit_->page, driver_.addresses_of(facts->url));
  if (!judge_open(*visit_, *facts).holds) {
    const drive::Visited probed = driver_.probe(address, drive::Credentials::include, record::Reason::probe, limits);
    const auto& exchanges = probed ? probed->exchanges : probed.error().exchanges;
    result.evidence.exchanges.insert(result.evidence.exchanges.end(), exchanges.begin(), exchanges.end());
    if (!probed || !judge_open(*probed, *facts).holds) return false;
  }
  const auto control = context_.control.holds(driver_, address, *facts, limits);
  if (!control) return std::unexpected(control.error());
  return control->holds;
}

Result<Judgement> StepRunner::judge_dashboard(scenario::Dashboard wanted, const scenario::Step& step,
                                              record::StepResult& result) {
  const auto facts = this->facts(step); // the reader refuses the expectation where there is no dashboard
  if (!facts) return std::unexpected(facts.error());
  const std::vector<std::string> addresses = driver_.addresses_of(facts->url);
  drive::Limits limits = this->limits(step);
  limits.follow_redirects = true;
  if (wanted == scenario::Dashboard::open) {
    Judgement open = judge_open(*visit_, *facts);
    if (!open.holds) return open;
    return context_.control.holds(driver_, address_on_origin_of(*visit_->page, addresses), *facts, limits);
  }
  const auto closed = [&](const drive::Visit& visit) -> Result<Judgement> {
    Judgement judgement = judge_closed(visit, *facts);
    const bool is_unrefused = !judgement.holds && judgement.failure.code == record::FailureCode::dashboard_not_refused;
    // Everybody gets the same page from an app whose scripts fill it, which is its sign-in page, too.
    const bool is_at_dashboard = same_path(visit.page->path(), facts->path) && visit.page->status() < 400;
    if ((is_unrefused || (judgement.holds && is_at_dashboard)) && visit.page->is_made_by_scripts())
      return std::unexpected(made_by_scripts());
    if (!is_unrefused) return judgement;
    const auto alike = context_.control.is_answered_like_a_stranger(
        visit, driver_, address_on_origin_of(*visit.answers.front(), addresses), *facts, limits);
    if (!alike) return std::unexpected(alike.error());
    judgement.holds = *alike;
    return judgement;
  };
  if (asked_for_dashboard(*visit_, *facts)) return closed(*visit_);
  if (came_to_dashboard(*visit_, *facts)) {
    Judgement seen = judge_closed(*visit_, *facts);
    if (!seen.holds && seen.failure.code != record::FailureCode::dashboard_not_refused) return seen;
  }
  // The page at hand says nothing of the dashboard, so the dashboard is asked for with this session.
  Judgement judgement;
  for (const std::string& address : addresses) {
    const drive::Visited probed = driver_.probe(address, drive::Credentials::include, record::Reason::probe, limits);
    const auto& exchanges = probed ? probed->exchanges : probed.error().exchanges;
    result.evidence.exchanges.insert(result.evidence.exchanges.end(), exchanges.begin(), exchanges.end());
    if (probed) {
      auto judged = closed(*probed);
      if (!judged || !judged->holds) return judged;
      judgement = std::move(*judged);
      continue;
    }
    if (probed.error().kind != drive::Obstacle::Kind::app) return std::unexpected(probed.error().error);
    Judgement unanswered;
    unanswered.failure.code = record::FailureCode::dashboard_unanswered;
    unanswered.failure.subject = facts->path;
    unanswered.failure.part = facts->shows;
    unanswered.failure.wanted.kind = record::Wanted::Kind::closed;
    unanswered.failure.reason = {probed.error().error.what, probed.error().error.hint};
    return unanswered;
  }
  return judgement;
}

Result<Judgement> StepRunner::judge_provider(const scenario::ExpectProvider& expected, const scenario::Step& step,
                                             record::StepResult& result) {
  const std::string& origin = context_.app.settings().providers.at(expected.name); // the reader knows the name
  const auto facts = this->facts(step);
  if (!facts) return std::unexpected(facts.error());
  Judgement judgement = run::judge_provider(*visit_, expected, origin, *facts);
  const bool signs_out = std::holds_alternative<scenario::SignOut>(step.verb);
  if (!signs_out && went_to(*visit_, origin)) return judgement;
  // The page at hand has nothing to do with the provider: apps send visitors there who want to see the dashboard, or to
  // sign in.
  drive::Limits limits = this->limits(step);
  limits.follow_redirects = true;
  const scenario::App& app = context_.project.app;
  const scenario::Text* first = app.sign_in ? scenario::first_page(*app.sign_in) : nullptr;
  const auto sign_in = first != nullptr ? scope_.resolve_words(*first) : Result<std::string>();
  for (const std::string& address : {facts->url, sign_in.value_or("")}) {
    if (address.empty()) continue;
    const drive::Visited probed = driver_.probe(address, drive::Credentials::include, record::Reason::probe, limits);
    const auto& exchanges = probed ? probed->exchanges : probed.error().exchanges;
    result.evidence.exchanges.insert(result.evidence.exchanges.end(), exchanges.begin(), exchanges.end());
    if (!probed) return std::unexpected(probed.error().error);
    judgement = run::judge_provider(*probed, expected, origin, *facts);
    if (went_to(*probed, origin)) break;
  }
  return judgement;
}

Observation StepRunner::observe(const scenario::Step& step, record::StepResult& result,
                                const std::vector<drive::Cookie>& cookies) {
  return {*visit_,
          cookies_before_,
          cookies,
          took_,
          step.errors.empty() ? context_.project.app.errors : step.errors,
          [this](const scenario::Text& text) { return scope_.resolve(text); },
          [this](std::string_view name) { return driver_.has_heard_of_cookie(name); },
          [this, &step, &result](scenario::Dashboard wanted) { return judge_dashboard(wanted, step, result); },
          [this, &step, &result](const scenario::ExpectProvider& expected) {
            return judge_provider(expected, step, result);
          }};
}

// Captures, implied and stated expectations of a step. Without a page, a step that states nothing passes.
void StepRunner::judge(const scenario::Step& step, record::StepResult& result) {
  const bool proves_sign_in = std::holds_alternative<scenario::SignIn>(step.verb) && step.expect.empty();
  if (!visit_ || visit_->page == nullptr) {
    if (!step.expect.empty() || !step.capture.empty())
      result.failures.push_back(failure_of(step, record::FailureCode::no_page, "expect"));
    else if (proves_sign_in)
      judge_sign_in(step, result);
    if (!result.failures.empty()) result.outcome = Outcome::failed;
    return;
  }
  const std::vector<drive::Cookie> cookies = driver_.cookies();
  const Observation seen = observe(step, result, cookies);
  const auto facts = this->facts(step);
  if (!facts) return fail_to_judge(step, result, facts.error());
  // The page that a table of [app] names may answer as it likes, as long as it has the form.
  const bool is_listed = !step.place.file.empty();
  const auto is_let_in = [facts = *facts, &control = context_.control](const drive::Page& page,
                                                                       const drive::Page* before) {
    return shows_marker_first(page, before, facts) && !control.known_to_fail();
  };
  if (is_listed) result.failures = implied(step, *visit_, *facts);
  // Who is in may be offered to sign in again: as somebody else, or beside a change of the password.
  if (is_asked_again(result.failures) && has_new_cookie(cookies_before_, cookies) &&
      is_let_in(*visit_->page, page_before_.get())) {
    const auto opens = opens_dashboard(step, result);
    if (!opens) return fail_to_judge(step, result, opens.error());
    if (*opens) result.failures.clear();
  }
  if (proves_sign_in && result.failures.empty()) judge_sign_in(step, result);
  if (result.outcome == Outcome::error) return;
  for (const scenario::Capture& wanted : step.capture) {
    auto captured = capture(wanted, seen);
    if (!captured) {
      result.failures.push_back(std::move(captured.error()));
      continue;
    }
    for (const std::string_view token : tokens_of(wanted, *captured))
      context_.learn_token(wanted.name, token, scope_.id());
    scope_.set(wanted.name, {Value(std::move(*captured)), scenario::Variable::From::capture});
  }
  auto failures = check(step.expect, seen);
  if (!failures) return fail_to_judge(step, result, failures.error());
  result.failures.insert(result.failures.end(), std::make_move_iterator(failures->begin()),
                         std::make_move_iterator(failures->end()));
  if (auto unjudged = unseen(step.expect, result.failures, *visit_->page))
    return fail_to_judge(step, result, std::move(*unjudged));
  if (const auto& hindrance = visit_->hindrance) {
    const bool is_stuck = step.expect.empty() && hindrance->way == drive::Hindrance::Way::none;
    if (is_stuck || !result.failures.empty()) {
      record::Failure failure = failure_of(step, hindrance->code, "step");
      failure.policy = hindrance->policy;
      failure.reason = {hindrance->error.what, hindrance->error.hint};
      result.failures.insert(result.failures.begin(), std::move(failure));
    }
  }
  result.outcome = result.failures.empty() ? Outcome::passed : Outcome::failed;
  const auto read = [errors = facts->errors, is_let_in](const drive::Page& page, const drive::Page* before,
                                                        drive::PageParts parts) {
    record::PageSeen reached = page.seen(errors, parts);
    if (is_let_in(page, before)) reached.traits = {record::PageTrait::shows_dashboard};
    return reached;
  };
  if (result.outcome == Outcome::passed && context_.of_passed_steps != Kept::pages)
    unread_ = [page = visit_->page->unread(), before = page_before_ ? page_before_->unread() : nullptr,
               read](drive::PageParts parts) { return read(*page, before.get(), parts); };
  else
    result.evidence.page = read(*visit_->page, page_before_.get(), drive::PageParts::all);
}

static Error interrupted_error() {
  Error error = target_error("interrupted while the page was read");
  error.kind = ErrorKind::interrupted;
  return error;
}

// The step has ended as it has, however long this takes.
void StepRunner::look_for_near_address(const scenario::Step& step, record::StepResult& result) {
  const WorkLimit limit(context_.step_deadline, stop_);
  try {
    add_near_address(step, result);
  } catch (const WorkEnded&) {
    // Nobody is told of an address then.
  }
}

void StepRunner::add_near_address(const scenario::Step& step, record::StepResult& result) {
  const std::shared_ptr<const drive::Page> page = visit_ ? visit_->page : driver_.page();
  if (page == nullptr || !context_.written_addresses) return;
  seen_.see(page);
  if (result.outcome != Outcome::failed) return;
  const WrittenAddresses& written = context_.written_addresses();
  auto pages = seen_.by_pages();
  if (!pages) return;
  const KnownAddresses known{.pages = std::move(*pages), .written = written};
  // The app has no such page, which the step does not expect, and the scenario itself asked for it: in clear, so that
  // no secret is held against what the app says.
  const scenario::Text* address = address_of(step);
  const bool asked_for = (address != nullptr && address->is_literal()) || written.contains(page->path());
  const bool is_redirected = visit_ && visit_->answers.size() > 1;
  const auto of_status = std::ranges::find_if(result.failures, [](const record::Failure& each) {
    return each.code == record::FailureCode::error_status || each.code == record::FailureCode::wrong_status;
  });
  if (page->status() == 404 && asked_for && !is_redirected && of_status != result.failures.end())
    if (auto near = near_address(page->path(), known)) of_status->near_address = std::move(*near);
  if (page->status() >= 400) return;
  for (record::Failure& failure : result.failures)
    if (auto near = near_address_of(failure, known)) failure.near_address = std::move(*near);
}

// Pages decide how much there is to read: that, too, is bounded by the time the step may take.
void StepRunner::within_time(const scenario::Step& step, record::StepResult& result,
                             const std::function<void()>& work) {
  const std::chrono::milliseconds time = limits(step).deadline;
  // A form is tried many times.
  const bool is_many = std::holds_alternative<scenario::Validate>(step.verb);
  const WorkLimit limit(is_many ? std::nullopt : std::optional<std::chrono::nanoseconds>(time), stop_);
  try {
    work();
  } catch (const WorkEnded& ended) {
    visit_.reset();
    fail_to_judge(step, result,
                  ended.reason() == WorkEnded::Reason::stop
                      ? interrupted_error()
                      : target_error(fmt::format("reading the page took longer than {} ms", time.count()),
                                     "the page has too many elements that depend on one another; look at the app's "
                                     "answer, or raise `timeout`"));
  }
}

record::StepResult StepRunner::perform(const scenario::Step& step) {
  unread_ = {};
  record::StepResult result = untried(step);
  within_time(step, result, [&] { perform(step, result); });
  look_for_near_address(step, result);
  return result;
}

void StepRunner::perform(const scenario::Step& step, record::StepResult& result) {
  const SteadyClock::time_point start = SteadyClock::now();
  page_before_ = driver_.page();
  const Left left = std::visit(
      [&](const auto& verb) {
        static_assert(
            requires { act(verb, step, result); },
            "every verb of scenario/model.h has an operator() in perform.h, or an act() here");
        return act(verb, step, result);
      },
      step.verb);
  result.duration = since(start);
  if (left == Left::nothing) return;
  // What only looks is about the action before it.
  if (!std::holds_alternative<scenario::ExpectOnly>(step.verb)) took_ = result.duration;
  judge(step, result);
}

record::StepResult StepRunner::attempt(const scenario::Step& step) {
  target::Console& console = context_.app.console();
  const target::Console::Mark mark = console_mark(console);
  record::StepResult result = perform(step);
  began_ = mark; // the steps of a way to sign in began later
  const bool keeps_its_own = std::holds_alternative<scenario::Validate>(step.verb);
  if (!keeps_its_own && result.outcome != Outcome::passed) result.evidence.console = console_since(console, mark);
  return result;
}

record::StepResult StepRunner::repeat(const scenario::Step& step,
                                      record::StepResult (StepRunner::*once)(const scenario::Step&)) {
  record::StepResult skipped = untried(step);
  if (!is_wanted(step, skipped)) return skipped;
  if (deadline_ && SteadyClock::now() >= *deadline_) {
    skipped.outcome = Outcome::failed;
    skipped.failures.push_back(failure_of(step, record::FailureCode::out_of_time, "timeout"));
    return skipped;
  }
  const SteadyClock::time_point start = SteadyClock::now();
  const std::shared_ptr<const drive::Page> first_page = driver_.page();
  record::StepResult result = (this->*once)(step);
  // What scripts show later, the next page of the app may show without them.
  const auto may_hold_later = [&] {
    return result.outcome == Outcome::failed ||
           (result.outcome == Outcome::error && result.error->kind == ErrorKind::unseen);
  };
  if (!step.eventually || !may_hold_later()) return result;

  SteadyClock::time_point until = start + *step.eventually;
  if (deadline_) until = std::min(until, *deadline_);
  int tries = 1;
  for (std::chrono::milliseconds pause = first_pause; may_hold_later(); pause = std::min(pause * 2, longest_pause)) {
    if (SteadyClock::now() + pause >= until || !wait(pause, stop_)) break;
    const record::Instant started = result.started;
    driver_.go_back_to(first_page); // where the form or the link is that is pressed again
    result = (this->*once)(step);
    result.started = started;
    ++tries;
  }
  result.duration = since(start);
  result.note.kind = record::Note::Kind::retried;
  result.note.number = tries;
  return result;
}

record::StepResult StepRunner::run(const scenario::Step& step, std::optional<SteadyClock::time_point> case_deadline,
                                   const std::stop_token& stop) {
  deadline_ = case_deadline;
  stop_ = stop;
  return repeat(step, &StepRunner::attempt);
}

record::StepResult StepRunner::sign_in(const scenario::AppFlow& flow, const std::string& user,
                                       std::optional<SteadyClock::time_point> deadline, const std::stop_token& stop) {
  deadline_ = deadline;
  stop_ = stop;
  scope_.set_user(user);
  scenario::Step step;
  step.verb = scenario::SignIn{.user = user, .by = {}};
  record::StepResult result = untried(step);
  follow(flow, step, result);
  return result;
}

record::StepResult StepRunner::conclude(const scenario::Step& step, record::Duration took,
                                        const std::stop_token& stop) {
  stop_ = stop;
  took_ = took;
  target::Console& console = context_.app.console();
  began_ = console_mark(console);
  unread_ = {};
  record::StepResult result = untried(step);
  within_time(step, result, [&] { judge(step, result); });
  look_for_near_address(step, result);
  if (result.outcome != Outcome::passed) result.evidence.console = console_since(console, began_);
  return result;
}

record::StepResult StepRunner::look(const scenario::Step& step, const std::stop_token& stop) {
  deadline_.reset();
  stop_ = stop;
  unread_ = {};
  began_ = console_mark(context_.app.console());
  record::StepResult result = untried(step);
  within_time(step, result, [&] {
    if (const auto page = driver_.page())
      result.evidence.page = page->seen(step.errors.empty() ? context_.project.app.errors : step.errors);
    const auto* submit = std::get_if<scenario::Submit>(&step.verb);
    if (submit == nullptr) return;
    const drive::Limits limits = this->limits(step);
    auto form = Performer(driver_, scope_, limits).preview(*submit);
    if (form)
      result.evidence.form = std::move(*form);
    else
      result.error = std::move(form.error().error);
  });
  return result;
}

Result<std::vector<record::Failure>> StepRunner::try_out(const std::vector<scenario::Expectation>& expectations,
                                                         const std::stop_token& stop) {
  deadline_.reset();
  stop_ = stop;
  if (!visit_ || visit_->page == nullptr)
    return std::unexpected(usage_error("no page is open", "go on until a step has opened one"));
  const scenario::Step step;
  record::StepResult result;
  const std::vector<drive::Cookie> cookies = driver_.cookies();
  Result<std::vector<record::Failure>> failures;
  within_time(step, result, [&] {
    failures = check(expectations, observe(step, result, cookies));
    if (!failures) return;
    if (auto unjudged = unseen(expectations, *failures, *visit_->page))
      failures = std::unexpected(std::move(*unjudged));
  });
  if (result.error) return std::unexpected(std::move(*result.error));
  return failures;
}

bool StepRunner::is_wanted(const scenario::Step& step, record::StepResult& result) {
  began_ = context_.app.console().mark();
  unread_ = {};
  if (!step.when) return true;
  result.outcome = Outcome::skipped;
  if (step.when->target) {
    const auto target = scope_.resolve(*step.when->target);
    if (target && in_clear(*target) != context_.target) {
      result.note.kind = record::Note::Kind::other_target;
      result.note.text = target->shown();
      return false;
    }
  }
  if (step.when->expect.empty()) return true;
  if (!visit_ || visit_->page == nullptr) {
    result.note.kind = record::Note::Kind::condition_without_page;
    return false;
  }
  const std::vector<drive::Cookie> cookies = driver_.cookies();
  Result<std::vector<record::Failure>> failures;
  within_time(step, result, [&] { failures = check(step.when->expect, observe(step, result, cookies)); });
  if (result.outcome == Outcome::error) return false;
  if (failures && failures->empty()) return true;
  if (failures) {
    result.note.kind = record::Note::Kind::condition_unmet;
    result.note.failure = failures->front();
  } else {
    result.note.kind = record::Note::Kind::condition_unjudged;
    result.note.text = failures.error().what;
  }
  return false;
}

} // namespace murphy::run
