// Lines that a CI system takes for commands when they stand in the log of a job: GitHub and its kin `::error::text` at
// the beginning of a line, Azure Pipelines, TeamCity and older GitHub runners `##vso[…]`, `##teamcity[…]` and `##[…]`
// anywhere in it.
#pragma once

#include <string>
#include <string_view>

namespace murphy {

// The text with a space inside of what would be a command: `## vso[…]`, `: :error::text`. Everything else stays, such
// as `std::string`, and so does a text this was done to before.
std::string without_commands(std::string_view text);

// JSON whose strings hold the same text, and that neither commands a log nor steers a terminal: those characters are
// escaped, as are those that base/text.h makes visible.
std::string json_without_commands(std::string_view json);

} // namespace murphy
