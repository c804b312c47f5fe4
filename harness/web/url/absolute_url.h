// Whether a text is an absolute URL of any scheme, which is all that type=url asks (URL standard, 4.4, without a base).
#pragma once

#include <string_view>

namespace murphy::web {

bool is_absolute_url(std::string_view text);

} // namespace murphy::web
