#include "base/slip_of_word.h"

#include "base/text.h"

#include <algorithm>
#include <string>

namespace murphy {

namespace {

// The word without the ending that makes another form of it: "registered", "handlers", "sessions". Empty where it has
// none.
std::string_view without_ending(std::string_view word) {
  constexpr std::size_t shortest_stem = 3;
  for (const std::string_view ending : {"ings", "ing", "ers", "er", "ed", "es", "s"})
    if (word.size() >= shortest_stem + ending.size() && word.ends_with(ending) && !word.ends_with("ss"))
      return word.substr(0, word.size() - ending.size());
  return {};
}

} // namespace

bool are_forms_of_a_word(std::string_view word, std::string_view right) {
  const std::string one = ascii_lower(word), other = ascii_lower(right);
  const std::string_view stem = without_ending(one);
  if (stem.empty()) return false;
  return other == stem || (other.starts_with(stem) && other.substr(stem.size()) == "e") ||
         without_ending(other) == stem;
}

bool is_slip_of_fingers(std::string_view word, std::string_view right) {
  std::string slipped = ascii_lower(word), meant = ascii_lower(right);
  constexpr std::size_t unmistakable = 7; // letters: so long a word is near no other one by chance
  if (slipped.size() == meant.size() && slipped.size() >= unmistakable) return true;
  if (slipped.size() != meant.size()) return !slipped.ends_with(meant) && !meant.ends_with(slipped);
  std::ranges::sort(slipped);
  std::ranges::sort(meant);
  return slipped == meant;
}

} // namespace murphy
