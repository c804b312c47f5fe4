#include "base/nearest.h"

#include "base/text.h"
#include "base/work_limit.h"

#include <algorithm>
#include <cmath>
#include <optional>
#include <unordered_set>
#include <utf8proc.h>

namespace murphy {

namespace {

constexpr double swap_cost = 0.8;
constexpr double neighbouring_key_cost = 0.7;
constexpr std::size_t shortest_name = 4;
constexpr std::size_t shortest_of_few = 2;

using Word = std::u32string;

// A name as words, case folded: "userEmail", "user_email", "USER-EMAIL" and "HTMLUser" give their parts.
std::vector<Word> words_of(std::string_view name) {
  std::u32string letters;
  for (std::string_view rest = name; !rest.empty();) letters += next_code_point(rest);
  const auto is_upper = [](char32_t c) { return utf8proc_isupper(static_cast<utf8proc_int32_t>(c)) != 0; };
  const auto is_lower = [](char32_t c) { return utf8proc_islower(static_cast<utf8proc_int32_t>(c)) != 0; };
  std::vector<Word> words(1);
  for (std::size_t i = 0; i < letters.size(); ++i) {
    const char32_t c = letters[i];
    if (c == U'_' || c == U'-' || c == U' ' || c == U'.') {
      words.emplace_back();
      continue;
    }
    const bool begins_word =
        is_upper(c) && i > 0 && (!is_upper(letters[i - 1]) || (i + 1 < letters.size() && is_lower(letters[i + 1])));
    if (begins_word) words.emplace_back();
    words.back() += static_cast<char32_t>(utf8proc_tolower(static_cast<utf8proc_int32_t>(c)));
  }
  std::erase_if(words, [](const Word& word) { return word.empty(); });
  return words;
}

Word joined(const std::vector<Word>& words) {
  Word all;
  for (const Word& word : words) all += word;
  return all;
}

bool are_neighbouring_keys(char32_t left, char32_t right) {
  // Each row is half a key to the right of the one above it: the key at column c touches c - 1 and c of the row below.
  static constexpr std::u32string_view rows[] = {U"1234567890", U"qwertyuiop", U"asdfghjkl", U"zxcvbnm"};
  struct Key {
    int row;
    int column;
  };
  const auto find = [](char32_t c) -> std::optional<Key> {
    for (int row = 0; row < 4; ++row) {
      const std::size_t column = rows[row].find(c);
      if (column != std::u32string_view::npos) return Key{row, static_cast<int>(column)};
    }
    return std::nullopt;
  };
  auto upper = find(left);
  auto lower = find(right);
  if (!upper || !lower) return false;
  if (upper->row > lower->row) std::swap(upper, lower);
  const int across = lower->column - upper->column;
  if (upper->row == lower->row) return across == 1 || across == -1;
  return lower->row - upper->row == 1 && (across == 0 || across == -1);
}

// Damerau distance in its optimal string alignment form, weighted.
double distance(const Word& left, const Word& right) {
  const std::size_t width = right.size() + 1;
  std::vector<double> before_last(width), last(width), current(width);
  for (std::size_t j = 0; j < width; ++j) last[j] = static_cast<double>(j);
  for (std::size_t i = 1; i <= left.size(); ++i) {
    current[0] = static_cast<double>(i);
    for (std::size_t j = 1; j < width; ++j) {
      const char32_t a = left[i - 1], b = right[j - 1];
      const double replaced = a == b ? 0.0 : are_neighbouring_keys(a, b) ? neighbouring_key_cost : 1.0;
      double best = std::min({last[j] + 1.0, current[j - 1] + 1.0, last[j - 1] + replaced});
      if (i > 1 && j > 1 && a != b && a == right[j - 2] && left[i - 2] == b)
        best = std::min(best, before_last[j - 2] + swap_cost);
      current[j] = best;
    }
    before_last.swap(last);
    last.swap(current);
  }
  return last[width - 1];
}

std::vector<std::string> nearest_from(std::size_t shortest, std::string_view wanted,
                                      const std::vector<std::string>& candidates) {
  const auto sorted = [](std::vector<Word> words) {
    std::ranges::sort(words);
    return words;
  };
  const std::vector<Word> wanted_words = words_of(wanted);
  const Word wanted_letters = joined(wanted_words);
  if (wanted_letters.empty()) return {};

  struct Near {
    double distance;
    std::string name;
  };
  std::vector<std::string> same;
  std::vector<Near> near;
  std::unordered_set<std::string_view> met;
  for (const std::string& candidate : candidates) {
    WorkLimit::count();
    if (!met.insert(candidate).second) continue;
    const std::vector<Word> words = words_of(candidate);
    const Word letters = joined(words);
    if (letters == wanted_letters || sorted(words) == sorted(wanted_words)) {
      same.push_back(candidate);
      continue;
    }
    const std::size_t shorter = std::min(letters.size(), wanted_letters.size());
    if (shorter < shortest) continue;
    const double limit = static_cast<double>(std::clamp<std::size_t>(shorter / 4, 1, 3));
    const std::size_t longer = std::max(letters.size(), wanted_letters.size());
    if (static_cast<double>(longer - shorter) > limit) continue; // as many letters are missing
    const double away = distance(wanted_letters, letters);
    if (away <= limit) near.push_back({away, candidate});
  }

  if (!same.empty()) {
    if (same.size() > 2) same.resize(2);
    return same;
  }
  if (near.empty()) return {};
  std::ranges::stable_sort(near, {}, &Near::distance);
  std::vector<std::string> names{near[0].name};
  if (near.size() > 1 && near[1].distance - near[0].distance < 1.0) names.push_back(near[1].name);
  return names;
}

std::string question(const std::vector<std::string>& names) {
  return names.empty() ? std::string() : "did you mean \"" + join(names, "\" or \"") + "\"?";
}

} // namespace

std::vector<std::string> nearest(std::string_view wanted, const std::vector<std::string>& candidates) {
  return nearest_from(shortest_name, wanted, candidates);
}

std::vector<std::string> nearest_of_few(std::string_view wanted, const std::vector<std::string>& candidates) {
  return nearest_from(shortest_of_few, wanted, candidates);
}

std::string did_you_mean(std::string_view wanted, const std::vector<std::string>& candidates) {
  return question(nearest(wanted, candidates));
}

std::string did_you_mean_of_few(std::string_view wanted, const std::vector<std::string>& candidates) {
  return question(nearest_of_few(wanted, candidates));
}

std::vector<std::string> words_of_name(std::string_view name) {
  std::vector<std::string> words;
  for (const Word& word : words_of(name)) {
    std::string& added = words.emplace_back();
    for (const char32_t c : word) append_utf8(added, c);
  }
  return words;
}

} // namespace murphy
