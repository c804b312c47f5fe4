#include "gate/path_pattern.h"

#include "base/text.h"

#include <filesystem>
#include <span>
#include <vector>

namespace murphy::gate {
namespace {

using Names = std::span<const std::string_view>;

bool matches_name(std::string_view pattern, std::string_view name) {
  // Where to go on when the last * has to take one character more.
  std::string_view pattern_behind_star, name_behind_star;
  bool has_star = false;
  while (!name.empty()) {
    if (!pattern.empty() && pattern.front() == '*') {
      pattern.remove_prefix(1);
      pattern_behind_star = pattern;
      name_behind_star = name;
      has_star = true;
    } else if (!pattern.empty() && pattern.front() == '?') {
      pattern.remove_prefix(1);
      next_code_point(name);
    } else if (!pattern.empty() && pattern.front() == name.front()) {
      pattern.remove_prefix(1);
      name.remove_prefix(1);
    } else if (has_star) {
      next_code_point(name_behind_star);
      name = name_behind_star;
      pattern = pattern_behind_star;
    } else {
      return false;
    }
  }
  return pattern.find_first_not_of('*') == std::string_view::npos;
}

// The same for folders and `**`: one text of names behind each other is what one name of characters is above.
bool matches_names(Names pattern, Names path) {
  Names pattern_behind, path_behind;
  bool has_folders = false;
  while (!path.empty()) {
    if (!pattern.empty() && pattern.front() == "**") {
      pattern = pattern.subspan(1);
      pattern_behind = pattern;
      path_behind = path;
      has_folders = true;
    } else if (!pattern.empty() && matches_name(pattern.front(), path.front())) {
      pattern = pattern.subspan(1);
      path = path.subspan(1);
    } else if (has_folders) {
      path_behind = path_behind.subspan(1);
      path = path_behind;
      pattern = pattern_behind;
    } else {
      return false;
    }
  }
  while (!pattern.empty() && pattern.front() == "**") pattern = pattern.subspan(1);
  return pattern.empty();
}

} // namespace

bool matches(std::string_view pattern, std::string_view path) {
  std::vector<std::string_view> names = split(pattern, '/');
  if (names.back().empty()) names.back() = "**";
  return matches_names(names, split(path, '/'));
}

std::string seen_from_top(std::string_view folder, std::string_view pattern) {
  return (std::filesystem::path(folder) / pattern).lexically_normal().string();
}

} // namespace murphy::gate
