// What systemd, or who else has started the watch, hears of it: the protocol of sd_notify(3), without its library.
#pragma once

#include <chrono>
#include <functional>
#include <optional>
#include <string>
#include <string_view>

namespace murphy::cli {

class ServiceManager {
public:
  using Variable = std::function<const char*(const char*)>; // as getenv(3)

  // Of NOTIFY_SOCKET, WATCHDOG_USEC and WATCHDOG_PID. Without the first, nothing is sent.
  explicit ServiceManager(const Variable& variable);

  // Each says on standard error why it cannot be sent, once. For one thread at a time.
  void ready();
  void reloading();
  void stopping();
  void status(std::string_view line); // for people; not more than one line
  // The watch goes on: a sign of life, where the manager waits for one, at most twice in the time that it waits.
  void beat(std::chrono::steady_clock::time_point now);

private:
  void send(const std::string& message);

  std::string socket_;                                // a path, or a name behind a 0; empty: nobody listens
  std::optional<std::chrono::microseconds> watchdog_; // so long it waits for a sign of life
  std::optional<std::chrono::steady_clock::time_point> last_beat_;
  bool is_in_trouble_ = false;
};

} // namespace murphy::cli
