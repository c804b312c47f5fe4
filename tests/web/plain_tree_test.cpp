#include "web/html/plain_tree.h"

#include "base/text.h"

#include <gmock/gmock.h>
#include <gumbo.h>

#include <array>
#include <fmt/format.h>
#include <random>
#include <string>
#include <vector>

namespace murphy::web {
namespace {

// Every member of every node, one node a line.
std::string nodes_of(const DocumentTree& tree) {
  std::string lines;
  for (const DocumentTree::Node& node : tree.nodes) {
    lines += fmt::format("{}{} {:?} parent {} after {} before {} child {} end {} form {} scope {} line {} at {}",
                         node.is_text ? "text" : "element", node.is_html ? "" : " foreign", node.text, node.parent,
                         node.previous_sibling, node.next_sibling, node.first_child, node.end, node.form, node.scope,
                         node.line, node.position);
    if (node.is_shadow_root || node.hides_its_children) lines += " shadow";
    for (std::uint32_t i = 0; i < node.attribute_count; ++i) {
      const Attribute& attribute = tree.attributes[node.first_attribute + i];
      lines += fmt::format(" {}={:?}", attribute.name, attribute.value);
    }
    lines += '\n';
  }
  for (const auto& [id, node] : tree.ids) lines += fmt::format("id {:?} {}\n", id.second, node);
  return lines;
}

std::string by_gumbo(const std::string& html) {
  const auto tree = build_tree(html);
  return tree ? nodes_of(**tree) : tree.error().what;
}

enum class Reading { plainly, not_plainly };

// How the page is read; whichever way, its tree is gumbo's.
Reading read_as(const std::string& html) {
  const auto plain = build_plain_tree(html);
  if (!plain) return Reading::not_plainly;
  EXPECT_EQ(nodes_of(*plain), by_gumbo(html)) << html;
  return Reading::plainly;
}

std::string page_with(std::string_view body) {
  return fmt::format("<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=utf-8>\n<title>A &amp; B</title>\n"
                     "</head>\n<body class='x'>\n{}\n</body>\n</html>\n",
                     body);
}

TEST(PlainTree, IsThatOfTheParser) {
  for (const char* body : {
           "",
           "words",
           "a &lt; b &#169; &#xe9; &nbsp;& c",
           "<p>one</p><p>two<br>three</p>",
           "<form action=/in method=post><input type=hidden name=t value=\"a&quot;b\"><label for=e>Email</label>"
           "<input id=e name=email required><select name=s><option>1</option><optgroup label=g><option value=2 "
           "selected>"
           "2</option></optgroup></select><textarea>\n\n&amp; x</textarea><button>Go</button></form>after<input>",
           "<ul><li>1</li><li>2<ul><li>3</li></ul></li></ul><dl><dt>a</dt><dd>b</dd></dl>",
           "<table>\n<thead><tr><th>h</th></tr></thead><tbody> <tr><td><a href=/x>x</a></td><td>1</td></tr></tbody>\n"
           "</table>",
           "<script>if (a < b && c) {}</script><style>a>b{}</style><noscript><form><input></noscript>",
           "<!-- a -->one<!-- b -->two",
           "<h1>H</h1><h2>I</h2><pre>\n\nx</pre><DIV CLASS=A class=b data-X></DIV>",
           "<turbo-frame id=f><app-root></app-root></turbo-frame><b><i>x</i></b><a href='/a?b=1&amp;c=2'>y</a>",
           "<input disabled/><img src=\"/a.png\" alt='\"q\"' /><hr><details><summary>s</summary></details>",
       }) {
    EXPECT_EQ(read_as(page_with(body)), Reading::plainly) << body;
  }
}

TEST(PlainTree, LeavesToTheParserWhatIsMovedImpliedOrReplaced) {
  for (const char* body : {
           "<p>one<p>two",
           "<p><div></div></p>",
           "<ul><li>1<li>2</ul>",
           "<table><tr><td>1</td></tr></table>",
           "<table>words</table>",
           "<b><p>x</b></p>",
           "<a href=1><a href=2></a></a>",
           "<form><form></form></form>",
           "<button><button></button></button>",
           "<select><input></select>",
           "<select><option>1<option>2</select>",
           "</br>",
           "</div>",
           "<div>",
           "<svg><path/></svg>",
           "<template></template>",
           "<h1><h2></h2></h1>",
           "a &lang=en",
           "&unknown;",
           "&#0;",
           "&#128;",
           "<a b=\"c\"d>x</a>",
           "<a =b>x</a>",
           "a < b",
           "a\rb",
           "<script><!-- <script> --></script>",
           "<iframe></iframe>",
           "<plaintext>",
           "<title>x</title>",
           "<!a>",
           "<?a>",
           "<![CDATA[x]]>",
           "<!-->",
           "<body>",
           "<frameset>",
           "<textarea>&#10;x</textarea>",
           "&lang;",
       }) {
    EXPECT_EQ(read_as(page_with(body)), Reading::not_plainly) << body;
  }
  for (const char* html : {"", "<p>", "<!doctype html>", "<html><head></head><body></body></html>",
                           "<!doctype html><head></head><body></body>", "<!doctype html><html><body></body></html>",
                           "<!doctype html SYSTEM 'about:legacy-compat'><html><head></head><body></body></html>"})
    EXPECT_EQ(read_as(html), Reading::not_plainly) << html;
}

TEST(PlainTree, ReadsTheEndOfAPageAsTheParserDoes) {
  for (const char* end :
       {"</body></html>", "x</body></html>", "x </body> </html> ", "<p>x</p>\n</body>\n</html>\n",
        "</body><!-- c --></html>", "x</body> <!-- c --> </html> <!-- d -->\n", "</body>", "x</body>\n"})
    EXPECT_EQ(read_as(fmt::format("<!DOCTYPE HTML><html><!-- 1 --> <head> </head> <!-- 2 --> <body>{}", end)),
              Reading::plainly)
        << end;
}

// The parser has rules for tags that this project knows nothing of, too.
TEST(PlainTree, AgreesOnEveryTagThatTheParserKnows) {
  constexpr std::array<std::string_view, 14> around = {"{}",
                                                       "<p>{}</p>",
                                                       "<ul><li>{}</li></ul>",
                                                       "<dl><dd><div>{}</div></dd></dl>",
                                                       "<b>{}</b>",
                                                       "<a href=/>{}</a>",
                                                       "<form>{}</form>",
                                                       "<select>{}</select>",
                                                       "<table>{}</table>",
                                                       "<table><tbody><tr>{}</tr></tbody></table>",
                                                       "<table><tbody><tr><td>{}</td></tr></tbody></table>",
                                                       "<h1>{}</h1>",
                                                       "<button>{}</button>",
                                                       "<x-y>{}</x-y>"};
  int plain = 0;
  for (int tag = 0; tag < GUMBO_TAG_UNKNOWN; ++tag) {
    const std::string name = gumbo_normalized_tagname(static_cast<GumboTag>(tag));
    for (const std::string_view place : around) {
      for (const std::string& written :
           {fmt::format("a<{0} id=i>b</{0}>c", name), fmt::format("<{0}></{0}>", name), fmt::format("a<{0}>b", name),
            fmt::format("<{0}><p>x</p></{0}>", name), fmt::format("<{0}><{0}></{0}></{0}>", name),
            fmt::format("<{0}><li>x</li></{0}>", name), fmt::format("<{0}><b>x</b><input></{0}>", name)})
        plain += read_as(page_with(fmt::format(fmt::runtime(place), written))) == Reading::plainly ? 1 : 0;
    }
  }
  EXPECT_GT(plain, 3000);
}

TEST(PlainTree, AgreesOnNamedReferences) {
  for (const char* name :
       {"amp",   "lt",   "gt",   "quot", "apos", "nbsp", "copy",   "hellip", "mdash", "rang",    "lang",
        "times", "Uuml", "euro", "rarr", "larr", "bull", "middot", "raquo",  "AMP",   "NewLine", "thetasym"}) {
    read_as(page_with(fmt::format("&{};", name)));
    read_as(page_with(fmt::format("<a title='&{0};x'>&{0}</a>", name)));
    EXPECT_EQ(read_as(page_with(fmt::format("<a href='?a&{0}=1&{0}x=&amp;{0}'>x</a>", name))), Reading::plainly);
  }
}

// Pieces of pages put together by chance, and whole ones with a piece taken out or put in.
TEST(PlainTree, AgreesOnPagesMadeByChance) {
  constexpr std::array<std::string_view, 74> pieces = {"<div>",
                                                       "</div>",
                                                       "<p>",
                                                       "</p>",
                                                       "<ul>",
                                                       "</ul>",
                                                       "<li>",
                                                       "</li>",
                                                       "<b>",
                                                       "</b>",
                                                       "<i>",
                                                       "</i>",
                                                       "<a href=/x>",
                                                       "</a>",
                                                       "<form action=/f>",
                                                       "</form>",
                                                       "<input name=a>",
                                                       "<button>",
                                                       "</button>",
                                                       "<select>",
                                                       "</select>",
                                                       "<option>",
                                                       "</option>",
                                                       "<optgroup>",
                                                       "</optgroup>",
                                                       "<textarea>",
                                                       "</textarea>",
                                                       "<table>",
                                                       "</table>",
                                                       "<tbody>",
                                                       "</tbody>",
                                                       "<tr>",
                                                       "</tr>",
                                                       "<td>",
                                                       "</td>",
                                                       "<thead>",
                                                       "</thead>",
                                                       "<h1>",
                                                       "</h1>",
                                                       "<h2>",
                                                       "</h2>",
                                                       "<dl>",
                                                       "</dl>",
                                                       "<dt>",
                                                       "</dt>",
                                                       "<dd>",
                                                       "</dd>",
                                                       "<script>",
                                                       "</script>",
                                                       "<!-- c -->",
                                                       " ",
                                                       "\n",
                                                       "words",
                                                       "&amp;",
                                                       "&#65;",
                                                       "&",
                                                       "<br>",
                                                       "<hr/>",
                                                       "<span id=s>",
                                                       "</span>",
                                                       "<label>",
                                                       "</label>",
                                                       "<fieldset>",
                                                       "</fieldset>",
                                                       "<pre>",
                                                       "</pre>",
                                                       "<noscript>",
                                                       "</noscript>",
                                                       "<address>",
                                                       "</address>",
                                                       "<x-y>",
                                                       "</x-y>",
                                                       "</body>",
                                                       "</html>"};
  std::mt19937 random(7);
  const auto any_of = [&](std::size_t number) {
    return std::uniform_int_distribution<std::size_t>(0, number - 1)(random);
  };
  int plain = 0;
  for (int round = 0; round < 20'000; ++round) {
    std::string body;
    std::vector<std::string> open;
    for (std::size_t i = 1 + any_of(14); i > 0; --i) {
      // Mostly as it should be: what is open is closed in turn.
      if (!open.empty() && any_of(3) == 0) {
        body += open.back();
        open.pop_back();
        continue;
      }
      const std::string piece(pieces[any_of(pieces.size())]);
      if (piece.starts_with("</") && any_of(20) != 0) continue;
      body += piece;
      const bool opens = piece.starts_with("<") && is_letter(piece[1]) && !piece.starts_with("<br") &&
                         !piece.starts_with("<hr") && !piece.starts_with("<input");
      if (opens) open.push_back(fmt::format("</{}>", piece.substr(1, piece.find_first_of(" >") - 1)));
    }
    for (; !open.empty() && any_of(30) != 0; open.pop_back()) body += open.back();
    plain += read_as(page_with(body)) == Reading::plainly ? 1 : 0;
  }
  EXPECT_GT(plain, 4000);
}

TEST(PlainTree, AgreesOnPagesWithAByteChanged) {
  const std::string sound = page_with(
      "<main><form action=\"/in?a=1&amp;b=2\" method='post'>\n<input type=\"hidden\" name='t' value=a&#x41;c>"
      "<label for=e>E-mail &nbsp;</label><input id=e name=email required/>\n<!-- c --><button class=\"b c\">Go</button>"
      "</form><script src=/x.js></script><p>Ünï <a href='/x'>x</a></p></main>");
  ASSERT_EQ(read_as(sound), Reading::plainly);
  constexpr std::string_view bytes = "<>/=\"'&;#!- \n\tax\r\f`?\x01\x7F";
  for (std::size_t i = 0; i < sound.size(); ++i) {
    std::string changed = sound;
    changed.erase(i, 1);
    if (is_utf8(changed)) read_as(changed);
    for (const char byte : bytes) {
      changed = sound;
      changed[i] = byte;
      if (is_utf8(changed)) read_as(changed);
      changed = sound;
      changed.insert(i, 1, byte);
      if (is_utf8(changed)) read_as(changed);
    }
  }
}

TEST(PlainTree, GivesUpBeyondABoundOfDocuments) {
  std::string deep, many;
  for (std::size_t i = 0; i < Document::max_depth; ++i) deep.insert(deep.size() / 2, "<x></x>").substr();
  for (std::size_t i = 0; i <= Document::max_attributes; ++i) many += fmt::format(" a{}", i);
  EXPECT_EQ(read_as(page_with(deep)), Reading::not_plainly);
  EXPECT_EQ(read_as(page_with(fmt::format("<div{}></div>", many))), Reading::not_plainly);
}

} // namespace
} // namespace murphy::web
