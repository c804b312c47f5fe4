// Whether the users of a project are different accounts.
#pragma once

#include "scenario/reading.h"

namespace murphy::scenario {

// Reports users who are the same account to the app: what [app] sign_in fills in of them is the same, passwords aside.
// They would be in each other's way, since only scenarios that name the same user wait for each other. Two shared users
// may be one account.
void check_accounts(Reading& reading, const Project& project);

} // namespace murphy::scenario
