// Work on what a page says ends when its time is over, wherever it is: in the parser's tree, in texts, names and
// errors.
#include "base/work_limit.h"
#include "page_support.h"
#include "web/forms/naming.h"
#include "web/forms/shown_errors.h"
#include "web/html/rendered_text.h"
#include "web/selector/selector.h"

#include <gtest/gtest.h>

namespace murphy::web {
namespace {

std::string many(std::string_view piece, int times) {
  std::string text;
  for (int i = 0; i < times; ++i) text += piece;
  return text;
}

// Ten thousand of each, in one form.
const std::string crowd =
    "<form>" + many("<p class=error>Wrong</p><a href=x>y</a><label>Name<input name=n></label><b>t</b>", 4'000) +
    "<button>Go</button></form>";

TEST(CrowdedPage, IsLeftWhereverItsTimeIsOver) {
  const FormPage crowded(crowd);
  const auto selector = Selector::parse("form p ~ b");
  ASSERT_TRUE(selector);
  const WorkLimit over(std::chrono::nanoseconds(0), {});
  EXPECT_THROW((void)read_forms(*crowded.document), WorkEnded);
  EXPECT_THROW((void)rendered_text(*crowded.document), WorkEnded);
  EXPECT_THROW((void)shown_errors(*crowded.document, crowded.forms), WorkEnded);
  EXPECT_THROW((void)find_click(crowded.forms, *crowded.document, "nothing"), WorkEnded);
  EXPECT_THROW((void)check_has_field(crowded.forms, "nothing"), WorkEnded);
  EXPECT_THROW((void)selector->select(*crowded.document), WorkEnded);
  EXPECT_THROW((void)crowded.document->refresh(), WorkEnded);
}

TEST(CrowdedPage, NamesNoMoreFormsThanAPersonReads) {
  std::string html;
  for (int i = 0; i < 4'000; ++i) html += "<form><button>B" + std::to_string(i) + "</button></form>";
  const FormPage crowded(html);
  const auto found = find_submit(crowded.forms, "Nothing");
  ASSERT_FALSE(found);
  EXPECT_EQ(std::ranges::count(found.error().hint, '\n'), 31);
  EXPECT_TRUE(found.error().hint.ends_with("and 3970 more")) << found.error().hint;
}

TEST(CrowdedPage, GivesAFieldNoNameThatNobodyCouldRead) {
  const FormPage crowded("<div id=d>" + many("word ", 100'000) + "</div><form>" +
                         many("<input aria-labelledby=d>", 1'000) + "</form>");
  for (const Control& control : crowded.forms.controls) EXPECT_LE(control.labels.at(0).size(), longest_label);
}

} // namespace
} // namespace murphy::web
