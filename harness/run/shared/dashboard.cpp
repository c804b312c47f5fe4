#include "run/shared/dashboard.h"

#include <algorithm>
#include <fmt/format.h>

namespace murphy::run {
namespace {

std::string without_trailing_slash(std::string path) {
  while (path.size() > 1 && path.back() == '/') path.pop_back();
  return path;
}

bool same_path(const std::string& left, const std::string& right) {
  return without_trailing_slash(left) == without_trailing_slash(right);
}

std::size_t count(const drive::Page& page, std::string_view css) {
  const auto found = page.select(css);
  return found ? found->size() : 0;
}

bool asks_for_password(const drive::Page& page) { return count(page, "input[type=password]") > 0; }

bool is_sign_in_page(const drive::Page& page, const DashboardFacts& facts) {
  if (!facts.sign_in_path.empty() && same_path(page.path(), facts.sign_in_path)) return true;
  // Some apps answer the dashboard's own address with the sign-in form; others send visitors to a second sign-in page.
  return asks_for_password(page) && count(page, facts.shows) == 0;
}

std::string describe(const drive::Page& page) {
  std::string text = fmt::format("{} {}", page.status(), page.path());
  if (const std::string title = page.title(); !title.empty()) text += fmt::format(" “{}”", title);
  return text;
}

std::string shown_errors(const drive::Page& page) {
  std::string text;
  for (const drive::ShownError& error : page.errors()) text += fmt::format("the page says: {}\n", error.words);
  if (!text.empty()) text.pop_back();
  return text;
}

// What a page shows is not known when it cannot be read: then it proves neither that the dashboard is open nor that it
// is closed. Gives back whether that is so.
bool is_unreadable(const drive::Page& page, Judgement& judgement) {
  const auto readable = page.readable();
  if (readable) return false;
  judgement.got = describe(page) + ", a page that cannot be read";
  judgement.hint = readable.error().what;
  if (!readable.error().hint.empty()) judgement.hint += "\n" + readable.error().hint;
  return true;
}

} // namespace

Judgement judge_open(const drive::Visit& visit, const DashboardFacts& facts) {
  const drive::Page& page = *visit.page;
  Judgement result;
  result.expected = fmt::format("the dashboard: {} answered with 200, showing {}", facts.path, facts.shows);
  if (is_unreadable(page, result)) return result;
  result.got = describe(page);
  const bool on_page = same_path(page.path(), facts.path);
  const bool shown = count(page, facts.shows) > 0;
  result.holds = on_page && page.status() == 200 && shown;
  if (result.holds) return result;
  if (on_page && page.status() == 200) {
    result.got += fmt::format(", without {}", facts.shows);
    result.hint =
        "the page opened but does not show what only the dashboard shows: an empty or half-rendered dashboard";
  } else if (asks_for_password(page)) {
    result.got += ", a page that asks for the password";
  }
  if (const std::string errors = shown_errors(page); !errors.empty()) {
    if (!result.hint.empty()) result.hint += "\n";
    result.hint += errors;
  }
  return result;
}

Judgement judge_closed(const drive::Visit& visit, const DashboardFacts& facts) {
  const drive::Page& page = *visit.page;
  Judgement result;
  result.expected = fmt::format("the dashboard closed: 401, 403 or the sign-in page, and {} in no answer", facts.shows);
  for (const auto& answer : visit.answers)
    if (is_unreadable(*answer, result)) return result;
  result.got = describe(page);
  const auto leak = std::find_if(visit.answers.begin(), visit.answers.end(),
                                 [&](const auto& answer) { return count(*answer, facts.shows) > 0; });
  if (leak != visit.answers.end()) {
    const bool on_the_way = *leak != visit.page;
    result.got = fmt::format("{}, which shows {}", describe(**leak), facts.shows);
    result.hint =
        on_the_way ? "the answer redirects away but carries the dashboard in its body: whoever does not follow sees it"
                   : "the dashboard is open to this visitor";
    return result;
  }
  const bool refused = page.status() == 401 || page.status() == 403;
  result.holds = refused || (page.status() < 500 && is_sign_in_page(page, facts));
  if (!result.holds) result.hint = "neither refused nor sent to the sign-in page";
  return result;
}

bool asked_for_dashboard(const drive::Visit& visit, const DashboardFacts& facts) {
  return std::any_of(visit.answers.begin(), visit.answers.end(),
                     [&](const auto& answer) { return same_path(answer->path(), facts.path); });
}

} // namespace murphy::run
