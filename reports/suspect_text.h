// Why a step did not pass, as people read it.
#pragma once

#include "record/run.h"
#include "reports/text_block.h"

#include <string>
#include <vector>

namespace murphy::reports {

// "Likely cause: the model — column …" of the first suspect that is more than a guess; empty when there is none.
std::string likely_cause(const record::StepResult& step);

// The likeliest suspect with its evidence and what to do, and in one line each who else it may be. Nothing without
// suspects.
void write_suspects(TextBlock& block, const std::vector<record::Suspect>& suspects);

} // namespace murphy::reports
