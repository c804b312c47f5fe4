#include "cli/own_origin.h"

#include <gtest/gtest.h>
#include <vector>

namespace murphy::cli {
namespace {

TEST(BodiesToOwnOrigin, GoNowhereElse) {
  std::vector<std::string> sent;
  const web::Transport own = bodies_to_own_origin(
      [&](const web::Request& request, web::TimePoint,
          std::stop_token) -> std::expected<web::Response, web::TransportError> {
        sent.push_back(request.url.href());
        return web::Response{};
      },
      *web::Url::parse("https://app.test/login"));
  const auto send = [&](const std::string& method, const std::string& url, const std::string& body) {
    return own({.method = method, .url = *web::Url::parse(url), .headers = {}, .body = body}, {}, {});
  };
  EXPECT_TRUE(send("POST", "https://app.test/session", "password=x"));
  EXPECT_TRUE(send("GET", "https://other.test/", "")) << "pages are asked for wherever they are";
  EXPECT_EQ(sent, (std::vector<std::string>{"https://app.test/session", "https://other.test/"}));
  for (const char* elsewhere : {"https://other.test/", "http://app.test/session", "https://app.test:8443/session"}) {
    const auto refused = send("POST", elsewhere, "password=x");
    ASSERT_FALSE(refused) << elsewhere;
    EXPECT_EQ(refused.error().error.kind, ErrorKind::target);
    EXPECT_EQ(refused.error().error.what, "the address that a form is sent on to is on " +
                                              web::Url::parse(elsewhere)->origin() +
                                              ", and the app on https://app.test");
  }
  EXPECT_EQ(sent.size(), 2U);
}

} // namespace
} // namespace murphy::cli
