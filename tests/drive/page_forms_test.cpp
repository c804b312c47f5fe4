#include "drive/page_forms.h"

#include "served_page.h"

#include <gmock/gmock.h>

namespace murphy::drive {
namespace {

using record::PageField;
using testing::ElementsAre;

std::shared_ptr<const HttpPage> page_of(std::string html) {
  return served_page(std::move(html), "http://app.test/login?next=/x");
}

std::vector<record::PageForm> forms_of(std::string html) { return page_of(std::move(html))->seen().forms; }

TEST(PageForms, HoldWhatThePageDeclaresAndNoValues) {
  const auto forms = forms_of(
      "<form method=post action='/session?from=1#top'><input type=hidden name=_csrf value=28f0c7>"
      "<label>Email <input name=user[email] type=email value=ada@example.com required maxlength=254></label>"
      "<label>Password <input name=user[password] type=password minlength=12></label><button>Sign in</button></form>");
  ASSERT_EQ(forms.size(), 1U);
  EXPECT_EQ(forms[0].name, "Sign in");
  EXPECT_EQ(forms[0].method, "POST");
  EXPECT_EQ(forms[0].action, "/session");
  EXPECT_EQ(forms[0].encoding, "application/x-www-form-urlencoded");
  EXPECT_THAT(forms[0].fields, ElementsAre(PageField{"_csrf", "hidden", "", {}},
                                           PageField{"user[email]", "email", "Email", {"maxlength=254", "required"}},
                                           PageField{"user[password]", "password", "Password", {"minlength=12"}}));
}

TEST(PageForms, AnActionOutsideOfTheAppKeepsItsHost) {
  EXPECT_EQ(forms_of("<form action='https://id.test/authorize?x=1'><input name=a></form>")[0].action,
            "https://id.test/authorize");
  EXPECT_EQ(forms_of("<form action=''><input name=a></form>")[0].action, "/login");
}

TEST(PageForms, RadioButtonsOfOneGroupAreOneField) {
  const auto forms = forms_of("<form><input type=radio name=plan value=a><input type=radio name=plan value=b>"
                              "<input type=radio name=other></form>");
  ASSERT_EQ(forms[0].fields.size(), 2U);
  EXPECT_EQ(forms[0].fields[0].name, "plan");
  EXPECT_EQ(forms[0].fields[1].name, "other");
}

TEST(Page, LeadsWhereItsLinksAndFormsDo) {
  EXPECT_THAT(page_of("<a href='/signup?plan=a#top'>Sign up</a><a href=/signup>Again</a><a href='#main'>Skip</a>"
                      "<a href='?lang=de'>Deutsch</a><a href='https://id.test/login'>Elsewhere</a><a name=x>No link</a>"
                      "<map><area href=help></map><form action=/session><button formaction=/session/guest></form>"
                      "<form><input></form><a href='mailto:ada@example.com'>Mail</a>")
                  ->leads_to(),
              ElementsAre("/help", "/session", "/session/guest", "/signup"))
      << "its own address says nothing of it";
}

TEST(PageSeen, HoldsItsTextInLines) {
  EXPECT_EQ(page_of("<h1>Sign in</h1><p>Wrong   password</p>")->seen().text, "Sign in\nWrong password");
}

TEST(PageSeen, TextThatIsLongIsCutBetweenTwoCharacters) {
  std::string html = "<p>a";
  for (int i = 0; i < 10'000; ++i) html += "é";
  const std::string text = page_of(html)->seen().text;
  EXPECT_EQ(text.size(), 16383U);
  EXPECT_TRUE(text.ends_with("é"));
}

} // namespace
} // namespace murphy::drive
