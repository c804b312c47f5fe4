#include "web/http/certificate.h"

#include "base/make_error.h"
#include "web/url/host.h"

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstring>
#include <ctime>
#include <fmt/format.h>
#include <memory>
#include <netdb.h>
#include <openssl/ssl.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>
#include <utility>

namespace murphy::web {
namespace {

using Deadline = std::chrono::steady_clock::time_point;

constexpr std::array<unsigned char, 8> ssl_request{0, 0, 0, 8, 0x04, 0xd2, 0x16, 0x2f};

// A packet of 32 bytes, the second of the connection: what the client can do (protocol 4.1, TLS, authentication 4.1),
// packets of at most 16 MiB, utf8mb4, and zeros.
constexpr std::array<unsigned char, 36> mysql_ssl_request{32, 0, 0, 1, 0x00, 0x8a, 0, 0, 0, 0, 0, 1, 45};
constexpr std::size_t mysql_header = 4;          // bytes: the length in three, least first, and a number
constexpr unsigned char mysql_protocol = 10;     // which the greeting begins with
constexpr std::size_t before_capabilities = 13;  // bytes between the server's version and what it can do
constexpr unsigned char mysql_speaks_tls = 0x08; // in the second byte of that

class PlainSocket {
public:
  explicit PlainSocket(int number) : number_(number) {}
  PlainSocket(PlainSocket&& other) noexcept : number_(std::exchange(other.number_, -1)) {}
  PlainSocket& operator=(PlainSocket&&) = delete;
  ~PlainSocket() {
    if (number_ >= 0) close(number_);
  }
  int number() const { return number_; }

private:
  int number_;
};

std::unexpected<Error> not_seen(const TlsServer& server, const std::string& why) {
  return std::unexpected(
      target_error(fmt::format("the certificate of {}:{} cannot be seen: {}", server.host, server.port, why), {}));
}

// False: the deadline has passed.
bool wait_for(int number, short events, Deadline deadline) {
  for (;;) {
    const auto left = std::chrono::ceil<std::chrono::milliseconds>(deadline - std::chrono::steady_clock::now()).count();
    if (left <= 0) return false;
    pollfd watched{.fd = number, .events = events, .revents = 0};
    const int ready = poll(&watched, 1, static_cast<int>(left));
    if (ready > 0) return true;
    if (ready < 0 && errno != EINTR) return false;
  }
}

Result<PlainSocket> plain_connection(const TlsServer& server, const std::string& address, Deadline deadline) {
  addrinfo hints{};
  hints.ai_flags = AI_NUMERICHOST | AI_NUMERICSERV;
  hints.ai_socktype = SOCK_STREAM;
  addrinfo* found = nullptr;
  if (getaddrinfo(address.c_str(), std::to_string(server.port).c_str(), &hints, &found) != 0)
    return not_seen(server, "it has no address");
  const std::unique_ptr<addrinfo, void (*)(addrinfo*)> owner(found, freeaddrinfo);
  PlainSocket socket(::socket(found->ai_family, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0));
  if (socket.number() < 0) return not_seen(server, std::strerror(errno));
  if (connect(socket.number(), found->ai_addr, found->ai_addrlen) == 0) return socket;
  if (errno != EINPROGRESS) return not_seen(server, std::strerror(errno));
  if (!wait_for(socket.number(), POLLOUT, deadline)) return not_seen(server, "it does not answer in time");
  int error = 0;
  socklen_t size = sizeof error;
  getsockopt(socket.number(), SOL_SOCKET, SO_ERROR, &error, &size);
  if (error != 0) return not_seen(server, std::strerror(error));
  return socket;
}

// So many bytes; fewer, where the server sends no more in time.
std::string received(int number, std::size_t size, Deadline deadline) {
  std::string all(size, '\0');
  std::size_t read = 0;
  while (read < size && wait_for(number, POLLIN, deadline)) {
    const ssize_t more = recv(number, all.data() + read, size - read, 0);
    if (more <= 0) break;
    read += static_cast<std::size_t>(more);
  }
  all.resize(read);
  return all;
}

// The server speaks first, and says what it can do.
Result<bool> mysql_goes_on_with_tls(const TlsServer& server, int number, Deadline deadline) {
  const auto silent = [&] { return not_seen(server, "it does not say whether it speaks TLS"); };
  const auto byte = [](char c) { return static_cast<unsigned char>(c); };
  const std::string header = received(number, mysql_header, deadline);
  if (header.size() < mysql_header) return silent();
  const std::string greeting =
      received(number, static_cast<std::size_t>(byte(header[0]) | byte(header[1]) << 8), deadline);
  // An error, such as for a host that is not let in, begins otherwise.
  if (greeting.empty() || byte(greeting.front()) != mysql_protocol) return silent();
  const std::size_t version_end = greeting.find('\0');
  if (version_end == std::string::npos || version_end + before_capabilities + 2 >= greeting.size()) return silent();
  if ((byte(greeting[version_end + before_capabilities + 2]) & mysql_speaks_tls) == 0) return false;
  if (send(number, mysql_ssl_request.data(), mysql_ssl_request.size(), MSG_NOSIGNAL) !=
      static_cast<ssize_t>(mysql_ssl_request.size()))
    return not_seen(server, std::strerror(errno));
  return true;
}

// Whether the server goes on with TLS.
Result<bool> speaks_tls(const TlsServer& server, int number, Deadline deadline) {
  if (server.before == BeforeTls::nothing) return true;
  if (server.before == BeforeTls::mysql) return mysql_goes_on_with_tls(server, number, deadline);
  if (send(number, ssl_request.data(), ssl_request.size(), MSG_NOSIGNAL) != static_cast<ssize_t>(ssl_request.size()))
    return not_seen(server, std::strerror(errno));
  char answer = 0;
  if (!wait_for(number, POLLIN, deadline) || recv(number, &answer, 1, 0) != 1)
    return not_seen(server, "it does not say whether it speaks TLS");
  return answer == 'S';
}

Result<std::optional<CertificateEnd>> end_shown(const TlsServer& server, int number, Deadline deadline) {
  const std::unique_ptr<SSL_CTX, void (*)(SSL_CTX*)> context(SSL_CTX_new(TLS_client_method()), SSL_CTX_free);
  // Whether it is trusted is for those who sign in; here, one that has ended is to be seen as well.
  SSL_CTX_set_verify(context.get(), SSL_VERIFY_NONE, nullptr);
  const std::unique_ptr<SSL, void (*)(SSL*)> ssl(SSL_new(context.get()), SSL_free);
  SSL_set_fd(ssl.get(), number);
  if (!is_ip_address(server.host)) SSL_set_tlsext_host_name(ssl.get(), server.host.c_str());
  for (int done = SSL_connect(ssl.get()); done != 1; done = SSL_connect(ssl.get())) {
    const int wants = SSL_get_error(ssl.get(), done);
    if (wants != SSL_ERROR_WANT_READ && wants != SSL_ERROR_WANT_WRITE) {
      if (SSL_get0_peer_certificate(ssl.get()) == nullptr) return not_seen(server, "the TLS handshake fails");
      break; // it wants a certificate of ours, too
    }
    if (!wait_for(number, wants == SSL_ERROR_WANT_READ ? POLLIN : POLLOUT, deadline))
      return not_seen(server, "it does not answer in time");
  }
  const X509* certificate = SSL_get0_peer_certificate(ssl.get());
  tm ends{};
  if (certificate == nullptr || ASN1_TIME_to_tm(X509_get0_notAfter(certificate), &ends) != 1)
    return not_seen(server, "it shows none");
  const CertificateEnd end = std::chrono::sys_seconds(std::chrono::seconds(timegm(&ends)));
  SSL_shutdown(ssl.get());
  return end;
}

} // namespace

Result<std::optional<CertificateEnd>> certificate_end(const TlsServer& server,
                                                      const std::vector<ResolveOverride>& resolve, Deadline deadline) {
  std::vector<std::string> addresses;
  const auto given = std::ranges::find_if(
      resolve, [&](const ResolveOverride& each) { return each.host == server.host && each.port == server.port; });
  if (given != resolve.end()) {
    addresses = given->addresses;
  } else {
    auto found = addresses_of(server.host, system_lookup, deadline, {});
    if (!found) return not_seen(server, "its name is not found in time");
    if (!*found) return std::unexpected(found->error());
    addresses = std::move(**found);
  }
  Result<std::optional<CertificateEnd>> last = not_seen(server, "it has no address");
  for (const std::string& address : addresses) {
    const auto socket = plain_connection(server, address, deadline);
    if (!socket) {
      last = std::unexpected(socket.error());
      continue;
    }
    const auto goes_on = speaks_tls(server, socket->number(), deadline);
    if (!goes_on) return std::unexpected(goes_on.error());
    if (!*goes_on) return std::nullopt;
    return end_shown(server, socket->number(), deadline);
  }
  return last;
}

} // namespace murphy::web
