#include "web/http/exchange.h"

#include "base/make_error.h"

#include "web/http/request_text.h"
#include "web/http/response_parser.h"
#include "web/url/host.h"

#include <algorithm>
#include <cstdint>
#include <optional>
#include <utility>

#include <fmt/format.h>

namespace murphy::web {
namespace {

using std::chrono::steady_clock;

record::Duration since(TimePoint from) {
  return std::chrono::duration_cast<record::Duration>(
      std::max(steady_clock::now() - from, steady_clock::duration::zero()));
}

// Every error begins with what was being reached.
std::unexpected<ExchangeFailure> fail(const Call& call, Error error, bool unanswered = false) {
  error.what = call.request.url.origin() + ": " + error.what;
  return std::unexpected(ExchangeFailure{.error = std::move(error), .unanswered = unanswered});
}

// The deadline or the stop came while `doing` ("connecting to 127.0.0.1:8080").
std::unexpected<ExchangeFailure> fail_unfinished(const Call& call, const std::string& doing) {
  if (call.limits.stop.stop_requested()) {
    Error error = target_error(fmt::format("{}: stopped while {}", call.request.url.origin(), doing));
    error.kind = ErrorKind::interrupted;
    return std::unexpected(ExchangeFailure{.error = std::move(error), .stopped = true});
  }
  const auto waited = std::chrono::duration_cast<std::chrono::milliseconds>(steady_clock::now() - call.limits.started);
  return fail(call, target_error(fmt::format("no complete answer within {} ms; still {}", waited.count(), doing),
                                 "see the app's console for the reason, or raise `timeout`"));
}

bool unfinished(const IoFailure& failure) { return failure.end == IoEnd::deadline || failure.end == IoEnd::stopped; }

std::string proxy_name(const Proxy& proxy) { return fmt::format("the proxy {}:{}", proxy.host, proxy.port); }

std::expected<std::vector<std::string>, ExchangeFailure> resolve(Call& call, const std::string& host,
                                                                 std::uint16_t port) {
  for (const ResolveOverride& override : call.settings.resolve)
    if (override.host == host && override.port == port) return override.addresses;
  const TimePoint begun = steady_clock::now();
  const auto addresses = addresses_of(host, call.settings.lookup, call.limits.deadline, call.limits.stop);
  if (!is_ip_address(host) && !is_loopback(host))
    call.timing.resolve = since(begun); // else there was nothing to wait for
  if (!addresses) return fail_unfinished(call, fmt::format("looking up the address of {}", host));
  if (!*addresses) {
    Error error = addresses->error();
    error.what = fmt::format("cannot find the address of {}: {}", host, error.what);
    return fail(call, std::move(error));
  }
  return **addresses;
}

std::expected<void, ExchangeFailure> connect(Call& call, Connection& connection) {
  const TimePoint begun = steady_clock::now();
  if (!call.settings.unix_socket.empty()) {
    const std::string& path = call.settings.unix_socket;
    const auto connected = connection.connect_unix(path, call.limits);
    call.timing.connect = since(begun);
    if (connected) return {};
    if (unfinished(connected.error())) return fail_unfinished(call, "connecting to unix:" + path);
    return fail(call, target_error(fmt::format("cannot connect to unix:{}: {}", path, connected.error().cause),
                                   "is the app running, and does it listen on this socket?"));
  }
  const Url& url = call.request.url;
  const std::string host = call.proxy ? call.proxy->host : url.host();
  const std::uint16_t port = call.proxy ? call.proxy->port : url.effective_port();
  const auto addresses = resolve(call, host, port);
  if (!addresses) return std::unexpected(addresses.error());

  const TimePoint resolved = steady_clock::now();
  const auto connected = connection.connect(*addresses, port, call.limits);
  call.timing.connect = since(resolved);
  if (connected) return {};
  if (unfinished(connected.error())) {
    std::string to;
    for (const std::string& address : *addresses)
      to += fmt::format("{}{}", to.empty() ? "" : ", ", address.contains(':') ? "[" + address + "]" : address);
    return fail_unfinished(call, fmt::format("connecting to {}{}, port {}", call.proxy ? "the proxy " : "", to, port));
  }
  if (call.proxy)
    return fail(call,
                target_error(fmt::format("cannot connect to {}: {}", proxy_name(*call.proxy), connected.error().cause),
                             "the environment sets this proxy; list hosts in no_proxy to connect to them directly"));
  return fail(call, target_error(fmt::format("cannot connect: {}", connected.error().cause),
                                 "is the app running, and is this its address and port?"));
}

// RFC 9110, section 9.3.6
std::expected<void, ExchangeFailure> open_tunnel(Call& call, Connection& connection) {
  const TimePoint begun = steady_clock::now();
  const std::string proxy = proxy_name(*call.proxy);
  const std::string target = fmt::format("{}:{}", call.request.url.host(), call.request.url.effective_port());
  connection.write(connect_text(call.request.url, call.proxy->credentials.get()));
  ResponseParser parser(ResponseParser::Body::none, call.settings.max_header_bytes, call.settings.max_body_bytes);
  while (!parser.done()) {
    const auto bytes = connection.read(call.limits);
    Result<void> taken;
    if (bytes)
      taken = parser.feed(*bytes);
    else if (unfinished(bytes.error()))
      return fail_unfinished(call, fmt::format("asking {} for a tunnel to {}", proxy, target));
    else
      taken = std::unexpected(target_error("it closed the connection", ""));
    if (!taken) {
      taken.error().what = fmt::format("{} gave no tunnel to {}: {}", proxy, target, taken.error().what);
      return fail(call, std::move(taken.error()));
    }
  }
  call.timing.connect += since(begun);
  const Result<Response> response = parser.take();
  if (response && response->status / 100 == 2) return {};
  const int status = response ? response->status : 0;
  return fail(
      call,
      target_error(
          fmt::format("{} refused a tunnel to {}: {} {}", proxy, target, status, response ? response->reason : ""),
          status == 407
              ? "it needs a user and a password: https_proxy=http://USER:PASSWORD@HOST:PORT"
              : "this is the proxy's answer, not the app's; list hosts in no_proxy to connect to them directly"));
}

std::expected<void, ExchangeFailure> start_tls(Call& call, Connection& connection) {
  const TimePoint begun = steady_clock::now();
  const Url& url = call.request.url;
  const auto shaken = connection.handshake(call.tls, url.host(), url.origin(), call.limits);
  call.timing.tls = since(begun);
  if (shaken) return {};
  const IoFailure& failure = shaken.error();
  if (unfinished(failure))
    return fail_unfinished(call, fmt::format("in the TLS handshake with {}", connection.remote()));
  if (failure.end == IoEnd::closed || failure.code != 0) {
    auto failed = fail(call, call.tls.explain(connection.peer(), failure.code));
    failed.error().is_lasting = connection.peer().trouble.has_value();
    return failed;
  }
  return fail(call,
              target_error(fmt::format("the TLS handshake with {} was cut off: {}", connection.remote(), failure.cause),
                           "if this port speaks plain http, use http://"));
}

// What an exchange is at, for one that does not finish.
std::string doing(const Connection& connection, const ResponseParser& parser) {
  if (parser.header_done())
    return fmt::format("reading the body of the answer from {}, {} bytes so far", connection.remote(),
                       parser.body_bytes());
  if (parser.any_bytes()) return fmt::format("reading the header of the answer from {}", connection.remote());
  if (!connection.write_finished()) return fmt::format("sending the request to {}", connection.remote());
  return fmt::format("waiting for the first byte of the answer from {}", connection.remote());
}

// The connection ended: as HTTP/1.0 ends a body, or too early.
std::expected<void, ExchangeFailure> end_of_connection(const Call& call, const Connection& connection,
                                                       const IoFailure& failure, ResponseParser& parser) {
  const bool unanswered = !parser.any_bytes();
  // A TLS 1.3 server looks at the client's certificate after the handshake: what it says of it comes here.
  if (failure.code != 0) return fail(call, call.tls.explain(connection.peer(), failure.code));
  const bool closed = failure.end == IoEnd::closed;
  const std::string how = closed ? "closed the connection" : fmt::format("aborted the connection ({})", failure.cause);
  Result<void> ended = parser.end(how);
  if (ended && !closed)
    ended = std::unexpected(
        target_error(fmt::format("the server {} after {} bytes of the body", how, parser.body_bytes())));
  if (!ended && unanswered && !call.request.url.secure())
    ended.error().hint += "; if this port speaks TLS, use https://";
  if (!ended) return fail(call, std::move(ended.error()), unanswered);
  return {};
}

} // namespace

std::expected<std::unique_ptr<Connection>, ExchangeFailure> open_connection(Call& call) {
  auto connection = std::make_unique<Connection>();
  if (auto connected = connect(call, *connection); !connected) return std::unexpected(connected.error());
  if (call.request.url.secure()) {
    if (call.proxy)
      if (auto tunnel = open_tunnel(call, *connection); !tunnel) return std::unexpected(tunnel.error());
    if (auto tls = start_tls(call, *connection); !tls) return std::unexpected(tls.error());
  }
  return connection;
}

std::expected<Answer, ExchangeFailure> exchange(Call& call, Connection& connection) {
  using Body = ResponseParser::Body;
  ResponseParser parser(call.request.method == "HEAD" ? Body::none : Body::as_declared, call.settings.max_header_bytes,
                        call.settings.max_body_bytes);
  const TimePoint begun = steady_clock::now();
  std::optional<TimePoint> first_byte;
  const bool absolute_form = call.proxy != nullptr && !call.request.url.secure();
  connection.write(request_text(call.request, absolute_form, absolute_form ? call.proxy->credentials.get() : nullptr));
  while (!parser.done()) {
    const auto bytes = connection.read(call.limits);
    if (bytes && !first_byte) first_byte = steady_clock::now();
    if (first_byte) {
      call.timing.first_byte = std::chrono::duration_cast<record::Duration>(*first_byte - begun);
      call.timing.body = since(*first_byte);
    } else {
      call.timing.first_byte = since(begun);
    }
    if (bytes) {
      if (auto fed = parser.feed(*bytes); !fed) return fail(call, std::move(fed.error()));
    } else if (unfinished(bytes.error())) {
      return fail_unfinished(call, doing(connection, parser));
    } else if (auto ended = end_of_connection(call, connection, bytes.error(), parser); !ended) {
      return std::unexpected(ended.error());
    }
  }
  const bool keep_alive = parser.keep_alive() && connection.write_finished();
  Result<Response> response = parser.take();
  if (!response) return fail(call, std::move(response.error()));
  response->remote = connection.remote();
  if (call.proxy) {
    response->remote += " (proxy)";
    if (response->status == 407)
      return fail(call,
                  target_error(fmt::format("{} refused the request: 407 {}", proxy_name(*call.proxy), response->reason),
                               "it needs a user and a password: http_proxy=http://USER:PASSWORD@HOST:PORT"));
  }
  return Answer{.response = *std::move(response), .keep_alive = keep_alive};
}

} // namespace murphy::web
