// What this process uses of its machine, for metrics.
#pragma once

#include "watch/metrics.h"

namespace murphy::cli {

// Reads /proc; what cannot be read is 0.
watch::ProcessFigures own_process();

} // namespace murphy::cli
