#include "base/percent.h"

#include "base/text.h"

#include <algorithm>

namespace murphy {
namespace {

constexpr std::string_view upper_digits = "0123456789ABCDEF";

void append_encoded(std::string& out, char byte) {
  const auto value = static_cast<unsigned char>(byte);
  out += '%';
  out += upper_digits[value >> 4];
  out += upper_digits[value & 0xF];
}

bool one_of(std::string_view set, char c) { return set.find(c) != std::string_view::npos; }

} // namespace

bool must_encode(char c, EncodeSet set) {
  const auto value = static_cast<unsigned char>(c);
  if (value < 0x20 || value > 0x7E) return true;
  switch (set) {
  case EncodeSet::c0_control: return false;
  case EncodeSet::fragment: return one_of(" \"<>`", c);
  case EncodeSet::query: return one_of(" \"#<>", c);
  case EncodeSet::special_query: return one_of(" \"#<>'", c);
  case EncodeSet::path: return one_of(" \"#<>?^`{}", c);
  case EncodeSet::userinfo: return one_of(" \"#<>?^`{}/:;=@[\\]|", c);
  case EncodeSet::component: return one_of(" \"#<>?^`{}/:;=@[\\]|$%&+,", c);
  case EncodeSet::form_urlencoded: return !is_alphanumeric(c) && !one_of("*-._", c);
  case EncodeSet::reserved: return !is_alphanumeric(c) && !one_of("-._~", c);
  }
  return true;
}

std::string percent_encode(std::string_view bytes, EncodeSet set) {
  std::string out;
  out.reserve(bytes.size());
  for (const char byte : bytes) {
    if (must_encode(byte, set)) {
      append_encoded(out, byte);
    } else {
      out += byte;
    }
  }
  return out;
}

std::string percent_decode(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '%' && i + 2 < text.size()) {
      const int high = hex_digit(text[i + 1]);
      const int low = hex_digit(text[i + 2]);
      if (high >= 0 && low >= 0) {
        out += static_cast<char>(high * 16 + low);
        i += 2;
        continue;
      }
    }
    out += text[i];
  }
  return out;
}

std::string form_urlencode(std::string_view text) {
  std::string out;
  out.reserve(3 * text.size());
  for (const char byte : text) {
    if (byte == ' ') {
      out += '+';
    } else if (must_encode(byte, EncodeSet::form_urlencoded)) {
      append_encoded(out, byte);
    } else {
      out += byte;
    }
  }
  return out;
}

std::string form_urldecode(std::string_view text) {
  std::string spaced(text);
  std::ranges::replace(spaced, '+', ' ');
  return percent_decode(spaced);
}

} // namespace murphy
