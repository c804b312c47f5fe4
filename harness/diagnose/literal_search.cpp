#include "diagnose/literal_search.h"

#include "base/text.h"

#include <deque>

namespace murphy::diagnose {

LiteralSearch::LiteralSearch(const std::vector<std::string>& words) {
  for (const std::string& word : words) {
    for (const char c : ascii_lower(word)) {
      std::uint8_t& class_of = class_of_[static_cast<unsigned char>(c)];
      if (class_of == 0) class_of = static_cast<std::uint8_t>(classes_++);
    }
  }
  for (int c = 'A'; c <= 'Z'; ++c)
    class_of_[static_cast<std::size_t>(c)] = class_of_[static_cast<std::size_t>(c - 'A' + 'a')];

  // The tree of the words.
  next_.assign(classes_, 0);
  ends_.emplace_back();
  for (std::size_t number = 0; number < words.size(); ++number) {
    std::uint32_t state = 0;
    for (const char c : words[number]) {
      const std::size_t at = state * classes_ + class_of_[static_cast<unsigned char>(c)];
      if (next_[at] == 0) {
        next_[at] = static_cast<std::uint32_t>(ends_.size());
        next_.resize(next_.size() + classes_, 0);
        ends_.emplace_back();
      }
      state = next_[at];
    }
    if (state != 0) ends_[state].push_back(static_cast<std::uint32_t>(number));
  }

  // Failure links, breadth first, folded into the transitions.
  std::vector<std::uint32_t> fail(ends_.size(), 0);
  std::deque<std::uint32_t> queue;
  for (std::size_t c = 0; c < classes_; ++c)
    if (next_[c] != 0) queue.push_back(next_[c]);
  while (!queue.empty()) {
    const std::uint32_t state = queue.front();
    queue.pop_front();
    const auto& shorter = ends_[fail[state]];
    ends_[state].insert(ends_[state].end(), shorter.begin(), shorter.end());
    for (std::size_t c = 0; c < classes_; ++c) {
      std::uint32_t& to = next_[state * classes_ + c];
      const std::uint32_t otherwise = next_[fail[state] * classes_ + c];
      if (to == 0) {
        to = otherwise;
      } else {
        fail[to] = otherwise;
        queue.push_back(to);
      }
    }
  }
}

void LiteralSearch::each(std::string_view text,
                         const std::function<void(std::size_t word, std::size_t end)>& found) const {
  std::uint32_t state = 0;
  for (std::size_t i = 0; i < text.size(); ++i) {
    state = next_[state * classes_ + class_of_[static_cast<unsigned char>(text[i])]];
    for (const std::uint32_t word : ends_[state]) found(word, i + 1);
  }
}

} // namespace murphy::diagnose
