// Where a sign-in stopped that has let nobody in: on a consent page, at the provider, before a second factor. Pure.
#pragma once

#include "drive/driver.h"
#include "run/shared/dashboard.h"

#include <optional>

namespace murphy::run {

// Of a project without a dashboard: the sign-in ended on a form that is on no origin of the app.
std::optional<record::Failure> stopped_elsewhere(const drive::Visit& ended, const DashboardFacts& facts);

// `dashboard` is how the dashboard answers the session that the sign-in made; `ended` may be null. Nothing when it
// shows what only the dashboard shows, and when it says nothing of signing in: 403, 404 and server errors may have
// other reasons.
std::optional<record::Failure> stopped_short(const drive::Visit* ended, const drive::Visit& dashboard,
                                             const DashboardFacts& facts);

} // namespace murphy::run
