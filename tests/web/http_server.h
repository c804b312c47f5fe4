// A server on loopback whose every connection plays a script, for tests of the HTTP client: it can misbehave in any
// way.
#pragma once

#include "certificates.h"

#include <atomic>
#include <cstdint>
#include <functional>
#include <list>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <thread>
#include <utility>
#include <vector>

#include <openssl/types.h>

namespace murphy::web {

struct SeenRequest {
  std::string head; // request line and headers, as received
  std::string body; // as long as its Content-Length says
  std::string line() const { return head.substr(0, head.find("\r\n")); }
  std::string header(const std::string& name) const; // empty when there is none
};

// One accepted connection, as its script sees it. It is closed when the script returns.
class Peer {
public:
  Peer(int socket, int number) : socket_(socket), number_(number) {}
  ~Peer();
  Peer(const Peer&) = delete;
  Peer& operator=(const Peer&) = delete;

  int number() const { return number_; }           // the server's first connection is 0
  bool session_resumed() const;                    // TLS
  std::string server_name() const;                 // TLS: what the client's SNI said
  std::string protocol() const;                    // TLS: by ALPN
  std::optional<SeenRequest> read_request();       // none when the client has closed
  bool write(std::string_view bytes);              // false when the client has gone
  void wait_for_client_to_close();                 // reads whatever comes, to the end
  std::string read_some(std::size_t most = 16384); // bytes; empty at the end
  void close();                                    // with TLS's farewell
  void cut();                                      // without it
  void reset();                                    // with a TCP reset
  void start_tls(SSL_CTX* context);                // throws nothing: a failed handshake ends the stream
  void tunnel_to(std::uint16_t port);              // a proxy carries bytes to loopback and back until one side ends

private:
  friend class HttpServer;
  void interrupt(); // from another thread: ends what blocks

  std::mutex mutex_; // guards socket_ against being closed while it is interrupted
  int socket_;
  int number_;
  SSL* ssl_ = nullptr;
  std::string buffer_;
};

struct ServerOptions {
  bool ipv6 = false;
  std::string unix_path = {};
  std::optional<Identity> tls = {};
  std::string client_authority = {}; // PEM: client certificates from it are required
  int max_tls_version = 0;           // TLS1_2_VERSION; 0: any
};

class HttpServer {
public:
  using Script = std::function<void(Peer&)>;
  explicit HttpServer(Script script, ServerOptions options = {});
  ~HttpServer(); // ends every connection and waits for the scripts
  HttpServer(const HttpServer&) = delete;
  HttpServer& operator=(const HttpServer&) = delete;

  std::uint16_t port() const { return port_; }
  // "http://127.0.0.1:PORT/path", with the scheme and family that fit
  std::string url(const std::string& path = "/") const;
  int connections() const { return connections_; } // accepted so far

private:
  void accept_connections();

  Script script_;
  ServerOptions options_;
  SSL_CTX* tls_ = nullptr;
  int listener_ = -1;
  std::uint16_t port_ = 0;
  std::atomic<int> connections_ = 0;
  std::mutex mutex_; // guards peers_ and stopping_
  bool stopping_ = false;
  std::list<std::pair<std::unique_ptr<Peer>, std::thread>> peers_;
  std::thread acceptor_;
};

// "HTTP/1.1 200 OK" with the headers given ("Name: value\r\n"…), Content-Length and the body.
std::string answer_text(std::string_view body, std::string_view headers = {}, std::string_view status = "200 OK");

// A script that answers every request of a connection in the same way.
HttpServer::Script always(std::string response);

} // namespace murphy::web
