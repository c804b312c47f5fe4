// `murphy forms`: what a page's forms ask for, from the real binary.
#include "leaks.h"
#include "project.h"
#include "tests/places.h"

#include <fmt/format.h>
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

TEST(Forms, OfAUserSayWhatOnlySignedInUsersGet) {
  const Finished ada = forms({"/dashboard", project, "--user", "ada"});
  EXPECT_EQ(ada.code, 0) << ada.err;
  EXPECT_THAT(ada.out, HasSubstr("\nOnly signed-in users get here  for `shows` of the dashboard\n  [data-user]\n"));
}

// Of a page of servers/`server`, in a project of its own.
Finished forms_of(const std::string& server, const std::string& page) {
  const TemporaryFolder folder;
  folder.write("murphy.toml", fmt::format("[target.local]\nurl = \"http://127.0.0.1:${{port}}\"\n"
                                          "start = \"exec /usr/bin/python3 -u '{}/{}' ${{port}}\"\n",
                                          servers, server));
  Invocation invocation;
  invocation.directory = folder.path();
  invocation.arguments = {"forms", page};
  return run(invocation);
}

TEST(Forms, SayWhatTheAnswerAsksFor) {
  EXPECT_THAT(
      forms_of("asking.py", "/basic").out,
      HasSubstr(" \"Staging\"\n! it asks for HTTP authentication by Basic, realm \"Staging\": add authorize = { "
                "basic = [name, password] } to the target\nno form is on this page\n"));
  EXPECT_THAT(forms_of("asking.py", "/tickets").out, HasSubstr("! it asks for HTTP authentication by Negotiate\n"));
  EXPECT_THAT(forms_of("asking.py", "/wait").out, HasSubstr("! it asks to come back later: Retry-After: 120\n"));
  EXPECT_THAT(forms_of("asking.py", "/app").out,
              HasSubstr("! scripts make this page, and Murphy runs none: what they show is not listed here\n"));
  const Finished plain = forms_of("asking.py", "/plain");
  EXPECT_EQ(plain.code, 3);
  EXPECT_THAT(plain.err, HasSubstr("/plain is not an HTML page but text/plain\n  it asks for HTTP authentication by "
                                   "Basic, realm \"Staging\": add authorize"));
}

TEST(Forms, SayWhatSendsThemAndWhatAnIdLeadsTo) {
  const Finished sent = forms_of("asking.py", "/sent");
  EXPECT_EQ(sent.code, 0) << sent.err;
  EXPECT_THAT(sent.out, testing::ContainsRegex("Go on  POST http://127.0.0.1:[0-9]+/auth\\?session_code=‹session_code:"
                                               "[0-9a-f]+›&tab_id=‹tab_id:[0-9a-f]+›&client_id=web\n"));
  EXPECT_THAT(sent.out, Not(HasSubstr("p3Qz81kQ")));
  EXPECT_THAT(sent.out,
              HasSubstr("! a script sends it (its onsubmit), and Murphy runs none: send the same with request"));
  EXPECT_THAT(sent.out, HasSubstr("! the id \"a\" appears 2 times: labels and scripts find only the first, the field "
                                  "\"Email\" of the form \"Go on\"\n"));
}

TEST(Forms, OfFramesAreShownBelowThem) {
  const Finished portal = forms_of("frames.py", "/portal");
  EXPECT_EQ(portal.code, 0) << portal.err;
  EXPECT_THAT(portal.out, HasSubstr("\nno form is on this page\n\nIn the frame "));
  EXPECT_THAT(portal.out, HasSubstr("\n  Sign in  POST http://127.0.0.1:"));
  EXPECT_THAT(forms_of("frames.py", "/closed").out, HasSubstr("  ! browsers show nothing in it: "));
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
