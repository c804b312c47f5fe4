#include "web/html/xml_tree.h"

#include "base/make_error.h"
#include "base/text.h"
#include "web/html/content_type.h"
#include "web/text/charset.h"

#include <cstdint>
#include <fmt/format.h>
#include <gumbo.h>

#include <algorithm>
#include <charconv>
#include <utility>
#include <vector>

namespace murphy::web {
namespace {

using Node = DocumentTree::Node;

bool ends_xml_name(char c) { return is_white_space(c) || c == '/' || c == '>' || c == '=' || c == '<'; }

// What a named reference of HTML stands for; empty when there is none of the name.
std::string html_entity(std::string_view name) {
  const std::string written = fmt::format("&{};", name);
  GumboOutput* const output = gumbo_parse_with_options(&kGumboDefaultOptions, written.data(), written.size());
  std::string text;
  const GumboNode* node = output->root;
  while (node != nullptr && node->type == GUMBO_NODE_ELEMENT && node->v.element.children.length > 0)
    node = static_cast<const GumboNode*>(node->v.element.children.data[node->v.element.children.length - 1]);
  if (node != nullptr && node->type == GUMBO_NODE_TEXT) text = node->v.text.text;
  gumbo_destroy_output(&kGumboDefaultOptions, output);
  return text == written ? std::string() : text;
}

class XmlReader {
public:
  explicit XmlReader(std::string text) : text_(std::move(text)), tree_(std::make_unique<DocumentTree>()) {}

  Result<std::unique_ptr<DocumentTree>> read() {
    while (fault_.empty() && !bound_ && position_ < text_.size()) read_next();
    if (bound_) return std::unexpected(std::move(*bound_));
    if (fault_.empty() && tree_->nodes.empty()) fail("Document is empty");
    if (fault_.empty() && !open_.empty()) fail(fmt::format("Premature end of data in tag {}", open_.back().name));
    finish();
    return std::move(tree_);
  }

private:
  struct Open {
    std::uint32_t node = DocumentTree::none; // none: within a template, which is no part of the page
    std::uint32_t last_child = DocumentTree::none;
    std::string name;           // with its prefix
    std::size_t namespaces = 0; // how many were declared outside of it
    bool is_template = false;
  };

  std::string_view rest() const { return std::string_view(text_).substr(position_); }
  bool starts(std::string_view what) const { return rest().starts_with(what); }
  void fail(std::string what) {
    if (!fault_.empty()) return;
    const std::string_view before = std::string_view(text_).substr(0, position_);
    const auto line = 1 + std::ranges::count(before, '\n');
    const std::size_t column = before.size() - std::min(before.rfind('\n') + 1, before.size()) + 1;
    fault_ =
        fmt::format("This page contains the following errors: error on line {} at column {}: {}", line, column, what);
  }
  void too_much(const std::string& what) {
    bound_ = target_error("the page cannot be read as XML: " + what,
                          "look at what the app answered; a template or a loop may have run away");
  }

  std::string_view keep(std::string_view text) {
    if (text.empty()) return {};
    auto* memory = static_cast<char*>(tree_->strings.allocate(text.size(), 1));
    text.copy(memory, text.size());
    return {memory, text.size()};
  }

  // Behind `what`, or a fault where it never comes.
  void skip_behind(std::string_view what, std::string_view missing) {
    const std::size_t end = text_.find(what, position_);
    if (end == std::string::npos) return fail(fmt::format("{} not terminated", missing));
    position_ = end + what.size();
  }

  void read_next() {
    if (!starts("<")) return read_text();
    if (starts("<!--")) return skip_behind("-->", "Comment");
    if (starts("<![CDATA[")) return read_cdata();
    if (starts("<!DOCTYPE")) return read_doctype();
    if (starts("<?")) return skip_behind("?>", "Processing instruction");
    if (starts("</")) return read_end_tag();
    read_start_tag();
  }

