// A request and a response of HTTP as values; nothing here knows a socket.
#pragma once

#include "base/outgoing_text.h"
#include "base/secret.h"
#include "record/exchange.h"
#include "web/url/url.h"

#include <chrono>
#include <expected>
#include <functional>
#include <stop_token>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace murphy::web {

// A line of a request's header.
struct RequestHeader {
  RequestHeader(std::string name_, std::string plain) : name(std::move(name_)), value(std::move(plain)) {}
  RequestHeader(std::string name_, Value value_) : name(std::move(name_)), value(std::move(value_)) {}
  std::string name;
  Value value;
};

// The value of the first header of this name, which is compared as HTTP does; null when there is none.
const Value* find_header(const std::vector<RequestHeader>& headers, std::string_view name);

struct Request {
  std::string method = "GET";
  Url url;
  std::vector<RequestHeader>
      headers; // without Host, Content-Length, Connection, Accept-Encoding: the client adds those
  OutgoingText body;
};

struct Response {
  int status = 0;
  std::string reason;
  std::vector<record::Header> headers; // as received, order kept, one entry for each line
  std::string body;                    // content-decoded; whole
  std::string remote;
  bool reused = false;
  record::Timing timing;
};

// Why there is no response. `stopped` is set when the stop token asked for it.
struct TransportError {
  Error error; // kind target (or interrupted); `what` names the address, the phase and the cause, `hint` what to do
  record::Timing timing;
  bool stopped = false;
  bool is_lasting = false; // it is of no use to ask again: the certificate is not accepted
};

using TimePoint = std::chrono::steady_clock::time_point;

// Sends one request, follows nothing, and gives back the response or why there is none, by the deadline at the latest.
// The HTTP client is one; tests pass others.
using Transport =
    std::function<std::expected<Response, TransportError>(const Request&, TimePoint deadline, std::stop_token)>;

} // namespace murphy::web
