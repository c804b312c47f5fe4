// What a gate says of a run, in words. Pure.
#pragma once

#include "gate/judgement.h"
#include "gate/selection.h"
#include "reports/gate_verdict.h"

#include <string>

namespace murphy::gate {

// Whether the runs that were given as a baseline count.
enum class BaselineUse {
  none, // none was given, and the project keeps no history
  counts,
  no_base,        // nothing says what they could be a baseline of
  not_in_base,    // none is of a commit that the base has
  not_in_history, // none was given, and the history has no run of the base
  unreadable,     // none was given, and the history cannot be read
};

enum class CloneDepth { whole, shallow };

struct GateFacts {
  const record::Run& run;
  const std::vector<reports::Cause>& causes;
  const GateJudgement& judgement;
  const Concerned& concerned;
  const Earlier& earlier;
  BaselineUse baseline = BaselineUse::none;
  std::size_t planned = 0; // cases of the project, before any were selected
  std::string base;        // as it was named: "main"; may be empty
  CloneDepth depth = CloneDepth::whole;
};

reports::GateVerdict verdict_of_gate(const GateFacts& facts);

// Why a change concerns everything, as half a sentence: "no rule of [gate] matches app/x.rb".
std::string words_of(const Concerned& concerned, const std::string& base, CloneDepth depth);

} // namespace murphy::gate
