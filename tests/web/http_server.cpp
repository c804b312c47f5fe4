#include "http_server.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <csignal>
#include <cstring>
#include <stdexcept>

#include <arpa/inet.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <openssl/err.h>
#include <openssl/pem.h>
#include <openssl/ssl.h>
#include <poll.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

namespace murphy::web {
namespace {

void require(bool condition, const char* what) {
  if (!condition) throw std::runtime_error(what);
}

bool same_name(std::string_view left, std::string_view right) {
  return left.size() == right.size() && strncasecmp(left.data(), right.data(), left.size()) == 0;
}

X509* read_certificate(const std::string& pem) {
  BIO* in = BIO_new_mem_buf(pem.data(), static_cast<int>(pem.size()));
  X509* certificate = PEM_read_bio_X509(in, nullptr, nullptr, nullptr);
  BIO_free(in);
  require(certificate != nullptr, "no certificate");
  return certificate;
}

int choose_http_1_1(SSL*, const unsigned char** out, unsigned char* length, const unsigned char* in, unsigned in_length,
                    void*) {
  static constexpr std::array<unsigned char, 9> ours = {8, 'h', 't', 't', 'p', '/', '1', '.', '1'};
  unsigned char* selected = nullptr;
  if (SSL_select_next_proto(&selected, length, ours.data(), ours.size(), in, in_length) != OPENSSL_NPN_NEGOTIATED)
    return SSL_TLSEXT_ERR_NOACK;
  *out = selected;
  return SSL_TLSEXT_ERR_OK;
}

SSL_CTX* server_context(const ServerOptions& options) {
  SSL_CTX* context = SSL_CTX_new(TLS_server_method());
  X509* certificate = read_certificate(options.tls->certificate);
  require(SSL_CTX_use_certificate(context, certificate) == 1, "certificate not usable");
  X509_free(certificate);
  BIO* in = BIO_new_mem_buf(options.tls->key.data(), static_cast<int>(options.tls->key.size()));
  EVP_PKEY* key = PEM_read_bio_PrivateKey(in, nullptr, nullptr, nullptr);
  BIO_free(in);
  require(SSL_CTX_use_PrivateKey(context, key) == 1, "key not usable");
  EVP_PKEY_free(key);
  if (!options.client_authority.empty()) {
    X509* authority = read_certificate(options.client_authority);
    X509_STORE_add_cert(SSL_CTX_get_cert_store(context), authority);
    SSL_CTX_add_client_CA(context, authority);
    X509_free(authority);
    SSL_CTX_set_verify(context, SSL_VERIFY_PEER | SSL_VERIFY_FAIL_IF_NO_PEER_CERT, nullptr);
  }
  SSL_CTX_set_max_proto_version(context, options.max_tls_version);
  SSL_CTX_set_session_id_context(context, reinterpret_cast<const unsigned char*>("test"), 4);
  SSL_CTX_set_alpn_select_cb(context, choose_http_1_1, nullptr);
  return context;
}

int listen_on(const sockaddr* address, socklen_t length) {
  const int listener = ::socket(address->sa_family, SOCK_STREAM | SOCK_CLOEXEC, 0);
  require(listener >= 0, "no socket");
  require(::bind(listener, address, length) == 0, "cannot bind");
  require(::listen(listener, 64) == 0, "cannot listen");
  return listener;
}

} // namespace

std::string SeenRequest::header(const std::string& name) const {
  std::size_t at = head.find("\r\n");
  while (at != std::string::npos) {
    const std::size_t begin = at + 2;
    at = head.find("\r\n", begin);
    const std::string line = head.substr(begin, at == std::string::npos ? at : at - begin);
    const std::size_t colon = line.find(':');
    if (colon != std::string::npos && same_name(line.substr(0, colon), name)) return line.substr(colon + 2);
  }
  return {};
}

Peer::~Peer() { cut(); }

bool Peer::session_resumed() const { return ssl_ != nullptr && SSL_session_reused(ssl_) == 1; }

std::string Peer::server_name() const {
  const char* name = SSL_get_servername(ssl_, TLSEXT_NAMETYPE_host_name);
  return name ? name : "";
}

std::string Peer::protocol() const {
  const unsigned char* name = nullptr;
  unsigned length = 0;
  SSL_get0_alpn_selected(ssl_, &name, &length);
  return {reinterpret_cast<const char*>(name), length};
}

void Peer::start_tls(SSL_CTX* context) {
  ssl_ = SSL_new(context);
  SSL_set_fd(ssl_, socket_);
  if (SSL_accept(ssl_) != 1) cut();
  ERR_clear_error();
}

std::string Peer::read_some(std::size_t most) {
  if (!buffer_.empty()) return std::exchange(buffer_, {});
  if (socket_ < 0) return {};
  std::string bytes(most, '\0');
  const long count =
      ssl_ ? SSL_read(ssl_, bytes.data(), static_cast<int>(most)) : ::recv(socket_, bytes.data(), most, 0);
  bytes.resize(static_cast<std::size_t>(std::max(count, 0L)));
  return bytes;
}

std::optional<SeenRequest> Peer::read_request() {
  std::string text;
  std::size_t end = std::string::npos;
  while ((end = text.find("\r\n\r\n")) == std::string::npos) {
    const std::string more = read_some();
    if (more.empty()) return std::nullopt;
    text += more;
  }
  SeenRequest request{.head = text.substr(0, end), .body = text.substr(end + 4)};
  std::size_t length = 0;
  const std::string stated = request.header("Content-Length");
  std::from_chars(stated.data(), stated.data() + stated.size(), length);
  while (request.body.size() < length) {
    const std::string more = read_some();
    if (more.empty()) return std::nullopt;
    request.body += more;
  }
  buffer_ = request.body.substr(length);
  request.body.resize(length);
  return request;
}

bool Peer::write(std::string_view bytes) {
  while (!bytes.empty()) {
    if (socket_ < 0) return false;
    const long count =
        ssl_ ? SSL_write(ssl_, bytes.data(), static_cast<int>(std::min<std::size_t>(bytes.size(), 1 << 20)))
             : ::send(socket_, bytes.data(), bytes.size(), MSG_NOSIGNAL);
    if (count <= 0) return false;
    bytes.remove_prefix(static_cast<std::size_t>(count));
  }
  return true;
}

void Peer::wait_for_client_to_close() {
  while (!read_some().empty()) {
  }
}

void Peer::close() {
  if (ssl_) SSL_shutdown(ssl_);
  cut();
}

void Peer::cut() {
  const std::scoped_lock lock(mutex_);
  if (ssl_) SSL_free(ssl_);
  ssl_ = nullptr;
  if (socket_ >= 0) ::close(socket_);
  socket_ = -1;
}

void Peer::reset() {
  const linger now{.l_onoff = 1, .l_linger = 0};
  setsockopt(socket_, SOL_SOCKET, SO_LINGER, &now, sizeof now);
  cut();
}

void Peer::interrupt() {
  const std::scoped_lock lock(mutex_);
  if (socket_ >= 0) ::shutdown(socket_, SHUT_RDWR);
}

void Peer::tunnel_to(std::uint16_t port) {
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_port = htons(port);
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  const int other = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  require(::connect(other, reinterpret_cast<const sockaddr*>(&address), sizeof address) == 0,
          "the tunnel's end is closed");
  std::array<pollfd, 2> ends = {pollfd{socket_, POLLIN, 0}, pollfd{other, POLLIN, 0}};
  for (bool open = true; open;) {
    ::poll(ends.data(), ends.size(), -1);
    for (std::size_t from = 0; from < ends.size() && open; ++from) {
      if (ends[from].revents == 0) continue;
      std::array<char, 16384> bytes;
      const ssize_t count = ::recv(ends[from].fd, bytes.data(), bytes.size(), 0);
      open =
          count > 0 && ::send(ends[1 - from].fd, bytes.data(), static_cast<std::size_t>(count), MSG_NOSIGNAL) == count;
    }
  }
  ::close(other);
}

HttpServer::HttpServer(Script script, ServerOptions options)
    : script_(std::move(script)), options_(std::move(options)) {
  std::signal(SIGPIPE, SIG_IGN); // OpenSSL writes without MSG_NOSIGNAL
  if (options_.tls) tls_ = server_context(options_);
  if (!options_.unix_path.empty()) {
    sockaddr_un address{};
    address.sun_family = AF_UNIX;
    options_.unix_path.copy(address.sun_path, sizeof address.sun_path - 1);
    listener_ = listen_on(reinterpret_cast<const sockaddr*>(&address), sizeof address);
  } else if (options_.ipv6) {
    sockaddr_in6 address{};
    address.sin6_family = AF_INET6;
    address.sin6_addr = in6addr_loopback;
    listener_ = listen_on(reinterpret_cast<const sockaddr*>(&address), sizeof address);
    socklen_t length = sizeof address;
    getsockname(listener_, reinterpret_cast<sockaddr*>(&address), &length);
    port_ = ntohs(address.sin6_port);
  } else {
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    listener_ = listen_on(reinterpret_cast<const sockaddr*>(&address), sizeof address);
    socklen_t length = sizeof address;
    getsockname(listener_, reinterpret_cast<sockaddr*>(&address), &length);
    port_ = ntohs(address.sin_port);
  }
  acceptor_ = std::thread([this] { accept_connections(); });
}

HttpServer::~HttpServer() {
  {
    const std::scoped_lock lock(mutex_);
    stopping_ = true;
    for (const auto& [peer, thread] : peers_) peer->interrupt();
  }
  ::shutdown(listener_, SHUT_RDWR);
  acceptor_.join();
  for (auto& [peer, thread] : peers_) thread.join();
  ::close(listener_);
  SSL_CTX_free(tls_);
}

std::string HttpServer::url(const std::string& path) const {
  const std::string host = options_.ipv6 ? "[::1]" : "127.0.0.1";
  return (tls_ ? "https://" : "http://") + host + ":" + std::to_string(port_) + path;
}

void HttpServer::accept_connections() {
  while (true) {
    const int socket = ::accept4(listener_, nullptr, nullptr, SOCK_CLOEXEC);
    if (socket < 0) return;
    const int yes = 1; // else TLS 1.3's tickets hold the answer back until they are acknowledged
    setsockopt(socket, IPPROTO_TCP, TCP_NODELAY, &yes, sizeof yes);
    auto owned = std::make_unique<Peer>(socket, connections_++);
    Peer& peer = *owned;
    const std::scoped_lock lock(mutex_);
    if (stopping_) return;
    peers_.emplace_back(std::move(owned), std::thread([this, &peer] {
                          if (tls_) peer.start_tls(tls_);
                          script_(peer);
                          peer.close();
                        }));
  }
}

std::string answer_text(std::string_view body, std::string_view headers, std::string_view status) {
  std::string text = "HTTP/1.1 ";
  text.append(status).append("\r\n").append(headers);
  text.append("Content-Length: ").append(std::to_string(body.size())).append("\r\n\r\n").append(body);
  return text;
}

HttpServer::Script always(std::string response) {
  return [response = std::move(response)](Peer& peer) {
    while (peer.read_request())
      if (!peer.write(response)) return;
  };
}

} // namespace murphy::web
