// TLS against servers with certificates made for the test.
#include "client_support.h"

#include <openssl/ssl.h>

namespace murphy::web {
namespace {

using testing::HasSubstr;
using testing::MatchesRegex;
using testing::StartsWith;

class Tls : public testing::Test {
protected:
  HttpSettings trusting() const { return {.tls = {.ca = directory.write("ca.pem", authority.certificate())}}; }
  Identity for_loopback() const { return authority.issue({.addresses = {"127.0.0.1", "::1"}}); }

  TemporaryDirectory directory;
  Authority authority{"Test Authority"};
};

TEST_F(Tls, TrustsAnExtraAuthorityAndTheSystemSOtherwiseAlone) {
  std::string name, protocol;
  const HttpServer server(
      [&](Peer& peer) {
        while (peer.read_request()) {
          name = peer.server_name();
          protocol = peer.protocol();
          peer.write(answer_text("safe"));
        }
      },
      {.tls = for_loopback()});
  const auto client = client_with(trusting());
  const auto response = send(*client, request_for(server.url()));
  ASSERT_TRUE(response) << response.error().error.what;
  EXPECT_EQ(response->body, "safe");
  EXPECT_GT(response->timing.tls.count(), 0);
  EXPECT_EQ(protocol, "http/1.1");
  EXPECT_EQ(name, "") << "an address is no server name";
  const auto again = send(*client, request_for(server.url()));
  ASSERT_TRUE(again);
  EXPECT_TRUE(again->reused);
  EXPECT_EQ(again->timing.tls.count(), 0);

  const auto stranger = client_with({});
  const auto refused = send(*stranger, request_for(server.url()));
  EXPECT_EQ(trouble(refused), "the certificate of 127.0.0.1 was issued by “Test Authority”, an unknown issuer");
  EXPECT_THAT(refused.error().error.hint, HasSubstr("tls = { ca = \"…\" }"));
  EXPECT_TRUE(refused.error().is_lasting) << "it is of no use to ask again";
  const auto nobody = send(*stranger, request_for("https://127.0.0.1:1/"));
  ASSERT_FALSE(nobody);
  EXPECT_FALSE(nobody.error().is_lasting) << "it may come up";
}

TEST_F(Tls, VerifiesNamesAndSendsThem) {
  std::string name;
  const HttpServer server(
      [&](Peer& peer) {
        while (peer.read_request()) {
          name = peer.server_name();
          peer.write(answer_text("named"));
        }
      },
      {.tls = authority.issue({.names = {"app.test", "*.wild.test"}})});
  HttpSettings settings = trusting();
  settings.lookup = [](const std::string&) -> Result<std::vector<std::string>> {
    return std::vector<std::string>{"127.0.0.1"};
  };
  const auto client = client_with(settings);
  const auto url = [&](const std::string& host) {
    return "https://" + host + ":" + std::to_string(server.port()) + "/";
  };
  const auto plain = send(*client, request_for(url("app.test")));
  ASSERT_TRUE(plain) << plain.error().error.what;
  EXPECT_EQ(name, "app.test");
  EXPECT_TRUE(send(*client, request_for(url("any.wild.test"))));
  const auto wrong = send(*client, request_for(url("other.test")));
  ASSERT_FALSE(wrong);
  EXPECT_EQ(trouble(wrong), "the certificate is for app.test, *.wild.test, not for other.test");
  EXPECT_TRUE(wrong.error().is_lasting);
  EXPECT_EQ(wrong.error().error.hint, "use a host that the certificate covers, or get a certificate for this host");
  EXPECT_FALSE(send(*client, request_for(url("a.b.wild.test")))) << "a wildcard stands for one label";
}

TEST_F(Tls, VerifiesAddresses) {
  const HttpServer server(always(answer_text("")),
                          {.tls = authority.issue({.names = {"127.0.0.1"}, .addresses = {"192.0.2.7"}})});
  const auto client = client_with(trusting());
  EXPECT_EQ(trouble(send(*client, request_for(server.url()))),
            "the certificate is for 127.0.0.1, 192.0.2.7, not for 127.0.0.1");
  const HttpServer six(always(answer_text("six")), {.ipv6 = true, .tls = for_loopback()});
  const auto response = send(*client, request_for(six.url()));
  ASSERT_TRUE(response) << response.error().error.what;
  EXPECT_EQ(response->body, "six");
}

TEST_F(Tls, ACommonNameAloneIsNoName) {
  const HttpServer server(always(answer_text("")), {.tls = authority.issue({.common_name = "127.0.0.1"})});
  const auto client = client_with(trusting());
  EXPECT_EQ(trouble(send(*client, request_for(server.url()))),
            "the certificate is for no host at all (it has no subject alternative name), not for 127.0.0.1");
}

TEST_F(Tls, SaysWhenACertificateIsOutOfDate) {
  const auto client = client_with(trusting());
  const HttpServer expired(
      always(answer_text("")),
      {.tls = authority.issue({.addresses = {"127.0.0.1"}, .valid_from_days = -9, .valid_to_days = -2})});
  const auto past = send(*client, request_for(expired.url()));
  EXPECT_THAT(trouble(past), MatchesRegex("the certificate of 127.0.0.1 expired on 20..-..-.. ..:..:.. UTC"));
  EXPECT_THAT(past.error().error.hint, StartsWith("renew it"));
  EXPECT_TRUE(past.error().is_lasting);
  const HttpServer early(always(answer_text("")),
                         {.tls = authority.issue({.addresses = {"127.0.0.1"}, .valid_from_days = 2})});
  EXPECT_THAT(trouble(send(*client, request_for(early.url()))),
              MatchesRegex("the certificate of 127.0.0.1 is not valid before 20..-..-.. ..:..:.. UTC"));
}

TEST_F(Tls, SaysWhenACertificateIsSelfSignedAndTrustsItWhenTold) {
  const Identity identity = self_signed({.addresses = {"127.0.0.1"}});
  const HttpServer server(always(answer_text("mine")), {.tls = identity});
  const auto stranger = client_with({});
  const auto refused = send(*stranger, request_for(server.url()));
  EXPECT_EQ(trouble(refused), "the certificate of 127.0.0.1 is self-signed and not trusted");
  EXPECT_EQ(refused.error().error.hint, "to trust it for this target, add its PEM file: tls = { ca = \"…\" }");
  const auto friendly = client_with({.tls = {.ca = directory.write("self.pem", identity.certificate)}});
  const auto response = send(*friendly, request_for(server.url()));
  ASSERT_TRUE(response) << response.error().error.what;
  EXPECT_EQ(response->body, "mine");
}

class TlsVersions : public Tls, public testing::WithParamInterface<int> {};

TEST_P(TlsVersions, SessionsAreResumed) {
  std::vector<bool> resumed;
  const HttpServer server(
      [&](Peer& peer) {
        if (!peer.read_request()) return;
        resumed.push_back(peer.session_resumed());
        peer.write(answer_text("", "Connection: close\r\n"));
      },
      {.tls = for_loopback(), .max_tls_version = GetParam()});
  const auto client = client_with(trusting());
  for (int i = 0; i < 3; ++i) {
    const auto response = send(*client, request_for(server.url()));
    ASSERT_TRUE(response) << response.error().error.what;
    EXPECT_FALSE(response->reused);
  }
  EXPECT_EQ(resumed, (std::vector<bool>{false, true, true}));
}

TEST_P(TlsVersions, ClientCertificatesAreShown) {
  const Authority clients("Client Authority");
  const HttpServer server(
      always(answer_text("known")),
      {.tls = for_loopback(), .client_authority = clients.certificate(), .max_tls_version = GetParam()});
  HttpSettings settings = trusting();
  const auto unknown = send(*client_with(settings), request_for(server.url()));
  ASSERT_FALSE(unknown);
  EXPECT_THAT(trouble(unknown), GetParam() == TLS1_2_VERSION
                                    ? StartsWith("the TLS handshake with 127.0.0.1 failed: ")
                                    : StartsWith("127.0.0.1 refused a connection without a client certificate"));
  EXPECT_THAT(unknown.error().error.hint, HasSubstr("tls = { certificate = \"…\", key = \"…\" }"));

  const Identity identity = clients.issue({.common_name = "murphy"});
  settings.tls.certificate = directory.write("client.pem", identity.certificate);
  settings.tls.key = directory.write("client.key", identity.key);
  const auto known = send(*client_with(settings), request_for(server.url()));
  ASSERT_TRUE(known) << known.error().error.what;
  EXPECT_EQ(known->body, "known");

  const Identity foreign = authority.issue({.common_name = "murphy"});
  settings.tls.certificate = directory.write("foreign.pem", foreign.certificate);
  settings.tls.key = directory.write("foreign.key", foreign.key);
  EXPECT_THAT(trouble(send(*client_with(settings), request_for(server.url()))),
              StartsWith("127.0.0.1 refused the client certificate"));
}

INSTANTIATE_TEST_SUITE_P(Versions, TlsVersions, testing::Values(TLS1_2_VERSION, TLS1_3_VERSION),
                         [](const auto& instance) { return instance.param == TLS1_2_VERSION ? "tls_1_2" : "tls_1_3"; });

TEST_F(Tls, AWholeMessageWithoutAFarewellIsWhole) {
  const HttpServer server(
      [](Peer& peer) {
        peer.read_request();
        if (peer.number() == 0) peer.write(answer_text("counted", "Connection: close\r\n"));
        if (peer.number() == 1) peer.write("HTTP/1.1 200 OK\r\n\r\nto the end");
        if (peer.number() == 2) peer.write("HTTP/1.1 200 OK\r\nContent-Length: 99\r\n\r\nless");
        peer.cut();
      },
      {.tls = for_loopback()});
  const auto client = client_with(trusting());
  EXPECT_EQ(send(*client, request_for(server.url()))->body, "counted");
  EXPECT_EQ(send(*client, request_for(server.url()))->body, "to the end");
  EXPECT_EQ(trouble(send(*client, request_for(server.url()))),
            "the server closed the connection after 4 of the 99 bytes of the body");
}

TEST_F(Tls, PlainHttpOnTheOtherSideIsRecognised) {
  const HttpServer server([](Peer& peer) {
    peer.read_some();
    peer.write("HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\n\r\n");
    peer.wait_for_client_to_close();
  });
  const auto client = client_with({});
  const auto response = send(*client, request_for("https://127.0.0.1:" + std::to_string(server.port()) + "/"));
  EXPECT_EQ(trouble(response), "this port seems to speak plain http, not TLS");
  EXPECT_EQ(response.error().error.hint, "use http://");

  const HttpServer closing([](Peer& peer) { peer.read_some(); });
  const auto closed = send(*client, request_for("https://127.0.0.1:" + std::to_string(closing.port()) + "/"));
  EXPECT_EQ(trouble(closed), "127.0.0.1 closed the connection during the TLS handshake");
  EXPECT_EQ(closed.error().error.hint, "if this port speaks plain http, use http://");
}

TEST_F(Tls, PlainHttpToATlsPortEndsWithAHint) {
  const HttpServer server(always(answer_text("")), {.tls = for_loopback()});
  const auto client = client_with({});
  const auto response = send(*client, request_for("http://127.0.0.1:" + std::to_string(server.port()) + "/"));
  ASSERT_FALSE(response);
  EXPECT_THAT(response.error().error.hint, HasSubstr("https://"));
}

TEST_F(Tls, ManyBytesBothWays) {
  const HttpServer server(
      [](Peer& peer) {
        while (auto request = peer.read_request()) peer.write(answer_text(request->body));
      },
      {.tls = for_loopback()});
  const auto client = client_with(trusting());
  const std::string large(5 * 1024 * 1024, 'y');
  const auto response = send(*client, request_for(server.url(), "POST", large));
  ASSERT_TRUE(response) << response.error().error.what;
  EXPECT_EQ(response->body, large);
}

// ---- settings

std::string setting_error(const TlsSettings& tls) {
  const auto client = HttpClient::make({.tls = tls});
  if (client) return "no error";
  EXPECT_EQ(client.error().kind, ErrorKind::usage);
  return client.error().what;
}

TEST_F(Tls, SettingsThatCannotBeUsedAreNamed) {
  const Identity one = authority.issue({}), other = authority.issue({});
  const std::string certificate = directory.write("one.pem", one.certificate),
                    key = directory.write("one.key", one.key), other_key = directory.write("other.key", other.key),
                    junk = directory.write("junk.pem", "not PEM"), missing = directory.path() + "/missing.pem";
  EXPECT_EQ(setting_error({.ca = missing}), "tls.ca: cannot read " + missing + ": No such file or directory");
  EXPECT_EQ(setting_error({.ca = junk}), "tls.ca: " + junk + " contains no PEM certificate");
  EXPECT_EQ(setting_error({.ca = directory.path()}), "tls.ca: " + directory.path() + " contains no PEM certificate");
  EXPECT_EQ(setting_error({.certificate = certificate}), "tls.certificate (" + certificate + ") needs its key");
  EXPECT_EQ(setting_error({.key = key}), "tls.key (" + key + ") needs its certificate");
  EXPECT_EQ(setting_error({.certificate = missing, .key = key}),
            "tls.certificate: cannot read " + missing + ": No such file or directory");
  EXPECT_EQ(setting_error({.certificate = junk, .key = key}),
            "tls.certificate: " + junk + " contains no usable PEM certificate");
  EXPECT_EQ(setting_error({.certificate = certificate, .key = missing}),
            "tls.key: cannot read " + missing + ": No such file or directory");
  EXPECT_EQ(setting_error({.certificate = certificate, .key = junk}),
            "tls.key: " + junk + " contains no usable, unencrypted private key in PEM form");
  EXPECT_EQ(setting_error({.certificate = certificate, .key = other_key}),
            "tls.key: " + other_key + " is not the key to the certificate in " + certificate);
  EXPECT_EQ(setting_error({.certificate = certificate, .key = key}), "no error");
}

} // namespace
} // namespace murphy::web
