// A request as a command line that sends it again. Pure.
#pragma once

#include "record/exchange.h"

#include <string>

namespace murphy::reports {

// For a POSIX shell. What Murphy has masked is a variable of the shell: ‹ada.password› is "$ADA_PASSWORD". Cookies come
// from the file `jar` and go to it; headers that curl sets itself are left out. A long body is named, not written:
// `@body.txt`.
std::string curl(const record::Exchange& exchange);

} // namespace murphy::reports
