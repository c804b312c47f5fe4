// An HTML page as a browser with scripts reads it, before any script has run. Parsing is gumbo's (WHATWG HTML, 13.2);
// what such a browser never shows to anyone (the contents of noscript and template) is left out.
#pragma once

#include "base/error.h"
#include "base/shared_text.h"
#include "web/url/url.h"

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace murphy::web {

class Document;
struct DocumentTree; // the nodes themselves, text included; see document_tree.h

struct Attribute {
  std::string_view name; // lower case in HTML elements
  std::string_view value;
};

// An element of a document: a handle as cheap as a pointer, valid as long as the document lives. A default-made one is
// none; asking none for anything but bool, == and its neighbours (which are none again) is a mistake of the caller.
class Element {
public:
  Element() = default;
  explicit operator bool() const { return document_ != nullptr; }
  bool operator==(const Element&) const = default;

  std::string_view tag() const;                                           // local name, lower case: "input"
  bool is(std::string_view html_tag) const;                               // an HTML element of that name
  bool is_html() const;                                                   // of neither SVG nor MathML
  std::span<const Attribute> attributes() const;                          // in source order
  std::optional<std::string_view> attribute(std::string_view name) const; // name in lower case
  std::string_view attribute_or_empty(std::string_view name) const;
  bool has(std::string_view name) const { return attribute(name).has_value(); }
  bool has_class(std::string_view name) const; // compared exactly

  Element parent() const;
  Element first_child() const;
  Element next_sibling() const;
  Element previous_sibling() const;
  Element next() const;               // the following element in document order, descendants first
  Element next_skipping() const;      // the following element in document order that is no descendant
  bool contains(Element other) const; // an inclusive descendant
  bool has_text() const;              // any child text node that is not empty
  // The <template shadowrootmode> of a declarative shadow root: what it holds is a tree of its own, shown in its
  // parent.
  bool is_shadow_root() const;

  std::string text_content() const; // the text of all descendants, as it stands
  std::size_t position() const; // byte offset of the start tag in the source; for implied elements that of what follows
  std::uint32_t line() const;   // line of the start tag, from 1
  const Document& document() const { return *document_; }
  std::uint32_t index() const { return index_; } // rises in document order; unique in the document

private:
  friend class Document;
  friend struct DocumentTree;
  Element(const Document* document, std::uint32_t index) : document_(document), index_(index) {}
  const Document* document_ = nullptr;
  std::uint32_t index_ = 0;
};

// A declarative refresh: `<meta http-equiv=refresh content="3; url=/next">`, or the Refresh header.
struct Refresh {
  std::chrono::seconds delay{};
  std::string url; // as written, to be resolved against the document's base; empty means the document itself
};

// The shared declarative refresh steps (WHATWG HTML, 4.2.5.3) up to the URL, which is left as written. None when
// `input` is no refresh.
std::optional<Refresh> parse_refresh(std::string_view input);

// How a page is written.
enum class Syntax { html, xml };

// A parsed page. Immutable, shared; everything read from it (Element, Form, …) is valid as long as it lives.
class Document {
public:
  static constexpr std::size_t max_size = std::size_t{16} << 20; // bytes of source
  static constexpr std::size_t max_depth = 2000;                 // open elements at once
  static constexpr std::size_t max_attributes = 500;             // in one tag
  static constexpr std::size_t max_elements = 200'000;
  static constexpr std::size_t max_controls = 20'000; // forms, inputs, buttons, selects, textareas and labels

  // Parses UTF-8 text served at `address`; `encoding` is the name of the encoding it was decoded from, which its forms
  // are sent in. Errors: target, when the page exceeds a bound (size, nesting, attributes, elements, controls, or the
  // memory its tree may take), naming the bound, the place and what was met.
  static Result<std::shared_ptr<const Document>> parse(const SharedText& utf8, Url address,
                                                       std::string encoding = "UTF-8", Syntax syntax = Syntax::html);

  const Url& address() const { return address_; }
  const std::string& encoding() const { return encoding_; }
  const Url& base() const {
    return base_;
  } // that of the first `<base href>` where it can be resolved, else the address
  // A link or an action as it is written, resolved against the base; its query goes out in the document's encoding (URL
  // standard, "encoding-parse a URL"). Errors: those of Url::parse.
  Result<Url> resolve(std::string_view link) const;
  std::string title() const;              // white space stripped and collapsed (WHATWG HTML, document.title)
  std::optional<Refresh> refresh() const; // the first `<meta http-equiv=refresh>` that is one
  // Each `<meta http-equiv=Content-Security-Policy>` of the head.
  std::vector<Element> policies() const;
  std::string referrer_policy() const; // of the last valid `<meta name=referrer>`; empty when there is none

  Element root() const; // <html>
  Element head() const; // none in a frameset or when missing
  Element body() const;
  Element by_id(std::string_view id) const; // the first in document order; none when there is none
  // The same in the tree that `near` is in: that of the document, or of a shadow root.
  Element by_id(std::string_view id, Element near) const;

  // The form pointer of the parser when it met this element (WHATWG HTML, 13.2.4.4): the form the parser associates a
  // form-associated element with, none when it was null.
  Element parser_form(Element control) const;

  const DocumentTree& tree() const { return *tree_; }
  ~Document();
  Document(const Document&) = delete;
  Document& operator=(const Document&) = delete;

private:
  Document(Url address, std::string encoding, std::unique_ptr<const DocumentTree> tree);
  Url address_;
  std::string encoding_;
  Url base_;
  std::unique_ptr<const DocumentTree> tree_;
};

} // namespace murphy::web
