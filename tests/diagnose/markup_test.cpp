#include "diagnose/markup.h"

#include <gmock/gmock.h>

namespace murphy::diagnose {
namespace {

using testing::Contains;
using testing::IsEmpty;
using testing::Not;

record::Exchange answer(std::string body, std::string type = "text/html; charset=utf-8") {
  record::Exchange exchange;
  exchange.url = "http://app.test/login";
  exchange.headers = {{"Content-Type", std::move(type)}};
  exchange.body = std::move(body);
  return exchange;
}

TEST(Markup, IsReadAsABrowserReadsIt) {
  const Markup markup =
      read_markup(answer("<!-- <input name=old> --><style>p > a {}</style><script>if (a<b) '<p>'</script>"
                         "<p hidden>not yet</p><P>Caf&eacute; &amp;&nbsp;bar<br>open</p>"
                         "<template><input name=row></template><INPUT NAME=a Value='x > &quot;y&quot;'>"));
  EXPECT_EQ(markup.text, "Café & bar\nopen");
  EXPECT_THAT(markup.tags, Contains(Tag{"input", {{"name", "a"}, {"value", "x > \"y\""}}}));
  EXPECT_THAT(markup.tags, Not(Contains(Tag{"input", {{"name", "old"}}})));
  EXPECT_THAT(markup.tags, Not(Contains(Tag{"input", {{"name", "row"}}})));
}

TEST(Markup, ThatWasCutIsReadAsFarAsItGoes) {
  const Markup markup = read_markup(answer("<form><label for=email>Email</label><input id=email><input id=pass"));
  EXPECT_EQ(markup.text, "Email");
  EXPECT_THAT(markup.tags, Contains(Tag{"label", {{"for", "email"}}}));
}

TEST(Markup, OfWhatIsNoPageIsItsText) {
  const Markup markup = read_markup(answer("{\"error\": \"<no user>\"}", "application/json"));
  EXPECT_EQ(markup.text, "{\"error\": \"<no user>\"}");
  EXPECT_THAT(markup.tags, IsEmpty());
  EXPECT_EQ(read_markup(answer("<no user>", "text/plain")).text, "<no user>");
}

} // namespace
} // namespace murphy::diagnose
