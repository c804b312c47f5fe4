#include "run/shared/dashboard.h"

#include "run/shared/sign_in_form.h"

#include <algorithm>

namespace murphy::run {
namespace {

using record::FailureCode;
using record::PageTrait;

std::string without_trailing_slash(std::string path) {
  while (path.size() > 1 && path.back() == '/') path.pop_back();
  return path;
}

std::size_t count(const drive::Page& page, std::string_view css) {
  const auto found = page.select(css);
  return found ? found->size() : 0;
}

bool is_sign_in_page(const drive::Page& page, const DashboardFacts& facts) {
  if (!facts.sign_in_path.empty() && same_path(page.path(), facts.sign_in_path)) return true;
  // Some apps answer the dashboard's own address with the sign-in form; others send visitors to a second sign-in page.
  return asks_for_password(page) && count(page, facts.shows) == 0;
}

record::AnswerSeen seen(const drive::Page& page) { return {page.status(), page.path(), page.title(), {}}; }

// The page says nothing of the dashboard when it cannot be read: then it proves neither that it is open nor that it is
// closed. Gives back whether that is so.
bool is_unreadable(const drive::Page& page, record::Failure& failure) {
  const auto readable = page.readable();
  if (readable) return false;
  failure.code = FailureCode::dashboard_unreadable;
  failure.got.answer = seen(page);
  failure.got.answer.traits = {PageTrait::unreadable};
  failure.reason = {readable.error().what, readable.error().hint};
  return true;
}

record::Failure about(const DashboardFacts& facts, record::Wanted::Kind wanted) {
  record::Failure failure;
  failure.subject = facts.path;
  failure.part = facts.shows;
  failure.wanted.kind = wanted;
  return failure;
}

} // namespace

bool same_path(const std::string& left, const std::string& right) {
  return without_trailing_slash(left) == without_trailing_slash(right);
}

Judgement judge_open(const drive::Visit& visit, const DashboardFacts& facts) {
  const drive::Page& page = *visit.page;
  Judgement result{false, about(facts, record::Wanted::Kind::open)};
  record::Failure& failure = result.failure;
  if (is_unreadable(page, failure)) return result;
  const bool on_page = same_path(page.path(), facts.path);
  const bool shown = count(page, facts.shows) > 0;
  result.holds = on_page && page.status() == 200 && shown;
  failure.got.answer = seen(page);
  failure.shown = page.errors();
  if (on_page && page.status() == 200) {
    failure.code = FailureCode::dashboard_incomplete;
    if (!shown) failure.got.answer.traits = {PageTrait::lacks_dashboard};
  } else {
    failure.code = FailureCode::dashboard_not_reached;
    if (asks_for_password(page)) failure.got.answer.traits = {PageTrait::asks_for_password};
  }
  return result;
}

Judgement judge_closed(const drive::Visit& visit, const DashboardFacts& facts) {
  const drive::Page& page = *visit.page;
  Judgement result{false, about(facts, record::Wanted::Kind::closed)};
  record::Failure& failure = result.failure;
  for (const auto& answer : visit.answers)
    if (is_unreadable(*answer, failure)) return result;
  failure.got.answer = seen(page);
  const auto leak = std::find_if(visit.answers.begin(), visit.answers.end(),
                                 [&](const auto& answer) { return count(*answer, facts.shows) > 0; });
  if (leak != visit.answers.end()) {
    const bool on_the_way = *leak != visit.page;
    failure.code = on_the_way ? FailureCode::dashboard_in_redirect : FailureCode::dashboard_visible;
    failure.got.answer = seen(**leak);
    failure.got.answer.traits = {PageTrait::shows_dashboard};
    return result;
  }
  const bool refused = page.status() == 401 || page.status() == 403;
  result.holds = refused || (page.status() < 500 && is_sign_in_page(page, facts));
  failure.code = FailureCode::dashboard_not_refused;
  return result;
}

bool asked_for_dashboard(const drive::Visit& visit, const DashboardFacts& facts) {
  return std::any_of(visit.answers.begin(), visit.answers.end(),
                     [&](const auto& answer) { return same_path(answer->path(), facts.path); });
}

} // namespace murphy::run
