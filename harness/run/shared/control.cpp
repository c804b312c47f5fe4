#include "run/shared/control.h"

#include <fmt/format.h>

namespace murphy::run {

Result<Judgement> ControlCheck::holds(drive::Driver& driver, const std::string& dashboard_url,
                                      const DashboardFacts& facts, const drive::Limits& limits) {
  const std::lock_guard lock(mutex_);
  if (judgement_) return *judgement_;
  const drive::Visited visited = driver.probe(dashboard_url, drive::Credentials::omit, record::Reason::control, limits);
  record::ControlFinished finished;
  Judgement judgement;
  if (visited) {
    judgement = judge_closed(*visited, facts);
    finished.exchanges = visited->exchanges;
  } else {
    // A chain of redirects without an end shows nobody the dashboard, but it is no refusal either.
    if (visited.error().kind != drive::Obstacle::Kind::app) return std::unexpected(visited.error().error);
    judgement.got = visited.error().error.what;
    finished.exchanges = visited.error().exchanges;
  }
  finished.holds = judgement.holds;
  finished.got = judgement.got;
  if (!judgement.holds) {
    judgement.expected = "the dashboard open with the session and closed without it";
    judgement.got = "without a session, too: " + judgement.got;
    judgement.hint = fmt::format(
        "“open” proves nothing while a visitor without a session is answered the same; either {} is open to everyone "
        "or `shows = \"{}\"` is also on pages that anyone may see",
        facts.path, facts.shows);
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
