// Addresses that differ by a slip.
#pragma once

#include <string_view>

namespace murphy {

// Whether two paths without query differ in the spelling of one segment, or in the slash at their end. `*` as a segment
// of the wanted one stands for any. Numbers are never near each other, nor are short names.
bool is_near_path(std::string_view wanted, std::string_view known);

} // namespace murphy
