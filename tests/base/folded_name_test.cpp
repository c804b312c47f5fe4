#include "base/folded_name.h"

#include <gtest/gtest.h>

namespace murphy {
namespace {

TEST(FoldedName, KeepsTheDigitsThatNamesHave) {
  for (const char* name : {"password1", "password2", "utf8", "h264", "step3", "a1b2c3", "line_1", "address[street]",
                           "oauth2_state", "deadbeef", "x-1"})
    EXPECT_EQ(folded_name(name), name);
}

TEST(FoldedName, FoldsIds) {
  EXPECT_EQ(folded_name("quantity[17]"), "quantity[0]");
  EXPECT_EQ(folded_name("comment_48123"), "comment_0");
  EXPECT_EQ(folded_name("SSESS1a2b3c4d5e6f7081"), folded_name("SSESS9f8e7d6c5b4a3920"));
  EXPECT_EQ(folded_name("form_1b9d6bcd-bbfd-4b2d-9b5d-ab8dfbbd4bed"), "form_0");
  EXPECT_EQ(folded_name(folded_name("quantity[17] 48123")), folded_name("quantity[17] 48123"));
}

} // namespace
} // namespace murphy
