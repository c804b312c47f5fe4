// A whole run: brings the target up, runs the planned cases, takes it down, and emits everything as events.
#pragma once

#include "record/event.h"
#include "run/plan/plan.h"
#include "run/shared/run_settings.h"

namespace murphy::run {

// Runs the plan and emits its events, RunStarted first and RunFinished last, one at a time. Ends early, leaving cases
// not run, when the target cannot be started, dies, or `stop` is requested. Blocks until all is over.
void run(const Plan& plan, RunSettings settings, const record::EventSink& emit);

} // namespace murphy::run
