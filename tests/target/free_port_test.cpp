#include "target/free_port.h"

#include "target/descriptor.h"

#include <cstdint>
#include <fmt/format.h>
#include <fstream>
#include <gmock/gmock.h>
#include <netinet/in.h>
#include <set>
#include <sys/socket.h>
#include <utility>
#include <vector>

namespace murphy::target {
namespace {

// Listens on a port that the system chose. Loopback or every address.
class Listener {
public:
  explicit Listener(std::uint32_t where) : socket_(socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)) {
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(where);
    socklen_t size = sizeof address;
    EXPECT_EQ(bind(socket_.number(), reinterpret_cast<sockaddr*>(&address), size), 0);
    EXPECT_EQ(listen(socket_.number(), 1), 0);
    getsockname(socket_.number(), reinterpret_cast<sockaddr*>(&address), &size);
    port = ntohs(address.sin_port);
  }
  std::uint16_t port = 0;

private:
  Descriptor socket_;
};

TEST(FreePort, IsFree) {
  const auto port = free_port();
  ASSERT_TRUE(port);
  EXPECT_GT(port->number, 1024);
  EXPECT_FALSE(port_holder(port->number));
}

// The app of another run answered in place of one that was still starting.
TEST(FreePort, IsChosenByOneRunOfMurphyAtATime) {
  std::vector<FreePort> ports;
  std::set<std::uint16_t> numbers;
  for (int count = 0; count < 500; ++count) {
    auto port = free_port();
    ASSERT_TRUE(port);
    EXPECT_TRUE(numbers.insert(port->number).second) << port->number;
    ports.push_back(std::move(*port));
  }
}

TEST(FreePort, IsNoneThatTheSystemGivesToOthers) {
  std::uint16_t first = 0, last = 0;
  std::ifstream("/proc/sys/net/ipv4/ip_local_port_range") >> first >> last;
  const auto port = free_port();
  ASSERT_TRUE(port);
  const bool has_others = first > 30'000 || last < 64'000;
  EXPECT_TRUE(!has_others || port->number < first || port->number > last) << port->number;
}

TEST(FreePort, NamesWhoHoldsOne) {
  const Listener here(INADDR_LOOPBACK);
  EXPECT_EQ(port_holder(here.port), fmt::format("test_target, pid {}", getpid()));
  const Listener everywhere(INADDR_ANY);
  EXPECT_EQ(port_holder(everywhere.port), fmt::format("test_target, pid {}", getpid()));
}

TEST(FreePort, IsNotHeldByAConnectionThatLeavesFromIt) {
  const Listener elsewhere(INADDR_LOOPBACK);
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_port = htons(elsewhere.port);
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  socklen_t size = sizeof address;
  const Descriptor client(socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0));
  ASSERT_EQ(connect(client.number(), reinterpret_cast<sockaddr*>(&address), size), 0);
  getsockname(client.number(), reinterpret_cast<sockaddr*>(&address), &size);
  EXPECT_FALSE(port_holder(ntohs(address.sin_port)));
}

TEST(FreePort, KnowsTheWordsOfServers) {
  EXPECT_TRUE(says_port_in_use("Error: listen EADDRINUSE: address already in use 127.0.0.1:3000")); // Node
  EXPECT_TRUE(says_port_in_use("Error: That port is already in use."));                             // Django
  EXPECT_TRUE(says_port_in_use("OSError: [Errno 98] Address already in use"));                      // Python
  EXPECT_TRUE(says_port_in_use("Address already in use - bind(2) for \"127.0.0.1\" port 3000"));    // Rails
  EXPECT_TRUE(says_port_in_use("Web server failed to start. Port 8080 was already in use."));       // Spring Boot
  EXPECT_TRUE(says_port_in_use("listen tcp 127.0.0.1:80: bind: address already in use"));           // Go
  EXPECT_FALSE(says_port_in_use("listening on port 8080"));
  EXPECT_FALSE(says_port_in_use("this e-mail address is already in use by another account"));
}

} // namespace
} // namespace murphy::target
