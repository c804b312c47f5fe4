#include "scenario/document.h"

#include "base/make_error.h"
#include "base/text.h"
#include "scenario/syntax_error.h"

#include <algorithm>
#include <optional>

#include <toml++/toml.h>

namespace murphy::scenario {

namespace {

constexpr std::uint32_t longest_line_shown = 2000;

// Copies toml++'s tree, whose tables are sorted by name, into one in the order of the file.
class Converter {
public:
  explicit Converter(const Lines& lines) : lines_(lines) {}

  Node convert(toml::node& from) const {
    Node node;
    node.span = span(from.source());
    switch (from.type()) {
    case toml::node_type::table: {
      toml::table& table = *from.as_table();
      if (!table.is_inline()) node.span.length = header_length(node.span);
      convert_members(table, node);
      break;
    }
    case toml::node_type::array:
      node.kind = Node::Kind::array;
      node.items.reserve(from.as_array()->size());
      for (toml::node& item : *from.as_array()) node.items.push_back(convert(item));
      break;
    case toml::node_type::string:
      node.kind = Node::Kind::text;
      node.text = from.as_string()->get();
      wipe(from.as_string()->get()); // it may be a secret
      break;
    case toml::node_type::integer:
      node.kind = Node::Kind::integer;
      node.integer = from.as_integer()->get();
      node.text = spelled(node.span);
      break;
    case toml::node_type::floating_point:
      node.kind = Node::Kind::real;
      node.real = from.as_floating_point()->get();
      node.text = spelled(node.span);
      break;
    case toml::node_type::boolean:
      node.kind = Node::Kind::boolean;
      node.boolean = from.as_boolean()->get();
      node.text = spelled(node.span);
      break;
    default: // dates and times
      node.kind = Node::Kind::date;
      node.text = spelled(node.span);
      break;
    }
    return node;
  }

private:
  void convert_members(toml::table& table, Node& node) const {
    node.kind = Node::Kind::table;
    node.members.reserve(table.size());
    for (auto&& [key, value] : table) {
      node.members.push_back({std::string(key.str()), span(key.source()), convert(value)});
    }
    std::ranges::sort(node.members, {},
                      [](const Member& member) { return std::pair(member.span.line, member.span.column); });
  }

  Span span(const toml::source_region& region) const {
    Span result{region.begin.line, region.begin.column, 1};
    if (region.end.line == region.begin.line) {
      result.length = std::max<std::uint32_t>(1, region.end.column - region.begin.column);
    } else if (region.begin.line > 0 && region.begin.line <= lines_.size()) {
      const std::string_view rest =
          lines_[region.begin.line].substr(lines_.byte_of(region.begin.line, region.begin.column));
      const std::string_view words = rest.substr(0, rest.find_last_not_of(" \t") + 1);
      result.length = std::max<std::uint32_t>(1, static_cast<std::uint32_t>(count_code_points(words)));
    }
    return result;
  }

  // Of a table that began with a header, the brackets and what is between them.
  std::uint32_t header_length(const Span& at) const {
    if (at.line == 0 || at.line > lines_.size()) return at.length;
    const std::string_view rest = lines_[at.line].substr(lines_.byte_of(at.line, at.column));
    if (!rest.starts_with('[')) return at.length;
    const std::size_t comment = rest.find('#');
    const std::size_t end = rest.substr(0, comment).find_last_of(']');
    return end == std::string_view::npos ? at.length
                                         : static_cast<std::uint32_t>(count_code_points(rest.substr(0, end + 1)));
  }

  std::string spelled(const Span& at) const {
    const std::size_t begin = lines_.byte_of(at.line, at.column);
    return std::string(lines_[at.line].substr(begin, lines_.byte_of(at.line, at.column + at.length) - begin));
  }

