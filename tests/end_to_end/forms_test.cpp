// `murphy forms`: what a page's forms ask for, from the real binary.
#include "leaks.h"
#include "project.h"
#include "tests/places.h"

#include <gmock/gmock.h>

namespace murphy::end_to_end {
namespace {

using testing::HasSubstr;
using testing::Not;

Finished forms(std::vector<std::string> arguments) {
  Invocation invocation;
  invocation.arguments = {"forms"};
  invocation.arguments.insert(invocation.arguments.end(), arguments.begin(), arguments.end());
  invocation.environment = {{"DASHBOARD_BIN", dashboard_program()}};
  return run(invocation);
}

const std::string project = "--project=fixtures/dashboard/murphy.toml";

TEST(Forms, OfAPageOfTheTargetWhichIsStartedAndStopped) {
  const Finished reported = forms({"/signup", project});
  EXPECT_EQ(reported.code, 0) << reported.err;
  EXPECT_THAT(reported.out, HasSubstr("\nCreate account  POST http://127.0.0.1:"));
  EXPECT_THAT(
      reported.out,
      HasSubstr("  Email address  user[email]  email, autocomplete email\n    required, at most 254 characters\n"));
  EXPECT_THAT(reported.out, HasSubstr("  hidden  _csrf=‹_csrf:"));
  EXPECT_THAT(reported.out, HasSubstr("  as loaded it sends  _csrf=‹_csrf:"));
}

TEST(Forms, BreakWhatTheySendBetweenItsEntries) {
  Invocation narrow;
  narrow.arguments = {"forms", "/signup", project};
  narrow.environment = {{"DASHBOARD_BIN", dashboard_program()}, {"COLUMNS", "60"}};
  const Finished reported = run(narrow);
  // A token is masked before the line could have been broken in its middle.
  EXPECT_THAT(reported.out, HasSubstr("  as loaded it sends\n    _csrf=‹_csrf:"));
  EXPECT_THAT(reported.out, HasSubstr("&\n    user%5Bplot%5D=&user%5Bpassword%5D=\n"));
}

TEST(Forms, BehindSignInAreToldToAUserAndNotToAStranger) {
  const Finished ada = forms({"/profile", project, "--user", "ada"});
  EXPECT_EQ(ada.code, 0) << ada.err;
  EXPECT_THAT(ada.out, HasSubstr("\nSave profile  POST "));
  EXPECT_THAT(ada.out, HasSubstr("holds Ada Lovelace"));
  expect_nowhere({{"standard output", ada.out}}, spellings_of("ada", "correct horse 9"));
  const Finished stranger = forms({"/profile", project});
  EXPECT_THAT(stranger.out, HasSubstr("came through 302 /profile\n"));
  EXPECT_THAT(stranger.out, HasSubstr("\nSign in  POST "));
}

TEST(Forms, AsJsonAreOneObject) {
  const Finished reported = forms({"/login", project, "--json"});
  EXPECT_EQ(reported.code, 0) << reported.err;
  EXPECT_THAT(reported.out, testing::StartsWith("{\"url\":\"http://127.0.0.1:"));
  EXPECT_THAT(reported.out,
              HasSubstr("{\"label\":\"Email\",\"name\":\"user[email]\",\"id\":\"user_email\",\"type\":\"email\","
                        "\"autocomplete\":\"username\",\"rules\":[\"required\",\"at most 254 characters\"]"));
  EXPECT_THAT(reported.out, HasSubstr("{\"name\":\"_csrf\",\"value\":\"‹_csrf:"));
}

TEST(Forms, OfAnAddressNeedNoProject) {
  const Finished reported = forms({"http://127.0.0.1:1/login"});
  EXPECT_EQ(reported.code, 3);
  EXPECT_EQ(reported.out, "");
  EXPECT_THAT(reported.err, HasSubstr("cannot connect"));
}

TEST(Forms, ThatCannotBeToldSayWhy) {
  EXPECT_EQ(forms({"/login", project, "--user", "adda"}).err,
            "there is no user \"adda\" in fixtures/dashboard/murphy.toml\n  its users: ada, grace, joan, lise, zoe\n");
  EXPECT_EQ(forms({"ftp://127.0.0.1/", project}).err,
            "Murphy speaks HTTP and HTTPS\n  name an address that begins with http:// or https://\n");
  EXPECT_EQ(forms({"/login"}).code, 2) << "no project";
  const Finished nothing = forms({"/health", project});
  EXPECT_EQ(nothing.code, 3);
  EXPECT_THAT(nothing.err, Not(HasSubstr("internal")));
}

} // namespace
} // namespace murphy::end_to_end
