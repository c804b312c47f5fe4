// What a recorder of a browser wrote: Chrome's Recorder (JSON of @puppeteer/replay 3) and Selenium IDE (.side 2.0).
// Pure.
#pragma once

#include "base/error.h"
#include "imported/action.h"
#include "imported/known_secrets.h"
#include "imported/scenario_text.h"
#include "imported/written_values.h"

#include <cstddef>
#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace murphy::imported {

struct RecordedScenario {
  ImportedScenario scenario;                     // without steps: nothing in it is one
  std::string origin{};                          // of the app
  std::size_t actions = 0;                       // in the file
  std::map<std::string, std::size_t> left_out{}; // kinds of actions that are no steps
  std::vector<LiftedValues::Lifted> lifted{};
  std::vector<TypedValue> typed{};
  bool has_password = false;      // in clear, in the file itself
  bool may_have_password = false; // the file does not say which fields hide what is typed
};

// Of several tests in a file the first. Errors: usage: no JSON, or neither of the two.
Result<RecordedScenario> recorded_scenario(std::string_view text, const ValueSettings& settings, KnownSecrets& secrets);

// The same of actions that Murphy saw itself.
RecordedScenario recorded_scenario(const std::vector<Action>& actions, const ValueSettings& settings,
                                   KnownSecrets& secrets);

} // namespace murphy::imported
