#include "init/control_names.h"

#include "init_pages.h"

#include <algorithm>
#include <gtest/gtest.h>

namespace murphy::init {
namespace {

const web::Control& control(const PageUnderTest& page, const std::string& name) {
  return *std::ranges::find(page.forms.controls, name, &web::Control::name);
}

std::string field(const std::string& html, const std::string& name) {
  const PageUnderTest page("<form method=post>" + html + "</form>");
  return name_of_field(page.forms, page.forms.forms.front(), control(page, name));
}

TEST(ControlNames, AreTheWordsThatPeopleSee) {
  EXPECT_EQ(field("<label>E-mail address: <input name=a></label><input name=b>", "a"), "E-mail address");
  EXPECT_EQ(field("<input name=a placeholder='Your name'>", "a"), "Your name");
  EXPECT_EQ(field("<input name=a aria-label=Account>", "a"), "Account");
  EXPECT_EQ(field("<input name=user>", "user"), "user");
}

TEST(ControlNames, LeaveOutWhatElseALabelHolds) {
  EXPECT_EQ(
      field("<label for=p>Password <a href=/lost>Lost password</a></label><input name=password id=p>", "password"),
      "Password");
  EXPECT_EQ(field("<label for=p><a href=/lost>Lost password</a> Password</label><input name=word id=p>", "word"),
            "Password");
  EXPECT_EQ(field("<label for=p><a href=/why>Passphrase</a></label><input name=word id=p>", "word"), "Passphrase");
  EXPECT_EQ(field("<label for=e>Email or phone number</label><input name=email id=e>", "email"),
            "Email or phone number")
      << "that it begins with the field's name says nothing";
}

TEST(ControlNames, AreExactWhereTheWordsAreNot) {
  EXPECT_EQ(field("<label>Name <input name=a></label><label>Name <input name=b></label>", "b"), "b");
  EXPECT_EQ(field("<div id=email><label for=email>Email Address</label> <input id=email name=email></div>", "email"),
            "email")
      << "the label belongs to the first element of that id";
  EXPECT_EQ(field("<input name='user[email]' placeholder='${x}'>", "user[email]"), "user[email]")
      << "what would be a reference is no name";
  EXPECT_EQ(field("<input name='#a'><input name=b>", "#a"), "name:#a");
}

TEST(ControlNames, OfAButtonFindItsForm) {
  const PageUnderTest page("<form action=/a><input name=q><button>Go</button></form><form action=/b><input name=who>"
                           "<input type=password name=word><button name=in>Go</button></form>");
  const web::Form& form = page.forms.forms.back();
  EXPECT_EQ(name_of_submit(page.forms, {&form, &control(page, "in")}, {"who", "word"}), "Go")
      << "the fields tell which";
  EXPECT_EQ(name_of_submit(page.forms, {&form, &control(page, "in")}, {}), "name:in");
}

TEST(ControlNames, OfAFormWithoutAButton) {
  const PageUnderTest page("<form id=in action=/in><input name=who></form>");
  EXPECT_EQ(name_of_submit(page.forms, {&page.forms.forms.front(), nullptr}, {}), "id:in");
  const PageUnderTest bare("<form action=/in><input name=who></form>");
  EXPECT_EQ(name_of_submit(bare.forms, {&bare.forms.forms.front(), nullptr}, {}), "[action=\"/in\"]");
}

TEST(ControlNames, OfALink) {
  const auto link = [](const std::string& html) {
    const PageUnderTest page(html);
    web::Element element = page.document->root();
    while (!element.is("a")) element = element.next();
    return name_of_link(page.forms, *page.document, element);
  };
  EXPECT_EQ(link("<a href=/logout>Log out</a>"), "Log out");
  EXPECT_EQ(link("<a href=/logout title='Log out'><img></a>"), "Log out");
  EXPECT_EQ(link("<a href=/logout><img></a>"), "[href=\"/logout\"]");
  EXPECT_EQ(link("<a href=/logout id=x>Out</a><a href=/other>Out</a>"), "id:x");
}

} // namespace
} // namespace murphy::init
