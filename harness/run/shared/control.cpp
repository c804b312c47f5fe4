#include "run/shared/control.h"

namespace murphy::run {

Result<Judgement> ControlCheck::holds(drive::Driver& driver, const DashboardFacts& facts, const drive::Limits& limits) {
  const std::lock_guard lock(mutex_);
  if (judgement_) return *judgement_;
  const drive::Visited visited = driver.probe(facts.url, drive::Credentials::omit, record::Reason::control, limits);
  record::ControlFinished finished;
  Judgement judgement;
  if (visited) {
    judgement = judge_closed(*visited, facts);
    finished.exchanges = visited->exchanges;
  } else {
    // A chain of redirects without an end shows nobody the dashboard, but it is no refusal either.
    if (visited.error().kind != drive::Obstacle::Kind::app) return std::unexpected(visited.error().error);
    judgement.failure.reason = {visited.error().error.what, visited.error().error.hint};
    judgement.failure.code = record::FailureCode::dashboard_unanswered;
    judgement.failure.part = facts.shows;
    finished.exchanges = visited.error().exchanges;
  }
  finished.holds = judgement.holds;
  if (!judgement.holds) {
    finished.failure = judgement.failure;
    judgement.failure.code = record::FailureCode::dashboard_public;
    judgement.failure.subject = facts.path;
  }
  judgement_ = judgement;
  emit_(finished);
  return judgement;
}

bool ControlCheck::known_to_hold() const {
  const std::lock_guard lock(mutex_);
  return judgement_ && judgement_->holds;
}

} // namespace murphy::run
