// Messages, bounds and the ways a server can misbehave.
#include "client_support.h"

#include <cstdint>

namespace murphy::web {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::StartsWith;

HttpServer::Script reply_and_close(std::string bytes) {
  return [bytes = std::move(bytes)](Peer& peer) {
    peer.read_request();
    peer.write(bytes);
  };
}

HttpServer::Script reply_and_stay(std::string bytes) {
  return [bytes = std::move(bytes)](Peer& peer) {
    peer.read_request();
    peer.write(bytes);
    peer.wait_for_client_to_close();
  };
}

TEST(HttpClient, SendsARequestAndReadsTheAnswer) {
  SeenRequest seen;
  const HttpServer server([&](Peer& peer) {
    seen = *peer.read_request();
    peer.write(
        "HTTP/1.1 201 Made So\r\nX-One: 1\r\nSet-Cookie: a=1\r\nSet-Cookie: b=2\r\nContent-Length: 5\r\n\r\nhello");
  });
  const auto client = client_with({});
  Request request = request_for(server.url("/a/b?c=d"), "POST", "x=y");
  request.headers = {{"Content-Type", "application/x-www-form-urlencoded"}};
  const auto response = send(*client, request);
  ASSERT_TRUE(response) << response.error().error.what;
  EXPECT_EQ(response->status, 201);
  EXPECT_EQ(response->reason, "Made So");
  EXPECT_EQ(response->body, "hello");
  EXPECT_THAT(response->headers,
              ElementsAre(record::Header{"X-One", "1"}, record::Header{"Set-Cookie", "a=1"},
                          record::Header{"Set-Cookie", "b=2"}, record::Header{"Content-Length", "5"}));
  EXPECT_EQ(response->remote, "127.0.0.1:" + std::to_string(server.port()));
  EXPECT_FALSE(response->reused);
  EXPECT_GT(response->timing.connect.count(), 0);
  EXPECT_GT(response->timing.first_byte.count(), 0);
  EXPECT_EQ(response->timing.tls.count(), 0);
  EXPECT_EQ(response->timing.resolve.count(), 0) << "an address needs no resolution";

  EXPECT_EQ(seen.head,
            "POST /a/b?c=d HTTP/1.1\r\nHost: 127.0.0.1:" + std::to_string(server.port()) +
                "\r\nConnection: keep-alive\r\nContent-Length: 3\r\n"
                "Content-Type: application/x-www-form-urlencoded\r\nAccept-Encoding: gzip, deflate, br, zstd");
  EXPECT_EQ(seen.body, "x=y");
}

TEST(HttpClient, APostWithoutABodySaysSoAndAGetDoesNot) {
  std::vector<SeenRequest> seen;
  const HttpServer server([&](Peer& peer) {
    while (auto request = peer.read_request()) {
      seen.push_back(*request);
      peer.write(answer_text(""));
    }
  });
  const auto client = client_with({});
  ASSERT_TRUE(send(*client, request_for(server.url(), "POST")));
  ASSERT_TRUE(send(*client, request_for(server.url())));
  EXPECT_EQ(seen[0].header("Content-Length"), "0");
  EXPECT_EQ(seen[1].header("Content-Length"), "");
}

TEST(HttpClient, HostAndAcceptEncodingOfTheRequestWin) {
  SeenRequest seen;
  const HttpServer server([&](Peer& peer) {
    seen = *peer.read_request();
    peer.write(answer_text(""));
  });
  const auto client = client_with({});
  Request request = request_for(server.url());
  request.headers = {{"host", "app.test"}, {"accept-encoding", "identity"}};
  ASSERT_TRUE(send(*client, request));
  EXPECT_THAT(seen.head, HasSubstr("\r\nHost: app.test\r\n"));
  EXPECT_THAT(seen.head, HasSubstr("\r\naccept-encoding: identity"));
  EXPECT_THAT(seen.head, testing::Not(HasSubstr("127.0.0.1")));
  EXPECT_THAT(seen.head, testing::Not(HasSubstr("gzip")));
}

TEST(HttpClient, MessagesWithoutABodyLeaveTheConnectionUsable) {
  const HttpServer server([](Peer& peer) {
    peer.read_request();
    peer.write("HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n"); // to HEAD
    peer.read_request();
    peer.write("HTTP/1.1 204 No Content\r\n\r\n");
    peer.read_request();
    peer.write("HTTP/1.1 304 Not Modified\r\nContent-Length: 12\r\n\r\n");
    peer.read_request();
    peer.write("HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 103 Early Hints\r\nLink: </a.css>\r\n\r\n" +
               answer_text("at last"));
    peer.read_request();
    peer.write("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3;name=value\r\nabc\r\n2\r\nde\r\n0\r\nX-Trailer: "
               "t\r\n\r\n");
    peer.wait_for_client_to_close();
  });
  const auto client = client_with({});
  const auto head = send(*client, request_for(server.url(), "HEAD"));
  const auto no_content = send(*client, request_for(server.url()));
  const auto not_modified = send(*client, request_for(server.url()));
  const auto after_interim = send(*client, request_for(server.url()));
  const auto chunked = send(*client, request_for(server.url()));
  ASSERT_TRUE(head && no_content && not_modified && after_interim && chunked);
  EXPECT_EQ(head->body, "");
  EXPECT_EQ(no_content->status, 204);
  EXPECT_EQ(not_modified->status, 304);
  EXPECT_EQ(after_interim->status, 200);
  EXPECT_EQ(after_interim->body, "at last");
  EXPECT_EQ(after_interim->headers.size(), 1U) << "headers of interim responses are not the answer's";
  EXPECT_EQ(chunked->body, "abcde");
  EXPECT_EQ(record::find_header(chunked->headers, "X-Trailer"), nullptr);
  EXPECT_TRUE(chunked->reused);
  EXPECT_EQ(server.connections(), 1);
}

TEST(HttpClient, ReadsAnAnswerThatComesByteByByte) {
  const auto response = exchange_with([](Peer& peer) {
    peer.read_request();
    const std::string bytes =
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\nA: b\r\n\r\na\r\n0123456789\r\n3\r\nabc\r\n0\r\nT: t\r\n\r\n";
    for (const char byte : bytes) peer.write({&byte, 1});
    peer.wait_for_client_to_close();
  });
  ASSERT_TRUE(response) << response.error().error.what;
  EXPECT_EQ(response->body, "0123456789abc");
}

TEST(HttpClient, ABodyMayGoOnUntilTheConnectionCloses) {
  const auto response = exchange_with(reply_and_close("HTTP/1.0 200 OK\r\nContent-Type: text/plain\r\n\r\nto the end"));
  ASSERT_TRUE(response) << response.error().error.what;
  EXPECT_EQ(response->body, "to the end");
}

TEST(HttpClient, SendsALargeBodyAndReadsALargeAnswer) {
  const std::string large(8 * 1024 * 1024, 'x');
  std::size_t received = 0;
  const HttpServer server([&](Peer& peer) {
    received = peer.read_request()->body.size();
    peer.write(answer_text(large));
  });
  const auto client = client_with({});
  const auto response = send(*client, request_for(server.url(), "POST", large));
  ASSERT_TRUE(response) << response.error().error.what;
  EXPECT_EQ(received, large.size());
  EXPECT_EQ(response->body, large);
}

TEST(HttpClient, AnAnswerThatComesBeforeItsRequestHasGoneOutIsRead) {
  const HttpServer server([](Peer& peer) {
    peer.read_some();
    peer.write(answer_text("too much", "Connection: close\r\n", "413 Content Too Large"));
    peer.wait_for_client_to_close();
  });
  const auto client = client_with({});
  const auto response = send(*client, request_for(server.url(), "POST", std::string(32 * 1024 * 1024, 'x')));
  ASSERT_TRUE(response) << response.error().error.what;
  EXPECT_EQ(response->status, 413);
}

TEST(HttpClient, ARequestThatCannotBeWrittenDownIsAUsageErrorAndReachesNobody) {
  const HttpServer server(always(answer_text("")));
  const auto client = client_with({});
  const auto error_of = [&](const Request& request) {
    const auto response = send(*client, request);
    EXPECT_FALSE(response);
    if (response) return std::string();
    EXPECT_EQ(response.error().error.kind, ErrorKind::usage);
    return response.error().error.what;
  };
  Request request = request_for(server.url());
  request.headers = {{"X-Note", "s3cret\r\nX-Injected: 1"}};
  EXPECT_EQ(error_of(request), "the value of the header X-Note contains a line break or a NUL character");
  request.headers = {{"X Note", "a"}};
  EXPECT_EQ(error_of(request), "“X Note” cannot be the name of a header");
  request.headers = {{"Content-Length", "3"}};
  EXPECT_EQ(error_of(request),
            "the header Content-Length cannot be set: it follows from the request and the connection");
  EXPECT_EQ(error_of(request_for(server.url(), "GET / HTTP/1.1\r\nX: ")), "“GET / HTTP/1.1 X:” is not an HTTP method");
  EXPECT_EQ(server.connections(), 0);
}

// ---- servers that misbehave

TEST(HttpClient, GarbageInsteadOfHttpIsShown) {
  EXPECT_EQ(trouble(exchange_with(reply_and_stay("SSH-2.0-OpenSSH_9.2p1 Debian-2\r\n"))),
            "the answer is not HTTP: it begins with “SSH-2.0-OpenSSH_9.2p1 Debian-2”");
  EXPECT_EQ(trouble(exchange_with(reply_and_stay("\x1b[2Jno line's end"))),
            "the answer is not HTTP: it begins with “␛[2Jno line's end”");
  EXPECT_EQ(trouble(exchange_with(reply_and_close("HTTP/1.1 fine\r\n\r\n"))),
            "the header of the answer is malformed HTTP: no status in “HTTP/1.1 fine”");
  EXPECT_EQ(trouble(exchange_with(reply_and_close("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nxyz\r\n"))),
            "the body of the answer is malformed HTTP: no size of a chunk: “xyz”");
  EXPECT_EQ(trouble(exchange_with(reply_and_close("HTTP/1.1 101 Switching Protocols\r\nUpgrade: x\r\n\r\n"))),
            "the answer is 101 (Switching Protocols), which Murphy did not request");
}

TEST(HttpClient, AnEarlyEndSaysHowFarTheAnswerCame) {
  EXPECT_EQ(trouble(exchange_with([](Peer& peer) { peer.read_request(); })),
            "the server closed the connection without an answer");
  EXPECT_EQ(trouble(exchange_with(reply_and_close("HTTP/1.1 200 OK\r\nConte"))),
            "the server closed the connection in the middle of the header of its answer, after 22 bytes");
  EXPECT_EQ(trouble(exchange_with(reply_and_close("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nonly this"))),
            "the server closed the connection after 9 of the 100 bytes of the body");
  EXPECT_EQ(trouble(exchange_with(reply_and_close("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nabc"))),
            "the server closed the connection in the middle of a chunked body, after 3 bytes of it");
  EXPECT_EQ(exchange_with([](Peer& peer) { peer.read_request(); }).error().error.hint,
            "see the app's console; a crash during the request causes this; if this port speaks TLS, use https://");
  EXPECT_EQ(trouble(exchange_with([](Peer& peer) {
              peer.read_request();
              peer.reset();
            })),
            "the server aborted the connection (Connection reset by peer) without an answer");
}

TEST(HttpClient, EndlessAnswersAreBounded) {
  const auto endless = [](std::string begin, std::string more) {
    return [begin = std::move(begin), more = std::move(more)](Peer& peer) {
      peer.read_request();
      peer.write(begin);
      while (peer.write(more)) {
      }
    };
  };
  const std::string many(4096, 'x');
  EXPECT_EQ(trouble(exchange_with(endless("HTTP/1.1 200 OK\r\n", "X-Filler: " + many + "\r\n"))),
            "the header of the answer is larger than the limit of 262144 bytes");
  EXPECT_EQ(trouble(exchange_with(endless("HTTP/1.1 200 OK\r\nX-Filler: ", many))),
            "the header of the answer is larger than the limit of 262144 bytes");
  EXPECT_EQ(trouble(exchange_with(endless("", "HTTP/1.1 102 Processing\r\n\r\n"))),
            "more than 32 interim responses came, and no final one");
  EXPECT_EQ(trouble(exchange_with(endless("HTTP/1.1 200 OK\r\n\r\n", many))),
            "the body of the answer is larger than the limit of 33554432 bytes");
  EXPECT_EQ(trouble(exchange_with(
                endless("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n", "1000\r\n" + many + "\r\n"),
                {.max_body_bytes = 100000})),
            "the body of the answer is larger than the limit of 100000 bytes");
  EXPECT_EQ(trouble(exchange_with(endless("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n1;", many))),
            "the header of the answer is larger than the limit of 262144 bytes");
  EXPECT_EQ(trouble(exchange_with(reply_and_stay("HTTP/1.1 200 OK\r\nContent-Length: 99999999999\r\n\r\n"))),
            "the body of the answer is 99999999999 bytes long, more than the limit of 33554432");
}

TEST(HttpClient, AHeaderAndABodyAtTheirBoundsAreRead) {
  const std::string header = "HTTP/1.1 200 OK\r\nContent-Length: 10\r\nX: ";
  const HttpSettings settings{.max_header_bytes = header.size() + 104, .max_body_bytes = 10};
  const auto response = exchange_with(reply_and_stay(header + std::string(100, 'x') + "\r\n\r\n0123456789"), settings);
  ASSERT_TRUE(response) << response.error().error.what;
  EXPECT_EQ(response->body.size(), 10U);
  EXPECT_EQ(trouble(exchange_with(
                reply_and_stay("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nb\r\n0123456789a\r\n0\r\n\r\n"),
                settings)),
            "the body of the answer is larger than the limit of 10 bytes");
}

TEST(HttpClient, ATlsAnswerOnAPlainPortIsRecognised) {
  const auto response = exchange_with(reply_and_stay(std::string("\x15\x03\x01\x00\x02\x02\x46", 7)));
  EXPECT_EQ(trouble(response), "this port speaks TLS, not plain http");
  EXPECT_EQ(response.error().error.hint, "use https://");
}

// ---- other ways to a server

TEST(HttpClient, SpeaksOverIpv6) {
  const HttpServer server(always(answer_text("six")), {.ipv6 = true});
  const auto client = client_with({});
  const auto response = send(*client, request_for(server.url()));
  ASSERT_TRUE(response) << response.error().error.what;
  EXPECT_EQ(response->remote, "[::1]:" + std::to_string(server.port()));
}

TEST(HttpClient, SpeaksOverAUnixSocketWhateverTheHost) {
  const TemporaryDirectory directory;
  const std::string path = directory.path() + "/app.sock";
  SeenRequest seen;
  const HttpServer server(
      [&](Peer& peer) {
        seen = *peer.read_request();
        peer.write(answer_text("local"));
      },
      {.unix_path = path});
  const auto client = client_with({.unix_socket = path});
  const auto response = send(*client, request_for("http://app.test/x"));
  ASSERT_TRUE(response) << response.error().error.what;
  EXPECT_EQ(response->remote, "unix:" + path);
  EXPECT_EQ(seen.header("Host"), "app.test");

  const auto nobody = client_with({.unix_socket = directory.path() + "/none.sock"});
  EXPECT_EQ(trouble(send(*nobody, request_for("http://app.test/"))),
            "cannot connect to unix:" + directory.path() + "/none.sock: No such file or directory");
}

TEST(HttpClient, ARefusedConnectionNamesEveryAddressTried) {
  std::uint16_t port = 0;
  {
    const HttpServer server(always(""));
    port = server.port();
  }
  const auto client = client_with({});
  const auto one = send(*client, request_for("http://127.0.0.1:" + std::to_string(port) + "/"));
  ASSERT_FALSE(one);
  EXPECT_EQ(one.error().error.what, "http://127.0.0.1:" + std::to_string(port) +
                                        ": cannot connect: 127.0.0.1:" + std::to_string(port) + ": Connection refused");
  EXPECT_EQ(one.error().error.hint, "is the app running, and is this its address and port?");
  EXPECT_EQ(one.error().error.kind, ErrorKind::target);
  const auto both = send(*client, request_for("http://localhost:" + std::to_string(port) + "/"));
  EXPECT_THAT(trouble(both), HasSubstr("[::1]:" + std::to_string(port) + ": "));
  EXPECT_THAT(trouble(both), HasSubstr("127.0.0.1:" + std::to_string(port) + ": Connection refused"));
}

} // namespace
} // namespace murphy::web
