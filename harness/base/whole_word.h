// Looks for a word as a whole, by the reader's own notion of what words are made of.
#pragma once

#include <string_view>

namespace murphy {

// Whether the text has the word with nothing beside it for which `is_part(char)` holds.
template <class IsPart> bool has_whole_word(std::string_view text, std::string_view word, IsPart is_part) {
  for (std::size_t at = text.find(word); at != std::string_view::npos; at = text.find(word, at + 1)) {
    const std::size_t end = at + word.size();
    if ((at == 0 || !is_part(text[at - 1])) && (end == text.size() || !is_part(text[end]))) return true;
  }
  return false;
}

} // namespace murphy
