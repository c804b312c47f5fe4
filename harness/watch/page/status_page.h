// The status page: one HTML file without scripts, which needs nothing from elsewhere. Pure.
#pragma once

#include "watch/page/status_view.h"

#include <string>

namespace murphy::watch {

// What the page may load and do; also in the page itself, for servers that do not send it.
inline constexpr const char* page_policy = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; "
                                           "form-action 'none'";

std::string status_page(const StatusView& view);

} // namespace murphy::watch
