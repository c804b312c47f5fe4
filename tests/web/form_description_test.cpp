#include "web/forms/form_description.h"

#include "page_support.h"
#include "tests/places.h"

#include <filesystem>
#include <gmock/gmock.h>

namespace murphy::web {
namespace {

using testing::AllOf;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

PageDescription described(const std::string& html) {
  const FormPage page(html);
  return describe(*page.document, page.forms);
}

FormDescription form(const std::string& html) { return described(html).forms.at(0); }

TEST(FormDescription, TellsWhatEachFieldAsksForInTheWordsOfThePage) {
  const FormDescription described =
      form("<form method=post action=/join><label for=e>Email</label><input id=e type=email name=email required "
           "maxlength=254>"
           "<label for=p>Password</label><input id=p type=password name=pw minlength=12 value=hunter22 "
           "autocomplete=new-password>"
           "<label for=a>Age</label><input id=a type=number name=age min=18 max=120 step=1 value=20>"
           "<label for=c>Code</label><input id=c name=code pattern='[a-z]{3}' readonly><button>Join</button></form>");
  EXPECT_EQ(described.name, "Join");
  EXPECT_EQ(described.method, "POST");
  EXPECT_EQ(described.action, "http://app.test/join");
  ASSERT_EQ(described.fields.size(), 4U);
  EXPECT_THAT(described.fields[0].rules, ElementsAre("required", "at most 254 characters"));
  EXPECT_THAT(described.fields[1].rules, ElementsAre("at least 12 characters"));
  EXPECT_EQ(described.fields[1].value, "8 characters") << "a password is never shown";
  EXPECT_THAT(described.fields[2].rules, ElementsAre("from 18", "to 120", "in steps of 1"));
  EXPECT_EQ(described.fields[2].value, "20");
  EXPECT_EQ(described.fields[3].barred, "it is readonly");
  EXPECT_EQ(described.sends, "email=&pw=%E2%80%A6&age=20&code=");
}

TEST(FormDescription, TellsChoicesAndWhatIsChosen) {
  const FormDescription described =
      form("<form><select name=zone aria-label=Zone><option>UTC<option selected>CET</select>"
           "<fieldset><legend>Plan</legend><label><input type=radio name=plan value=f>Free</label>"
           "<label><input type=radio name=plan value=p checked>Paid</label></fieldset>"
           "<label><input type=checkbox name=news checked>News</label><button>Go</button></form>");
  ASSERT_EQ(described.fields.size(), 3U);
  EXPECT_THAT(described.fields[0].options, ElementsAre("UTC", "CET"));
  EXPECT_EQ(described.fields[0].value, "CET");
  EXPECT_EQ(described.fields[1].label, "Plan");
  EXPECT_THAT(described.fields[1].options, ElementsAre("Free", "Paid"));
  EXPECT_EQ(described.fields[1].value, "Paid");
  EXPECT_EQ(described.fields[2].value, "ticked");
  EXPECT_EQ(described.sends, "zone=CET&plan=p&news=on");
}

TEST(FormDescription, TellsHiddenFieldsAndWhatButtonsChange) {
  const FormDescription described =
      form("<form method=post enctype=multipart/form-data novalidate><input type=hidden name=token value=abc>"
           "<button name=do value=save>Save</button>"
           "<button formmethod=get formaction=/draft formnovalidate>Keep a draft</button><button "
           "type=button>Help</button></form>");
  EXPECT_EQ(described.encoding, "multipart/form-data");
  EXPECT_TRUE(described.unchecked);
  ASSERT_EQ(described.hidden.size(), 1U);
  EXPECT_EQ(described.hidden[0].name, "token");
  ASSERT_EQ(described.buttons.size(), 3U);
  EXPECT_EQ(described.buttons[0].name, "do");
  EXPECT_EQ(described.buttons[1].differs, "GET, to http://app.test/draft, unchecked by browsers");
  EXPECT_EQ(described.buttons[2].type, "button");
  EXPECT_EQ(described.sends, "token=abc&do=save");
}

TEST(FormDescription, KeepsWhatBelongsToNoForm) {
  const PageDescription page = described("<input name=lost aria-label=Lost><form><button>Go</button></form>");
  ASSERT_EQ(page.outside.size(), 1U);
  EXPECT_EQ(page.outside[0].label, "Lost");
  EXPECT_THAT(page.warnings, ElementsAre("the field \"Lost\" belongs to no form: browsers never send it"));
}

TEST(FormDescription, TellsEveryRealPage) {
  std::size_t pages = 0;
  for (const auto& entry : std::filesystem::directory_iterator(in_project("tests/web/data/pages"))) {
    const FormPage page(real_page(entry.path().filename().string()));
    const PageDescription described = describe(*page.document, page.forms);
    EXPECT_EQ(described.forms.size(), page.forms.forms.size());
    for (const FormDescription& each : described.forms) EXPECT_NE(each.action, "") << entry.path();
    ++pages;
  }
  EXPECT_GE(pages, 8U);
}

// One fault a page, and all that is said of it.
std::vector<std::string> warnings(const std::string& html, const char* address = "http://127.0.0.1:8080/x") {
  const FormPage page(web::page(html, address));
  const PageDescription described = describe(*page.document, page.forms);
  std::vector<std::string> all = described.warnings;
  for (const FormDescription& each : described.forms) all.insert(all.end(), each.warnings.begin(), each.warnings.end());
  return all;
}

const std::string good_password = "<input type=password name=p aria-label=Password autocomplete=current-password>";

TEST(FormWarnings, OfPasswordsThatOthersCanRead) {
  EXPECT_THAT(
      warnings("<form>" + good_password + "<button>Go</button></form>"),
      ElementsAre("it sends a password by GET: the password appears in the address, in logs and in the history"));
  const std::string form = "<form method=post>" + good_password + "<button>Go</button></form>";
  EXPECT_THAT(warnings(form), IsEmpty()) << "this machine is no network";
  EXPECT_THAT(warnings(form, "https://shop.test/login"), IsEmpty());
  EXPECT_THAT(warnings(form, "http://shop.test/login"), ElementsAre(HasSubstr("its page came over http")));
  EXPECT_THAT(warnings("<form method=post action=http://shop.test/in>" + good_password + "<button>Go</button></form>",
                       "https://shop.test/login"),
              ElementsAre("it sends a password over http, to http://shop.test/in"));
}

TEST(FormWarnings, OfPatternsThatBrowsersIgnore) {
  EXPECT_THAT(warnings("<form><input name=u aria-label=User pattern='[\\w.-]+'><button>Go</button></form>"),
              ElementsAre(AllOf(HasSubstr("\"User\": browsers ignore the pattern \"[\\w.-]+\": "),
                                HasSubstr("(at character "))));
  EXPECT_THAT(warnings("<form><input name=u aria-label=User pattern='[a-z]+'><button>Go</button></form>"), IsEmpty());
}

TEST(FormWarnings, OfRulesThatNothingSatisfies) {
  EXPECT_THAT(warnings("<form><input name=u aria-label=User minlength=9 maxlength=5><button>Go</button></form>"),
              ElementsAre("\"User\": no value has at least 9 and at most 5 characters"));
  EXPECT_THAT(warnings("<form><input type=number name=n aria-label=Age min=9 max=5><button>Go</button></form>"),
              ElementsAre("\"Age\": no value is between 9 and 5"));
  EXPECT_THAT(
      warnings("<form><input type=emial name=n aria-label=Email><button>Go</button></form>"),
      ElementsAre("\"Email\": HTML has no type \"emial\", so browsers accept any text; did you mean \"email\"?"));
}

TEST(FormWarnings, OfFieldsWithoutNameLabelOrToken) {
  EXPECT_THAT(warnings("<form><input aria-label=User><button>Go</button></form>"),
              ElementsAre("\"User\": it has no name, so browsers never send it"));
  EXPECT_THAT(warnings("<form><input name=q placeholder=Search><button>Go</button></form>"),
              ElementsAre(HasSubstr("its only label is its placeholder")));
  EXPECT_THAT(warnings("<form><input name=q><button>Go</button></form>"), ElementsAre("\"q\": it has no label"));
  EXPECT_THAT(
      warnings("<form method=post><input type=email name=e aria-label=Email>"
               "<input type=password name=p aria-label=Password><button>Go</button></form>"),
      ElementsAre(HasSubstr("autocomplete=\"username\""), HasSubstr("\"current-password\" or \"new-password\"")));
}

TEST(FormWarnings, OfFormsAndPagesThatDoNotHoldTogether) {
  EXPECT_THAT(warnings("<form><input name=q aria-label=Q></form>"), ElementsAre("it has no button that submits it"));
  EXPECT_THAT(warnings("<button>Lost</button>"),
              ElementsAre("the button \"Lost\" belongs to no form: pressing it submits nothing"));
  EXPECT_THAT(
      warnings("<label for=emial>Email</label><form><input id=email name=e aria-label=x><button>Go</button></form>"),
      ElementsAre("the label \"Email\" is for \"emial\", which is not a field of this page"));
  EXPECT_THAT(warnings("<p id=a></p><form><input id=a name=e aria-label=x><button>Go</button></form>"),
              ElementsAre("the id \"a\" appears 2 times: labels and scripts find only the first, <p> on line 1"));
  EXPECT_THAT(warnings("<form><input id=a name=e aria-label=Email><input id=a name=f aria-label=Name>"
                       "<button>Go</button></form>"),
              ElementsAre("the id \"a\" appears 2 times: labels and scripts find only the first, the field \"Email\" "
                          "of the form \"Go\""));
}

TEST(FormWarnings, OfWhatKeepsAMachineFromSendingThem) {
  EXPECT_THAT(warnings("<form @submit.prevent=send><input name=q aria-label=Q><button>Go</button></form>"),
              ElementsAre("a script sends it (@submit.prevent), and Murphy runs none: send the same with request = { "
                          "method = \"POST\", … }"));
  EXPECT_THAT(warnings("<form><input name=q aria-label=Q><div class=h-captcha></div><button>Go</button></form>"),
              ElementsAre("a captcha is in it (class h-captcha): switch it off for tests"));
}

} // namespace
} // namespace murphy::web
