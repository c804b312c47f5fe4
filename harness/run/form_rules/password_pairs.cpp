#include "run/form_rules/password_pairs.h"

#include "base/label.h"
#include "base/sign_in_words.h"
#include "base/text.h"

#include <algorithm>
#include <array>
#include <string>

namespace murphy::run {
namespace {

template <std::size_t size>
bool is_called(const drive::FormField& field, const std::array<std::string_view, size>& parts) {
  std::vector<std::string> names{ascii_lower(field.name)};
  for (const std::string& label : field.labels) names.push_back(fold_case(label));
  return std::ranges::any_of(names, [&](const std::string& name) {
    return std::ranges::any_of(parts, [&](std::string_view part) { return name.contains(part); });
  });
}

bool is_of_before(const drive::FormField& field) {
  static constexpr auto words = std::to_array<std::string_view>(
      {"current",   "old",    "existing",  "present",  "previous", "alte",   "aktuell", "bisherig", "actuel",
       "ancien",    "actual", "antigu",    "anterior", "attuale",  "vecchi", "atual",   "huidig",   "oude",
       "nuvarande", "nåvær",  "nuværende", "текущ",    "стар",     "поточн", "obecn",   "stare",    "aktuáln",
       "mevcut",    "eski",   "الحالي",    "القديم",   "הנוכחי",   "現在",   "当前",    "旧",       "현재"});
  if (field.autocomplete == "current-password") return true;
  return field.autocomplete != "new-password" && is_called(field, words);
}

bool repeats(const drive::FormField& field) {
  static constexpr auto words = std::to_array<std::string_view>(
      {"confirm", "repeat",  "again",     "retype",    "re-enter", "reenter", "verif",     "repetir",
       "repita",  "répét",   "confirmar", "wiederhol", "bestätig", "herhaal", "bevestig",  "conferma",
       "ripeti",  "gjenta",  "gentag",    "upprepa",   "bekräfta", "powtórz", "potwierdź", "tekrar",
       "повтор",  "подтвер", "підтвер",   "تأكيد",     "אימות",    "確認",    "确认",      "확인"});
  return is_called(field, words);
}

} // namespace

PasswordFields password_fields(const std::vector<drive::FormField>& fields) {
  std::vector<std::size_t> passwords;
  for (std::size_t i = 0; i < fields.size(); ++i)
    if (is_password_type(fields[i].type) && fields[i].barred.empty() && !fields[i].is_trap) passwords.push_back(i);
  PasswordFields found;
  if (passwords.size() < 2) return found;
  const auto at = [&](std::size_t n) -> const drive::FormField& { return fields[passwords[n]]; };
  std::size_t next = 0;
  // Of three, the first is that of before, whatever its language calls it.
  const bool has_rules = at(0).min_length || at(0).max_length || !at(0).pattern.empty();
  const bool is_bare_before_ruled = !has_rules && at(1).min_length && !repeats(at(1));
  const bool first_is_before = is_of_before(at(0)) ||
                               (passwords.size() > 2 && at(0).autocomplete != "new-password" && !repeats(at(1))) ||
                               (is_bare_before_ruled && at(0).autocomplete != "new-password");
  if (first_is_before) found.current = passwords[next++];
  found.chosen = passwords[next++];
  if (next < passwords.size() && !is_of_before(at(next))) found.repeated = passwords[next];
  // The password of before may come last, too: to confirm what was changed.
  if (!found.current && next < passwords.size() && is_of_before(at(passwords.size() - 1)))
    found.current = passwords.back();
  return found;
}

} // namespace murphy::run
