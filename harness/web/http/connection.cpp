#include "web/http/connection.h"

#include <algorithm>
#include <array>
#include <cerrno>
#include <deque>
#include <optional>
#include <utility>

#include <boost/asio/generic/stream_protocol.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/local/stream_protocol.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/ssl/error.hpp>
#include <boost/asio/ssl/stream.hpp>
#include <boost/asio/write.hpp>
#include <fmt/format.h>
#include <sys/socket.h>

namespace murphy::web {
namespace {

namespace asio = boost::asio;
using asio::ip::tcp;
using boost::system::error_code;
using Socket = asio::generic::stream_protocol::socket;
using TlsStream = asio::ssl::stream<Socket&>;

constexpr std::chrono::milliseconds head_start{250};
constexpr std::size_t read_size = 8 * 1024;

// An asynchronous operation under way, and how it ended. Its handler writes here: it must stay until `done`.
struct Operation {
  bool done = false;
  error_code error;
  std::size_t bytes = 0;

  auto handler() {
    return [this](const error_code& ended, std::size_t count = 0) {
      done = true;
      error = ended;
      bytes = count;
    };
  }
};

std::string shown(const tcp::endpoint& endpoint) {
  const std::string address = endpoint.address().to_string();
  return endpoint.address().is_v6() ? fmt::format("[{}]:{}", address, endpoint.port())
                                    : fmt::format("{}:{}", address, endpoint.port());
}

IoFailure failure_of(const error_code& error) {
  const bool closed = error == asio::error::eof || error == asio::ssl::error::stream_truncated;
  if (closed) return {.end = IoEnd::closed, .cause = {}, .code = 0};
  const bool from_tls = error.category() == asio::error::get_ssl_category();
  return {.end = IoEnd::failed,
          .cause = error.message(),
          .code = from_tls ? static_cast<unsigned int>(error.value()) : 0UL};
}

} // namespace

// Each connection has an io_context of its own, run by whoever waits: no thread stands between the caller and the
// socket, and a pooled connection goes from one thread to the next as it is.
class Connection::Impl {
public:
  ~Impl() {
    if (tls_ && handshaken_ && !broken_) {
      Operation goodbye;
      tls_->async_shutdown(goodbye.handler());
      context_.restart();
      context_.poll();
      abandon();
    }
    abandon();
  }

  std::expected<void, IoFailure> connect(const std::vector<std::string>& addresses, std::uint16_t port,
                                         const IoLimits& limits) {
    struct Attempt {
      Attempt(asio::io_context& context, tcp::endpoint to) : socket(context), endpoint(std::move(to)) {}
      tcp::socket socket;
      tcp::endpoint endpoint;
      Operation operation;
      bool failed() const { return operation.done && operation.error; }
      bool connected() const { return operation.done && !operation.error; }
    };
    std::deque<Attempt> attempts; // a deque: the handlers point into it
    const auto connected = [&] { return std::ranges::find_if(attempts, &Attempt::connected); };
    const auto settled = [&] {
      return connected() != attempts.end() || std::ranges::all_of(attempts, &Attempt::failed);
    };

    std::optional<IoFailure> ended;
    std::string causes;
    for (std::size_t next = 0; next < addresses.size() && !ended && connected() == attempts.end(); ++next) {
      error_code error;
      const auto address = asio::ip::make_address(addresses[next], error);
      if (error) {
        causes += fmt::format("; {} is no address", addresses[next]);
        continue;
      }
      Attempt& attempt = attempts.emplace_back(context_, tcp::endpoint(address, port));
      attempt.socket.async_connect(attempt.endpoint, attempt.operation.handler());
      const bool last = next + 1 == addresses.size();
      const TimePoint head_start_over = std::chrono::steady_clock::now() + head_start;
      ended = wait(settled, limits, last ? limits.deadline : std::min(limits.deadline, head_start_over));
      const bool only_head_start = ended && ended->end == IoEnd::deadline && head_start_over < limits.deadline && !last;
      if (only_head_start) ended.reset();
    }
    if (!ended && !settled()) ended = wait(settled, limits, limits.deadline);

    const auto winner = connected();
    for (auto attempt = attempts.begin(); attempt != attempts.end(); ++attempt)
      if (attempt != winner) close(attempt->socket);
    drain();
    for (const Attempt& attempt : attempts)
      if (attempt.failed() && !ended)
        causes += fmt::format("; {}: {}", shown(attempt.endpoint), attempt.operation.error.message());
    if (ended) return std::unexpected(*ended);
    if (winner == attempts.end())
      return std::unexpected(
          IoFailure{.end = IoEnd::failed, .cause = causes.empty() ? "no address" : causes.substr(2), .code = 0});

    error_code ignored;
    winner->socket.set_option(tcp::no_delay(true), ignored);
    remote_ = shown(winner->endpoint);
    socket_.emplace(std::move(winner->socket));
    return {};
  }

  std::expected<void, IoFailure> connect_unix(const std::string& path, const IoLimits& limits) {
    if (path.size() >= sizeof(sockaddr_un::sun_path))
      return std::unexpected(IoFailure{.end = IoEnd::failed, .cause = "the path is too long for a socket", .code = 0});
    asio::local::stream_protocol::socket socket(context_);
    Operation connecting;
    socket.async_connect(asio::local::stream_protocol::endpoint(path), connecting.handler());
    const auto ended = wait([&] { return connecting.done; }, limits, limits.deadline);
    if (ended) {
      close(socket);
      drain();
      return std::unexpected(*ended);
    }
    if (connecting.error) return std::unexpected(failure_of(connecting.error));
    remote_ = "unix:" + path;
    socket_.emplace(std::move(socket));
    return {};
  }

