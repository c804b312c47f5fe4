#include "target/engine_words.h"

#include "base/text.h"

namespace murphy::target {

std::string words_of_engine(std::string_view message) {
  std::string words(message);
  for (const std::string_view own : {"Cannot establish connection to the database.", "Cannot execute query."})
    if (words.starts_with(own)) words.erase(0, own.size());
  if (const std::size_t end = words.find(": "); end != std::string::npos && words.substr(0, end).contains("backend::"))
    words.erase(0, end + 2);
  words = collapse_white_space(words);
  return words.empty() ? "it cannot be opened" : words;
}

} // namespace murphy::target
