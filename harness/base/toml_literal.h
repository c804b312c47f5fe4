// Text as TOML 1.0.0 writes it.
#pragma once

#include <string>
#include <string_view>

namespace murphy {

// A basic string: `"Sign \"in\""`. What is not UTF-8 becomes U+FFFD.
std::string toml_literal(std::string_view text);

// The text for a place where `${` begins a reference: what is text stays text, as `$${`.
std::string without_references(std::string_view text);

// Both.
std::string toml_plain(std::string_view text);

// A key, bare where it can be: `Email`, `"E-mail address"`.
std::string toml_key(std::string_view key);

} // namespace murphy
