// The regressions of the example app, and what it means that Murphy catches one.
#pragma once

#include <map>
#include <string>
#include <vector>

namespace murphy::end_to_end {

std::vector<std::string> regressions(); // the names of their folders, sorted

// Runs the scenario that the regression's folder names, on the app with the regression laid over it and started with
// `environment`; expects that it fails at the step that the folder names, for a reason that is shown, and that no
// password is.
void expect_caught(const std::string& regression, const std::map<std::string, std::string>& environment = {});

} // namespace murphy::end_to_end
