// What a text has in place of words that it lacks: the same but for how they are written, or with one word misspelled.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace murphy {

enum class Unlike {
  letter_case, //
  mark,        // a quotation mark, a dash or three dots, as a typographer or as a keyboard has them
  reference,   // the wanted words write a character as HTML does: "&amp;"
  spaces,      // "Log in", "Login"
  several,     // of these, or other marks around the words
  word,        // one is misspelled
};

struct NearWords {
  std::string words; // as the text has them
  Unlike unlike = Unlike::word;
  std::string wanted, there; // the mark or word that differs
};

// How much of the text the wanted words have to be.
enum class Extent { part, whole };

// The words of the text that are near the wanted ones; none where there are none, or more than one. Both as people
// read them (plain_words). A number is never near another, nor a short word another. Of a very long text only the
// beginning is looked at.
std::optional<NearWords> near_words(std::string_view wanted, std::string_view text, Extent extent);

// A word of a text without the marks around it, unless it is made of marks alone.
std::string_view bare_word(std::string_view word);

} // namespace murphy
