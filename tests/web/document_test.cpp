#include "page_support.h"

#include <gmock/gmock.h>

#include <string>
#include <tuple>

namespace murphy::web {
namespace {

using std::chrono::seconds;
using testing::HasSubstr;

TEST(Document, ReadsTitleBaseAndReferrerPolicy) {
  const auto document =
      page("<title> Sign\n  in </title><title>second</title><base target=x><base href='/app/'><base href='/no/'>"
           "<meta name=Referrer content=no-referrer><meta name=referrer content=nonsense><meta name=referrer "
           "content=never>");
  EXPECT_EQ(document->title(), "Sign in");
  EXPECT_EQ(document->base().href(), "http://app.test/app/");
  EXPECT_EQ(document->address().href(), "http://app.test/dir/page?q=1");
  EXPECT_EQ(document->referrer_policy(), "no-referrer");
}

TEST(Document, HasNoBaseOfItsOwnWhenThatCannotBeResolved) {
  EXPECT_EQ(page("<base href='javascript:1'><base href=/second/>")->base().href(), "http://app.test/dir/page?q=1");
}

TEST(Document, LetsElementsBeWalkedInDocumentOrder) {
  const auto document = page("<body><p id=a>1<b>2</b></p>text<ul><li id=c><li></ul>");
  std::string tags;
  for (Element element = document->body(); element; element = element.next()) tags += std::string(element.tag()) + ' ';
  EXPECT_EQ(tags, "body p b ul li li ");
  const Element paragraph = document->by_id("a");
  EXPECT_EQ(paragraph.next_sibling().tag(), "ul");
  EXPECT_EQ(paragraph.next_sibling().previous_sibling(), paragraph);
  EXPECT_EQ(paragraph.first_child().parent(), paragraph);
  EXPECT_EQ(paragraph.next_skipping().tag(), "ul");
  EXPECT_TRUE(document->body().contains(paragraph.first_child()));
  EXPECT_FALSE(paragraph.contains(document->by_id("c")));
  EXPECT_FALSE(document->by_id("nothing"));
  EXPECT_FALSE(document->by_id(""));
  EXPECT_EQ(paragraph.text_content(), "12");
  EXPECT_EQ(document->by_id("c").line(), 1U);
}

TEST(Document, KnowsWhereAnElementStoodInTheSource) {
  const auto document = page("\xEF\xBB\xBF<p>\n\n<b ID='X&amp;Y' class=' one  two'>");
  const Element bold = document->by_id("X&Y");
  ASSERT_TRUE(bold);
  EXPECT_EQ(bold.position(), 5U);
  EXPECT_EQ(bold.line(), 3U);
  EXPECT_TRUE(bold.has_class("two"));
  EXPECT_FALSE(bold.has_class("tw"));
}

TEST(Document, LeavesOutWhatABrowserWithScriptsDoesNotRead) {
  const auto document = page("<head><noscript><meta http-equiv=refresh content='0;url=/no-js'></noscript></head>"
                             "<noscript><form action=/wrong><input name=a></noscript>"
                             "<template><form><input id=in-template></form></template>"
                             "<form id=real><input id=outside></form>");
  EXPECT_FALSE(document->refresh());
  EXPECT_FALSE(document->by_id("in-template"));
  ASSERT_TRUE(document->by_id("real"));
  EXPECT_EQ(document->parser_form(document->by_id("outside")), document->by_id("real"));
}

TEST(Document, IsNotMisledByTagsInTexts) {
  const auto document =
      page("<title><noscript></title><script>var a = '<noscript>'; <!-- <script> </form></script> --></script>"
           "<!-- <noscript> --><textarea><noscript></textarea><form id=f><input id=i title='</form><noscript>'>"
           "<script>'</form>'</script><style></form></style><input id=j></form>");
  EXPECT_EQ(document->parser_form(document->by_id("i")).attribute("id"), "f");
  EXPECT_EQ(document->parser_form(document->by_id("j")).attribute("id"), "f");
}

TEST(Document, SurvivesWhatIsHardlyHtml) {
  EXPECT_EQ(page("")->title(), "");
  EXPECT_TRUE(page("")->body());
  EXPECT_EQ(page(std::string("a\0b<p \0=\0>c", 11))->body().tag(), "body");
  EXPECT_TRUE(page("<table><td><p><form><select><option><svg><p></table><<</ ></b><frameset>")->root());
  EXPECT_FALSE(page("<frameset><frame src=a></frameset>")->body().is("body"));
  EXPECT_TRUE(page("<svg><style><p></style><![CDATA[ <noscript> ]]></svg><p id=p>")->by_id("p"));
  EXPECT_TRUE(page("\xff\xfe<p id=p>\x80")->by_id("p"));
}

// --- refresh

using RefreshCase = std::tuple<const char*, int, const char*>;
class Refreshes : public testing::TestWithParam<RefreshCase> {};

// After web-platform-tests'
// html/semantics/document-metadata/the-meta-element/pragma-directives/attr-meta-http-equiv-refresh.
INSTANTIATE_TEST_SUITE_P(Standard, Refreshes,
                         testing::Values(RefreshCase{"0", 0, ""}, RefreshCase{"1;url=foo", 1, "foo"},
                                         RefreshCase{"1; url=foo", 1, "foo"}, RefreshCase{"1,foo", 1, "foo"},
                                         RefreshCase{"1 foo", 1, "foo"}, RefreshCase{" 1 ; URL = 'foo'bar", 1, "foo"},
                                         RefreshCase{"1; url=\"foo", 1, "foo"}, RefreshCase{"1;;foo", 1, ";foo"},
                                         RefreshCase{"1; ur", 1, "ur"}, RefreshCase{"1; urlfoo", 1, "urlfoo"},
                                         RefreshCase{"1; url foo", 1, "url foo"}, RefreshCase{"1.9; foo", 1, "foo"},
                                         RefreshCase{".9; foo", 0, "foo"}, RefreshCase{"1..1.1;'foo", 1, "foo"},
                                         RefreshCase{"3;", 3, ""},
                                         RefreshCase{"99999999999999999999;x", 1000000000, "x"}));

TEST_P(Refreshes, IsReadByTheSharedSteps) {
  const auto& [input, delay, url] = GetParam();
  const auto refresh = parse_refresh(input);
  ASSERT_TRUE(refresh) << input;
  EXPECT_EQ(refresh->delay, seconds(delay)) << input;
  EXPECT_EQ(refresh->url, url) << input;
}

TEST(Refresh, IsNoneWithoutATime) {
  for (const char* input : {"", "foo", ";url=foo", "-1; foo", "1x;foo", "url=foo", "+1;x"})
    EXPECT_FALSE(parse_refresh(input)) << input;
}

TEST(Refresh, IsTheFirstOfThePageThatIsOne) {
  const auto document = page("<meta http-equiv=Refresh content=soon><p><meta http-equiv=REFRESH content='2;/a'><meta "
                             "http-equiv=refresh content='1;/b'>");
  ASSERT_TRUE(document->refresh());
  EXPECT_EQ(document->refresh()->url, "/a");
}

// --- bounds

std::string repeated(std::string_view text, std::size_t times) {
  std::string result;
  result.reserve(text.size() * times);
  for (std::size_t i = 0; i < times; ++i) result += text;
  return result;
}

std::string refusal(std::string html) {
  const auto document = Document::parse(std::move(html), *Url::parse("http://app.test/"));
  return document ? "none" : document.error().what;
}

TEST(DocumentBounds, RefuseTenMegabytesOfNestedDivs) {
  EXPECT_EQ(refusal(repeated("<div>", 2'000'000)),
            "the page cannot be read as HTML: its elements nest more than 2000 deep (line 1 of the page)");
}

TEST(DocumentBounds, RefuseAMillionAttributes) {
  std::string tag = "<p\n";
  for (int i = 0; i < 1'000'000; ++i) tag += " a" + std::to_string(i);
  EXPECT_EQ(refusal("\n" + tag + ">"),
            "the page cannot be read as HTML: a <p> tag has 1000000 attributes, the limit is 500 (line 2 of the page)");
}

TEST(DocumentBounds, RefuseMoreThanSixteenMegabytes) {
  EXPECT_EQ(refusal(std::string(Document::max_size + 1, 'x')),
            "the page cannot be read as HTML: it has 16777217 bytes, the limit is 16777216");
}

TEST(DocumentBounds, RefuseWhatWouldTakeTooMuchMemory) {
  EXPECT_THAT(refusal(repeated("<a href=elsewhere title=somewhere>there</a>", 199'000)),
              HasSubstr("its elements would take more than 96 MB"));
}

TEST(DocumentBounds, RefuseMoreElementsThanTheyName) {
  EXPECT_THAT(refusal(repeated("<br>", 4'000'000)), HasSubstr("it has more than 200000 elements (line 1 of the page)"));
  for (const char* control : {"<input>", "<button></button>", "<select></select>", "<textarea></textarea>",
                              "<label>x</label>", "<form></form>"})
    EXPECT_THAT(refusal(repeated(control, 20'001)),
                HasSubstr("it has more than 20000 forms, fields, buttons and labels (line 1 of the page)"));
}

TEST(DocumentBounds, RefuseDepthThatTricksHide) {
  // Each of these nests without bound although tags seem to be closed.
  for (const char* hidden :
       {"<div><table><tr><td></div>", "<form><div></form>", "<span><div></span>", "<b><a>", "<optgroup>x",
        "<svg><div></svg><div>", "<b><div><div><div><div><div><div><div><div><div></b>",
        "<select><option><optgroup></select><object></option>"}) {
    EXPECT_THAT(refusal(repeated(hidden, 300'000)), testing::StartsWith("the page cannot be read as HTML: ")) << hidden;
  }
}

TEST(Document, SurvivesCdataWhereTheParserWouldNot) {
  const auto document = page("<table><math><mi><![CDATA[</form>]]>(</table><svg><![CDATA[ <p id=no> ]]><g "
                             "id=yes></svg><![CDATA[ x><b id=bold>");
  EXPECT_FALSE(document->by_id("no"));
  EXPECT_TRUE(document->by_id("yes"));
  EXPECT_TRUE(document->by_id("bold"));
  EXPECT_TRUE(page("<select><title></select><table><math><mi><![CDATA[x]]>y</title>")->root());
}

TEST(DocumentBounds, AllowManySiblingsWithoutEndTags) {
  for (const char* flat :
       {"<p>x", "<li>x", "<option>x", "<dt>x<dd>y", "<h1>x</h1>", "<p><b>x</b>", "<a href=x>y", "<button>x",
        "<svg><g></svg>", "<b><span></b>", "<img><br><hr>", "<p><table><tr><td>x</table>"}) {
    EXPECT_EQ(refusal(repeated(flat, 20'000)), "none") << flat;
  }
  EXPECT_EQ(refusal("<table>" + repeated("<tr><td>x<td>y", 20'000)), "none");
  EXPECT_EQ(refusal("<table>" + repeated("<tbody><tr><th>x", 20'000)), "none");
}

TEST(DocumentBounds, AllowTheDepthTheyName) {
  EXPECT_EQ(refusal(repeated("<div>", Document::max_depth)), "none");
  EXPECT_NE(refusal(repeated("<div>", Document::max_depth + 1)), "none");
}

} // namespace
} // namespace murphy::web
