// The errors a page shows a person: tied to fields where the page ties them, else to the form as a whole.
#pragma once

#include "web/forms/form.h"
#include "web/html/document.h"
#include "web/selector/selector.h"

#include <string>
#include <vector>

namespace murphy::web {

struct ShownError {
  // Every way a person could name the field: label, without its colon, aria-label, placeholder, name, id; none: the
  // form.
  std::vector<std::string> labels;
  std::string words;              // on one line
  const Control* field = nullptr; // the field itself; null: the form
};

// In reading order, each words once for a field. What is hidden, or empty, is not shown. What `also` picks is an error,
// too, though nothing else says so: of the field whose wrapper it is in, else of the form.
std::vector<ShownError> shown_errors(const Document& document, const Forms& forms, const Selector* also = nullptr);

} // namespace murphy::web
