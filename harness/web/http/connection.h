// One connection as a stream of bytes, plain or TLS, every wait of which ends by a deadline or a stop. Knows no HTTP.
#pragma once

#include "base/clear_text.h"
#include "base/error.h"
#include "web/http/message.h"
#include "web/http/tls.h"

#include <cstddef>
#include <cstdint>
#include <expected>
#include <memory>
#include <stop_token>
#include <string>
#include <string_view>
#include <vector>

namespace murphy::web {

// How long a call may take, and who may end it.
struct IoLimits {
  TimePoint started;
  TimePoint deadline;
  std::stop_token stop;
};

enum class IoEnd {
  deadline,
  stopped,
  closed, // by the other side
  failed,
};

// Why an operation came to nothing. After one, the connection is of no more use.
struct IoFailure {
  IoEnd end = IoEnd::failed;
  std::string cause;      // when failed: the system's words
  unsigned long code = 0; // when failed in TLS: OpenSSL's code
};

// Used by one thread at a time, which is the one its waits run on.
class Connection {
public:
  Connection();
  // Says goodbye in TLS (so that the session may be resumed), waiting for nobody, and closes.
  ~Connection();
  Connection(const Connection&) = delete;
  Connection& operator=(const Connection&) = delete;

  // Connects to the first of the addresses (IP addresses as text, at least one) that answers; each next one is tried
  // when those before have failed, or 250 ms after the last was begun (RFC 8305, section 5).
  std::expected<void, IoFailure> connect(const std::vector<std::string>& addresses, std::uint16_t port,
                                         const IoLimits& limits);
  std::expected<void, IoFailure> connect_unix(const std::string& path, const IoLimits& limits);

  // From here on bytes go through TLS. On failure, `peer()` holds what is wrong with the certificate.
  std::expected<void, IoFailure> handshake(TlsContext& context, std::string host, std::string session_key,
                                           const IoLimits& limits);
  const TlsPeer& peer() const;

  // Begins to send; it goes on while `read` waits, so that an answer that comes before its request has gone out is not
  // missed. One write at a time; reading until `write_finished` says that it is over. The bytes are wiped then.
  void write(ClearText bytes);
  bool write_finished() const;
  bool anything_written() const; // false only when it is sure that no byte has left

  // Waits for bytes; the view holds until the next call.
  std::expected<std::string_view, IoFailure> read(const IoLimits& limits);

  // Whether an idle connection can serve another request: the other side has neither closed it nor sent anything.
  bool usable();
  const std::string&
  remote() const; // "127.0.0.1:8080", "[::1]:8080", "unix:/run/app.sock"; empty before it is connected

private:
  class Impl;
  std::unique_ptr<Impl> impl_;
};

} // namespace murphy::web
