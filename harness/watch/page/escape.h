// Text as HTML, XML and their attributes hold it. Pure.
#pragma once

#include <string>
#include <string_view>

namespace murphy::watch {

// On one line, with nothing in it that steers.
std::string escaped(std::string_view text);

} // namespace murphy::watch