  void read_doctype() {
    std::size_t depth = 0;
    const std::size_t begin = position_;
    for (; position_ < text_.size(); ++position_) {
      const char c = text_[position_];
      if (c == '<' || c == '[') ++depth;
      if (c == '>' || c == ']') --depth;
      if (depth == 0) break;
    }
    const std::string_view doctype = std::string_view(text_).substr(begin, position_ - begin);
    has_html_entities_ = doctype.contains("XHTML") || doctype.contains("MathML");
    ++position_;
  }

  // The reference at `position_`, which is taken.
  std::string read_reference() {
    const std::size_t end = text_.find(';', position_);
    const std::string_view name = end == std::string::npos
                                      ? std::string_view()
                                      : std::string_view(text_).substr(position_ + 1, end - position_ - 1);
    const auto is_part = [](char c) { return is_letter(c) || is_digit(c) || c == '#'; };
    if (name.empty() || !std::ranges::all_of(name, is_part)) {
      fail("EntityRef: expecting ';'");
      return {};
    }
    std::string text;
    if (name.starts_with('#')) {
      const bool hex = name.starts_with("#x");
      std::uint32_t number = 0;
      const char* const last = name.data() + name.size();
      const auto [stop, error] = std::from_chars(name.data() + (hex ? 2 : 1), last, number, hex ? 16 : 10);
      if (error != std::errc() || stop != last) fail("CharRef: invalid value");
      append_utf8(text, number);
    } else if (name == "amp" || name == "lt" || name == "gt" || name == "quot" || name == "apos" ||
               has_html_entities_) {
      text = name == "apos" ? "'" : html_entity(name);
    }
    if (text.empty()) fail(fmt::format("Entity '{}' not defined", ellipsize(name, 40)));
    position_ = end + 1;
    return text;
  }

  // Text up to one of `stops`, its references read.
  std::string read_characters(std::string_view stops) {
    std::string text;
    while (fault_.empty() && position_ < text_.size()) {
      const std::size_t end = std::min(text_.find_first_of(stops, position_), text_.find('&', position_));
      const std::size_t stop = std::min(end, text_.size());
      text.append(text_, position_, stop - position_);
      position_ = stop;
      if (stop == text_.size() || text_[stop] != '&') break;
      text += read_reference();
    }
    std::erase(text, '\r');
    return text;
  }

  void read_text() {
    const std::string text = read_characters("<");
    if (!open_.empty()) return add_text(text);
    if (!trim(text).empty()) fail("Start tag expected, '<' not found");
  }

  void read_cdata() {
    position_ += std::string_view("<![CDATA[").size();
    const std::size_t begin = position_;
    skip_behind("]]>", "CDATA section");
    if (fault_.empty() && !open_.empty()) add_text(std::string_view(text_).substr(begin, position_ - 3 - begin));
  }

  void add_text(std::string_view text) {
    if (text.empty() || open_.back().node == DocumentTree::none) return;
    Node& added = add_node();
    added.is_text = true;
    added.text = keep(text);
    added.end = static_cast<std::uint32_t>(tree_->nodes.size());
  }

  // As the last child of the element that is open.
  Node& add_node() {
    const auto index = static_cast<std::uint32_t>(tree_->nodes.size());
    Node& added = tree_->nodes.emplace_back();
    if (!open_.empty()) {
      Open& parent = open_.back();
      added.parent = parent.node;
      added.previous_sibling = parent.last_child;
      if (parent.last_child == DocumentTree::none)
        tree_->nodes[parent.node].first_child = index;
      else
        tree_->nodes[parent.last_child].next_sibling = index;
      parent.last_child = index;
    }
    return added;
  }

  std::string_view namespace_of(std::string_view prefix) const {
    for (auto each = namespaces_.rbegin(); each != namespaces_.rend(); ++each)
      if (each->first == prefix) return each->second;
    return {};
  }

