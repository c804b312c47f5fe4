// Connections kept open: reuse, staleness, threads.
#include "client_support.h"

#include <algorithm>
#include <array>
#include <atomic>
#include <latch>
#include <thread>

namespace murphy::web {
namespace {

using testing::HasSubstr;

TEST(HttpClientConnections, AreKeptOpenAndUsedAgain) {
  const HttpServer server(always(answer_text("again")));
  const auto client = client_with({});
  const auto first = send(*client, request_for(server.url()));
  const auto second = send(*client, request_for(server.url()));
  ASSERT_TRUE(first && second);
  EXPECT_FALSE(first->reused);
  EXPECT_TRUE(second->reused);
  EXPECT_EQ(second->timing.connect.count(), 0);
  EXPECT_EQ(second->remote, first->remote);
  EXPECT_EQ(server.connections(), 1);
}

TEST(HttpClientConnections, EndAsTheAnswerSays) {
  const HttpServer server([](Peer& peer) {
    constexpr std::array<const char*, 4> answers = {
        "HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: 0\r\n\r\n",
        "HTTP/1.0 200 OK\r\nContent-Length: 0\r\n\r\n",
        "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\nand something behind it",
        "HTTP/1.0 200 OK\r\nConnection: keep-alive\r\nContent-Length: 0\r\n\r\n",
    };
    while (peer.read_request()) peer.write(answers.at(static_cast<std::size_t>(std::min(peer.number(), 3))));
  });
  const auto client = client_with({});
  for (int i = 0; i < 4; ++i) {
    const auto response = send(*client, request_for(server.url()));
    ASSERT_TRUE(response) << response.error().error.what;
    EXPECT_FALSE(response->reused) << i;
  }
  const auto kept = send(*client, request_for(server.url()));
  ASSERT_TRUE(kept);
  EXPECT_TRUE(kept->reused);
  EXPECT_EQ(server.connections(), 4);
}

TEST(HttpClientConnections, BelongToOneOrigin) {
  const HttpServer first(always(answer_text("first"))), second(always(answer_text("second")));
  const auto client = client_with({});
  EXPECT_EQ(send(*client, request_for(first.url()))->body, "first");
  EXPECT_EQ(send(*client, request_for(second.url()))->body, "second");
  EXPECT_EQ(send(*client, request_for(first.url()))->body, "first");
}

TEST(HttpClientConnections, ClosedWhileIdleAreNotUsed) {
  std::latch closed(1);
  const HttpServer server([&](Peer& peer) {
    peer.read_request();
    peer.write(answer_text("bye"));
    if (peer.number() == 0) {
      peer.close();
      closed.count_down();
    }
  });
  const auto client = client_with({});
  ASSERT_TRUE(send(*client, request_for(server.url())));
  closed.wait();
  const auto response = send(*client, request_for(server.url(), "POST", "x"));
  ASSERT_TRUE(response) << response.error().error.what;
  EXPECT_FALSE(response->reused);
}

// The server closes when it sees the second request: too late for the client to notice beforehand.
HttpServer::Script stale_at_second_request(std::atomic<int>& requests) {
  return [&requests](Peer& peer) {
    while (peer.read_request()) {
      if (++requests == 2) return;
      peer.write(answer_text("fine"));
    }
  };
}

TEST(HttpClientConnections, GoneStaleAreReplacedOnceForIdempotentRequests) {
  std::atomic<int> requests = 0;
  const HttpServer server(stale_at_second_request(requests));
  const auto client = client_with({});
  ASSERT_TRUE(send(*client, request_for(server.url())));
  const auto response = send(*client, request_for(server.url()));
  ASSERT_TRUE(response) << response.error().error.what;
  EXPECT_EQ(response->body, "fine");
  EXPECT_FALSE(response->reused);
  EXPECT_EQ(requests, 3);
}

TEST(HttpClientConnections, GoneStaleUnderAPostAreAnErrorForItMayHaveArrived) {
  std::atomic<int> requests = 0;
  const HttpServer server(stale_at_second_request(requests));
  const auto client = client_with({});
  ASSERT_TRUE(send(*client, request_for(server.url())));
  const auto response = send(*client, request_for(server.url(), "POST", "x"));
  EXPECT_EQ(trouble(response), "the server closed the connection without an answer");
  EXPECT_THAT(response.error().error.hint, HasSubstr("Murphy did not repeat it"));
  EXPECT_EQ(requests, 2);
}

TEST(HttpClientConnections, ThatAreNewAreNotReplaced) {
  std::atomic<int> requests = 0;
  const HttpServer server([&](Peer& peer) {
    peer.read_request();
    ++requests;
  });
  const auto client = client_with({});
  EXPECT_EQ(trouble(send(*client, request_for(server.url()))), "the server closed the connection without an answer");
  EXPECT_EQ(requests, 1);
}

TEST(HttpClientConnections, AreSharedByThreads) {
  constexpr int threads = 8, requests = 200;
  const HttpServer server([](Peer& peer) {
    while (auto request = peer.read_request()) peer.write(answer_text(request->line()));
  });
  const auto client = client_with({});
  std::atomic<int> right = 0;
  {
    std::vector<std::jthread> workers;
    for (int worker = 0; worker < threads; ++worker) {
      workers.emplace_back([&, worker] {
        for (int i = 0; i < requests; ++i) {
          const std::string path = "/" + std::to_string(worker) + "/" + std::to_string(i);
          const auto response = send(*client, request_for(server.url(path)));
          if (response && response->body == "GET " + path + " HTTP/1.1") ++right;
        }
      });
    }
  }
  EXPECT_EQ(right, threads * requests);
  EXPECT_LE(server.connections(), threads);
}

TEST(HttpClientConnections, TransportIsSendAsAFunction) {
  const HttpServer server(always(answer_text("through")));
  const auto client = client_with({});
  const Transport transport = client->transport();
  EXPECT_EQ(transport(request_for(server.url()), late(), {})->body, "through");
}

} // namespace
} // namespace murphy::web
