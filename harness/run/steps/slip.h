// What the page has that differs by a slip of the hand from what a scenario asks for: what should be absent may then be
// there, and what is missing may be misspelled. Pure.
#pragma once

#include "drive/driver.h"

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace murphy::run {

// Whether `there` is `wanted` but for one slip inside the word: a letter left out, one too many, or two swapped. Both
// have six letters or more, and begin and end alike: an ending makes another word ("error", "errors").
bool is_slip(std::string_view wanted, std::string_view there);

// The words of the text that differ from the wanted ones by a slip in one word; empty where there are none.
std::string slipped_words(std::string_view wanted, std::string_view text);

// The selector with one of its names (of an id, a class, an attribute or its value) replaced by one that the page has
// and that differs by a slip; each of them selects something on the page.
std::vector<std::string> slipped_selectors(std::string_view css, const drive::Page& page);

// Does what only suggests something, for a second of the processor's time at most: what a page makes longer is given
// up, and the step ends as it has.
void for_a_while(const std::function<void()>& suggest);

// The same of a selector that selects nothing, though something should be there: a near name is enough. None where
// several may be meant.
std::optional<std::string> near_selector(std::string_view css, const drive::Page& page);

} // namespace murphy::run
