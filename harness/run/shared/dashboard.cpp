#include "run/shared/dashboard.h"

#include "base/address.h"
#include "run/shared/sign_in_form.h"
#include "scenario/app_flow.h"

#include <algorithm>
#include <optional>
#include <utility>

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

bool is_in_app(const drive::Page& page) { return page.path().starts_with('/'); }

// The page says nothing of the dashboard when it cannot be read: then it proves neither that it is open nor that it is
// closed. Gives back whether that is so.
bool is_unreadable(const drive::Page& page, record::Failure& failure) {
  const auto readable = page.readable();
  if (readable) return false;
  failure.code = FailureCode::dashboard_unreadable;
  failure.got.answer = answer_of(page);
  failure.got.answer.traits.push_back(PageTrait::unreadable);
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

// The answer that shows what only the dashboard should show; null when none does.
const drive::Page* find_marker(const drive::Visit& visit, const DashboardFacts& facts) {
  const auto leak =
      std::ranges::find_if(visit.answers, [&](const auto& each) { return count(*each, facts.shows) > 0; });
  return leak == visit.answers.end() ? nullptr : leak->get();
}

// The request of the visit that the answer came to; null where it is no page of its own, as the one that is shown
// behind an answer without any.
const record::Exchange* request_of(const drive::Visit& visit, const drive::Page& answer) {
  const auto is_asked = [path = address_parts(answer.url()).path, &answer](const record::Exchange* each) {
    return address_parts(each->url).path == path && each->status == answer.status();
  };
  const std::vector<const record::Exchange*> own = record::own_exchanges(visit.exchanges);
  const auto last = std::ranges::find_if(own.rbegin(), own.rend(), is_asked);
  return last == own.rend() ? nullptr : *last;
}

// Whether the answer is the dashboard's own. That to a form at the same address is not: it may refuse what was sent
// while the dashboard stays open.
bool is_of_dashboard(const drive::Visit& visit, const drive::Page& answer, const std::string& path) {
  if (!same_path(answer.path(), path)) return false;
  const record::Exchange* request = request_of(visit, answer);
  return request != nullptr && (request->method == "GET" || request->method == "HEAD");
}

using Answer = std::vector<std::shared_ptr<const drive::Page>>::const_iterator;

// The first answer for the dashboard itself, in the app.
Answer find_dashboard(const drive::Visit& visit, const DashboardFacts& facts) {
  return std::ranges::find_if(visit.answers, [&](const auto& each) { return same_path(each->path(), facts.path); });
}

// The visit as far as the answer of an identity provider, where it asked for the dashboard and was sent there; else all
// of it.
drive::Visit until_sent_away(const drive::Visit& visit, const DashboardFacts& facts) {
  const auto away = std::find_if(find_dashboard(visit, facts), visit.answers.end(), [&](const auto& answer) {
    return std::ranges::any_of(facts.providers,
                               [&](const std::string& origin) { return is_of_origin(*answer, origin); });
  });
  if (away == visit.answers.end()) return visit;
  drive::Visit sent_away = visit;
  sent_away.answers.assign(visit.answers.begin(), away + 1);
  sent_away.page = *away;
  return sent_away;
}

// Another origin that the visit came through between the dashboard, which sent it there, and its end; empty when there
// is none.
std::string left_for(const drive::Visit& visit, const DashboardFacts& facts) {
  const auto away = std::find_if(find_dashboard(visit, facts), visit.answers.end(),
                                 [](const auto& answer) { return !is_in_app(*answer); });
  return away == visit.answers.end() ? std::string() : std::string(address_parts((*away)->url()).origin);
}

std::optional<SignInForm> resolved_form(const scenario::Submit& submit, scenario::Scope& scope) {
  auto words = scope.resolve_words(submit.form);
  if (!words) return std::nullopt;
  SignInForm form{std::move(*words), {}};
  for (const scenario::Filling& filling : submit.with)
    if (auto field = scope.resolve_words(filling.field)) form.fields.push_back(std::move(*field));
  return form;
}

} // namespace

bool same_path(const std::string& left, const std::string& right) {
  return without_trailing_slash(left) == without_trailing_slash(right);
}

bool is_of_origin(const drive::Page& page, std::string_view origin) {
  return address_parts(page.url()).origin == origin;
}

bool is_sign_in_page(const drive::Page& page, const DashboardFacts& facts) {
  if (!facts.sign_in_path.empty() && same_path(page.path(), facts.sign_in_path)) return true;
  // Some apps answer the dashboard's own address with the sign-in form; others have it at several addresses, or send
  // visitors to a second sign-in page.
  return shows_sign_in_form(page, facts) || (asks_for_password(page) && count(page, facts.shows) == 0);
}

record::AnswerSeen answer_of(const drive::Page& page) {
  record::AnswerSeen answer{page.status(), page.shown_path(), page.title(), {}};
  if (!is_in_app(page)) answer.traits.push_back(PageTrait::other_origin);
  return answer;
}

bool shows_sign_in_form(const drive::Page& page, const DashboardFacts& facts) {
  return std::ranges::any_of(facts.sign_in_forms, [&](const SignInForm& form) {
    // Words alone are on many buttons.
    return (!form.fields.empty() || asks_for_password(page)) && page.form(form.words, form.fields).has_value();
  });
}

