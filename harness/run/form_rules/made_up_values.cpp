#include "run/form_rules/made_up_values.h"

#include "base/label.h"
#include "base/sign_in_words.h"
#include "base/text.h"
#include "run/form_rules/trial_values.h"
#include "scenario/field_rules.h"

#include <algorithm>
#include <array>

namespace murphy::run {
namespace {

enum class Meaning {
  text,
  email,
  url,
  user_name,
  person,
  one_name,
  phone,
  postcode,
  street,
  city,
  country,
  organization,
  age,
  birthday
};

struct Sign {
  Meaning meaning;
  std::string_view token; // of autocomplete
  std::string_view part;  // of the field's name or label
};

// More specific ones first.
constexpr auto signs = std::to_array<Sign>({
    {Meaning::email, "email", "email"},
    {Meaning::email, "", "e-mail"},
    {Meaning::user_name, "username", "username"},
    {Meaning::user_name, "nickname", "nickname"},
    {Meaning::user_name, "", "user_name"},
    {Meaning::user_name, "", "user name"},
    {Meaning::user_name, "", "login"},
    {Meaning::user_name, "", "handle"},
    {Meaning::user_name, "", "slug"},
    {Meaning::user_name, "", "benutzer"},
    {Meaning::user_name, "", "usuario"},
    {Meaning::user_name, "", "utilisateur"},
    {Meaning::user_name, "", "pseudo"},
    {Meaning::one_name, "given-name", "first_name"},
    {Meaning::one_name, "family-name", "last_name"},
    {Meaning::one_name, "additional-name", "firstname"},
    {Meaning::one_name, "", "lastname"},
    {Meaning::one_name, "", "first name"},
    {Meaning::one_name, "", "last name"},
    {Meaning::one_name, "", "surname"},
    {Meaning::phone, "tel", "phone"},
    {Meaning::phone, "tel-national", "mobile"},
    {Meaning::postcode, "postal-code", "postcode"},
    {Meaning::postcode, "", "postal"},
    {Meaning::postcode, "", "zip"},
    {Meaning::postcode, "", "plz"},
    {Meaning::street, "street-address", "street"},
    {Meaning::street, "address-line1", "address"},
    {Meaning::city, "address-level2", "city"},
    {Meaning::city, "", "town"},
    {Meaning::country, "country-name", "country"},
    {Meaning::organization, "organization", "company"},
    {Meaning::birthday, "bday", "birthday"},
    {Meaning::birthday, "", "date_of_birth"},
    {Meaning::url, "url", "website"},
    {Meaning::url, "", "homepage"},
    {Meaning::person, "name", "full_name"},
});

Meaning meaning_of(const drive::FormField& field) {
  for (const Sign& sign : signs)
    if (!sign.token.empty() && field.autocomplete == sign.token) return sign.meaning;
  std::vector<std::string> names{ascii_lower(last_part(field.name))};
  for (const std::string& label : field.labels) names.push_back(ascii_lower(label));
  for (const std::string& name : names) {
    if (name == "age") return Meaning::age;
    for (const Sign& sign : signs)
      if (name.contains(sign.part)) return sign.meaning;
  }
  return Meaning::text;
}

std::string capitalized(std::string word) {
  if (!word.empty()) word.front() = ascii_upper(word.substr(0, 1)).front();
  return word;
}

std::string text_of(Meaning meaning, Fresh& fresh) {
  const auto digit = [&] { return std::string(1, fresh.like('1')); };
  switch (meaning) {
  case Meaning::email: return fresh.word(10) + "@example.com";
  case Meaning::url: return "https://example.com/" + fresh.word(8);
  case Meaning::user_name: return fresh.word(10);
  case Meaning::one_name: return capitalized(fresh.word(8));
  case Meaning::person: return capitalized(fresh.word(6)) + " " + capitalized(fresh.word(8));
  // The numbers from 0100 to 0199 are nobody's.
  case Meaning::phone: return "+1 212 555 01" + digit() + digit();
  case Meaning::postcode: return "1" + digit() + digit() + digit() + digit();
  case Meaning::street: return "12 " + capitalized(fresh.word(8)) + " Street";
  case Meaning::city: return capitalized(fresh.word(8));
  case Meaning::country: return "Germany";
  case Meaning::organization: return capitalized(fresh.word(8)) + " Ltd";
  case Meaning::age: return "3" + digit();
  case Meaning::birthday: return "1990-01-31";
  case Meaning::text: break;
  }
  return "Murphy " + fresh.word(9);
}

// The first try; letters, figures and codes are next where that does not fit.
std::vector<std::string> candidates(const drive::FormField& field, const scenario::FieldRules* rules, Fresh& fresh) {
  const std::string type = value_type(field, rules);
  const auto lengths = lengths_of(field, rules);
  std::vector<std::string> all;
  const auto add = [&](const std::string& text) {
    const auto& [least, most] = lengths;
    const std::size_t length = utf16_length(text);
    const std::size_t wanted = least && length < *least ? *least : most && length > *most ? *most : length;
    if (wanted == length) return all.push_back(text);
    if (auto fitting = stretched(type, text, wanted, fresh)) all.push_back(std::move(*fitting));
  };
  if (type == "email") return add(text_of(Meaning::email, fresh)), all;
  if (type == "url") return add(text_of(Meaning::url, fresh)), all;
  // Each kind of character is among its first: a short one has them, too.
  if (is_password_type(field.type)) {
    add("Qx7-" + fresh.word(12));
    add("Qx7" + fresh.word(13));
  } else {
    add(field.type == "tel" ? text_of(Meaning::phone, fresh) : text_of(meaning_of(field), fresh));
  }
  add(fresh.word(9));
  add(capitalized(fresh.word(9)));
  add(ascii_upper(fresh.word(9)));
  for (const char* model :
       {"1111", "11111", "111111", "111111111", "A1111", "AA1111", "AAA111", "AA", "aa1111", "111-111"}) {
    std::string code;
    for (const char* c = model; *c != '\0'; ++c) code += fresh.like(*c);
    add(code);
  }
  return all;
}

std::string in_range(const std::string& type, const std::string& min, const std::string& max) {
  if (!min.empty()) return min;
  if (!max.empty()) return max;
  if (type == "date") return "2000-01-31";
  if (type == "time") return "12:00";
  if (type == "month") return "2026-01";
  if (type == "week") return "2026-W01";
  if (type == "datetime-local") return "2026-01-31T12:00";
  return "1";
}

} // namespace

std::optional<std::string> made_up_value(const drive::FormField& field, const scenario::FieldRules* rules,
                                         Fresh& fresh) {
  const std::string type = value_type(field, rules);
  const auto fits = [&](const std::string& value) {
    return (!field.allows || field.allows(value) != drive::Allowed::no) &&
           (rules == nullptr || scenario::broken_rule(*rules, value).empty());
  };
  std::vector<std::string> tries;
  if (scenario::has_range(type)) {
    tries = {in_range(type, rules != nullptr && !rules->min.empty() ? rules->min : field.min,
                      rules != nullptr && !rules->max.empty() ? rules->max : field.max)};
  } else if (type == "color") {
    tries = {"#336699"};
  } else {
    tries = candidates(field, rules, fresh);
  }
  const auto found = std::ranges::find_if(tries, fits);
  if (found == tries.end()) return std::nullopt;
  return *found;
}

} // namespace murphy::run
