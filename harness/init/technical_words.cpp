#include "init/technical_words.h"

#include "base/text.h"

#include <algorithm>
#include <string>

namespace murphy::init {

bool has_any(std::string_view text, std::initializer_list<std::string_view> parts) {
  const std::string lower = ascii_lower(text);
  return std::ranges::any_of(parts, [&](std::string_view part) { return lower.contains(part); });
}

bool leads_in(std::string_view name) {
  return has_any(name, {"login", "log-in", "log_in", "signin", "sign-in", "sign_in", "logon", "session", "auth"});
}

bool leads_out(std::string_view name) {
  return has_any(name,
                 {"logout", "log-out", "log_out", "signout", "sign-out", "sign_out", "logoff", "log-off", "signoff"});
}

} // namespace murphy::init