Result<DashboardFacts> facts_of(const scenario::App& app, const std::map<std::string, std::string>& providers,
                                scenario::Scope& scope, const drive::Driver& driver) {
  DashboardFacts facts;
  for (const auto& [name, origin] : providers) facts.providers.push_back(origin);
  facts.errors = app.errors;
  if (app.dashboard) {
    auto page = scope.resolve_words(app.dashboard->page);
    if (!page) return std::unexpected(page.error());
    facts.url = std::move(*page);
    facts.path = driver.path_of(facts.url);
    facts.shows = app.dashboard->shows;
  }
  if (!app.sign_in) return facts;
  // What speaks of a user stands for nothing before anybody signs in.
  if (const scenario::Text* first = scenario::first_page(*app.sign_in))
    if (const auto page = scope.resolve_words(*first)) facts.sign_in_path = driver.path_of(*page);
  const scenario::Submit* asks_name = scenario::first_form(*app.sign_in);
  const scenario::Submit* asks_password = scenario::password_form(*app.sign_in);
  for (const scenario::Submit* submit : {asks_name, asks_password == asks_name ? nullptr : asks_password})
    if (submit != nullptr)
      if (auto form = resolved_form(*submit, scope)) facts.sign_in_forms.push_back(std::move(*form));
  return facts;
}

Judgement judge_open(const drive::Visit& visit, const DashboardFacts& facts) {
  const drive::Page& page = *visit.page;
  Judgement result{false, about(facts, record::Wanted::Kind::open)};
  record::Failure& failure = result.failure;
  if (is_unreadable(page, failure)) return result;
  const bool on_page = same_path(page.path(), facts.path);
  const bool shown = count(page, facts.shows) > 0;
  result.holds = on_page && page.status() == 200 && shown;
  failure.got.answer = answer_of(page);
  failure.shown = page.errors(facts.errors);
  std::vector<PageTrait>& traits = failure.got.answer.traits;
  if (shows_sign_in_form(page, facts))
    traits.push_back(PageTrait::shows_sign_in_form);
  else if (asks_for_password(page) && !(on_page && shown))
    traits.push_back(PageTrait::asks_for_password);
  // The sign-in form at the dashboard's own address is no dashboard that lacks a part.
  const bool asks =
      failure.got.answer.has(PageTrait::shows_sign_in_form) || failure.got.answer.has(PageTrait::asks_for_password);
  failure.code =
      on_page && page.status() == 200 && !asks ? FailureCode::dashboard_incomplete : FailureCode::dashboard_not_reached;
  if (failure.code == FailureCode::dashboard_incomplete) traits.push_back(PageTrait::lacks_dashboard);
  return result;
}

Judgement judge_closed(const drive::Visit& whole, const DashboardFacts& facts) {
  const drive::Visit visit = until_sent_away(whole, facts);
  const drive::Page& page = *visit.page;
  Judgement result{false, about(facts, record::Wanted::Kind::closed)};
  record::Failure& failure = result.failure;
  for (const auto& answer : visit.answers)
    if (is_unreadable(*answer, failure)) return result;
  failure.got.answer = answer_of(page);
  if (const drive::Page* leak = find_marker(visit, facts)) {
    failure.code = shows_sign_in_form(*leak, facts) ? FailureCode::shared_marker
                   : leak != visit.page.get()       ? FailureCode::dashboard_in_redirect
                                                    : FailureCode::dashboard_visible;
    failure.got.answer = answer_of(*leak);
    failure.got.answer.traits.push_back(PageTrait::shows_dashboard);
    if (failure.code == FailureCode::dashboard_visible) {
      if (const std::string elsewhere = left_for(visit, facts); !elsewhere.empty()) {
        failure.code = FailureCode::dashboard_reentered;
        failure.got.text = elsewhere;
      }
    }
    return result;
  }
  const bool refused = page.status() == 401 || page.status() == 403;
  result.holds = refused || (page.status() < 500 && (is_sign_in_page(page, facts) || !is_in_app(page)));
  failure.code = FailureCode::dashboard_not_refused;
  return result;
}

Judgement judge_control(const drive::Visit& visit, const DashboardFacts& facts) {
  Judgement result = judge_closed(visit, facts);
  result.holds = result.holds || result.failure.code == FailureCode::dashboard_not_refused;
  // It is the dashboard that opens only where it is; elsewhere its marker is on another page, too.
  const record::AnswerSeen& answer = result.failure.got.answer;
  const drive::Page* leak = find_marker(visit, facts);
  if (leak != nullptr && result.failure.code == FailureCode::dashboard_visible &&
      (answer.status >= 300 || !same_path(leak->path(), facts.path)))
    result.failure.code = FailureCode::shared_marker;
  return result;
}

bool shows_marker_first(const drive::Page& page, const drive::Page* before, const DashboardFacts& facts) {
  return is_in_app(page) && page.status() < 400 && count(page, facts.shows) > 0 && page.errors(facts.errors).empty() &&
         (before == nullptr || count(*before, facts.shows) == 0);
}

bool asked_for_dashboard(const drive::Visit& visit, const DashboardFacts& facts) {
  return std::ranges::any_of(visit.answers,
                             [&](const auto& answer) { return is_of_dashboard(visit, *answer, facts.path); });
}

bool came_to_dashboard(const drive::Visit& visit, const DashboardFacts& facts) {
  return find_dashboard(visit, facts) != visit.answers.end();
}

bool ends_signed_out(const drive::Visit& visit, const std::string& path, bool asks_to_sign_in) {
  const int status = visit.page->status();
  if (status == 401 && asks_to_sign_in) return true;
  if ((status != 401 && status != 403) || !is_of_dashboard(visit, *visit.page, path)) return false;
  // A link to it that is refused has done nothing.
  const record::Reason reason = request_of(visit, *visit.page)->reason;
  return record::goes_on(reason) || reason == record::Reason::opened;
}

} // namespace murphy::run
