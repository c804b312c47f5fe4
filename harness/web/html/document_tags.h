// How the tree builder treats the tags it knows, as far as nesting goes (WHATWG HTML, 13.2.4 and 13.2.6).
#pragma once

#include <cstdint>
#include <string_view>

namespace murphy::web {

enum TagTrait : std::uint32_t {
  void_element = 1 << 0, // has no contents
  raw_text = 1 << 1,     // its contents are text up to its end tag (in a browser with scripts)
  special = 1 << 2,      // "special" in 13.2.4.2
  formatting = 1 << 3,   // "formatting" in 13.2.4.2
  scope = 1 << 4,        // end tags do not reach beyond it
  closes_p = 1 << 5,     // its start tag ends an open <p>
  heading = 1 << 6,
  list_item = 1 << 7,     // li, dd, dt
  row_group = 1 << 8,     // tbody, thead, tfoot, caption, colgroup
  row = 1 << 9,           // tr
  cell = 1 << 10,         // td, th
  only_one = 1 << 11,     // html, head, body: one for each document
  reopened = 1 << 12,     // a, nobr, button, form, option: a new one ends (or ignores) the open one
  foreign_root = 1 << 13, // svg, math
  breakout = 1 << 14,     // ends SVG and MathML (13.2.6.5)
};

// The traits of a tag (in lower case), 0 for one the parser has no rules for.
std::uint32_t tag_traits(std::string_view tag);

} // namespace murphy::web
