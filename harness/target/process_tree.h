// The processes below this one, found through /proc. Every call is async-signal-safe and allocates nothing.
#pragma once

#include <sys/types.h>

namespace murphy::target {

// Sends a signal to every descendant of the calling process, which must be a subreaper so that none escapes. The
// process group `group` gets it as a whole, the others one by one; nobody gets it twice. Without /proc only the group
// gets it.
void signal_descendants(int signal, pid_t group);

} // namespace murphy::target
