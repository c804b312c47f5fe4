#include "diagnose/step_facts.h"

#include "base/sign_in_words.h"

namespace murphy::diagnose {

bool is_typed(const SentField& field) {
  return field.type != "hidden" && field.type != "button" && field.type != "submit" && field.type != "checkbox" &&
         field.type != "radio" && field.type != "select";
}

std::string account_in(const SentForm& sent) {
  std::string account;
  for (const SentField& field : sent.fields) {
    if (!is_typed(field) || is_password_type(field.type) || field.value.empty()) continue;
    if (account.empty() || field.type == "email") account = field.value;
  }
  return account;
}

} // namespace murphy::diagnose
