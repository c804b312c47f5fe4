#include "web/url/host_ip.h"

#include "base/text.h"

#include <algorithm>
#include <fmt/format.h>
#include <vector>

namespace murphy::web {
namespace {

// https://url.spec.whatwg.org/#ipv4-number-parser; numbers beyond 32 bits come back as 2^32.
std::optional<std::uint64_t> parse_ipv4_number(std::string_view input) {
  constexpr std::uint64_t too_large = std::uint64_t{1} << 32;
  if (input.empty()) return std::nullopt;
  unsigned radix = 10;
  if (input.starts_with("0x") || input.starts_with("0X")) {
    input.remove_prefix(2);
    radix = 16;
  } else if (input.size() >= 2 && input[0] == '0') {
    input.remove_prefix(1);
    radix = 8;
  }
  std::uint64_t value = 0;
  for (const char c : input) {
    const int digit = hex_digit(c);
    if (digit < 0 || digit >= static_cast<int>(radix)) return std::nullopt;
    value = std::min(value * radix + static_cast<unsigned>(digit), too_large);
  }
  return value;
}

} // namespace

bool ends_in_number(std::string_view domain) {
  // 1.-2. Let parts be the result of strictly splitting input on U+002E (.); drop the last item if it is empty.
  if (domain.ends_with('.')) domain.remove_suffix(1);
  // 3.-6. The last item decides: all ASCII digits, or a number as the IPv4 number parser reads it.
  const std::string_view last = domain.substr(domain.rfind('.') + 1);
  if (!last.empty() && std::ranges::all_of(last, is_digit)) return true;
  return parse_ipv4_number(last).has_value();
}

std::optional<std::uint32_t> parse_ipv4(std::string_view domain) {
  // 1.-3. Split; an empty last part is dropped; more than four parts are a failure.
  auto parts = split(domain, '.');
  if (parts.back().empty() && parts.size() > 1) parts.pop_back();
  if (parts.size() > 4) return std::nullopt;
  // 4.-5. Each part is a number.
  std::vector<std::uint64_t> numbers;
  for (const std::string_view part : parts) {
    const auto number = parse_ipv4_number(part);
    if (!number) return std::nullopt;
    numbers.push_back(*number);
  }
  // 6.-8. All but the last are at most 255; the last fills the bytes that are left.
  const std::uint64_t last = numbers.back();
  numbers.pop_back();
  if (std::ranges::any_of(numbers, [](std::uint64_t number) { return number > 255; })) return std::nullopt;
  if (last >= std::uint64_t{1} << (8 * (4 - numbers.size()))) return std::nullopt;
  // 9.-12. Put them together.
  std::uint64_t address = last;
  for (std::size_t i = 0; i < numbers.size(); ++i) address += numbers[i] << (8 * (3 - i));
  return static_cast<std::uint32_t>(address);
}

std::string serialise_ipv4(std::uint32_t address) {
  return fmt::format("{}.{}.{}.{}", address >> 24, (address >> 16) & 0xFF, (address >> 8) & 0xFF, address & 0xFF);
}

// https://url.spec.whatwg.org/#concept-ipv6-parser
std::optional<Ipv6Pieces> parse_ipv6(std::string_view input) {
  // 1.-4. Pieces, pieceIndex, compress, pointer.
  Ipv6Pieces address{};
  std::size_t index = 0;
  std::optional<std::size_t> compress;
  std::size_t pointer = 0;
  const auto at = [&](std::size_t i) { return i < input.size() ? input[i] : '\0'; };
  // 5. A leading colon must be a double one.
  if (at(0) == ':') {
    if (at(1) != ':') return std::nullopt;
    pointer = 2;
    compress = ++index;
  }
  // 6. While c is not the EOF code point:
  while (pointer < input.size()) {
    if (index == 8) return std::nullopt;
    if (at(pointer) == ':') {
      if (compress) return std::nullopt;
      ++pointer;
      compress = ++index;
      continue;
    }
    unsigned value = 0;
    std::size_t length = 0;
    while (length < 4 && hex_digit(at(pointer)) >= 0) {
      value = value * 16 + static_cast<unsigned>(hex_digit(at(pointer)));
      ++pointer;
      ++length;
    }
    if (at(pointer) == '.') {
      // 6.5. The rest is an IPv4 address in the last two pieces.
      if (length == 0) return std::nullopt;
      pointer -= length;
      if (index > 6) return std::nullopt;
      unsigned numbers_seen = 0;
      while (pointer < input.size()) {
        if (numbers_seen > 0) {
          if (at(pointer) != '.' || numbers_seen >= 4) return std::nullopt;
          ++pointer;
        }
        if (!is_digit(at(pointer))) return std::nullopt;
        std::optional<unsigned> octet;
        while (is_digit(at(pointer))) {
          const auto digit = static_cast<unsigned>(at(pointer) - '0');
          if (octet == 0U) return std::nullopt;
          octet = octet ? *octet * 10 + digit : digit;
          if (*octet > 255) return std::nullopt;
          ++pointer;
        }
        address[index] = static_cast<std::uint16_t>(address[index] * 0x100 + *octet);
        ++numbers_seen;
        if (numbers_seen == 2 || numbers_seen == 4) ++index;
      }
      if (numbers_seen != 4) return std::nullopt;
      break;
    }
    if (at(pointer) == ':' && pointer < input.size()) {
      ++pointer;
      if (pointer == input.size()) return std::nullopt;
    } else if (pointer < input.size()) {
      return std::nullopt;
    }
    address[index++] = static_cast<std::uint16_t>(value);
  }
  // 7.-8. Move what stands behind "::" to the end.
  if (compress) {
    std::ranges::rotate(address.begin() + static_cast<std::ptrdiff_t>(*compress),
                        address.begin() + static_cast<std::ptrdiff_t>(index), address.end());
  } else if (index != 8) {
    return std::nullopt;
  }
  return address;
}

// https://url.spec.whatwg.org/#concept-ipv6-serializer
std::string serialise_ipv6(const Ipv6Pieces& pieces) {
  // The first longest run of two or more zero pieces is compressed.
  std::size_t run_start = pieces.size();
  std::size_t run_length = 1;
  for (std::size_t i = 0; i < pieces.size();) {
    std::size_t end = i;
    while (end < pieces.size() && pieces[end] == 0) ++end;
    if (end - i > run_length) {
      run_start = i;
      run_length = end - i;
    }
    i = end + 1;
  }
  std::string out;
  for (std::size_t i = 0; i < pieces.size();) {
    if (i == run_start) {
      out += i == 0 ? "::" : ":";
      i += run_length;
      continue;
    }
    out += fmt::format("{:x}", pieces[i]);
    if (++i < pieces.size()) out += ':';
  }
  return out;
}

} // namespace murphy::web
