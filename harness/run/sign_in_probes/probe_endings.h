// How the requests ended that ask more after a failed sign-in. Pure.
#pragma once

#include "drive/driver.h"
#include "record/probes.h"
#include "run/shared/dashboard.h"

#include <optional>
#include <string>

namespace murphy::run {

// A page that anyone may see: works below 400, refused below 500.
record::ProbeEnd end_of_page(const drive::Visited& visited);

// The dashboard: works when it is open, refused when it is closed. Not judged (not_asked) by a page that is neither.
record::ProbeEnd end_of_dashboard(const drive::Visited& visited, const DashboardFacts& facts);

// A sign-in that was tried, and the page that is open since; null without one. `form` are the words of the form that
// takes the password; empty when there is none. Nothing when it may have been let in, which the dashboard shows.
std::optional<record::ProbeEnd> end_of_sign_in(const record::StepResult& sign_in, const drive::Page* page,
                                               std::string_view form, const DashboardFacts& facts);

// Whether the app says with this status that it is asked too often, so that nothing more should be asked.
bool is_throttled(int status);

// The address of something on the page that is a file: a stylesheet, else a script, else an image, of the page's own
// origin. None when it has none.
std::optional<std::string> static_part(const drive::Page& page);

} // namespace murphy::run
