#include "client_support.h"
#include "web/http/proxy.h"

#include <cstdint>
#include <map>

namespace murphy::web {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::Not;

Environment environment(std::map<std::string, std::string> variables) {
  return [variables = std::move(variables)](const char* name) -> const char* {
    const auto found = variables.find(name);
    return found == variables.end() ? nullptr : found->second.c_str();
  };
}

ProxySettings settings_from(std::map<std::string, std::string> variables) {
  Result<ProxySettings> settings = proxy_settings(environment(std::move(variables)));
  if (!settings) throw std::runtime_error(settings.error().what);
  return *std::move(settings);
}

// "host:port", or "direct"
std::string way_to(const std::string& url, const ProxySettings& settings) {
  const Proxy* proxy = proxy_for(*Url::parse(url), settings);
  return proxy ? proxy->host + ":" + std::to_string(proxy->port) : "direct";
}

TEST(Proxy, ComesFromTheEnvironmentAsCurlReadsIt) {
  EXPECT_EQ(way_to("http://app.test/", settings_from({})), "direct");
  const auto own =
      settings_from({{"http_proxy", "http://one:3128"}, {"https_proxy", "two:3129"}, {"all_proxy", "three:1"}});
  EXPECT_EQ(way_to("http://app.test/", own), "one:3128");
  EXPECT_EQ(way_to("https://app.test/", own), "two:3129");
  EXPECT_EQ(way_to("http://app.test/", settings_from({{"HTTP_PROXY", "one:3128"}})), "direct")
      << "capitals are a CGI header's";
  EXPECT_EQ(way_to("https://app.test/", settings_from({{"HTTPS_PROXY", "two:3129"}})), "two:3129");
  EXPECT_EQ(way_to("https://app.test/", settings_from({{"https_proxy", "two:1"}, {"HTTPS_PROXY", "three:2"}})),
            "two:1");
  EXPECT_EQ(way_to("http://app.test/", settings_from({{"ALL_PROXY", "HTTP://three:3130/"}})), "three:3130");
  EXPECT_EQ(way_to("http://app.test/", settings_from({{"http_proxy", ""}, {"all_proxy", "[2001:db8::1]:8"}})),
            "[2001:db8::1]:8");
  EXPECT_EQ(way_to("http://app.test/", settings_from({{"http_proxy", "http://one"}})), "one:80");
}

TEST(Proxy, CredentialsAreSecretAndDecoded) {
  const auto settings = settings_from({{"https_proxy", "http://ada:p%40ss@proxy.test:3128"}});
  ASSERT_TRUE(settings.https && settings.https->credentials);
  EXPECT_EQ(settings.https->credentials->reveal().view(), "ada:p@ss");
  EXPECT_EQ(settings_from({{"https_proxy", "http://proxy.test:3128"}}).https->credentials, nullptr);
}

TEST(Proxy, AnUnreadableAddressNamesTheVariableAndShowsNoPassword) {
  const auto error_of = [](std::map<std::string, std::string> variables) {
    const auto settings = proxy_settings(environment(std::move(variables)));
    EXPECT_FALSE(settings);
    return settings ? Error{} : settings.error();
  };
  const Error port = error_of({{"http_proxy", "http://ada:s3cret@proxy.test:port"}});
  EXPECT_EQ(port.what, "the environment's http_proxy is not the address of a proxy");
  EXPECT_EQ(port.hint, "write it like http_proxy=http://proxy.example:3128");
  EXPECT_EQ(port.kind, ErrorKind::usage);
  EXPECT_EQ(error_of({{"ALL_PROXY", "socks5://ada:s3cret@proxy.test:1080"}}).what,
            "the environment's ALL_PROXY has a socks5 proxy; Murphy supports http proxies only");
}

TEST(Proxy, NoProxyNamesHostsDomainsPortsAndAddresses) {
  const auto way = [](const std::string& url, const std::string& no_proxy) {
    return way_to(url, settings_from({{"all_proxy", "p:1"}, {"no_proxy", no_proxy}}));
  };
  EXPECT_EQ(way("http://app.test/", "app.test"), "direct");
  EXPECT_EQ(way("http://APP.test/", " other , App.Test "), "direct");
  EXPECT_EQ(way("http://www.app.test/", "app.test"), "direct");
  EXPECT_EQ(way("http://www.app.test/", ".app.test"), "direct");
  EXPECT_EQ(way("http://app.test/", ".app.test"), "direct");
  EXPECT_EQ(way("http://myapp.test/", "app.test"), "p:1");
  EXPECT_EQ(way("http://app.test.evil/", "app.test"), "p:1");
  EXPECT_EQ(way("http://app.test/", "*"), "direct");
  EXPECT_EQ(way("http://app.test:8080/", "app.test:8080"), "direct");
  EXPECT_EQ(way("http://app.test/", "app.test:8080"), "p:1");
  EXPECT_EQ(way("https://app.test/", "app.test:443"), "direct");
  EXPECT_EQ(way("http://192.0.2.1/", "192.0.2.1"), "direct");
  EXPECT_EQ(way("http://192.0.2.10/", "192.0.2.1"), "p:1");
  EXPECT_EQ(way("http://1.192.0.2.com/", "0.2.com"), "direct");
  EXPECT_EQ(way("http://[2001:db8::1]/", "2001:DB8:0::1"), "direct");
  EXPECT_EQ(way("http://[2001:db8::1]:8080/", "[2001:db8::1]:8080"), "direct");
  EXPECT_EQ(way("http://[2001:db8::1]/", "[2001:db8::1]:8080"), "p:1");
  EXPECT_EQ(way("http://app.test/", ",,"), "p:1");
  EXPECT_EQ(way_to("http://app.test/", settings_from({{"all_proxy", "p:1"}, {"NO_PROXY", "app.test"}})), "direct");
  EXPECT_EQ(
      way_to("http://app.test/", settings_from({{"all_proxy", "p:1"}, {"no_proxy", "a"}, {"NO_PROXY", "app.test"}})),
      "p:1");
}

TEST(Proxy, LoopbackIsDirectUnlessNoProxySaysOtherwise) {
  for (const std::string host : {"localhost", "app.localhost", "127.0.0.1", "127.9.9.9", "[::1]"}) {
    EXPECT_EQ(way_to("http://" + host + "/", settings_from({{"all_proxy", "p:1"}})), "direct") << host;
    EXPECT_EQ(way_to("http://" + host + "/", settings_from({{"all_proxy", "p:1"}, {"no_proxy", "a,<-loopback>"}})),
              "p:1")
        << host;
  }
}

// ---- through a proxy

HttpSettings through(const HttpServer& proxy, const std::string& user_info = {}) {
  const std::string url = "http://" + user_info + "127.0.0.1:" + std::to_string(proxy.port());
  return {.proxies = settings_from({{"http_proxy", url}, {"https_proxy", url}})};
}

TEST(HttpClientProxy, PlainRequestsGoOutInAbsoluteForm) {
  std::vector<SeenRequest> seen;
  const HttpServer proxy([&](Peer& peer) {
    while (auto request = peer.read_request()) {
      seen.push_back(*request);
      peer.write(answer_text("from afar"));
    }
  });
  const auto client = client_with(through(proxy, "ada:p%40ss@"));
  const auto response = send(*client, request_for("http://app.test:8080/a?b"));
  ASSERT_TRUE(response) << response.error().error.what;
  EXPECT_EQ(response->body, "from afar");
  EXPECT_EQ(response->remote, "127.0.0.1:" + std::to_string(proxy.port()) + " (proxy)");
  EXPECT_EQ(seen[0].line(), "GET http://app.test:8080/a?b HTTP/1.1");
  EXPECT_EQ(seen[0].header("Host"), "app.test:8080");
  EXPECT_EQ(seen[0].header("Proxy-Authorization"), "Basic YWRhOnBAc3M=");
  EXPECT_TRUE(send(*client, request_for("http://app.test:8080/"))->reused);
}

TEST(HttpClientProxy, TlsGoesThroughATunnel) {
  const TemporaryDirectory directory;
  const Authority authority("Test Authority");
  SeenRequest at_app, at_proxy;
  const HttpServer app(
      [&](Peer& peer) {
        while (auto request = peer.read_request()) {
          at_app = *request;
          peer.write(answer_text("secret"));
        }
      },
      {.tls = authority.issue({.names = {"app.test"}})});
  const HttpServer proxy([&](Peer& peer) {
    at_proxy = *peer.read_request();
    peer.write("HTTP/1.1 200 Connection established\r\nVia: x\r\n\r\n");
    peer.tunnel_to(app.port());
  });
  HttpSettings settings = through(proxy, "ada:pass@");
  settings.tls.ca = directory.write("ca.pem", authority.certificate());
  const auto client = client_with(settings);
  const auto response = send(*client, request_for("https://app.test/x"));
  ASSERT_TRUE(response) << response.error().error.what;
  EXPECT_EQ(response->body, "secret");
  EXPECT_EQ(at_proxy.head,
            "CONNECT app.test:443 HTTP/1.1\r\nHost: app.test:443\r\nProxy-Authorization: Basic YWRhOnBhc3M=");
  EXPECT_EQ(at_app.line(), "GET /x HTTP/1.1");
  EXPECT_THAT(at_app.head, Not(HasSubstr("Proxy-Authorization")));
  EXPECT_TRUE(send(*client, request_for("https://app.test/y"))->reused);
  EXPECT_EQ(proxy.connections(), 1);
}

TEST(HttpClientProxy, WhatTheProxyRefusesIsSaidToBeTheProxyS) {
  const auto refusal = [](const std::string& status, const std::string& url) {
    const HttpServer proxy(always(answer_text("no", "", status)));
    const auto response = send(*client_with(through(proxy, "ada:s3cret@")), request_for(url));
    std::string what = trouble(response);
    const std::string port = std::to_string(proxy.port());
    if (const auto at = what.find(port); at != std::string::npos) what.replace(at, port.size(), "PORT");
    return what;
  };
  EXPECT_EQ(refusal("407 Proxy Authentication Required", "https://app.test/"),
            "the proxy 127.0.0.1:PORT refused a tunnel to app.test:443: 407 Proxy Authentication Required");
  EXPECT_EQ(refusal("502 Bad Gateway", "https://app.test/"),
            "the proxy 127.0.0.1:PORT refused a tunnel to app.test:443: 502 Bad Gateway");
  EXPECT_EQ(refusal("407 Proxy Authentication Required", "http://app.test/"),
            "the proxy 127.0.0.1:PORT refused the request: 407 Proxy Authentication Required");
  EXPECT_EQ(refusal("502 Bad Gateway", "http://app.test/"), "no error")
      << "it may be the app's own gateway that says so";
}

TEST(HttpClientProxy, OneThatIsGoneOrSpeaksGarbageIsNamed) {
  std::uint16_t port = 0;
  {
    const HttpServer proxy(always(""));
    port = proxy.port();
  }
  const auto nobody = client_with({.proxies = settings_from({{"all_proxy", "127.0.0.1:" + std::to_string(port)}})});
  const std::string name = "the proxy 127.0.0.1:" + std::to_string(port);
  EXPECT_EQ(trouble(send(*nobody, request_for("http://app.test/"))),
            "cannot connect to " + name + ": 127.0.0.1:" + std::to_string(port) + ": Connection refused");

  const HttpServer garbage([](Peer& peer) { peer.write("220 mail.test ESMTP\r\n"); });
  EXPECT_THAT(
      trouble(send(*client_with(through(garbage)), request_for("https://app.test/"))),
      HasSubstr("gave no tunnel to app.test:443: the answer is not HTTP: it begins with “220 mail.test ESMTP”"));
}

TEST(HttpClientProxy, OneThatNeverAnswersIsNamedWhenStopped) {
  std::stop_source stop;
  const HttpServer silent([&](Peer& peer) {
    peer.read_request();
    stop.request_stop();
    peer.wait_for_client_to_close();
  });
  const auto response = client_with(through(silent))->send(request_for("https://app.test/"), late(), stop.get_token());
  EXPECT_EQ(trouble(response), "stopped while asking the proxy 127.0.0.1:" + std::to_string(silent.port()) +
                                   " for a tunnel to app.test:443");
}

} // namespace
} // namespace murphy::web
