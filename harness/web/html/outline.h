// What a page is made of, without what it says: which elements hold words of their own. A template that prints nothing
// where it printed something shows as an element that is gone from the outline.
#pragma once

#include "web/html/document.h"

#include <string>
#include <vector>

namespace murphy::web {

// Selectors such as "h1", "p.notice", "dd#balance", "[data-user]": the tag with its id, else its data attributes, else
// its classes. Sorted, each once, at most 100. Left out: what is hidden, scripts and styles, labels and options, and
// what repeats for rows of data (list items, table rows, definitions, articles). Digits in names, which change from
// page to page, keep a name out.
std::vector<std::string> outline(const Document& document);

} // namespace murphy::web
