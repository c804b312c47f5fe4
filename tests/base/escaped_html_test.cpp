#include "base/escaped_html.h"

#include <gtest/gtest.h>

namespace murphy {
namespace {

TEST(EscapedHtml, HasReferencesForWhatMarksUp) {
  EXPECT_EQ(escaped_html("<a b=\"c\" d='e'>&amp;</a>"), "&lt;a b=&quot;c&quot; d=&#39;e&#39;&gt;&amp;amp;&lt;/a&gt;");
}

TEST(EscapedHtml, LeavesAllElse) {
  EXPECT_EQ(escaped_html("\u00e9 \xff\n\t"), "\u00e9 \xff\n\t");
  EXPECT_EQ(escaped_html(""), "");
}

} // namespace
} // namespace murphy
