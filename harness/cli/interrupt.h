// Ctrl-C and termination as a stop token.
#pragma once

#include <functional>
#include <stop_token>
#include <thread>

namespace murphy::cli {

// While it lives, SIGINT, SIGTERM and SIGHUP request a stop instead of ending the process; a second one ends it at once
// (the app's guard then cleans up). To be made before any other thread, which then never sees these signals.
class Interrupt {
public:
  // Called in a thread of its own.
  using HangUp = std::function<void()>;

  // `hang_up`, unless it is empty, is called at each SIGHUP that another process sends. That of a terminal which is
  // closed requests a stop as before, though the shell sends it: the terminal of the beginning is gone then.
  explicit Interrupt(HangUp hang_up = {});
  ~Interrupt();
  Interrupt(const Interrupt&) = delete;
  Interrupt& operator=(const Interrupt&) = delete;

  std::stop_token token() const { return source_.get_token(); }
  // As the first of these signals does.
  void request_stop() { source_.request_stop(); }

private:
  std::stop_source source_;
  std::thread waiting_;
};

} // namespace murphy::cli
