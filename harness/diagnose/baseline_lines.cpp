#include "diagnose/baseline_lines.h"

#include "base/text.h"
#include "diagnose/finding.h"
#include "diagnose/lines.h"
#include "diagnose/mask.h"

#include <cctype>
#include <set>

namespace murphy::diagnose {

namespace {

bool is_in_path(char c) {
  return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '_' || c == '-' || c == '.' || c == '/' || c == '+' ||
         c == '~' || c == '@';
}

// Of every absolute path the last part: the same app in another folder writes the same line.
std::string without_folders(std::string_view line) {
  std::string result;
  for (std::size_t i = 0; i < line.size();) {
    std::size_t end = i;
    if (line[i] == '/' && (i == 0 || !is_in_path(line[i - 1])))
      while (end < line.size() && is_in_path(line[end])) ++end;
    std::string_view path = line.substr(i, end - i);
    while (path.ends_with('/') || path.ends_with('.')) path.remove_suffix(1);
    const std::size_t last = path.rfind('/');
    if (last == std::string_view::npos || last == 0) {
      result += line[i++];
      continue;
    }
    result += "/…" + std::string(path.substr(last));
    i += path.size();
  }
  return result;
}

} // namespace

std::string baseline_form(std::string_view line) {
  return folded(masked(collapse_white_space(without_folders(trim(line)))));
}

std::vector<std::string> baseline_error_lines(const std::vector<std::string>& console, const Signatures& signatures) {
  const LogText text(EvidenceSource::console, readable(console));
  std::set<std::string> lines;
  for (const Finding& finding : find_errors({&text}, {}, signatures))
    lines.insert(baseline_form(text.lines[finding.line]));
  return {lines.begin(), lines.end()};
}

} // namespace murphy::diagnose
