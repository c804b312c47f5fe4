#include "web/html/document.h"

#include "base/percent.h"
#include "base/text.h"
#include "base/work_limit.h"
#include "web/html/document_tree.h"
#include "web/html/plain_tree.h"
#include "web/html/xml_tree.h"
#include "web/text/charset.h"
#include "web/url/host.h"

#include <algorithm>
#include <array>
#include <utility>

namespace murphy::web {
namespace {

using Node = DocumentTree::Node;

// The first element of the document that is an HTML element of that name.
Element first(const Document& document, std::string_view tag) {
  for (Element element = document.root(); element; element = element.next()) {
    if (element.is(tag)) return element;
  }
  return {};
}

std::uint32_t skip_text(const std::vector<Node>& nodes, std::uint32_t index, std::uint32_t Node::* following) {
  while (index != DocumentTree::none && nodes[index].is_text) index = nodes[index].*following;
  return index;
}

std::uint32_t skip_text_forward(const std::vector<Node>& nodes, std::uint32_t index) {
  while (index < nodes.size() && nodes[index].is_text) ++index;
  return index < nodes.size() ? index : DocumentTree::none;
}

Result<std::unique_ptr<DocumentTree>> build_html_tree(const SharedText& utf8) {
  if (auto plain = build_plain_tree(utf8)) return plain;
  return build_tree(utf8);
}

} // namespace

std::string_view Element::tag() const { return document_->tree().nodes[index_].text; }

bool Element::is(std::string_view html_tag) const {
  const Node& node = document_->tree().nodes[index_];
  return node.is_html && node.text == html_tag;
}

bool Element::is_html() const { return document_->tree().nodes[index_].is_html; }

std::span<const Attribute> Element::attributes() const {
  const Node& node = document_->tree().nodes[index_];
  return std::span(document_->tree().attributes).subspan(node.first_attribute, node.attribute_count);
}

std::optional<std::string_view> Element::attribute(std::string_view name) const {
  for (const Attribute& attribute : attributes()) {
    if (attribute.name == name) return attribute.value;
  }
  return std::nullopt;
}

std::string_view Element::attribute_or_empty(std::string_view name) const { return attribute(name).value_or(""); }

bool Element::has_class(std::string_view name) const {
  std::string_view rest = attribute_or_empty("class");
  while (!rest.empty()) {
    std::size_t end = 0;
    while (end < rest.size() && !is_white_space(rest[end])) ++end;
    if (end > 0 && rest.substr(0, end) == name) return true;
    rest.remove_prefix(std::min(end + 1, rest.size()));
  }
  return false;
}

Element Element::parent() const {
  WorkLimit::count();
  return document_ ? DocumentTree::element(*document_, document_->tree().nodes[index_].parent) : Element();
}

Element Element::first_child() const {
  if (!document_) return {};
  const auto& nodes = document_->tree().nodes;
  return DocumentTree::element(*document_, skip_text(nodes, nodes[index_].first_child, &Node::next_sibling));
}

Element Element::next_sibling() const {
  WorkLimit::count();
  if (!document_) return {};
  const auto& nodes = document_->tree().nodes;
  return DocumentTree::element(*document_, skip_text(nodes, nodes[index_].next_sibling, &Node::next_sibling));
}

Element Element::previous_sibling() const {
  WorkLimit::count();
  if (!document_) return {};
  const auto& nodes = document_->tree().nodes;
  return DocumentTree::element(*document_, skip_text(nodes, nodes[index_].previous_sibling, &Node::previous_sibling));
}

Element Element::next() const {
  WorkLimit::count();
  if (!document_) return {};
  return DocumentTree::element(*document_, skip_text_forward(document_->tree().nodes, index_ + 1));
}

Element Element::next_skipping() const {
  WorkLimit::count();
  if (!document_) return {};
  const auto& nodes = document_->tree().nodes;
  return DocumentTree::element(*document_, skip_text_forward(nodes, nodes[index_].end));
}

bool Element::contains(Element other) const {
  return document_ == other.document_ && other.index_ >= index_ && other.index_ < document_->tree().nodes[index_].end;
}

bool Element::has_text() const {
  const auto& nodes = document_->tree().nodes;
  for (std::uint32_t child = nodes[index_].first_child; child != DocumentTree::none;
       child = nodes[child].next_sibling) {
    if (nodes[child].is_text && !nodes[child].text.empty()) return true;
  }
  return false;
}

bool Element::is_shadow_root() const { return document_->tree().nodes[index_].is_shadow_root; }

std::string Element::text_content() const {
  const auto& nodes = document_->tree().nodes;
  std::string text;
  for (std::uint32_t i = index_ + 1; i < nodes[index_].end; ++i) {
    WorkLimit::count();
    if (nodes[i].is_text) text += nodes[i].text;
  }
  return text;
}

std::size_t Element::position() const { return document_->tree().nodes[index_].position; }
std::uint32_t Element::line() const { return document_->tree().nodes[index_].line; }

Document::Document(Url address, std::string encoding, std::unique_ptr<const DocumentTree> tree)
    : address_(std::move(address)), encoding_(std::move(encoding)), base_(address_), tree_(std::move(tree)) {
  // WHATWG HTML, 4.2.3: the first base element with an href sets the base; where that cannot be resolved, it sets none.
  for (Element element = root(); element; element = element.next()) {
    if (!element.is("base") || !element.has("href")) continue;
    if (auto url = Url::parse(element.attribute_or_empty("href"), &address_)) base_ = std::move(*url);
    break;
  }
}

Document::~Document() = default;

Result<std::shared_ptr<const Document>> Document::parse(const SharedText& utf8, Url address, std::string encoding,
                                                        Syntax syntax) {
  auto tree = syntax == Syntax::xml ? build_xml_tree(utf8) : build_html_tree(utf8);
  if (!tree) return std::unexpected(std::move(tree.error()));
  return std::shared_ptr<const Document>(new Document(std::move(address), std::move(encoding), std::move(*tree)));
}

Result<Url> Document::resolve(std::string_view link) const {
  const std::size_t query = std::min(link.find('?'), link.size());
  const std::size_t end = std::min(link.find('#'), link.size());
  if (encoding_.starts_with("UTF-") || query >= end || is_ascii(link.substr(query, end - query)))
    return Url::parse(link, &base_);
  // "Percent-encode after encoding", one character at a time.
  std::string encoded(link.substr(0, query));
  std::string_view rest = link.substr(query, end - query);
  while (!rest.empty()) {
    std::string character;
    append_utf8(character, next_code_point(rest));
    const std::string bytes = from_utf8(character, encoding_);
    if (character.size() > 1 && bytes.starts_with("&#"))
      encoded += percent_encode(bytes, EncodeSet::component); // what the encoding does not hold
    else
      encoded += percent_encode(bytes, EncodeSet::c0_control);
  }
  encoded += link.substr(end);
  return Url::parse(encoded, &base_);
}

Element Document::root() const { return DocumentTree::element(*this, 0); }

Element Document::head() const {
  for (Element child = root().first_child(); child; child = child.next_sibling()) {
    if (child.is("head")) return child;
  }
  return {};
}

Element Document::body() const {
  for (Element child = root().first_child(); child; child = child.next_sibling()) {
    if (child.is("body") || child.is("frameset")) return child;
  }
  return {};
}

Element Document::by_id(std::string_view id) const { return by_id(id, root()); }

Element Document::by_id(std::string_view id, Element near) const {
  const auto found = tree_->ids.find({tree_->nodes[near.index()].scope, id});
  return found == tree_->ids.end() ? Element() : DocumentTree::element(*this, found->second);
}

Element Document::parser_form(Element control) const {
  return DocumentTree::element(*this, tree_->nodes[control.index()].form);
}

std::string Document::title() const {
  const Element title = first(*this, "title");
  return title ? collapse_white_space(title.text_content()) : std::string();
}

std::string Document::referrer_policy() const {
  // WHATWG HTML, 4.2.5.1: each valid one replaces the policy, the old names included.
  static constexpr std::array<std::string_view, 8> policies = {"no-referrer",
                                                               "no-referrer-when-downgrade",
                                                               "same-origin",
                                                               "origin",
                                                               "strict-origin",
                                                               "origin-when-cross-origin",
                                                               "strict-origin-when-cross-origin",
                                                               "unsafe-url"};
  static constexpr std::array<std::pair<std::string_view, std::string_view>, 4> old_names = {
      {{"never", "no-referrer"},
       {"default", "strict-origin-when-cross-origin"},
       {"always", "unsafe-url"},
       {"origin-when-crossorigin", "origin-when-cross-origin"}}};
  std::string policy;
  for (Element element = root(); element; element = element.next()) {
    if (!element.is("meta") || !equal_ignoring_ascii_case(element.attribute_or_empty("name"), "referrer")) continue;
    std::string value = ascii_lower(element.attribute_or_empty("content"));
    for (const auto& [old_name, name] : old_names) {
      if (value == old_name) value = name;
    }
    for (const std::string_view known : policies) {
      if (value == known) policy = value;
    }
  }
  return policy;
}

std::vector<Element> Document::policies() const {
  std::vector<Element> found;
  const Element top = head();
  if (!top) return found;
  const Element end = top.next_skipping();
  for (Element element = top.next(); element != end; element = element.next()) {
    if (element.is("meta") && element.has("content") &&
        equal_ignoring_ascii_case(element.attribute_or_empty("http-equiv"), "content-security-policy"))
      found.push_back(element);
  }
  return found;
}

std::optional<Refresh> Document::refresh() const {
  for (Element element = root(); element; element = element.next()) {
    if (!element.is("meta") || !equal_ignoring_ascii_case(element.attribute_or_empty("http-equiv"), "refresh"))
      continue;
    if (auto refresh = parse_refresh(element.attribute_or_empty("content"))) return refresh;
  }
  return std::nullopt;
}

} // namespace murphy::web
