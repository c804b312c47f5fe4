// The regressions of the example app, and what it means that Murphy catches one.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace murphy::end_to_end {

// The names of the folders of those that show on this database engine, "sqlite" or "postgresql", sorted.
std::vector<std::string> regressions(std::string_view engine);

// Runs the scenario that the regression's folder names, on the app with the regression laid over it and started with
// `environment`; expects that it fails at the step that the folder names, for a reason that is shown, that the likely
// cause is the one that the folder names, and that no password is shown. Where the folder says what rule of a field
// is broken, the matrix has to say the same, and nothing else may be broken.
void expect_caught(const std::string& regression, const std::map<std::string, std::string>& environment = {});

} // namespace murphy::end_to_end
