// The nodes of a document, flat and in document order: what Element looks into. For the code that walks text nodes too.
#pragma once

#include "base/shared_text.h"
#include "web/html/document.h"

#include <cstdint>
#include <map>
#include <memory_resource>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace murphy::web {

struct DocumentTree {
  static constexpr std::uint32_t none = 0xffffffff;

  struct Node {
    std::string_view text; // of an element: its tag
    bool is_text = false;
    bool is_html = true; // of the HTML namespace
    bool is_shadow_root = false;
    bool hides_its_children = false; // a shadow root without a slot is shown in place of them
    std::uint32_t parent = none;
    std::uint32_t previous_sibling = none;
    std::uint32_t next_sibling = none;
    std::uint32_t first_child = none;
    std::uint32_t end = 0; // one behind its last descendant
    std::uint32_t first_attribute = 0;
    std::uint32_t attribute_count = 0;
    std::uint32_t form = none; // the parser's form pointer when it met a form-associated element
    std::uint32_t scope = 0;   // the tree it is in: the root, or the shadow root around it
    std::uint32_t line = 0;
    std::uint32_t position = 0; // in the source, which is no larger than Document::max_size
  };

  SharedText source;                           // of a plain page; views look into it,
  std::pmr::monotonic_buffer_resource strings; // or into this
  std::vector<Node> nodes;                     // in document order; [0] is the root element
  std::vector<Attribute> attributes;
  std::map<std::pair<std::uint32_t, std::string_view>, std::uint32_t> ids; // by scope and id: the first element of each

  static Element element(const Document& document, std::uint32_t index) {
    return index == none ? Element() : Element(&document, index);
  }
};

// Builds the tree of a page with gumbo. Errors: see Document::parse.
Result<std::unique_ptr<DocumentTree>> build_tree(std::string utf8);

} // namespace murphy::web
