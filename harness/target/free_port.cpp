#include "target/free_port.h"

#include "base/make_error.h"
#include "base/text.h"
#include "target/descriptor.h"

#include <algorithm>
#include <arpa/inet.h>
#include <cctype>
#include <cerrno>
#include <cstring>
#include <filesystem>
#include <fmt/format.h>
#include <fstream>
#include <netinet/in.h>
#include <sstream>
#include <sys/socket.h>

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

} // namespace

Result<std::uint16_t> free_port() {
  const Descriptor probe(socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0));
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  socklen_t size = sizeof address;
  auto* const general = reinterpret_cast<sockaddr*>(&address);
  if (!probe || bind(probe.number(), general, size) != 0 || getsockname(probe.number(), general, &size) != 0) {
    return std::unexpected(target_error(fmt::format("no free port on 127.0.0.1: {}", strerrordesc_np(errno)),
                                        "write a fixed port in the target's `url` instead of ${port}"));
  }
  return ntohs(address.sin_port);
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
