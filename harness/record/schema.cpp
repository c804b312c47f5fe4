#include "record/schema.h"

#include "base/text.h"

#include <algorithm>
#include <array>
#include <string_view>

namespace murphy::record {

bool concerns_sign_in(const Table& table) {
  static constexpr std::array<std::string_view, 16> words = {
      "user",     "account", "member", "login",      "auth",  "session",    "token",  "pass",
      "customer", "role",    "person", "permission", "group", "credential", "people", "profile"};
  const auto speaks_of = [](const std::string& name) {
    const std::string lower = ascii_lower(name);
    return std::ranges::any_of(words, [&](std::string_view word) { return lower.contains(word); });
  };
  return speaks_of(table.name) || std::ranges::any_of(table.columns, [](const Column& column) {
           return ascii_lower(column.name).contains("pass");
         });
}

} // namespace murphy::record
