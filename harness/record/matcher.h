// Finds values in a text whatever way they are spelled there.
#pragma once

#include "base/sealed_text.h"

#include <array>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace murphy::record {

// Bytes [begin, end) of a text spell a value learned; `mask` is to stand there.
struct SecretMatch {
  std::size_t begin = 0;
  std::size_t end = 0;
  const std::string* mask = nullptr; // of the matcher
};

// Whether the character is of one of the alphabets of base64; the padding is not.
bool is_base64(char c);

// A set of values, kept sealed: they are searched for without being revealed. Not for changing and searching at once.
class SecretMatcher {
public:
  enum class Alphabet {
    text,
    base64, // `-` is `+`, `_` is `/`, white space between does not count
  };
  explicit SecretMatcher(Alphabet alphabet) : alphabet_(alphabet) {}
  SecretMatcher(const SecretMatcher&) = delete;
  SecretMatcher& operator=(const SecretMatcher&) = delete;

  // Adds a value; one that is there already keeps its mask, and is there once more. `edges` counts the characters
  // before and behind the value that carry bits of it and go with it. The value must not be empty; in base64 it is of
  // the standard alphabet.
  struct Edges {
    bool before = false;
    bool behind = false;
  };
  void add(std::string_view value, const std::string& mask, Edges edges);
  // Takes back one add() of the value, sealed here. It is gone once each of them was taken back.
  void remove(const SealedText& value);

  bool empty() const { return values_.empty(); }

  // Every place where a value of four bytes or more is spelled, the longest for each beginning, by beginning; they may
  // overlap. What lies within another of its own value may be missing. The beginning of a value is found as well where
  // the text was cut behind it: before an ellipsis, and at the end of a text that may have been cut there. `open` is
  // the first place from which on a value may still be spelled when more text follows an end that is open (text.size()
  // if none).
  struct Found {
    std::vector<SecretMatch> matches;
    std::size_t open = 0;
    std::size_t work = 0; // the steps it took
  };
  enum class TextEnd { is_its_own, may_be_a_cut, is_open };
  Found find(std::string_view text, TextEnd end = TextEnd::is_its_own) const;
  // Whether the whole text spells one value: its mask, or null.
  const std::string* whole(std::string_view text) const;

private:
  struct Entry {
    SealedText value;
    std::shared_ptr<const std::string> mask;
    Edges edges;
    std::uint32_t holders = 1;
  };
  struct Search;
  friend struct Search;
  bool may_begin(std::string_view text, std::size_t at, TextEnd end) const;

  Alphabet alphabet_;
  // Sorted by the sealed values: the pad is the same for all, so that a common beginning is a range.
  std::vector<std::unique_ptr<Entry>> values_;
  std::shared_ptr<const std::string> last_mask_; // one value has many spellings
  std::array<std::uint32_t, 257> by_first_{};    // values_ beginning with byte b: [by_first_[b], by_first_[b + 1])
  // How many values begin so, by a hash of their first four bytes; too many to count stay. The system gives the zeros
  // page by page, once something is written there: hardly any of it takes memory.
  struct Freed {
    void operator()(std::uint8_t* memory) const { std::free(memory); }
  };
  static std::unique_ptr<std::uint8_t[], Freed> no_beginnings();
  std::unique_ptr<std::uint8_t[], Freed> beginnings_ = no_beginnings();
};

} // namespace murphy::record
