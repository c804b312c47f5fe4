#include "scenario/masking.h"

#include "base/text.h"
#include "scenario/reader.h"

#include <cstdint>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace murphy::scenario {
namespace {

TEST(MaskSecrets, LeavesEverythingElse) {
  constexpr std::string_view text =
      "# password = \"x\"\n[user.ada]\nemail = \"a@b.c\" # mail\ntags = [\n \"x\",\n 'y' ]\n";
  EXPECT_EQ(mask_secrets(text), text);
  EXPECT_EQ(mask_secrets("password = { env = \"ADA\" }\ntoken = { file = 'x' }\n"),
            "password = { env = \"ADA\" }\ntoken = { file = 'x' }\n");
}

TEST(MaskSecrets, HidesValuesWhereverTheyStand) {
  EXPECT_EQ(mask_secrets("password = \"x\"\n"), "password = \"*\"\n");
  EXPECT_EQ(mask_secrets("ada.password='x' # y\n"), "ada.password='*' # y\n");
  EXPECT_EQ(mask_secrets("\"API token\" = \"x\"\r\n"), "\"API token\" = \"*\"\r\n");
  EXPECT_EQ(mask_secrets("ada = { a = \"x\", totp = \"y\", b = \"z\" }"),
            "ada = { a = \"x\", totp = \"*\", b = \"z\" }");
  EXPECT_EQ(mask_secrets("secret = [\"a\", 'b', 3]\nx = 1"), "secret = [\"*\", '*', *]\nx = 1");
  EXPECT_EQ(mask_secrets("secret = { x = \"a\", env = \"B\" }"), "secret = { x = \"*\", env = \"B\" }");
  EXPECT_EQ(mask_secrets("Password = \"\"\"\nab\nc\"\"\"\nx = \"d\""), "Password = \"\"\"\n**\n*\"\"\"\nx = \"d\"");
}

TEST(MaskSecrets, HidesTheAddressesOfAWatch) {
  EXPECT_EQ(mask_secrets("[watch]\nheartbeat = \"ab\"\nnotify = [{ kind = \"x\", url = \"cd\" }]\n[app]\nurl = \"e\""),
            "[watch]\nheartbeat = \"**\"\nnotify = [{ kind = \"x\", url = \"**\" }]\n[app]\nurl = \"e\"");
  EXPECT_EQ(mask_secrets("[[ watch . notify ]] # x\nurl = \"ab\""), "[[ watch . notify ]] # x\nurl = \"**\"");
  EXPECT_EQ(mask_secrets("watch.heartbeat = 'a'\nwatch={ notify = [{ url = 'b' }] }\nurl = 'c'"),
            "watch.heartbeat = '*'\nwatch={ notify = [{ url = '*' }] }\nurl = 'c'");
  EXPECT_EQ(mask_secrets("[watch]\nheartbeat = { env = \"A\" }\n[watches]\nurl = 'a'"),
            "[watch]\nheartbeat = { env = \"A\" }\n[watches]\nurl = 'a'");
}

TEST(MaskSecrets, HidesWhatIsNotQuiteToml) {
  EXPECT_EQ(mask_secrets("password = ab c # d\nx = 1"), "password = ********\nx = 1");
  EXPECT_EQ(mask_secrets("password = \"ab\nx = \"c\""), "password = \"**\nx = \"c\"");
  EXPECT_EQ(mask_secrets("password = \"a\"b\"\n"), "password = \"*\"**\n");
  EXPECT_EQ(mask_secrets("password = \"é‹\\\"x\"\n"), "password = \"*****\"\n");
}

// Lines and columns of the masked text are those of the file, whatever the file is.
TEST(MaskSecrets, KeepsTheShapeOfTheText) {
  const std::string_view pieces[] = {"password", "=", "\"", "'", "\"\"\"", "{", "}", "[",
                                     "]",        ",", "\n", "é", "\\",     "#", " x"};
  std::uint32_t state = 7;
  for (int round = 0; round < 3000; ++round) {
    std::string text;
    for (int i = 0; i < 25; ++i) {
      state = state * 1664525u + 1013904223u;
      text += pieces[(state >> 16) % std::size(pieces)];
    }
    const std::string masked = mask_secrets(text);
    EXPECT_EQ(count_code_points(masked), count_code_points(text)) << text;
    EXPECT_EQ(std::ranges::count(masked, '\n'), std::ranges::count(text, '\n')) << text;
  }
}

TEST(MaskSecrets, SurvivesDeepNesting) {
  const std::string text = "password = " + std::string(100000, '[') + "\"x\"";
  EXPECT_EQ(mask_secrets(text).find('x'), std::string::npos);
}

} // namespace
} // namespace murphy::scenario
