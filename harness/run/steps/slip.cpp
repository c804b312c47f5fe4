#include "run/steps/slip.h"

#include "base/near_words.h"
#include "base/nearest.h"
#include "base/slip_of_word.h"
#include "base/text.h"
#include "base/work_limit.h"

#include <algorithm>
#include <chrono>
#include <cstddef>
#include <iterator>

namespace murphy::run {
namespace {

constexpr std::size_t shortest = 6; // words with fewer letters differ by one and mean other things

std::u32string letters_of(std::string_view word) {
  std::u32string letters;
  while (!word.empty()) letters += next_code_point(word);
  return letters;
}

bool is_letter_of_word(char32_t c) { return c >= 0x80 || is_letter(static_cast<char>(c)); }

bool has_one_more(const std::u32string& longer, const std::u32string& shorter) {
  const auto differs = std::ranges::mismatch(longer, shorter);
  const std::size_t at = static_cast<std::size_t>(differs.in1 - longer.begin());
  return is_letter_of_word(longer[at]) && longer.substr(at + 1) == shorter.substr(at);
}

bool has_two_swapped(std::u32string left, const std::u32string& right) {
  const auto at = std::ranges::mismatch(left, right).in1;
  if (at == left.end() || at + 1 == left.end()) return false;
  if (!is_letter_of_word(*at) || !is_letter_of_word(*(at + 1))) return false;
  std::iter_swap(at, at + 1);
  return left == right;
}

bool is_of_name(char c) { return is_alphanumeric(c) || c == '-' || c == '_'; }

// Every name that a selector may be made of, each once.
std::vector<std::string> names_on(const drive::Page& page) {
  std::vector<std::string> names = page.attribute_words();
  std::erase_if(names, [](const std::string& each) { return !std::ranges::all_of(each, is_of_name); });
  return names;
}

// The selector with one of its names that the page does not have replaced by one that it has, as `meant` chooses; each
// of them selects something on the page.
std::vector<std::string> respelled(std::string_view css, const drive::Page& page,
                                   std::vector<std::string> (*meant)(const std::string& name,
                                                                     const std::vector<std::string>& names)) {
  std::vector<std::string> found;
  const std::vector<std::string> names = names_on(page);
  for (std::size_t at = 0; at < css.size();) {
    std::size_t end = at;
    while (end < css.size() && is_of_name(css[end])) ++end;
    if (end == at) {
      ++at;
      continue;
    }
    const std::string name(css.substr(at, end - at));
    for (const std::string& there : contains(names, name) ? std::vector<std::string>() : meant(name, names)) {
      std::string respelled = std::string(css.substr(0, at)) + there + std::string(css.substr(end));
      const auto selected = page.select(respelled);
      if (selected && !selected->empty()) found.push_back(std::move(respelled));
    }
    at = end;
  }
  return found;
}

bool is_same_but_for_a_slip(std::string_view name, std::string_view there) {
  return words_of_name(name) == words_of_name(there) || is_slip_of_fingers(name, there);
}

} // namespace

bool is_slip(std::string_view wanted, std::string_view there) {
  const std::u32string left = letters_of(wanted), right = letters_of(there);
  if (std::min(left.size(), right.size()) < shortest || left == right) return false;
  if (left.front() != right.front() || left.back() != right.back()) return false;
  if (left.size() == right.size() + 1) return has_one_more(left, right);
  if (right.size() == left.size() + 1) return has_one_more(right, left);
  return left.size() == right.size() && has_two_swapped(left, right);
}

std::string slipped_words(std::string_view wanted, std::string_view text) {
  const std::string wanted_line = collapse_white_space(wanted), line = collapse_white_space(text);
  const std::vector<std::string_view> wanted_words = split(wanted_line, ' '), words = split(line, ' ');
  for (std::size_t at = 0; at + wanted_words.size() <= words.size(); ++at) {
    int slips = 0, others = 0;
    for (std::size_t i = 0; i < wanted_words.size() && slips < 2 && others == 0; ++i) {
      const std::string_view left = bare_word(wanted_words[i]), right = bare_word(words[at + i]);
      if (left == right) continue;
      ++(is_slip(left, right) ? slips : others);
    }
    if (slips != 1 || others > 0) continue;
    std::vector<std::string> found(words.begin() + static_cast<std::ptrdiff_t>(at),
                                   words.begin() + static_cast<std::ptrdiff_t>(at + wanted_words.size()));
    found.front() = std::string(bare_word(found.front()));
    found.back() = std::string(bare_word(found.back()));
    return join(found, " ");
  }
  return {};
}

std::vector<std::string> slipped_selectors(std::string_view css, const drive::Page& page) {
  return respelled(css, page, [](const std::string& name, const std::vector<std::string>& names) {
    std::vector<std::string> slipped;
    std::ranges::copy_if(names, std::back_inserter(slipped),
                         [&](const std::string& there) { return is_slip(name, there); });
    return slipped;
  });
}

void for_a_while(const std::function<void()>& suggest) {
  const WorkLimit limit(std::chrono::seconds(1), {});
  try {
    suggest();
  } catch (const WorkEnded&) {
    // The step has ended as it has.
  }
}

std::optional<std::string> near_selector(std::string_view css, const drive::Page& page) {
  const std::vector<std::string> found =
      respelled(css, page, [](const std::string& name, const std::vector<std::string>& names) {
        std::vector<std::string> near = nearest(name, names);
        std::erase_if(near, [&](const std::string& there) { return !is_same_but_for_a_slip(name, there); });
        return near;
      });
  return found.size() == 1 ? std::optional(found.front()) : std::nullopt;
}

} // namespace murphy::run
