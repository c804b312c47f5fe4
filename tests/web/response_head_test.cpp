// Answers that are not quite HTTP, and what browsers make of them; tests/conformance asks Chromium itself.
#include "web/http/chunked_body.h"
#include "web/http/response_head.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace murphy::web {
namespace {

using testing::HasSubstr;

std::string described_head(std::string_view text) {
  const auto head = parse_head(text);
  if (!head) return head.error().what;
  std::string line = std::to_string(head->status) + " “" + head->reason + "”";
  for (const record::Header& header : head->headers) line += " [" + header.name + ": " + header.value + "]";
  return line;
}

TEST(ResponseHead, IsReadAsBrowsersReadIt) {
  EXPECT_EQ(described_head("HTTP/1.1 200 OK\r\nA: b\r\n\r\n"), "200 “OK” [A: b]");
  EXPECT_EQ(described_head("HTTP/1.1 200\r\nA:b\r\n\r\n"), "200 “” [A: b]");
  EXPECT_EQ(described_head("HTTP/1.1  404  Not  Found \nA: b\n\n"), "404 “Not  Found” [A: b]");
  EXPECT_EQ(described_head("\r\nHTTP/1.1 200 OK\r\n\r\n"), "200 “OK”");
  EXPECT_EQ(described_head("http/1.1 200 ok\r\n\r\n"), "200 “ok”");
  EXPECT_EQ(described_head("HTTP/1.1 200 OK\r\nno colon\r\n: no name\r\nno token: x\r\nA : b\r\n\r\n"),
            "200 “OK” [A: b]");
  EXPECT_EQ(described_head("HTTP/1.1 200 OK\r\n lost\r\nA:\r\n b\r\n\tc\r\nbroken\r\n d\r\n\r\n"), "200 “OK” [A: b c]");
}

TEST(ResponseHead, WithoutAStatusIsMalformed) {
  for (const char* text : {"HTTP/1.1\r\n\r\n", "HTTP/1.1 OK\r\n\r\n", "HTTP/1.1 20\r\n\r\n", "HTTP/1.1 2000\r\n\r\n"})
    EXPECT_THAT(described_head(text), HasSubstr("the header of the answer is malformed HTTP: no status in “HTTP/1.1"))
        << text;
  EXPECT_THAT(described_head(std::string_view("HTTP/1.1 200 OK\r\nA: \0\r\n\r\n", 26)), HasSubstr("holds a NUL"));
}

TEST(ResponseHead, EndsWithAnEmptyLine) {
  EXPECT_EQ(head_size("HTTP/1.1 200 OK\r\nA: b\r\n\r\nbody"), 25U);
  EXPECT_EQ(head_size("HTTP/1.1 200 OK\nA: b\n\r\nbody"), 23U);
  EXPECT_EQ(head_size("HTTP/1.1 200 OK\r\nA: b\r\n"), std::nullopt);
  EXPECT_EQ(head_size("\r\n\r\n"), std::nullopt);
}

std::string length_of(const std::string& headers, const std::string& line = "HTTP/1.1 200 OK") {
  const auto length = body_length(parse_head(line + "\r\n" + headers + "\r\n").value());
  if (!length) return length.error().what;
  switch (length->kind) {
  case BodyLength::Kind::none: return "none";
  case BodyLength::Kind::chunked: return "chunked";
  case BodyLength::Kind::until_close: return "until the end";
  case BodyLength::Kind::fixed: break;
  }
  return std::to_string(length->bytes);
}

TEST(BodyLength, FollowsFromTheHead) {
  EXPECT_EQ(length_of("Content-Length: 5\r\n"), "5");
  EXPECT_EQ(length_of("Content-Length: 5, 5\r\nContent-Length: 5\r\n"), "5");
  EXPECT_EQ(length_of("Content-Length: 5\r\nContent-Length: 6\r\n"),
            "the header of the answer is malformed HTTP: it says Content-Length twice: 5 and 6");
  EXPECT_EQ(length_of("Content-Length: many\r\n"), "until the end");
  EXPECT_EQ(length_of(""), "until the end");
  EXPECT_EQ(length_of("Content-Length: 5\r\nTransfer-Encoding: gzip, Chunked\r\n"), "chunked");
  EXPECT_EQ(length_of("Transfer-Encoding: chunked\r\n", "HTTP/1.0 200 OK"), "until the end");
  EXPECT_EQ(length_of("Transfer-Encoding: identity\r\nContent-Length: 5\r\n"), "5");
  for (const char* line : {"HTTP/1.1 204 X", "HTTP/1.1 205 X", "HTTP/1.1 304 X"})
    EXPECT_EQ(length_of("Transfer-Encoding: chunked\r\n", line), "none") << line;
}

bool keeps(const std::string& headers, const std::string& line = "HTTP/1.1 200 OK") {
  return keeps_connection(parse_head(line + "\r\n" + headers + "\r\n").value());
}

TEST(KeepsConnection, ByVersionAndHeader) {
  EXPECT_TRUE(keeps(""));
  EXPECT_FALSE(keeps("Connection: foo, Close\r\n"));
  EXPECT_FALSE(keeps("", "HTTP/1.0 200 OK"));
  EXPECT_TRUE(keeps("Connection: Keep-Alive\r\n", "HTTP/1.0 200 OK"));
  EXPECT_TRUE(keeps("", "HTTP/1.1 204 X"));
  EXPECT_FALSE(keeps("Transfer-Encoding: chunked\r\n", "HTTP/1.1 204 X")) << "the end of a body may come behind it";
}

std::string unchunked(std::string_view bytes, std::size_t piece) {
  ChunkedBody chunks;
  std::string body, pending;
  while (!bytes.empty()) {
    pending += bytes.substr(0, piece);
    bytes.remove_prefix(std::min(piece, bytes.size()));
    const auto used = chunks.feed(pending, [&](std::string_view part) -> Result<void> {
      body += part;
      return {};
    });
    if (!used) return used.error().what;
    pending.erase(0, *used);
  }
  return chunks.done() ? body + "|" + pending : body + "…";
}

TEST(ChunkedBody, IsUndoneInPiecesOfAnySize) {
  for (const std::size_t piece : {1U, 2U, 3U, 100U}) {
    EXPECT_EQ(unchunked("5\r\nhello\r\n6;a=b\r\n world\r\n0\r\n\r\n", piece), "hello world|");
    EXPECT_EQ(unchunked("5 \r\nhello\r\n0  \r\nTrailer: x\r\n\r\n", piece), "hello|");
    EXPECT_EQ(unchunked("005\nhello\n0\n\n", piece), "hello|");
    EXPECT_EQ(unchunked("5\r\nhel", piece), "hel…");
  }
  EXPECT_EQ(unchunked("0\r\n\r\nHTTP/1.1", 100), "|HTTP/1.1");
}

TEST(ChunkedBody, ThatIsNoneIsMalformed) {
  EXPECT_EQ(unchunked("xyz\r\n", 100), "the body of the answer is malformed HTTP: no size of a chunk: “xyz”");
  EXPECT_EQ(unchunked("-1\r\n", 100), "the body of the answer is malformed HTTP: no size of a chunk: “-1”");
  EXPECT_EQ(unchunked("\r\n", 100), "the body of the answer is malformed HTTP: no size of a chunk: “”");
  EXPECT_EQ(unchunked("ffffffffffffffffff\r\n", 100),
            "the body of the answer is malformed HTTP: no size of a chunk: “ffffffffffffffffff”");
  EXPECT_EQ(unchunked("1\r\nab\r\n", 100),
            "the body of the answer is malformed HTTP: a chunk is longer than it says: “b”");
}

} // namespace
} // namespace murphy::web
