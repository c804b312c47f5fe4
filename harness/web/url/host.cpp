#include "web/url/host.h"

#include "base/make_error.h"
#include "base/percent.h"
#include "base/text.h"
#include "web/url/host_ip.h"

#include <algorithm>
#include <idn2.h>
#include <memory>

namespace murphy::web {
namespace {

std::unexpected<Error> failure(std::string what) { return std::unexpected(usage_error(std::move(what))); }

// https://url.spec.whatwg.org/#forbidden-domain-code-point
bool is_forbidden_in_domain(char c) {
  const auto value = static_cast<unsigned char>(c);
  return value <= 0x20 || value == 0x7F || std::string_view("#/:<>?@[\\]^|%").find(c) != std::string_view::npos;
}

struct Mapped {
  int status = IDN2_OK;
  std::string ascii;
};

// Unicode ToASCII (UTS 46) with CheckHyphens, UseSTD3ASCIIRules, Transitional_Processing and VerifyDnsLength false.
Mapped to_ascii(const std::string& domain) {
  char* text = nullptr;
  const int status =
      idn2_to_ascii_8z(domain.c_str(), &text, IDN2_NFC_INPUT | IDN2_NONTRANSITIONAL | IDN2_NO_ALABEL_ROUNDTRIP);
  if (status != IDN2_OK) return {status, {}};
  const std::unique_ptr<char, void (*)(void*)> owner(text, idn2_free);
  return {status, std::string(text)};
}

// libidn2 always checks hyphens and lengths. This keeps the labels it need not see, the ASCII ones, from those checks.
Mapped to_ascii_by_label(std::string_view domain) {
  Mapped whole;
  for (;;) {
    const std::size_t dot = domain.find('.');
    const std::string_view label = domain.substr(0, dot);
    const std::string lower = ascii_lower(label);
    if (is_ascii(label) && !lower.starts_with("xn--")) {
      whole.ascii += lower;
    } else {
      const Mapped mapped = to_ascii(std::string(label));
      if (mapped.status != IDN2_OK) return mapped;
      whole.ascii += mapped.ascii;
    }
    if (dot == std::string_view::npos) return whole;
    whole.ascii += '.';
    domain.remove_prefix(dot + 1);
  }
}

// https://url.spec.whatwg.org/#concept-domain-to-ascii with beStrict false.
Result<std::string> domain_to_ascii(const std::string& domain) {
  // With beStrict false an ASCII domain only becomes lower case, whatever stands behind "xn--".
  if (is_ascii(domain)) return ascii_lower(domain);
  Mapped mapped = to_ascii(domain);
  switch (mapped.status) {
  case IDN2_2HYPHEN:
  case IDN2_HYPHEN_STARTEND:
  case IDN2_TOO_BIG_LABEL:
  case IDN2_TOO_BIG_DOMAIN: mapped = to_ascii_by_label(domain); break;
  default: break;
  }
  if (mapped.status == IDN2_OK) return std::move(mapped.ascii);
  return failure(std::string("its host name cannot be written in ASCII: ") + idn2_strerror(mapped.status));
}

} // namespace

Result<std::string> parse_host(std::string_view input) {
  // 1. If input starts with U+005B ([), then: it must end with U+005D (]); parse what is between as IPv6.
  if (input.starts_with('[')) {
    if (!input.ends_with(']')) return failure("its IPv6 address has no closing bracket");
    const auto pieces = parse_ipv6(input.substr(1, input.size() - 2));
    if (!pieces) return failure("its host is not an IPv6 address");
    return "[" + serialise_ipv6(*pieces) + "]";
  }
  // 2.-4. Let domain be the result of running UTF-8 decode without BOM on the percent-decoding of input.
  const std::string domain = repair_utf8(percent_decode(input));
  // A zero byte would end the string for libidn2, and is forbidden anyhow.
  if (domain.find('\0') != std::string::npos) return failure("its host name contains a forbidden character");
  // 5.-6. Let asciiDomain be the result of running domain to ASCII with domain and false.
  auto ascii = domain_to_ascii(domain);
  if (!ascii) return ascii;
  if (ascii->empty()) return failure("its host name is empty");
  // 7. If asciiDomain contains a forbidden domain code point, return failure.
  if (std::ranges::any_of(*ascii, is_forbidden_in_domain))
    return failure("its host name contains a forbidden character");
  // 8. If asciiDomain ends in a number, then return the result of IPv4 parsing asciiDomain.
  if (ends_in_number(*ascii)) {
    const auto address = parse_ipv4(*ascii);
    if (!address) return failure("its host ends in a number and is not an IPv4 address");
    return serialise_ipv4(*address);
  }
  return ascii;
}

bool is_ascii(std::string_view text) {
  return std::ranges::all_of(text, [](char c) { return static_cast<unsigned char>(c) < 0x80; });
}

bool is_ip_address(std::string_view host) { return host.starts_with('[') || ends_in_number(host); }

bool is_loopback(std::string_view host) {
  if (host.ends_with('.')) host.remove_suffix(1);
  if (host == "localhost" || host.ends_with(".localhost") || host == "[::1]") return true;
  return is_ip_address(host) && host.starts_with("127.");
}

} // namespace murphy::web
