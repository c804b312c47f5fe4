// The `validate` step: sends a form again and again, each time with one value changed, and compares what the server
// does with what the scenario requires, the page declares and the database takes.
#pragma once

#include "drive/driver.h"
#include "record/result.h"
#include "run/shared/app_database.h"
#include "scenario/model.h"
#include "scenario/variables.h"
#include "target/console.h"

#include <functional>
#include <optional>
#include <string>
#include <vector>

namespace murphy::run {

struct ValidateSettings {
  const scenario::Step& step;
  const scenario::Validate& validate;
  std::string sign_in_path;              // may be empty
  std::function<drive::Limits()> limits; // for the next action; its deadline also bounds the waiting after 429
  AppDatabase& database;                 // whose columns are compared with the form
  target::Console& console;              // of the app
  // Performs the steps that lead to the form's page, where there are such; gives the first that did not pass.
  std::function<std::optional<record::StepResult>()> lead_to_form;
  // Whether a value is one of an account of the project: another record has it on purpose.
  std::function<bool(const scenario::Text&)> is_of_account;
};

// Fills in the result's outcome, failures, error and evidence, the console's lines of what went wrong included. The
// session ends as it began, cookies and page; what the accepted submissions did to the app stays. `${unique}` is
// another word in each submission.
void validate(const ValidateSettings& settings, drive::Driver& driver, scenario::Scope& scope,
              record::StepResult& result);

} // namespace murphy::run
