// Compares text with a file of tests/reports/golden/.
#pragma once

#include <string>
#include <string_view>

namespace murphy::reports {

// Fails the test when `text` is not what the golden file holds, showing the first line that differs. With the
// environment variable MURPHY_ACCEPT set the file is written anew: look at the change before you commit it.
void expect_golden(std::string_view text, const std::string& file_name);

} // namespace murphy::reports
