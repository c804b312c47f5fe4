// What Bazel says to a test by its variables, and what it wants to hear
// (https://bazel.build/reference/test-encyclopedia).
#pragma once

#include "cli/exit_code.h"
#include "reports/console_style.h"

#include <string>

namespace murphy::cli {

// The words of --test_filter, which select scenarios as --name does; empty: there are none.
std::string bazel_filter(const reports::Variable& variable);

// Where the app was not there to be tested, or Murphy failed, says so in the file that Bazel names: that is no failure
// of the test. Does nothing outside of Bazel.
void tell_bazel(ExitCode code, const reports::Variable& variable);

} // namespace murphy::cli
