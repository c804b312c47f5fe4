// The server of a watch, over real sockets.
#include "watch/serve/listener.h"

#include <arpa/inet.h>
#include <cerrno>
#include <chrono>
#include <gmock/gmock.h>
#include <netinet/in.h>
#include <stdexcept>
#include <string>
#include <sys/socket.h>
#include <sys/time.h>
#include <unistd.h>
#include <vector>

namespace murphy::watch {
namespace {

using testing::AllOf;
using testing::EndsWith;
using testing::HasSubstr;
using testing::StartsWith;

// A connection that ends with its owner.
class Client {
public:
  explicit Client(const std::string& address) : socket_(socket(AF_INET, SOCK_STREAM, 0)) {
    sockaddr_in to{};
    to.sin_family = AF_INET;
    to.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    to.sin_port = htons(static_cast<std::uint16_t>(std::stoi(address.substr(address.rfind(':') + 1))));
    // Who waits for an answer that never comes is to fail, and not to hang.
    const timeval longest{.tv_sec = 60, .tv_usec = 0};
    EXPECT_EQ(setsockopt(socket_, SOL_SOCKET, SO_RCVTIMEO, &longest, sizeof longest), 0);
    EXPECT_EQ(connect(socket_, reinterpret_cast<const sockaddr*>(&to), sizeof to), 0);
  }
  ~Client() { close(socket_); }
  Client(const Client&) = delete;
  Client& operator=(const Client&) = delete;
  // What the other side has to say until it has nothing more to say.
  std::string ask(const std::string& text) const {
    send(socket_, text.data(), text.size(), MSG_NOSIGNAL);
    std::string all;
    char part[4096];
    ssize_t read = 0;
    while ((read = recv(socket_, part, sizeof part, 0)) > 0) all.append(part, static_cast<std::size_t>(read));
    EXPECT_FALSE(read < 0 && (errno == EAGAIN || errno == EWOULDBLOCK)) << "the other side says nothing, and stays";
    return all;
  }

private:
  int socket_;
};

class Listening : public testing::Test {
protected:
  static Reply answer(const Ask& ask) {
    if (ask.path == "/broken") throw std::runtime_error("secret");
    return {.body = ask.path + " " + ask.accept + "\n", .headers = {{"Cache-Control", "no-cache"}}};
  }
  std::string ask(const std::string& text) const { return Client(listener_->address()).ask(text); }
  std::unique_ptr<Listener> listener_ = std::move(*Listener::start("127.0.0.1:0", answer));
};

TEST_F(Listening, AnswersRequests) {
  EXPECT_THAT(ask("GET /a?b HTTP/1.1\r\nHost: x\r\nAccept: text/plain\r\nConnection: close\r\n\r\n"),
              AllOf(StartsWith("HTTP/1.1 200 OK\r\n"), HasSubstr("\r\nCache-Control: no-cache\r\n"),
                    HasSubstr("\r\nX-Content-Type-Options: nosniff\r\n"), EndsWith("\r\n\r\n/a text/plain\n")));
  EXPECT_THAT(ask("HEAD /a HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"),
              AllOf(HasSubstr("\r\nContent-Length: 4\r\n"), EndsWith("\r\n\r\n")));
  EXPECT_THAT(ask("GET /a HTTP/1.1\r\nHost: x\r\n\r\nGET /b HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"),
              AllOf(HasSubstr("/a \n"), HasSubstr("/b \n")));
}

TEST_F(Listening, RefusesWhatItDoesNotTake) {
  EXPECT_THAT(ask("POST /a HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Length: 0\r\n\r\n"),
              AllOf(StartsWith("HTTP/1.1 405 "), HasSubstr("\r\nAllow: GET, HEAD\r\n")));
  const std::string broken = ask("GET /broken HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");
  EXPECT_THAT(broken, StartsWith("HTTP/1.1 500 "));
  EXPECT_THAT(broken, testing::Not(HasSubstr("secret")));
  EXPECT_EQ(ask("no HTTP\r\n\r\n"), "");
  EXPECT_EQ(ask("GET / HTTP/1.1\r\nHost: " + std::string(100'000, 'x')), "");
  EXPECT_EQ(ask("POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 10\r\n\r\n0123456789"), "") << "it reads no body";
}

TEST_F(Listening, TurnsAwayWhatIsTooMuch) {
  std::vector<std::unique_ptr<Client>> idle;
  for (int i = 0; i < 64; ++i) idle.push_back(std::make_unique<Client>(listener_->address()));
  EXPECT_EQ(ask("GET / HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"), "");
  idle.clear();
  std::string answered; // once it has seen that they are gone
  while (answered.empty()) answered = ask("GET / HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");
  EXPECT_THAT(answered, StartsWith("HTTP/1.1 200 "));
}

TEST_F(Listening, HasNoPatienceForWhoSaysNothing) {
  listener_ = std::move(*Listener::start("127.0.0.1:0", answer, std::chrono::milliseconds(50)));
  EXPECT_EQ(ask(""), "");
  EXPECT_EQ(ask("GET / HTTP/1.1\r\nHost: x\r\n"), "") << "that is no request yet";
  EXPECT_THAT(ask("GET /a HTTP/1.1\r\nHost: x\r\n\r\n"), EndsWith("/a \n")) << "it waits for another, and then ends";
}

TEST_F(Listening, NeedsAPortOfItsOwn) {
  const auto second = Listener::start(listener_->address(), answer);
  ASSERT_FALSE(second);
  EXPECT_EQ(second.error().kind, ErrorKind::usage);
  EXPECT_EQ(second.error().what, "murphy cannot listen on " + listener_->address() + ": Address already in use");
  EXPECT_EQ(second.error().hint, "end what has this port, or choose another in `listen` of [watch]");
}

TEST_F(Listening, KnowsWhatAnAddressIs) {
  for (const char* address : {"localhost:80", "127.0.0.1", "127.0.0.1:99999", "::1:80", "[127.0.0.1]:80", ":80", "1:"})
    EXPECT_FALSE(Listener::start(address, answer)) << address;
  const auto elsewhere = Listener::start("192.0.2.1:0", answer); // of no machine (RFC 5737)
  ASSERT_FALSE(elsewhere);
  EXPECT_THAT(elsewhere.error().what, HasSubstr("Cannot assign requested address"));
}

} // namespace
} // namespace murphy::watch
