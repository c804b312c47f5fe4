#include "init/sign_in_form.h"

#include "init_pages.h"

#include <gmock/gmock.h>

namespace murphy::init {
namespace {

// What was chosen: the action of the form, and the names of its user field, password field and button.
std::string chosen(const std::string& html) {
  const PageUnderTest page(html);
  const auto found = choose_sign_in(page.forms);
  if (!found) return "none";
  const auto name = [](const web::Control* control) { return control == nullptr ? "-" : control->name; };
  return std::string(found->form->element.attribute_or_empty("action")) + " " + name(found->user) + " " +
         name(found->password) + " " + name(found->button);
}

const std::string login = "<form action=/in method=post><label>User <input name=who></label>"
                          "<input type=password name=word><button name=go>Go</button></form>";

TEST(SignInForm, HasAPasswordFieldAndTheFieldBeforeIt) {
  EXPECT_EQ(chosen(login), "/in who word go");
  EXPECT_EQ(chosen("<form action=/search><input name=q><button>Search</button></form>" + login), "/in who word go");
  EXPECT_EQ(chosen("<form action=/in><input name=tenant><input name=who><input type=password name=word></form>"),
            "/in who word -");
  EXPECT_EQ(chosen("<form action=/in><input type=password name=word><input type=checkbox name=keep></form>"),
            "/in - word -");
}

TEST(SignInForm, IsNotSignUpOrAChangeOfThePassword) {
  const std::string sign_up = "<form action=/signup><input type=email name=email><input type=password name=one "
                              "autocomplete=new-password><input type=password name=two "
                              "autocomplete=new-password><button>Create account</button></form>";
  EXPECT_EQ(chosen(sign_up), "none");
  EXPECT_EQ(chosen(sign_up + login), "/in who word go");
  EXPECT_EQ(chosen("<form action=/registrieren class=register><input type=email name=email><input type=password "
                   "name=one><button>Registrieren</button></form>"),
            "none");
  EXPECT_EQ(chosen("<form action=/x><button>Go</button></form>"), "none");
}

TEST(SignInForm, TakesNoFieldThatPeopleDoNotSee) {
  EXPECT_EQ(chosen("<form action=/in><input name=honeypot><input name=who><input name=url style='display:none'>"
                   "<input type=password name=trap hidden><input type=password name=word><button>Go</button></form>"),
            "/in who word ");
  EXPECT_EQ(chosen("<form action=/in><input name=who><input type=password name=word disabled></form>"), "none");
}

TEST(SignInForm, PrefersWhatSaysWhatItIs) {
  EXPECT_EQ(chosen("<form action=/in><input name=login autocomplete=username><input name=company><input type=password "
                   "name=word></form>"),
            "/in login word -");
  EXPECT_EQ(chosen("<form action=/in><label for=a>Benutzername</label><input id=a name=a><input name=b><input "
                   "type=password name=word></form>"),
            "/in a word -")
      << "a word of German breaks the tie";
  EXPECT_EQ(chosen("<form action=/in><input name=who><input type=password name=word><button name=forgot>Forgot "
                   "password?</button><button name=google>Google</button><button name=in>Log in</button></form>"),
            "/in who word in");
  EXPECT_EQ(chosen("<form action=/in><input name=who><input type=password name=word><button name=x>Abbrechen</button>"
                   "<button name=in>Anmelden</button></form>"),
            "/in who word in");
}

TEST(SignInForm, IsSentInTheAddressUnlessItSaysPost) {
  const auto in_address = [](const std::string& html) {
    const PageUnderTest page(html);
    return is_sent_in_address(*choose_sign_in(page.forms));
  };
  EXPECT_FALSE(in_address("<form method=POST><input type=password><button>Go</button></form>"));
  EXPECT_TRUE(in_address("<form><input type=password><button>Go</button></form>"));
  EXPECT_TRUE(in_address("<form method=get><input type=password><button>Go</button></form>"));
  EXPECT_TRUE(in_address("<form method=post><input type=password><button formmethod=get>Go</button></form>"));
  EXPECT_FALSE(in_address("<form><input type=password><button formmethod=post>Go</button></form>"));
}

TEST(SignInForm, AsksForAnEmailWhereItSaysSo) {
  const auto asks = [](const std::string& field) {
    const PageUnderTest page("<form>" + field + "<input type=password></form>");
    return asks_for_email(*choose_sign_in(page.forms)->user);
  };
  EXPECT_TRUE(asks("<input type=email>"));
  EXPECT_TRUE(asks("<input autocomplete=email>"));
  EXPECT_TRUE(asks("<label>Email:<input name=username></label>"));
  EXPECT_TRUE(asks("<label>E-Mail-Adresse<input name=username></label>"));
  EXPECT_TRUE(asks("<label>メールアドレス<input name=username></label>"));
  EXPECT_FALSE(asks("<label>Username or email<input name=username></label>"));
  EXPECT_FALSE(asks("<input name=username>"));
}

TEST(SignInForm, OnTwoPagesBeginsWithTheUser) {
  const auto first = [](const std::string& html) {
    const PageUnderTest page(html);
    const web::Control* found = find_first_page(page.forms);
    return found == nullptr ? "none" : found->name;
  };
  EXPECT_EQ(first("<form><input name=q type=search><button>Search</button></form><form><label>Email <input name=who>"
                  "</label><button>Next</button></form>"),
            "who");
  EXPECT_EQ(first("<form><input name=q><button>Search</button></form>"), "none");
}

TEST(SignInForm, KnowsAFieldForACode) {
  const auto code = [](const std::string& field) {
    const PageUnderTest page("<form>" + field + "</form>");
    return find_code_field(page.forms) != nullptr;
  };
  EXPECT_TRUE(code("<input autocomplete=one-time-code>"));
  EXPECT_TRUE(code("<input name=otp_attempt>"));
  EXPECT_TRUE(code("<label>ワンタイムコード<input name=c></label>"));
  EXPECT_TRUE(code("<input name=otpAttempt>"));
  EXPECT_FALSE(code("<input name=postcode>"));
  EXPECT_FALSE(code("<input name=not_priced>")) << "a part of a word";
  EXPECT_FALSE(code("<input name=mfa><input name=more>")) << "a form that asks for more than a code";
  EXPECT_FALSE(code("<input type=hidden name=otp>"));
}

TEST(SignInForm, HasNoFieldOutsideOfAForm) {
  const PageUnderTest page("<input type=password name=word>");
  EXPECT_FALSE(choose_sign_in(page.forms));
  ASSERT_NE(find_loose_password(page.forms), nullptr);
  EXPECT_EQ(find_loose_password(page.forms)->name, "word");
  EXPECT_EQ(find_loose_password(PageUnderTest(login).forms), nullptr);
}

} // namespace
} // namespace murphy::init
