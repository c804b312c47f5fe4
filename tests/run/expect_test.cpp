#include "run/steps/expect.h"

#include "data_of.h"
#include "fake_browser.h"
#include "language.h"
#include "run/steps/expect_parts.h"
#include "scenario/vocabulary.h"

#include <gmock/gmock.h>

#include <map>
#include <optional>
#include <utility>

namespace murphy::run {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;

// What a step saw, to be changed by each test.
struct Seen {
  std::shared_ptr<FakePage> page = fake_page("/profile");
  std::vector<std::shared_ptr<FakePage>> before;
  std::vector<drive::Cookie> cookies_before, cookies;
  record::Duration duration{};
  std::vector<record::DroppedCookie> dropped;
  std::optional<std::string> captured; // what every reference is expanded to
  std::string heard_of;                // the cookie that the session held once

  // The data of each expectation that does not hold.
  std::vector<std::string> failures(const std::string& expect) const {
    auto answers = before;
    answers.push_back(page);
    drive::Visit visit = visit_of(answers);
    visit.exchanges.back().dropped_cookies = dropped;
    scenario::Inputs inputs;
    scenario::Scope scope(project(), inputs, "case");
    const Observation seen{visit,
                           cookies_before,
                           cookies,
                           duration,
                           {},
                           [&](const scenario::Text& text) -> Result<Value> {
                             if (captured && !text.is_literal()) return Value(*captured);
                             return scope.resolve(text);
                           },
                           [&](std::string_view name) { return heard_of == name; },
                           [](scenario::Dashboard wanted) -> Result<Judgement> {
                             return Judgement{wanted == scenario::Dashboard::open, {}};
                           },
                           [](const scenario::ExpectProvider& expected) -> Result<Judgement> {
                             return Judgement{expected.state == scenario::ProviderState::asks, {}};
                           }};
    const auto result = check(expectations(expect), seen);
    if (!result) return {render(result.error())};
    std::vector<std::string> lines;
    for (const record::Failure& failure : *result) {
      EXPECT_EQ(failure.place.file, "test.toml");
      EXPECT_GT(failure.place.line, 0U);
      lines.push_back(data_of(failure));
    }
    return lines;
  }
};

drive::Cookie cookie(std::string name, std::string value) {
  drive::Cookie result;
  result.name = std::move(name);
  result.value = std::move(value);
  result.path = "/";
  result.domain = "app.test";
  return result;
}

using Lines = std::vector<std::string>;

TEST(Expect, StatusTakesNumbersListsAndClasses) {
  Seen seen;
  seen.page->code = 303;
  EXPECT_THAT(seen.failures("status = 303"), IsEmpty());
  EXPECT_THAT(seen.failures("status = [200, 303]"), IsEmpty());
  EXPECT_THAT(seen.failures("status = \"3xx\""), IsEmpty());
  EXPECT_EQ(seen.failures("status = 200"), Lines{"{'code':'wrong_status','key':'status','wanted':{'statuses':[{'first':"
                                                 "200,'last':200}]},'got':{'answer':{'status':303}}}"});
  EXPECT_EQ(seen.failures("status = \"2xx\"").size(), 1U);
}

TEST(Expect, PageIsThePathWithStarsWithinASegment) {
  Seen seen;
  seen.page->address = "http://app.test/users/17/edit?tab=1";
  EXPECT_THAT(seen.failures("page = \"/users/17/edit\""), IsEmpty());
  EXPECT_THAT(seen.failures("page = \"/users/*/edit\""), IsEmpty());
  EXPECT_EQ(seen.failures("page = \"/users/*\""),
            Lines{"{'code':'wrong_page','key':'page','wanted':{'kind':'equal','text':'/users/*'},'got':{'text':'/users/"
                  "17/edit','bytes':14}}"});
  EXPECT_THAT(seen.failures("page = { matches = \"^/users/[0-9]+\" }"), IsEmpty());
}

TEST(Expect, PageIsOneOfTheAppUnlessItNamesItsHost) {
  Seen seen;
  seen.page->address = "http://other.test:8080/users/17?tab=1";
  EXPECT_EQ(
      seen.failures("page = \"/users/17\""),
      Lines{"{'code':'wrong_page','key':'page','wanted':{'kind':'equal','text':'/users/17'},'got':{'text':'http://"
            "other.test:8080/users/17','bytes':31,'answer':{'traits':['other_origin']}}}"});
  for (const char* page :
       {R"("/users/*")", R"({ contains = "/users" })", R"({ matches = "/users/17$" })", R"({ not = "/login" })",
        R"("http://other.test/users/17")", R"("https://other.test:8080/users/17")", R"("http://*/users/17/edit")"})
    EXPECT_EQ(seen.failures(std::string("page = ") + page).size(), 1U) << page;
  for (const char* page : {R"("http://other.test:8080/users/17")", R"("http://OTHER.test:*/users/*")"})
    EXPECT_THAT(seen.failures(std::string("page = ") + page), IsEmpty()) << page;

  seen.page->address = "http://ada:secret@app.test/users/17";
  EXPECT_THAT(seen.failures("page = \"http://app.test:80/users/17\""), IsEmpty())
      << "without the port of its scheme, and whoever asked";
  seen.page->address = "http://www.app.test/users/17";
  EXPECT_THAT(seen.failures("page = \"/users/17\""), IsEmpty()) << "a further origin of the app";
}

TEST(PathMatches, StarStaysInItsSegment) {
  EXPECT_TRUE(path_matches("/a/b", "/a/*"));
  EXPECT_TRUE(path_matches("/a/", "/a/*"));
  EXPECT_FALSE(path_matches("/a/b/c", "/a/*"));
  EXPECT_TRUE(path_matches("/a/b/c", "/*/*/c"));
  EXPECT_TRUE(path_matches("/report-2026.html", "/report-*.html"));
  EXPECT_FALSE(path_matches("/report-2026.htm", "/report-*.html"));
  EXPECT_FALSE(path_matches("/a", "/ab"));
}

TEST(Expect, CameThroughNamesTheRedirectsInOrder) {
  Seen seen;
  seen.before = {fake_page("/login", 303), fake_page("/", 302)};
  EXPECT_THAT(seen.failures("came_through = [\"303 /login\", \"302 /\"]"), IsEmpty());
  EXPECT_EQ(seen.failures("came_through = [\"302 /\"]"),
            Lines{"{'code':'wrong_redirects','key':'came_through','wanted':{'list':['302 /']},'got':{'list':['303 "
                  "/login','302 /']}}"});
  seen.before.clear();
  EXPECT_EQ(seen.failures("came_through = [\"303 /login\"]"),
            Lines{"{'code':'wrong_redirects','key':'came_through','wanted':{'list':['303 /login']}}"});
}

TEST(Expect, CameThroughNamesHostsOutsideOfTheApp) {
  Seen seen;
  auto provider = fake_page("/", 302);
  provider->address = "http://id.test/authorize?state=1";
  seen.before = {fake_page("/login", 303), provider};
  EXPECT_THAT(seen.failures("came_through = [\"303 /login\", \"302 /authorize\"]"), IsEmpty());
  EXPECT_THAT(seen.failures("came_through = [\"303 /login\", \"302 http://id.test/authorize\"]"), IsEmpty());
  EXPECT_EQ(seen.failures("came_through = [\"303 /login\", \"302 http://other.test/authorize\"]"),
            Lines{"{'code':'wrong_redirects','key':'came_through','wanted':{'list':['303 /login','302 "
                  "http://other.test/authorize']},'got':{'list':['303 /login','302 http://id.test/authorize']}}"});
}

TEST(Expect, TextIsAPartOfWhatIsRenderedAndTitleTheWhole) {
  Seen seen;
  seen.page->words = "Welcome, Ada You have 3 messages";
  seen.page->heading = "Your dashboard";
  EXPECT_THAT(seen.failures("text = \"Welcome, Ada\", title = \"Your dashboard\""), IsEmpty());
  EXPECT_THAT(seen.failures("text = \"Welcome,  Ada\""), IsEmpty()) << "white space is collapsed on both sides";
  EXPECT_THAT(seen.failures("text = [\"Welcome\", \"3 messages\"]"), IsEmpty());
  EXPECT_EQ(seen.failures("title = \"dashboard\""),
            Lines{"{'code':'wrong_title','key':'title','wanted':{'kind':'equal','text':'dashboard'},'got':{'text':'"
                  "Your dashboard','bytes':14}}"});
  EXPECT_THAT(seen.failures("text = { matches = \"have [0-9]+ messages\" }"), IsEmpty());
  EXPECT_EQ(seen.failures("no_text = \"messages\""),
            Lines{"{'code':'unwanted_text','key':'no_text','wanted':{'kind':'part','text':'messages'},'got':{'text':'"
                  "Welcome, Ada You have 3 messages','bytes':32}}"});
  EXPECT_EQ(seen.failures("text = \"welcome\"").size(), 1U) << "case counts in what the page says";
  EXPECT_THAT(seen.failures("text = { not = \"Error\" }"), IsEmpty());
}

TEST(Expect, WordsThatAreAlmostOnThePageAreNamed) {
  Seen seen;
  seen.page->words = "Welcome, Ada. Tea is ready";
  seen.page->heading = "Your dashboard";
  EXPECT_THAT(seen.failures("text = \"Wellcome, Ada\""), ElementsAre(HasSubstr("'others':['Welcome, Ada']")));
  EXPECT_THAT(seen.failures("text = { contains = \"tea Is\" }"), ElementsAre(HasSubstr("'others':['Tea is']")));
  EXPECT_THAT(seen.failures("title = \"Your dashbaord\""), ElementsAre(HasSubstr("'others':['Your dashboard']")));
  for (const char* other : {"text = \"Milk\"", "text = { matches = \"Wellcome\" }", "title = \"Dashbaord\"",
                            "text = { not = \"Welcome\" }", "no_text = \"Welcome\""})
    EXPECT_THAT(seen.failures(other), ElementsAre(Not(HasSubstr("others")))) << other;
}

TEST(Expect, ASecretIsNotComparedWithWhatIsAlmostIt) {
  Seen seen;
  seen.page->words = "Your key is kerosene-lamp";
  EXPECT_THAT(seen.failures("text = \"${ada.password}\""), ElementsAre(Not(HasSubstr("others"))));
  seen.page->words = "Correct horse 9";
  EXPECT_THAT(seen.failures("text = \"${ada.password}\""), ElementsAre(Not(HasSubstr("others"))));
}

TEST(Expect, AnElementWithAlmostTheNameIsNamed) {
  Seen seen;
  const drive::Element alert{"Saved", {{"class", "alert alert-success"}, {"id", "dashboard"}, {"data-user", ""}}};
  seen.page->elements = {
      {"*", {alert}}, {".alert-success", {alert}}, {"#dashboard", {alert}}, {"[data-user]", {alert}}};
  EXPECT_THAT(seen.failures("element = \".alert-sucess\""), ElementsAre(HasSubstr("'others':['.alert-success']")));
  EXPECT_THAT(seen.failures("element = { css = \"#dashbord\", count = 1 }"),
              ElementsAre(HasSubstr("'others':['#dashboard']")));
  EXPECT_THAT(seen.failures("element = \"[data-usr]\""), ElementsAre(HasSubstr("'others':['[data-user]']")));
  EXPECT_THAT(seen.failures("element = \".alert-danger\""), ElementsAre(Not(HasSubstr("others"))));
}

TEST(Expect, AnErrorThatSaysAlmostTheSameIsNamed) {
  Seen seen;
  seen.page->field_names = {"Email", "Password"};
  seen.page->shown = {{{"Email"}, "is not an address"}, {{}, "Please correct the errors below"}};
  EXPECT_THAT(seen.failures("field_error = { Email = \"an adress\" }"),
              ElementsAre(HasSubstr("'others':['an address']")));
  EXPECT_THAT(seen.failures("field_error = { Password = \"an adress\" }"),
              ElementsAre(HasSubstr("'others':['an address']")));
  EXPECT_THAT(seen.failures("form_error = \"corect the errors\""),
              ElementsAre(HasSubstr("'others':['correct the errors']")));
  EXPECT_THAT(seen.failures("field_error = { Password = \"Is not an\" }"), ElementsAre(Not(HasSubstr("others"))))
      << "that error is at another field";
}

TEST(Expect, NothingIsConcludedFromAPageThatCannotBeRead) {
  Seen seen;
  seen.page->unreadable = Error{ErrorKind::target, "the page cannot be read as HTML", {}, {}, {}};
  for (const char* expect : {"text = \"Welcome\"", "no_text = \"Error\"", "title = \"Your dashboard\"",
                             "no_field_error = true", "form_error = \"wrong\"", "form = \"Sign in\""}) {
    const auto lines = seen.failures(expect);
    ASSERT_EQ(lines.size(), 1U) << expect;
    EXPECT_THAT(lines.front(), testing::HasSubstr("the page cannot be read as HTML")) << expect;
  }
  EXPECT_THAT(seen.failures("status = 200"), IsEmpty());
}

TEST(Expect, EveryExpectationIsCheckedNotOnlyTheFirst) {
  Seen seen;
  EXPECT_EQ(seen.failures("status = 201, title = \"x\", text = \"y\"").size(), 3U);
}

TEST(Expect, ElementsByTextCountAndAttributes) {
  Seen seen;
  seen.page->elements["li.item"] = {{"Tea 3", {{"data-id", "7"}}}, {"Coffee", {}}};
  EXPECT_THAT(seen.failures("element = \"li.item\""), IsEmpty());
  EXPECT_THAT(seen.failures("element = { css = \"li.item\", text = \"Tea\", count = 2, attr = { data-id = \"7\" } }"),
              IsEmpty());
  EXPECT_THAT(seen.failures("element = { css = \"li.item\", count = { at_least = 2 } }"), IsEmpty());
  EXPECT_EQ(seen.failures("element = { css = \"li.item\", count = 3 }"),
            Lines{"{'code':'wrong_element_count','key':'element.count','subject':'li.item','wanted':{'kind':'literal','"
                  "text':'3'},'got':{'number':2}}"});
  EXPECT_EQ(seen.failures("element = { css = \"li.item\", text = \"Milk\" }"),
            Lines{"{'code':'wrong_element_text','key':'element.text','subject':'li.item','wanted':{'kind':'part','text'"
                  ":'Milk'},'got':{'text':'Tea 3','bytes':5}}"});
  EXPECT_EQ(seen.failures("element = { css = \"li.item\", attr = { href = \"/x\" } }"),
            Lines{"{'code':'missing_element_attribute','key':'element.attr.href','subject':'li.item','part':'href','"
                  "wanted':{'kind':'equal','text':'/x'}}"});
  EXPECT_THAT(seen.failures("element = { css = \"#gone\", count = 0 }"), IsEmpty());
  EXPECT_EQ(seen.failures("element = { css = \"#gone\", count = 0, text = \"Milk\" }"),
            Lines{"{'code':'missing_element','key':'element','subject':'#gone'}"})
      << "nothing can be said of what is not there";
  EXPECT_EQ(seen.failures("element = \"#gone\""),
            Lines{"{'code':'missing_element','key':'element','subject':'#gone'}"});
  EXPECT_EQ(
      seen.failures("no_element = \"li.item\""),
      Lines{"{'code':'unwanted_element','key':'no_element','subject':'li.item','got':{'text':'Tea 3','bytes':5}}"});
  EXPECT_THAT(seen.failures("no_element = { css = \"li.item\", text = \"Milk\" }"), IsEmpty());
}

TEST(Expect, ErrorsAtFieldsAndOfTheForm) {
  Seen seen;
  seen.page->field_names = {"E-mail", "email", "Password"};
  seen.page->shown = {{{"E-mail", "email"}, "Must hold an @"}, {{}, "Please correct the errors below"}};
  EXPECT_THAT(seen.failures("field_error = { E-mail = \"must hold\" }"), IsEmpty())
      << "case does not count in the words of an error";
  EXPECT_THAT(seen.failures("field_error = { email = \"@\" }"), IsEmpty());
  EXPECT_THAT(seen.failures("field_error = { \"e-mail *:\" = \"@\" }"), IsEmpty()) << "nor in the field's label";
  EXPECT_EQ(seen.failures("no_field_error = \"E-MAIL\"").size(), 1U);
  EXPECT_THAT(seen.failures("form_error = \"correct the errors\""), IsEmpty());
  EXPECT_EQ(seen.failures("field_error = { E-mail = \"taken\" }"),
            Lines{"{'code':'wrong_field_error','key':'field_error.E-mail','subject':'E-mail','wanted':{'kind':'part','"
                  "text':'taken'},'shown':[{'labels':['E-mail','email'],'words':'Must hold an @'}]}"});
  EXPECT_EQ(seen.failures("field_error = { Password = \"short\" }"),
            Lines{"{'code':'missing_field_error','key':'field_error.Password','subject':'Password','wanted':{'kind':'"
                  "part','text':'short'},'shown':[{'labels':['E-mail','email'],'words':'Must hold an "
                  "@'},{'labels':[],'words':'Please correct the errors below'}]}"});
  EXPECT_EQ(seen.failures("no_field_error = true"),
            Lines{"{'code':'unwanted_field_error','key':'no_field_error','subject':'E-mail','shown':[{'labels':['E-"
                  "mail','email'],'words':'Must hold an @'}]}"});
  EXPECT_THAT(seen.failures("no_field_error = \"Password\""), IsEmpty());
  seen.page->shown.clear();
  EXPECT_EQ(seen.failures("form_error = \"wrong\""),
            Lines{"{'code':'missing_form_error','key':'form_error','wanted':{'kind':'part','text':'wrong'}}"});
}

TEST(Expect, HeadersByNameWithoutCase) {
  Seen seen;
  seen.page->header_lines = {{"Cache-Control", "no-store"}};
  EXPECT_THAT(seen.failures("header = { cache-control = \"no-store\" }"), IsEmpty());
  EXPECT_EQ(seen.failures("header = { Cache-Control = \"private\" }"),
            Lines{"{'code':'wrong_header','key':'header.Cache-Control','subject':'Cache-Control','wanted':{'kind':'"
                  "equal','text':'private'},'got':{'text':'no-store','bytes':8}}"});
  EXPECT_EQ(seen.failures("header = { Cache-Contrl = \"no-store\" }"),
            Lines{"{'code':'missing_header','key':'header.Cache-Contrl','subject':'Cache-Contrl','wanted':{'kind':'"
                  "equal','text':'no-store'},'others':['Cache-Control']}"});
  EXPECT_THAT(seen.failures("header = { X-Debug = { not = \"on\" } }"), IsEmpty());
  EXPECT_THAT(seen.failures("header = { Cache-Contrl = { not = \"private\" } }").front(), HasSubstr("missing_header"))
      << "a misspelled name, of which a negation holds always";
}

TEST(Expect, EveryValueOfAHeaderThatComesAgainCounts) {
  Seen seen;
  seen.page->header_lines = {{"X-Frame-Options", "DENY"}, {"Vary", "Cookie"}, {"x-frame-options", "ALLOWALL"}};
  EXPECT_EQ(seen.failures("header = { X-Frame-Options = \"DENY\" }"),
            Lines{"{'code':'wrong_header','key':'header.X-Frame-Options','subject':'X-Frame-Options','wanted':{'kind':'"
                  "equal','text':'DENY'},'got':{'text':'DENY, ALLOWALL','bytes':14}}"});
  for (const char* failing : {R"("ALLOWALL")", R"({ matches = "^(DENY|SAMEORIGIN)$" })", R"({ not = "ALLOWALL" })",
                              R"({ not = { contains = "ALLOW" } })", R"({ not = { matches = "ALLOW" } })"})
    EXPECT_EQ(seen.failures(std::string("header = { X-Frame-Options = ") + failing + " }").size(), 1U) << failing;
  for (const char* holding : {R"("DENY, ALLOWALL")", R"({ contains = "ALLOWALL" })", R"({ matches = "^[A-Z]+$" })",
                              R"({ not = "SAMEORIGIN" })", R"({ not = { not = "DENY, ALLOWALL" } })"})
    EXPECT_THAT(seen.failures(std::string("header = { X-Frame-Options = ") + holding + " }"), IsEmpty()) << holding;

  seen.page->header_lines = {{"Age", "9"}, {"Age", "2"}};
  EXPECT_EQ(seen.failures("header = { Age = { at_least = 5 } }").size(), 1U);
  EXPECT_THAT(seen.failures("header = { Age = { at_least = 2 } }"), IsEmpty());
  EXPECT_EQ(seen.failures("header = { Age = { not = { at_least = 5 } } }").size(), 1U);
  seen.page->header_lines = {{"Cache-Control", "no-store"}, {"Cache-Control", "private"}};
  EXPECT_THAT(seen.failures("header = { Cache-Control = { contains = \"no-store\" } }"), IsEmpty())
      << "a list may come in several lines";
}

TEST(Expect, NothingIsFoundInWhatIsNoHtml) {
  Seen seen;
  seen.page->html = false;
  seen.page->header_lines = {{"Content-Type", "application/json"}};
  for (const char* expect :
       {"title = { not = \"Error\" }", "no_element = \".error\"", "element = { css = \".error\", count = 0 }",
        "element = \"main\"", "no_field_error = true"})
    EXPECT_THAT(seen.failures(expect).front(), HasSubstr("'code':'not_html'")) << expect;
  EXPECT_THAT(seen.failures("no_text = \"Error\""), IsEmpty()) << "which has text, all the same";
}

TEST(Expect, EmptyWordsAreNotLookedFor) {
  Seen seen;
  seen.captured = " ";
  seen.page->words = "Welcome, Ada";
  seen.page->shown = {{{}, "Wrong"}};
  for (const char* expect :
       {"text = \"${ada.email}\"", "no_text = \"${ada.email}\"", "text = { not = \" ${ada.email}\" }",
        "form_error = \"${ada.email}\"", "title = { contains = \"${ada.email}\" }"})
    EXPECT_THAT(seen.failures(expect).front(), HasSubstr("there is nothing to look for")) << expect;
}

TEST(Expect, CookiesAndTheirAttributes) {
  Seen seen;
  drive::Cookie session = cookie("sid", "two");
  session.secure = true;
  session.same_site = "Lax";
  seen.cookies = {session};
  seen.cookies_before = {cookie("sid", "one")};
  EXPECT_THAT(
      seen.failures(
          "cookie = { sid = { secure = true, same_site = \"Lax\", path = \"/\", session = true, changed = true } }"),
      IsEmpty());
  EXPECT_EQ(seen.failures("cookie = { sid = { http_only = true } }"),
            Lines{"{'code':'cookie_without_flag','key':'cookie.sid.http_only','subject':'sid','part':'http_only'}"});
  EXPECT_EQ(seen.failures("cookie = { sid = { unchanged = true } }"),
            Lines{"{'code':'cookie_renewed','key':'cookie.sid.unchanged','subject':'sid','part':'unchanged','got':{'"
                  "change':'replaced'}}"});
  EXPECT_EQ(seen.failures("cookie = { sid = { absent = true } }"),
            Lines{"{'code':'unwanted_cookie','key':'cookie.sid.absent','subject':'sid','part':'absent'}"});
  EXPECT_EQ(seen.failures("cookie = { sid = { max_age = { at_least = 60 } } }"),
            Lines{"{'code':'wrong_cookie_attribute','key':'cookie.sid.max_age','subject':'sid','part':'max_age','"
                  "wanted':{'kind':'at_least','text':'60'},'got':{'text':'none','bytes':4}}"});
  EXPECT_THAT(seen.failures("cookie = { other = { absent = true } }"), IsEmpty());
  for (const char* said : {"unchanged = true", "unchanged = false", "changed = true", "changed = false"})
    EXPECT_THAT(seen.failures(std::string("cookie = { other = { ") + said + " } }").front(),
                HasSubstr("'got':{'change':'never_there'}"))
        << said << ": none before, none after";
  EXPECT_EQ(seen.failures("cookie = { other = { secure = true } }"),
            Lines{"{'code':'missing_cookie','key':'cookie.other','subject':'other','others':['sid']}"});
}

TEST(Expect, ACookieTheBrowserDroppedSaysWhy) {
  Seen seen;
  seen.dropped = {{.name = "sid", .why = record::CookieDrop::secure_over_http, .domain = {}, .host = {}, .bytes = 0}};
  EXPECT_THAT(seen.failures("cookie = { sid = { secure = true } }").front(), HasSubstr("'why':'secure_over_http'"));
}

TEST(Expect, JsonByPointer) {
  Seen seen;
  seen.page->content = R"({"user":{"name":"Ada","age":36,"admin":false,"tags":["a"]},"none":null})";
  EXPECT_THAT(seen.failures(
                  R"(json = { "/user/name" = "Ada", "/user/age" = 36, "/user/admin" = false, "/user/tags/0" = "a" })"),
              IsEmpty());
  EXPECT_THAT(seen.failures(R"(json = { "/user/age" = { at_least = 18 } })"), IsEmpty());
  EXPECT_EQ(seen.failures(R"(json = { "/user/name" = "Eve" })"),
            Lines{"{'code':'wrong_json','key':'json./user/name','subject':'/user/"
                  "name','wanted':{'kind':'equal','text':'Eve'},'got':{'text':'Ada','bytes':3}}"});
  EXPECT_EQ(seen.failures(R"(json = { "/user/age" = "36" })"),
            Lines{"{'code':'wrong_json','key':'json./user/age','subject':'/user/"
                  "age','wanted':{'kind':'equal','text':'36'},'got':{'text':'36','bytes':2,'is_literal':true}}"});
  EXPECT_THAT(seen.failures(R"(json = { "/user/nme" = "Ada" })").front(), HasSubstr("'code':'missing_json'"));
  EXPECT_THAT(seen.failures(R"(json = { "/none" = { not = "Ada" } })").front(), HasSubstr("'text':'null'"));
  seen.page->content = R"({"digits":"36","age":36,"yes":true})";
  EXPECT_EQ(
      seen.failures(R"(json = { "/digits" = { at_least = 3 } })"),
      Lines{R"({'code':'wrong_json','key':'json./digits','subject':'/digits','wanted':{'kind':'at_least','text':'3'},)"
            R"('got':{'text':'\'36\'','bytes':4,'is_literal':true}})"})
      << "text that looks like a number";
  EXPECT_EQ(seen.failures(R"(json = { "/digits" = { not = { at_least = 99 } } })").size(), 1U);
  EXPECT_EQ(seen.failures(R"(json = { "/yes" = { at_least = 0 } })").size(), 1U);
  EXPECT_THAT(seen.failures(R"(json = { "/age" = { not = { at_least = 99 } } })"), IsEmpty());
  seen.page->content = "<html>";
  EXPECT_EQ(seen.failures(R"(json = { "/a" = 1 })"),
            Lines{"{'code':'not_json','key':'json./a','subject':'/a','got':{'text':'<html>','bytes':6}}"});
}

TEST(Expect, JsonListsNullsAndLengths) {
  Seen seen;
  seen.page->content = ")]}',\n"
                       R"({"tags":["a","b"],"none":[],"null":null,"text":"3","user":{"name":"Ada"},"n":[1,[2,true]]})";
  for (const char* holds :
       {R"("/tags" = ["a", { contains = "b" }])", R"("/none" = [])", R"("/n" = [1, [2, true]])",
        R"("/null" = { null = true })", R"("/text" = { null = false })", R"("/gone" = { absent = true })",
        R"("/null" = { absent = false })", R"("/none" = { length = 0 })", R"("/tags" = { length = { at_least = 2 } })",
        R"("/user" = { length = 1 })", R"("/text" = { length = { not = 2 } })"})
    EXPECT_THAT(seen.failures("json = { " + std::string(holds) + " }"), IsEmpty()) << holds;
  EXPECT_EQ(
      seen.failures(R"(json = { "/tags" = ["b", { not = "c" }] })"),
      Lines{"{'code':'wrong_json','key':'json./tags','subject':'/"
            "tags','wanted':{'kind':'literal','text':'[\\'b\\', { not = \\'c\\' }]'},'got':{'text':'[\\'a\\',\\'b\\']',"
            "'bytes':9,'is_literal':true}}"});
  for (const char* fails :
       {R"("/tags" = [])", R"("/tags" = ["a"])", R"("/tags" = ["a", "b", "c"])", R"("/user" = [])",
        R"("/null" = { null = false })", R"("/gone" = { null = true })", R"("/gone" = { null = false })",
        R"("/null" = { absent = true })", R"("/gone" = { absent = false })", R"("/gone" = { length = 0 })",
        R"("/null" = { length = 0 })", R"("/tags" = { length = 3 })", R"("/text" = { at_least = 3 })",
        R"("/text" = { not = { at_least = 9 } })", R"("/n" = [1, [2, false]])"})
    EXPECT_THAT(seen.failures("json = { " + std::string(fails) + " }"), testing::SizeIs(1)) << fails;
}

TEST(Expect, JsonNumbersAsPeopleWriteThem) {
  Seen seen;
  seen.page->content = R"({"price":2.5,"all":[1.0,1e3,{"a":0.1}]})";
  EXPECT_THAT(seen.failures(R"(json = { "/price" = 3 })").front(), HasSubstr("'got':{'text':'2.5',"));
  EXPECT_THAT(seen.failures(R"(json = { "/all" = [] })").front(), HasSubstr("'got':{'text':'[1,1000,{\\'a\\':0.1}]',"));
  EXPECT_THAT(seen.failures(R"(json = { "/price" = { matches = '^2\.5$' } })"), IsEmpty());
  for (const char* holds : {R"("/price" = 2.50)", R"("/all/0" = 1)", R"("/all/1" = 1000.0)", R"("/all/1" = 1e3)",
                            R"("/price" = { not = 2.51 })"})
    EXPECT_THAT(seen.failures("json = { " + std::string(holds) + " }"), IsEmpty()) << holds;
  for (const char* fails :
       {R"("/price" = { not = 2.50 })", R"("/all/1" = { not = 1000 })", R"("/all/0" = { not = 1.0 })"})
    EXPECT_THAT(seen.failures("json = { " + std::string(fails) + " }"), testing::SizeIs(1)) << fails;
  EXPECT_THAT(seen.failures(R"(json = { "/price" = 3.0 })").front(),
              HasSubstr("'wanted':{'kind':'literal','text':'3.0'}"));
  EXPECT_THAT(seen.failures(R"(json = { "/price" = { at_least = 1e1 } })").front(),
              HasSubstr("'wanted':{'kind':'at_least','text':'1e1'}"));
}

// As a double has them, they are the same.
TEST(Expect, LongWholeNumbersAreComparedToTheLastDigit) {
  Seen seen;
  seen.page->content = R"({"id":9007199254740993})";
  EXPECT_THAT(seen.failures(R"(json = { "/id" = 9007199254740993 })"), IsEmpty());
  EXPECT_THAT(seen.failures(R"(json = { "/id" = 9007199254740992 })"), testing::SizeIs(1));
  EXPECT_THAT(seen.failures(R"(json = { "/id" = { not = 9007199254740992 } })"), IsEmpty());
}

TEST(Expect, NumbersAreShownWithoutQuotes) {
  Seen seen;
  seen.page->header_lines = {{"X-Left", "3600"}};
  EXPECT_THAT(seen.failures("header = { X-Left = { at_least = 7200 } }").front(),
              HasSubstr("'got':{'text':'3600','bytes':4,'is_literal':true}"));
  drive::Cookie sid = cookie("sid", "a");
  sid.max_age = 3600;
  seen.cookies = {sid};
  EXPECT_THAT(seen.failures("cookie = { sid = { max_age = 10 } }").front(),
              HasSubstr("'wanted':{'kind':'literal','text':'10'},'got':{'text':'3600','bytes':4,'is_literal':true}"));
  EXPECT_THAT(seen.failures("cookie = { sid = { max_age = { not = 3600 } } }"), testing::SizeIs(1));
}

TEST(Expect, JsonBehindWhatGuardsItFromOtherSites) {
  Seen seen;
  for (const char* guard : {")]}',\n", ")]}'\n", ")]}',", "while(1);", "for (;;);", " \xEF\xBB\xBF", "\xEF\xBB\xBF"}) {
    seen.page->content = guard + std::string(R"({ "a": 1 })");
    EXPECT_EQ(seen.failures(R"(json = { "/a" = 1 })").size(), guard[0] == ' ' ? 1U : 0U) << guard;
  }
  seen.page->content = "alert(1);{}";
  EXPECT_THAT(seen.failures(R"(json = { "/a" = 1 })").front(), HasSubstr("'code':'not_json'"));
}

TEST(Expect, WithinAndForm) {
  Seen seen;
  seen.duration = std::chrono::milliseconds(900);
  seen.page->forms = {"Sign in"};
  EXPECT_EQ(seen.failures("within = \"800ms\""),
            Lines{"{'code':'too_slow','key':'within','wanted':{'number':800},'got':{'number':900}}"});
  EXPECT_THAT(seen.failures("within = \"1s\""), IsEmpty());
  EXPECT_THAT(seen.failures("form = \"Sign in\""), IsEmpty());
  EXPECT_EQ(seen.failures("form = \"Sign up\""),
            Lines{"{'code':'missing_form','key':'form','subject':'Sign up','reason':{'what':'no such form','hint':'the "
                  "page has others'}}"});
}

// What is misspelled is nowhere, so that nothing is proved by its absence.
TEST(Expect, AbsenceOfAMisspelledNameFails) {
  Seen seen;
  seen.page->field_names = {"Email"};
  EXPECT_THAT(seen.failures(R"(no_field_error = ["Email", "email"])"), IsEmpty());
  EXPECT_EQ(seen.failures(R"(no_field_error = ["Emial", "email"])"),
            Lines{"{'code':'missing_field','key':'no_field_error','subject':'Emial','reason':{'what':'no such "
                  "field','hint':'the page has others'}}"});

  seen.cookies = {cookie("session_id", "1")};
  EXPECT_EQ(seen.failures("cookie = { sesion_id = { absent = true } }"),
            Lines{"{'code':'unknown_cookie','key':'cookie.sesion_id.absent','subject':'sesion_id','part':'absent',"
                  "'others':['session_id']}"});
  seen.cookies.push_back(cookie("lang", "en"));
  EXPECT_THAT(seen.failures("cookie = { long = { absent = true } }"), IsEmpty()) << "a short word of its own";
  EXPECT_THAT(seen.failures("cookie = { Lang = { absent = true } }"), testing::SizeIs(1));
  seen.cookies_before = std::exchange(seen.cookies, {});
  EXPECT_THAT(seen.failures("cookie = { session-id = { absent = true } }"), testing::SizeIs(1))
      << "the session held it before the step";
  seen.heard_of = "session_id";
  EXPECT_THAT(seen.failures("cookie = { session_id = { absent = true } }"), IsEmpty());
  EXPECT_THAT(seen.failures("cookie = { remember_me = { absent = true } }"), IsEmpty()) << "nothing is called alike";

  seen.page->words = "Please wait. Invalid password! You have 3 erorrs";
  EXPECT_EQ(
      seen.failures("no_text = \"Invlid password\""),
      Lines{
          "{'code':'unwanted_text','key':'no_text','wanted':{'kind':'part','text':'Invlid "
          "password'},'got':{'text':'Please wait. Invalid password! You have 3 erorrs','bytes':48},'others':['Invalid "
          "password']}"});
  for (const char* other : {"Valid password", "Invalid passwords", "Invalid passkey", "error", "errors in it"})
    EXPECT_THAT(seen.failures("no_text = \"" + std::string(other) + "\""), IsEmpty()) << other;
  EXPECT_THAT(seen.failures("no_text = { matches = \"Invlid\" }"), IsEmpty());
  seen.captured = "Invlid password";
  EXPECT_THAT(seen.failures("no_text = \"${ada.email}\""), IsEmpty()) << "no one has written it";
  seen.captured.reset();

  const drive::Element flash{"Sorry", {{"class", "box flash-error"}, {"data-message", "warning"}}};
  seen.page->elements = {{"*", {flash}}, {"p.flash-error", {flash}}, {"[data-message=warning]", {flash}}};
  EXPECT_EQ(
      seen.failures("no_element = \"p.flahs-error\""),
      Lines{"{'code':'unwanted_element','key':'no_element','subject':'p.flahs-error','got':{'text':'Sorry','bytes':5},"
            "'others':['p.flash-error']}"});
  EXPECT_THAT(seen.failures("no_element = \"[data-mesage=warning]\""), testing::SizeIs(1));
  EXPECT_THAT(seen.failures("no_element = \"[data-message=warnnig]\""), testing::SizeIs(1));
  for (const char* other : {"p.flash-errors", "p.flash", "div.flahs-error", ".box", "[data-massage=warning]"})
    EXPECT_THAT(seen.failures("no_element = \"" + std::string(other) + "\""), IsEmpty()) << other;
  EXPECT_THAT(seen.failures("no_element = { css = \"p.flahs-error\", text = \"Welcome\" }"), IsEmpty());

  seen.page->content = R"({"user": {"name": "Ada", "password_hash": "x", "roles": []}, "a/b": 1})";
  EXPECT_EQ(seen.failures(R"(json = { "/user/pasword_hash" = { absent = true } })"),
            Lines{"{'code':'missing_json','key':'json./user/pasword_hash','subject':'/user/"
                  "pasword_hash','part':'pasword_hash','others':['password_hash']}"});
  for (const char* pointer : {"/user/email", "/user/role", "/user/roles/0", "/user/name/first", "/error/text", "/a~1c"})
    EXPECT_THAT(seen.failures(std::string("json = { \"") + pointer + "\" = { absent = true } }"), IsEmpty()) << pointer;
}

// For each key of the language, what holds on one page and what does not.
struct Contrast {
  std::string holds;
  std::string fails;
};
using Contrasts = std::map<std::string, Contrast>;

Seen profile() {
  Seen seen;
  seen.page->heading = "Profile";
  seen.page->words = "Welcome, Ada";
  seen.page->header_lines = {{"Server", "nginx/1.24"}, {"Age", "9"}};
  seen.page->content = R"({ "name": "Ada" })";
  seen.page->forms = {"Save"};
  seen.page->field_names = {"Email", "Name"};
  seen.page->elements["nav"] = {{"Ada", {{"lang", "en"}}}};
  seen.page->shown = {{{"Email"}, "is taken"}, {{}, "not saved"}};
  seen.before = {fake_page("/login", 303)};
  seen.duration = std::chrono::milliseconds(100);
  drive::Cookie sid = cookie("sid", "new");
  sid.secure = sid.http_only = true;
  sid.same_site = "Lax";
  sid.session = false;
  sid.max_age = 60;
  seen.cookies_before = {cookie("sid", "old"), cookie("theme", "dark")};
  seen.cookies = {sid, cookie("theme", "dark")};
  return seen;
}

void expect_contrasts(const scenario::Vocabulary& keys, const Contrasts& contrasts) {
  const Seen seen = profile();
  for (const std::string& key : keys.names()) {
    const auto found = contrasts.find(key);
    ASSERT_NE(found, contrasts.end()) << key << " of " << keys.of << ": write what holds and what does not";
    EXPECT_THAT(seen.failures(found->second.holds), IsEmpty()) << found->second.holds;
    EXPECT_THAT(seen.failures(found->second.fails), testing::SizeIs(1)) << found->second.fails;
  }
  EXPECT_EQ(contrasts.size(), keys.names().size());
}

TEST(Expect, HoldsAndFailsByEveryKey) {
  expect_contrasts(
      scenario::expect_keys,
      {
          {"status", {"status = 200", "status = 404"}},
          {"page", {R"(page = "/profile")", R"(page = "/login")"}},
          {"came_through", {R"(came_through = ["303 /login"])", "came_through = []"}},
          {"title", {R"(title = "Profile")", R"(title = "Login")"}},
          {"text", {R"(text = "Ada")", R"(text = "Grace")"}},
          {"no_text", {R"(no_text = "Grace")", R"(no_text = "Ada")"}},
          {"element", {R"(element = "nav")", R"(element = "aside")"}},
          {"no_element", {R"(no_element = "aside")", R"(no_element = "nav")"}},
          {"field_error", {R"(field_error = { Email = "taken" })", R"(field_error = { Email = "missing" })"}},
          {"no_field_error", {R"(no_field_error = ["Name"])", "no_field_error = true"}},
          {"idp", {R"(idp = { company = "asks" })", R"(idp = { company = "lets_in" })"}},
          {"form_error", {R"(form_error = "not saved")", R"(form_error = "taken")"}},
          {"header", {R"(header = { Age = 9 })", R"(header = { Age = 8 })"}},
          {"cookie", {"cookie = { sid = { absent = false } }", "cookie = { lang = { absent = false } }"}},
          {"json", {R"(json = { "/name" = "Ada" })", R"(json = { "/name" = "Grace" })"}},
          {"dashboard", {R"(dashboard = "open")", R"(dashboard = "closed")"}},
          {"form", {R"(form = "Save")", R"(form = "Sign in")"}},
          {"within", {R"(within = "100ms")", R"(within = "99ms")"}},
      });
}

TEST(Expect, HoldsAndFailsByEveryComparison) {
  expect_contrasts(
      scenario::matcher_keys,
      {
          {"contains", {R"(header.Server = { contains = "nginx" })", R"(header.Server = { contains = "Apache" })"}},
          {"matches",
           {R"(header.Server = { matches = "^nginx/[0-9.]+$" })", R"(header.Server = { matches = "^[0-9]+$" })"}},
          {"not", {R"(header.Server = { not = "Apache" })", R"(header.Server = { not = "nginx/1.24" })"}},
          {"at_least", {"header.Age = { at_least = 9 }", "header.Age = { at_least = 10 }"}},
      });
}

TEST(Expect, HoldsAndFailsByEverythingSaidOfAJsonValue) {
  expect_contrasts(scenario::json_value_keys,
                   {
                       {"null", {R"(json."/name" = { null = false })", R"(json."/name" = { null = true })"}},
                       {"absent", {R"(json."/age" = { absent = true })", R"(json."/name" = { absent = true })"}},
                       {"length", {R"(json."/name" = { length = 3 })", R"(json."/name" = { length = 4 })"}},
                   });
}

TEST(Expect, HoldsAndFailsByEverythingSaidOfAnElement) {
  expect_contrasts(
      scenario::element_keys,
      {
          {"css", {R"(element.css = "nav")", R"(element.css = "aside")"}},
          {"text", {R"(element = { css = "nav", text = "Ada" })", R"(element = { css = "nav", text = "Grace" })"}},
          {"count", {R"(element = { css = "nav", count = 1 })", R"(element = { css = "nav", count = 2 })"}},
          {"attr",
           {R"(element = { css = "nav", attr.lang = "en" })", R"(element = { css = "nav", attr.lang = "de" })"}},
      });
}

TEST(Expect, HoldsAndFailsByEverythingSaidOfACookie) {
  expect_contrasts(
      scenario::cookie_keys,
      {
          {"secure", {"cookie.sid.secure = true", "cookie.sid.secure = false"}},
          {"http_only", {"cookie.sid.http_only = true", "cookie.sid.http_only = false"}},
          {"same_site", {R"(cookie.sid.same_site = "Lax")", R"(cookie.sid.same_site = "Strict")"}},
          {"path", {R"(cookie.sid.path = "/")", R"(cookie.sid.path = "/app")"}},
          {"domain", {R"(cookie.sid.domain = "app.test")", R"(cookie.sid.domain = "test")"}},
          {"session", {"cookie.sid.session = false", "cookie.sid.session = true"}},
          {"max_age", {"cookie.sid.max_age = { at_least = 60 }", "cookie.sid.max_age = { at_least = 61 }"}},
          {"value", {R"(cookie.sid.value = "new")", R"(cookie.sid.value = "old")"}},
          {"changed", {"cookie.sid.changed = true", "cookie.theme.changed = true"}},
          {"unchanged", {"cookie.theme.unchanged = true", "cookie.sid.unchanged = true"}},
          {"absent", {"cookie.lang.absent = true", "cookie.sid.absent = true"}},
      });
}

} // namespace
} // namespace murphy::run
