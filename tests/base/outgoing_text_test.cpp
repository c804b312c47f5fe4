#include "base/outgoing_text.h"

#include <gtest/gtest.h>

namespace murphy {
namespace {

std::string wire(const OutgoingText& text) {
  ClearText clear;
  text.reveal_to(clear);
  return std::string(clear.view());
}

TEST(OutgoingText, ShowsItsSecretsMasked) {
  OutgoingText text(std::string("email="));
  text.append(Value("ada%40example.com"));
  text.append("&password=");
  text.append(Value(std::make_shared<const Secret>(ClearText("hunter%262"), "ada.password")));
  text.append("&keep=on");
  EXPECT_EQ(wire(text), "email=ada%40example.com&password=hunter%262&keep=on");
  EXPECT_EQ(text.outline(), "email=ada%40example.com&password=‹ada.password›&keep=on");
  EXPECT_EQ(text.size(), wire(text).size());
  EXPECT_FALSE(text.empty());
  text.clear();
  EXPECT_TRUE(text.empty());
}

TEST(OutgoingText, IsEmptyWithNothingInIt) {
  OutgoingText text;
  text.append("");
  text.append(Value());
  EXPECT_TRUE(text.empty());
  EXPECT_EQ(text.outline(), "");
}

} // namespace
} // namespace murphy
