// The app's CSRF token, as a script of the app reads it before it sends a request.
#pragma once

#include "drive/driver.h"
#include "scenario/model.h"
#include "scenario/variables.h"

#include <expected>
#include <optional>
#include <vector>

namespace murphy::run {

// The value of the header that the request has to carry; none for a safe method, for another origin than the target's,
// and where the request has the header already. What `open` exchanges is added to `exchanges`. Errors: of kind app,
// where the app gives no token out.
std::expected<std::optional<Value>, drive::Obstacle> csrf_token(const scenario::CsrfToken& csrf,
                                                                const drive::RawRequest& request, drive::Driver& driver,
                                                                scenario::Scope& scope, const drive::Limits& limits,
                                                                std::vector<record::Exchange>& exchanges);

} // namespace murphy::run
