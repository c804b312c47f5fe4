#include "run/steps/implied.h"

#include "run/shared/sign_in_form.h"
#include "scenario/app_flow.h"
#include "scenario/step_table.h"

#include <algorithm>
#include <utility>

namespace murphy::run {
namespace {

bool states_status(const scenario::Step& step) {
  return std::any_of(step.expect.begin(), step.expect.end(), [](const scenario::Expectation& each) {
    return std::holds_alternative<scenario::ExpectStatus>(each.is);
  });
}

// Whether the page asks for what the sign-in has filled in already: the password, or the name where that has a page of
// its own.
bool asks_again(const drive::Page& page, const scenario::App& app) {
  if (!app.sign_in) return false;
  const scenario::Submit* asks_name = scenario::first_form(*app.sign_in);
  const scenario::Submit* asks_password = scenario::password_form(*app.sign_in);
  if (asks_password == nullptr) return false;
  if (asks_for_password(page)) return shows_sign_in_form(page, asks_password->form.source);
  return asks_name != asks_password && page.has_form(asks_name->form.source).has_value();
}

} // namespace

std::vector<record::Failure> implied(const scenario::Step& step, const drive::Page& page, const scenario::App& app) {
  if (scenario::row_of(step.verb).loads == scenario::Loads::no_page || states_status(step)) return {};
  record::Failure failure;
  failure.place = step.place;
  failure.source_line = step.source_line;
  failure.got.answer = {page.status(), page.path(), {}, {}};
  if (page.status() >= 500) {
    failure.code = record::FailureCode::server_error;
    failure.key = "status";
    failure.got.answer.title = page.title();
    return {std::move(failure)};
  }
  if (!std::holds_alternative<scenario::SignIn>(step.verb) || !step.expect.empty()) return {};
  const bool asked_again = asks_again(page, app);
  if (page.status() < 400 && !asked_again) return {};
  failure.code = record::FailureCode::not_signed_in;
  failure.key = "sign_in";
  if (asked_again) failure.got.answer.traits = {record::PageTrait::shows_sign_in_form};
  failure.shown = page.errors();
  return {std::move(failure)};
}

} // namespace murphy::run
