#include "base/toml_literal.h"

#include "base/text.h"

#include <algorithm>

namespace murphy {

std::string toml_literal(std::string_view text) {
  std::string written = "\"";
  for (const char c : repair_utf8(text)) {
    if (c == '"' || c == '\\') {
      written += '\\';
      written += c;
    } else if (static_cast<unsigned char>(c) < 0x20 || c == 0x7f) {
      constexpr std::string_view digits = "0123456789ABCDEF";
      written += "\\u00";
      written += digits[static_cast<unsigned char>(c) / 16];
      written += digits[static_cast<unsigned char>(c) % 16];
    } else {
      written += c;
    }
  }
  return written + "\"";
}

std::string without_references(std::string_view text) {
  std::string plain(text);
  for (std::size_t at = plain.find("${"); at != std::string::npos; at = plain.find("${", at + 3)) plain.insert(at, "$");
  return plain;
}

std::string toml_plain(std::string_view text) { return toml_literal(without_references(text)); }

std::string toml_key(std::string_view key) {
  const bool is_bare =
      !key.empty() && std::ranges::all_of(key, [](char c) { return is_alphanumeric(c) || c == '_' || c == '-'; });
  return is_bare ? std::string(key) : toml_literal(key);
}

} // namespace murphy
