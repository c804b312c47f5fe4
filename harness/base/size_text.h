// A number of bytes, for people.
#pragma once

#include <cstdint>
#include <string>

namespace murphy {

// "512 bytes", "5.2 kB", "43.3 MB": in steps of a thousand.
std::string size_text(std::uint64_t bytes);

} // namespace murphy
