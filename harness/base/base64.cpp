#include "base/base64.h"

#include "base/text.h"

#include <cstdint>

namespace murphy {
namespace {

constexpr std::string_view alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

// The six bits of a character; nothing for one of no alphabet.
std::optional<std::uint32_t> bits_of(char c) {
  const std::size_t at = alphabet.find(c == '-' ? '+' : c == '_' ? '/' : c);
  if (at == std::string_view::npos) return std::nullopt;
  return static_cast<std::uint32_t>(at);
}

} // namespace

std::string base64_encode(std::string_view bytes) {
  std::string text;
  for (std::size_t at = 0; at < bytes.size(); at += 3) {
    const std::string_view group = bytes.substr(at, 3);
    std::uint32_t bits = 0;
    for (std::size_t i = 0; i < 3; ++i)
      bits = bits << 8 | (i < group.size() ? static_cast<unsigned char>(group[i]) : 0u);
    for (std::size_t i = 0; i < 4; ++i) text += i <= group.size() ? alphabet[bits >> (18 - 6 * i) & 63] : '=';
  }
  return text;
}

std::optional<std::string> base64_decode(std::string_view text) {
  std::string bytes;
  std::uint32_t bits = 0;
  std::size_t characters = 0, padding = 0;
  for (const char c : text) {
    if (is_white_space(c)) continue;
    if (c == '=') {
      ++padding;
      continue;
    }
    const auto six = bits_of(c);
    if (!six || padding > 0) return std::nullopt;
    bits = bits << 6 | *six;
    if (++characters % 4 != 1) bytes += static_cast<char>(bits >> (6 - 2 * ((characters - 1) % 4)) & 255);
  }
  // One character alone holds no byte; what pads fills up its group.
  if (characters % 4 == 1 || (padding > 0 && (characters + padding) % 4 != 0) || padding > 2) return std::nullopt;
  return bytes;
}

} // namespace murphy
