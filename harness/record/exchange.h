// One request and its answer, as they happened on the wire.
#pragma once

#include "base/shared_text.h"
#include "record/dropped_cookie.h"

#include <chrono>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace murphy::record {

using Duration = std::chrono::microseconds;
using Instant = std::chrono::system_clock::time_point;

struct Header {
  std::string name;
  std::string value;
  bool operator==(const Header&) const = default;
};

// Where the time of one exchange went. A phase that did not happen (a reused connection, no TLS) is zero.
struct Timing {
  Duration resolve{};
  Duration connect{};
  Duration tls{};
  Duration first_byte{}; // from the start of the request to the first byte of the answer
  Duration body{};       // from there to its last byte
  Duration total() const { return resolve + connect + tls + first_byte + body; }
  bool operator==(const Timing&) const = default;
};

// Why a request was sent.
enum class Reason {
  opened,
  submitted,
  clicked,
  requested,
  redirected,
  refreshed,
  auto_submitted,
  authenticated, // the one before again, with the credentials that a 401 asked for
  framed,        // what a frame of the page shows, loaded with it
  probe,
  control,
  ready
};

// One request and its answer. Bodies are UTF-8 text after decoding, cut at a bound; `body_size` is the whole size in
// bytes. When no answer came, `status` is 0 and `error` says why.
struct Exchange {
  Reason reason = Reason::opened;
  Instant started{};
  std::string method;
  std::string url;
  std::vector<Header> request_headers;
  std::string request_body;
  int status = 0;
  std::vector<Header> headers;
  SharedText body; // shared with the page that it is
  std::size_t body_size = 0;
  bool body_cut = false;
  std::string remote;  // the address that answered: "127.0.0.1:8080", "unix:/run/app.sock"
  bool reused = false; // an open connection was used again
  Timing timing;
  std::vector<DroppedCookie> dropped_cookies; // that the answer sets, and no browser keeps
  std::string error;
  std::optional<std::string>
      disclosed{}; // the labels of the secrets it carried to a host that the project does not name
  bool operator==(const Exchange&) const = default;
};

// The first header of that name (names compare without case), or null.
const std::string* find_header(const std::vector<Header>& headers, std::string_view name);
// The values of all headers of that name, in order. They point into `headers`.
std::vector<const std::string*> find_headers(const std::vector<Header>& headers, std::string_view name);

// Whether an answer of this status leads on to another address.
bool is_redirect(int status);

// Whether a request was made by the answer before it, not by a step: a redirect, a refresh, a form that sends itself,
// credentials that were asked for.
bool goes_on(Reason reason);

// The exchanges that a step is about. What was asked besides, to judge the app or to wait for it, and whatever that led
// to, says nothing of how far a step came. They point into `exchanges`.
std::vector<const Exchange*> own_exchanges(const std::vector<Exchange>& exchanges);

} // namespace murphy::record
