// Says why steps did not pass, from what was recorded of them and a look at the app's database.
#pragma once

#include "record/known_good.h"
#include "record/result.h"
#include "record/schema.h"

#include <functional>
#include <mutex>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace murphy::run {

// Safe to use from several threads.
class Diagnoser {
public:
  // `look` gives the tables of the database: none when the app's is not known, an error when it cannot be looked at. It
  // is asked once, when the first step fails.
  // `known` is what the app looked like when all was well; null when nobody wrote that down.
  Diagnoser(std::function<std::optional<Result<record::Schema>>()> look, const record::KnownGood* known)
      : look_(std::move(look)), known_(known) {}

  // Why the last of these steps of a case did not pass, the likeliest first; empty when the evidence does not tell.
  std::vector<record::Suspect> suspects(std::span<const record::StepResult> steps, const std::string& id);

private:
  const std::function<std::optional<Result<record::Schema>>()> look_;
  const record::KnownGood* const known_;
  std::once_flag looked_;
  std::optional<Result<record::Schema>> schema_;
};

} // namespace murphy::run
