#include "imported/written_values.h"

#include "base/label.h"
#include "base/percent.h"
#include "base/text.h"
#include "base/toml_literal.h"
#include "imported/secret_fields.h"

#include <algorithm>
#include <array>

namespace murphy::imported {
namespace {

constexpr std::size_t widest_words = 80;
constexpr std::size_t longest_value = 2000; // bytes

// By which advertisers know their clicks again.
bool counts_clicks(std::string_view name) {
  static constexpr std::array<std::string_view, 6> names = {"fbclid", "gclid", "dclid", "msclkid", "_ga", "_gl"};
  return name.starts_with("utm_") || std::ranges::find(names, name) != names.end();
}

// What a value is, in one word: "otp" of "user[otp]".
std::string property_of(std::string_view name) {
  std::string property;
  for (const char c : last_part(name))
    if (is_alphanumeric(c) || c == '_' || c == '-') property += c;
  return property.empty() ? "value" : property;
}

bool has_three_digits(std::string_view part) { return std::ranges::count_if(part, is_digit) >= 3; }

// A path with * for every part that may differ another time. It begins with a slash.
template <class IsClean> std::string pattern(std::string_view path, IsClean is_clean) {
  std::string written;
  for (const std::string_view part : split(path.substr(1), '/')) {
    const std::string plain = percent_decode(part);
    const bool may_differ = KnownSecrets::is_token(plain) || has_three_digits(plain) || !is_clean(plain);
    written += may_differ ? "/*" : "/" + without_references(part);
  }
  return written;
}

} // namespace

const KnownAccount* WrittenValues::account_of(std::string_view login) const {
  if (settings_.is_account_named) return settings_.accounts.data();
  const auto found = std::ranges::find_if(settings_.accounts, [&](const KnownAccount& account) {
    return !account.login.empty() && fold_case(account.login) == fold_case(login);
  });
  return found == settings_.accounts.end() ? nullptr : &*found;
}

std::string WrittenValues::login(const KnownAccount* account, std::string_view name, std::string_view value) {
  logins_.emplace_back(value);
  if (account != nullptr) return "${" + account->name + "." + account->property + "}";
  return lifted_.lift(value.contains('@') ? "email" : property_of(name), value);
}

std::string WrittenValues::password(const KnownAccount* account, std::string_view value) {
  if (account != nullptr && account->has_password) return "${" + account->name + ".password}";
  return lifted_.lift("password", value);
}

std::string WrittenValues::unseen_password(const KnownAccount* account) {
  if (account != nullptr && account->has_password) return "${" + account->name + ".password}";
  return lifted_.lift_unseen("password");
}

std::string WrittenValues::unseen(std::string_view name) { return lifted_.lift_unseen(property_of(name)); }

std::optional<std::string> WrittenValues::login_of_project(std::string_view value) const {
  for (const KnownAccount& account : settings_.accounts)
    if (account.login == value && !account.login.empty()) return "${" + account.name + "." + account.property + "}";
  return std::nullopt;
}

std::string WrittenValues::typed(std::string_view name, std::string_view label, std::string_view value) {
  if (value.empty()) return {};
  if (const auto known = login_of_project(value)) return *known;
  const bool is_lifted = settings_.takes_no_values || KnownSecrets::is_secret(name, value) ||
                         KnownSecrets::is_secret(label, value) || KnownSecrets::is_token(value) ||
                         value.size() > longest_value || !is_clean(value);
  if (is_lifted) return lifted_.lift(property_of(name), value);
  typed_.push_back({one_line(label), one_line(value)});
  return without_references(value);
}

std::string WrittenValues::sent(std::string_view name, std::string_view value) {
  if (value.empty()) return {};
  if (const auto known = login_of_project(value)) return *known;
  if (is_switch(value) && !settings_.takes_no_values && !KnownSecrets::is_secret(name, value))
    return std::string(value);
  return lifted_.lift(property_of(name), value);
}

std::string WrittenValues::address(const web::Url& address) {
  std::string written;
  for (const std::string_view part : split(std::string_view(address.path()).substr(1), '/')) {
    const std::string plain = percent_decode(part);
    written += "/";
    written +=
        KnownSecrets::is_token(plain) || !is_clean(plain) ? lifted_.lift("link", part) : without_references(part);
  }
  if (!address.query()) return written;
  char separator = '?';
  for (const std::string_view pair : split(*address.query(), '&')) {
    const std::size_t equals = std::min(pair.find('='), pair.size());
    const std::string name = form_urldecode(pair.substr(0, equals));
    const std::string_view raw = pair.substr(std::min(equals + 1, pair.size()));
    const std::string value = repair_utf8(form_urldecode(raw));
    if (pair.empty() || counts_clicks(name) || !is_clean(name)) continue;
    const bool is_lifted = KnownSecrets::is_secret(name, value) || KnownSecrets::is_token(value) || !is_clean(value);
    written += separator;
    written += without_references(pair.substr(0, std::min(equals + 1, pair.size())));
    written += is_lifted ? lifted_.lift(property_of(name), raw) : without_references(raw);
    separator = '&';
  }
  return written;
}

std::string WrittenValues::page(const web::Url& address) const {
  return pattern(address.path(), [this](std::string_view part) { return is_clean(part); });
}

std::string WrittenValues::pattern_of(std::string_view path) {
  return pattern(path, [](std::string_view) { return true; });
}

std::optional<std::string> WrittenValues::words(std::string_view text) const {
  std::string line = one_line(text);
  if (line.empty() || !is_clean(line) || lifted_.is_in(line)) return std::nullopt;
  for (const std::string& login : logins_)
    if (!login.empty() && fold_case(line).contains(fold_case(login))) return std::nullopt;
  return ellipsize(line, widest_words);
}

} // namespace murphy::imported
