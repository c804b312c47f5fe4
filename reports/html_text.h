// Pieces of an HTML page. Pure.
#pragma once

#include <string>
#include <string_view>

namespace murphy::reports {

// Text of any source as it may stand between tags and in a quoted attribute: harmless for a terminal first, then `&`,
// `<`, `>` and both quotes as references.
std::string html_text(std::string_view text);
// The same on one line.
std::string html_line(std::string_view text);

// Markup that is to be the value of an attribute, in double quotes: every byte of it stays but NUL.
std::string html_attribute(std::string_view markup);

// The fragment that leads to a scenario, "c-0123456789": the same in every run.
std::string html_id_of_case(std::string_view id);

// <details>: `summary` holds neither links nor buttons; whatever is to be led to is in `body`.
enum class Fold { open, closed };
std::string html_details(std::string_view summary, std::string_view body, Fold fold);

} // namespace murphy::reports
