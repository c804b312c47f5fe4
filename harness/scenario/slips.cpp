#include "scenario/slips.h"

#include "base/make_error.h"
#include "base/text.h"

#include <algorithm>
#include <cstdint>

namespace murphy::scenario {
namespace {

// Up to its comment, if it has one. In a string, # is a character.
std::string_view without_comment(std::string_view line) {
  char quote = '\0';
  for (std::size_t at = 0; at < line.size(); ++at) {
    if (quote == '"' && line[at] == '\\')
      ++at;
    else if (quote != '\0')
      quote = line[at] == quote ? '\0' : quote;
    else if (line[at] == '"' || line[at] == '\'')
      quote = line[at];
    else if (line[at] == '#')
      return line.substr(0, at);
  }
  return line;
}

bool is_of_name(char c) { return is_alphanumeric(c) || c == '_' || c == '-'; }

std::string_view name_at(std::string_view text) {
  const auto end = std::ranges::find_if_not(text, is_of_name);
  return text.substr(0, static_cast<std::size_t>(end - text.begin()));
}

// "ada.email" behind a dollar sign, where the project has that user and property; else nothing. "user" is the user
// who signs in.
std::string_view property_at(std::string_view text, const Project& project) {
  const std::string_view user = name_at(text);
  if (!text.substr(user.size()).starts_with('.')) return {};
  const std::string property(name_at(text.substr(user.size() + 1)));
  const bool is_known = std::ranges::any_of(project.users, [&](const auto& each) {
    return (each.first == user || user == "user") && each.second.properties.contains(property);
  });
  return is_known ? text.substr(0, user.size() + 1 + property.size()) : std::string_view();
}

struct Found {
  std::size_t at;
  std::size_t length;
};

Error warning(std::string what, std::string hint, const std::string& file, const Found& found, std::uint32_t number,
              std::string_view line) {
  Error error = usage_error(std::move(what), std::move(hint));
  error.place = {.file = file,
                 .line = number,
                 .column = static_cast<std::uint32_t>(count_code_points(line.substr(0, found.at)) + 1),
                 .length = static_cast<std::uint32_t>(found.length)};
  error.source_line = line;
  return error;
}

} // namespace

Errors slips(const std::string& file, std::string_view text, const Project& project) {
  Errors warnings;
  std::uint32_t number = 0;
  for (const std::string_view whole : split(text, '\n')) {
    ++number;
    const std::string_view line = without_comment(whole);
    for (std::size_t at = line.find('$'); at != std::string_view::npos; at = line.find('$', at + 1)) {
      const std::string_view meant = property_at(line.substr(at + 1), project);
      if (meant.empty()) continue;
      warnings.push_back(warning("warning: \"$" + std::string(meant) + "\" is sent as it is written",
                                 "write ${" + std::string(meant) + "} for the value", file, {at, meant.size() + 1},
                                 number, whole));
    }
    const std::size_t open = line.find("{{");
    const std::size_t close = open == std::string_view::npos ? open : line.find("}}", open);
    if (close == std::string_view::npos || line.substr(0, open).find_first_of("\"'") == std::string_view::npos)
      continue;
    const std::string inside(trim(line.substr(open + 2, close - open - 2)));
    if (name_at(inside).empty()) continue;
    warnings.push_back(warning("warning: \"{{ … }}\" is sent as it is written", "write ${" + inside + "} for a value",
                               file, {open, close + 2 - open}, number, whole));
  }
  return warnings;
}

} // namespace murphy::scenario
