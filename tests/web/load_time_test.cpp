#include "web/load_time/load_time.h"

#include "page_support.h"

#include <string>

namespace murphy::web {
namespace {

using std::chrono::seconds;

constexpr const char* saml_form = "<form id=saml name=post method=post action=https://sp.test/acs><input type=hidden "
                                  "name=SAMLResponse value=x><noscript><input type=submit></noscript></form>";

// The id of the form that goes out, with these scripts behind or around it; "none".
std::string sent(const std::string& html) {
  const FormPage page(html);
  const Form* form = submitted_at_load(page.forms, *page.document, {}).form;
  EXPECT_TRUE(form == nullptr || may_act_at_load(html)) << html;
  return form ? form->id : "none";
}

class Acting : public testing::TestWithParam<const char*> {};
TEST_P(Acting, MayBeSeenInTheSource) { EXPECT_TRUE(may_act_at_load(GetParam())) << GetParam(); }
INSTANTIATE_TEST_SUITE_P(
    Pages, Acting,
    testing::Values("<meta http-equiv=refresh content=0>", "<META HTTP-EQUIV='Refresh'>", "<IFRAME src=/a></IFRAME>",
                    "<frameset><frame src=a></frameset>", "<body onload='document.forms[0].submit()'>",
                    "<BODY ONLOAD=go()>", "<script>f.submit()</script>", "<SCRIPT>f . submit ( )</SCRIPT>",
                    "<script>f./**/submit()</script>", "<script>f.requestSubmit()</script>",
                    "<script type=module>$(f).trigger('submit')</script>", "<script data-src=/a.js>f.submit()</script>",
                    "<meta content='0; url=/a>b' http-equiv=\"Refresh\">", "<body class='>' onLoad=go()>",
                    "<script src=/a.js></script><script>f.submit()"));

TEST(Acting, IsRuledOutForPagesThatOnlyLoadScriptsAndHoldForms) {
  EXPECT_FALSE(may_act_at_load(""));
  EXPECT_FALSE(may_act_at_load("<form><input type=\"submit\"><button type=submit>Submit</button></form>"));
  EXPECT_FALSE(may_act_at_load("<script defer src=\"/app.js\"></script><button type='submit'>Please submit</button>"));
  EXPECT_FALSE(may_act_at_load("<script async\nSRC = '/app.js'></script><p>submit"));
  EXPECT_FALSE(may_act_at_load("<script>var a = 1</script><input type=submit>refresh<img onload=go()>"));
}

class Submitting : public testing::TestWithParam<const char*> {};
TEST_P(Submitting, IsSeen) {
  EXPECT_EQ(sent(std::string(saml_form) + "<form id=other></form><script>" + GetParam() + "</script>"), "saml")
      << GetParam();
}
INSTANTIATE_TEST_SUITE_P(
    Scripts, Submitting,
    testing::Values(
        "document.forms[0].submit()", "document.forms[0].submit();", "document.forms['saml'].submit()",
        "document.forms.post.submit()", "document.forms.item(0).submit()", "window.document.forms[0].requestSubmit()",
        "document.getElementById(\"saml\").submit();", "document.querySelector('form[name=post]').submit()",
        "document.querySelectorAll('form')[0].submit()", "document.getElementsByTagName('form')[0].submit()",
        "document.getElementsByName('post')[0].submit()", "document.post.submit()", "document['post'].submit()",
        "saml.submit()", "var f = document.forms[0];\nf.submit()",
        "const form = document.getElementById('saml')\nform.submit()",
        "HTMLFormElement.prototype.submit.call(document.getElementById('saml'))", "$('#saml').submit()",
        "jQuery(\"form:first\").submit();", "$(document.forms[0]).trigger('submit')", "$('#saml')[0].submit()",
        "window.onload = function() { document.forms[0].submit(); }", "window.onload=()=>document.forms[0].submit()",
        "onload = go; function go() { document.forms[0].submit() }",
        "document.addEventListener('DOMContentLoaded', function () { document.forms[0].submit(); });",
        "window.addEventListener(\"load\", () => { document.forms[0].submit() }, false)",
        "function go(){document.forms[0].submit()} window.addEventListener('load', go)",
        "$(function(){ $('form#saml').submit(); });", "$(document).ready(function() { $('#saml').submit() })",
        "(function () { document.forms[0].submit(); })();", "(function () { document.forms[0].submit(); }());",
        "!function(){document.forms[0].submit()}()", "(() => { document.forms[0].submit() })()",
        "setTimeout(function(){ document.forms[0].submit() }, 100)", "setTimeout('document.forms[0].submit()', 0)",
        "setTimeout(go); function go(){ document.forms[0].submit() }",
        "function submitForm() { document.forms[0].submit(); } submitForm();",
        "const go = () => { document.forms[0].submit() }; go()", "try { document.forms[0].submit(); } catch (e) {}",
        "<!--\ndocument.forms[0].submit();\n//-->", "/* x */ // y\ndocument . forms [ 0 ] . submit ( ) ;",
        "if (top != self) { top.location = self.location }\ndocument.forms[0].submit()",
        "var r = /[/]'/; document.forms[0].submit()"));

class Waiting : public testing::TestWithParam<const char*> {};
TEST_P(Waiting, IsLeftToThePerson) {
  EXPECT_EQ(sent(std::string(saml_form) + "<form id=other></form><script>" + GetParam() + "</script>"), "none")
      << GetParam();
}
INSTANTIATE_TEST_SUITE_P(
    Scripts, Waiting,
    testing::Values(
        "", "// document.forms[0].submit()", "var s = 'document.forms[0].submit()'",
        "function go() { document.forms[0].submit() }", "button.onclick = function () { document.forms[0].submit() }",
        "document.addEventListener('click', function () { document.forms[0].submit() })",
        "$('#b').on('click', function() { document.forms[0].submit() })",
        "$('#saml').submit(function () { return true })", "if (location.hash) document.forms[0].submit()",
        "if (expired) { document.forms[0].submit() } else { document.forms[0].submit() }",
        "expired && document.forms[0].submit()", "x ? document.forms[0].submit() : 0",
        "while (x) document.forms[0].submit()", "setTimeout(function(){ document.forms[0].submit() }, 900000)",
        "setInterval(function(){ document.forms[0].submit() }, 10)",
        "setTimeout(go, later); function go(){ document.forms[0].submit() }",
        "class Page { send() { document.forms[0].submit() } }",
        "var page = { send: function () { document.forms[0].submit() }, go() { document.forms[0].submit() } }",
        "fetch('/x').then(() => document.forms[0].submit())", "document.forms[7].submit()",
        "document.getElementById('nothing').submit()", "unknown.submit()", "return; document.forms[0].submit()",
        "(function () { return; document.forms[0].submit() })()", "a(b(c(", "}}}) document.forms[0].submit",
        "function f() { f() } f()"));

TEST(SubmittedAtLoad, IsSeenInTheBodysOnload) {
  EXPECT_EQ(sent("<body onload=\"document.forms[0].submit()\">" + std::string(saml_form)), "saml");
  EXPECT_EQ(sent("<body onload='javascript:document.forms[0].submit()'>" + std::string(saml_form)), "saml");
  EXPECT_EQ(
      sent("<script>function go() { document.post.submit() }</script><body onload='go()'>" + std::string(saml_form)),
      "saml");
  EXPECT_EQ(sent("<body onclick=\"document.forms[0].submit()\">" + std::string(saml_form)), "none");
}

TEST(SubmittedAtLoad, IsNoFormThatWaitsForAPerson) {
  const std::string script = "<script>document.forms[0].submit()</script>";
  EXPECT_EQ(sent("<form id=f><input name=user><input type=password></form>" + script), "none");
  EXPECT_EQ(sent("<form id=f><input name=user hidden value=x><button>Go on</button></form>" + script), "f");
}

TEST(SubmittedAtLoad, IsInInlineScriptsOnly) {
  EXPECT_EQ(sent(std::string(saml_form) + "<script type=text/template>document.forms[0].submit()</script>"), "none");
  EXPECT_EQ(sent(std::string(saml_form) + "<script src=x>document.forms[0].submit()</script>"), "none");
  EXPECT_EQ(sent(std::string(saml_form) + "<script type=module>document.forms[0].submit()</script>"), "saml");
  EXPECT_EQ(sent(std::string(saml_form) + "<noscript><script>document.forms[0].submit()</script></noscript>"), "none");
}

TEST(SubmittedAtLoad, IsNothingOnRealPages) {
  for (const char* name : {"wordpress/dashboard.html", "wordpress/login.html", "dokuwiki/login.html",
                           "devise/login.html", "django-admin/dashboard.html", "glewlwyd/login.html"}) {
    const FormPage page(real_page(name));
    EXPECT_EQ(submitted_at_load(page.forms, *page.document, {}).form, nullptr) << name;
  }
}

TEST(SubmittedAtLoad, IsNothingThatThePolicyForbids) {
  const FormPage page(std::string(saml_form) + "<script nonce=abc>document.forms[0].submit()</script>");
  const auto sent_by = [&](const std::string& policy) {
    return submitted_at_load(page.forms, *page.document,
                             PagePolicy(page.document->address(), {{"Content-Security-Policy", policy}}));
  };
  EXPECT_FALSE(sent_by("script-src 'nonce-abc'").forbidden);
  const LoadTimeForm forbidden = sent_by("default-src 'self'");
  ASSERT_NE(forbidden.form, nullptr);
  EXPECT_EQ(forbidden.form->id, "saml");
  EXPECT_EQ(forbidden.forbidden, (record::Policy{record::Policy::From::header, "default-src 'self'"}));
  EXPECT_TRUE(sent_by("sandbox allow-forms").forbidden);
}

TEST(SubmittedAtLoad, IsNothingThatIsNotSentForOtherReasons) {
  const FormPage page(std::string(saml_form) + "<script>console.log(1)</script>");
  const PagePolicy policy(page.document->address(), {{"Content-Security-Policy", "script-src 'none'"}});
  const LoadTimeForm sent = submitted_at_load(page.forms, *page.document, policy);
  EXPECT_EQ(sent.form, nullptr);
  EXPECT_FALSE(sent.forbidden);
}

std::string refreshed(const char* html) {
  const auto document = page(html);
  const auto refresh = document->refresh();
  const auto url = refresh ? refreshed_to(*refresh, document->address(), document->base()) : std::nullopt;
  return url ? url->href() : "none";
}

TEST(RefreshedTo, IsWhereAWaitingPersonEndsUp) {
  EXPECT_EQ(refreshed("<meta http-equiv=refresh content='0; url=/next'>"), "http://app.test/next");
  EXPECT_EQ(refreshed("<base href=/b/><meta http-equiv=refresh content='5;x'>"), "http://app.test/b/x");
  EXPECT_EQ(refreshed("<meta http-equiv=refresh content='6;/next'>"), "none");
  EXPECT_EQ(refreshed("<meta http-equiv=refresh content=3>"), "none");
  EXPECT_EQ(refreshed("<meta http-equiv=refresh content='3;/dir/page?q=1#x'>"), "none");
  EXPECT_EQ(refreshed("<meta http-equiv=refresh content='0;javascript:1'>"), "none");
}

} // namespace
} // namespace murphy::web
