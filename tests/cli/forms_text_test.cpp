#include "cli/forms_text.h"

#include <boost/json.hpp>
#include <gmock/gmock.h>

namespace murphy::cli {
namespace {

using testing::HasSubstr;
using testing::Not;

FormsPage page_with(web::FormDescription form) {
  FormsPage page;
  page.url = "http://app.test/login";
  page.status = 200;
  page.forms.forms.push_back(std::move(form));
  return page;
}

web::FormDescription sign_in() {
  web::FormDescription form;
  form.name = "Sign in";
  form.method = "POST";
  form.action = "http://app.test/login";
  form.encoding = "application/x-www-form-urlencoded";
  form.charset = "UTF-8";
  return form;
}

reports::ConsoleStyle style(int width = 0) {
  reports::ConsoleStyle plain;
  plain.width = width;
  return plain;
}

// What a field asks for, in one line.
struct Asked {
  const char* name;
  std::vector<std::string> rules;
  std::string barred;
  std::vector<std::string> options;
  std::string line;
};

class FieldText : public testing::TestWithParam<Asked> {};

TEST_P(FieldText, SaysWhatTheFieldTakes) {
  web::FormDescription form = sign_in();
  web::FieldDescription& field = form.fields.emplace_back();
  field.label = "Email";
  field.type = "email";
  field.rules = GetParam().rules;
  field.barred = GetParam().barred;
  field.options = GetParam().options;
  EXPECT_THAT(forms_text(page_with(form), style()),
              HasSubstr("Email  (no name)  email\n    " + GetParam().line + "\n"));
}

INSTANTIATE_TEST_SUITE_P(
    All, FieldText,
    testing::Values(Asked{"Rules", {"required", "at most 9 characters"}, "", {}, "required, at most 9 characters"},
                    Asked{"Nothing", {}, "", {}, "anything"}, Asked{"AChoice", {}, "", {"a", "b"}, "one of these"},
                    Asked{"Barred", {}, "it is readonly", {}, "it is readonly"},
                    Asked{"BarredWithRules", {"required"}, "it is readonly", {}, "required; it is readonly"}),
    [](const auto& each) { return std::string(each.param.name); });

TEST(FormsText, SaysHowAFormIsSentWhereThatIsUnusual) {
  web::FormDescription form = sign_in();
  const std::string usual = forms_text(page_with(form), style());
  EXPECT_THAT(usual, HasSubstr("application/x-www-form-urlencoded\n"));
  EXPECT_THAT(usual, Not(HasSubstr("UTF-8")));
  EXPECT_THAT(usual, Not(HasSubstr("novalidate")));
  form.method = "GET";
  form.charset = "windows-1252";
  form.unchecked = true;
  const std::string odd = forms_text(page_with(form), style());
  EXPECT_THAT(odd, Not(HasSubstr("urlencoded")));
  EXPECT_THAT(odd, HasSubstr("windows-1252, "));
  EXPECT_THAT(odd, HasSubstr("novalidate"));
}

TEST(FormsText, SaysWhatEachButtonSends) {
  web::FormDescription form = sign_in();
  form.buttons.resize(3);
  form.buttons[0].words = "Sign in";
  form.buttons[0].type = "submit";
  form.buttons[1].words = "Save";
  form.buttons[1].type = "submit";
  form.buttons[1].name = "do";
  form.buttons[1].value = "save";
  form.buttons[1].differs = "POST /drafts";
  form.buttons[2].words = "Clear";
  form.buttons[2].type = "reset";
  form.buttons[2].name = "clear";
  const std::string text = forms_text(page_with(form), style());
  EXPECT_THAT(text, HasSubstr("[Sign in]\n"));
  EXPECT_THAT(text, HasSubstr("[Save]  sends do=save  POST /drafts\n"));
  EXPECT_THAT(text, HasSubstr("[Clear]  submits nothing\n"));
}

TEST(FormsText, BreaksALongBodyBehindItsEntries) {
  web::FormDescription form = sign_in();
  form.sends = "email=ada%40example.com&password=correct-horse&remember=1";
  EXPECT_THAT(forms_text(page_with(form), style()), HasSubstr("  " + form.sends + "\n"));
  const std::string narrow = forms_text(page_with(form), style(40));
  EXPECT_THAT(narrow, HasSubstr("email=ada%40example.com&\n"));
  EXPECT_THAT(narrow, HasSubstr("password=correct-horse&\n"));
  EXPECT_THAT(narrow, HasSubstr("remember=1\n"));
}

TEST(FormsText, SaysWhenThereIsNoForm) {
  FormsPage page;
  page.url = "http://app.test/";
  page.status = 404;
  page.redirects = {"302 /"};
  EXPECT_THAT(forms_text(page, style()),
              testing::AllOf(HasSubstr("404 http://app.test/\n"), HasSubstr("302 /"), HasSubstr("no form")));
}

TEST(FormsText, LetsNoPageSteerTheTerminal) {
  web::FormDescription form = sign_in();
  form.name = "Sign\x1B[2J in";
  form.warnings = {"a pattern \x1B]0;x\a"};
  EXPECT_THAT(forms_text(page_with(form), style()), Not(HasSubstr("\x1B")));
}

TEST(FormsText, ShowsNotesFramesAndMarkers) {
  FormsPage page = page_with(sign_in());
  page.notes = {"it asks to come back later: Retry-After: 120"};
  page.frames = {{"login (http://id.test/)", "", {}}, {"ads", "X-Frame-Options: DENY", {}}};
  page.frames.front().forms.forms = {sign_in()};
  page.markers = {"[data-user]"};
  EXPECT_EQ(forms_text(page, style()), "200 http://app.test/login\n"
                                       "! it asks to come back later: Retry-After: 120\n"
                                       "\n"
                                       "Sign in  POST http://app.test/login\n"
                                       "  application/x-www-form-urlencoded\n"
                                       "\n"
                                       "In the frame login (http://id.test/)\n"
                                       "\n"
                                       "  Sign in  POST http://app.test/login\n"
                                       "    application/x-www-form-urlencoded\n"
                                       "\n"
                                       "In the frame ads\n"
                                       "  ! browsers show nothing in it: X-Frame-Options: DENY\n"
                                       "\n"
                                       "Only signed-in users get here  for `shows` of the dashboard\n"
                                       "  [data-user]\n");
  const auto object = boost::json::parse(forms_json(page)).as_object();
  EXPECT_EQ(object.at("notes").as_array().size(), 1U);
  EXPECT_EQ(object.at("markers").as_array().at(0).as_string(), "[data-user]");
  const auto& frame = object.at("frames").as_array().at(0).as_object();
  EXPECT_EQ(frame.at("label").as_string(), "login (http://id.test/)");
  EXPECT_EQ(frame.at("forms").as_array().size(), 1U);
  EXPECT_EQ(object.at("frames").as_array().at(1).as_object().at("refusal").as_string(), "X-Frame-Options: DENY");
}

TEST(FormsJson, HoldsEveryPart) {
  web::FormDescription form = sign_in();
  form.fields.emplace_back().label = "Email";
  form.hidden.push_back({.name = "csrf", .value = "‹csrf:1a2b›"});
  form.buttons.emplace_back().words = "Sign in";
  const std::string text = forms_json(page_with(form));
  EXPECT_THAT(text, testing::EndsWith("}\n"));
  const auto object = boost::json::parse(text).as_object();
  EXPECT_EQ(object.at("status").as_int64(), 200);
  const auto& first = object.at("forms").as_array().at(0).as_object();
  EXPECT_EQ(first.at("fields").as_array().at(0).as_object().at("label").as_string(), "Email");
  EXPECT_EQ(first.at("hidden").as_array().at(0).as_object().at("name").as_string(), "csrf");
  EXPECT_EQ(first.at("buttons").as_array().at(0).as_object().at("words").as_string(), "Sign in");
}

} // namespace
} // namespace murphy::cli
