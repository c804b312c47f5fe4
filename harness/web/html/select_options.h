// The options of a <select> and which of them are chosen when the page has just loaded.
#pragma once

#include "web/html/document.h"

#include <string>
#include <vector>

namespace murphy::web {

struct Option {
  Element element;
  std::string value;     // the value attribute, else its text
  std::string text;      // the words shown: the label attribute, else its text
  bool selected = false; // once the select's own rules are applied: what is chosen when the page has just loaded
  bool disabled = false; // itself, or its optgroup
};

// In tree order (WHATWG HTML, "list of options" of a select, and its selectedness setting algorithm).
std::vector<Option> read_options(Element select);

// Whether a select shows one option at a time: not multiple, display size 1.
bool is_drop_down(Element select);

} // namespace murphy::web
