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

private:
  std::array<std::uint8_t, 256> class_of_{}; // bytes that no word holds are all of class 0
  std::size_t classes_ = 1;
  std::vector<std::uint32_t> next_;              // state * classes_ + class
  std::vector<std::vector<std::uint32_t>> ends_; // by state: the words that end there
};

} // namespace murphy::diagnose