  const Lines& lines_;
};

// Where a key has so many parts that its tables would nest as deep: toml++ and the converter go down by calling
// themselves.
std::optional<std::size_t> endless_key(std::string_view text) {
  constexpr int most_parts = 100;
  int dots = 0;
  std::string_view rest = text;
  while (!rest.empty()) {
    const char c = rest.front();
    if (c == '#') {
      rest.remove_prefix(std::min(rest.find('\n'), rest.size()));
      continue;
    }
    if (c == '"' || c == '\'') {
      const std::string three(3, c);
      const bool is_long = rest.starts_with(three);
      const std::string_view end = is_long ? std::string_view(three) : rest.substr(0, 1);
      std::size_t at = end.size();
      while (at < rest.size() && !rest.substr(at).starts_with(end) && (is_long || rest[at] != '\n'))
        at += c == '"' && rest[at] == '\\' ? 2 : 1;
      rest.remove_prefix(std::min(at + end.size(), rest.size()));
      continue;
    }
    if (c == '.' && ++dots > most_parts) return text.size() - rest.size();
    if (c != '.' && c != '-' && c != '_' && c != ' ' && c != '\t' && !is_alphanumeric(c)) dots = 0;
    rest.remove_prefix(1);
  }
  return std::nullopt;
}

} // namespace

const Member* Node::find(std::string_view key) const {
  const auto found = std::ranges::find(members, key, &Member::key);
  return found == members.end() ? nullptr : &*found;
}

Span span_of(const Member& member) {
  Span span = member.span;
  const Span& value = member.value.span;
  if (value.line == span.line && value.column > span.column) span.length = value.column + value.length - span.column;
  return span;
}

std::string_view name_of(Node::Kind kind) {
  switch (kind) {
  case Node::Kind::text: return "text";
  case Node::Kind::integer:
  case Node::Kind::real: return "a number";
  case Node::Kind::boolean: return "true or false";
  case Node::Kind::date: return "a date or time";
  case Node::Kind::array: return "a list";
  case Node::Kind::table: return "a table";
  }
  return {};
}

Lines::Lines(std::string_view text) : lines_(split(text, '\n')) {
  ascii_.reserve(lines_.size());
  for (std::string_view& line : lines_) {
    if (line.ends_with('\r')) line.remove_suffix(1);
    ascii_.push_back(std::ranges::all_of(line, [](char c) { return static_cast<unsigned char>(c) < 0x80; }));
  }
}

std::size_t Lines::byte_of(std::size_t number, std::uint32_t column) const {
  const std::string_view line = lines_[number - 1];
  if (ascii_[number - 1] || column - 1 >= line.size()) return std::min<std::size_t>(line.size(), column - 1);
  std::string_view rest = line;
  for (std::uint32_t i = 1; i < column && !rest.empty(); ++i) next_code_point(rest);
  return line.size() - rest.size();
}

Result<Document> Document::parse(std::string file, std::string_view text, std::string shown) {
  Document document;
  document.file_ = std::move(file);
  if (text.starts_with("\xEF\xBB\xBF")) text.remove_prefix(3);
  if (shown.starts_with("\xEF\xBB\xBF")) shown.erase(0, 3);
  // Lines look into these strings, whose characters must not move when the document does.
  document.text_ = std::make_shared<const ClearText>(text);
  document.shown_ = std::make_shared<const std::string>(std::move(shown));
  document.lines_ = Lines(document.text_->view());
  document.shown_lines_ = Lines(*document.shown_);
  if (!is_utf8(text)) return std::unexpected(not_utf8(document.file_, document.shown_lines_.all()));
  if (const auto at = endless_key(text)) {
    const auto line = static_cast<std::uint32_t>(1 + std::ranges::count(text.substr(0, *at), '\n'));
    return std::unexpected(
        in_file(usage_error("this key has more than 100 parts", "reduce the nesting"), document.file_, line));
  }
  try {
    toml::table table = toml::parse(document.text_->view());
    document.root_ = Converter(document.lines_).convert(table);
  } catch (const toml::parse_error& error) {
    const toml::source_position& at = error.source().begin;
    return std::unexpected(syntax_error(document.file_, error.description(), at.line, at.column, document.lines_.all(),
                                        document.shown_lines_.all()));
  }
  return document;
}

Place Document::place(const Span& span) const { return {file_, span.line, span.column, span.length}; }

SharedText Document::source_line(const Span& span) const {
  if (span.line == 0 || span.line > shown_lines_.size()) return {};
  const std::string_view line = shown_lines_[span.line];
  const bool is_cut = line.size() > longest_line_shown;
  if (is_cut && span.column + span.length > longest_line_shown) return {};
  const auto [known, is_new] = source_lines_.try_emplace(span.line);
  if (is_new)
    known->second = line.substr(0, is_cut ? shown_lines_.byte_of(span.line, longest_line_shown) : line.size());
  return known->second;
}

Span Document::inside(const Node& text, std::size_t offset, std::size_t length) const {
  const Span& whole = text.span;
  if (whole.line == 0 || whole.line > lines_.size() || offset > text.text.size()) return whole;
  const std::string_view rest = lines_[whole.line].substr(lines_.byte_of(whole.line, whole.column));
  if (rest.size() < 2 || !rest.substr(1).starts_with(text.text)) return whole;
  const std::string_view before = std::string_view(text.text).substr(0, offset);
  const std::string_view part = std::string_view(text.text).substr(offset, length);
  return {whole.line, whole.column + 1 + static_cast<std::uint32_t>(count_code_points(before)),
          std::max<std::uint32_t>(1, static_cast<std::uint32_t>(count_code_points(part)))};
}

} // namespace murphy::scenario
