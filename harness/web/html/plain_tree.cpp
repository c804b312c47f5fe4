#include "web/html/plain_tree.h"

#include "base/html_entities.h"
#include "base/text.h"
#include "base/work_limit.h"
#include "web/html/document_tags.h"

#include <algorithm>
#include <array>
#include <cstdint>
#include <optional>
#include <utility>
#include <vector>

namespace murphy::web {
namespace {

using Node = DocumentTree::Node;

// What may stand in a text, in a value of an attribute and in a name without meaning anything there.
enum Meaning : std::uint8_t {
  plain_in_text = 1 << 0,
  plain_in_quotes = 1 << 1, // the other quote included
  plain_unquoted = 1 << 2,
  plain_in_name = 1 << 3, // of a tag or an attribute
};

constexpr std::array<std::uint8_t, 256> meanings_of_bytes() {
  std::array<std::uint8_t, 256> meanings{};
  for (std::size_t i = 0; i < meanings.size(); ++i) {
    const char c = static_cast<char>(i);
    // Other controls are replaced, or break a line that another counts.
    const bool is_control = (i < 0x20 && c != '\t' && c != '\n') || i == 0x7F;
    if (is_control || c == '&') continue;
    const bool is_quote = c == '"' || c == '\'';
    const bool is_space = is_white_space(c);
    unsigned meaning = plain_in_quotes;
    if (c != '<') meaning |= plain_in_text;
    if (!is_space && !is_quote && c != '>' && c != '<' && c != '=' && c != '`') meaning |= plain_unquoted;
    if (!is_space && !is_quote && c != '>' && c != '<' && c != '=' && c != '/') meaning |= plain_in_name;
    meanings[i] = static_cast<std::uint8_t>(meaning);
  }
  return meanings;
}
constexpr std::array<std::uint8_t, 256> meanings = meanings_of_bytes();

constexpr bool is_plain(char c, Meaning where) { return (meanings[static_cast<unsigned char>(c)] & where) != 0; }

// Tags that the parser treats in ways of their own, beyond what their traits say.
constexpr std::array<std::string_view, 20> special_rules = {
    "area",    "basefont", "bgsound",  "caption", "col",   "colgroup", "command", "frame", "frameset", "image",
    "isindex", "keygen",   "menuitem", "nobr",    "param", "rb",       "rp",      "rt",    "rtc",      "ruby"};
static_assert(std::ranges::is_sorted(special_rules));

constexpr bool belongs_to_form(std::string_view tag) {
  return tag == "input" || tag == "button" || tag == "select" || tag == "textarea" || tag == "fieldset" ||
         tag == "output";
}

constexpr bool ends_tag_name(char c) { return is_white_space(c) || c == '/' || c == '>'; }

class PlainReader {
public:
  explicit PlainReader(DocumentTree& tree) : tree_(tree), source_(tree.source) {}

  // Fills the tree in. False where the page is not plain: then the tree is good for nothing.
  bool read();

private:
  enum class Place { before_html, before_head, in_head, after_head, in_body, after_body, after_html };

  struct Open {
    std::uint32_t node = DocumentTree::none;
    std::uint32_t last_child = DocumentTree::none;
    std::uint32_t traits = 0;
    std::string_view tag;
  };

  char at(std::size_t position) const { return position < source_.size() ? source_[position] : '\0'; }
  std::string_view keep(std::string_view text);
  std::string_view in_lower_case(std::string_view text);
  std::uint32_t add(const Node& node);

  bool read_doctype();
  bool skip_comment();
  bool read_text();
  bool read_start_tag();
  bool read_end_tag();
  bool read_attributes(Node& element);
  bool read_value(std::string_view& value);
  bool read_reference(std::string& into);
  bool read_raw_text(std::string_view tag);
  bool take_text(std::string_view piece);
  void flush_text();

  bool fits(std::string_view tag, std::uint32_t traits) const;
  bool fits_in_body(std::string_view tag, std::uint32_t traits) const;
  bool fits_in_table(std::string_view tag, std::uint32_t traits) const;
  bool holds_no_words() const;
  void count_open(const Open& open, int difference);
  void close();

  DocumentTree& tree_;
  const std::string_view source_;
  std::size_t position_ = 0;
  Place place_ = Place::before_html;
  std::vector<Open> open_;

  // The text that has come since the last tag: a view where it stands in the source as it is.
  std::string_view text_;
  std::string decoded_;
  bool is_decoded_ = false;
  std::string decoded_value_; // of the attribute that is read, where it is not as it stands in the source

