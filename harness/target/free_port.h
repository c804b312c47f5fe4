// Ports of the loopback interface: one that is free, and who has one that is not.
#pragma once

#include "base/error.h"
#include "target/descriptor.h"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace murphy::target {

// A TCP port of 127.0.0.1, and what keeps other runs of Murphy from choosing it as long as this lives: an app takes a
// while until it listens, and whoever answers in its place would be taken for it.
struct FreePort {
  std::uint16_t number = 0;
  Descriptor reservation{};
};

// A port that nobody listened on at the moment of asking. It is one that the system itself gives to no program that
// asks for any port, nor to a connection that leaves (ip_local_port_range, ip(7)), where there are such ports. A
// program that asks for this very one may still take it; see start_on_free_ports in target.h, which tries again then.
Result<FreePort> free_port();

// Who listens on a TCP port where a server on loopback would have to: "python3, pid 4711", or "another program" when
// the system does not tell. Nothing when the port is free.
std::optional<std::string> port_holder(std::uint16_t port);

// Whether a line of a server's console says that its port was taken.
bool says_port_in_use(std::string_view line);

} // namespace murphy::target
