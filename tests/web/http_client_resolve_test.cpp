#include "client_support.h"
#include "web/http/resolve.h"

namespace murphy::web {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

Result<std::vector<std::string>> nobody_asks(const std::string& host) {
  ADD_FAILURE() << "asked for " << host;
  return std::vector<std::string>{};
}

TEST(Resolve, ReadsOverridesAsCurlHasThem) {
  const auto plain = parse_resolve("App.Example:443:127.0.0.1");
  ASSERT_TRUE(plain) << plain.error().what;
  EXPECT_EQ(plain->host, "app.example");
  EXPECT_EQ(plain->port, 443);
  EXPECT_THAT(plain->addresses, ElementsAre("127.0.0.1"));
  const auto several = parse_resolve("[2001:DB8::1]:80:[::1],::2,10.0.0.1");
  ASSERT_TRUE(several) << several.error().what;
  EXPECT_EQ(several->host, "[2001:db8::1]");
  EXPECT_THAT(several->addresses, ElementsAre("::1", "::2", "10.0.0.1"));
}

TEST(Resolve, SaysWhatIsWrongWithAnOverride) {
  const auto error_of = [](std::string_view text) {
    const auto parsed = parse_resolve(text);
    EXPECT_FALSE(parsed) << text;
    if (parsed) return std::string();
    EXPECT_EQ(parsed.error().kind, ErrorKind::usage);
    EXPECT_EQ(parsed.error().hint,
              "write HOST:PORT:ADDRESS, such as app.example:443:127.0.0.1 or app.example:443:[::1]");
    return parsed.error().what;
  };
  EXPECT_EQ(error_of("app.example"),
            "“app.example” is not a value for --resolve: it needs a host, a port and an address");
  EXPECT_EQ(error_of("app.example:443"),
            "“app.example:443” is not a value for --resolve: it needs a host, a port and an address");
  EXPECT_EQ(error_of("app.example:https:127.0.0.1"),
            "“app.example:https:127.0.0.1” is not a value for --resolve: “https” is not a port");
  EXPECT_EQ(error_of("app.example:0:127.0.0.1"),
            "“app.example:0:127.0.0.1” is not a value for --resolve: “0” is not a port");
  EXPECT_EQ(error_of("app.example:443:elsewhere"),
            "“app.example:443:elsewhere” is not a value for --resolve: “elsewhere” is not an IP address");
  EXPECT_EQ(error_of("app.example:443:127.1"),
            "“app.example:443:127.1” is not a value for --resolve: “127.1” is not an IP address");
  EXPECT_EQ(error_of("app.example:443:"), "“app.example:443:” is not a value for --resolve: “” is not an IP address");
  EXPECT_THAT(error_of("a b:443:127.0.0.1"), HasSubstr("the host cannot be read"));
}

TEST(Resolve, AddressesAndLocalhostNeedNoResolver) {
  const auto found = [](const std::string& host) { return **addresses_of(host, nobody_asks, late(), {}); };
  EXPECT_THAT(found("192.0.2.1"), ElementsAre("192.0.2.1"));
  EXPECT_THAT(found("[2001:db8::1]"), ElementsAre("2001:db8::1"));
  EXPECT_THAT(found("localhost"), ElementsAre("::1", "127.0.0.1"));
  EXPECT_THAT(found("app.localhost"), ElementsAre("::1", "127.0.0.1"));
}

TEST(Resolve, TheSystemKnowsThisMachine) {
  const auto addresses = system_lookup("localhost");
  ASSERT_TRUE(addresses) << addresses.error().what;
  EXPECT_THAT(*addresses, testing::Contains(testing::AnyOf("127.0.0.1", "::1")));
}

TEST(HttpClientResolve, ANameThatNobodyKnowsIsAnErrorWithTheResolverSWords) {
  const auto client = client_with({.lookup = [](const std::string&) -> Result<std::vector<std::string>> {
    return std::unexpected(Error{
        .kind = ErrorKind::target, .what = "Name or service not known", .hint = "", .place = {}, .source_line = {}});
  }});
  const auto response = send(*client, request_for("http://app.test/"));
  ASSERT_FALSE(response);
  EXPECT_EQ(response.error().error.what,
            "http://app.test: cannot find the address of app.test: Name or service not known");
}

TEST(HttpClientResolve, AnOverrideWinsForItsHostAndPortAlone) {
  const HttpServer server(always(answer_text("here")));
  const std::string port = std::to_string(server.port());
  const auto client =
      client_with({.resolve = {*parse_resolve("app.test:" + port + ":127.0.0.1")},
                   .lookup = [](const std::string&) -> Result<std::vector<std::string>> {
                     return std::unexpected(
                         Error{.kind = ErrorKind::target, .what = "asked", .hint = "", .place = {}, .source_line = {}});
                   }});
  const auto response = send(*client, request_for("http://app.test:" + port + "/"));
  ASSERT_TRUE(response) << response.error().error.what;
  EXPECT_EQ(response->body, "here");
  EXPECT_EQ(trouble(send(*client, request_for("http://other.test:" + port + "/"))),
            "cannot find the address of other.test: asked");
  EXPECT_EQ(trouble(send(*client, request_for("http://app.test:1/"))), "cannot find the address of app.test: asked");
}

TEST(HttpClientResolve, AddressesAreTriedUntilOneAnswers) {
  const HttpServer server(always(answer_text("found")));
  const auto client = client_with({.lookup = [](const std::string&) -> Result<std::vector<std::string>> {
    return std::vector<std::string>{"::1", "127.0.0.2", "127.0.0.1"};
  }});
  const auto response = send(*client, request_for("http://app.test:" + std::to_string(server.port()) + "/"));
  ASSERT_TRUE(response) << response.error().error.what;
  EXPECT_EQ(response->remote, "127.0.0.1:" + std::to_string(server.port()));
  EXPECT_GT(response->timing.resolve.count(), 0);
}

} // namespace
} // namespace murphy::web
