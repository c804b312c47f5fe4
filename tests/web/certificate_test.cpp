// Until when the certificate of a server is good.
#include "web/http/certificate.h"

#include "http_server.h"

#include <gmock/gmock.h>

#include <memory>
#include <openssl/pem.h>
#include <openssl/ssl.h>

namespace murphy::web {
namespace {

using std::chrono::days;
using testing::HasSubstr;

auto soon() { return std::chrono::steady_clock::now() + std::chrono::seconds(20); }

Result<std::optional<CertificateEnd>> end_of(const Subject& subject) {
  const HttpServer server(always(answer_text("hello")), {.tls = self_signed(subject)});
  return certificate_end({.host = "127.0.0.1", .port = server.port()}, {}, soon());
}

days left(const Result<std::optional<CertificateEnd>>& end) {
  return std::chrono::round<days>(**end - std::chrono::system_clock::now());
}

TEST(Certificates, SayWhenTheyEndWhoeverHasSignedThem) {
  const auto good = end_of({.valid_to_days = 30});
  ASSERT_TRUE(good.has_value() && good->has_value());
  EXPECT_EQ(left(good), days(30));
  const auto over = end_of({.valid_from_days = -60, .valid_to_days = -2});
  ASSERT_TRUE(over.has_value() && over->has_value()) << "one that has ended is the one to be seen";
  EXPECT_EQ(left(over), days(-2));
}

TEST(Certificates, AreThoseOfTheAddressThatIsGiven) {
  const HttpServer server(always(answer_text("hello")), {.tls = self_signed({.valid_to_days = 5})});
  const auto end =
      certificate_end({.host = "shop.example.com", .port = server.port()},
                      {{.host = "shop.example.com", .port = server.port(), .addresses = {"127.0.0.1"}}}, soon());
  ASSERT_TRUE(end.has_value() && end->has_value());
  EXPECT_EQ(left(end), days(5));
}

TEST(Certificates, OfAServerWithoutTlsAreNoneOrAnError) {
  const HttpServer plain([](Peer& peer) { peer.write("220 this is no TLS\r\n"); });
  const auto none = certificate_end({.host = "127.0.0.1", .port = plain.port()}, {}, soon());
  ASSERT_FALSE(none.has_value());
  EXPECT_THAT(none.error().what, HasSubstr("cannot be seen: the TLS handshake fails"));
  const HttpServer database([](Peer& peer) {
    peer.read_some();
    peer.write("N");
  });
  const auto refused =
      certificate_end({.host = "127.0.0.1", .port = database.port(), .before = BeforeTls::postgresql}, {}, soon());
  ASSERT_TRUE(refused.has_value());
  EXPECT_FALSE(refused->has_value());
}

std::unique_ptr<SSL_CTX, void (*)(SSL_CTX*)> context_of(const Identity& identity) {
  const auto in_memory = [](const std::string& pem) {
    return std::unique_ptr<BIO, int (*)(BIO*)>(BIO_new_mem_buf(pem.data(), static_cast<int>(pem.size())), BIO_free);
  };
  const std::unique_ptr<X509, void (*)(X509*)> certificate(
      PEM_read_bio_X509(in_memory(identity.certificate).get(), nullptr, nullptr, nullptr), X509_free);
  const std::unique_ptr<EVP_PKEY, void (*)(EVP_PKEY*)> key(
      PEM_read_bio_PrivateKey(in_memory(identity.key).get(), nullptr, nullptr, nullptr), EVP_PKEY_free);
  std::unique_ptr<SSL_CTX, void (*)(SSL_CTX*)> context(SSL_CTX_new(TLS_server_method()), SSL_CTX_free);
  EXPECT_EQ(SSL_CTX_use_certificate(context.get(), certificate.get()), 1);
  EXPECT_EQ(SSL_CTX_use_PrivateKey(context.get(), key.get()), 1);
  return context;
}

// As PostgreSQL does: in clear text first.
TEST(Certificates, AreShownBehindTheGreetingOfADatabase) {
  const auto context = context_of(self_signed({.valid_to_days = 6}));
  std::string asked;
  {
    const HttpServer database([&](Peer& peer) {
      asked = peer.read_some();
      peer.write("S");
      peer.start_tls(context.get());
      peer.wait_for_client_to_close();
    });
    const auto end =
        certificate_end({.host = "127.0.0.1", .port = database.port(), .before = BeforeTls::postgresql}, {}, soon());
    ASSERT_TRUE(end.has_value() && end->has_value());
    EXPECT_EQ(left(end), days(6));
  }
  EXPECT_EQ(asked, std::string("\0\0\0\x08\x04\xd2\x16\x2f", 8));
}

// A greeting as MariaDB sends it; `second` is the second byte of what it can do.
std::string greeting(char second) {
  const std::string payload = "\x0a" + std::string("5.5.5-10.11.19-MariaDB") + std::string(1, '\0') +
                              std::string("\x07\0\0\0", 4) + "saltsalt" + std::string("\0\xff", 2) +
                              std::string(1, second) + "\x2d" + std::string(20, '\0');
  return std::string(1, static_cast<char>(payload.size())) + std::string(3, '\0') + payload;
}

// MariaDB and MySQL speak first.
TEST(Certificates, AreShownBehindTheGreetingOfMariaDb) {
  const auto context = context_of(self_signed({.valid_to_days = 6}));
  std::string asked;
  {
    const HttpServer database([&](Peer& peer) {
      peer.write(greeting('\xff'));
      asked = peer.read_some(36); // what comes next is TLS
      peer.start_tls(context.get());
      peer.wait_for_client_to_close();
    });
    const auto end =
        certificate_end({.host = "127.0.0.1", .port = database.port(), .before = BeforeTls::mysql}, {}, soon());
    ASSERT_TRUE(end.has_value() && end->has_value());
    EXPECT_EQ(left(end), days(6));
  }
  ASSERT_EQ(asked.size(), 36U);
  EXPECT_EQ(asked.substr(0, 8), std::string("\x20\0\0\x01\0\x8a\0\0", 8));
}

TEST(Certificates, OfAMariaDbWithoutTlsAreNoneOrAnError) {
  const auto end_behind = [](const std::string& says) {
    const HttpServer database([&](Peer& peer) { peer.write(says); });
    return certificate_end({.host = "127.0.0.1", .port = database.port(), .before = BeforeTls::mysql}, {}, soon());
  };
  const auto none = end_behind(greeting('\xf7'));
  ASSERT_TRUE(none.has_value()) << render(none.error());
  EXPECT_FALSE(none->has_value());
  using namespace std::string_literals;
  for (const std::string& says : {"\x12\0\0\0\xff\x69\x04Host is blocked"s, // error 1129
                                  "\x02\0\0\0\x0a"s, "\x05\0\0\0\x0a"s + "5.5\0"s, "\0\0\0\0"s, "220"s}) {
    const auto refused = end_behind(says);
    ASSERT_FALSE(refused.has_value());
    EXPECT_THAT(refused.error().what, HasSubstr("cannot be seen: it does not say whether it speaks TLS"));
  }
}

TEST(Certificates, AreNotWaitedForBeyondTheDeadline) {
  const HttpServer silent([](Peer& peer) { peer.wait_for_client_to_close(); });
  const auto end = certificate_end({.host = "127.0.0.1", .port = silent.port()}, {},
                                   std::chrono::steady_clock::now() + std::chrono::milliseconds(50));
  ASSERT_FALSE(end.has_value());
  EXPECT_THAT(end.error().what, HasSubstr("it does not answer in time"));
}

TEST(Certificates, OfAServerThatIsNotThereCannotBeSeen) {
  const auto end = certificate_end({.host = "127.0.0.1", .port = 1}, {}, soon());
  ASSERT_FALSE(end.has_value());
  EXPECT_THAT(end.error().what, HasSubstr("the certificate of 127.0.0.1:1 cannot be seen: Connection refused"));
}

} // namespace
} // namespace murphy::web
