#include "web/url/absolute_url.h"

#include "base/text.h"
#include "web/url/host.h"
#include "web/url/url.h"

#include <algorithm>
#include <charconv>
#include <cstdint>
#include <string>

namespace murphy::web {
namespace {

bool is_scheme(std::string_view text) {
  const auto continues = [](char c) { return is_alphanumeric(c) || c == '+' || c == '-' || c == '.'; };
  return !text.empty() && is_letter(text.front()) && std::ranges::all_of(text, continues);
}

// "opaque-host parser": of a scheme that the standard knows nothing of.
bool is_opaque_host(std::string_view host) {
  if (host.starts_with('[')) return parse_host(host).has_value();
  constexpr std::string_view forbidden("\0\t\n\r #/:<>?@[\\]^|", 17);
  return host.find_first_of(forbidden) == std::string_view::npos;
}

bool is_port(std::string_view text) {
  if (text.empty()) return true;
  std::uint16_t port = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), port);
  return error == std::errc() && end == text.data() + text.size();
}

// What stands behind "//", up to the path.
bool is_authority(std::string_view rest) {
  std::string_view authority = rest.substr(0, rest.find_first_of("/?#"));
  const std::size_t at = authority.rfind('@');
  const bool has_user = at != std::string_view::npos;
  if (has_user) authority.remove_prefix(at + 1);
  const std::size_t bracket = authority.find(']');
  const std::size_t colon = authority.find(':', bracket == std::string_view::npos ? 0 : bracket);
  const std::string_view host = authority.substr(0, colon);
  if (host.empty() && (has_user || colon != std::string_view::npos)) return false;
  return is_opaque_host(host) && (colon == std::string_view::npos || is_port(authority.substr(colon + 1)));
}

} // namespace

bool is_absolute_url(std::string_view text) {
  // What the URL parser strips before it looks.
  std::string stripped(text);
  std::erase_if(stripped, [](char c) { return c == '\t' || c == '\n' || c == '\r'; });
  std::string_view url = stripped;
  while (!url.empty() && static_cast<unsigned char>(url.front()) <= ' ') url.remove_prefix(1);
  while (!url.empty() && static_cast<unsigned char>(url.back()) <= ' ') url.remove_suffix(1);

  const std::size_t colon = url.find(':');
  if (colon == std::string_view::npos || !is_scheme(url.substr(0, colon))) return false;
  const std::string scheme = ascii_lower(url.substr(0, colon));
  std::string_view rest = url.substr(colon + 1);
  if (scheme == "http" || scheme == "https") return Url::parse(url).has_value();
  if (scheme == "ws" || scheme == "wss" || scheme == "ftp") return Url::parse("http:" + std::string(rest)).has_value();
  if (scheme == "file") {
    std::string slashed(rest.substr(0, rest.find_first_of("?#")));
    std::ranges::replace(slashed, '\\', '/');
    if (!slashed.starts_with("//")) return true;
    const std::string_view host = std::string_view(slashed).substr(2, slashed.find('/', 2) - 2);
    const bool is_drive = host.size() == 2 && (host[1] == ':' || host[1] == '|');
    return host.empty() || is_drive || parse_host(host).has_value();
  }
  return !rest.starts_with("//") || is_authority(rest.substr(2));
}

} // namespace murphy::web
