#include "web/forms/email.h"

#include "base/text.h"
#include "web/url/host.h"

#include <algorithm>

namespace murphy::web {
namespace {

// 1 to 63 letters, digits and hyphens, none of these at an end.
bool is_label(std::string_view label) {
  return !label.empty() && label.size() <= 63 && label.front() != '-' && label.back() != '-' &&
         std::ranges::all_of(label, [](char c) { return is_alphanumeric(c) || c == '-'; });
}

} // namespace

bool is_valid_email(std::string_view address) {
  const std::size_t at = address.find('@');
  if (at == std::string_view::npos || at == 0) return false;
  constexpr std::string_view marks = ".!#$%&'*+/=?^_`{|}~-";
  const auto is_local = [&](char c) { return is_alphanumeric(c) || marks.contains(c); };
  return std::ranges::all_of(address.substr(0, at), is_local) &&
         std::ranges::all_of(split(address.substr(at + 1), '.'), is_label);
}

std::string email_with_ascii_domain(std::string_view address) {
  const std::size_t at = address.find('@');
  if (at == std::string_view::npos || is_ascii(address.substr(at + 1))) return std::string(address);
  const auto domain = parse_host(address.substr(at + 1));
  return domain ? std::string(address.substr(0, at + 1)) + *domain : std::string(address);
}

} // namespace murphy::web