  std::string_view read_name() {
    const std::size_t begin = position_;
    while (position_ < text_.size() && !ends_xml_name(text_[position_])) ++position_;
    return std::string_view(text_).substr(begin, position_ - begin);
  }
  void skip_white_space() {
    while (position_ < text_.size() && is_white_space(text_[position_])) ++position_;
  }

  std::vector<std::pair<std::string, std::string>> read_attributes() {
    std::vector<std::pair<std::string, std::string>> attributes;
    for (skip_white_space(); fault_.empty() && position_ < text_.size() && !starts(">") && !starts("/>");
         skip_white_space()) {
      std::string name(read_name());
      skip_white_space();
      if (name.empty() || !starts("=")) {
        fail(fmt::format("Specification mandates value for attribute {}", ellipsize(visible(name), 40)));
        break;
      }
      ++position_;
      skip_white_space();
      const char quote = position_ < text_.size() ? text_[position_] : '\0';
      if (quote != '"' && quote != '\'') {
        fail("AttValue: \" or ' expected");
        break;
      }
      ++position_;
      std::string value = read_characters(quote == '"' ? "\"<" : "'<");
      if (!fault_.empty()) break;
      if (position_ >= text_.size() || text_[position_] != quote) {
        fail("Unescaped '<' not allowed in attributes values");
        break;
      }
      ++position_;
      std::ranges::replace_if(value, is_white_space, ' ');
      if (std::ranges::any_of(attributes, [&](const auto& other) { return other.first == name; }))
        fail(fmt::format("Attribute {} redefined", ellipsize(visible(name), 40)));
      attributes.emplace_back(std::move(name), std::move(value));
      if (attributes.size() > Document::max_attributes) {
        too_much(fmt::format("a tag has more than {} attributes", Document::max_attributes));
        break;
      }
    }
    return attributes;
  }

  void read_start_tag() {
    const std::size_t begin = position_++;
    Open opened;
    opened.name = std::string(read_name());
    if (opened.name.empty()) return fail("StartTag: invalid element name");
    if (open_.empty() && !tree_->nodes.empty()) return fail("Extra content at the end of the document");
    opened.namespaces = namespaces_.size();
    const auto attributes = read_attributes();
    if (!fault_.empty() || bound_) return;
    for (const auto& [name, value] : attributes) {
      if (name == "xmlns") namespaces_.emplace_back("", value);
      if (name.starts_with("xmlns:")) namespaces_.emplace_back(name.substr(6), value);
    }
    const bool closes_itself = starts("/>");
    if (!closes_itself && !starts(">")) return fail("Couldn't find end of Start Tag");
    position_ += closes_itself ? 2 : 1;

    const std::size_t colon = opened.name.find(':');
    const std::string_view name = opened.name;
    const std::string_view local = colon == std::string::npos ? name : name.substr(colon + 1);
    const bool is_html =
        namespace_of(colon == std::string::npos ? std::string_view() : name.substr(0, colon)) == xhtml_namespace;
    opened.is_template = is_html && local == "template";
    if (open_.empty() || open_.back().node != DocumentTree::none) {
      const auto index = static_cast<std::uint32_t>(tree_->nodes.size());
      Node& added = add_node();
      added.is_html = is_html;
      added.text = keep(local);
      added.position = static_cast<std::uint32_t>(begin);
      line_ += static_cast<std::uint32_t>(std::count(text_.begin() + static_cast<std::ptrdiff_t>(counted_),
                                                     text_.begin() + static_cast<std::ptrdiff_t>(begin), '\n'));
      counted_ = begin;
      added.line = line_;
      added.first_attribute = static_cast<std::uint32_t>(tree_->attributes.size());
      added.attribute_count = static_cast<std::uint32_t>(attributes.size());
      for (const auto& [attribute, value] : attributes) {
        const Attribute& kept = tree_->attributes.emplace_back(keep(attribute), keep(value));
        if (kept.name == "id" && !kept.value.empty()) tree_->ids.try_emplace({0, kept.value}, index);
      }
      opened.node = index;
    }
    open_.push_back(std::move(opened));
    if (tree_->nodes.size() > 2 * Document::max_elements)
      return too_much(fmt::format("it has more than {} elements and texts", 2 * Document::max_elements));
    if (open_.size() > Document::max_depth)
      return too_much(fmt::format("its elements nest more than {} deep", Document::max_depth));
    if (closes_itself) return close();
    // What a template holds is no part of the page.
    if (open_.back().is_template) {
      close_node(open_.back());
      open_.back().node = DocumentTree::none;
    }
  }

