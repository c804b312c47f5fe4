// What a watch remembers, as text, so that it is still known after a restart. Pure.
#pragma once

#include "base/error.h"
#include "watch/incident.h"

#include <string>
#include <string_view>

namespace murphy::watch {

std::string state_text(const WatchState& state);
// Errors: internal, for anything that state_text did not write.
Result<WatchState> read_state(std::string_view text);

} // namespace murphy::watch
