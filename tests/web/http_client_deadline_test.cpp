// The deadline and the stop token, in every phase. Servers wait for the client to give up; nothing is asserted by the
// clock.
#include "client_support.h"

#include <array>
#include <latch>
#include <semaphore>
#include <thread>

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

namespace murphy::web {
namespace {

using testing::MatchesRegex;

// A port whose queue of connections is full: whoever connects waits.
class FullPort {
public:
  FullPort() {
    listener_ = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    address_.sin_family = AF_INET;
    address_.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    ::bind(listener_, reinterpret_cast<const sockaddr*>(&address_), sizeof address_);
    ::listen(listener_, 0);
    socklen_t length = sizeof address_;
    getsockname(listener_, reinterpret_cast<sockaddr*>(&address_), &length);
    for (int& client : clients_) {
      client = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
      ::connect(client, reinterpret_cast<const sockaddr*>(&address_), sizeof address_);
    }
  }
  ~FullPort() {
    for (const int client : clients_) ::close(client);
    ::close(listener_);
  }
  FullPort(const FullPort&) = delete;
  FullPort& operator=(const FullPort&) = delete;
  std::string url() const { return "http://127.0.0.1:" + std::to_string(ntohs(address_.sin_port)) + "/"; }

private:
  int listener_ = -1;
  std::array<int, 4> clients_{};
  sockaddr_in address_{};
};

void never_answer(Peer& peer) { peer.wait_for_client_to_close(); }

// Sends with ever longer deadlines until one has ended the phase asked for; a slow machine may not reach it by the
// first. Gives back the words of the last error.
std::string phase_ended(HttpClient& client, const Request& request, const std::string& expected) {
  std::string doing;
  for (auto patience = std::chrono::milliseconds(100); patience < std::chrono::seconds(60); patience *= 2) {
    const auto response = send(client, request, std::chrono::steady_clock::now() + patience);
    const std::string what = trouble(response);
    EXPECT_THAT(what, MatchesRegex("no complete answer within [0-9]+ ms; still .*"));
    if (response) return what;
    EXPECT_FALSE(response.error().stopped);
    EXPECT_EQ(response.error().error.kind, ErrorKind::target);
    EXPECT_GT(response.error().timing.total().count(), 0);
    doing = what.substr(std::min(what.size(), what.find("still ") + 6));
    if (testing::Matches(MatchesRegex(expected))(doing)) break;
  }
  return doing;
}

void expect_ended(HttpClient& client, const Request& request, const std::string& phase) {
  EXPECT_THAT(phase_ended(client, request, phase), MatchesRegex(phase));
}

TEST(HttpClientDeadline, EndsNameResolutionAndLeavesTheResolverBehind) {
  auto release = std::make_shared<std::latch>(1);
  auto finished = std::make_shared<std::binary_semaphore>(0);
  {
    const auto client =
        client_with({.lookup = [release, finished](const std::string&) -> Result<std::vector<std::string>> {
          release->wait();
          finished->release();
          return std::vector<std::string>{};
        }});
    expect_ended(*client, request_for("http://app.test/"), "looking up the address of app.test");
  }
  release->count_down(); // the resolver outlives the client that asked it
  finished->acquire();
}

TEST(HttpClientDeadline, EndsConnecting) {
  const FullPort port;
  const auto client = client_with({});
  expect_ended(*client, request_for(port.url()), "connecting to 127.0.0.1, port [0-9]+");
}

TEST(HttpClientDeadline, EndsTheTlsHandshake) {
  const HttpServer server(never_answer); // plain: it never answers the hello
  const auto client = client_with({});
  expect_ended(*client, request_for("https://127.0.0.1:" + std::to_string(server.port()) + "/"),
               "in the TLS handshake with 127.0.0.1:[0-9]+");
}

TEST(HttpClientDeadline, EndsSending) {
  std::latch done(1);
  const HttpServer server([&](Peer&) { done.wait(); });
  const auto client = client_with({});
  expect_ended(*client, request_for(server.url(), "POST", std::string(32 * 1024 * 1024, 'x')),
               "sending the request to 127.0.0.1:[0-9]+");
  done.count_down();
}

TEST(HttpClientDeadline, EndsWaitingForTheFirstByte) {
  const HttpServer server(never_answer);
  const auto client = client_with({});
  expect_ended(*client, request_for(server.url()), "waiting for the first byte of the answer from 127.0.0.1:[0-9]+");
}

TEST(HttpClientDeadline, EndsAHeaderAndABodyThatComeInPart) {
  const auto partly = [](const char* part) {
    return [part](Peer& peer) {
      peer.read_request();
      peer.write(part);
      peer.wait_for_client_to_close();
    };
  };
  const auto client = client_with({});
  const HttpServer header(partly("HTTP/1.1 200 OK\r\nA: b"));
  expect_ended(*client, request_for(header.url()), "reading the header of the answer from 127.0.0.1:[0-9]+");
  const HttpServer body(partly("HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\npart"));
  expect_ended(*client, request_for(body.url()),
               "reading the body of the answer from 127.0.0.1:[0-9]+, 4 bytes so far");
}

TEST(HttpClientDeadline, EndsAnAnswerThatDripsForEver) {
  const HttpServer server([](Peer& peer) {
    peer.read_request();
    peer.write("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n");
    while (peer.write("1\r\nx\r\n")) {
    }
  });
  const auto client = client_with({.max_body_bytes = std::size_t{1} << 40U});
  expect_ended(*client, request_for(server.url()), "reading the body of the answer from .*");
}

TEST(HttpClientDeadline, ThatHasPassedSendsNothing) {
  const HttpServer server(always(answer_text("")));
  const auto client = client_with({});
  const auto response =
      send(*client, request_for(server.url()), std::chrono::steady_clock::now() - std::chrono::seconds(1));
  EXPECT_THAT(trouble(response), MatchesRegex("no complete answer within [0-9]+ ms; still connecting to .*"));
}

// ---- the stop token: the request stands still in a phase, the test stops it, `send` comes back long before its
// deadline

void expect_stopped(const std::expected<Response, TransportError>& response, const std::string& doing) {
  ASSERT_FALSE(response);
  EXPECT_TRUE(response.error().stopped);
  EXPECT_EQ(response.error().error.kind, ErrorKind::interrupted);
  EXPECT_THAT(trouble(response), MatchesRegex("stopped while " + doing));
}

TEST(HttpClientStop, EndsNameResolution) {
  std::stop_source stop;
  auto release = std::make_shared<std::binary_semaphore>(0);
  const auto client =
      client_with({.lookup = [release, stop](const std::string&) mutable -> Result<std::vector<std::string>> {
        stop.request_stop();
        release->acquire();
        return std::vector<std::string>{};
      }});
  expect_stopped(client->send(request_for("http://app.test/"), late(), stop.get_token()),
                 "looking up the address of app.test");
  release->release();
}

TEST(HttpClientStop, EndsConnecting) {
  const FullPort port;
  const auto client = client_with({});
  std::stop_source stop;
  const std::jthread stopper([&] { stop.request_stop(); });
  expect_stopped(client->send(request_for(port.url()), late(), stop.get_token()), "connecting to .*");
}

TEST(HttpClientStop, EndsTheTlsHandshake) {
  std::stop_source stop;
  const HttpServer server([&](Peer& peer) {
    peer.read_some();
    stop.request_stop();
    peer.wait_for_client_to_close();
  });
  const auto client = client_with({});
  expect_stopped(
      client->send(request_for("https://127.0.0.1:" + std::to_string(server.port()) + "/"), late(), stop.get_token()),
      "in the TLS handshake with .*");
}

TEST(HttpClientStop, EndsSending) {
  std::stop_source stop;
  std::binary_semaphore done(0);
  const HttpServer server([&](Peer& peer) {
    peer.read_some();
    stop.request_stop();
    done.acquire();
  });
  const auto client = client_with({});
  expect_stopped(
      client->send(request_for(server.url(), "POST", std::string(32 * 1024 * 1024, 'x')), late(), stop.get_token()),
      "sending the request to .*");
  done.release();
}

TEST(HttpClientStop, EndsWaitingAndReading) {
  const auto client = client_with({});
  for (const std::string part : {"", "HTTP/1.1 200 OK\r\n\r\npart"}) {
    std::stop_source stop;
    const HttpServer server([&](Peer& peer) {
      peer.read_request();
      peer.write(part);
      stop.request_stop();
      peer.wait_for_client_to_close();
    });
    expect_stopped(client->send(request_for(server.url()), late(), stop.get_token()), "(waiting|reading) .*");
  }
}

TEST(HttpClientStop, RequestedBeforehandSendsNothing) {
  const HttpServer server(always(answer_text("")));
  const auto client = client_with({});
  std::stop_source stop;
  stop.request_stop();
  expect_stopped(client->send(request_for(server.url()), late(), stop.get_token()), "connecting to .*");
}

} // namespace
} // namespace murphy::web
