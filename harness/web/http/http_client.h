// The HTTP client: sends one request over HTTP/1.1 as a browser does, and follows nothing.
//
// What it decides, where the standards leave room:
//  - Connections are kept open and pooled by scheme, host, port and proxy. A pooled connection that dies before the
//  first byte of
//    an answer is replaced by a new one and the request sent again, once, when the method is idempotent (RFC 9110,
//    section 9.2.2) or nothing of the request had been written; a POST that may have arrived is never sent twice.
//  - Addresses of a host are tried in turn, the next one 250 ms after the last or as soon as that has failed (RFC
//  8305).
//  - The headers Host and Accept-Encoding of a request win over the client's own.
//  - An answer of 407 through a proxy is an error that names the proxy. Any other status on plain http may be the app's
//  own and is
//    an answer; `Response::remote` then reads "127.0.0.1:3128 (proxy)".
//  - `Timing::connect` holds the proxy's part (CONNECT) too; a retried request counts from its second attempt.
#pragma once

#include "web/http/message.h"
#include "web/http/proxy.h"
#include "web/http/resolve.h"
#include "web/http/tls.h"

#include <cstddef>
#include <expected>
#include <memory>
#include <stop_token>
#include <string>
#include <vector>

namespace murphy::web {

struct HttpSettings {
  TlsSettings tls = {};
  ProxySettings proxies = {};
  std::vector<ResolveOverride> resolve = {};
  std::string unix_socket = {};                  // every connection goes to this socket; no proxy is used then
  std::size_t max_header_bytes = 256 * 1024;     // of the status line and the header lines together
  std::size_t max_body_bytes = 32 * 1024 * 1024; // of the body, both as sent and as decoded
  Lookup lookup = system_lookup;
};

class HttpClient {
public:
  // Errors: usage, naming the setting and the file, when a file cannot be read or is not what it should be.
  static Result<std::unique_ptr<HttpClient>> make(HttpSettings settings);
  ~HttpClient();
  HttpClient(const HttpClient&) = delete;
  HttpClient& operator=(const HttpClient&) = delete;

  // Sends the request and waits for the whole answer, whatever its status. Blocks until then, or until the deadline or
  // the stop, in whichever phase. Safe to call from several threads at once. Errors: target for all that goes wrong on
  // the way, interrupted after a stop, usage for a request that cannot be written down (a line break in a header, a
  // method that is none, a header that is the client's to set).
  std::expected<Response, TransportError> send(const Request& request, TimePoint deadline, const std::stop_token& stop);

  // `send` as a function; the client must outlive it.
  Transport transport();

private:
  class Impl;
  explicit HttpClient(std::unique_ptr<Impl> impl);
  std::unique_ptr<Impl> impl_;
};

} // namespace murphy::web
