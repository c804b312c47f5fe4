#include "web/forms/entry_list.h"

#include "page_support.h"

#include <gmock/gmock.h>

#include <string>
#include <tuple>

namespace murphy::web {
namespace {

Value plain(const std::string& text) { return Value(text); }

Value secret(const char* text, const std::string& label) {
  return Value(std::make_shared<const Secret>(ClearText(text), label));
}

// As it goes onto the wire.
std::string wire(const OutgoingText& body) {
  ClearText clear;
  body.reveal_to(clear);
  return std::string(clear.view());
}

const Control* button(const FormPage& page, std::string_view id) {
  for (const Control& control : page.forms.controls) {
    if (control.id == id) return &control;
  }
  return nullptr;
}

// What the first form of a page sends, the button with the id "s" pressed where there is one.
Submission sent(const FormPage& page) {
  const auto submission = FormFilling(page.forms, page.form()).submit(button(page, "s"), "BOUNDARY");
  if (!submission) throw std::runtime_error(submission.error().what);
  return *submission;
}

std::string body(const std::string& inside) {
  return wire(sent(FormPage("<form method=post>" + inside + "</form>")).body);
}

using EntryCase = std::tuple<const char*, const char*>;
class EntryList : public testing::TestWithParam<EntryCase> {};

TEST_P(EntryList, IsConstructedByTheStandard) {
  const auto& [html, expected] = GetParam();
  EXPECT_EQ(body(html), expected) << html;
}

INSTANTIATE_TEST_SUITE_P(
    Standard, EntryList,
    testing::Values(
        EntryCase{"<input name=a value=1><input value=2><input name='' value=3><input name=b>", "a=1&b="},
        EntryCase{"<input name=a readonly value=1><input name=b disabled value=2><fieldset disabled><legend><input "
                  "name=c></legend><input name=d></fieldset>",
                  "a=1&c="},
        EntryCase{"<input type=checkbox name=a><input type=checkbox name=b checked><input type=checkbox name=c checked "
                  "value=''><input type=radio name=d value=1><input type=radio name=d value=2 checked>",
                  "b=on&c=&d=2"},
        EntryCase{"<select name=a><option disabled>x<option value=y>Y</select><select name=b multiple><option "
                  "selected>1<option>2<option selected>3</select><select name=c size=3><option>n</select>",
                  "a=y&b=1&b=3"},
        EntryCase{"<select name=a><option disabled selected>x<option>y</select><select name=b></select>", ""},
        EntryCase{"<textarea name=a>\n1\n2\r\n3</textarea>", "a=1%0D%0A2%0D%0A3"},
        EntryCase{"<button name=a value=1>x</button><input type=submit name=b value=2><button id=s name=c "
                  "value=3>y</button><input type=reset name=d value=4><input type=button name=e value=5>",
                  "c=3"},
        EntryCase{"<input id=s type=submit name=a>", "a=Submit"},
        EntryCase{"<input id=s type=submit name=a value=''>", "a="}, EntryCase{"<button id=s>x</button>", ""},
        EntryCase{"<input id=s type=image name=i value=v>", "i.x=0&i.y=0"},
        EntryCase{"<input id=s type=image>", "x=0&y=0"}, EntryCase{"<input type=image name=i>", ""},
        EntryCase{"<input type=hidden name=_CHARSET_ value=x><input name=_charset_ value=y>",
                  "_CHARSET_=UTF-8&_charset_=y"},
        EntryCase{"<input name=a dirname=a.dir value=x><input name=b dirname=b.dir dir=auto value='&#1488;'><input "
                  "name=c dirname=c.dir dir=rtl type=tel><input name=d dirname=''>",
                  "a=x&a.dir=ltr&b=%D7%90&b.dir=rtl&c=&c.dir=rtl&d="},
        EntryCase{"<datalist><input name=a></datalist><object name=o></object><output name=p>1</output><input name=b>",
                  "b="},
        EntryCase{"<template><input name=t></template><noscript><input name=n></noscript><input name=a>", "a="},
        EntryCase{"<input type=file name=f><input type=password name=p value='a b'>", "f=&p=a+b"},
        EntryCase{"<input name='a b&' value='é~*-._+%\"'>", "a+b%26=%C3%A9%7E*-._%2B%25%22"},
        EntryCase{"<input type=number name=a value=x><input type=date name=b value=2024-01-01><input type=color "
                  "name=c><input type=range name=d><input type=email name=e value=' a@b '>",
                  "a=&b=2024-01-01&c=%23000000&d=50&e=a%40b"}));

TEST(EntryList, HoldsTheControlsThatTheParserGivesTheForm) {
  const FormPage page("<table><form method=post id=f><tr><td><input name=a value=1></td></tr></form></table><input "
                      "name=b form=f value=2><form><input name=c></form>");
  EXPECT_EQ(wire(sent(page).body), "a=1&b=2");
}

// --- where and how

std::string target(const std::string& html) {
  const Submission submission = sent(FormPage(html));
  return submission.method + " " + submission.url.href() +
         (submission.body.empty() ? "" : " " + submission.content_type + " " + wire(submission.body));
}

TEST(Submission, GoesToTheAction) {
  EXPECT_EQ(target("<base href=/base/><form method=post action=in?x=1#f><input name=a value=1></form>"),
            "POST http://app.test/base/in?x=1 application/x-www-form-urlencoded a=1");
  EXPECT_EQ(target("<base href=/base/><form method=POST><input name=a value=1></form>"),
            "POST http://app.test/dir/page?q=1 application/x-www-form-urlencoded a=1");
  EXPECT_EQ(target("<base href=/base/><form method=post action=''><input name=a value=1></form>"),
            "POST http://app.test/dir/page?q=1 application/x-www-form-urlencoded a=1");
  EXPECT_EQ(target("<form action='?old=1#f'><input name=a value='1 2'></form>"), "GET http://app.test/dir/page?a=1+2");
  EXPECT_EQ(target("<form method=put action=/x></form>"), "GET http://app.test/x?");
  EXPECT_EQ(target("<form method=get enctype=multipart/form-data action=/x><input name=a></form>"),
            "GET http://app.test/x?a=");
}

TEST(Submission, LetsTheButtonDecide) {
  EXPECT_EQ(target("<form action=/a><input name=x value=1><button id=s formaction=/b formmethod=post "
                   "formenctype=text/plain>go</button></form>"),
            "POST http://app.test/b text/plain x=1\r\n");
  EXPECT_EQ(target("<form action=/a method=post><button id=s formmethod=nonsense formaction=''>go</button></form>"),
            "GET http://app.test/dir/page?");
}

TEST(Submission, KnowsThreeEncodings) {
  const std::string fields =
      "<input name='a\"\nb' value='1\n2'><textarea name=t>x\ny</textarea><input type=file name=f></form>";
  const Submission multipart = sent(FormPage("<form method=post enctype=Multipart/Form-Data>" + fields));
  EXPECT_EQ(multipart.content_type, "multipart/form-data; boundary=BOUNDARY");
  EXPECT_EQ(wire(multipart.body),
            "--BOUNDARY\r\nContent-Disposition: form-data; name=\"a%22%0D%0Ab\"\r\n\r\n12\r\n"
            "--BOUNDARY\r\nContent-Disposition: form-data; name=\"t\"\r\n\r\nx\r\ny\r\n"
            "--BOUNDARY\r\nContent-Disposition: form-data; name=\"f\"; filename=\"\"\r\nContent-Type: "
            "application/octet-stream\r\n\r\n\r\n--BOUNDARY--\r\n");
  const Submission text = sent(FormPage("<form method=post enctype=text/plain>" + fields));
  EXPECT_EQ(text.content_type, "text/plain");
  EXPECT_EQ(wire(text.body), "a\"\r\nb=12\r\nt=x\r\ny\r\nf=\r\n");
}

TEST(Submission, IsInTheEncodingTheFormAsksFor) {
  EXPECT_EQ(wire(sent(FormPage("<form method=post accept-charset='nonsense ISO-8859-1'><input name=é value='€ ☃'>"
                               "<input type=hidden name=_charset_></form>"))
                     .body),
            "%E9=%80+%26%239731%3B&_charset_=windows-1252");
  EXPECT_EQ(wire(sent(FormPage("<form method=post accept-charset=nonsense><input name=a value=é></form>")).body),
            "a=%C3%A9");
  const auto latin = Document::parse("<form method=post><input name=a value=é></form>", *Url::parse("http://app.test/"),
                                     "windows-1252");
  EXPECT_EQ(wire(sent(FormPage(*latin)).body), "a=%E9");
  // Browsers stay with the document's where they know none of the labels.
  const auto unknown = Document::parse("<form method=post accept-charset=nonsense><input name=a value=é></form>",
                                       *Url::parse("http://app.test/"), "windows-1252");
  EXPECT_EQ(wire(sent(FormPage(*unknown)).body), "a=%E9");
  const auto wide = Document::parse("<form method=post><input name=_charset_ type=hidden></form>",
                                    *Url::parse("http://app.test/"), "UTF-16LE");
  EXPECT_EQ(wire(sent(FormPage(*wide)).body), "_charset_=UTF-8");
}

TEST(Submission, EncodesTheActionsQueryAsTheDocument) {
  const auto address = [](const char* encoding) {
    const auto document = Document::parse("<form method=post action='/é?a=é€日&b=%41#é'></form>",
                                          *Url::parse("http://app.test/"), encoding);
    return sent(FormPage(*document)).url.request_target();
  };
  EXPECT_EQ(address("UTF-8"), "/%C3%A9?a=%C3%A9%E2%82%AC%E6%97%A5&b=%41");
  EXPECT_EQ(address("windows-1252"), "/%C3%A9?a=%E9%80%26%2326085%3B&b=%41");
}

TEST(Submission, IsRefusedWhereABrowserSendsNothing) {
  const auto refused = [](const char* html) {
    const FormPage page{std::string(html)};
    const auto submission = FormFilling(page.forms, page.form()).submit(nullptr, "B");
    return submission ? "none" : submission.error().what;
  };
  EXPECT_EQ(refused("<form method=dialog></form>"),
            "the form has method=\"dialog\": it closes a dialog and sends nothing");
  EXPECT_THAT(refused("<form action='mailto:a@b'></form>"),
              testing::StartsWith("the form's action \"mailto:a@b\" cannot be followed: "));
}

// --- filling

constexpr const char* sample =
    "<form method=post action=/in><label for=e>Email</label><input id=e name=email type=email><label "
    "for=p>Password</label><input id=p name=pw type=password maxlength=12>"
    "<label><input type=checkbox name=keep checked>Remember me</label><label for=b>About</label><textarea id=b "
    "name=about></textarea>"
    "<fieldset><legend>Plan</legend><label><input type=radio name=plan value=f checked>Free</label><label><input "
    "type=radio name=plan value=p>Pro</label><label><input type=radio name=plan value=x disabled>Max</label></fieldset>"
    "<label for=c>Country</label><select id=c name=country><option value=no>Norway<option value=se>Sweden<option "
    "value=dk disabled>Denmark</select>"
    "<label for=l>Languages</label><select id=l name=lang multiple><option selected>C<option>C++<option>Rust</select>"
    "<label><input type=checkbox name=tag value=1>Red</label><label><input type=checkbox name=tag value=2>Blue</label>"
    "<label for=d>Born</label><input id=d name=born type=date><input type=hidden name=token value=t><input name=off "
    "disabled aria-label=Off><input name=ro readonly value=r aria-label=Fixed>"
    "<input type=file name=photo aria-label=Photo><button>Save</button></form>";

class Fill : public testing::Test {
protected:
  FormPage page{std::string(sample)};
  FormFilling filling{page.forms, page.form()};
  template <class Filled> std::string fill(const char* field, const Filled& value) {
    const auto filled = filling.fill(field, value);
    return filled ? "ok" : filled.error().what + " | " + filled.error().hint;
  }
  Submission sent() { return *filling.submit(nullptr, "B"); }
  std::string sent_as(const std::string& name) {
    std::string values;
    for (const FormEntry& entry : sent().entries) {
      if (entry.name == name) values += (values.empty() ? "" : ",") + entry.value.text();
    }
    return values;
  }
};

TEST_F(Fill, DoesWhatAPersonWould) {
  EXPECT_EQ(fill("Email", plain(" ada@example.com\n")), "ok");
  EXPECT_EQ(fill("Remember me", false), "ok");
  EXPECT_EQ(fill("About", plain("a\r\nb\rc")), "ok");
  EXPECT_EQ(fill("Plan", plain("pro")), "ok");
  EXPECT_EQ(fill("Country", plain("Sweden")), "ok");
  EXPECT_EQ(fill("Languages", std::vector{plain("C++"), plain("rust")}), "ok");
  EXPECT_EQ(fill("tag", std::vector{plain("Blue")}), "ok");
  EXPECT_EQ(fill("Born", plain("2024-02-29")), "ok");
  EXPECT_EQ(wire(sent().body),
            "email=ada%40example.com&pw=&about=a%0D%0Ab%0D%0Ac&plan=p&country=se&lang=C%2B%2B&lang=Rust&"
            "tag=2&born=2024-02-29&token=t&ro=r&photo=");
  EXPECT_EQ(fill("Country", plain("no")), "ok"); // by value
  EXPECT_EQ(sent_as("country"), "no");
  EXPECT_EQ(fill("Free", true), "ok");
  EXPECT_EQ(sent_as("plan"), "f");
  EXPECT_EQ(fill("Red", true), "ok");
  EXPECT_EQ(sent_as("tag"), "1,2");
  EXPECT_EQ(fill("Languages", plain("C")), "ok");
  EXPECT_EQ(sent_as("lang"), "C");
}

TEST_F(Fill, SaysWhatAPersonCouldNotDo) {
  EXPECT_EQ(
      fill("token", plain("x")),
      "the field \"token\" is hidden: people cannot fill it in | to send a value anyway, use send = { \"token\" = … }");
  EXPECT_EQ(fill("Off", plain("x")), "the field \"Off\" is disabled: people cannot fill it in | a browser does not "
                                     "send it; to send a value anyway, use send = { … }");
  EXPECT_EQ(fill("Fixed", plain("x")), "the field \"Fixed\" is readonly: people cannot fill it in | a browser sends "
                                       "its own value; to send another, use send = { … }");
  EXPECT_EQ(
      fill("Photo", plain("x")),
      "the field \"Photo\" takes a file, not text | write { file = \"…\" }, with a path relative to the scenario's "
      "file");
  EXPECT_EQ(fill("Remember me", plain("yes")),
            "the field \"Remember me\" is a checkbox and takes no text | write true or false");
  EXPECT_EQ(fill("Email", true), "the field \"Email\" is not a checkbox; its type is email | write a text");
  EXPECT_EQ(fill("Plan", true),
            "the field \"Plan\" is a group of choices | write one of them: \"Free\", \"Pro\", \"Max\"");
  EXPECT_EQ(fill("Pro", false), "the radio button \"Pro\" cannot be switched off | choose another one of its group");
  EXPECT_EQ(fill("Plan", plain("Max")),
            "the choice \"Max\" of the field \"Plan\" is disabled | people cannot choose it");
  EXPECT_EQ(fill("Country", plain("Denmark")),
            "the choice \"Denmark\" of the field \"Country\" is disabled | people cannot choose it");
  EXPECT_EQ(fill("Country", plain("Sweeden")), "the field \"Country\" does not offer \"Sweeden\" | did you mean "
                                               "\"Sweden\"?\nit offers \"Norway\", \"Sweden\", \"Denmark\"");
  EXPECT_EQ(fill("Country", std::vector{plain("no"), plain("se")}),
            "the field \"Country\" takes one choice, not 2 | write a single text");
  EXPECT_EQ(fill("Email", std::vector{plain("a"), plain("b")}),
            "the field \"Email\" of type email takes one value, not a list | write a text");
  EXPECT_EQ(fill("Born", plain("29/02/2024")),
            "the field \"Born\" of type date does not accept \"29/02/2024\" | write it as \"2026-12-31\"");
  EXPECT_EQ(fill("Password", plain("thirteen char")),
            "the field \"Password\" takes at most 12 characters (maxlength), the value has 13 | people cannot type it; "
            "to send it anyway, use send = { … }");
  EXPECT_EQ(fill("Password", plain("twelve char\u00e9")), "ok");
}

TEST_F(Fill, ChoosesByLabelBeforeByValue) {
  const FormPage crossed(std::string("<form><select name=s aria-label=S><option value=1 disabled>Two<option "
                                     "value=Two>One<option value=2>1<option label=Four value=3>x</select>"
                                     "<input type=radio name=r value=b aria-label=a><input type=radio name=r value=a "
                                     "aria-label=b></form>"));
  FormFilling crossing(crossed.forms, crossed.form());
  const auto sent_with = [&](const char* choice) {
    if (const auto filled = crossing.fill("S", plain(choice)); !filled) return filled.error().what;
    return crossing.submit(nullptr, "B")->entries.front().value.shown();
  };
  EXPECT_EQ(sent_with("1"), "2") << "the label";
  EXPECT_EQ(sent_with("Two"), "Two") << "the value, since the option with this label is disabled";
  EXPECT_EQ(sent_with("one"), "Two");
  EXPECT_EQ(sent_with("four"), "3");
  EXPECT_TRUE(crossing.fill("name:r", plain("b")));
  EXPECT_EQ(crossing.submit(nullptr, "B")->entries.back().value.shown(), "a");
}

TEST_F(Fill, ChoosesFiles) {
  const FormPage files(std::string(
      "<form method=post enctype=multipart/form-data><input type=file name='p\"' aria-label=Photo accept='image/*'>"
      "<input type=file name=d aria-label=Papers multiple><input name=t value=x></form>"));
  FormFilling choosing(files.forms, files.form());
  ASSERT_TRUE(choosing.fill("Photo", std::vector<FileEntry>{{"a \"b\" é.png", std::string("\x89P\nG\0", 5)}}));
  ASSERT_TRUE(choosing.fill("Papers", std::vector<FileEntry>{{"1.txt", "one"}, {"2", ""}}));
  const Submission submission = *choosing.submit(nullptr, "B");
  EXPECT_EQ(submission.content_type, "multipart/form-data; boundary=B");
  EXPECT_EQ(wire(submission.body),
            std::string("--B\r\nContent-Disposition: form-data; name=\"p%22\"; filename=\"a %22b%22 "
                        "é.png\"\r\nContent-Type: image/png\r\n\r\n\x89P\nG\0\r\n",
                        113) +
                "--B\r\nContent-Disposition: form-data; name=\"d\"; filename=\"1.txt\"\r\n"
                "Content-Type: text/plain\r\n\r\none\r\n"
                "--B\r\nContent-Disposition: form-data; name=\"d\"; filename=\"2\"\r\n"
                "Content-Type: application/octet-stream\r\n\r\n\r\n"
                "--B\r\nContent-Disposition: form-data; name=\"t\"\r\n\r\nx\r\n--B--\r\n");
  EXPECT_THAT(submission.body.outline(), testing::HasSubstr("image/png\r\n\r\n‹5 bytes›\r\n"));
  EXPECT_EQ(submission.entries.front().value.shown(), "a \"b\" é.png");

  const auto refusal = [&](const char* field, std::vector<FileEntry> chosen) {
    const auto filled = choosing.fill(field, std::move(chosen));
    return filled ? "ok" : filled.error().what + " | " + filled.error().hint;
  };
  EXPECT_EQ(refusal("Photo", {{"a.txt", ""}}),
            "the field \"Photo\" accepts image/*, not \"a.txt\" | to send it anyway, use send = { \"p\"\" = "
            "{ file = \"…\" } }");
  EXPECT_EQ(refusal("Photo", {{"a.png", ""}, {"b.png", ""}}),
            "the field \"Photo\" takes one file, not 2 | write a single file");
  EXPECT_EQ(refusal("name:t", {{"a.png", ""}}), "the field \"t\" takes no file; its type is text | write a text");
}

TEST(Files, AreOnlyTheirNamesButForMultipart) {
  for (const char* attributes : {"", " method=post", " method=post enctype=text/plain"}) {
    const FormPage page("<form" + std::string(attributes) + "><input type=file name=f></form>");
    FormFilling filling(page.forms, page.form());
    ASSERT_TRUE(filling.fill("f", std::vector<FileEntry>{{"a b.png", "contents"}}));
    const Submission submission = *filling.submit(nullptr, "B");
    EXPECT_EQ(wire(submission.body) + submission.url.query().value_or(""), std::string(attributes).ends_with("plain")
                                                                               ? "f=a b.png\r\nq=1"
                                                                           : *attributes == '\0' ? "f=a+b.png"
                                                                                                 : "f=a+b.pngq=1");
  }
}

TEST(Files, GoOutOnPurposeWhereNoFieldTakesThem) {
  const FormPage page(std::string("<form method=post enctype=multipart/form-data><input type=file name=f accept=.png>"
                                  "<input name=x value=1></form>"));
  FormFilling filling(page.forms, page.form());
  filling.send("f", FileEntry{"a.exe", "MZ"});
  filling.send("f", FileEntry{"b.exe", "MZ"});
  filling.send("more", plain("1"));
  filling.send("more", plain("2"));
  std::string sent;
  const Submission submission = *filling.submit(nullptr, "B");
  for (const FormEntry& entry : submission.entries) sent += entry.name + "=" + entry.value.shown() + " ";
  EXPECT_EQ(sent, "f=a.exe f=b.exe x=1 more=1 more=2 ");
  EXPECT_THAT(wire(submission.body), testing::HasSubstr("filename=\"b.exe\"\r\nContent-Type: "
                                                        "application/x-ms-dos-executable\r\n\r\nMZ\r\n"));
}

TEST_F(Fill, ShowsMasksInPlaceOfSecrets) {
  EXPECT_EQ(fill("Email", plain("a@b.c")), "ok");
  EXPECT_EQ(fill("Password", secret("p&\"\u2039\u00e9%+ \\", "ada.password")), "ok");
  const Submission submission = sent();
  EXPECT_NE(wire(submission.body).find("pw=p%26%22%E2%80%B9%C3%A9%25%2B+%5C"), std::string::npos);
  EXPECT_THAT(submission.body.outline(),
              testing::StartsWith("email=a%40b.c&pw=\u2039ada.password\u203a&keep=on&about="));
  EXPECT_EQ(submission.entries.at(1).value.shown(), "\u2039ada.password\u203a");
  EXPECT_EQ(submission.entries.at(1).label, "Password");
  EXPECT_EQ(submission.entries.at(1).type, "password");
  EXPECT_EQ(fill("Country", secret("secret", "x")),
            "the field \"Country\" does not offer \"\u2039x\u203a\" | it offers \"Norway\", \"Sweden\", \"Denmark\"");
  EXPECT_EQ(fill("Born", secret("secret", "x")),
            "the field \"Born\" of type date does not accept \"\u2039x\u203a\" | write it as \"2026-12-31\"");
}

TEST(FillByGet, MasksTheAddressAsWell) {
  const FormPage page(std::string("<form action=/s><input type=password name=p value=echoed></form>"));
  FormFilling filling(page.forms, page.form());
  EXPECT_EQ(filling.submit(nullptr, "B")->shown_url.href(), "http://app.test/s?p=\u2039password\u203a");
  EXPECT_EQ(filling.submit(nullptr, "B")->url.href(), "http://app.test/s?p=echoed");
}

TEST_F(Fill, SendsOnPurposeWhatNoFormWould) {
  filling.send("token", plain("forged"));
  filling.send("admin", plain("1"));
  filling.send("tag", plain("z"));
  EXPECT_EQ(sent_as("token"), "forged");
  EXPECT_EQ(sent_as("admin"), "1");
  EXPECT_TRUE(sent().entries.back().is_added);
  EXPECT_EQ(sent_as("tag"), "z");
  // In place of a field it is still called as the field is.
  filling.send("email", plain("ada"));
  const auto entries = sent().entries;
  const auto email = std::ranges::find(entries, "email", &FormEntry::name);
  ASSERT_NE(email, entries.end());
  EXPECT_EQ(email->label, "Email");
}

TEST(Filling, OfARealSignIn) {
  const FormPage page(real_page("devise/login.html"));
  const auto submit = find_submit(page.forms, "Log in");
  ASSERT_TRUE(submit);
  FormFilling filling(page.forms, *submit->form);
  ASSERT_TRUE(filling.fill("Email", plain("ada@example.com")));
  ASSERT_TRUE(filling.fill("Password", secret("s3cret", "ada.password")));
  ASSERT_TRUE(filling.fill("Remember me", true));
  const auto submission = filling.submit(submit->button, "B");
  ASSERT_TRUE(submission);
  EXPECT_EQ(submission->url.href(), "http://app.test/users/sign_in");
  EXPECT_THAT(wire(submission->body),
              testing::EndsWith("&user%5Bemail%5D=ada%40example.com&user%5Bpassword%5D=s3cret&user%"
                                "5Bremember_me%5D=0&user%5Bremember_me%5D=1&commit=Log+in"));
}

} // namespace
} // namespace murphy::web
