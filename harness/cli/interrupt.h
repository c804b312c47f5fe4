// Ctrl-C and termination as a stop token.
#pragma once

#include <stop_token>
#include <thread>

namespace murphy::cli {

// While it lives, SIGINT, SIGTERM and SIGHUP request a stop instead of ending the process; a second one ends it at once
// (the app's guard then cleans up). To be made before any other thread, which then never sees these signals.
class Interrupt {
public:
  Interrupt();
  ~Interrupt();
  Interrupt(const Interrupt&) = delete;
  Interrupt& operator=(const Interrupt&) = delete;

  std::stop_token token() const { return source_.get_token(); }

private:
  std::stop_source source_;
  std::thread waiting_;
};

} // namespace murphy::cli
