#include "chromium/messages.h"

#include <boost/json/parse.hpp>
#include <gmock/gmock.h>

namespace murphy::chromium {
namespace {

using testing::ElementsAre;

std::vector<std::string> split_in(MessageSplitter& splitter, std::string_view bytes) {
  std::vector<std::string> messages;
  splitter.feed(bytes, [&](std::string_view message) { messages.emplace_back(message); });
  return messages;
}

TEST(Messages, EndWithANulCharacter) {
  const std::string text = command_text(7, "Page.navigate", {{"url", "http://app.test/"}}, "S1");
  ASSERT_EQ(text.back(), '\0');
  EXPECT_EQ(
      boost::json::parse(text.substr(0, text.size() - 1)),
      (boost::json::value{
          {"id", 7}, {"method", "Page.navigate"}, {"params", {{"url", "http://app.test/"}}}, {"sessionId", "S1"}}));
  EXPECT_FALSE(command_text(1, "Browser.close", {}, {}).contains("sessionId"));
}

TEST(Messages, ComeInPieces) {
  MessageSplitter splitter;
  using namespace std::string_view_literals;
  EXPECT_THAT(split_in(splitter, "{\"a\""sv), ElementsAre());
  EXPECT_THAT(split_in(splitter, ":1}\0{}\0{\"b"sv), ElementsAre("{\"a\":1}", "{}"));
  EXPECT_THAT(split_in(splitter, "\":2}\0"sv), ElementsAre("{\"b\":2}"));
}

TEST(Messages, AreLeftOutWhereTheyAreTooLong) {
  MessageSplitter splitter;
  using namespace std::string_view_literals;
  const std::string half(MessageSplitter::longest / 2 + 1, 'x');
  EXPECT_THAT(split_in(splitter, half), ElementsAre());
  EXPECT_THAT(split_in(splitter, half), ElementsAre());
  EXPECT_THAT(split_in(splitter, "end\0{}\0"sv), ElementsAre("{}"));
}

} // namespace
} // namespace murphy::chromium
