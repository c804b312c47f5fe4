#include "base/label.h"

#include "base/text.h"

#include <algorithm>

namespace murphy {

std::string undecorated(std::string_view name) {
  std::string text = plain_words(name);
  while (!text.empty() && std::string_view(":* .?!").find(text.back()) != std::string_view::npos) text.pop_back();
  while (text.ends_with("…")) text.resize(text.size() - std::string_view("…").size());
  // Nothing but such signs ("*") is a name after all.
  return text.empty() ? plain_words(name) : text;
}

std::string comparable(std::string_view name) { return fold_case(undecorated(name)); }

bool goes_by(const std::vector<std::string>& names, std::string_view words) {
  const std::string wanted = comparable(words);
  return !wanted.empty() &&
         std::ranges::any_of(names, [&](const std::string& name) { return comparable(name) == wanted; });
}

std::string_view last_part(std::string_view name) {
  while (name.ends_with(']') || name.ends_with('[')) name.remove_suffix(1);
  const std::size_t mark = name.find_last_of("[.:$");
  return mark == std::string_view::npos ? name : name.substr(mark + 1);
}

} // namespace murphy
