// Pages that scripts make, which Murphy does not run: what it sees of them is no evidence. Pure.
#pragma once

#include "drive/driver.h"
#include "scenario/model.h"

#include <optional>
#include <vector>

namespace murphy::run {

// Why what is expected of the page cannot be judged; none when it can. Kind unseen. `failures` are the expectations
// that do not hold: where one of them has nothing to do with what the page shows, the app has failed all the same.
std::optional<Error> unseen(const std::vector<scenario::Expectation>& expected,
                            const std::vector<record::Failure>& failures, const drive::Page& page);

} // namespace murphy::run
