// --shard INDEX/TOTAL, or what the CI system says of the job.
#pragma once

#include "base/error.h"
#include "reports/console_style.h"

#include <string>

namespace murphy::cli {

struct ShardOption {
  int index = 1; // from 1
  int total = 1;
};

// "3/8", or "auto": by the variables of the CI system, of Kubernetes or of Bazel. Errors: usage; for auto, when none or
// several of them show.
Result<ShardOption> read_shard_option(const std::string& text, const reports::Variable& variable);

} // namespace murphy::cli
