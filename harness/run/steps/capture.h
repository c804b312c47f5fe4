// Captures: values read off an answer for later steps. Pure.
#pragma once

#include "record/result.h"
#include "run/shared/observation.h"

#include <expected>
#include <string>

namespace murphy::run {

// The captured text, or the failure that says what was not there and what was.
std::expected<std::string, record::Failure> capture(const scenario::Capture& capture, const Observation& seen);

} // namespace murphy::run
