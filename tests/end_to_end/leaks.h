// Secrets searched for in what was shown and written.
#pragma once

#include <string>
#include <utility>
#include <vector>

namespace murphy::end_to_end {

struct Needle {
  std::string what; // whose it is, for the message
  std::string text;
};

// What was shown or written, each with a name for it.
using Outputs = std::vector<std::pair<std::string, std::string>>;

// Every spelling of a text, by the standard library of another language (servers/spellings.py).
std::vector<Needle> spellings_of(const std::string& what, const std::string& text);

bool holds_any(const std::string& text, const std::vector<Needle>& needles);

// Fails the test for every needle in an output, and shows where.
void expect_nowhere(const Outputs& outputs, const std::vector<Needle>& needles);

} // namespace murphy::end_to_end
