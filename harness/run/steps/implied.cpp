#include "run/steps/implied.h"

#include "scenario/step_table.h"

#include <algorithm>
#include <fmt/format.h>

namespace murphy::run {
namespace {

bool states_status(const scenario::Step& step) {
  return std::any_of(step.expect.begin(), step.expect.end(), [](const scenario::Expectation& each) {
    return std::holds_alternative<scenario::ExpectStatus>(each.is);
  });
}

bool shows_sign_in_form(const drive::Page& page, const scenario::App& app) {
  const auto passwords = page.select("input[type=password]");
  return passwords && !passwords->empty() && app.sign_in && page.has_form(app.sign_in->submit.source).has_value();
}

std::string errors_of(const drive::Page& page) {
  std::string text;
  for (const drive::ShownError& error : page.errors())
    text += (text.empty() ? "the page says: " : "\nthe page says: ") + error.words;
  return text;
}

} // namespace

std::vector<record::Failure> implied(const scenario::Step& step, const drive::Page& page, const scenario::App& app) {
  if (scenario::row_of(step.verb).loads == scenario::Loads::no_page || states_status(step)) return {};
  const std::string answer = fmt::format("{} {}", page.status(), page.path());
  if (page.status() >= 500) {
    const std::string title = page.title();
    return {{"status",
             step.place,
             step.source_line,
             "a page, not a server error",
             title.empty() ? answer : fmt::format("{} “{}”", answer, title),
             {}}};
  }
  if (!std::holds_alternative<scenario::SignIn>(step.verb) || !step.expect.empty()) return {};
  const bool asked_again = shows_sign_in_form(page, app);
  if (page.status() < 400 && !asked_again) return {};
  return {{"sign_in", step.place, step.source_line, "to be signed in",
           asked_again ? answer + ", the sign-in form again" : answer, errors_of(page)}};
}

} // namespace murphy::run
