#include "init/words.h"

#include "base/label.h"
#include "base/text.h"
#include "base/whole_word.h"
#include "init/embedded.h"

#include <algorithm>
#include <array>
#include <map>
#include <string>
#include <utility>
#include <vector>

namespace murphy::init {
namespace {

constexpr std::array<std::pair<std::string_view, Role>, 9> roles = {{{"user", Role::user},
                                                                     {"user_or_email", Role::user_or_email},
                                                                     {"email", Role::email},
                                                                     {"sign_in", Role::sign_in},
                                                                     {"sign_out", Role::sign_out},
                                                                     {"forgot", Role::forgot},
                                                                     {"sign_up", Role::sign_up},
                                                                     {"locked", Role::locked},
                                                                     {"code", Role::code}}};

using WordsByRole = std::map<Role, std::vector<std::string>>;

WordsByRole read_words() {
  WordsByRole words;
  for (const std::string_view line : split(embedded_words, '\n')) {
    const auto columns = split(line, '\t');
    if (line.starts_with('#') || columns.size() < 3) continue;
    const auto role = std::ranges::find(roles, columns[1], &std::pair<std::string_view, Role>::first);
    if (role != roles.end()) words[role->second].push_back(comparable(columns[2]));
  }
  return words;
}

// Letters of other scripts are no part of a word here: many of them write no space between words.
bool is_part_of_word(char c) { return is_alphanumeric(c); }

} // namespace

Says says(Role role, std::string_view text) {
  static const WordsByRole known = read_words();
  const std::string folded = comparable(text);
  Says best = Says::nothing;
  for (const std::string& word : known.at(role)) {
    if (folded == word) return Says::wholly;
    if (has_whole_word(folded, word, is_part_of_word)) best = Says::in_part;
  }
  return best;
}

} // namespace murphy::init
