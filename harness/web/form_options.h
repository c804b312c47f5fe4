// The options of a <select> and which of them are chosen when the page has just loaded.
#pragma once

#include "web/form.h"

#include <vector>

namespace murphy::web {

// In tree order (WHATWG HTML, "list of options" of a select, and its selectedness setting algorithm).
std::vector<Option> read_options(Element select);

// Whether a select shows one option at a time: not multiple, display size 1.
bool is_drop_down(Element select);

} // namespace murphy::web
