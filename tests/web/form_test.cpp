#include "web/forms/form.h"

#include "page_support.h"
#include "web/forms/form_values.h"

#include <gmock/gmock.h>

#include <string>
#include <tuple>

namespace murphy::web {
namespace {

using testing::ElementsAre;

// The id of the form that owns the control of that id; "none".
std::string owner(const FormPage& page, std::string_view id) {
  for (const Control& control : page.forms.controls) {
    if (control.id == id) return control.form ? page.form(*control.form).id : "none";
  }
  return "no such control";
}

const Control& control(const FormPage& page, std::string_view id) {
  for (const Control& candidate : page.forms.controls) {
    if (candidate.id == id) return candidate;
  }
  throw std::runtime_error("no control " + std::string(id));
}

using OwnerCase = std::tuple<const char*, const char*>;
class Owners : public testing::TestWithParam<OwnerCase> {};

TEST_P(Owners, AreThoseOfTheParsersFormPointer) {
  const auto& [html, expected] = GetParam();
  EXPECT_EQ(owner(FormPage(std::string(html)), "i"), expected) << html;
}

INSTANTIATE_TEST_SUITE_P(
    Standard, Owners,
    testing::Values(OwnerCase{"<form id=a><p><input id=i></p></form>", "a"},
                    OwnerCase{"<form id=a></form><input id=i>", "none"},
                    // The form start tag in a table leaves an empty element, and the pointer.
                    OwnerCase{"<table><form id=a><tr><td><input id=i></table>", "a"},
                    OwnerCase{"<table><form id=a><tr><td>x</form><tr><td><input id=i></table>", "none"},
                    OwnerCase{"<table><tr><form id=a><td><input id=i></td></form></tr></table>", "a"},
                    OwnerCase{"<table><form id=a><tr><td></table><input id=i>", "a"},
                    OwnerCase{"<table><form id=a></form><form id=b><tr><td><input id=i></table>", "b"},
                    // Misnested: the form element ends with its div, the pointer only with </form>.
                    OwnerCase{"<div><form id=a></div><input id=i></form>", "a"},
                    // Closed while the div is open: the input still stands inside of the element.
                    OwnerCase{"<form id=a><div></form><input id=i></div>", "a"},
                    // Nested forms are ignored; the first </form> ends the outer one.
                    OwnerCase{"<form id=a><form id=b><input id=i></form>", "a"},
                    OwnerCase{"<form id=a><form id=b></form><input id=i></form>", "none"},
                    OwnerCase{"<form id=a>unclosed<p><form id=b><input id=i>", "a"},
                    // The form attribute alone decides.
                    OwnerCase{"<form id=a></form><input id=i form=a>", "a"},
                    OwnerCase{"<form id=a></form><form id=b><input id=i form=a></form>", "a"},
                    OwnerCase{"<form id=a><input id=i form=missing></form>", "none"},
                    OwnerCase{"<form id=a><input id=i form=''></form>", "none"},
                    OwnerCase{"<form id=a><div id=d></div><input id=i form=d></form>", "none"},
                    OwnerCase{"<input id=i form=a><form id=a></form>", "a"},
                    // Templates and noscript have no say.
                    OwnerCase{"<template><form id=a></template><input id=i>", "none"},
                    OwnerCase{"<form id=a><template></form></template><input id=i></form>", "a"},
                    OwnerCase{"<noscript><form id=x></noscript><form id=a><input id=i></form>", "a"},
                    OwnerCase{"<form id=a><noscript></form></noscript><input id=i></form>", "a"},
                    // Neither have texts, nor an end tag in a select.
                    OwnerCase{"<form id=a><!-- </form> --><script>'</form>'</script><input id=i></form>", "a"},
                    OwnerCase{"<form id=a><select></form><option></select><input id=i></form>", "a"}));

TEST(Forms, LeaveOutTheContentsOfTemplates) {
  const FormPage page(
      "<form id=a><template><input id=t></template><input id=i></form><template><form></form></template>");
  EXPECT_EQ(page.forms.forms.size(), 1U);
  EXPECT_EQ(page.forms.controls.size(), 1U);
}

TEST(Controls, AreReadAsTheyStand) {
  const FormPage page(
      "<form><input id=a type=MAGIC name=n value='x\ny' readonly placeholder=' In  here ' title=T "
      "autocomplete='section-x billing Current-Password webauthn'>"
      "<input id=b type=checkbox checked readonly><input id=c type=radio value=v><textarea "
      "id=d>\n\nlines\n</textarea><button id=e value=w>Go <b>now</b></button>"
      "<button id=f type=nonsense></button><input id=g type=image alt=Pic><input id=h type=file value=C:></form>");
  const Control& text = control(page, "a");
  EXPECT_EQ(text.type, "text");
  EXPECT_EQ(text.value, "xy");
  EXPECT_TRUE(text.read_only);
  EXPECT_EQ(text.placeholder, "In here");
  EXPECT_EQ(text.autocomplete, "current-password");
  EXPECT_EQ(text.shown_name(), "In here");
  EXPECT_TRUE(control(page, "b").checked);
  EXPECT_FALSE(control(page, "b").read_only);
  EXPECT_EQ(control(page, "b").value, "on");
  EXPECT_EQ(control(page, "c").value, "v");
  EXPECT_EQ(control(page, "d").value, "\nlines\n");
  EXPECT_EQ(control(page, "e").words(), "Go now");
  EXPECT_EQ(control(page, "f").type, "submit");
  EXPECT_TRUE(control(page, "g").is_submit());
  EXPECT_EQ(control(page, "g").words(), "Pic");
  EXPECT_EQ(control(page, "h").value, "");
}

TEST(Controls, AreDisabledThemselvesOrByTheirFieldset) {
  const FormPage page(
      "<form><fieldset disabled><legend><input id=a><fieldset><input id=b></fieldset></legend><legend><input "
      "id=c></legend><input id=d><fieldset><legend><input id=e></legend></fieldset></fieldset>"
      "<fieldset><input id=f><input id=g disabled></fieldset></form>");
  for (const char* id : {"a", "b", "f"}) EXPECT_FALSE(control(page, id).disabled) << id;
  for (const char* id : {"c", "d", "e", "g"}) EXPECT_TRUE(control(page, id).disabled) << id;
}

std::string chosen(const char* select) {
  const FormPage page("<form>" + std::string(select) + "</form>");
  std::string values;
  for (const Option& option : page.forms.controls.at(0).options) {
    if (option.selected) values += option.value + " ";
  }
  return values;
}

TEST(Options, StartAsTheSelectednessAlgorithmLeavesThem) {
  EXPECT_EQ(chosen("<select><option>a<option>b</select>"), "a ");
  EXPECT_EQ(chosen("<select><option disabled>a<optgroup disabled><option>b</optgroup><option>c</select>"), "c ");
  EXPECT_EQ(chosen("<select><option selected>a<option selected>b<option>c</select>"), "b ");
  EXPECT_EQ(chosen("<select size=2><option>a<option>b</select>"), "");
  EXPECT_EQ(chosen("<select multiple><option selected>a<option>b<option selected>c</select>"), "a c ");
  EXPECT_EQ(chosen("<select><option disabled>a</select>"), "");
}

TEST(Options, HaveTextAndValue) {
  const FormPage page("<select><option value=1> One  <b>and</b> only<option label=L>text<option value=''>None<optgroup "
                      "label=G disabled><option>in</optgroup></select>");
  const auto& options = page.forms.controls.at(0).options;
  EXPECT_EQ(options.at(0).value, "1");
  EXPECT_EQ(options.at(0).text, "One and only");
  EXPECT_EQ(options.at(1).value, "text");
  EXPECT_EQ(options.at(1).text, "L");
  EXPECT_EQ(options.at(2).value, "");
  EXPECT_TRUE(options.at(3).disabled);
}

TEST(RadioButtons, OfOneGroupAreOnOnlyOnce) {
  const FormPage page("<form><input type=radio name=r id=a checked><input type=radio name=r id=b checked></form><input "
                      "type=radio name=r id=c checked>");
  EXPECT_FALSE(control(page, "a").checked);
  EXPECT_TRUE(control(page, "b").checked);
  EXPECT_TRUE(control(page, "c").checked);
}

TEST(Labels, ComeFromLabelElementsAndAria) {
  const FormPage page("<form><label for=a>Email <b>*</b></label><input id=a aria-labelledby='x nothing y'><span "
                      "id=x>Your</span> <span id=y>address</span>"
                      "<label>Wrapped <input id=b type=hidden><input id=c type=checkbox hidden></label><label "
                      "for=c>twice</label><label for=gone>Lost</label><label>Empty</label>"
                      "<fieldset><legend>Plan</legend><input type=radio id=d></fieldset><div role=radiogroup "
                      "aria-label=Size><input type=radio id=e></div></form>");
  EXPECT_THAT(control(page, "a").labels, ElementsAre("Email *", "Your address"));
  EXPECT_THAT(control(page, "c").labels, ElementsAre("Wrapped", "twice"));
  EXPECT_TRUE(control(page, "b").labels.empty());
  EXPECT_EQ(control(page, "d").group, "Plan");
  EXPECT_EQ(control(page, "e").group, "Size");
  ASSERT_EQ(page.forms.loose_labels.size(), 2U);
  EXPECT_EQ(page.forms.loose_labels[0].words, "Lost");
  EXPECT_EQ(page.forms.loose_labels[0].target, "gone");
  EXPECT_EQ(page.forms.loose_labels[1].words, "Empty");
}

TEST(DescribeForms, GivesEachALine) {
  const FormPage page("<form method=post action='/login?next=%2F'><label for=e>Email</label><input id=e><input "
                      "type=password placeholder=Password><input type=hidden name=t>"
                      "<fieldset><legend>Plan</legend><input type=radio name=p><input type=radio "
                      "name=p></fieldset><button>Sign in</button></form>"
                      "<form action='https://search.test/q?x'><h2>Search</h2><input name=q></form><form "
                      "id=empty></form><form action='javascript:x' method=POST></form>");
  EXPECT_THAT(describe_forms(page.forms),
              ElementsAre("Sign in (POST /login?next=%2F): Email, Password, Plan",
                          "Search (GET https://search.test/q?x): q", "empty (GET /dir/page?q=1)",
                          "a form without words (POST javascript:x)"));
}

TEST(DescribeForms, OfRealPages) {
  EXPECT_THAT(
      describe_forms(FormPage(real_page("wordpress/login.html")).forms),
      ElementsAre(
          "Log In (POST http://127.0.0.1:18301/wp-login.php): Username or Email Address, Password, Remember Me"));
  EXPECT_THAT(describe_forms(FormPage(real_page("django/login.html")).forms),
              ElementsAre("Log in (POST /login): Email:, Password:"));
  EXPECT_THAT(describe_forms(FormPage(real_page("dokuwiki/login.html")).forms),
              ElementsAre("Search (GET /doku.php?id=start): Search", "> (GET /doku.php): Tools",
                          "Log In (POST /doku.php?id=start): Username, Password, Remember me"));
}

// --- value sanitization

using ValueCase = std::tuple<const char*, const char*, const char*>;
class Values : public testing::TestWithParam<ValueCase> {};

TEST_P(Values, AreSanitizedByType) {
  const auto& [attributes, value, expected] = GetParam();
  const FormPage page("<input " + std::string(attributes) + ">");
  const Element input = page.forms.controls.at(0).element;
  EXPECT_EQ(sanitize_value(input, input_type(input), value), expected) << attributes << " " << value;
}

INSTANTIATE_TEST_SUITE_P(
    Standard, Values,
    testing::Values(ValueCase{"type=text", " a\r\nb ", " ab "}, ValueCase{"type=password", "a\nb", "ab"},
                    ValueCase{"type=url", " \nhttp://x \t", "http://x"}, ValueCase{"type=email", " a@b.c\n", "a@b.c"},
                    ValueCase{"type=email multiple", " a@b.c , d@e.f ", "a@b.c,d@e.f"},
                    ValueCase{"type=hidden", "a\nb", "a\nb"}, ValueCase{"type=number", "1.50", "1.50"},
                    ValueCase{"type=number", "-.5e3", "-.5e3"}, ValueCase{"type=number", "+1", ""},
                    ValueCase{"type=number", "1.", ""}, ValueCase{"type=number", "1e", ""},
                    ValueCase{"type=number", "0x10", ""}, ValueCase{"type=number", "1e999", ""},
                    ValueCase{"type=number", " 1", ""}, ValueCase{"type=number", "nan", ""},
                    ValueCase{"type=date", "2024-02-29", "2024-02-29"}, ValueCase{"type=date", "2023-02-29", ""},
                    ValueCase{"type=date", "2100-02-29", ""}, ValueCase{"type=date", "31/12/2024", ""},
                    ValueCase{"type=date", "0000-01-01", ""}, ValueCase{"type=date", "10000-01-01", "10000-01-01"},
                    ValueCase{"type=month", "2024-13", ""}, ValueCase{"type=month", "2024-12", "2024-12"},
                    ValueCase{"type=week", "2020-W53", "2020-W53"}, ValueCase{"type=week", "2021-W53", ""},
                    ValueCase{"type=week", "2026-W53", "2026-W53"}, ValueCase{"type=week", "2024-W00", ""},
                    ValueCase{"type=time", "23:59", "23:59"}, ValueCase{"type=time", "24:00", ""},
                    ValueCase{"type=time", "23:59:59.999", "23:59:59.999"}, ValueCase{"type=time", "1:00", ""},
                    ValueCase{"type=time", "12:00:00.", ""},
                    ValueCase{"type=datetime-local", "2024-01-02 03:04:00.000", "2024-01-02T03:04"},
                    ValueCase{"type=datetime-local", "2024-01-02T03:04:05.60", "2024-01-02T03:04:05.6"},
                    ValueCase{"type=datetime-local", "2024-01-02", ""}, ValueCase{"type=color", "#AbCdEf", "#abcdef"},
                    ValueCase{"type=color", "#aBc", "#aabbcc"}, ValueCase{"type=color", " #11223344 ", "#112233"},
                    ValueCase{"type=color", "#12345", "#000000"}, ValueCase{"type=range step=7 value=3", "20", "17"},
                    ValueCase{"type=email", "a@bücher.de", "a@xn--bcher-kva.de"}, ValueCase{"type=range", "", "50"},
                    ValueCase{"type=range min=10 max=20", "x", "15"}, ValueCase{"type=range max=20", "30", "20"},
                    ValueCase{"type=range min=5 max=1", "3", "5"}));

} // namespace
} // namespace murphy::web
