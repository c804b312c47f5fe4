// What a healthy app writes that looks like an error, so that it is not taken for one.
#pragma once

#include "diagnose/signature.h"

#include <string>
#include <string_view>
#include <vector>

namespace murphy::diagnose {

// A line as it is compared with others: values masked, what changes folded.
std::string baseline_form(std::string_view line);

// The lines of a healthy console that a signature takes, in that form, sorted, each once.
std::vector<std::string> baseline_error_lines(const std::vector<std::string>& console,
                                              const Signatures& signatures = Signatures::built_in());

} // namespace murphy::diagnose
