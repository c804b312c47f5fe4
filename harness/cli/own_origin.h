// A way to send requests that takes what people type to one origin alone.
#pragma once

#include "web/http/message.h"
#include "web/url/url.h"

namespace murphy::cli {

// Sends as `transport` does, but nothing with a body to another origin: neither a form nor a redirect carries a
// password there. Such a request fails with an error of kind target that names both origins.
web::Transport bodies_to_own_origin(web::Transport transport, web::Url own);

} // namespace murphy::cli
