#include "web/forms/shown_errors.h"

#include "page_support.h"

#include <string>
#include <tuple>

namespace murphy::web {
namespace {

// `Email, user[email]: is wrong` on a line of its own for each.
std::string shown(const FormPage& page) {
  std::string text;
  for (const ShownError& error : shown_errors(*page.document, page.forms)) {
    for (const std::string& label : error.labels) text += (&label == &error.labels.front() ? "" : ", ") + label;
    text += (error.labels.empty() ? "" : ": ") + error.words + "\n";
  }
  return text;
}

std::string shown(const char* html) { return shown(FormPage(std::string(html))); }

using PageCase = std::tuple<const char*, const char*>;
class RealPages : public testing::TestWithParam<PageCase> {};

TEST_P(RealPages, ShowExactlyTheErrorsTheyShow) {
  const auto& [name, expected] = GetParam();
  EXPECT_EQ(shown(FormPage(real_page(name))), expected) << name;
}

INSTANTIATE_TEST_SUITE_P(Healthy, RealPages,
                         testing::Values(PageCase{"devise/dashboard.html", ""},
                                         PageCase{"devise-production/dashboard.html", ""},
                                         PageCase{"django/dashboard.html", ""}, PageCase{"django/login.html", ""},
                                         PageCase{"django-admin/dashboard.html", ""},
                                         PageCase{"django-admin/login.html", ""},
                                         PageCase{"dokuwiki/dashboard.html", ""}, PageCase{"dokuwiki/login.html", ""},
                                         PageCase{"express/dashboard.html", ""}, PageCase{"express/login.html", ""},
                                         PageCase{"glewlwyd/login.html", ""}, PageCase{"wordpress/dashboard.html", ""},
                                         PageCase{"wordpress/login.html", ""},
                                         // DokuWiki answers an empty submission with the bare page.
                                         PageCase{"dokuwiki/empty.html", ""}));

INSTANTIATE_TEST_SUITE_P(
    Refusing, RealPages,
    testing::Values(
        // Devise says in the same place why it sent a visitor here.
        PageCase{"devise/login.html", "You need to sign in or sign up before continuing.\n"},
        PageCase{"devise-production/login.html", "You need to sign in or sign up before continuing.\n"},
        PageCase{"devise/wrong_password.html", "Invalid Email or password.\n"},
        PageCase{"devise/empty.html", "Invalid Email or password.\n"},
        PageCase{"devise-production/wrong_password.html", "Invalid Email or password.\n"},
        PageCase{"devise-production/empty.html", "Invalid Email or password.\n"},
        PageCase{"django/wrong_password.html",
                 "Please enter a correct email and password. Note that both fields may be case-sensitive.\n"},
        PageCase{"django/empty.html", "Email, username, id_username: This field is required.\nPassword, password, "
                                      "id_password: This field is required.\n"},
        PageCase{"django-admin/wrong_password.html", "Please enter the correct email and password for a staff account. "
                                                     "Note that both fields may be case-sensitive.\n"},
        PageCase{"django-admin/empty.html",
                 "Please correct the errors below.\nEmail, username, id_username: This field is required.\n"
                 "Password, password, id_password: This field is required.\n"},
        PageCase{"dokuwiki/wrong-password.html", "Sorry, username or password was wrong.\n"},
        PageCase{"express/wrong_password.html", "Incorrect username or password.\n"},
        PageCase{"express/empty.html", "Missing credentials\n"},
        PageCase{"wordpress/wrong-password.html",
                 "Error: The password you entered for the username murphy is incorrect. Lost your password?\n"},
        PageCase{"wordpress/empty.html",
                 "Error: The username field is empty.\nError: The password field is empty.\n"}));

TEST(ShownErrors, AreTiedByAria) {
  EXPECT_EQ(shown("<form><label for=e>Email</label><input id=e name=mail aria-invalid=true aria-describedby='hint "
                  "e-err'><small id=hint>We never share it</small>"
                  "<p id=e-err class=field-error>is not registered</p><input name=p></form>"),
            "Email, mail, e: is not registered\n");
  EXPECT_EQ(
      shown("<form><input name=a aria-invalid=true aria-errormessage=x><input name=b></form><p id=x>too short</p>"),
      "a: too short\n");
  EXPECT_EQ(
      shown("<form><input name=a aria-invalid=true aria-describedby=x><input name=b></form><p id=x>too short</p>"),
      "a: too short\n");
  // Without aria-invalid, or beside others, a description is a hint.
  EXPECT_EQ(shown("<form><input name=a aria-describedby=x><input name=b aria-invalid=false "
                  "aria-describedby=x></form><p id=x>8 characters</p>"),
            "");
}

TEST(ShownErrors, AreTiedByTheFrameworksPatterns) {
  // Bootstrap and Laravel: feedback is hidden until its field is marked.
  EXPECT_EQ(shown("<form><div><input name=a class='form-control is-invalid'><span class=invalid-feedback "
                  "role=alert><strong>These credentials do not match our records.</strong></span></div>"
                  "<div><input name=b><div class=invalid-feedback>Please choose</div></div></form>"),
            "a: These credentials do not match our records.\n");
  EXPECT_EQ(shown("<form><div><input name=a><ul class='text-sm text-red-600 mt-2'><li>The email field is "
                  "required.</li></ul></div><input name=b></form>"),
            "a: The email field is required.\n");
  // Bootstrap 3
  EXPECT_EQ(shown("<form><div class='form-group has-error'><label for=a>Name</label><input id=a><span "
                  "class=help-block>is taken</span></div>"
                  "<div class=form-group><input name=b><span class=help-block>8 characters</span></div></form>"),
            "Name, a: is taken\n");
  // Symfony, with Bootstrap and plain
  EXPECT_EQ(shown("<form><div><label for=a>Email</label><input id=a class=is-invalid><div class='invalid-feedback "
                  "d-block'>This value is not valid.</div></div><input name=b></form>"),
            "Email, a: This value is not valid.\n");
  EXPECT_EQ(shown("<form><div><label for=a>Email</label><ul><li>This value should not be blank.</li></ul><input "
                  "id=a></div><input name=b></form>"),
            "Email, a: This value should not be blank.\n");
  // Rails
  EXPECT_EQ(shown("<form><div id=error_explanation><h2>2 errors prohibited this user from being "
                  "saved:</h2><ul><li>Email can't be blank</li><li>Something else</li></ul></div>"
                  "<div class=field_with_errors><label for=e>Email</label></div><div class=field_with_errors><input "
                  "id=e name='user[email]'></div><input name=b></form>"),
            "Email, user[email], e: Email can't be blank\nSomething else\n");
  // jQuery Validation and ASP.NET
  EXPECT_EQ(shown("<form><label for=a>Email</label><input id=a class=error><label for=a class=error>Please "
                  "enter</label><input name=b>"
                  "<span class='text-danger field-validation-error' data-valmsg-for=b>Required!</span></form>"),
            "Email, a: Please enter\nb: Required!\n");
  // GOV.UK
  EXPECT_EQ(shown("<div class=govuk-error-summary role=alert><h2>There is a problem</h2><ul><li><a href='#a'>Enter "
                  "your name</a></li></ul></div>"
                  "<form><div class=govuk-form-group--error><label for=a>Name</label><p id=a-error "
                  "class=govuk-error-message>Enter your name</p><input id=a aria-describedby=a-error></div><input "
                  "name=b></form>"),
            "Name, a: Enter your name\n");
  // Django, as a table
  EXPECT_EQ(shown("<form><table><tr><th><label for=a>A:</label><td><ul class=errorlist><li>bad</li></ul><input "
                  "id=a><tr><td><input id=b></table></form>"),
            "A, a: bad\n");
}

TEST(ShownErrors, AreOfTheFormWhenNoFieldIsMeant) {
  EXPECT_EQ(shown("<div class='alert alert-danger alert-dismissible'><button class=close>×</button> Wrong password "
                  "</div><form><input name=a></form>"),
            "Wrong password\n");
  EXPECT_EQ(shown("<form><div class=error>Wrong</div><label for=a>A</label><input id=a><label for=b>B</label><input "
                  "id=b></form>"),
            "Wrong\n");
  EXPECT_EQ(shown("<div><p role=alert>Locked out</p><form><input name=only></form></div>"), "Locked out\n");
  EXPECT_EQ(shown("<form><input name=a><p class=error>twice</p><input name=b></form><p class=error>twice</p>"),
            "a: twice\n");
  EXPECT_EQ(shown("<p class=error>same</p><p class=error>same</p>"), "same\n");
}

// A box that may be left unticked cannot be wrong: what stands behind it is said of the form.
TEST(ShownErrors, BehindACheckboxAreOfTheForm) {
  for (const char* message :
       {"<p class=error>Not that word</p>", "<p role=alert>Not that word</p>",
        "<p class=error role=alert>Not that word</p>", "<p class='text-sm text-red-600'>Not that word</p>",
        "<br><span class=form-error>Not that word</span>"}) {
    for (const char* box : {"<label><input type=checkbox name=keep> Keep me signed in</label>",
                            "<input type=checkbox id=k name=keep><label for=k>Keep me signed in</label>",
                            "<p><input type=checkbox id=k name=keep><label for=k>Keep me</label></p>"}) {
      EXPECT_EQ(shown(FormPage("<form><label>Name <input name=n></label><label>Word <input type=password "
                               "name=w></label>" +
                               std::string(box) + message + "<button>Enter</button></form>")),
                "Not that word\n")
          << box << message;
    }
  }
  EXPECT_EQ(shown("<form><p><input name=n></p><div><label><input type=checkbox name=keep> Keep me</label><p "
                  "class=error>Not that word</p><button>Enter</button></div></form>"),
            "Not that word\n")
      << "what holds the button, too, is not the box's own";
  for (const char* box :
       {"<input type=checkbox id=k name=terms required>", "<input type=checkbox id=k name=terms aria-invalid=true>"}) {
    EXPECT_EQ(shown(FormPage("<form><input name=n>" + std::string(box) +
                             "<label for=k>The terms</label><p class=error>Accept them</p></form>")),
              "The terms, terms, k: Accept them\n")
        << box;
  }
  EXPECT_EQ(shown("<form><input name=n><div><label><input type=checkbox name=terms> The terms</label><p "
                  "class=error>Accept them</p></div></form>"),
            "The terms, terms: Accept them\n")
      << "in a wrapper of its own";
}

TEST(ShownErrors, ThatAreReadOutAreOfAFieldInItsOwnWrapper) {
  EXPECT_EQ(shown("<form><label>Name <input name=n></label><label>Word <input type=password name=w></label><p "
                  "class=error role=alert>Not that word</p><button>Enter</button></form>"),
            "Not that word\n");
  EXPECT_EQ(shown("<form><p class='text-red-500' role=alert>Not that word</p><input name=n><input name=w></form>"),
            "Not that word\n")
      << "red text, read out";
  EXPECT_EQ(shown("<form><div><label>Name <input name=n></label><span role=alert>Is missing</span></div><input "
                  "name=w></form>"),
            "Name, n: Is missing\n");
  EXPECT_EQ(shown("<form><div><label>Name <input name=n></label><button type=button>Clear</button><span "
                  "role=alert>Is missing</span></div><input name=w></form>"),
            "Name, n: Is missing\n")
      << "a button that sends nothing is part of the field";
  EXPECT_EQ(shown("<form><div><p role=alert>Unknown name</p><label>Name <input name=n></label><button>Go "
                  "on</button></div></form>"),
            "Unknown name\n")
      << "a form of one field";
  EXPECT_EQ(shown("<form><input name=n><input name=w class=is-invalid><span role=alert class=invalid-feedback>Is "
                  "missing</span></form>"),
            "w: Is missing\n")
      << "right behind a field that is marked";
}

TEST(ShownErrors, AreNotWhatIsHiddenOrFriendly) {
  for (const char* html : {"<div class=alert-danger hidden>x wrong</div>",
                           "<div class='alert-danger d-none'>x wrong</div>",
                           "<div class=alert-danger style='display: none'>x wrong</div>",
                           "<div hidden><p class=error>x wrong</p></div>",
                           "<div class=hidden><p class=error>x wrong</p></div>",
                           "<p class=error></p>",
                           "<p class=error> &nbsp; </p>",
                           "<!-- <p class=error>x wrong</p> -->",
                           "<div class='alert alert-success'>Saved it</div>",
                           "<div role=alert class='alert alert-info'>Loading it</div>",
                           "<p class=notice>Signed in</p>",
                           "<a class=text-danger>Delete account</a>",
                           "<label>Name <span class=text-danger>*</span><input></label>",
                           "<body class=error><p>fine</p>",
                           "<form class='has-error'><input></form>",
                           "<div class='error form-row'><label for=a class=error>Name</label><input id=a></div>",
                           "<input class=error value=wrong>",
                           "<script>'<p class=error>x wrong</p>'</script>",
                           "<noscript><p class=error>no scripts</p></noscript>",
                           "<template><p class=error>x wrong</p></template>",
                           "<span class=error-icon>!!</span>",
                           "<p class=mirror>reflect</p>",
                           "<p class=error404>Not found</p>",
                           "<p class=no-errors>All fine</p>"}) {
    EXPECT_EQ(shown(html), "") << html;
  }
}

TEST(ShownErrors, OfRadioButtonsBelongToTheirGroup) {
  EXPECT_EQ(
      shown("<form><fieldset><legend>Plan</legend><label><input type=radio name=plan value=a>A</label><label><input "
            "type=radio name=plan value=b>B</label><p class=error>Choose one</p></fieldset><input name=z></form>"),
      "Plan, A, plan: Choose one\n");
}

TEST(ShownErrors, OfAnAppsOwnMakingArePickedBySelector) {
  const FormPage page(std::string(
      "<form><p><label for=e>Email</label><input id=e name=email><span class='hint bad'>is not an address</span></p>"
      "<p><label for=n>Name</label><input id=n name=name><span class=hint>as on your letters</span></p></form>"
      "<p class='hint bad' hidden>is not shown</p>"));
  EXPECT_TRUE(shown_errors(*page.document, page.forms).empty());
  const auto selector = Selector::parse(".hint.bad");
  ASSERT_TRUE(selector);
  const auto errors = shown_errors(*page.document, page.forms, &*selector);
  ASSERT_EQ(errors.size(), 1U);
  EXPECT_EQ(errors.front().labels, (std::vector<std::string>{"Email", "email", "e"}));
  EXPECT_EQ(errors.front().words, "is not an address");
}

TEST(ShownErrors, OfAnAppsOwnMakingAreOfTheFormOutsideOfAWrapper) {
  const auto selector = Selector::parse(".oops");
  ASSERT_TRUE(selector);
  for (const char* html :
       {"<form><label>Name <input name=n></label><label>Word <input name=w></label><div class=oops>Not that "
        "word</div><button>Enter</button></form>",
        "<div class=oops>Not that word</div><form><input name=n></form>",
        "<form><input name=n><label><input type=checkbox name=keep> Keep</label><b class=oops>Not that "
        "word</b></form>"}) {
    const FormPage page{std::string(html)};
    const auto errors = shown_errors(*page.document, page.forms, &*selector);
    ASSERT_EQ(errors.size(), 1U) << html;
    EXPECT_TRUE(errors.front().labels.empty()) << html;
    EXPECT_EQ(errors.front().words, "Not that word");
  }
}

} // namespace
} // namespace murphy::web
