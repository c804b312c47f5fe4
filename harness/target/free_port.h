// Ports of the loopback interface: one that is free, and who has one that is not.
#pragma once

#include "base/error.h"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace murphy::target {

// A TCP port that nobody listened on at the moment of asking, on 127.0.0.1. Another program may take it meanwhile; see
// start_on_free_port in target.h, which tries again then.
Result<std::uint16_t> free_port();

// Who listens on a TCP port where a server on loopback would have to: "python3, pid 4711", or "another program" when
// the system does not tell. Nothing when the port is free.
std::optional<std::string> port_holder(std::uint16_t port);

// Whether a line of a server's console says that its port was taken.
bool says_port_in_use(std::string_view line);

} // namespace murphy::target
