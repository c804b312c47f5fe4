// What a run recorded of an app that did not come up, or ended, as evidence.
#pragma once

#include "diagnose/evidence.h"
#include "record/event.h"

namespace murphy::diagnose {

// Its console, the last answer of its ready page, and what the run found beside; where it left none of them, why it
// could not be reached. The same for a run and for its journal.
Evidence evidence_of(const record::TargetLost& lost, const record::EvidenceGathered& gathered);

} // namespace murphy::diagnose
