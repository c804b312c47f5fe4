#include "web/forms/method_link.h"

#include "page_support.h"

namespace murphy::web {
namespace {

constexpr const char* csrf_metas =
    "<meta name=csrf-param content=authenticity_token><meta name=csrf-token content='a/+=='>";

// What the first link of the page sends; "nothing" for one that is followed as any other.
std::string sent_by(const std::string& html) {
  const auto document = page(html);
  Element link = document->root();
  while (link && !link.is("a")) link = link.next();
  const auto submission = method_submission(link, *document->resolve(link.attribute_or_empty("href")));
  return submission ? submission->method + " " + submission->url.href() + " " + submission->body.outline() : "nothing";
}

TEST(MethodLink, IsSentAsRailsUjsDoes) {
  EXPECT_EQ(sent_by(std::string(csrf_metas) + "<a data-method=delete href=/out>Out</a>"),
            "POST http://app.test/out _method=delete&authenticity_token=a%2F%2B%3D%3D");
  EXPECT_EQ(sent_by(std::string(csrf_metas) + "<a data-turbo-method=delete href=/out>Out</a>"),
            "POST http://app.test/out _method=delete&authenticity_token=a%2F%2B%3D%3D");
  EXPECT_EQ(sent_by("<a data-method=post href=/out>Out</a>"), "POST http://app.test/out _method=post");
}

TEST(MethodLink, TellsNoOtherOriginTheToken) {
  EXPECT_EQ(sent_by(std::string(csrf_metas) + "<a data-method=post href=http://other.test/out>Out</a>"),
            "POST http://other.test/out _method=post");
}

TEST(MethodLink, IsSentAsPhoenixDoes) {
  EXPECT_EQ(sent_by("<a data-method=delete data-to=/out data-csrf=t href=#>Out</a>"),
            "POST http://app.test/out _method=delete&_csrf_token=t");
}

TEST(MethodLink, IsNoLinkWithoutAMethod) {
  EXPECT_EQ(sent_by("<a href=/out>Out</a>"), "nothing");
  EXPECT_EQ(sent_by("<a data-method=GET href=/out>Out</a>"), "nothing");
  EXPECT_EQ(sent_by("<a data-method='' href=/out>Out</a>"), "nothing");
}

} // namespace
} // namespace murphy::web