  // Lines, counted up to a place.
  std::uint32_t line_ = 1;
  std::size_t counted_to_ = 0;

  std::uint32_t form_ = DocumentTree::none;
  int paragraphs_ = 0, list_items_ = 0, definitions_ = 0, links_ = 0, buttons_ = 0, selects_ = 0; // that are open
  std::size_t elements_ = 0, controls_ = 0;
};

std::string_view PlainReader::keep(std::string_view text) {
  if (text.empty()) return {};
  auto* memory = static_cast<char*>(tree_.strings.allocate(text.size(), 1));
  text.copy(memory, text.size());
  return {memory, text.size()};
}

std::string_view PlainReader::in_lower_case(std::string_view text) {
  return std::ranges::any_of(text, is_upper) ? keep(ascii_lower(text)) : text;
}

std::uint32_t PlainReader::add(const Node& node) {
  const auto index = static_cast<std::uint32_t>(tree_.nodes.size());
  Node& added = tree_.nodes.emplace_back(node);
  added.end = index + 1;
  if (open_.empty()) return index;
  Open& parent = open_.back();
  added.parent = parent.node;
  added.previous_sibling = parent.last_child;
  if (parent.last_child != DocumentTree::none)
    tree_.nodes[parent.last_child].next_sibling = index;
  else
    tree_.nodes[parent.node].first_child = index;
  parent.last_child = index;
  return index;
}

// Where the parser would take words for the beginning of something else.
bool PlainReader::holds_no_words() const {
  if (place_ != Place::in_body) return true;
  const Open& parent = open_.back();
  return parent.tag == "table" || (parent.traits & (row_group | row)) != 0;
}

bool PlainReader::take_text(std::string_view piece) {
  if (piece.empty()) return true;
  if (holds_no_words() && !std::ranges::all_of(piece, is_white_space)) return false;
  if (place_ == Place::before_html || place_ == Place::before_head) return true;
  if (is_decoded_) {
    decoded_ += piece;
  } else if (text_.empty()) {
    text_ = piece;
  } else if (text_.data() + text_.size() == piece.data()) {
    text_ = {text_.data(), text_.size() + piece.size()};
  } else {
    decoded_.assign(text_).append(piece);
    is_decoded_ = true;
  }
  return true;
}

void PlainReader::flush_text() {
  if (is_decoded_) text_ = keep(decoded_);
  is_decoded_ = false;
  if (!text_.empty()) {
    Node node;
    node.is_text = true;
    node.text = std::exchange(text_, {});
    add(node);
  }
}

// `&` at the position: the character that it stands for, or itself where no name can begin behind it.
bool PlainReader::read_reference(std::string& into) {
  const std::size_t begin = position_ + 1;
  const char next = at(begin);
  if (next != '#' && !is_alphanumeric(next)) {
    if (next == '\0') return false;
    into += '&';
    ++position_;
    return true;
  }
  constexpr std::size_t longest = 12;
  const std::size_t end = source_.substr(0, std::min(source_.size(), begin + longest)).find(';', begin);
  if (end == std::string_view::npos) return false;
  std::string_view name = source_.substr(begin, end - begin);
  std::optional<char32_t> character;
  if (next != '#') {
    character = murphy::html_entity(name);
    // HTML 5 has other brackets for lang and rang than HTML 4.
    if (character == 0x2329 || character == 0x232A) return false;
  } else {
    name.remove_prefix(1);
    const bool is_hexadecimal = name.starts_with('x') || name.starts_with('X');
    if (is_hexadecimal) name.remove_prefix(1);
    if (name.empty() || name.size() > 6) return false;
    char32_t value = 0;
    for (const char c : name) {
      if (is_hexadecimal ? !is_hex_digit(c) : !is_digit(c)) return false;
      value = value * (is_hexadecimal ? 16U : 10U) + static_cast<char32_t>(hex_digit(c));
    }
    // Others are replaced.
    const bool is_ordinary = value == '\t' || value == '\n' || (value >= 0x20 && value < 0x7F) ||
                             (value >= 0xA0 && value < 0xD800) || (value >= 0xE000 && value < 0xFDD0);
    if (is_ordinary) character = value;
  }
  if (!character) return false;
  append_utf8(into, *character);
  position_ = end + 1;
  return true;
}

bool PlainReader::read_text() {
  while (position_ < source_.size() && source_[position_] != '<') {
    const std::size_t begin = position_;
    while (position_ < source_.size() && is_plain(source_[position_], plain_in_text)) ++position_;
    if (!take_text(source_.substr(begin, position_ - begin))) return false;
    if (position_ == source_.size() || source_[position_] == '<') return true;
    if (source_[position_] != '&') return false;
    // A reference stands for words.
    if (place_ != Place::in_body || holds_no_words()) return false;
    if (!is_decoded_) decoded_.assign(text_);
    is_decoded_ = true;
    if (!read_reference(decoded_)) return false;
  }
  return true;
}

bool PlainReader::read_doctype() {
  while (is_white_space(at(position_))) ++position_;
  constexpr std::string_view doctype = "<!doctype html>";
  if (!equal_ignoring_ascii_case(source_.substr(position_, doctype.size()), doctype)) return false;
  position_ += doctype.size();
  return true;
}

// Comments are no part of the tree, but text before and behind one is two.
bool PlainReader::skip_comment() {
  const std::size_t begin = position_ + std::string_view("<!--").size();
  if (at(begin) == '>' || at(begin) == '-') return false;
  const std::size_t end = source_.find("--", begin);
  if (end == std::string_view::npos || at(end + 2) != '>') return false;
  if (source_.substr(begin, end - begin).find('\0') != std::string_view::npos) return false;
  flush_text();
  position_ = end + 3;
  return true;
}

bool PlainReader::read_value(std::string_view& value) {
  const char quote = at(position_);
  const bool is_quoted = quote == '"' || quote == '\'';
  if (is_quoted) ++position_;
  const Meaning where = is_quoted ? plain_in_quotes : plain_unquoted;
  std::string& decoded = decoded_value_;
  decoded.clear();
  bool is_decoded = false;
  std::size_t begin = position_;
  for (;; ++position_) {
    while (position_ < source_.size() && is_plain(source_[position_], where) &&
           !(is_quoted && source_[position_] == quote))
      ++position_;
    if (position_ == source_.size()) return false;
    const std::string_view piece = source_.substr(begin, position_ - begin);
    const char c = source_[position_];
    if (c == '&') {
      // In an address, what is followed by `=` is the name of a parameter.
      std::size_t end = position_ + 1;
      while (is_alphanumeric(at(end))) ++end;
      if (end > position_ + 1 && at(end) == '=') {
        position_ = end - 1;
        continue;
      }
      decoded += piece;
      is_decoded = true;
      if (!read_reference(decoded)) return false;
      begin = position_;
      --position_;
      continue;
    }
    const bool is_end = is_quoted ? c == quote : is_white_space(c) || c == '>';
    if (!is_end) return false;
    if (is_decoded) {
      decoded += piece;
      value = keep(decoded);
    } else {
      value = piece;
    }
    if (!is_quoted) return !value.empty();
    ++position_;
    return ends_tag_name(at(position_));
  }
}

// From behind the tag's name to behind its ">".
bool PlainReader::read_attributes(Node& element) {
  element.first_attribute = static_cast<std::uint32_t>(tree_.attributes.size());
  for (;;) {
    while (is_white_space(at(position_))) ++position_;
    if (at(position_) == '/') {
      ++position_;
      if (at(position_) != '>') return false;
    }
    if (at(position_) == '>') {
      ++position_;
      break;
    }
    const std::size_t begin = position_;
    while (position_ < source_.size() && is_plain(source_[position_], plain_in_name)) ++position_;
    if (position_ == begin) return false;
    Attribute attribute;
    attribute.name = in_lower_case(source_.substr(begin, position_ - begin));
    while (is_white_space(at(position_))) ++position_;
    if (at(position_) == '=') {
      ++position_;
      while (is_white_space(at(position_))) ++position_;
      if (!read_value(attribute.value)) return false;
    } else if (!ends_tag_name(at(position_)) && !is_white_space(source_[position_ - 1])) {
      return false;
    }
    const auto before = std::span(tree_.attributes).subspan(element.first_attribute);
    if (before.size() == Document::max_attributes) return false;
    if (std::ranges::find(before, attribute.name, &Attribute::name) != before.end()) continue; // the first one counts
    tree_.attributes.push_back(attribute);
  }
  element.attribute_count = static_cast<std::uint32_t>(tree_.attributes.size()) - element.first_attribute;
  return true;
}

// The contents of script, style, title, textarea or noscript, and their end tag.
bool PlainReader::read_raw_text(std::string_view tag) {
  const bool has_references = tag == "title" || tag == "textarea";
  std::size_t end = position_;
  for (end = source_.find('<', end); end != std::string_view::npos; end = source_.find('<', end + 1)) {
    if (source_.substr(end).starts_with("<!--")) return false;
    if (at(end + 1) == '/' && equal_ignoring_ascii_case(source_.substr(end + 2, tag.size()), tag) &&
        ends_tag_name(at(end + 2 + tag.size())))
      break;
  }
  if (end == std::string_view::npos) return false;
  const std::size_t begin = position_;
  const std::string_view contents = source_.substr(begin, end - begin);
  for (const char c : contents)
    if (!is_plain(c, plain_in_quotes) && c != '&') return false;
  if (tag == "noscript") {
    position_ = end;
    return true;
  }
  if (!has_references) {
    text_ = source_.substr(position_, end - position_);
    position_ = end;
    return true;
  }
  std::size_t taken = position_;
  while (position_ < end) {
    const std::size_t reference = std::min(source_.find('&', position_), end);
    if (reference == end) break;
    if (!is_decoded_) decoded_.clear();
    is_decoded_ = true;
    decoded_ += source_.substr(taken, reference - taken);
    position_ = reference;
    if (!read_reference(decoded_)) return false;
    taken = position_;
  }
  if (is_decoded_)
    decoded_ += source_.substr(taken, end - taken);
  else
    text_ = source_.substr(taken, end - taken);
  position_ = end;
  return true;
}

bool PlainReader::fits_in_table(std::string_view tag, std::uint32_t traits) const {
  const Open& parent = open_.back();
  if (parent.tag == "table") return tag == "thead" || tag == "tbody" || tag == "tfoot";
  return (parent.traits & row_group) != 0 ? tag == "tr" : (traits & cell) != 0;
}

// WHATWG HTML, 13.2.6.4.7, as far as a start tag changes nothing but what it opens.
bool PlainReader::fits_in_body(std::string_view tag, std::uint32_t traits) const {
  const Open& parent = open_.back();
  if (selects_ > 0) {
    if (parent.tag == "option") return false;
    return tag == "option" || (tag == "optgroup" && parent.tag == "select");
  }
  if (parent.tag == "table" || (parent.traits & (row_group | row)) != 0) return fits_in_table(tag, traits);
  if ((traits & (foreign_root | only_one | row_group | row | cell)) != 0) return false;
  if (tag == "table") return paragraphs_ == 0;
  if ((traits & scope) != 0) return false; // template, object
  if ((traits & raw_text) != 0) return tag == "script" || tag == "style" || tag == "textarea" || tag == "noscript";
  if ((traits & closes_p) != 0 && paragraphs_ > 0) return false;
  if ((traits & heading) != 0 && (parent.traits & heading) != 0) return false;
  if ((traits & list_item) != 0) {
    const int open = tag == "li" ? list_items_ : definitions_;
    const bool is_barrier = parent.tag == "ul" || parent.tag == "ol" || parent.tag == "dl";
    return open == 0 || is_barrier;
  }
  if ((traits & formatting) != 0) {
    // Of many that are alike, the parser forgets the first.
    constexpr std::ptrdiff_t most_alike = 3;
    return tag == "a" ? links_ == 0 : std::ranges::count(open_, tag, &Open::tag) < most_alike;
  }
  if (tag == "form") return form_ == DocumentTree::none;
  if (tag == "button") return buttons_ == 0;
  return tag != "option" && tag != "optgroup";
}

bool PlainReader::fits(std::string_view tag, std::uint32_t traits) const {
  switch (place_) {
  case Place::before_html: return tag == "html";
  case Place::before_head: return tag == "head";
  case Place::in_head:
    return tag == "meta" || tag == "link" || tag == "title" || tag == "script" || tag == "style" || tag == "base" ||
           tag == "noscript";
  case Place::after_head: return tag == "body";
  case Place::in_body: return !std::ranges::binary_search(special_rules, tag) && fits_in_body(tag, traits);
  default: return false;
  }
}

void PlainReader::count_open(const Open& open, int difference) {
  if (open.tag == "p") paragraphs_ += difference;
  if (open.tag == "li") list_items_ += difference;
  if (open.tag == "dd" || open.tag == "dt") definitions_ += difference;
  if (open.tag == "a") links_ += difference;
  if (open.tag == "button") buttons_ += difference;
  if (open.tag == "select") selects_ += difference;
}

void PlainReader::close() {
  // The parser takes a form off its stack without looking: the text that came last stands behind it.
  if (open_.back().tag != "form") flush_text();
  tree_.nodes[open_.back().node].end = static_cast<std::uint32_t>(tree_.nodes.size());
  count_open(open_.back(), -1);
  open_.pop_back();
}

bool PlainReader::read_start_tag() {
  const std::size_t begin = position_;
  ++position_;
  while (position_ < source_.size() && is_plain(source_[position_], plain_in_name)) ++position_;
  if (!ends_tag_name(at(position_))) return false;
  const std::string_view tag = in_lower_case(source_.substr(begin + 1, position_ - begin - 1));
  const std::uint32_t traits = tag_traits(tag);
  if (!fits(tag, traits)) return false;
  flush_text();
  WorkLimit::count();

  Node element;
  element.text = tag;
  line_ += static_cast<std::uint32_t>(std::ranges::count(source_.substr(counted_to_, begin - counted_to_), '\n'));
  counted_to_ = begin;
  element.line = line_;
  element.position = static_cast<std::uint32_t>(begin);
  if (belongs_to_form(tag)) element.form = form_;
  if (!read_attributes(element)) return false;
  const bool is_control =
      tag == "input" || tag == "button" || tag == "select" || tag == "textarea" || tag == "label" || tag == "form";
  if (++elements_ > Document::max_elements || (is_control && ++controls_ > Document::max_controls)) return false;
  const std::uint32_t index = add(element);
  for (std::size_t i = 0; i < element.attribute_count; ++i) {
    const Attribute& attribute = tree_.attributes[element.first_attribute + i];
    if (attribute.name == "id" && !attribute.value.empty()) tree_.ids.try_emplace({0, attribute.value}, index);
  }
  if ((traits & void_element) != 0) return true;

  open_.push_back({.node = index, .traits = traits, .tag = tag});
  if (open_.size() > Document::max_depth) return false;
  count_open(open_.back(), 1);
  if (tag == "form") form_ = index;
  if (tag == "html") place_ = Place::before_head;
  if (tag == "head") place_ = Place::in_head;
  if (tag == "body") place_ = Place::in_body;
  // A first line feed is no part of them, in whichever spelling.
  if (tag == "pre" || tag == "listing" || tag == "textarea") {
    if (source_.substr(position_).starts_with("&#")) return false;
    if (at(position_) == '\n') ++position_;
  }
  return (traits & raw_text) == 0 || read_raw_text(tag);
}

bool PlainReader::read_end_tag() {
  const std::size_t begin = position_ + 2;
  position_ = begin;
  while (position_ < source_.size() && is_plain(source_[position_], plain_in_name)) ++position_;
  const std::string_view name = source_.substr(begin, position_ - begin);
  while (is_white_space(at(position_))) ++position_;
  if (at(position_) != '>') return false;
  ++position_;
  if (place_ == Place::after_body) {
    place_ = Place::after_html;
    return equal_ignoring_ascii_case(name, "html");
  }
  if (open_.empty() || !equal_ignoring_ascii_case(name, open_.back().tag)) return false;
  const Open& closed = open_.back();
  if (closed.tag == "html") return false;
  if (closed.tag == "body") {
    place_ = Place::after_body;
    return true;
  }
  if (closed.tag == "head") place_ = Place::after_head;
  if (closed.tag == "form") form_ = DocumentTree::none;
  close();
  return true;
}

bool PlainReader::read() {
  if (source_.size() > Document::max_size || !read_doctype()) return false;
  while (position_ < source_.size()) {
    const char next = at(position_ + 1);
    bool is_read = false;
    if (source_[position_] != '<')
      is_read = read_text();
    else if (is_letter(next))
      is_read = read_start_tag();
    else if (next == '/' && is_letter(at(position_ + 2)))
      is_read = read_end_tag();
    else if (source_.substr(position_).starts_with("<!--"))
      is_read = skip_comment();
    if (!is_read) return false;
  }
  if (place_ != Place::after_body && place_ != Place::after_html) return false;
  while (!open_.empty()) close();
  return true;
}

} // namespace

std::unique_ptr<DocumentTree> build_plain_tree(SharedText utf8) {
  auto tree = std::make_unique<DocumentTree>();
  tree->source = std::move(utf8);
  // About as many nodes: an element has two tags, and a text beside many of them.
  const auto tags = static_cast<std::size_t>(std::ranges::count(tree->source.view(), '<'));
  tree->nodes.reserve(std::min(tags, Document::max_elements) + 1);
  return PlainReader(*tree).read() ? std::move(tree) : nullptr;
}

} // namespace murphy::web
