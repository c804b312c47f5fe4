#include "run/steps/sign_in_end.h"

#include "base/address.h"

namespace murphy::run {
namespace {

bool shows(const drive::Page& page, std::string_view css) {
  const auto found = page.select(css);
  return found && !found->empty();
}

bool is_elsewhere(const drive::Page& page, std::string_view own_origin) {
  return address_parts(page.url()).origin != own_origin;
}

// With the origin, where that is not the target's.
record::AnswerSeen seen(const drive::Page& page, std::string_view own_origin) {
  std::string place = page.path();
  if (is_elsewhere(page, own_origin)) place = std::string(address_parts(page.url()).origin) + place;
  return {page.status(), std::move(place), page.title(), {}};
}

record::Failure stopped_at(const drive::Page& page, std::string_view own_origin) {
  record::Failure failure;
  failure.code = record::FailureCode::sign_in_stopped;
  failure.got.answer = seen(page, own_origin);
  failure.shown = page.errors();
  return failure;
}

} // namespace

std::optional<record::Failure> stopped_elsewhere(const drive::Visit& ended, std::string_view own_origin) {
  if (!is_elsewhere(*ended.page, own_origin) || !shows(*ended.page, "form")) return std::nullopt;
  return stopped_at(*ended.page, own_origin);
}

std::optional<record::Failure> stopped_short(const drive::Visit* ended, const drive::Visit& dashboard,
                                             const DashboardFacts& facts, std::string_view own_origin) {
  const drive::Page& page = *dashboard.page;
  const bool elsewhere = is_elsewhere(page, own_origin);
  if (!elsewhere && shows(page, facts.shows)) return std::nullopt;
  const bool led_away = page.status() < 400 && (elsewhere || !same_path(page.path(), facts.path));
  const bool refused = page.status() == 401 || (page.status() < 500 && shows(page, "input[type=password]"));
  if (!led_away && !refused) return std::nullopt;
  record::Failure failure = stopped_at(ended != nullptr ? *ended->page : page, own_origin);
  failure.subject = facts.path;
  return failure;
}

} // namespace murphy::run
