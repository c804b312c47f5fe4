#include "diagnose/markup.h"

#include "base/text.h"
#include "record/html_entities.h"

#include <cctype>
#include <cstddef>
#include <functional>
#include <optional>

namespace murphy::diagnose {

namespace {

bool is_html(std::string_view body) { return trim(body).starts_with('<'); }

// The character reference at `at`, which is moved behind it; none when it is no reference that is known.
std::optional<char32_t> reference_at(std::string_view text, std::size_t& at) {
  const std::size_t end = text.find(';', at);
  if (end == std::string_view::npos || end - at >= 10) return std::nullopt;
  const std::string_view name = text.substr(at + 1, end - at - 1);
  const auto character = name == "#x27" || name == "#39" ? std::optional<char32_t>(U'\'') : record::html_entity(name);
  if (character) at = end + 1;
  return character;
}

std::string with_references(std::string_view text) {
  std::string read;
  for (std::size_t i = 0; i < text.size();) {
    if (text[i] == '&') {
      if (const auto character = reference_at(text, i)) {
        append_utf8(read, *character);
        continue;
      }
    }
    read += text[i++];
  }
  return read;
}

// Where the markup that begins at `open` ends: one past it. npos when it does not.
std::size_t end_of_markup(std::string_view body, std::size_t open) {
  const std::string_view rest = body.substr(open);
  std::string_view until = ">";
  if (rest.starts_with("<!--")) until = "-->";
  if (equal_ignoring_ascii_case(rest.substr(0, 7), "<script")) until = "</script>";
  if (equal_ignoring_ascii_case(rest.substr(0, 6), "<style")) until = "</style>";
  const std::size_t end = rest.find(until);
  return end == std::string_view::npos ? end : open + end + until.size();
}

bool ends_name(char c) { return is_white_space(c) || c == '>' || c == '/' || c == '='; }

Tag read_tag(std::string_view text) {
  Tag tag;
  std::size_t at = 1;
  const auto word = [&] {
    const std::size_t begin = at;
    while (at < text.size() && !ends_name(text[at])) ++at;
    return ascii_lower(text.substr(begin, at - begin));
  };
  tag.name = word();
  while (at < text.size() && text[at] != '>') {
    if (ends_name(text[at])) {
      ++at;
      continue;
    }
    const std::string name = word();
    std::string value;
    if (at < text.size() && text[at] == '=') {
      ++at;
      const char quote = at < text.size() && (text[at] == '"' || text[at] == '\'') ? text[at++] : '\0';
      const std::size_t begin = at;
      while (at < text.size() && (quote != '\0' ? text[at] != quote : !is_white_space(text[at]) && text[at] != '>'))
        ++at;
      value = with_references(text.substr(begin, at - begin));
      if (quote != '\0' && at < text.size()) ++at;
    }
    tag.attributes.emplace(name, std::move(value));
  }
  return tag;
}

} // namespace

std::string text_of(std::string_view body) {
  if (!is_html(body)) return std::string(body);
  std::string text;
  for (std::size_t i = 0; i < body.size();) {
    if (body[i] == '<') {
      i = end_of_markup(body, i);
      if (i == std::string_view::npos) break;
      if (!text.empty() && text.back() != '\n') text += '\n';
      continue;
    }
    if (body[i] == '&') {
      if (const auto character = reference_at(body, i)) {
        append_utf8(text, *character);
        continue;
      }
    }
    text += body[i++];
  }
  return text;
}

std::vector<Tag> tags_of(std::string_view body) {
  std::vector<Tag> tags;
  if (!is_html(body)) return tags;
  for (std::size_t open = body.find('<'); open != std::string_view::npos;) {
    const std::size_t end = end_of_markup(body, open);
    if (end == std::string_view::npos) break;
    if (open + 1 < body.size() && std::isalpha(static_cast<unsigned char>(body[open + 1])) != 0)
      tags.push_back(read_tag(body.substr(open, end - open)));
    open = body.find('<', end);
  }
  return tags;
}

} // namespace murphy::diagnose
