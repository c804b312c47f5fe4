#include "web/html/content_type.h"

#include "base/text.h"

#include <algorithm>
#include <optional>
#include <vector>

namespace murphy::web {
namespace {

struct MimeType {
  std::string essence;
  std::optional<std::string> charset;
};

bool is_token(std::string_view text) {
  constexpr std::string_view signs = "!#$%&'*+-.^_`|~";
  return !text.empty() && std::ranges::all_of(text, [&](char c) {
    return is_letter(c) || is_digit(c) || signs.find(c) != std::string_view::npos;
  });
}

// The parts between separators outside of quotes.
std::vector<std::string_view> split_unquoted(std::string_view text, char separator) {
  std::vector<std::string_view> parts;
  bool quoted = false;
  std::size_t begin = 0;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '"')
      quoted = !quoted;
    else if (text[i] == '\\' && quoted)
      ++i;
    else if (text[i] == separator && !quoted) {
      parts.push_back(text.substr(begin, i - begin));
      begin = i + 1;
    }
  }
  parts.push_back(text.substr(std::min(begin, text.size())));
  return parts;
}

// What a parameter's value says: between quotes, without backslashes.
std::string parameter_value(std::string_view text) {
  if (!text.starts_with('"')) return std::string(trim(text));
  std::string value;
  for (std::size_t i = 1; i < text.size() && text[i] != '"'; ++i) {
    if (text[i] == '\\' && i + 1 < text.size()) ++i;
    value += text[i];
  }
  return value;
}

// https://mimesniff.spec.whatwg.org/#parse-a-mime-type
std::optional<MimeType> parse_mime_type(std::string_view text) {
  const auto parts = split_unquoted(text, ';');
  const std::string_view essence = trim(parts.front());
  const std::size_t slash = essence.find('/');
  if (slash == std::string_view::npos || !is_token(essence.substr(0, slash)) || !is_token(essence.substr(slash + 1)))
    return std::nullopt;
  MimeType type{ascii_lower(essence), std::nullopt};
  for (const std::string_view part : std::span(parts).subspan(1)) {
    const std::size_t equals = part.find('=');
    if (equals == std::string_view::npos || type.charset) continue;
    std::string_view name = part.substr(0, equals);
    while (!name.empty() && is_white_space(name.front())) name.remove_prefix(1);
    const std::string value = parameter_value(part.substr(equals + 1));
    if (equal_ignoring_ascii_case(name, "charset") && !value.empty()) type.charset = value;
  }
  return type;
}

bool says_unknown(std::string_view type) {
  return type.empty() || type == "unknown/unknown" || type == "application/unknown" || type == "*/*";
}

} // namespace

std::string extract_mime_type(std::span<const std::string> values) {
  std::optional<MimeType> found;
  for (const std::string& value : values) {
    for (const std::string_view part : split_unquoted(value, ',')) {
      auto type = parse_mime_type(part);
      if (!type || type->essence == "*/*") continue;
      if (!type->charset && found && found->essence == type->essence) type->charset = found->charset;
      found = std::move(type);
    }
  }
  if (!found) return {};
  return found->charset ? found->essence + ";charset=" + *found->charset : found->essence;
}

std::string media_type(std::string_view content_type) {
  return ascii_lower(trim(content_type.substr(0, content_type.find(';'))));
}

bool is_html(std::string_view content_type, std::string_view body) {
  const std::string type = media_type(content_type);
  if (!says_unknown(type)) return type == "text/html" || is_xhtml(content_type, body);
  const std::string_view start = trim(body.substr(0, 512));
  return start.starts_with('<') && !start.starts_with("<?xml");
}

bool is_xhtml(std::string_view content_type, std::string_view body) {
  const std::string type = media_type(content_type);
  if (type == "application/xhtml+xml") return true;
  return (type == "text/xml" || type == "application/xml") && body.find(xhtml_namespace) != std::string_view::npos;
}

} // namespace murphy::web
