// What a run recorded of a step, as evidence.
#pragma once

#include "diagnose/evidence.h"
#include "record/event.h"

#include <span>

namespace murphy::diagnose {

// The evidence of the last of these steps, together with the requests of the steps of the same case before it: how far
// a sign-in came, all of them show. `id` is the case's, `gathered` what the run found beside. Pages are read as
// text, marks and scripts left out. The same for a run and for its journal: it needs nothing else.
Evidence evidence_of(std::span<const record::StepResult> steps, const std::string& id,
                     const record::EvidenceGathered& gathered);

} // namespace murphy::diagnose
