#include "run/sign_in_probes/failed_sign_in.h"

#include "base/address.h"
#include "base/label.h"
#include "base/sign_in_words.h"

#include <algorithm>

namespace murphy::run {
namespace {

bool asks_for(const record::StepResult& step, const std::string& path) {
  return !path.empty() && std::ranges::any_of(step.evidence.exchanges, [&](const record::Exchange& exchange) {
    return address_parts(exchange.url).path == path;
  });
}

bool asks_for_password(const record::FilledForm& form) {
  return std::ranges::any_of(form.fields,
                             [](const record::FilledField& field) { return is_password_type(field.type); });
}

bool is_of_sign_in(const record::StepResult& step, const SignInAddresses& addresses) {
  const auto& form = step.evidence.form;
  return asks_for(step, addresses.sign_in) || asks_for(step, addresses.dashboard) ||
         (form && goes_by({form->name}, addresses.form) && asks_for_password(*form));
}

// Whose name and password the form was filled in with; empty: nobody's.
std::string owner_of(const record::FilledForm& form, const std::vector<AccountSpellings>& accounts) {
  const auto is_sent = [&](const std::string& value) {
    return std::ranges::any_of(form.fields, [&](const record::FilledField& field) { return field.value == value; });
  };
  const auto owner = std::ranges::find_if(
      accounts, [&](const AccountSpellings& account) { return std::ranges::all_of(account.values, is_sent); });
  return owner == accounts.end() ? std::string() : owner->user;
}

} // namespace

std::optional<FailedSignIn> failed_sign_in(std::span<const record::StepResult> steps, const SignInAddresses& addresses,
                                           const std::vector<AccountSpellings>& accounts) {
  if (steps.empty() || steps.back().evidence.validation) return std::nullopt;
  // A step that only looks at the page, or that found no form on it, is about the step that led there.
  const auto at = std::ranges::find_if(steps.rbegin(), steps.rend(),
                                       [](const record::StepResult& step) { return !step.evidence.exchanges.empty(); });
  if (at == steps.rend() || !is_of_sign_in(*at, addresses)) return std::nullopt;
  const auto sent = std::ranges::find_if(at, steps.rend(),
                                         [](const record::StepResult& step) { return step.evidence.form.has_value(); });
  if (sent == steps.rend() || !asks_for_password(*sent->evidence.form)) return FailedSignIn{};
  const std::string owner = owner_of(*sent->evidence.form, accounts);
  if (owner.empty()) return std::nullopt;
  return FailedSignIn{owner};
}

} // namespace murphy::run
