// What a scenario wants to be absent, and what the page has that differs from it by one slip of the hand: then its
// absence proves nothing. Pure.
#pragma once

#include "drive/driver.h"

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

} // namespace murphy::run
