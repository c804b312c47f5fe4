// What no scenario needs to say. Pure.
#pragma once

#include "drive/driver.h"
#include "record/result.h"
#include "scenario/model.h"

#include <vector>

namespace murphy::run {

// A page does not answer with a server error (unless the step states a status), and sign_in does not end on a refusal
// or on the sign-in form again (unless the step states what it expects). Raw requests are taken as they are.
std::vector<record::Failure> implied(const scenario::Step& step, const drive::Page& page, const scenario::App& app);

} // namespace murphy::run
