#include "web/http/http_client.h"

#include "web/http/exchange.h"
#include "web/http/request_text.h"

#include <exception>
#include <map>
#include <mutex>
#include <utility>

namespace murphy::web {
namespace {

// For each origin. No more can wait than were used at once: one for each scenario that runs.
constexpr std::size_t idle_kept = 256;

// Open connections that wait for their next request, by origin: which proxy is used follows from that. Safe to use from
// several threads.
class Pool {
public:
  // The one that was used last and can still be used, or null.
  std::unique_ptr<Connection> take(const std::string& origin) {
    while (std::unique_ptr<Connection> connection = take_last(origin))
      if (connection->usable()) return connection;
    return nullptr;
  }

  void put(const std::string& origin, std::unique_ptr<Connection> connection) {
    const std::scoped_lock lock(mutex_);
    auto& idle = idle_[origin];
    if (idle.size() < idle_kept) idle.push_back(std::move(connection));
  }

private:
  std::unique_ptr<Connection> take_last(const std::string& origin) {
    const std::scoped_lock lock(mutex_);
    const auto found = idle_.find(origin);
    if (found == idle_.end() || found->second.empty()) return nullptr;
    std::unique_ptr<Connection> connection = std::move(found->second.back());
    found->second.pop_back();
    return connection;
  }

  std::mutex mutex_;
  std::map<std::string, std::vector<std::unique_ptr<Connection>>> idle_;
};

} // namespace

class HttpClient::Impl {
public:
  Impl(HttpSettings settings, std::unique_ptr<TlsContext> tls) : settings_(std::move(settings)), tls_(std::move(tls)) {}

  std::expected<Response, TransportError> send(const Request& request, TimePoint deadline,
                                               const std::stop_token& stop) {
    const bool direct = !settings_.unix_socket.empty();
    Call call{.settings = settings_,
              .tls = *tls_,
              .request = request,
              .proxy = direct ? nullptr : proxy_for(request.url, settings_.proxies),
              .limits = {.started = std::chrono::steady_clock::now(), .deadline = deadline, .stop = stop},
              .timing = {}};
    if (const Result<void> good = check(request); !good)
      return std::unexpected(TransportError{.error = good.error(), .timing = {}, .stopped = false});

    std::expected<Response, ExchangeFailure> response = send_on_any_connection(call);
    if (!response)
      return std::unexpected(TransportError{.error = std::move(response.error().error),
                                            .timing = call.timing,
                                            .stopped = response.error().stopped,
                                            .is_lasting = response.error().is_lasting});
    response->timing = call.timing;
    return *std::move(response);
  }

private:
  std::expected<Response, ExchangeFailure> send_on_any_connection(Call& call) {
    if (std::unique_ptr<Connection> pooled = pool_.take(call.request.url.origin())) {
      auto response = send_on(call, pooled);
      if (response) response->reused = true;
      if (response || !response.error().unanswered) return response;
      const bool may_repeat = is_idempotent(call.request.method) || !pooled->anything_written();
      if (!may_repeat) {
        response.error().error.hint = "the kept-alive connection closed during the request; the app may have received "
                                      "it, so Murphy did not repeat it";
        return response;
      }
      call.timing = {};
    }
    auto fresh = open_connection(call);
    if (!fresh) return std::unexpected(fresh.error());
    return send_on(call, *fresh);
  }

  // Leaves the connection with the caller when the exchange failed, else puts it back into the pool if it can stay
  // open.
  std::expected<Response, ExchangeFailure> send_on(Call& call, std::unique_ptr<Connection>& connection) {
    auto answer = exchange(call, *connection);
    if (!answer) return std::unexpected(std::move(answer.error()));
    if (answer->keep_alive) pool_.put(call.request.url.origin(), std::move(connection));
    return std::move(answer->response);
  }

  HttpSettings settings_;
  std::unique_ptr<TlsContext> tls_;
  Pool pool_; // after tls_: its connections end first
};

HttpClient::HttpClient(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
HttpClient::~HttpClient() = default;

Result<std::unique_ptr<HttpClient>> HttpClient::make(HttpSettings settings) {
  Result<std::unique_ptr<TlsContext>> tls = TlsContext::make(settings.tls);
  if (!tls) return std::unexpected(tls.error());
  auto impl = std::make_unique<Impl>(std::move(settings), *std::move(tls));
  return std::unique_ptr<HttpClient>(new HttpClient(std::move(impl)));
}

std::expected<Response, TransportError> HttpClient::send(const Request& request, TimePoint deadline,
                                                         const std::stop_token& stop) {
  try {
    return impl_->send(request, deadline, stop);
  } catch (const std::exception& error) {
    // Asio throws when the system has no descriptors left.
    Error internal{.kind = ErrorKind::internal, .what = error.what(), .hint = {}, .place = {}, .source_line = {}};
    internal.what = request.url.origin() + ": cannot send: " + internal.what;
    return std::unexpected(TransportError{.error = std::move(internal), .timing = {}, .stopped = false});
  }
}

Transport HttpClient::transport() {
  return [this](const Request& request, TimePoint deadline, std::stop_token stop) {
    return send(request, deadline, stop);
  };
}

} // namespace murphy::web
