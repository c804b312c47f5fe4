// Says why steps did not pass, from what was recorded of them and a look at the app's database.
#pragma once

#include "diagnose/evidence.h"
#include "diagnose/signature.h"
#include "record/event.h"
#include "run/shared/app_database.h"
#include "run/shared/run_settings.h"

#include <mutex>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace murphy::run {

// Safe to use from several threads.
class Diagnoser {
public:
  // What all judgements rest on goes to `emit`, once, before the first of them. Everything given outlives it.
  Diagnoser(const RunSettings& settings, AppDatabase& database, const record::EventSink& emit)
      : settings_(settings), database_(database), emit_(emit) {}

  // Why the last of these steps of a case did not pass, the likeliest first; empty when the evidence does not tell.
  // Looks at what the journal holds of them and at nothing else.
  std::vector<record::Suspect> suspects(std::span<const record::StepResult> steps, const std::string& id);
  // The same for an app that is not there, where it left something to judge by.
  record::TargetLost explained(record::TargetLost lost);

private:
  void gather();
  std::vector<record::Suspect> judged(const diagnose::Evidence& evidence) const;

  const RunSettings& settings_;
  AppDatabase& database_;
  const record::EventSink& emit_;
  std::once_flag once_;
  record::EvidenceGathered gathered_;
  std::optional<diagnose::Signatures> own_; // with those of the project, where it has some
};

} // namespace murphy::run
