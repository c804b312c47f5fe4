// How often a scenario signs in as whom, as far as its steps say. Pure.
#pragma once

#include "scenario/model.h"

#include <map>
#include <string>

namespace murphy::scenario {

struct SignInAttempts {
  int all = 0;
  int wrong = 0; // of these, those that an app counts which locks accounts
  // A step that sends passwords nobody knows how often: by `eventually`, or by `validate`; null: there is none. Of the
  // scenario.
  const Step* repeats = nullptr;
};

// By user, in one run of the scenario, its cleanup included. An attempt is `sign_in`, and what goes to a form that
// takes the password in `app`, or by a request with somebody's password or to the page of the sign-in. One is wrong
// unless its password is `${NAME.password}` alone, or where the step expects to be refused: rather too many than too
// few. `example`: the row that it is made from; may be null.
std::map<std::string, SignInAttempts> sign_in_attempts(const Scenario& scenario, const Example* example,
                                                       const App& app);

} // namespace murphy::scenario
