// Reads a response to HTTP/1.0 or 1.1 out of the bytes as they come (RFC 9112): framing, interim responses, content
// encodings, bounds. Knows no socket.
#pragma once

#include "base/error.h"
#include "web/http/message.h"

#include <cstddef>
#include <memory>
#include <string_view>

namespace murphy::web {

class ResponseParser {
public:
  // What is asked for has no body whatever its header says where it is the answer to HEAD, or to a CONNECT that
  // succeeds.
  enum class Body { as_declared, none };
  ResponseParser(Body body, std::size_t max_header_bytes, std::size_t max_body_bytes);
  ~ResponseParser();
  ResponseParser(const ResponseParser&) = delete;
  ResponseParser& operator=(const ResponseParser&) = delete;

  // Takes what has arrived. Errors: target; `what` is a sentence about "the answer", without the server's name: it is
  // not HTTP, it is TLS, a bound is passed, the body cannot be decoded.
  Result<void> feed(std::string_view bytes);
  // The server closed the connection; `how` says so in words ("closed the connection"). Errors: target, naming how far
  // it came.
  Result<void> end(std::string_view how);

  bool any_bytes() const;   // of anything
  bool header_done() const; // of the final response
  bool done() const;
  std::size_t body_bytes() const; // received, before decoding
  bool keep_alive() const;        // when done: the connection may serve another request

  // Status, reason, headers and decoded body; call once, when done. Errors: target, an encoded body that ends in the
  // middle.
  Result<Response> take();

private:
  class Impl;
  std::unique_ptr<Impl> impl_;
};

} // namespace murphy::web
