#include "diagnose/names.h"

#include "base/nearest.h"
#include "base/slip_of_word.h"
#include "base/text.h"
#include "diagnose/embedded.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <map>
#include <set>
#include <utility>

namespace murphy::diagnose {

namespace {

struct UsualNames {
  std::set<std::string> password, user, token, all;
  std::set<std::string> others;       // that are near one of `all`, and no slip of it
  std::vector<std::string> plain;     // of "userid" and "user_id" the first
  std::vector<std::string> separated; // the second
};

const UsualNames& usual_names() {
  static const UsualNames names = [] {
    UsualNames read;
    for (const std::string_view line : split(embedded_usual_names, '\n')) {
      const std::size_t colon = line.find(':');
      if (line.starts_with('#') || colon == std::string_view::npos) continue;
      const std::string_view kind = line.substr(0, colon);
      for (const std::string_view word : split(line.substr(colon + 1), ' ')) {
        if (word.empty()) continue;
        if (kind == "others") {
          read.others.emplace(word);
          continue;
        }
        if (kind == "password") read.password.emplace(word);
        if (kind == "user") read.user.emplace(word);
        if (kind == "token") read.token.emplace(word);
        read.all.emplace(word);
      }
    }
    // "e-mail" and "email" are one name: one of them is offered.
    for (auto* list : {&read.plain, &read.separated}) {
      std::map<std::string, std::string> by_letters;
      for (const std::string& name : read.all) {
        std::string bare = name;
        std::erase_if(bare, [](char c) { return c == '_' || c == '-'; });
        std::string& chosen = by_letters[bare];
        if (chosen.empty() || (name == bare) == (list == &read.plain)) chosen = name;
      }
      for (const auto& [letters, name] : by_letters) list->push_back(name);
    }
    return read;
  }();
  return names;
}

bool is_of_word(char c) { return std::isalpha(static_cast<unsigned char>(c)) != 0 || (c & 0x80) != 0; }

// Where the words of a name stand in it: "userEmail", "user_email" and "users.email" have two.
std::vector<std::pair<std::size_t, std::size_t>> word_spans(std::string_view name) {
  std::vector<std::pair<std::size_t, std::size_t>> spans;
  for (std::size_t i = 0; i < name.size();) {
    if (!is_of_word(name[i])) {
      ++i;
      continue;
    }
    const auto upper = [&](std::size_t at) {
      return at < name.size() && std::isupper(static_cast<unsigned char>(name[at])) != 0;
    };
    std::size_t end = i + 1;
    while (end < name.size() && is_of_word(name[end])) {
      if (upper(end) && (!upper(end - 1) || (end + 1 < name.size() && is_of_word(name[end + 1]) && !upper(end + 1))))
        break;
      ++end;
    }
    spans.emplace_back(i, end - i);
    i = end;
  }
  return spans;
}

// Whether a finger may have slipped from the one word to the other, which is neither another form of it nor another
// word.
bool may_be_slip(std::string_view word, std::string_view right) {
  return !is_word_of_its_own(word) && !are_forms_of_a_word(word, right) && is_slip_of_fingers(word, right);
}

// In capitals where the name has them: "Pasword" is "Password", "findOen" is "findOne", "PASWORD" is "PASSWORD".
std::string in_letters_of(std::string_view name, std::string right) {
  const auto is_small = [](unsigned char c) { return std::islower(c) != 0; };
  if (name.size() > 1 && std::ranges::none_of(name, is_small)) return ascii_upper(right);
  const std::size_t cased = name.size() == right.size() ? name.size() : 1;
  for (std::size_t i = 0; i < cased; ++i)
    if (std::isupper(static_cast<unsigned char>(name[i])) != 0)
      right[i] = static_cast<char>(std::toupper(static_cast<unsigned char>(right[i])));
  return right;
}

} // namespace

FieldRole role_of(std::string_view field) {
  const std::string name = ascii_lower(last_part(field));
  const UsualNames& usual = usual_names();
  if (usual.token.contains(name) || usual.token.contains(ascii_lower(field))) return FieldRole::token;
  if (usual.password.contains(name)) return FieldRole::password;
  if (usual.user.contains(name)) return FieldRole::user;
  // "login_password", "UserEmail": the last word says it.
  const auto spans = word_spans(last_part(field));
  if (spans.size() < 2) return FieldRole::other;
  const std::string last = ascii_lower(last_part(field).substr(spans.back().first, spans.back().second));
  if (last == "csrf" || last == "nonce" || name.contains("csrf") || name.contains("token")) return FieldRole::token;
  if (last.size() > 2 && usual.password.contains(last)) return FieldRole::password;
  if (last.size() > 3 && usual.user.contains(last)) return FieldRole::user;
  return FieldRole::other;
}

bool is_usual(std::string_view name) {
  const UsualNames& usual = usual_names();
  if (usual.all.contains(ascii_lower(name))) return true;
  const auto spans = word_spans(name);
  if (spans.empty()) return false;
  return std::ranges::all_of(
      spans, [&](const auto& span) { return usual.all.contains(ascii_lower(name.substr(span.first, span.second))); });
}

std::string usual_spelling(std::string_view name) {
  const UsualNames& usual = usual_names();
  if (usual.all.contains(ascii_lower(name)) || name.contains('%')) return {};
  // The name as a whole first: "usr_id" is near "user_id", while "usr" alone is too short to say.
  std::string corrected;
  std::size_t copied = 0;
  int slips = 0;
  for (const auto& [begin, size] : word_spans(name)) {
    const std::string word(name.substr(begin, size));
    if (usual.all.contains(ascii_lower(word)) || word.size() < 4) continue;
    const auto near = nearest(word, usual.plain);
    if (near.empty() || near.size() > 1 || !may_be_slip(word, near.front())) continue;
    corrected += std::string(name.substr(copied, begin - copied));
    corrected += in_letters_of(word, near.front());
    copied = begin + size;
    ++slips;
  }
  if (slips == 1) return corrected + std::string(name.substr(copied));
  if (slips > 1) return {};
  // A short word that is no prefix like "g_": "usr_id", "ful_name".
  const auto is_slip = [&](const auto& span) {
    return span.second == 3 && !usual.all.contains(ascii_lower(name.substr(span.first, span.second)));
  };
  if (word_spans(name).size() < 2 || name.contains('.') || std::ranges::none_of(word_spans(name), is_slip)) return {};
  const auto near = nearest(name, name.contains('_') ? usual.separated : usual.plain);
  return near.size() == 1 && ascii_lower(near.front()) != ascii_lower(name) ? in_letters_of(name, near.front())
                                                                            : std::string();
}

bool is_word_of_its_own(std::string_view word) { return usual_names().others.contains(ascii_lower(word)); }

bool is_name_of_setting(std::string_view name) {
  static constexpr std::array<std::string_view, 6> of_server = {"HTTP_",   "REMOTE_", "REQUEST_",
                                                                "SERVER_", "PHP_",    "QUERY_"};
  return name.find('_') != std::string_view::npos && !name.starts_with('_') &&
         std::ranges::none_of(name, [](unsigned char c) { return std::islower(c) != 0; }) &&
         std::ranges::any_of(name, [](unsigned char c) { return std::isupper(c) != 0; }) &&
         std::ranges::none_of(of_server, [&](std::string_view each) { return name.starts_with(each); });
}

} // namespace murphy::diagnose
