// What the app wrote while something went wrong.
#pragma once

#include "target/console.h"

#include <vector>

namespace murphy::run {

// The place that the console has come to.
target::Console::Mark console_mark(target::Console& console);

// The lines since a mark; of very many, the last. Waits until the app falls silent, a second at most: frameworks log a
// request after they have answered it.
std::vector<record::ConsoleLine> console_since(target::Console& console, target::Console::Mark mark);

} // namespace murphy::run
