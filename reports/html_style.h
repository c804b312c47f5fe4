// The look of the HTML report, and what a script adds to it.
#pragma once

#include <string>
#include <string_view>

namespace murphy::reports {

// The style: inside of the page, and in a file beside it for servers that forbid the style inside.
std::string_view html_style();

// Makes a box to find scenarios with and buttons to copy commands. Without it nothing is missing.
std::string_view html_script();

// "murphy-0123abcd.css": the name changes with the style, so that reports of two versions may lie in one folder.
std::string html_style_name();

} // namespace murphy::reports
