#include "watch/serve/listener.h"

#include "base/make_error.h"

#include <algorithm>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/core/tcp_stream.hpp>
#include <boost/beast/http.hpp>
#include <charconv>
#include <chrono>
#include <exception>
#include <fmt/format.h>
#include <optional>
#include <thread>
#include <utility>

namespace murphy::watch {
namespace {

namespace asio = boost::asio;
namespace beast = boost::beast;
namespace http = boost::beast::http;
using asio::ip::tcp;
using Failure = boost::system::error_code;

constexpr int most_connections = 64;
constexpr std::size_t longest_head = 16 * 1024;
constexpr std::size_t longest_body = 0;
constexpr std::chrono::milliseconds pause_after_failure(100);

std::string text_of(beast::string_view text) { return {text.data(), text.size()}; }

using Message = http::response<http::string_body>;

Message message_of(Reply answer, const http::request<http::empty_body>& request) {
  Message message(static_cast<http::status>(answer.status), request.version());
  for (const auto& [name, value] : answer.headers) message.set(name, value);
  message.set(http::field::content_type, answer.type);
  message.set("X-Content-Type-Options", "nosniff");
  message.keep_alive(request.keep_alive());
  message.body() = std::move(answer.body);
  message.prepare_payload();
  return message;
}

Message answer_to(const http::request<http::empty_body>& request, const Listener::Answering& answering) {
  if (request.method() != http::verb::get && request.method() != http::verb::head)
    return message_of({.status = 405, .body = "only GET and HEAD\n", .headers = {{"Allow", "GET, HEAD"}}}, request);
  Ask ask{.path = text_of(request.target()),
          .accept = text_of(request[http::field::accept]),
          .has_tag = text_of(request[http::field::if_none_match])};
  ask.path.resize(std::min(ask.path.find('?'), ask.path.size()));
  try {
    return message_of(answering(ask), request);
  } catch (const std::exception&) {
    return message_of({.status = 500, .body = "this cannot be shown\n"}, request);
  }
}

// One connection, until the client has enough or takes too long. It keeps itself alive.
class Conversation : public std::enable_shared_from_this<Conversation> {
public:
  Conversation(tcp::socket socket, const Listener::Answering& answering, std::chrono::milliseconds patience, int& open)
      : stream_(std::move(socket)), answering_(answering), patience_(patience), open_(open) {
    ++open_;
  }
  ~Conversation() { --open_; }
  Conversation(const Conversation&) = delete;
  Conversation& operator=(const Conversation&) = delete;

  void listen() {
    parser_.emplace();
    parser_->header_limit(longest_head);
    parser_->body_limit(longest_body);
    stream_.expires_after(patience_);
    http::async_read(stream_, buffer_, *parser_, [self = shared_from_this()](const Failure& failed, std::size_t) {
      if (!failed) self->answer();
    });
  }

private:
  void answer() {
    const auto request = parser_->release();
    message_ = answer_to(request, answering_);
    stream_.expires_after(patience_);
    const auto written = [self = shared_from_this()](const Failure& failed, std::size_t) {
      if (failed) return;
      if (self->message_.keep_alive()) return self->listen();
      Failure ignored;
      self->stream_.socket().shutdown(tcp::socket::shutdown_send, ignored);
    };
    if (request.method() == http::verb::head) {
      head_.emplace(message_);
      http::async_write_header(stream_, *head_, written);
    } else {
      http::async_write(stream_, message_, written);
    }
  }

  beast::tcp_stream stream_;
  beast::flat_buffer buffer_{longest_head};
  std::optional<http::request_parser<http::empty_body>> parser_;
  Message message_;
  std::optional<http::response_serializer<http::string_body>> head_;
  const Listener::Answering& answering_;
  const std::chrono::milliseconds patience_;
  int& open_;
};

std::optional<tcp::endpoint> endpoint_of(const std::string& address) {
  const std::size_t colon = address.rfind(':');
  if (colon == std::string::npos) return std::nullopt;
  std::string host = address.substr(0, colon);
  const bool is_bracketed = host.starts_with('[') && host.ends_with(']');
  if (is_bracketed) host = host.substr(1, host.size() - 2);
  std::uint16_t port = 0;
  const char* const end = address.data() + address.size();
  const auto [read, failed] = std::from_chars(address.data() + colon + 1, end, port);
  if (failed != std::errc() || read != end) return std::nullopt;
  Failure wrong;
  const auto ip = asio::ip::make_address(host, wrong);
  if (wrong || ip.is_v6() != is_bracketed) return std::nullopt;
  return tcp::endpoint(ip, port);
}

std::string text_of(const tcp::endpoint& endpoint) {
  const std::string host = endpoint.address().to_string();
  return fmt::format(fmt::runtime(endpoint.address().is_v6() ? "[{}]:{}" : "{}:{}"), host, endpoint.port());
}

} // namespace

struct Listener::Server {
  Answering answering;
  std::chrono::milliseconds patience{};
  int open = 0; // connections, which end with the context
  asio::io_context context{1};
  tcp::acceptor acceptor{context};
  asio::steady_timer pause{context};
  std::thread thread;

  void accept() {
    acceptor.async_accept([this](const Failure& failed, tcp::socket socket) {
      if (failed == asio::error::operation_aborted) return;
      if (failed) { // such as: no descriptor is left
        pause.expires_after(pause_after_failure);
        pause.async_wait([this](const Failure& ended) {
          if (!ended) accept();
        });
        return;
      }
      // Who comes when there are too many is turned away.
      if (open < most_connections)
        std::make_shared<Conversation>(std::move(socket), answering, patience, open)->listen();
      accept();
    });
  }
};

Listener::Listener(std::unique_ptr<Server> server, std::string address)
    : server_(std::move(server)), address_(std::move(address)) {}

Listener::~Listener() {
  server_->context.stop();
  server_->thread.join();
}

Result<std::unique_ptr<Listener>> Listener::start(const std::string& address, Answering answering,
                                                  std::chrono::milliseconds patience) {
  const auto endpoint = endpoint_of(address);
  if (!endpoint)
    return std::unexpected(usage_error(fmt::format("\"{}\" is no address to listen on", address),
                                       "write an IP address and a port: listen = \"127.0.0.1:9469\""));
  auto server = std::make_unique<Server>();
  server->answering = std::move(answering);
  server->patience = patience;
  Failure failed;
  tcp::acceptor& acceptor = server->acceptor;
  const asio::socket_base::reuse_address shared{true}; // with what an earlier watch has not quite left
  const auto attempt = [&failed](auto&& step) {
    if (!failed) step();
  };
  attempt([&] { acceptor.open(endpoint->protocol(), failed); });
  attempt([&] { acceptor.set_option(shared, failed); });
  attempt([&] { acceptor.bind(*endpoint, failed); });
  attempt([&] { acceptor.listen(asio::socket_base::max_listen_connections, failed); });
  if (failed)
    return std::unexpected(usage_error(fmt::format("murphy cannot listen on {}: {}", address, failed.message()),
                                       "end what has this port, or choose another in `listen` of [watch]"));
  std::string own = text_of(acceptor.local_endpoint(failed));
  server->accept();
  server->thread = std::thread([running = server.get()] { running->context.run(); });
  return std::unique_ptr<Listener>(new Listener(std::move(server), std::move(own)));
}

} // namespace murphy::watch
