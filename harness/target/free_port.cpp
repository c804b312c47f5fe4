#include "target/free_port.h"

#include "base/make_error.h"
#include "base/text.h"

#include <algorithm>
#include <arpa/inet.h>
#include <cctype>
#include <cerrno>
#include <cstddef>
#include <cstring>
#include <filesystem>
#include <fmt/format.h>
#include <fstream>
#include <netinet/in.h>
#include <random>
#include <sstream>
#include <sys/socket.h>
#include <sys/un.h>

namespace murphy::target {
namespace {

namespace fs = std::filesystem;

// Whether nobody listens where a server on this loopback address would have to. SO_REUSEADDR as servers set it:
// connections of an earlier run that the system still remembers do not count.
bool can_bind(const sockaddr* address, socklen_t size) {
  const Descriptor probe(socket(address->sa_family, SOCK_STREAM | SOCK_CLOEXEC, 0));
  if (!probe) return true; // no such address family here
  const int on = 1;
  setsockopt(probe.number(), SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
  return bind(probe.number(), address, size) == 0 || errno != EADDRINUSE;
}

bool is_free(std::uint16_t port) {
  sockaddr_in v4{};
  v4.sin_family = AF_INET;
  v4.sin_port = htons(port);
  v4.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  sockaddr_in6 v6{};
  v6.sin6_family = AF_INET6;
  v6.sin6_port = htons(port);
  v6.sin6_addr = in6addr_loopback;
  return can_bind(reinterpret_cast<const sockaddr*>(&v4), sizeof v4) &&
         can_bind(reinterpret_cast<const sockaddr*>(&v6), sizeof v6);
}

// The inode of a socket that listens on the port, from the lines of a table like /proc/net/tcp (proc(5)); empty when
// there is none.
std::string listening_inode(std::istream& lines, std::uint16_t port) {
  const std::string wanted = fmt::format(":{:04X}", port);
  constexpr std::string_view listening = "0A";
  for (std::string line; std::getline(lines, line);) {
    std::istringstream fields(line);
    std::string slot, local, remote, state, queues, timer, retransmits, user, timeout, inode;
    fields >> slot >> local >> remote >> state >> queues >> timer >> retransmits >> user >> timeout >> inode;
    if (state == listening && local.ends_with(wanted)) return inode;
  }
  return {};
}

// "name, pid 4711" of the process that holds the socket; empty when it is not ours to see.
std::string holder_of(const std::string& inode) {
  const std::string wanted = fmt::format("socket:[{}]", inode);
  std::error_code ignored;
  for (const fs::directory_entry& process : fs::directory_iterator("/proc", ignored)) {
    const std::string pid = process.path().filename();
    if (!std::ranges::all_of(pid, [](unsigned char character) { return std::isdigit(character) != 0; })) continue;
    std::error_code forbidden;
    for (auto file = fs::directory_iterator(process.path() / "fd", forbidden); file != fs::directory_iterator();
         file.increment(forbidden)) {
      std::error_code gone;
      if (fs::read_symlink(file->path(), gone) != wanted) continue;
      std::string name;
      std::ifstream comm(process.path() / "comm");
      std::getline(comm, name);
      return fmt::format("{}, pid {}", name, pid);
    }
  }
  return {};
}

// The first and the last port of some.
struct PortRange {
  std::uint16_t first = 0;
  std::uint16_t last = 0;
};

// Ports that the system gives to nobody who does not name them: the larger part of what lies above those that it gives,
// else some below. Kubernetes keeps 30000 to 32767 for itself, and browsers refuse some under 11000.
std::optional<PortRange> unassigned_ports() {
  constexpr PortRange below{20'000, 29'999};
  constexpr std::uint16_t highest = 65'535, enough = 1'000;
  std::ifstream file("/proc/sys/net/ipv4/ip_local_port_range");
  std::uint16_t first = 0, last = 0;
  if (!(file >> first >> last)) return std::nullopt;
  if (last < highest - enough) return PortRange{static_cast<std::uint16_t>(last + 1), highest};
  if (first > below.last) return below;
  return std::nullopt;
}

// The port that a socket of 127.0.0.1 was bound to: this one, or any for 0. Nothing when that fails; errno tells why.
// Without SO_REUSEADDR, so that a port with connections of an earlier run is not free: not every server sets it.
std::optional<std::uint16_t> bound(std::uint16_t port) {
  const Descriptor probe(socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0));
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_port = htons(port);
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  socklen_t size = sizeof address;
  auto* const general = reinterpret_cast<sockaddr*>(&address);
  if (!probe || bind(probe.number(), general, size) != 0 || getsockname(probe.number(), general, &size) != 0)
    return std::nullopt;
  return ntohs(address.sin_port);
}

// Keeps a port for this process among those of Murphy: a name in the abstract space of Unix sockets (unix(7)), which
// belongs to the same network as the port, and which the system forgets with its owner. Nothing when it is kept
// already.
std::optional<Descriptor> reserved(std::uint16_t port) {
  sockaddr_un address{};
  address.sun_family = AF_UNIX;
  const std::string name = fmt::format("murphy port {}", port);
  std::ranges::copy(name, address.sun_path + 1);
  const auto size = static_cast<socklen_t>(offsetof(sockaddr_un, sun_path) + 1 + name.size());
  Descriptor held(socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0));
  const bool kept = held && bind(held.number(), reinterpret_cast<const sockaddr*>(&address), size) != 0;
  if (kept && errno == EADDRINUSE) return std::nullopt;
  return held;
}

} // namespace

Result<FreePort> free_port() {
  if (const auto range = unassigned_ports()) {
    const auto count = static_cast<std::uint32_t>(range->last - range->first + 1);
    const std::uint32_t begin = std::random_device()() % count;
    for (std::uint32_t step = 0; step < count; ++step) {
      const auto port = static_cast<std::uint16_t>(range->first + (begin + step) % count);
      if (!bound(port) || !is_free(port)) continue;
      if (auto held = reserved(port)) return FreePort{port, std::move(*held)};
    }
  }
  constexpr int attempts = 100;
  for (int attempt = 0; attempt < attempts; ++attempt) {
    const auto port = bound(0);
    if (!port) break;
    if (auto held = reserved(*port)) return FreePort{*port, std::move(*held)};
  }
  return std::unexpected(target_error(fmt::format("no free port on 127.0.0.1: {}", strerrordesc_np(errno)),
                                      "write a fixed port in the target's `url` instead of ${port}"));
}

std::optional<std::string> port_holder(std::uint16_t port) {
  if (is_free(port)) return std::nullopt;
  const std::string unknown = "another program";
  bool listed = false;
  for (const char* table : {"/proc/net/tcp", "/proc/net/tcp6"}) {
    std::ifstream lines(table);
    listed = listed || lines.is_open();
    if (const std::string inode = listening_inode(lines, port); !inode.empty()) {
      const std::string holder = holder_of(inode);
      return holder.empty() ? unknown : holder;
    }
  }
  // Nobody listens: in the way is a connection that leaves from this port, or that a server left behind.
  if (listed) return std::nullopt;
  return unknown;
}

bool says_port_in_use(std::string_view line) {
  const std::string folded = ascii_lower(line);
  return folded.contains("address already in use") || folded.contains("address in use") ||
         folded.contains("eaddrinuse") || (folded.contains("port") && folded.contains("already in use"));
}

} // namespace murphy::target
