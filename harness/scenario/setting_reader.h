// Reads what a project file says of a value that may stand elsewhere: text, { env = "NAME" } or { file = "path" }.
#pragma once

#include "scenario/reading.h"

#include <optional>
#include <string>
#include <string_view>

namespace murphy::scenario {

// `what` names it in errors ("a property"); the path of a file is below `directory` unless it is absolute. None when it
// had errors.
std::optional<Setting> read_setting(Reading& reading, const Entry& at, std::string_view what,
                                    const std::string& directory, Context& context);

// The same for what stands outside every scenario: text without references; a file is below the folder of the document.
std::optional<Setting> read_literal_setting(Reading& reading, const Entry& at, std::string_view what);

} // namespace murphy::scenario
