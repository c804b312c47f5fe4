// Captures: values read off an answer for later steps. Pure.
#pragma once

#include "record/result.h"
#include "run/shared/observation.h"

#include <expected>
#include <string>
#include <string_view>
#include <vector>

namespace murphy::run {

// The captured text, or the failure that says what was not there and what was.
std::expected<std::string, record::Failure> capture(const scenario::Capture& capture, const Observation& seen);

// What of a captured text has to be hidden from now on: all of a cookie, and of what its name, the name it was found
// under or its look says is a token; of an address the parts of its path that look like one. They look into `captured`.
std::vector<std::string_view> tokens_of(const scenario::Capture& capture, std::string_view captured);

} // namespace murphy::run
