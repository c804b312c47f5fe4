// The errors a page shows a person: tied to fields where the page ties them, else to the form as a whole.
#pragma once

#include "web/document.h"
#include "web/form.h"

#include <string>
#include <vector>

namespace murphy::web {

struct ShownError {
  std::vector<std::string>
      labels; // every way a person could name the field: label, aria-label, placeholder, name, id; empty: the form
  std::string words; // on one line
};

// In reading order, each words once for a field. What is hidden, or empty, is not shown.
std::vector<ShownError> shown_errors(const Document& document, const Forms& forms);

} // namespace murphy::web
