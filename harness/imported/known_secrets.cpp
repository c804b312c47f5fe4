#include "imported/known_secrets.h"

#include "base/percent.h"
#include "base/sign_in_words.h"
#include "base/text.h"
#include "imported/secret_fields.h"
#include "imported/sent_json.h"
#include "record/tokens.h"

#include <algorithm>
#include <functional>

namespace murphy::imported {
namespace {

constexpr std::size_t shortest_random = 12; // characters of a run with letters and digits that no person made up
constexpr std::size_t shortest_hexadecimal = 16;

std::size_t hash_of(std::string_view text) { return std::hash<std::string_view>()(text); }

bool is_of_token(char c) { return is_alphanumeric(c) || std::string_view("-_.~%+/=").contains(c); }
bool is_of_word(char c) { return is_alphanumeric(c) || c == '-' || c == '_'; }

// Calls `each` with every longest run of characters that `is` holds for, until it gives back true.
template <class Is, class Each> bool any_run(std::string_view text, Is is, Each each) {
  for (std::size_t at = 0; at < text.size();) {
    std::size_t end = at;
    while (end < text.size() && is(text[end])) ++end;
    if (end > at && each(text.substr(at, end - at))) return true;
    at = end + 1;
  }
  return false;
}

} // namespace

bool KnownSecrets::is_secret(std::string_view name, std::string_view value) {
  const bool is_page_of_list = name == "p"; // as often as it is a password
  return !value.empty() &&
         ((names_a_password(name) && !is_page_of_list) || names_a_code(name) || names_a_secret(name) ||
          record::is_sensitive(name, value) || record::is_unmistakable(name, value));
}

bool KnownSecrets::is_token(std::string_view part) {
  const auto has = [](std::string_view text, bool (*is)(char)) { return std::ranges::any_of(text, is); };
  const auto is_random = [&](std::string_view run) {
    return run.size() >= shortest_random && has(run, is_digit) && has(run, is_letter);
  };
  if (any_run(part, is_alphanumeric, is_random)) return true;
  if (!std::ranges::all_of(part, is_of_token)) return false;
  const bool is_hexadecimal =
      std::ranges::all_of(part, [](char c) { return is_hex_digit(c) || c == '-'; }) && has(part, is_letter);
  if (is_hexadecimal && part.size() >= shortest_hexadecimal && has(part, is_digit)) return true;
  return !has(part, is_digit) && record::is_unmistakable({}, part);
}

bool KnownSecrets::is_clean(std::string_view text) const {
  if (redactor_.redact(text) != text) return false;
  const auto is_known = [this](std::string_view run) { return tokens_.contains(hash_of(run)) || is_token(run); };
  for (const std::string& spelling : {std::string(text), percent_decode(text)})
    if (any_run(spelling, is_of_token, is_known) || any_run(spelling, is_of_word, is_known) ||
        any_run(spelling, is_alphanumeric, is_known))
      return false;
  return true;
}

void KnownSecrets::learn_token(std::string_view name, std::string_view value) {
  if (record::is_unmistakable(name, value)) tokens_.insert(hash_of(value));
}

void KnownSecrets::learn_text(std::string_view text) {
  record::replace_in_text(text, [this](std::string_view name, std::string_view value) {
    learn_token(name, value);
    return std::string();
  });
}

void KnownSecrets::learn_address(std::string_view address) {
  learn_text(address);
  for (const std::string_view part : split(address.substr(0, address.find_first_of("?#")), '/')) {
    const std::string plain = percent_decode(part);
    if (is_token(plain)) learn_token("token", plain);
  }
}

void KnownSecrets::learn_sent(std::string_view name, std::string_view value) {
  learn_token(name, value);
  if (value.empty() || is_switch(value)) return;
  if (is_secret(name, value) || names_a_password(name)) passwords_.emplace(value);
}

void KnownSecrets::learn(const HarEntry& entry) {
  const auto keep = [this](std::string_view name, std::string_view value) {
    learn_token(name, value);
    return std::string();
  };
  learn_address(entry.url);
  for (const auto* headers : {&entry.request_headers, &entry.answer_headers}) {
    for (const record::Header& header : *headers) record::replace_in_header(header, keep);
    learn_address(header_of(*headers, "location"));
    learn_address(header_of(*headers, "referer"));
  }
  for (const auto* cookies : {&entry.request_cookies, &entry.answer_cookies})
    for (const record::Header& cookie : *cookies) learn_token("session", cookie.value);
  for (const PostedField& field : sent_values(entry)) learn_sent(field.name, field.value);
  for (const PostedField& field : entry.sent_fields) learn_sent(field.name, field.value);
  learn_text(entry.sent_text);
  if (!entry.body) return;
  const std::string answer_type = ascii_lower(entry.answer_type);
  if (answer_type.contains("json"))
    for (const PostedField& member : texts_of_json(*entry.body)) learn_token(member.name, member.value);
  else if (answer_type.contains("html"))
    learn_text(*entry.body);
}

void KnownSecrets::finish(std::string_view words_of_pages) {
  const std::string words = fold_case(words_of_pages);
  for (const std::string& password : passwords_) {
    const bool is_word = std::ranges::all_of(password, is_letter) && words.contains(fold_case(password));
    if (!is_word) redactor_.learn_token("password", password);
  }
}

} // namespace murphy::imported
