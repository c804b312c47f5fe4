// Patterns of paths, as [gate] has them. Pure.
#pragma once

#include <string>
#include <string_view>

namespace murphy::gate {

// Whether the whole path is of the pattern: `*` is any text within a name, `?` one character of it, `**` any number of
// folders, none included. A pattern that ends with / is all that is below. Every other character means itself.
bool matches(std::string_view pattern, std::string_view path);

// A pattern that is relative to `folder` ("web/"; empty: the top), as seen from the top: "api/**" for "../api/**".
std::string seen_from_top(std::string_view folder, std::string_view pattern);

} // namespace murphy::gate
