// What browsers take a file for before they send it: they go by its name.
#pragma once

#include <string_view>

namespace murphy::web {

// The media type of a file of this name, as Chromium has it; "application/octet-stream" for an extension it does not
// know.
std::string_view file_type(std::string_view name);

// Whether a file of this name may be chosen where the field says `accept` (WHATWG HTML, 4.10.5.1.17): it names the
// extension, the type, or all images, sounds or videos. Where the type is not known, only extensions decide.
bool is_accepted(std::string_view name, std::string_view accept);

} // namespace murphy::web
