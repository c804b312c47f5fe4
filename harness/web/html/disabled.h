// Whether an element of a form is disabled.
#pragma once

#include "web/html/document.h"

namespace murphy::web {

// Of a control, fieldset, option or optgroup: whether it is actually disabled (WHATWG HTML, 4.10.18.5 and 4.10.10).
bool is_disabled(Element element);

} // namespace murphy::web
