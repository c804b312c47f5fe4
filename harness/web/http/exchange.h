// One request on its way: opening the connection it needs, and the exchange itself. All that goes wrong is put into
// words here.
#pragma once

#include "web/http/connection.h"
#include "web/http/http_client.h"

#include <expected>
#include <memory>
#include <string>

namespace murphy::web {

// What a call works with and where its time went; `proxy` is null for a direct connection.
struct Call {
  const HttpSettings& settings;
  TlsContext& tls;
  const Request& request;
  const Proxy* proxy;
  IoLimits limits;
  record::Timing timing;
};

struct ExchangeFailure {
  Error error;
  bool stopped = false;
  bool is_lasting = false; // the server's certificate is not accepted
  bool unanswered = false; // the connection ended before the first byte of an answer: an old one had perhaps gone stale
};

// Connects to the request's host: by name resolution or its override, or the proxy and a tunnel, or the unix socket;
// then TLS for https. Fills Timing's resolve, connect and tls.
std::expected<std::unique_ptr<Connection>, ExchangeFailure> open_connection(Call& call);

struct Answer {
  Response response; // without `reused` and `timing`
  bool keep_alive = false;
};

// Sends the request and reads the answer. Fills Timing's first_byte and body.
std::expected<Answer, ExchangeFailure> exchange(Call& call, Connection& connection);

} // namespace murphy::web
