// Compares what Murphy says with a file that is checked in.
#pragma once

#include <string>
#include <string_view>

namespace murphy {

// Fails the test when `text` is not what the file holds, and shows the first line that differs. `file` is its path
// below tests/. With the environment variable MURPHY_APPROVE set, as scripts/approve sets it, the file is written
// instead.
void expect_golden(std::string_view text, const std::string& file);

} // namespace murphy
