#include "diagnose/sentence_tokens.h"

#include <gmock/gmock.h>

namespace murphy::diagnose {
namespace {

using testing::ElementsAre;

// Each with its mark: 'quoted', [bracketed], words and punctuation as they are.
std::vector<std::string> marked(std::string_view line) {
  std::vector<std::string> texts;
  for (const Token& token : tokens_of(line)) {
    const std::string text(token.text);
    texts.push_back(is_quoted(token)                       ? "'" + text + "'"
                    : token.mark == Token::Mark::bracketed ? "[" + text + "]"
                                                           : text);
  }
  return texts;
}

TEST(Tokens, AreWordsQuotationsAndPunctuation) {
  EXPECT_THAT(marked("no such column: users.emial"), ElementsAre("no", "such", "column", ":", "users.emial"));
  EXPECT_THAT(marked("Unknown option \"form_logn\", did you mean `form_login'?"),
              ElementsAre("Unknown", "option", "'form_logn'", ",", "did", "you", "mean", "'form_login'", "?"));
  EXPECT_THAT(marked("role \\\"app\\\" of «Konto»"), ElementsAre("role", "'app'", "of", "'Konto'"));
  EXPECT_THAT(marked("on model [User]"), ElementsAre("on", "model", "[User]"));
  EXPECT_THAT(marked("can't load App\\User"), ElementsAre("can't", "load", "App\\User"));
}

TEST(Tokens, ReadASentenceInQuotesWordByWord) {
  EXPECT_THAT(marked("said \"it is not there\""), ElementsAre("said", "it", "is", "not", "there"));
}

TEST(Tokens, AreComparedWithWords) {
  const auto tokens = tokens_of("Did you mean this");
  EXPECT_EQ(words_at(tokens, 0, "did you mean"), 3U);
  EXPECT_EQ(words_at(tokens, 1, "did you mean"), 0U);
  EXPECT_EQ(words_at(tokens, 2, "mean this one"), 0U) << "the line ends before";
}

TEST(Names, LookLikeNothingThatEnglishHas) {
  for (const char* name : {"user_name", "userName", "$user", "users.email", "login.html", "@role"})
    EXPECT_TRUE(looks_like_name(name)) << name;
  for (const char* word : {"users", "Table", "", "1.5", "two words_"}) EXPECT_FALSE(looks_like_name(word)) << word;
  EXPECT_TRUE(is_shouted("SESSION_KEY"));
  EXPECT_FALSE(is_shouted("Session_Key"));
  EXPECT_FALSE(is_shouted("SESSION"));
  EXPECT_FALSE(can_be_name("two words"));
  EXPECT_FALSE(can_be_name("12"));
}

TEST(Names, AreBareWithoutSignsAndCalls) {
  EXPECT_EQ(bare_name("$user"), "user");
  EXPECT_EQ(bare_name("find_user()."), "find_user");
  EXPECT_EQ(bare_name("*web.LoginPage"), "web.LoginPage");
  EXPECT_EQ(bare_name("users.email"), "users.email");
}

} // namespace
} // namespace murphy::diagnose
