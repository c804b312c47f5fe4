#include "run/steps/sign_in_end.h"

namespace murphy::run {
namespace {

bool shows(const drive::Page& page, std::string_view css) {
  const auto found = page.select(css);
  return found && !found->empty();
}

bool is_elsewhere(const drive::Page& page) { return !page.path().starts_with('/'); }

record::Failure stopped_at(const drive::Page& page, const DashboardFacts& facts) {
  record::Failure failure;
  failure.code = record::FailureCode::sign_in_stopped;
  failure.got.answer = answer_of(page);
  failure.shown = page.errors(facts.errors);
  return failure;
}

} // namespace

std::optional<record::Failure> stopped_elsewhere(const drive::Visit& ended, const DashboardFacts& facts) {
  if (!is_elsewhere(*ended.page) || !shows(*ended.page, "form")) return std::nullopt;
  return stopped_at(*ended.page, facts);
}

std::optional<record::Failure> stopped_short(const drive::Visit* ended, const drive::Visit& dashboard,
                                             const DashboardFacts& facts) {
  const drive::Page& page = *dashboard.page;
  const bool elsewhere = is_elsewhere(page);
  if (!elsewhere && shows(page, facts.shows)) return std::nullopt;
  const bool led_away = page.status() < 400 && (elsewhere || !same_path(page.path(), facts.path));
  const bool refused = page.status() == 401 || (page.status() < 500 && shows(page, "input[type=password]"));
  if (!led_away && !refused) return std::nullopt;
  record::Failure failure = stopped_at(ended != nullptr ? *ended->page : page, facts);
  failure.subject = facts.path;
  return failure;
}

} // namespace murphy::run
