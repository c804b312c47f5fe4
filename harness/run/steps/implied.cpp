#include "run/steps/implied.h"

#include "run/shared/sign_in_form.h"
#include "scenario/step_table.h"

#include <algorithm>
#include <utility>

namespace murphy::run {
namespace {

using record::FailureCode;
using scenario::Tolerance;

// What apps answer to whom they do not let in, or do not believe.
bool is_refusal(int status) {
  return status == 400 || status == 401 || status == 403 || status == 422 || status == 423 || status == 429;
}

bool is_tolerated(const scenario::Step& step, const drive::Visit& visit, const DashboardFacts& facts) {
  const int status = visit.page->status();
  switch (step.tolerates) {
  case Tolerance::any: return true;
  case Tolerance::client_error: return status < 500;
  case Tolerance::refusal:
    // The answer for the dashboard itself is judged by that expectation.
    return is_refusal(status) || (status < 500 && asked_for_dashboard(visit, facts));
  case Tolerance::none: break;
  }
  return false;
}

bool is_signed_out(const drive::Visit& visit, const DashboardFacts& facts) {
  return ends_signed_out(visit, facts.path, shows_sign_in_form(*visit.page, facts));
}

// Whether the step says of the page at hand that it is one that refuses, or looks at what it shows.
bool expects_something_of_page(const scenario::Step& step) {
  return std::ranges::any_of(step.expect, [](const scenario::Expectation& each) {
    const auto* dashboard = std::get_if<scenario::ExpectDashboard>(&each.is);
    const auto* text = std::get_if<scenario::ExpectText>(&each.is);
    const auto* element = std::get_if<scenario::ExpectElement>(&each.is);
    return (dashboard != nullptr && dashboard->state == scenario::Dashboard::closed) ||
           (text != nullptr && text->presence == scenario::Presence::there) ||
           (element != nullptr && element->presence == scenario::Presence::there) ||
           std::holds_alternative<scenario::ExpectStatus>(each.is) ||
           std::holds_alternative<scenario::ExpectPage>(each.is) ||
           std::holds_alternative<scenario::ExpectTitle>(each.is) ||
           std::holds_alternative<scenario::ExpectForm>(each.is) ||
           std::holds_alternative<scenario::ExpectFormError>(each.is) ||
           std::holds_alternative<scenario::ExpectFieldError>(each.is);
  });
}

// Whether the page asks for what the sign-in has filled in already.
bool asks_again(const drive::Page& page, const DashboardFacts& facts) {
  if (shows_sign_in_form(page, facts)) return true;
  return std::ranges::any_of(facts.sign_in_forms,
                             [&](const SignInForm& form) { return shows_sign_in_form(page, form.words); });
}

} // namespace

std::vector<record::Failure> implied(const scenario::Step& step, const drive::Visit& visit,
                                     const DashboardFacts& facts) {
  if (scenario::row_of(step.verb).loads == scenario::Loads::no_page) return {};
  const drive::Page& page = *visit.page;
  const bool signs_in = std::holds_alternative<scenario::SignIn>(step.verb);
  const bool signs_out = std::holds_alternative<scenario::SignOut>(step.verb);
  if (page.status() < 400 && !signs_in) return {}; // without reading the page
  record::Failure failure;
  failure.place = step.place;
  failure.source_line = step.source_line;
  failure.key = signs_in ? "sign_in" : signs_out ? "sign_out" : "status";
  failure.got.answer = answer_of(page);
  if (page.status() >= 400) {
    if (signs_out ? is_signed_out(visit, facts) : !signs_in && is_tolerated(step, visit, facts)) return {};
    if (!signs_in || page.status() >= 500) {
      failure.code = page.status() >= 500 ? FailureCode::server_error : FailureCode::error_status;
      if (page.status() >= 500)
        failure.key = "status";
      else
        failure.shown = page.errors(facts.errors);
      return {std::move(failure)};
    }
  }
  const bool asked_again = asks_again(page, facts);
  if (page.status() < 400 && (!asked_again || expects_something_of_page(step))) return {};
  failure.code = FailureCode::not_signed_in;
  failure.got.answer.title.clear();
  if (asked_again) failure.got.answer.traits.push_back(record::PageTrait::shows_sign_in_form);
  failure.shown = page.errors(facts.errors);
  return {std::move(failure)};
}

} // namespace murphy::run
