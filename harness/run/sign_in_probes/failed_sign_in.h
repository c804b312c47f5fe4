// Whether a step that did not pass has to do with signing in. Pure.
#pragma once

#include "record/result.h"

#include <optional>
#include <span>
#include <string>
#include <vector>

namespace murphy::run {

// What the sign-in of `[app]` fills in for an account, as evidence shows it.
struct AccountSpellings {
  std::string user;
  std::vector<std::string> values; // one for each field
};

struct SignInAddresses {
  std::string sign_in;   // the path of its page
  std::string dashboard; // the path of the dashboard; may be empty
  std::string form;      // the words that submit the sign-in form
};

struct FailedSignIn {
  // Whose own name and password the app was given; empty when it came to none: no page, no form.
  std::string user;
  bool operator==(const FailedSignIn&) const = default;
};

// What the last of these steps of a case says of signing in. Nothing when it is about something else, or when what was
// sent is not what the project says of an account, as in a test of a wrong password: then the app was right to refuse.
std::optional<FailedSignIn> failed_sign_in(std::span<const record::StepResult> steps, const SignInAddresses& addresses,
                                           const std::vector<AccountSpellings>& accounts);

} // namespace murphy::run
