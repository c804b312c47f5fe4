#include "diagnose/sign_in.h"

#include <gmock/gmock.h>
#include <ostream>

namespace murphy::diagnose {
namespace {

// "GET /login 200", one for each request.
std::vector<Exchange> exchanges(const std::vector<std::string>& lines) {
  std::vector<Exchange> all;
  for (const std::string& line : lines) {
    const std::size_t path = line.find(' ') + 1, status = line.rfind(' ') + 1;
    all.push_back({line.substr(0, path - 1), line.substr(path, status - path - 1), std::stoi(line.substr(status)), ""});
  }
  return all;
}

struct SignInRow {
  const char* name;
  std::vector<std::string> requests;
  Ending ending;
  int at = -1; // the request that shows it; -1: none
  std::string page = {};
  std::vector<std::string> fields = {};
  std::vector<std::string> locations = {};
};

void PrintTo(const SignInRow& row, std::ostream* out) { *out << row.name; }

class Endings : public testing::TestWithParam<SignInRow> {};

TEST_P(Endings, OfASignIn) {
  const SignInRow& row = GetParam();
  Evidence evidence;
  evidence.exchanges = exchanges(row.requests);
  evidence.page = row.page;
  evidence.fields = row.fields;
  evidence.locations = row.locations;
  const SignInCourse ended = how_it_ended(evidence);
  EXPECT_EQ(static_cast<int>(ended.ending), static_cast<int>(row.ending));
  EXPECT_EQ(ended.at, row.at < 0 ? nullptr : &evidence.exchanges[static_cast<std::size_t>(row.at)]);
}

INSTANTIATE_TEST_SUITE_P(
    All, Endings,
    testing::ValuesIn(std::vector<SignInRow>{
        {.name = "NoRequests", .requests = {}, .ending = Ending::undetermined},
        {.name = "Unreachable", .requests = {"GET /login 0"}, .ending = Ending::unreachable, .at = 0},
        {.name = "MovedToHttps", .requests = {"GET / 301", "GET /login 0"}, .ending = Ending::moved_to_https, .at = 1},
        {.name = "GoneAfterAPage", .requests = {"GET / 200", "GET /login 0"}, .ending = Ending::submit_lost, .at = 1},
        {.name = "PageFailed", .requests = {"GET /login 500"}, .ending = Ending::page_failed, .at = 0},
        {.name = "PageMissing", .requests = {"GET /login 404"}, .ending = Ending::page_missing, .at = 0},
        {.name = "FormByGetAstray",
         .requests = {"GET /login 200", "GET /sesion 405"},
         .ending = Ending::form_astray,
         .at = 1,
         .fields = {"email"}},
        {.name = "PageRefused", .requests = {"GET /login 400"}, .ending = Ending::page_refused, .at = 0},
        {.name = "NoForm", .requests = {"GET /login 200"}, .ending = Ending::no_form, .at = 0, .page = "Welcome"},
        {.name = "AlreadySignedIn",
         .requests = {"GET /login 200"},
         .ending = Ending::signed_in,
         .at = 0,
         .page = "Log out"},
        {.name = "SetUp",
         .requests = {"GET /login 302", "GET /install 200"},
         .ending = Ending::set_up,
         .at = 1,
         .locations = {"/install?step=1"}},
        {.name = "SubmitLost", .requests = {"GET /login 200", "POST /login 0"}, .ending = Ending::submit_lost, .at = 1},
        {.name = "FormAstray",
         .requests = {"GET /login 200", "POST /sesion 404"},
         .ending = Ending::form_astray,
         .at = 1},
        {.name = "SubmitFailed",
         .requests = {"GET /login 200", "POST /login 500"},
         .ending = Ending::submit_failed,
         .at = 1},
        {.name = "SubmitFailedAndWentOn",
         .requests = {"POST /login 500", "GET /dashboard 200"},
         .ending = Ending::signed_in,
         .at = 0},
        {.name = "Unauthorized", .requests = {"POST /login 401"}, .ending = Ending::rejected, .at = 0},
        {.name = "BadToken",
         .requests = {"POST /login 400"},
         .ending = Ending::submit_refused,
         .at = 0,
         .page = "CSRF token missing"},
        {.name = "Forbidden", .requests = {"POST /login 403"}, .ending = Ending::submit_refused, .at = 0},
        {.name = "Unprocessable",
         .requests = {"POST /login 422"},
         .ending = Ending::rejected,
         .at = 0,
         .page = "Invalid email or password"},
        {.name = "UnprocessableToken",
         .requests = {"POST /login 422"},
         .ending = Ending::submit_refused,
         .at = 0,
         .page = "invalid token"},
        {.name = "TooMany", .requests = {"POST /login 429"}, .ending = Ending::submit_refused, .at = 0},
        {.name = "Rejected",
         .requests = {"POST /login 200"},
         .ending = Ending::rejected,
         .at = 0,
         .page = "Incorrect password"},
        {.name = "RejectedBehindARedirect",
         .requests = {"POST /login 302", "GET /login 200"},
         .ending = Ending::rejected,
         .at = 0,
         .page = "Bad credentials"},
        {.name = "FormAgain",
         .requests = {"POST /login 200"},
         .ending = Ending::form_again,
         .at = 0,
         .page = "Password"},
        {.name = "Denied",
         .requests = {"POST /login 200"},
         .ending = Ending::denied,
         .at = 0,
         .page = "Log in\nAccess denied!"},
        {.name = "DeniedByTheDatabase",
         .requests = {"POST /login 200"},
         .ending = Ending::form_again,
         .at = 0,
         .page = "Access denied for user 'ada'@'localhost'"},
        {.name = "FormAgainBehindARedirect",
         .requests = {"GET /login 200", "POST /session 302", "GET /login 200"},
         .ending = Ending::sent_back,
         .at = 2,
         .page = "Password"},
        {.name = "AnApiLetIn",
         .requests = {"POST /login 200", "GET /dashboard 200"},
         .ending = Ending::signed_in,
         .at = 0,
         .page = "Hello"},
        {.name = "AnApiForgot",
         .requests = {"POST /login 200", "GET /dashboard 401"},
         .ending = Ending::bounced,
         .at = 1},
        {.name = "LandingFailed",
         .requests = {"POST /login 302", "GET /dashboard 500"},
         .ending = Ending::landing_failed,
         .at = 1},
        {.name = "LandingMissing",
         .requests = {"POST /login 302", "GET /dashbord 404"},
         .ending = Ending::landing_missing,
         .at = 1},
        {.name = "LandingDenied",
         .requests = {"POST /login 302", "GET /dashboard 403"},
         .ending = Ending::landing_denied,
         .at = 1},
        {.name = "LandingDeniedInWords",
         .requests = {"POST /login 302", "GET /dashboard 200"},
         .ending = Ending::landing_denied,
         .at = 0,
         .page = "Log out. Permission denied"},
        {.name = "LandingLost",
         .requests = {"POST /login 302", "GET /dashboard 0"},
         .ending = Ending::moved_to_https,
         .at = 1},
        {.name = "Bounced",
         .requests = {"POST /login 302", "GET /dashboard 302", "GET /login 200"},
         .ending = Ending::bounced,
         .at = 1,
         .page = "Password"},
        {.name = "BouncedInWords",
         .requests = {"POST /login 302", "GET /dashboard 200"},
         .ending = Ending::bounced,
         .at = 1,
         .page = "Access denied"},
        {.name = "SignedIn",
         .requests = {"GET /login 200", "POST /login 303", "GET /dashboard 200"},
         .ending = Ending::signed_in,
         .at = 1,
         .page = "Hello"},
    }),
    [](const auto& each) { return std::string(each.param.name); });

// What the page says is known where its address is not.
TEST(Endings, TheRecordedFormOnceMore) {
  Evidence evidence;
  evidence.exchanges = {{"GET", "", 200, ""}, {"POST", "", 302, ""}, {"GET", "", 200, ""}};
  evidence.known_good.emplace().sign_in_page = "Club\nScripts must be on\nName\nPhrase";
  evidence.known_good->dashboard = "Club\nDashboard of Ada";
  evidence.page = "Scripts must be on";
  EXPECT_EQ(how_it_ended(evidence).ending, Ending::sent_back);
  evidence.page = "Club";
  EXPECT_EQ(how_it_ended(evidence).ending, Ending::signed_in) << "that is on both";
  evidence.page = "Scripts must be on\nHello";
  EXPECT_EQ(how_it_ended(evidence).ending, Ending::signed_in) << "there is more on it";
}

} // namespace
} // namespace murphy::diagnose
