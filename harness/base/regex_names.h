// The names that a regular expression gives its groups.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace murphy {

// Each `(?<name>…)` of a pattern that base/regex.h compiles, with the number of its group, in the order of the names; a
// name that stands twice ((?J)) comes twice. None when the pattern cannot be read.
std::vector<std::pair<std::string, std::size_t>> group_names(std::string_view pattern);

} // namespace murphy
