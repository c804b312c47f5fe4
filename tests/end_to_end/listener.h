// A loopback port that is taken, or was until just now.
#pragma once

#include <cstdint>

namespace murphy::end_to_end {

// Listens on a port of 127.0.0.1 that the system chose, and answers nobody.
class Listener {
public:
  Listener();
  ~Listener();
  Listener(const Listener&) = delete;
  Listener& operator=(const Listener&) = delete;
  std::uint16_t port() const { return port_; }
  bool was_contacted() const; // whether anyone has connected until now

private:
  int descriptor_ = -1;
  std::uint16_t port_ = 0;
};

// A port on which connections are refused.
std::uint16_t refusing_port();

} // namespace murphy::end_to_end
