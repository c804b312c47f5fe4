// What the steps of a run tell of the app's ways: which requests were answered how, and which cookies were set. The
// same reading serves the known-good record and the failure that is held against it.
#pragma once

#include "record/known_good.h"
#include "record/result.h"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace murphy::record {

// The path of an address, without query; a segment that changes from one run to the next (digits, made-up words) is
// `*`. An address that is no URL is taken for a path.
std::string lasting_path(std::string_view url);

// The visits of a step, in order: what it asked for and where the redirects led. Only the last one has a page, and only
// where the step kept it. Probes and controls are no visits.
std::vector<KnownVisit> visits_of(const StepResult& step);

// A cookie as a Set-Cookie line sets it, its name with what changes folded; none when it deletes one, has no name, or
// is a line that browsers ignore.
std::optional<KnownCookie> cookie_set_by(std::string_view line, Instant at);

// In the order that a record has them, each once.
std::vector<KnownCookie> sorted(std::vector<KnownCookie> cookies);

// All cookies that the exchanges set, sorted.
std::vector<KnownCookie> cookies_of(const std::vector<Exchange>& exchanges);

} // namespace murphy::record
