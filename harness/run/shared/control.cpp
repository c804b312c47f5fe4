#include "run/shared/control.h"

#include "record/visits.h"

#include <algorithm>

namespace murphy::run {
namespace {

record::AnswerSeen lasting_answer(const drive::Page& page) {
  return {page.status(), record::lasting_path(page.shown_path()), page.title(), {}};
}

// An app that is busy or broken for a moment says nothing of who may see the dashboard.
bool is_passing(int status) { return status >= 500 || status == 429 || status == 408; }

} // namespace

Result<ControlCheck::Answer> ControlCheck::ask(drive::Driver& driver, const std::string& address,
                                               const DashboardFacts& facts, const drive::Limits& limits) {
  const std::lock_guard lock(mutex_);
  if (const auto known = answers_.find(address); known != answers_.end()) return known->second;
  const drive::Visited visited = driver.probe(address, drive::Credentials::omit, record::Reason::control, limits);
  record::ControlFinished finished;
  Answer result;
  record::Failure& failure = result.judgement.failure;
  if (visited) {
    result.judgement = judge_control(*visited, facts);
    result.answer = lasting_answer(*visited->page);
    finished.exchanges = visited->exchanges;
  } else {
    // A chain of redirects without an end shows nobody the dashboard, but it is no refusal either.
    if (visited.error().kind != drive::Obstacle::Kind::app) return std::unexpected(visited.error().error);
    failure.reason = {visited.error().error.what, visited.error().error.hint};
    failure.code = record::FailureCode::dashboard_unanswered;
    failure.subject = facts.path;
    failure.part = facts.shows;
    failure.wanted.kind = record::Wanted::Kind::closed;
    finished.exchanges = visited.error().exchanges;
  }
  finished.holds = result.judgement.holds;
  if (!result.judgement.holds) finished.failure = failure;
  const bool is_seen = failure.code == record::FailureCode::dashboard_visible ||
                       failure.code == record::FailureCode::dashboard_in_redirect ||
                       failure.code == record::FailureCode::dashboard_reentered;
  if (is_seen) failure.code = record::FailureCode::dashboard_public;
  if (!is_passing(result.answer.status)) answers_.emplace(address, result);
  emit_(finished);
  return result;
}

Result<Judgement> ControlCheck::holds(drive::Driver& driver, const std::string& address, const DashboardFacts& facts,
                                      const drive::Limits& limits) {
  auto asked = ask(driver, address, facts, limits);
  if (!asked) return std::unexpected(asked.error());
  return std::move(asked->judgement);
}

Result<bool> ControlCheck::is_answered_like_a_stranger(const drive::Visit& visit, drive::Driver& driver,
                                                       const std::string& address, const DashboardFacts& facts,
                                                       const drive::Limits& limits) {
  if (is_passing(visit.page->status())) return false;
  const auto asked = ask(driver, address, facts, limits);
  if (!asked) return std::unexpected(asked.error());
  return asked->judgement.holds && asked->answer == lasting_answer(*visit.page);
}

bool ControlCheck::known_to_hold() const {
  const std::lock_guard lock(mutex_);
  return !answers_.empty() &&
         std::ranges::all_of(answers_, [](const auto& each) { return each.second.judgement.holds; });
}

bool ControlCheck::known_to_fail() const {
  const std::lock_guard lock(mutex_);
  return std::ranges::any_of(answers_, [](const auto& each) { return !each.second.judgement.holds; });
}

} // namespace murphy::run
