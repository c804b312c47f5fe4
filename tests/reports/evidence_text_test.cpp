#include "reports/evidence_text.h"

#include <gmock/gmock.h>

namespace murphy::reports {
namespace {

using testing::ElementsAre;

record::Exchange exchange(record::Reason reason, const std::string& path, int status) {
  record::Exchange made;
  made.reason = reason;
  made.method = "GET";
  made.url = "http://app.test" + path;
  made.status = status;
  return made;
}

TEST(RequestChains, ShowEveryHopOfAnOrdinaryOne) {
  EXPECT_THAT(
      request_chains({exchange(record::Reason::opened, "/", 302), exchange(record::Reason::redirected, "/login", 200),
                      exchange(record::Reason::opened, "/about", 200)},
                     {.unicode = true}),
      ElementsAre("GET / → 302 /login → 200", "GET /about → 200"));
}

TEST(RequestChains, LeaveOutTheMiddleOfACircle) {
  std::vector<record::Exchange> circle{exchange(record::Reason::opened, "/a", 302)};
  for (int hop = 1; hop <= 20; ++hop)
    circle.push_back(exchange(record::Reason::redirected, hop % 2 == 1 ? "/b" : "/a", 302));
  EXPECT_THAT(request_chains(circle, {.unicode = true}),
              ElementsAre("GET /a → 302 /b → 302 /a → 302 /b → 302 /a → 302 … 15 more … /a → 302"));
}

} // namespace
} // namespace murphy::reports
