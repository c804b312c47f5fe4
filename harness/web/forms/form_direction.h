// Which way a field's text runs, for forms that ask for it with dirname (WHATWG HTML, 4.10.18.2 and 3.2.6.4).
#pragma once

#include "base/secret.h"
#include "web/forms/form.h"

#include <optional>
#include <string>
#include <utility>

namespace murphy::web {

// The name and "ltr" or "rtl" that a field with a dirname attribute sends beside its value.
std::optional<std::pair<std::string, std::string>> direction_entry(const Control& control, const Value& value);

} // namespace murphy::web
