#include "drive/scripted.h"

#include "served_page.h"

#include <gtest/gtest.h>

namespace murphy::drive {
namespace {

TEST(Scripted, ArePagesThatShowNothingWithoutTheirScripts) {
  for (const char* html :
       {"<title>Acme</title><script type=module src=/index.js></script><noscript>Enable JavaScript.</noscript><div "
        "id=root></div>",
        "<title>Acme</title><app-root></app-root><script src=main.js></script>",
        "<title>Acme</title><body id=b><main id=app></main><script type=module>import '/a.js'</script>",
        "<title>Acme</title><div id=root><div class='app-spinner'>Loading …</div></div><script src=/a.js></script>",
        "<title>Acme</title><div id=app><p role=progressbar>Bitte warten</p></div><script src=/a.js></script>",
        "<title>Acme</title><noscript><b>Bitte JavaScript aktivieren</b></noscript><h1>Acme</h1><script>go()</script>",
        "<title>Acme</title><h1>Acme</h1><script>go()</script><noscript>This app needs scripts.</noscript>"})
    EXPECT_TRUE(is_made_by_scripts(*served_page(html))) << html;
  for (const char* html : {"<title>Empty</title>", "<title>No script</title><div id=root></div>",
                           "<title>Words</title><div id=root></div><p>Welcome</p><script src=/a.js></script>",
                           "<title>Form</title><div id=root></div><form><input></form><script src=/a.js></script>",
                           "<title>Nothing to fill</title><script src=/a.js></script>",
                           "<title>A way on</title><div id=root></div><a href=/login></a><script src=/a.js></script>",
                           "<title>Pixel</title><p>Not found</p><script>t()</script><noscript><img src=/script.gif "
                           "alt=javascript></noscript>",
                           "<title>Words</title><p>Gone</p><script>t()</script><noscript>Our description</noscript>",
                           "<title>Data</title><p>Gone</p><noscript>Needs JavaScript</noscript><script "
                           "type=application/json>{}</script>",
                           "<title>A script of the page</title><div id=root></div><script>count()</script>"})
    EXPECT_FALSE(is_made_by_scripts(*served_page(html))) << html;
  EXPECT_FALSE(is_made_by_scripts(*served_page("<title>Long</title><p>" + std::string(300, 'x') +
                                               "</p><script>t()</script><noscript>Needs JavaScript</noscript>")));
  EXPECT_EQ(made_by_scripts("Sign in").kind, ErrorKind::unseen);
  EXPECT_EQ(made_by_scripts("Sign in").what,
            "the page has no \"Sign in\": scripts make this page, and Murphy runs no scripts");
}

TEST(Scripted, LinksSayWhatToSendInTheirPlace) {
  const auto hint = [](const std::string& html) {
    const auto link = script_link(*served_page("<title>Page</title>" + html), "Sign in");
    return link ? link->hint : std::string("no such link");
  };
  EXPECT_EQ(hint("<form id=form1><a href=\"javascript:__doPostBack('ctl00$btn','')\">Sign in</a></form>"),
            "write submit = \"#form1\", send = { __EVENTTARGET = \"ctl00$btn\" }");
  EXPECT_EQ(hint("<form name=main><a href=\"JavaScript:__doPostBack('a','Page$2')\">Sign in</a></form>"),
            "write submit = \"main\", send = { __EVENTTARGET = \"a\", __EVENTARGUMENT = \"Page$2\" }");
  EXPECT_EQ(hint("<a href=\"javascript:open()\">Sign in</a>"),
            "send what the script sends, with submit and send or with request");
  EXPECT_EQ(hint("<a href=/login>Sign in</a>"), "no such link");
  EXPECT_EQ(hint("<a href=\"javascript:open()\">Sign up</a>"), "no such link");
}

} // namespace
} // namespace murphy::drive
