#include "diagnose/request_lines.h"

#include <gmock/gmock.h>

namespace murphy::diagnose {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;
using Lines = std::vector<std::string_view>;

TEST(RequestsInALog, AreReadAsServersWriteThem) {
  struct Row {
    std::string_view line;
    Exchange request;
  };
  const std::vector<Row> rows{
      {R"(127.0.0.1 - - [01/Dec/2026:09:01:19 +0000] "POST /login HTTP/1.1" 302 0 "-" "Mozilla/5.0")",
       {"POST", "/login", 302, ""}},
      {R"(INFO:     10.0.0.4:50912 - "GET /login?next=/ HTTP/1.1" 200 OK)", {"GET", "/login", 200, ""}},
      {"POST /login 302 34.229 ms - 32", {"POST", "/login", 302, ""}},
      {"2026-07-08 11:03:55.1032|INFO|Hr.RequestLog|GET /login -> 200 (9 ms)", {"GET", "/login", 200, ""}},
      {"      Request finished HTTP/1.1 POST http://localhost:5000/Account/Login - 302 0 - 201.0030ms",
       {"POST", "/Account/Login", 302, ""}},
      {R"([GIN] 2026/12/01 - 09:01:19 | 500 |    1.2ms |       127.0.0.1 | POST     "/login")",
       {"POST", "/login", 500, ""}},
      {"app[9]: level=info msg=request method=POST path=\"/login?next=/\" status=303 user=9",
       {"POST", "/login", 303, ""}},
      {R"("GET /auth/callback?code=4%2F0AX4&state=J1sVY2 HTTP/1.1" 404)",
       {"GET", "/auth/callback", 404, std::string(with_answer_of_provider)}},
  };
  for (const Row& row : rows) EXPECT_THAT(requests_in(Lines{row.line}), ElementsAre(row.request)) << row.line;
}

TEST(RequestsInALog, HaveTheirStatusBelowWhereAServerWritesItThere) {
  EXPECT_THAT(requests_in(Lines{R"(Started POST "/login" for 10.4.0.2 at 2026-03-03 06:30:01)", "  Parameters: {}",
                                "Completed 302 Found in 239ms (ActiveRecord: 1.2ms)"}),
              ElementsAre(Exchange{"POST", "/login", 302, ""}));
  EXPECT_THAT(requests_in(Lines{"[info] GET /users/log_in", "[info] Sent 200 in 17ms"}),
              ElementsAre(Exchange{"GET", "/users/log_in", 200, ""}));
}

TEST(RequestsInALog, AreNoneWhereNoStatusIsNamed) {
  EXPECT_THAT(requests_in(Lines{"GET /login", "BUDGET /x 200", "POST body: 200", "GET / took 200ms",
                                "GET /login from 200.1.2.3", "GET /login 1200"}),
              IsEmpty());
}

TEST(RequestsInALog, AreNotThoseThatTheAppSendsToOthers) {
  EXPECT_THAT(requests_in(Lines{"httpx: HTTP Request: GET https://avatars.example.com/u/7 \"HTTP/1.1 404 Not Found\"",
                                "urllib3.connectionpool: https://api.example.com:443 \"GET /v1/users/7 HTTP/1.1\" 404",
                                "GET https://api.example.com/me 401"}),
              IsEmpty());
}

std::vector<Exchange> worked(const Lines& lines) { return sign_in_that_worked(requests_in(lines)); }

const std::vector<Exchange> came_to_dashboard{{"POST", "/login", 302, ""}, {"GET", "/dashboard", 200, ""}};

TEST(ASignInThatWorked, IsTheNewestWhereAllOfThemDid) {
  EXPECT_EQ(worked({"GET /login 200", "POST /login 302", "GET /style.css 200", "GET /up 200", "GET /api/unread 404",
                    "GET / 302", "GET /dashboard 200"}),
            came_to_dashboard);
  EXPECT_EQ(worked({"POST /wp-login.php 302", "GET /dashboard 200"}).size(), 2U);
  EXPECT_EQ(worked({"POST /login 302", "GET /metrics 502", "GET /dashboard 200"}), came_to_dashboard);
  EXPECT_EQ(worked({"POST /users/sign_in 302", "GET /ready-rooms 200"}).size(), 2U);
}

TEST(ASignInThatWorked, MayComeAfterAPasswordThatWasMistyped) {
  for (const char* refused : {"POST /login 422", "POST /login 200", "POST /login 401"}) {
    EXPECT_EQ(worked({refused, "POST /login 302", "GET /dashboard 200"}), came_to_dashboard) << refused;
    EXPECT_THAT(worked({"POST /login 302", "GET /dashboard 200", refused}), IsEmpty()) << refused;
    EXPECT_THAT(worked({"POST /login 302", "GET /dashboard 200", refused, "POST /login 302"}), IsEmpty()) << refused;
  }
}

TEST(ASignInThatWorked, IsNoneWhereAnythingFailed) {
  EXPECT_THAT(worked({"POST /login 302", "GET /dashboard 200", "GET /account 500"}), IsEmpty());
  EXPECT_THAT(worked({"POST /login 302", "GET /dashboard 500"}), IsEmpty());
  EXPECT_THAT(worked({"POST /login 302", "GET /dashbord 404", "POST /login 302", "GET /dashboard 200"}), IsEmpty());
  EXPECT_THAT(worked({"POST /login 302", "GET /login 200", "POST /login 302", "GET /dashboard 200"}), IsEmpty());
  EXPECT_THAT(worked({"POST /login 302", "GET /healthz 200", "GET /login 200"}), IsEmpty());
  EXPECT_THAT(worked({"POST /login 302"}), IsEmpty());
  EXPECT_THAT(worked({"POST /login 403", "POST /login 302", "GET /dashboard 200"}), IsEmpty()) << "no password";
  EXPECT_THAT(worked({"POST /login.php 302", "GET /desk.php 302", "GET /login.php 200", "GET / 200"}), IsEmpty());
  EXPECT_THAT(worked({"POST /login 302", "GET /about 200", "GET /login 200"}), IsEmpty());
  EXPECT_THAT(worked({"POST /login 302", "GET /live/desk 500", "GET / 200"}), IsEmpty());
}

TEST(ASignInThatWorked, IsToldByTheStatusWhereTheAppRefusesByOne) {
  const Lines retried{"POST /auth/login 401", "POST /auth/login 200", "GET /ledgers 200"};
  EXPECT_EQ(worked(retried).size(), 2U);
  Lines tried = retried;
  tried.insert(tried.end(), {"POST /auth/login 429", "POST /auth/login 200"});
  EXPECT_EQ(worked(tried).size(), 2U);
  EXPECT_THAT(worked({"POST /auth/login 200", "GET /ledgers 200"}), IsEmpty()) << "the form again, perhaps";
  EXPECT_THAT(worked({"POST /login 200", "POST /login 429", "POST /login 200", "GET /about 200"}), IsEmpty())
      << "too many tries say nothing of how it refuses";
  EXPECT_THAT(worked({"POST /api/login 401", "POST /login 200", "GET /pricing 200"}), IsEmpty()) << "another form";
  EXPECT_THAT(worked({"POST /login 401", "POST /login 204", "GET /api/me 401", "GET /desk 200"}), IsEmpty())
      << "nobody is known";
  EXPECT_THAT(worked({"POST /auth/login 401", "POST /auth/login 200", "GET /ledgers 404"}), IsEmpty());
  EXPECT_THAT(worked({"POST /auth/login 200", "GET /ledgers 200", "POST /auth/login 401"}), IsEmpty());
}

TEST(Requests, TellOfTroubleWhereAnythingIsRefusedOrFails) {
  EXPECT_FALSE(tell_of_trouble(requests_in(Lines{"POST /login 302", "GET / 200", "GET /favicon.ico 404"})));
  for (const char* line :
       {"POST /login 503", "GET /dashboard 500", "GET /login 200", "GET /api/me 401", "GET /desk 404"})
    EXPECT_TRUE(tell_of_trouble(requests_in(Lines{"POST /login 302", line}))) << line;
}

TEST(ASignInThatWorked, IsNoOtherForm) {
  EXPECT_THAT(worked({"POST /workout-sessions 302", "GET /workouts/7 200"}), IsEmpty());
  EXPECT_THAT(worked({"POST /bloginfo 302", "GET /blog 200"}), IsEmpty());
}

TEST(AnAnswerOfAProvider, IsLostWhereItsAddressIsNotThere) {
  const auto requests = requests_in(Lines{"GET /login 302", R"("GET /auth/callbck?code=4&state=J1 HTTP/1.1" 404)",
                                          "GET /auth/callbck 404", "GET / 200"});
  ASSERT_NE(lost_answer_of_provider(requests), nullptr);
  EXPECT_EQ(lost_answer_of_provider(requests)->path, "/auth/callbck");
  EXPECT_NE(lost_answer_of_provider(requests_in(Lines{"method=GET path=\"/cb?code=4&state=J1\" status=404"})), nullptr);
  EXPECT_EQ(lost_answer_of_provider(requests_in(Lines{R"("GET /auth/callbck?code=4&state=J1 HTTP/1.1" 404)",
                                                      R"("GET /auth/callback?code=5&state=J2 HTTP/1.1" 302)"})),
            nullptr)
      << "mended since";
  EXPECT_EQ(lost_answer_of_provider(requests_in(Lines{R"("GET /auth/callback?code=4&state=J1 HTTP/1.1" 302)"})),
            nullptr);
}

} // namespace
} // namespace murphy::diagnose
