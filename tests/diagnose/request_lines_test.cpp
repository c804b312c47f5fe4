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

TEST(SignInOfALog, IsTheNewestWhereAllOfThemWorked) {
  const Lines worked{"GET /login 200", "POST /login 302", "GET /style.css 200", "GET / 302", "GET /dashboard 200"};
  EXPECT_THAT(sign_in_of_log(worked),
              ElementsAre(Exchange{"POST", "/login", 302, ""}, Exchange{"GET", "/dashboard", 200, ""}));
  Lines mistyped{"POST /login 422", "POST /login 200"};
  mistyped.insert(mistyped.end(), worked.begin(), worked.end());
  EXPECT_THAT(sign_in_of_log(mistyped),
              ElementsAre(Exchange{"POST", "/login", 302, ""}, Exchange{"GET", "/dashboard", 200, ""}));
}

TEST(SignInOfALog, IsNotJudgedWhereAnythingFailed) {
  EXPECT_THAT(sign_in_of_log(Lines{"POST /login 302", "GET /dashboard 200", "GET /account 500"}), IsEmpty());
  EXPECT_THAT(sign_in_of_log(Lines{"POST /login 302", "GET /dashboard 500"}), IsEmpty());
  EXPECT_THAT(sign_in_of_log(Lines{"POST /login 302", "GET /login 200", "POST /login 302", "GET /dashboard 200"}),
              IsEmpty());
  EXPECT_THAT(sign_in_of_log(Lines{"POST /login 302", "GET /dashboard 200", "POST /login 200"}), IsEmpty());
  EXPECT_THAT(sign_in_of_log(Lines{"POST /login 302"}), IsEmpty());
}

TEST(SignInOfALog, LeadsNowhere) {
  EXPECT_THAT(sign_in_of_log(Lines{"GET /login 200", "POST /logn 404"}),
              ElementsAre(Exchange{"GET", "/login", 200, ""}, Exchange{"POST", "/logn", 404, ""}));
  EXPECT_THAT(sign_in_of_log(Lines{"POST /login 302", "GET /dashbord 404"}),
              ElementsAre(Exchange{"POST", "/login", 302, ""}, Exchange{"GET", "/dashbord", 404, ""}));
  EXPECT_THAT(sign_in_of_log(Lines{"GET /login 302", R"("GET /auth/callbck?code=4&state=J1 HTTP/1.1" 404)"}),
              ElementsAre(Exchange{"GET", "/auth/callbck", 404, std::string(with_answer_of_provider)}));
}

TEST(SignInOfALog, IsNoRobots) {
  EXPECT_THAT(sign_in_of_log(Lines{"POST /wp-login.php 404", "GET /wp-admin/login 404"}), IsEmpty());
}

} // namespace
} // namespace murphy::diagnose
