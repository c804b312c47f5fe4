#include "web/html/rendered_text.h"

#include "page_support.h"

namespace murphy::web {
namespace {

std::string text(const char* html) { return rendered_text(*page(html)); }

TEST(RenderedText, BreaksLinesAtBlocksAndCollapsesTheRest) {
  EXPECT_EQ(text("<title>no</title><h1> Sign\n\t in </h1><p>a <b>b</b>c<br>d</p>e<div><div>f</div></div>"),
            "Sign in\na bc\nd\ne\nf");
  EXPECT_EQ(text("<table><tr><td>a<td>b<tr><td>c</table><ul><li>d<li>e</ul>"), "a b\nc\nd\ne");
  EXPECT_EQ(text("a<br><br><br>b<hr>c"), "a\nb\nc");
  EXPECT_EQ(text("Welcome,&nbsp;Ada &nbsp; x"), "Welcome, Ada x");
  EXPECT_EQ(text(""), "");
}

TEST(RenderedText, LeavesOutWhatNobodySees) {
  EXPECT_EQ(text("<script>a</script><style>b</style><noscript>c</noscript><template>d</template><textarea>e</"
                 "textarea><datalist><option>f</datalist>g"),
            "g");
  EXPECT_EQ(text("<p hidden>a</p><p style='color:red; Display : NONE !important'>b</p><p "
                 "style='visibility:hidden'>c</p><dialog>d</dialog><p style='display:block'>e</p>"),
            "e");
  EXPECT_EQ(text("<span aria-hidden=true>seen</span> <!-- not --> <dialog open>too</dialog>"), "seen\ntoo");
  EXPECT_EQ(text("<svg><title>t</title><text>drawn</text></svg>"), "drawn");
}

TEST(RenderedText, ReadsButtonsAndPictures) {
  EXPECT_EQ(text("<input type=submit value='Log in'><input type=SUBMIT><input type=reset><input value=typed><input "
                 "type=hidden value=h><button>Go</button>"
                 "<input type=image alt=Pic><a><img alt='Home'></a><img>"),
            "Log in Submit Reset Go Pic Home");
}

TEST(RenderedText, OfOneElementIsItsOwn) {
  const auto document =
      page("<title> The  title</title><script id=s>let a</script><div hidden><p id=h>x</p></div><label id=l>Email "
           "<input value=v type=submit><select><option>o</select> *</label>");
  EXPECT_EQ(rendered_words(document->by_id("s")), "let a");
  EXPECT_EQ(rendered_words(document->by_id("h")), "");
  EXPECT_EQ(label_words(document->by_id("l")), "Email *");
  EXPECT_TRUE(is_hidden(document->by_id("h")));
  EXPECT_FALSE(hides_itself(document->by_id("h")));
}

TEST(RenderedText, OfRealPagesSaysWhatTheyShow) {
  EXPECT_EQ(rendered_text(*real_page("django/dashboard.html")),
            "Dashboard of Ada\nSigned in as ada@example.com\nLog out");
  EXPECT_EQ(rendered_text(*real_page("express/wrong_password.html")),
            "Sign in\nIncorrect username or password.\nUsername Password Sign in");
  EXPECT_NE(rendered_words(real_page("wordpress/wrong-password.html")->body())
                .find("Error: The password you entered for the username murphy is incorrect. Lost your password?"),
            std::string::npos);
}

} // namespace
} // namespace murphy::web
