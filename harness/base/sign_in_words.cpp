#include "base/sign_in_words.h"

#include "base/text.h"

#include <algorithm>
#include <initializer_list>

namespace murphy {
namespace {

bool has_any(std::string_view text, std::initializer_list<std::string_view> words) {
  const std::string lower = ascii_lower(text);
  return std::ranges::any_of(words, [&](std::string_view word) { return lower.contains(word); });
}

} // namespace

bool is_password_type(std::string_view type) { return equal_ignoring_ascii_case(type, "password"); }

bool names_a_password(std::string_view name) { return has_any(name, {"password", "passwd", "passphrase"}); }

bool names_a_secret(std::string_view name) {
  return names_a_password(name) || has_any(name, {"totp", "secret", "token"});
}

bool names_a_session(std::string_view name) {
  return has_any(name, {"session", "sesion"}) || equal_ignoring_ascii_case(name, "sess");
}

bool says_locked(std::string_view words) {
  return has_any(words, {"too many", "locked", "lockout", "wait a while", "temporarily", "try again later",
                         "try again in", "attempts", "rate limit"});
}

} // namespace murphy
