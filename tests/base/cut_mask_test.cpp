#include "base/cut_mask.h"

#include "base/text.h"

#include <gtest/gtest.h>

namespace murphy {
namespace {

TEST(CutMask, LeavesNoHalfAtTheEnd) {
  EXPECT_EQ(without_mask_cut_at_end("password=‹ada.pass"), "password=");
  EXPECT_EQ(without_mask_cut_at_end("a=‹ada.password›, b=‹"), "a=‹ada.password›, b=");
  EXPECT_EQ(without_mask_cut_at_end("a=‹ada.password› and"), "a=‹ada.password› and");
  EXPECT_EQ(without_mask_cut_at_end("nothing"), "nothing");
  const std::string quotation = "‹" + std::string(300, 'x');
  EXPECT_EQ(without_mask_cut_at_end(quotation), quotation);
}

TEST(CutMask, LeavesNoHalfAtTheStart) {
  EXPECT_EQ(without_mask_cut_at_start("word› and more"), " and more");
  EXPECT_EQ(without_mask_cut_at_start("a ‹mask› and more"), "a ‹mask› and more");
  EXPECT_EQ(without_mask_cut_at_start("nothing"), "nothing");
  const std::string quotation = std::string(300, 'x') + "›";
  EXPECT_EQ(without_mask_cut_at_start(quotation), quotation);
}

TEST(CutMask, IsNeverShownBeforeAnEllipsis) {
  EXPECT_EQ(ellipsize("GET /land?x=‹ada.password› and more", 20), "GET /land?x=…");
  EXPECT_EQ(ellipsize("GET /land?x=‹ada.password› and more", 30), "GET /land?x=‹ada.password› an…");
}

} // namespace
} // namespace murphy
