// What a run recorded of a step, as evidence.
#pragma once

#include "diagnose/evidence.h"
#include "record/result.h"

#include <span>

namespace murphy::diagnose {

// The evidence of the last of these steps, together with the requests of the steps of the same case before it: how far
// a sign-in came is told by all of them. `id` is the case's. Pages are read as text, marks and scripts left out.
Evidence evidence_of(std::span<const record::StepResult> steps, const std::string& id);

} // namespace murphy::diagnose
