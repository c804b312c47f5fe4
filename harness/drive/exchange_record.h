// What a navigation did, as records. Pure.
#pragma once

#include "drive/driver.h"
#include "web/navigation/navigation.h"

#include <string_view>

namespace murphy::drive {

// Bodies are kept up to this many bytes.
inline constexpr std::size_t most_body_bytes = 256 * 1024;

// The hop as an exchange, what is secret of its request masked; `body` is its response's body as UTF-8.
record::Exchange record_of(const web::Hop& hop, const SharedText& body);

// Why a stopped navigation came to no page, without the exchanges.
Obstacle obstacle_of(const web::Navigation& navigation);
// A form that a browser does not send.
Obstacle obstacle_of(const web::ForbiddenForm& forbidden);
// An address that a browser does not load into a frame.
Obstacle obstacle_of(web::ForbiddenFrame forbidden);

} // namespace murphy::drive
