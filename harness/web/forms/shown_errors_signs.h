// By what an element of a page shows itself to be an error message: its classes, id and role, as frameworks write them.
#pragma once

#include "web/html/document.h"

namespace murphy::web {

enum class ErrorSign { // the later, the stronger
  none,
  beside, // an error only where it stands with a field: red text
  field,  // an error by its class or id, of a field or of the form
  alert,  // an error that is read out: of the field whose wrapper it is in, else of the form as a whole
  form,   // an alert, summary or note: of the form as a whole
};

ErrorSign error_sign(Element element);

// A list of errors that stands in front of its field (Django's errorlist).
bool is_error_list(Element element);

// Whether classes hide the element that no style attribute hides; its ancestors are not asked.
bool is_hidden_by_class(Element element);

} // namespace murphy::web