  void read_end_tag() {
    position_ += 2;
    const std::string name(read_name());
    skip_white_space();
    if (open_.empty() || open_.back().name != name)
      return fail(fmt::format("Opening and ending tag mismatch: {} and {}", open_.empty() ? "none" : open_.back().name,
                              ellipsize(visible(name), 40)));
    if (!starts(">")) return fail("expected '>'");
    ++position_;
    close();
  }

  void close_node(const Open& open) {
    if (open.node != DocumentTree::none) tree_->nodes[open.node].end = static_cast<std::uint32_t>(tree_->nodes.size());
  }
  void close() {
    close_node(open_.back());
    namespaces_.resize(open_.back().namespaces);
    open_.pop_back();
  }

  // Closes what is open, and says to people what is wrong.
  void finish() {
    while (open_.size() > 1) close();
    if (!fault_.empty()) {
      if (tree_->nodes.empty()) {
        tree_->nodes.emplace_back().text = "html";
        open_.push_back(
            {.node = 0, .last_child = DocumentTree::none, .name = "html", .namespaces = 0, .is_template = false});
      }
      // Behind the last element the root is open again.
      if (open_.empty()) {
        std::uint32_t last = tree_->nodes[0].first_child;
        while (last != DocumentTree::none && tree_->nodes[last].next_sibling != DocumentTree::none)
          last = tree_->nodes[last].next_sibling;
        open_.push_back({.node = 0, .last_child = last, .name = {}, .namespaces = 0, .is_template = false});
      }
      const auto index = static_cast<std::uint32_t>(tree_->nodes.size());
      add_node().text = "div";
      open_.push_back(
          {.node = index, .last_child = DocumentTree::none, .name = {}, .namespaces = 0, .is_template = false});
      add_text(fault_);
      close();
    }
    while (!open_.empty()) close();
  }

  std::string text_;
  std::unique_ptr<DocumentTree> tree_;
  std::size_t position_ = 0;
  std::size_t counted_ = 0; // the lines up to here are in line_
  std::uint32_t line_ = 1;
  std::vector<Open> open_;
  std::vector<std::pair<std::string, std::string>> namespaces_; // prefix, name; the innermost last
  bool has_html_entities_ = false;
  std::string fault_;
  std::optional<Error> bound_;
};

} // namespace

Result<std::unique_ptr<DocumentTree>> build_xml_tree(std::string utf8) {
  if (utf8.starts_with("\xEF\xBB\xBF")) utf8.erase(0, 3);
  if (utf8.size() > Document::max_size)
    return std::unexpected(target_error(fmt::format("the page cannot be read as XML: it has {} bytes, the limit is {}",
                                                    utf8.size(), Document::max_size),
                                        "look at what the app answered"));
  return XmlReader(std::move(utf8)).read();
}

std::optional<std::string> xml_encoding(std::string_view body) {
  if (!body.starts_with("<?xml")) return std::nullopt;
  const std::string_view declaration = body.substr(0, std::min(body.find("?>"), body.size()));
  const std::size_t at = declaration.find("encoding");
  if (at == std::string_view::npos) return std::nullopt;
  const std::size_t begin = declaration.find_first_of("\"'", at);
  if (begin == std::string_view::npos) return std::nullopt;
  const std::size_t end = declaration.find(declaration[begin], begin + 1);
  return encoding_for_label(declaration.substr(begin + 1, std::min(end, declaration.size()) - begin - 1));
}

} // namespace murphy::web
