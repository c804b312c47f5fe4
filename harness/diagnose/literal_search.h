// Which of many words stand in a text, in one pass (Aho and Corasick, "Efficient string matching", CACM 18(6), 1975).
#pragma once

#include <array>
#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

namespace murphy::diagnose {

class LiteralSearch {
public:
  // Words are compared with ASCII letters folded; they are numbered from 0.
  explicit LiteralSearch(const std::vector<std::string>& words);
  // Calls `found(word, end)` for each occurrence, in the order of where they end; `end` is one past it.
  void each(std::string_view text, const std::function<void(std::size_t word, std::size_t end)>& found) const;

  // Whether one of them stands in it.
  bool any(std::string_view text) const;

private:
  static constexpr std::uint32_t ends_here = 1U << 31; // set in a transition to a state in which words end

  std::array<std::uint8_t, 256> class_of_{}; // bytes that no word holds are all of class 0
  unsigned shift_ = 0;                       // a state's transitions are a row of 2^shift_
  std::vector<std::uint32_t>
      next_; // state << shift_ | class; the states near to the root, which most text stays in, first
  std::vector<std::vector<std::uint32_t>> ends_; // by state: the words that end there
};

} // namespace murphy::diagnose
