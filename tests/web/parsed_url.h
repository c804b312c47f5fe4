// Addresses of tests, which can all be read.
#pragma once

#include "web/url/url.h"

#include <string_view>

namespace murphy::web {

inline Url url(std::string_view text) { return Url::parse(text).value(); }

} // namespace murphy::web
