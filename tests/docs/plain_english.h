// What makes text hard to read for a tired engineer: words of the list below, and sentences of more than 25 words.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace murphy::docs {

// Text that is read in one piece: a paragraph, an item of a list, a cell of a table, one entry of a help text.
struct Passage {
  std::size_t line = 0; // of the page, where it begins
  std::string text;
};

// Without fences; code in backquotes counts as one word.
std::vector<Passage> passages_of_page(std::string_view markdown);
// Of `murphy COMMAND --help`: the names of options are left out.
std::vector<Passage> passages_of_help(std::string_view help);

// The texts of a source: its string literals of more than one word, those that follow each other as one. Not raw ones,
// which hold patterns and examples.
std::vector<Passage> passages_of_source(std::string_view source);

// "told: write "says"" for each word of the list that is in the text.
std::vector<std::string> odd_words(std::string_view text);
// The sentences of a passage that have more than 25 words.
std::vector<std::string> long_sentences(std::string_view text);

} // namespace murphy::docs
