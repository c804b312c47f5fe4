#include "web/selector/selector.h"

#include "page_support.h"

#include <string>
#include <tuple>

namespace murphy::web {
namespace {

constexpr const char* sample_page = R"(<!doctype html><html lang=en id=html><head id=head></head><body id=body>
<div id=d1 class="card Big">
  <h1 id=h1>Welcome, <b id=b1>Ada</b></h1>
  <p id=p1 class="lead" lang=fr-CA title="a b-c">one</p>
  <p id=p2 data-x="">two &nbsp;  words</p>
  <span id=s1></span><span id=s2><!-- c --></span><span id=s3> </span>
</div>
<ul id=u><li id=l1>1<li id=l2>2<li id=l3>3<li id=l4>4<li id=l5>5</ul>
<form id=f><fieldset id=fs disabled><legend id=lg><input id=i0></legend><input id=i1></fieldset>
<input id=i2 type=CheckBox checked><input id=i3 type=radio><input id=i4 type=text checked>
<select id=sel><option id=o1 disabled>a<option id=o2>b<optgroup id=og disabled><option id=o3 selected></optgroup></select>
<a id=a1 href=/x>link</a><a id=a2>none</a></form>
<p id="1st" class="a:b é">odd names</p>
<div id=deep><div><div><em id=e1>x</em></div></div></div>
<svg id=svg><linearGradient id=lin /></svg>
</body></html>)";

std::string ids(std::string_view css) {
  static const auto document = page(sample_page);
  const auto selector = Selector::parse(css);
  if (!selector) return "error: " + selector.error().what;
  std::string found;
  for (const Element element : selector->select(*document)) {
    if (!found.empty()) found += ' ';
    found += element.has("id") ? std::string(element.attribute_or_empty("id")) : "(" + std::string(element.tag()) + ")";
  }
  return found;
}

using Case = std::tuple<const char*, const char*>;
class Selects : public testing::TestWithParam<Case> {};

TEST_P(Selects, InDocumentOrder) {
  const auto& [css, expected] = GetParam();
  EXPECT_EQ(ids(css), expected) << css;
}

INSTANTIATE_TEST_SUITE_P(
    Level3, Selects,
    testing::Values(
        Case{"h1", "h1"}, Case{"H1", "h1"}, Case{"p", "p1 p2 1st"}, Case{"#p1", "p1"}, Case{"p#p1.lead", "p1"},
        Case{".card", "d1"}, Case{".big", ""}, Case{".card.Big", "d1"}, Case{"*.lead", "p1"}, Case{"[data-x]", "p2"},
        Case{"[data-x='']", "p2"}, Case{"[title=\"a b-c\"]", "p1"}, Case{"[title~=a]", "p1"},
        Case{"[title~='a b-c']", ""}, Case{"[title~='']", ""}, Case{"[lang|=fr]", "p1"}, Case{"[lang|=f]", ""},
        Case{"[title^='a ']", "p1"}, Case{"[title$='-c']", "p1"}, Case{"[title*='b']", "p1"}, Case{"[title^='']", ""},
        Case{"[title='A B-C']", ""}, Case{"[title='A B-C' i]", "p1"}, Case{"[type=checkbox]", "i2"},
        Case{"[type=checkbox s]", ""}, Case{"[ TITLE ]", "p1"}, Case{"div > p", "p1 p2"}, Case{"div p", "p1 p2"},
        Case{"h1 + p", "p1"}, Case{"h1 ~ p", "p1 p2"}, Case{"h1~p+span", "s1"}, Case{"body div div em", "e1"},
        Case{"#deep > em", ""}, Case{"#deep > div > div > em", "e1"}, Case{"div div div div em", ""},
        Case{"h1, #p2 , b", "h1 b1 p2"}, Case{"h1,h1", "h1"}, Case{":root", "html"}, Case{"body:root", ""},
        Case{"span:empty", "s1 s2"}, Case{"li:first-child", "l1"}, Case{"li:last-child", "l5"},
        Case{"b:only-child", "b1"}, Case{"li:only-child", ""}, Case{"#d1 > p:first-of-type", "p1"},
        Case{"#d1 > :last-of-type", "h1 p2 s3"}, Case{"#d1 > :only-of-type", "h1"}, Case{"li:nth-child(2)", "l2"},
        Case{"li:nth-child( 2n + 1 )", "l1 l3 l5"}, Case{"li:nth-child(ODD)", "l1 l3 l5"},
        Case{"li:nth-child(even)", "l2 l4"}, Case{"li:nth-child(-n+2)", "l1 l2"}, Case{"li:nth-child(n+4)", "l4 l5"},
        Case{"li:nth-child(3n-1)", "l2 l5"}, Case{"li:nth-child(0n+3)", "l3"}, Case{"li:nth-child(0)", ""},
        Case{"li:nth-child(-1)", ""}, Case{"li:nth-child(+3)", "l3"}, Case{"li:nth-child(n)", "l1 l2 l3 l4 l5"},
        Case{"li:nth-last-child(2)", "l4"}, Case{"#d1 > span:nth-of-type(2)", "s2"},
        Case{"#d1 > span:nth-last-of-type(1)", "s3"}, Case{"input:checked", "i2"}, Case{"option:checked", "o3"},
        Case{":disabled", "fs i1 o1 og o3"}, Case{"input:enabled", "i0 i2 i3 i4"}, Case{":link", "a1"},
        Case{"p:lang(fr)", "p1"}, Case{"p:lang(en)", "p2 1st"}, Case{"p:lang('FR')", "p1"},
        Case{"p:not(.lead)", "p2 1st"}, Case{"p:not(.lead):not(#p2)", "1st"}, Case{"p:not(.lead, #p2)", "1st"},
        Case{"#u li:not(:first-child):not(:last-child)", "l2 l3 l4"}, Case{"#\\31 st", "1st"}, Case{".a\\:b", "1st"},
        Case{".é", "1st"}, Case{".\\e9", "1st"}, Case{"[id='\\31st']", "1st"}, Case{"[id=\"\\31 st\"]", "1st"},
        Case{"linearGradient", "lin"}, Case{"  h1  ", "h1"},
        Case{"h1/", "error: \"/\" is not allowed here, at character 3 of the selector h1/"}));

INSTANTIATE_TEST_SUITE_P(HasText, Selects,
                         testing::Values(Case{"p:has-text(\"TWO words\")", "p2"},
                                         Case{"h1:has-text('welcome,   ada')", "h1"},
                                         Case{"b:has-text(\"welcome\")", ""}, Case{"li:has-text(\"3\")", "l3"},
                                         Case{"p:not(:has-text(\"odd\")):not(.lead)", "p2"}));

std::string error(std::string_view css) {
  const auto selector = Selector::parse(css);
  if (selector) return "none";
  EXPECT_EQ(selector.error().kind, ErrorKind::usage);
  return selector.error().what + " | " + selector.error().hint;
}

TEST(SelectorErrors, NameWhatIsWrongAndWhatToWrite) {
  EXPECT_EQ(error("p:frist-child"), ":frist-child is not a supported pseudo-class, at character 2 of the selector "
                                    "p:frist-child | did you mean \"first-child\"?");
  EXPECT_EQ(error("p::before"),
            "::before is a pseudo-element, which is not an element of the page, at character 2 of the "
            "selector p::before | select the element it belongs to");
  EXPECT_EQ(error("é p:after"),
            "::after is a pseudo-element, which is not an element of the page, at character 4 of the "
            "selector é p:after | select the element it belongs to");
  EXPECT_EQ(error("a:hover"), ":hover depends on what a person does with the page, at character 2 of the selector "
                              "a:hover | select by attribute or class instead");
  EXPECT_EQ(error("li:nth-child(2m)"), "\"2m\" is not of the form an+b, at character 14 of the selector "
                                       "li:nth-child(2m) | write for example 2, 2n+1, -n+3, odd or even");
  EXPECT_EQ(error("li:nth-child"),
            ":nth-child needs an argument in parentheses, at character 3 of the selector li:nth-child | ");
  EXPECT_EQ(error("p:has-text(word)"), ":has-text() needs its words in quotes, at character 12 of the selector "
                                       "p:has-text(word) | write :has-text(\"words\")");
  EXPECT_EQ(error("p:not(a b)"), ":not() takes no combinators, at character 9 of the selector p:not(a b) | write the "
                                 "ancestors or siblings outside of it");
  EXPECT_EQ(error("svg|a"),
            "namespaces are not supported, at character 1 of the selector svg|a | remove the part before the |");
  EXPECT_EQ(error("[a=1]"),
            "\"1\" is not a name for an attribute value, at character 4 of the selector [a=1] | put the "
            "value in quotes: [name=\"value\"]");
  EXPECT_EQ(error("[a!='1']"), "\"!\" is not an attribute operator, at character 3 of the selector [a!='1'] | use = ~= "
                               "|= ^= $= *=, and ] to end");
  EXPECT_EQ(error("[a='1"), "the string is never closed, at character 4 of the selector [a='1 | end it with '");
}

TEST(SelectorErrors, AreFoundForEveryUnfinishedSelector) {
  for (const char* css : {"",
                          " ",
                          ",",
                          "a,",
                          "a >",
                          "> a",
                          "a > > b",
                          "a + ~ b",
                          "#",
                          ".",
                          ".1",
                          "#-",
                          "[",
                          "[a",
                          "[a=",
                          "[a='b'",
                          "[a='b' x]",
                          ":",
                          "::",
                          "a:",
                          ":not(",
                          ":not()",
                          ":not(a",
                          ":not(a,)",
                          ":nth-child(",
                          ":nth-child()",
                          ":nth-child(n+)",
                          ":nth-child(1n2)",
                          ":nth-child(- 1)",
                          ":lang()",
                          ":has-text('a'",
                          ":is(a)",
                          "a b)",
                          "a{}",
                          "&",
                          "@media",
                          "a!b",
                          ":first-child()"}) {
    EXPECT_NE(error(css), "none") << css;
  }
}

TEST(Selector, TakesNoLongerThanAWalkOverThePage) {
  // Backtracking would take 2000^4 steps for the one, 100 000^2 for the other.
  std::string deep, wide = "<ul>";
  for (int i = 0; i < 1900; ++i) deep += "<div class=x>";
  for (int i = 0; i < 100'000; ++i) wide += "<li class=y>";
  EXPECT_TRUE(Selector::parse(".a .x .x .x .x .x")->select(*page(deep)).empty());
  EXPECT_TRUE(Selector::parse("b ~ .y ~ .y:nth-last-of-type(2n)")->select(*page(wide)).empty());
}

TEST(Selector, NestsNoDeeperThanAnybodyWrites) {
  const auto nested = [](int depth) {
    std::string text = "a";
    for (int i = 0; i < depth; ++i) text = ":not(" + text + ")";
    return text;
  };
  EXPECT_TRUE(Selector::parse(nested(20)));
  const auto refused = Selector::parse(nested(5000));
  ASSERT_FALSE(refused);
  EXPECT_TRUE(refused.error().what.starts_with(":not() is nested more than 20 deep")) << refused.error().what;
}

} // namespace
} // namespace murphy::web
