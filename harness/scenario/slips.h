// What is valid TOML and no error, and yet hardly what was meant: references in the notation of other tools.
#pragma once

#include "base/error.h"
#include "scenario/model.h"

#include <string>
#include <string_view>

namespace murphy::scenario {

// A warning for each `$ada.email` and `{{…}}` in the text of a file; comments are passed over. Of a project file, the
// text with its secrets masked: the lines are shown.
Errors slips(const std::string& file, std::string_view text, const Project& project);

} // namespace murphy::scenario
