// Says why steps did not pass, from what was recorded of them and a look at the app's database.
#pragma once

#include "diagnose/evidence.h"
#include "diagnose/signature.h"
#include "record/known_good.h"
#include "record/result.h"
#include "run/shared/app_database.h"

#include <span>
#include <string>
#include <vector>

namespace murphy::run {

// Safe to use from several threads.
class Diagnoser {
public:
  // `signatures` are the error formats that are known, null for those built in; `known` is what the app looked like
  // when all was well, null when nobody wrote that down. All of them outlive it.
  Diagnoser(AppDatabase& database, const diagnose::Signatures* signatures, const record::KnownGood* known)
      : database_(database), signatures_(signatures), known_(known) {}

  // Why the last of these steps of a case did not pass, the likeliest first; empty when the evidence does not tell.
  std::vector<record::Suspect> suspects(std::span<const record::StepResult> steps, const std::string& id,
                                        const diagnose::Probes& probes);

private:
  AppDatabase& database_;
  const diagnose::Signatures* const signatures_;
  const record::KnownGood* const known_;
};

} // namespace murphy::run
