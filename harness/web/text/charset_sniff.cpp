// HTML's encoding sniffing (https://html.spec.whatwg.org/#determining-the-character-encoding).
#include "web/text/charset.h"

#include "base/text.h"

#include <algorithm>
#include <vector>

namespace murphy::web {
namespace {

bool is_space(char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\f' || c == '\r'; }

void skip_space(std::string_view& text) {
  while (!text.empty() && is_space(text.front())) text.remove_prefix(1);
}

// The charset parameter of a Content-Type, as MIME types are parsed
// (https://mimesniff.spec.whatwg.org/#parse-a-mime-type).
std::string charset_parameter(std::string_view content_type) {
  std::size_t semicolon = content_type.find(';');
  while (semicolon != std::string_view::npos) {
    content_type.remove_prefix(semicolon + 1);
    skip_space(content_type);
    const std::size_t name_end = std::min(content_type.find_first_of(";="), content_type.size());
    const bool is_charset = equal_ignoring_ascii_case(content_type.substr(0, name_end), "charset");
    content_type.remove_prefix(name_end);
    if (content_type.starts_with("=\"")) {
      std::string value;
      content_type.remove_prefix(2);
      while (!content_type.empty() && content_type.front() != '"') {
        if (content_type.front() == '\\' && content_type.size() > 1) content_type.remove_prefix(1);
        value += content_type.front();
        content_type.remove_prefix(1);
      }
      if (is_charset) return value;
    } else if (is_charset && content_type.starts_with('=')) {
      return std::string(trim(content_type.substr(1, content_type.find(';') - 1)));
    }
    semicolon = content_type.find(';');
  }
  return {};
}

// https://html.spec.whatwg.org/#algorithm-for-extracting-a-character-encoding-from-a-meta-element
std::optional<std::string> encoding_in_content(std::string_view content) {
  const std::string lower = ascii_lower(content);
  std::string_view rest = lower;
  for (;;) {
    const std::size_t found = rest.find("charset");
    if (found == std::string_view::npos) return std::nullopt;
    rest.remove_prefix(found + 7);
    skip_space(rest);
    if (rest.starts_with('=')) break;
  }
  rest.remove_prefix(1);
  skip_space(rest);
  if (rest.empty()) return std::nullopt;
  if (rest.front() == '"' || rest.front() == '\'') {
    const std::size_t end = rest.find(rest.front(), 1);
    if (end == std::string_view::npos) return std::nullopt;
    return encoding_for_label(rest.substr(1, end - 1));
  }
  return encoding_for_label(rest.substr(0, rest.find_first_of("; \t\n\f\r")));
}

struct Attribute {
  std::string name;
  std::string value;
};

// https://html.spec.whatwg.org/#concept-get-attributes-when-sniffing
std::optional<Attribute> take_attribute(std::string_view& text) {
  // 1.-2. Skip white space and slashes; ">" ends the tag.
  while (!text.empty() && (is_space(text.front()) || text.front() == '/')) text.remove_prefix(1);
  if (text.empty() || text.front() == '>') return std::nullopt;
  // 4.-8. The name.
  Attribute attribute;
  while (!text.empty() && !is_space(text.front()) && text.front() != '/' && text.front() != '>' &&
         (text.front() != '=' || attribute.name.empty())) {
    attribute.name += text.front();
    text.remove_prefix(1);
  }
  attribute.name = ascii_lower(attribute.name);
  skip_space(text);
  if (!text.starts_with('=')) return attribute;
  // 9.-12. The value, with or without quotes.
  text.remove_prefix(1);
  skip_space(text);
  if (text.empty()) return attribute;
  if (text.front() == '"' || text.front() == '\'') {
    const std::size_t end = text.find(text.front(), 1);
    attribute.value = ascii_lower(text.substr(1, end == std::string_view::npos ? end : end - 1));
    text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
    return attribute;
  }
  const auto end = static_cast<std::size_t>(std::ranges::find_if(text, [](char c) { return is_space(c) || c == '>'; }) -
                                            text.begin());
  attribute.value = ascii_lower(text.substr(0, end));
  text.remove_prefix(end);
  return attribute;
}

// What one <meta> says, or none. `text` stands behind "<meta".
std::optional<std::string> take_meta_encoding(std::string_view& text) {
  std::vector<std::string> seen;
  bool got_pragma = false;
  std::optional<bool> need_pragma;
  std::optional<std::string> encoding;
  while (const auto attribute = take_attribute(text)) {
    if (std::ranges::find(seen, attribute->name) != seen.end()) continue;
    seen.push_back(attribute->name);
    if (attribute->name == "http-equiv") {
      if (attribute->value == "content-type") got_pragma = true;
    } else if (attribute->name == "content") {
      if (!encoding) {
        encoding = encoding_in_content(attribute->value);
        if (encoding) need_pragma = true;
      }
    } else if (attribute->name == "charset") {
      encoding = encoding_for_label(attribute->value);
      need_pragma = false;
    }
  }
  if (!need_pragma || (*need_pragma && !got_pragma) || !encoding) return std::nullopt;
  // A page whose <meta> could be read as ASCII is not in UTF-16.
  if (encoding->starts_with("UTF-16")) return "UTF-8";
  if (*encoding == "x-user-defined") return "windows-1252";
  return encoding;
}

bool begins_meta(std::string_view text) {
  return equal_ignoring_ascii_case(text.substr(0, 5), "<meta") && text.size() > 5 &&
         (is_space(text[5]) || text[5] == '/');
}

// https://html.spec.whatwg.org/#prescan-a-byte-stream-to-determine-its-encoding
std::optional<std::string> prescan(std::string_view text) {
  while (!text.empty()) {
    if (text.starts_with("<!--")) {
      // The two dashes that end the comment may be those that begin it.
      const std::size_t end = text.find("-->", 2);
      text.remove_prefix(end == std::string_view::npos ? text.size() : end + 3);
    } else if (begins_meta(text)) {
      text.remove_prefix(5);
      if (auto encoding = take_meta_encoding(text)) return encoding;
    } else if (text.front() == '<' && text.size() > 1 &&
               (is_letter(text[1]) || (text[1] == '/' && text.size() > 2 && is_letter(text[2])))) {
      const auto end = static_cast<std::size_t>(
          std::ranges::find_if(text, [](char c) { return is_space(c) || c == '>'; }) - text.begin());
      text.remove_prefix(end);
      while (take_attribute(text)) {
      }
    } else if (text.starts_with("<!") || text.starts_with("</") || text.starts_with("<?")) {
      const std::size_t end = text.find('>');
      text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
    } else {
      text.remove_prefix(1);
    }
  }
  return std::nullopt;
}

} // namespace

std::string sniff_encoding(std::string_view body, std::string_view content_type, BodySyntax syntax) {
  constexpr std::size_t prescanned = 1024;
  if (body.starts_with("\xEF\xBB\xBF")) return "UTF-8";
  if (body.starts_with("\xFE\xFF")) return "UTF-16BE";
  if (body.starts_with("\xFF\xFE")) return "UTF-16LE";
  if (auto stated = encoding_for_label(charset_parameter(content_type))) return std::move(*stated);
  if (syntax != BodySyntax::html) return "UTF-8";
  return prescan(body.substr(0, prescanned)).value_or("windows-1252");
}

} // namespace murphy::web
