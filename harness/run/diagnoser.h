// Says why steps did not pass, from what was recorded of them and a look at the app's database.
#pragma once

#include "diagnose/evidence.h"
#include "record/known_good.h"
#include "record/result.h"
#include "run/app_database.h"

#include <span>
#include <string>
#include <vector>

namespace murphy::run {

// Safe to use from several threads.
class Diagnoser {
public:
  // The database outlives it. `known` is what the app looked like when all was well; null when nobody wrote that down.
  Diagnoser(AppDatabase& database, const record::KnownGood* known) : database_(database), known_(known) {}

  // Why the last of these steps of a case did not pass, the likeliest first; empty when the evidence does not tell.
  std::vector<record::Suspect> suspects(std::span<const record::StepResult> steps, const std::string& id,
                                        const diagnose::Probes& probes);

private:
  AppDatabase& database_;
  const record::KnownGood* const known_;
};

} // namespace murphy::run
