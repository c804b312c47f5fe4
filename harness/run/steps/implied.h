// What no scenario needs to say. Pure.
#pragma once

#include "drive/driver.h"
#include "record/result.h"
#include "run/shared/dashboard.h"
#include "scenario/model.h"

#include <vector>

namespace murphy::run {

// A page does not answer with an error, unless the step says so. A sign-in and a sign-out never do, and a sign-in does
// not end on its own form again, unless the step expects something of that page. Raw requests are taken as they are.
std::vector<record::Failure> implied(const scenario::Step& step, const drive::Visit& visit,
                                     const DashboardFacts& facts);

} // namespace murphy::run
