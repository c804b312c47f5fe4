// Text as HTML, XML and their quoted attributes hold it. Pure.
#pragma once

#include <string>
#include <string_view>

namespace murphy {

// `&`, `<`, `>` and both quotes as references; every other byte stays.
std::string escaped_html(std::string_view text);

} // namespace murphy
