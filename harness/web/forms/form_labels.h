// The words that label controls (WHATWG HTML, 4.10.4; WAI-ARIA, aria-labelledby).
#pragma once

#include "web/forms/form.h"

#include <string>
#include <vector>

namespace murphy::web {

// The words of the elements that aria-labelledby names, or nothing.
std::string labelled_by(Element element);

// Gives every control its labels and group, and collects the labels that are tied to no control. `labels` are the
// document's, in order.
void attach_labels(const Document& document, const std::vector<Element>& labels, Forms& forms);

} // namespace murphy::web