  std::expected<void, IoFailure> handshake(TlsContext& context, std::string host, std::string session_key,
                                           const IoLimits& limits) {
    peer_ = {.host = std::move(host), .session_key = std::move(session_key), .trouble = {}};
    tls_.emplace(*socket_, context.new_ssl(peer_));
    Operation shaking;
    tls_->async_handshake(asio::ssl::stream_base::client, shaking.handler());
    if (auto ended = wait([&] { return shaking.done; }, limits, limits.deadline)) {
      abandon();
      return std::unexpected(*ended);
    }
    if (shaking.error) {
      broken_ = true;
      return std::unexpected(failure_of(shaking.error));
    }
    handshaken_ = true;
    return {};
  }

  void write(ClearText bytes) {
    outgoing_ = std::move(bytes);
    writing_ = {};
    const asio::const_buffer buffer(outgoing_.data(), outgoing_.size());
    const auto written = [this](const error_code& ended, std::size_t count) {
      writing_.handler()(ended, count);
      outgoing_.clear();
    };
    if (tls_)
      asio::async_write(*tls_, buffer, written);
    else
      asio::async_write(*socket_, buffer, written);
  }

  std::expected<std::string_view, IoFailure> read(const IoLimits& limits) {
    Operation reading;
    const asio::mutable_buffer buffer(incoming_.data(), incoming_.size());
    if (tls_)
      tls_->async_read_some(buffer, reading.handler());
    else
      socket_->async_read_some(buffer, reading.handler());
    if (auto ended = wait([&] { return reading.done; }, limits, limits.deadline)) {
      abandon();
      return std::unexpected(*ended);
    }
    if (reading.error) {
      const IoFailure failure = failure_of(reading.error);
      broken_ = failure.end == IoEnd::failed;
      return std::unexpected(failure);
    }
    return std::string_view(incoming_.data(), reading.bytes);
  }

  bool usable() {
    if (broken_ || !writing_.done) return false;
    char byte = 0;
    const ssize_t count = ::recv(socket_->native_handle(), &byte, 1, MSG_PEEK | MSG_DONTWAIT);
    return count < 0 && (errno == EAGAIN || errno == EWOULDBLOCK);
  }

  const TlsPeer& peer() const { return peer_; }
  const Operation& writing() const { return writing_; }
  const std::string& remote() const { return remote_; }

private:
  // Runs handlers until `done`, or says what came first. What is under way then still is.
  template <class Done> std::optional<IoFailure> wait(const Done& done, const IoLimits& limits, TimePoint until) {
    const std::stop_callback wake(limits.stop, [this] { asio::post(context_, [] {}); });
    context_.restart();
    while (!done()) {
      if (limits.stop.stop_requested()) return IoFailure{.end = IoEnd::stopped, .cause = {}, .code = 0};
      if (context_.run_one_until(until) == 0 && !done())
        return IoFailure{.end = IoEnd::deadline, .cause = {}, .code = 0};
    }
    return std::nullopt;
  }

  template <class AnySocket> static void close(AnySocket& socket) {
    error_code ignored;
    socket.close(ignored);
  }

  // Lets every handler that is still to come run, after what it waits for was closed: they point to objects about to
  // go.
  void drain() {
    context_.restart();
    context_.run();
  }

  void abandon() {
    broken_ = true;
    if (socket_) close(*socket_);
    drain();
  }

  asio::io_context context_{1};
  std::optional<Socket> socket_;
  TlsPeer peer_;
  std::optional<TlsStream> tls_;
  bool handshaken_ = false;
  bool broken_ = false;
  std::string remote_;
  ClearText outgoing_; // until it is written
  Operation writing_;
  std::array<char, read_size> incoming_;
};

Connection::Connection() : impl_(std::make_unique<Impl>()) {}
Connection::~Connection() = default;

std::expected<void, IoFailure> Connection::connect(const std::vector<std::string>& addresses, std::uint16_t port,
                                                   const IoLimits& limits) {
  return impl_->connect(addresses, port, limits);
}
std::expected<void, IoFailure> Connection::connect_unix(const std::string& path, const IoLimits& limits) {
  return impl_->connect_unix(path, limits);
}
std::expected<void, IoFailure> Connection::handshake(TlsContext& context, std::string host, std::string session_key,
                                                     const IoLimits& limits) {
  return impl_->handshake(context, std::move(host), std::move(session_key), limits);
}
const TlsPeer& Connection::peer() const { return impl_->peer(); }
void Connection::write(ClearText bytes) { impl_->write(std::move(bytes)); }
bool Connection::write_finished() const { return impl_->writing().done && !impl_->writing().error; }
bool Connection::anything_written() const { return !impl_->writing().done || impl_->writing().bytes > 0; }
std::expected<std::string_view, IoFailure> Connection::read(const IoLimits& limits) { return impl_->read(limits); }
bool Connection::usable() { return impl_->usable(); }
const std::string& Connection::remote() const { return impl_->remote(); }

} // namespace murphy::web
