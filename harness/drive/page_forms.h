// The forms of a page as the record keeps them.
#pragma once

#include "record/page.h"
#include "web/forms/form.h"

#include <vector>

namespace murphy::drive {

// In the order of the page. Values are left out, and so are buttons.
std::vector<record::PageForm> page_forms(const web::Forms& forms);

} // namespace murphy::drive
