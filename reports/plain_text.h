// Text of the app under test made fit for a terminal, a log and XML 1.0. Pure functions.
#pragma once

#include <string>
#include <string_view>

namespace murphy::reports {

// The text without ANSI escape sequences (ECMA-48: CSI, OSC and the other strings, two-character escapes), with LF as
// its only line break, tabs as spaces (stops every 8 columns), no white space at its end, and everything else that
// could steer a terminal or that XML 1.0 does not allow made visible or replaced by U+FFFD.
std::string plain_text(std::string_view text);

// The same on one line: white space collapsed.
std::string plain_line(std::string_view text);

} // namespace murphy::reports
