// The frames of a page, in a web of plain values. What Chromium does in the same places is asked in tests/conformance.
#include "drive/http_driver.h"

#include <gmock/gmock.h>
#include <map>

namespace murphy::drive {
namespace {

using record::FailureCode;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

constexpr const char* form = "<title>Inner</title><p>Inside</p><form method=post action=/done><label>Name <input "
                             "name=n></label><button>Go</button></form>";

class Frames : public testing::Test {
protected:
  // `address` without "http://".
  void serve(const std::string& address, std::string body, std::vector<record::Header> headers = {}, int status = 200) {
    web::Response response;
    response.status = status;
    response.headers = std::move(headers);
    response.headers.push_back({"Content-Type", "text/html"});
    response.body = std::move(body);
    web_[address] = std::move(response);
  }

  const std::unique_ptr<Driver> driver_ = make_http_driver(
      {[this](const web::Request& request, web::TimePoint, const std::stop_token&) { return answer(request); },
       *web::Url::parse("http://app.test/")});
  std::vector<std::string> log_; // "GET app.test/inner iframe"

private:
  std::expected<web::Response, web::TransportError> answer(const web::Request& request) {
    const std::string address = request.url.host() + request.url.path();
    log_.push_back(request.method + " " + address);
    const auto found = web_.find(address);
    if (found != web_.end()) return found->second;
    web::Response response;
    response.status = 404;
    response.headers = {{"Content-Type", "text/html"}};
    response.body = "<title>None</title>Not there";
    return response;
  }
  std::map<std::string, web::Response> web_;
};

TEST_F(Frames, ShowWhatWordsNameAsAWholeBeforeWhatTheyAreAPartOf) {
  serve("app.test/", "<title>Portal</title><form method=post action=/search><button>Go to the search</button></form>"
                     "<a href=/search>Leave now</a><iframe src=/inner></iframe>");
  serve("app.test/inner", std::string(form) + "<a href=/done>Leave</a>");
  for (const char* way : {"submit", "click", "leave"}) {
    ASSERT_TRUE(driver_->open("/", {}));
    EXPECT_EQ(driver_->page()->form("Go", {})->fields.size(), 1U);
    log_.clear();
    const Visited gone = way == std::string("submit")  ? driver_->submit("Go", {}, {}, {})
                         : way == std::string("click") ? driver_->click("Go", {})
                                                       : driver_->click("Leave", {});
    ASSERT_TRUE(gone) << way;
    EXPECT_THAT(log_.front(), HasSubstr("app.test/done")) << way;
  }
  ASSERT_TRUE(driver_->open("/", {}));
  EXPECT_TRUE(driver_->submit("Go to", {}, {}, {}));
  EXPECT_THAT(log_.back(), HasSubstr("app.test/search"));
}

// What is sent past the page says which form is meant, too.
TEST_F(Frames, OfFormsThatGoByTheSameWordsTheOneWithTheEntriesIsSent) {
  serve("app.test/", "<title>Two</title><form method=post action=/first><input name=a><button>Save</button></form>"
                     "<form method=post action=/second><input name=b><button>Save</button></form>");
  ASSERT_TRUE(driver_->open("/", {}));
  EXPECT_FALSE(driver_->submit("Save", {}, {}, {}));
  EXPECT_FALSE(driver_->submit("Save", {}, {{"c", Value(std::string("1"))}}, {}));
  EXPECT_TRUE(driver_->submit("Save", {}, {{"b", Value(std::string("1"))}}, {}));
  EXPECT_THAT(log_.back(), HasSubstr("app.test/second"));
}

TEST_F(Frames, OfAFormWhatWouldGoOutIsKnownBefore) {
  serve("app.test/", "<title>Portal</title><iframe name=box src=/inner></iframe>");
  serve("app.test/inner", form);
  ASSERT_TRUE(driver_->open("/", {}));
  log_.clear();
  const auto secret = std::make_shared<const Secret>(std::string("hush"), "ada.password");
  const auto filled = driver_->preview("Go", {{.field = "Name", .value = Value(secret)}}, {});
  ASSERT_TRUE(filled) << filled.error().error.what;
  EXPECT_EQ(filled->action, "http://app.test/done");
  EXPECT_EQ(filled->method, "POST");
  ASSERT_EQ(filled->fields.size(), 1U);
  EXPECT_EQ(filled->fields.front().value, "‹ada.password›");
  EXPECT_THAT(filled->frame.value_or(""), HasSubstr("box"));
  EXPECT_FALSE(driver_->preview("Come", {}, {}));
  EXPECT_THAT(log_, IsEmpty()) << "nothing is sent";
}

TEST_F(Frames, AreLoadedWithThePageAndFoundInIt) {
  serve("app.test/", "<title>Portal</title><h1>Portal</h1><iframe src=/inner></iframe>");
  serve("app.test/inner", form);
  serve("app.test/done", "<title>Done</title><p class=done>Well done</p>", {{"X-Answer", "inner"}}, 201);
  const auto opened = driver_->open("/", {});
  ASSERT_TRUE(opened);
  EXPECT_THAT(log_, ElementsAre("GET app.test/", "GET app.test/inner"));
  EXPECT_EQ(opened->answers.size(), 1U) << "no redirect";
  EXPECT_EQ(opened->exchanges.back().reason, record::Reason::framed);
  const Page& page = *opened->page;
  EXPECT_EQ(page.title(), "Portal");
  EXPECT_EQ(page.text(), "Portal Inside Name Go");
  EXPECT_TRUE(page.has_form("Go"));
  EXPECT_TRUE(page.has_field("Name"));
  EXPECT_TRUE(page.form("Go", {"Name"}));
  EXPECT_EQ(page.seen().forms.size(), 1U);

  const auto sent = driver_->submit("Go", {{"Name", Value("Ada")}}, {}, {});
  ASSERT_TRUE(sent);
  EXPECT_EQ(sent->form->frame, "/inner");
  EXPECT_EQ(sent->page->path(), "/") << "the window stays where it is";
  EXPECT_EQ(sent->page->status(), 201);
  EXPECT_NE(record::find_header(sent->page->headers(), "X-Answer"), nullptr);
  EXPECT_EQ(sent->page->text(), "Portal Well done");
  EXPECT_EQ(sent->page->select(".done")->size(), 1U);
  EXPECT_EQ(driver_->page(), sent->page);
  EXPECT_EQ(opened->page->text(), "Portal Inside Name Go") << "a page that was shown stays what it was";
}

TEST_F(Frames, MayBeTheWholePage) {
  serve("app.test/", "<title>Portal</title><frameset cols='20%,*'><frame name=menu src=/menu><frame name=main "
                     "src=/inner></frameset>");
  serve("app.test/menu", "<title>Menu</title><a href=/other target=main>Other</a>");
  serve("app.test/inner", form);
  serve("app.test/other", "<title>Other</title>The other page");
  ASSERT_TRUE(driver_->open("/", {}));
  const auto clicked = driver_->click("Other", {});
  ASSERT_TRUE(clicked);
  EXPECT_EQ(clicked->page->text(), "Other The other page");
  EXPECT_FALSE(clicked->page->has_form("Go"));
}

TEST_F(Frames, AreNamedWhereSomethingIsMissing) {
  serve("app.test/", "<title>Portal</title><iframe src=/inner name=login></iframe><iframe src=/shut></iframe><iframe "
                     "src=/empty></iframe>");
  serve("app.test/inner", form);
  serve("app.test/shut", form, {{"X-Frame-Options", "DENY"}});
  serve("app.test/empty", "<p>Nothing");
  ASSERT_TRUE(driver_->open("/", {}));
  const auto sent = driver_->submit("Sign in", {}, {}, {});
  ASSERT_FALSE(sent);
  EXPECT_EQ(sent.error().error.hint,
            "the page has no forms\nthe forms of the frame “login” (/inner) are:\n  Go (POST /done): Name\nthe frame "
            "/shut is empty: X-Frame-Options: DENY\nthe frame /empty has no forms");
  EXPECT_THAT(driver_->page()->has_form("Sign in").error().reason.hint, HasSubstr("“login” (/inner)"));
}

TEST_F(Frames, ShowNothingThatMayNotBeShown) {
  struct Row {
    std::string name, value;
    bool shown;
  };
  for (const Row& row : {Row{"X-Frame-Options", "DENY", false},
                         {"X-Frame-Options", "SAMEORIGIN", true},
                         {"X-Frame-Options", "SAMEORIGIN, DENY", false},
                         {"X-Frame-Options", "ALLOW-FROM x", true},
                         {"Content-Security-Policy", "frame-ancestors 'none'", false},
                         {"Content-Security-Policy", "frame-ancestors 'self'", true}}) {
    serve("app.test/", "<iframe src=/inner></iframe>");
    serve("app.test/inner", form, {{row.name, row.value}});
    const auto opened = driver_->open("/", {});
    ASSERT_TRUE(opened);
    EXPECT_EQ(opened->page->has_form("Go").has_value(), row.shown) << row.value;
  }
  serve("app.test/", "<iframe src=/inner></iframe>", {{"Content-Security-Policy", "frame-src 'none'"}});
  log_.clear();
  const auto opened = driver_->open("/", {});
  EXPECT_THAT(log_, ElementsAre("GET app.test/"));
  EXPECT_THAT(opened->page->has_form("Go").error().reason.hint, HasSubstr("frame-src 'none'"));
}

TEST_F(Frames, StayAsTheyAreWhereARedirectIsNotFollowed) {
  serve("app.test/", "<iframe src=/inner></iframe>");
  serve("app.test/inner", form);
  serve("app.test/done", "", {{"Location", "/elsewhere"}}, 303);
  ASSERT_TRUE(driver_->open("/", {}));
  Limits limits;
  limits.follow_redirects = false;
  const auto sent = driver_->submit("Go", {}, {}, limits);
  ASSERT_TRUE(sent);
  EXPECT_EQ(sent->page->status(), 303);
  EXPECT_NE(record::find_header(sent->page->headers(), "Location"), nullptr);
  EXPECT_TRUE(sent->page->has_form("Go"));
}

TEST_F(Frames, ThatMayNotShowAnAnswerFailTheStep) {
  serve("app.test/", "<iframe src=/inner></iframe>");
  serve("app.test/inner", form);
  serve("app.test/done", "<p>Done", {{"X-Frame-Options", "DENY"}});
  ASSERT_TRUE(driver_->open("/", {}));
  const auto sent = driver_->submit("Go", {}, {}, {});
  ASSERT_FALSE(sent);
  EXPECT_EQ(sent.error().code, FailureCode::forbidden_frame);
  EXPECT_EQ(sent.error().error.what, "/done may not be shown in the frame /inner: X-Frame-Options: DENY");
  EXPECT_EQ(sent.error().exchanges.size(), 1U);
}

TEST_F(Frames, KeepToTheirSandbox) {
  serve("app.test/inner", form);
  serve("app.test/", "<iframe sandbox src=/inner></iframe>");
  ASSERT_TRUE(driver_->open("/", {}));
  EXPECT_EQ(driver_->submit("Go", {}, {}, {}).error().code, FailureCode::forbidden_form);
  serve("app.test/", "<iframe sandbox=allow-forms src=/top></iframe>");
  serve("app.test/top", "<form target=_top action=/done><button>Go</button></form>");
  ASSERT_TRUE(driver_->open("/", {}));
  log_.clear();
  EXPECT_EQ(driver_->submit("Go", {}, {}, {}).error().code, FailureCode::forbidden_frame);
  EXPECT_THAT(log_, IsEmpty());
}

TEST_F(Frames, MaySendTheWholeWindowOn) {
  serve("app.test/inner", "<form target=_top method=post action=/done><button>Go</button></form>");
  serve("app.test/", "<iframe src=/inner></iframe>");
  serve("app.test/done", "<title>Done</title>");
  ASSERT_TRUE(driver_->open("/", {}));
  EXPECT_EQ(driver_->submit("Go", {}, {}, {})->page->path(), "/done");
  serve("app.test/inner",
        "<form target=_top method=post action=/done></form><script>document.forms[0].submit()</script>");
  EXPECT_EQ(driver_->open("/", {})->page->path(), "/done");
}

TEST_F(Frames, AreNoMoreThanAreBounded) {
  std::string many;
  for (int i = 0; i < 50; ++i) many += "<iframe src=/inner></iframe>";
  serve("app.test/", many);
  serve("app.test/inner", "<p>Inside");
  ASSERT_TRUE(driver_->open("/", {}));
  EXPECT_EQ(log_.size(), 21U);
  log_.clear();
  serve("app.test/", "<iframe src=/></iframe>");
  ASSERT_TRUE(driver_->open("/", {}));
  EXPECT_THAT(log_, ElementsAre("GET app.test/", "GET app.test/")) << "a page in itself is loaded once more";
}

TEST_F(Frames, HoldDocumentsOfTheirOwnSource) {
  serve("app.test/",
        "<iframe srcdoc=\"<form method=post action=done><button>Go</button></form>\"></iframe><iframe "
        "src='javascript:1'></iframe><iframe src='data:text/html,x'></iframe><iframe></iframe>",
        {{"Content-Security-Policy", "form-action 'self'"}});
  serve("app.test/done", "<p>Done");
  ASSERT_TRUE(driver_->open("/", {}));
  EXPECT_THAT(log_, ElementsAre("GET app.test/"));
  EXPECT_EQ(driver_->submit("Go", {}, {}, {})->page->text(), "Done");
  serve("app.test/", "<iframe srcdoc=\"<form method=post action=done><button>Go</button></form>\"></iframe>",
        {{"Content-Security-Policy", "form-action 'none'"}});
  ASSERT_TRUE(driver_->open("/", {}));
  EXPECT_EQ(driver_->submit("Go", {}, {}, {}).error().code, FailureCode::forbidden_form)
      << "the policy of the page holds in its source";
}

} // namespace
} // namespace murphy::drive
