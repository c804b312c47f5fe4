#include "web/forms/naming.h"

#include "page_support.h"
#include "web/forms/naming_match.h"

#include <string>

namespace murphy::web {
namespace {

// The ids of the controls that the words mean, or the whole error.
std::string field(const FormPage& page, std::string_view words, std::size_t form = 0) {
  const auto found = find_field(page.forms, page.form(form), words);
  if (!found) return found.error().what + "\n" + found.error().hint;
  std::string ids;
  for (const Control* control : *found) ids += (ids.empty() ? "" : " ") + control->id;
  return ids;
}

std::string submit(const FormPage& page, std::string_view words, const std::vector<std::string>& fields = {}) {
  const auto found = find_submit(page.forms, words, fields);
  if (!found) return found.error().what + "\n" + found.error().hint;
  return found->form->id + "/" + (found->button ? found->button->id : "none");
}

std::string click(const FormPage& page, std::string_view words) {
  const auto found = find_click(page.forms, *page.document, words);
  if (!found) return found.error().what + "\n" + found.error().hint;
  if (const auto* link = std::get_if<Link>(&*found)) return link->href;
  return std::get<SubmitTarget>(*found).form->id + "/" + std::get<SubmitTarget>(*found).button->id;
}

TEST(FindField, GoesByTheRanksOfNames) {
  const FormPage page(
      std::string("<form><label for=a>Email</label><input id=a><input id=b aria-label=Phone><input id=c "
                  "placeholder=Street><input id=d name=town><input id=zip><input id=e autocomplete='shipping country'>"
                  "<label for=f>Email confirmation:</label><input id=f name=phone><button>Email me</button></form>"));
  EXPECT_EQ(field(page, "email"), "a");
  EXPECT_EQ(field(page, " EMAIL "), "a");
  EXPECT_EQ(field(page, "Phone"), "b"); // aria-label before name
  EXPECT_EQ(field(page, "street"), "c");
  EXPECT_EQ(field(page, "Town"), "d");
  EXPECT_EQ(field(page, "zip"), "zip");
  EXPECT_EQ(field(page, "country"), "e");
  EXPECT_EQ(field(page, "Email confirmation"), "f"); // whole, but for the colon
  EXPECT_EQ(field(page, "confirmation"), "f");       // part
  EXPECT_EQ(field(page, "name:phone"), "f");
  EXPECT_EQ(field(page, "id:a"), "a");
  EXPECT_EQ(field(page, "#a"), "a");
  EXPECT_EQ(field(page, "[placeholder^=Str]"), "c");
}

TEST(FindField, TakesWholeWordsBeforeParts) {
  const FormPage page(std::string("<form><input id=a name=username><input id=b name=first-name></form>"));
  EXPECT_EQ(field(page, "name"), "b");
  EXPECT_EQ(field(page, "user"), "a");
}

TEST(FindField, FindsHiddenFieldsByNameAndIdOnly) {
  const FormPage page(
      std::string("<form><input type=hidden id=h name=token><input type=hidden id=r0 name=remember "
                  "value=0><label><input type=checkbox id=r1 name=remember>Remember me</label></form>"));
  EXPECT_EQ(field(page, "token"), "h");
  EXPECT_EQ(field(page, "remember"), "r1");
  EXPECT_EQ(field(page, "name:remember"), "r1");
  EXPECT_EQ(field(page, "Remember me"), "r1");
}

TEST(FindField, PrefersWhatCanBeSeen) {
  const FormPage page(std::string("<form><div hidden><label for=a>Password</label><input id=a></div><label "
                                  "for=b>Password</label><input id=b></form>"));
  EXPECT_EQ(field(page, "Password"), "b");
}

TEST(FindField, TakesARadioGroupForOneField) {
  const FormPage page(
      std::string("<form><fieldset><legend>Plan</legend><label><input type=radio id=a name=plan "
                  "value=1>Free</label><label><input type=radio id=b name=plan value=2>Pro</label></fieldset>"
                  "<label><input type=checkbox id=c name=tag value=x>Red</label><label><input type=checkbox id=d "
                  "name=tag value=y>Blue</label></form>"));
  EXPECT_EQ(field(page, "Plan"), "a b");
  EXPECT_EQ(field(page, "name:plan"), "a b");
  EXPECT_EQ(field(page, "Pro"), "b");
  EXPECT_EQ(field(page, "tag"), "c d");
  EXPECT_EQ(field(page, "blue"), "d");
  EXPECT_EQ(field(page, "[name=plan]"), "a b");
}

TEST(FindField, ListsTheCandidatesOfAnErrors) {
  const FormPage page(
      std::string("<form id=f><label for=a>Email</label><input id=a name='user[email]' type=email><label "
                  "for=b>Password</label><input id=b type=password name=pw disabled><button>Sign in</button></form>"));
  EXPECT_EQ(field(page, "Emial"),
            "the form \"Sign in\" has no field \"Emial\"\ndid you mean \"Email\"?\nits fields are:\n"
            "  \"Email\": name \"user[email]\", id \"a\", type email\n  \"Password\": name \"pw\", id \"b\", type "
            "password, disabled");
  EXPECT_EQ(field(FormPage(std::string("<form><button>Go</button></form>")), "x"),
            "the form \"Go\" has no field \"x\"\nthe form has no fields at all");
  const FormPage twice(std::string("<form><label for=a>Password</label><input id=a name=p1><label "
                                   "for=b>Password</label><input id=b name=p2></form>"));
  EXPECT_EQ(field(twice, "password"),
            "\"password\" could be 2 fields of the form without a name\nthey are:\n  \"Password\": name \"p1\", id "
            "\"a\", type text\n"
            "  \"Password\": name \"p2\", id \"b\", type text\nselect one with name:… or id:…");
  EXPECT_EQ(
      field(twice, "[name"),
      "the end is not an attribute operator, at character 6 of the selector [name\nuse = ~= |= ^= $= *=, and ] to end");
}

TEST(FindField, SaysWhyALabelLeadsNowhere) {
  const FormPage page(
      std::string("<form><label for=emial>Email</label><input id=mail><button>Go</button></form><form><label for=z>Zip "
                  "code</label><input id=z></form><input id=q aria-label=Free>"));
  EXPECT_EQ(
      field(page, "Email"),
      "the form \"Go\" has no field \"Email\"\ndid you mean \"mail\"?\nthe label \"Email\" is tied to no field: no "
      "field has the id \"emial\" of its \"for\"\n"
      "its fields are:\n  \"mail\": no name, id \"mail\", type text");
  EXPECT_NE(field(page, "Zip code").find("the form without a name has such a field"), std::string::npos);
  EXPECT_NE(field(page, "Free").find("the field \"Free\" belongs to no form"), std::string::npos);
}

TEST(FindSubmit, GoesByButtonsThenHeadingsThenNames) {
  const FormPage page(
      std::string("<form id=a><button id=a1>Search</button></form><form id=b><h2>Sign in</h2><input type=submit id=b1 "
                  "value='Log in'><button id=b2 aria-label='With a key'><i></i></button></form>"
                  "<form id=c aria-label=Newsletter name=news><input><button></button></form><form id=d "
                  "name=dee><fieldset><legend>Sign up</legend></fieldset></form>"
                  "<form id=e><input type=image id=e1 alt='Go on'></form>"));
  EXPECT_EQ(submit(page, "search"), "a/a1");
  EXPECT_EQ(submit(page, "Log in"), "b/b1");
  EXPECT_EQ(submit(page, "Sign in"), "b/b1");
  EXPECT_EQ(submit(page, "with a key"), "b/b2");
  EXPECT_EQ(submit(page, "Newsletter"), "c/");
  EXPECT_EQ(submit(page, "news"), "c/");
  EXPECT_EQ(submit(page, "Sign up"), "d/none");
  EXPECT_EQ(submit(page, "name:dee"), "d/none");
  EXPECT_EQ(submit(page, "id:b"), "b/b1");
  EXPECT_EQ(submit(page, "#b2"), "b/b2");
  EXPECT_EQ(submit(page, "Go on"), "e/e1");
}

TEST(FindSubmit, LetsTheFieldsDecideBetweenForms) {
  const FormPage page(std::string("<form id=a><input name=q><button id=a1>Go</button></form><form id=b><input "
                                  "name=email><input name=password><button id=b1>Go</button></form>"));
  EXPECT_EQ(submit(page, "Go", {"email", "password"}), "b/b1");
  EXPECT_EQ(submit(page, "Go"), "\"Go\" could be 2 forms or buttons\nthey are:\n  Go (GET /dir/page?q=1): q, button "
                                "\"Go\": no name, id \"a1\", type submit\n"
                                "  Go (GET /dir/page?q=1): email, password, button \"Go\": no name, id \"b1\", type "
                                "submit\nselect one with id:…, name:… or a CSS selector");
  EXPECT_NE(submit(page, "Go", {"nothing"}).find("could be 2"), std::string::npos);
}

TEST(FindSubmit, TakesButtonsThatDoTheSameForOne) {
  const FormPage same(std::string("<form id=f><button id=a>Save</button><button id=b>Save</button></form>"));
  EXPECT_EQ(submit(same, "Save"), "f/a");
  const FormPage different(std::string(
      "<form id=f><button id=a name=x value=1>Save</button><button id=b name=x value=2>Save</button></form>"));
  EXPECT_NE(submit(different, "Save").find("could be 2"), std::string::npos);
}

TEST(FindSubmit, SaysWhatAButtonLacks) {
  const FormPage page(std::string(
      "<form id=f action=/in method=post><input name=e><button disabled>Wait</button><button type=button>Show "
      "password</button><button type=reset>Clear</button></form><button>Sign in</button>"));
  EXPECT_EQ(submit(page, "Sign in"), "the page has no form \"Sign in\"\nthe button \"Sign in\" belongs to no "
                                     "form\nthe page's forms are:\n  Wait (POST /in): e");
  EXPECT_EQ(submit(page, "Wait"),
            "the button \"Wait\" is disabled\npeople cannot press it; Murphy runs no scripts that might enable it");
  EXPECT_NE(submit(page, "Show password")
                .find("the button \"Show password\" has type=\"button\": it submits nothing itself, and Murphy runs no "
                      "scripts"),
            std::string::npos);
  EXPECT_NE(submit(page, "Clear").find("the button \"Clear\" only resets its form"), std::string::npos);
  EXPECT_EQ(submit(FormPage(std::string("<p>x")), "Sign in"),
            "the page has no form \"Sign in\"\nthe page has no forms");
  EXPECT_EQ(submit(FormPage(std::string("<form><button>Sign in</button></form>")), "Sing in"),
            "the page has no form \"Sing in\"\ndid you mean \"Sign in\"?\nthe page's forms are:\n  Sign in (GET "
            "/dir/page?q=1)");
}

TEST(FindClick, FollowsLinksAndPressesButtons) {
  const FormPage page(
      std::string("<a href=' /forgot '>Forgot your password?</a><a href=/home><img alt=Home></a><a href=/x "
                  "aria-label='Close it'>×</a><a name=anchor>Sign out</a>"
                  "<form id=f><button id=b>Sign out</button></form><a href=/one>More</a><a href=/two>More</a><a "
                  "href=/same>Twice</a><a href=/same>Twice</a><a href=/h hidden>Secret</a>"));
  EXPECT_EQ(click(page, "Forgot your password"), "/forgot");
  EXPECT_EQ(click(page, "forgot"), "/forgot");
  EXPECT_EQ(click(page, "Home"), "/home");
  EXPECT_EQ(click(page, "close it"), "/x");
  EXPECT_EQ(click(page, "Sign out"), "f/b");
  EXPECT_EQ(click(page, "Twice"), "/same");
  EXPECT_EQ(click(page, "[href='/two']"), "/two");
  EXPECT_EQ(click(page, "More"), "\"More\" could be 2 links or buttons\nthey are:\n  link \"More\" to /one\n  link "
                                 "\"More\" to /two\nselect one with id:… or a CSS selector");
  EXPECT_EQ(click(FormPage(std::string("<a href=/out>Log out</a><button type=button>Log in</button>")), "Log uot"),
            "the page has no link or button \"Log uot\"\ndid you mean \"Log out\"?\nthe page has:\n  link \"Log "
            "out\" to /out");
  EXPECT_EQ(click(FormPage(std::string("")), "x"),
            "the page has no link or button \"x\"\nthe page has no links and no buttons");
}

TEST(Naming, KnowsAFieldByEveryWholeSpelling) {
  const FormPage page(std::string(
      "<form><label for=otp>One-time code *</label><input id=otp name=user[code] class=code autocomplete=one-time-code "
      "placeholder=123456><input type=radio name=plan id=free value=f><input type=radio name=plan id=pro value=p>"
      "</form>"));
  const Control& code = page.forms.controls.at(0);
  for (const char* words : {"One-time code", "one-time code:", "123456", "user[code]", "otp", "name:user[code]",
                            "id:otp", "#otp", ".code", "[name='user[code]']", "one-time-code"})
    EXPECT_TRUE(is_called(page.forms, code, words)) << words;
  for (const char* words : {"One-time", "code", "name:otp", "id:code", "#pro", ".other", "[", ""})
    EXPECT_FALSE(is_called(page.forms, code, words)) << words;
  EXPECT_TRUE(is_called(page.forms, page.forms.controls.at(1), "#pro")) << "another button of the group";
}

TEST(Naming, FindsTheSignInOfEveryRealPage) {
  for (const auto& [name, button, user, password] :
       {std::tuple{"devise/login.html", "Log in", "Email", "Password"},
        {"django/login.html", "Log in", "Email", "Password"},
        {"django-admin/login.html", "Log in", "Email", "Password"},
        {"dokuwiki/login.html", "Log In", "Username", "Password"},
        {"express/login.html", "Sign in", "Username", "Password"},
        {"wordpress/login.html", "Log In", "Username or Email Address", "Password"}}) {
    const FormPage page(real_page(name));
    const auto found = find_submit(page.forms, button);
    ASSERT_TRUE(found) << name << found.error().what << found.error().hint;
    const auto user_field = find_field(page.forms, *found->form, user);
    const auto password_field = find_field(page.forms, *found->form, password);
    ASSERT_TRUE(user_field && password_field) << name;
    EXPECT_EQ(password_field->front()->type, "password") << name;
  }
  EXPECT_EQ(click(FormPage(real_page("devise/dashboard.html")), "Log out"), "/");
  EXPECT_EQ(click(FormPage(real_page("django/dashboard.html")), "Log out"), "/accounts/logout/");
}

} // namespace
} // namespace murphy::web
