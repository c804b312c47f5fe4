#include "cli/typed_expectation.h"

#include <gmock/gmock.h>

namespace murphy::cli {
namespace {

TEST(TypedExpectations, AreReadAsThoseOfAStep) {
  const scenario::Project project;
  const auto read = typed_expectations("title = \"Dashboard\", status = 200, text = \"${token}\"", project);
  ASSERT_TRUE(read) << read.error().what;
  ASSERT_EQ(read->size(), 3U);
  EXPECT_EQ(read->front().what, "title");
}

TEST(TypedExpectations, SayWhatIsWrong) {
  const scenario::Project project;
  const auto wrong = typed_expectations("titel = \"Dashboard\"", project);
  ASSERT_FALSE(wrong);
  EXPECT_EQ(wrong.error().kind, ErrorKind::usage);
  EXPECT_THAT(wrong.error().what + wrong.error().hint, testing::HasSubstr("title"));
  EXPECT_EQ(wrong.error().place, Place{});
  EXPECT_FALSE(typed_expectations("title", project));
  EXPECT_FALSE(typed_expectations("title = \"a\" } }, { open = \"/\"", project)) << "it is no way to add steps";
  for (const char* more :
       {"title = \"a\" }, capture = { t = { css = \"a\" }", "title = \"a\" }, redirects = false, name = \"x\"",
        "title = \"a\" } }, { open = \"/\", expect = { title = \"b\"", "title = \"a\" }, when = { text = \"x\"", ""}) {
    const auto refused = typed_expectations(more, project);
    EXPECT_FALSE(refused) << more;
  }
  EXPECT_EQ(typed_expectations("title = \"a\" } }, { open = \"/\", expect = { title = \"b\"", project).error().what,
            "this is more than an expectation");
}

} // namespace
} // namespace murphy::cli
