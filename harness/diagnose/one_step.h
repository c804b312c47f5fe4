// A failure and the earlier steps that it is about.
#pragma once

#include "record/result.h"

#include <span>
#include <vector>

namespace murphy::diagnose {

// The steps with all the evidence that the last of them brings of earlier ones.
std::vector<record::StepResult> with_whole_evidence(std::span<const record::StepResult> steps);

// The steps until the first that the last is about, and then one step that did all that those and the last one did: as
// if what was expected at last had been expected where the form was submitted. Needs the whole evidence.
std::vector<record::StepResult> as_one_step(std::span<const record::StepResult> steps);

} // namespace murphy::diagnose
