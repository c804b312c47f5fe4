#include "cli/service_manager.h"

#include "base/text.h"
#include "cli/terminal.h"
#include "target/descriptor.h"

#include <algorithm>
#include <cerrno>
#include <charconv>
#include <cstddef>
#include <cstring>
#include <fmt/format.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

namespace murphy::cli {
namespace {

using std::chrono::steady_clock;

std::optional<long long> number_in(const char* text) {
  if (text == nullptr) return std::nullopt;
  const std::string_view digits(text);
  long long number = 0;
  const auto [end, failed] = std::from_chars(digits.data(), digits.data() + digits.size(), number);
  if (failed != std::errc() || end != digits.data() + digits.size() || number <= 0) return std::nullopt;
  return number;
}

} // namespace

ServiceManager::ServiceManager(const Variable& variable) {
  if (const char* socket = variable("NOTIFY_SOCKET"); socket != nullptr) socket_ = socket;
  if (socket_.starts_with('@')) socket_.front() = '\0';
  const auto process = number_in(variable("WATCHDOG_PID"));
  if (const auto time = number_in(variable("WATCHDOG_USEC")); time && (!process || *process == getpid()))
    watchdog_ = std::chrono::microseconds(*time);
}

void ServiceManager::ready() { send("READY=1"); }

void ServiceManager::reloading() {
  const auto now = std::chrono::duration_cast<std::chrono::microseconds>(steady_clock::now().time_since_epoch());
  send(fmt::format("RELOADING=1\nMONOTONIC_USEC={}", now.count()));
}

void ServiceManager::stopping() { send("STOPPING=1"); }

void ServiceManager::status(std::string_view line) { send("STATUS=" + one_line(line)); }

void ServiceManager::beat(steady_clock::time_point now) {
  if (!watchdog_ || (last_beat_ && now - *last_beat_ < *watchdog_ / 2)) return;
  last_beat_ = now;
  send("WATCHDOG=1");
}

void ServiceManager::send(const std::string& message) {
  if (socket_.empty()) return;
  sockaddr_un address{};
  address.sun_family = AF_UNIX;
  const target::Descriptor from(::socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC, 0));
  const bool fits = socket_.size() < sizeof address.sun_path;
  bool is_sent = false;
  if (fits && from) {
    std::ranges::copy(socket_, address.sun_path);
    // A name that is no path ends with its last character, and a path behind a 0.
    const std::size_t length = offsetof(sockaddr_un, sun_path) + socket_.size() + (socket_.front() == '\0' ? 0 : 1);
    is_sent = ::sendto(from.number(), message.data(), message.size(), MSG_NOSIGNAL | MSG_DONTWAIT,
                       reinterpret_cast<const sockaddr*>(&address), static_cast<socklen_t>(length)) >= 0;
  }
  const char* why = fits ? std::strerror(errno) : "its name is too long";
  if (!is_sent && !is_in_trouble_)
    print_error(fmt::format("murphy watch: the socket of NOTIFY_SOCKET does not take what is sent: {}\n", why));
  is_in_trouble_ = !is_sent;
}

} // namespace murphy::cli
