// Names without the ids in them.
#pragma once

#include <string>
#include <string_view>

namespace murphy {

// A name in which only ids are folded: long runs of digits, hexadecimal ids, and numbers in brackets become 0.
// "password1", "utf8" and "line_2" are names as they are.
std::string folded_name(std::string_view name);

} // namespace murphy
