#include "diagnose/literal_search.h"

#include "base/text.h"

#include <bit>

namespace murphy::diagnose {

LiteralSearch::LiteralSearch(const std::vector<std::string>& words) {
  std::size_t classes = 1;
  for (const std::string& word : words) {
    for (const char c : ascii_lower(word)) {
      std::uint8_t& class_of = class_of_[static_cast<unsigned char>(c)];
      if (class_of == 0) class_of = static_cast<std::uint8_t>(classes++);
    }
  }
  for (int c = 'A'; c <= 'Z'; ++c)
    class_of_[static_cast<std::size_t>(c)] = class_of_[static_cast<std::size_t>(c - 'A' + 'a')];

  // The tree of the words; 0, the root, is no state that follows another.
  std::vector<std::uint32_t> child(classes, 0); // state * classes + class
  std::vector<std::vector<std::uint32_t>> ends(1);
  for (std::size_t number = 0; number < words.size(); ++number) {
    std::uint32_t state = 0;
    for (const char c : words[number]) {
      const std::size_t at = state * classes + class_of_[static_cast<unsigned char>(c)];
      if (child[at] == 0) {
        child[at] = static_cast<std::uint32_t>(ends.size());
        child.resize(child.size() + classes, 0);
        ends.emplace_back();
      }
      state = child[at];
    }
    if (state != 0) ends[state].push_back(static_cast<std::uint32_t>(number));
  }

  // Breadth first: the states are numbered anew, and failure links are folded into the transitions.
  shift_ = static_cast<unsigned>(std::bit_width(classes - 1));
  next_.assign(ends.size() << shift_, 0);
  ends_.resize(ends.size());
  std::vector<std::uint32_t> order{0};             // by new number: the state in the tree
  std::vector<std::uint32_t> fail(ends.size(), 0); // by new number
  for (std::uint32_t state = 0; state < order.size(); ++state) {
    const std::size_t row = std::size_t{state} << shift_, shorter = std::size_t{fail[state]} << shift_;
    ends_[state] = std::move(ends[order[state]]);
    if (state != 0) ends_[state].insert(ends_[state].end(), ends_[fail[state]].begin(), ends_[fail[state]].end());
    for (std::size_t c = 0; c < classes; ++c) {
      const std::uint32_t otherwise = state == 0 ? 0 : next_[shorter | c];
      if (const std::uint32_t to = child[order[state] * classes + c]) {
        next_[row | c] = static_cast<std::uint32_t>(order.size());
        fail[order.size()] = otherwise;
        order.push_back(to);
      } else {
        next_[row | c] = otherwise;
      }
    }
  }
  for (std::uint32_t& to : next_)
    if (!ends_[to].empty()) to |= ends_here;
}

void LiteralSearch::each(std::string_view text,
                         const std::function<void(std::size_t word, std::size_t end)>& found) const {
  std::uint32_t state = 0;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const std::uint32_t to = next_[std::size_t{state} << shift_ | class_of_[static_cast<unsigned char>(text[i])]];
    state = to & ~ends_here;
    if (to & ends_here)
      for (const std::uint32_t word : ends_[state]) found(word, i + 1);
  }
}

bool LiteralSearch::any(std::string_view text) const {
  std::uint32_t to = 0;
  for (const char c : text) {
    to = next_[std::size_t{to} << shift_ | class_of_[static_cast<unsigned char>(c)]];
    if (to & ends_here) return true;
  }
  return false;
}

} // namespace murphy::diagnose
