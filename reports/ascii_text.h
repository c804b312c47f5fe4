// For consoles that cannot show more than ASCII. Pure.
#pragma once

#include <string>
#include <string_view>

namespace murphy::reports {

// The text with typographic signs as ASCII writes them: quotes, dashes, arrows, dots, spaces. Letters stay as they
// are: words of the app are worth more than their looks.
std::string ascii_text(std::string_view text);

} // namespace murphy::reports
