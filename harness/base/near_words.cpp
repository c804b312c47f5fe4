#include "base/near_words.h"

#include "base/html_entities.h"
#include "base/nearest.h"
#include "base/slip_of_word.h"
#include "base/text.h"
#include "base/work_limit.h"

#include <algorithm>
#include <utf8proc.h>
#include <vector>

namespace murphy {

namespace {

// A character with the accents that follow it.
std::string_view next_character(std::string_view& text) {
  const std::string_view before = text;
  next_code_point(text);
  while (!text.empty()) {
    std::string_view behind = text;
    const auto accent = static_cast<utf8proc_int32_t>(next_code_point(behind));
    if (utf8proc_category(accent) != UTF8PROC_CATEGORY_MN) break;
    text = behind;
  }
  return before.substr(0, before.size() - text.size());
}

// As a keyboard has it.
std::string_view typed(std::string_view character) {
  switch (std::string_view rest = character; next_code_point(rest)) {
  case U'‘':
  case U'’':
  case U'‚':
  case U'´':
  case U'`':
  case U'′': return "'";
  case U'“':
  case U'”':
  case U'„':
  case U'«':
  case U'»':
  case U'″': return "\"";
  case U'‐':
  case U'‑':
  case U'–':
  case U'—':
  case U'−': return "-";
  case U'…': return "...";
  default: return character;
  }
}

// A text as it is compared, and which of its own bytes each of those came from.
struct Alike {
  std::string text;
  std::vector<std::size_t> begins, ends; // of the character that a byte belongs to
};

enum class Spaces { kept, left_out };

Alike alike(std::string_view text, Spaces spaces) {
  Alike made;
  for (std::string_view rest = text; !rest.empty();) {
    WorkLimit::count();
    const std::size_t begin = text.size() - rest.size();
    const std::string_view character = next_character(rest);
    if (spaces == Spaces::left_out && character == " ") continue;
    made.text += fold_case(typed(character));
    made.begins.resize(made.text.size(), begin);
    made.ends.resize(made.text.size(), text.size() - rest.size());
  }
  return made;
}

bool is_between_words(std::string_view text, std::size_t at) {
  return at == 0 || at == text.size() || !is_alphanumeric(text[at]) || !is_alphanumeric(text[at - 1]);
}

// What is the same in the text but for the case, marks and, where they are left out, spaces; empty: nothing.
std::string_view written_otherwise(std::string_view wanted, std::string_view text, Extent extent, Spaces spaces) {
  const std::string looked_for = alike(wanted, spaces).text;
  const Alike there = alike(text, spaces);
  constexpr std::size_t shortest = 4;
  if (looked_for.size() < shortest || (extent == Extent::whole && looked_for != there.text)) return {};
  for (std::size_t at = there.text.find(looked_for); at != std::string::npos;
       at = there.text.find(looked_for, at + 1)) {
    const std::size_t begin = there.begins[at], end = there.ends[at + looked_for.size() - 1];
    // Letters of several words make up other words.
    if (spaces == Spaces::kept || (is_between_words(text, begin) && is_between_words(text, end)))
      return text.substr(begin, end - begin);
  }
  return {};
}

std::string in_typed_marks(std::string_view text) {
  std::string plain;
  while (!text.empty()) plain += typed(next_character(text));
  return plain;
}

// The first character that differs, of two texts that are alike.
NearWords with_mark(NearWords near, std::string_view wanted) {
  std::string_view left = wanted, right = near.words;
  while (!left.empty() && !right.empty()) {
    const std::string_view one = next_character(left), other = next_character(right);
    if (one == other) continue;
    if (in_typed_marks(left) == in_typed_marks(right) && left != right) { // others behind it
      near.unlike = Unlike::several;
      break;
    }
    const std::string_view plain_one = typed(one), plain_other = typed(other);
    // "..." is three characters in place of one.
    near.wanted = plain_other.starts_with(one) ? plain_other : one;
    near.there = plain_one.starts_with(other) ? plain_one : other;
    break;
  }
  return near;
}

NearWords told_apart(std::string_view wanted, std::string_view there, Spaces spaces) {
  NearWords near{.words = std::string(there), .unlike = Unlike::several, .wanted = {}, .there = {}};
  const std::string in_clear = without_html_references(wanted);
  const std::string marks = in_typed_marks(wanted), marks_there = in_typed_marks(there);
  if (in_clear == there)
    near.unlike = Unlike::reference;
  else if (spaces == Spaces::left_out)
    near.unlike = Unlike::spaces;
  else if (fold_case(wanted) == fold_case(there) && count_code_points(wanted) == count_code_points(there))
    near.unlike = Unlike::letter_case;
  else if (marks == marks_there)
    near.unlike = Unlike::mark;
  return near.unlike == Unlike::mark ? with_mark(std::move(near), wanted) : near;
}

bool has_digit(std::string_view word) { return std::ranges::any_of(word, is_digit); }

bool may_be_misspelled(std::string_view word, std::string_view there) {
  return !has_digit(word) && !has_digit(there) && is_slip_of_fingers(word, there) &&
         !are_forms_of_a_word(word, there) && !are_forms_of_a_word(there, word);
}

// From the one word of the text to the other.
std::string between(std::string_view text, std::string_view first, std::string_view last) {
  return std::string(text.substr(static_cast<std::size_t>(first.data() - text.data()),
                                 static_cast<std::size_t>(last.data() + last.size() - first.data())));
}

// As many words of the text, one of which is spelled otherwise, or with other marks around them.
std::optional<NearWords> misspelled(std::string_view wanted, std::string_view text, Extent extent) {
  const std::vector<std::string_view> looked_for = split(wanted, ' '), words = split(text, ' ');
  if (looked_for.size() > words.size() || (extent == Extent::whole && looked_for.size() != words.size())) return {};
  const auto all_alike = [](const std::vector<std::string_view>& all) {
    std::vector<std::string> made;
    for (const std::string_view word : all) made.push_back(alike(bare_word(word), Spaces::kept).text);
    return made;
  };
  const std::vector<std::string> wanted_alike = all_alike(looked_for), alike_there = all_alike(words);
  std::optional<NearWords> found;
  for (std::size_t at = 0; at + looked_for.size() <= words.size(); ++at) {
    WorkLimit::count();
    std::size_t unlike = 0, differing = 0;
    for (std::size_t i = 0; i < looked_for.size() && unlike < 2; ++i)
      if (wanted_alike[i] != alike_there[at + i]) {
        ++unlike;
        differing = i;
      }
    if (unlike > 1) continue;
    const std::string_view first = words[at], last = words[at + looked_for.size() - 1];
    if (unlike == 0)
      return NearWords{.words = between(text, first, last), .unlike = Unlike::several, .wanted = {}, .there = {}};
    const std::string_view word = bare_word(looked_for[differing]), there = bare_word(words[at + differing]);
    if (!may_be_misspelled(word, there) || nearest(word, {std::string(there)}).empty()) continue;
    NearWords near{.words = between(text, bare_word(first), bare_word(last)),
                   .unlike = Unlike::word,
                   .wanted = std::string(word),
                   .there = std::string(there)};
    if (found && alike(found->there, Spaces::kept).text != alike(near.there, Spaces::kept).text) return {};
    if (!found) found = std::move(near);
  }
  return found;
}

} // namespace

std::string_view bare_word(std::string_view word) {
  constexpr std::string_view marks = ".,;:!?\"'()";
  const std::size_t begin = word.find_first_not_of(marks);
  if (begin == std::string_view::npos) return word;
  return word.substr(begin, word.find_last_not_of(marks) + 1 - begin);
}

std::optional<NearWords> near_words(std::string_view wanted, std::string_view text, Extent extent) {
  constexpr std::size_t longest = 256U << 10; // bytes
  const std::string words = plain_words(wanted), shown = plain_words(utf8_prefix(text, longest));
  if (extent == Extent::whole ? shown == words : shown.contains(words)) return std::nullopt; // it has them
  const std::string in_clear = plain_words(without_html_references(words));
  for (const Spaces spaces : {Spaces::kept, Spaces::left_out})
    if (const std::string_view there = written_otherwise(in_clear, shown, extent, spaces); !there.empty())
      return told_apart(words, there, spaces);
  return misspelled(in_clear, shown, extent);
}

} // namespace murphy
