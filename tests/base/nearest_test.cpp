#include "base/nearest.h"

#include <gtest/gtest.h>

namespace murphy {
namespace {

using Names = std::vector<std::string>;

TEST(Nearest, TakesAnotherWayOfWritingForTheSameName) {
  EXPECT_EQ(nearest("userEmail", {"user_email", "user_name"}), Names{"user_email"});
  EXPECT_EQ(nearest("USER-EMAIL", {"user_email", "user_emails"}), Names{"user_email"});
  EXPECT_EQ(nearest("email user", {"user_email"}), Names{"user_email"});
  EXPECT_EQ(nearest("HTMLForm", {"html_form"}), Names{"html_form"});
  EXPECT_EQ(nearest("ID", {"id", "ie"}), Names{"id"}); // short, but the same
}

TEST(Nearest, FindsSlipsOfTheFingers) {
  EXPECT_EQ(nearest("emial", {"email", "name"}), Names{"email"});
  EXPECT_EQ(nearest("user_pas", {"user_pass", "user_name"}), Names{"user_pass"});
  EXPECT_EQ(nearest("passwprd", {"password", "username"}), Names{"password"});
  EXPECT_EQ(nearest("encrypted_pasword", {"encrypted_password", "email"}), Names{"encrypted_password"});
}

TEST(Nearest, KeepsWithinALimitThatGrowsWithTheName) {
  EXPECT_EQ(nearest("mail", {"email"}), Names{"email"}); // 1 of at most 1
  EXPECT_EQ(nearest("text", {"test"}), Names{"test"});
  EXPECT_EQ(nearest("emil_address", {"email_adress"}), Names{"email_adress"});    // 2 of at most 2
  EXPECT_EQ(nearest("nale", {"email"}), Names{});                                 // 2 of at most 1
  EXPECT_EQ(nearest("confirmation_token_abcd", {"confirmation_token"}), Names{}); // 4 of at most 3
}

TEST(Nearest, LeavesShortNamesAlone) {
  EXPECT_EQ(nearest("opn", {"open"}), Names{});
  EXPECT_EQ(nearest("open", {"ope"}), Names{});
}

TEST(Nearest, HasNoneForAStranger) {
  EXPECT_EQ(nearest("quantity", {"email", "password"}), Names{});
  EXPECT_EQ(nearest("quantity", {}), Names{});
  EXPECT_EQ(nearest("", {"email"}), Names{});
  EXPECT_EQ(nearest("--", {"__"}), Names{});
}

TEST(Nearest, NamesBothWhenNeitherIsClearlyAhead) {
  EXPECT_EQ(nearest("user_nane", {"user_mane", "user_name"}),
            (Names{"user_mane", "user_name"})); // the same, so in the order given
  EXPECT_EQ(nearest("titles", {"title", "titled"}),
            (Names{"titled", "title"})); // a neighbouring key ahead of a letter more
}

TEST(Nearest, PrefersASwapToTwoChanges) { EXPECT_EQ(nearest("passwrod", {"password", "passwxyz"}), Names{"password"}); }

TEST(Nearest, IsAheadByOneOrNotAtAll) {
  EXPECT_EQ(nearest("email_address", {"email_addresses", "email_addresz"}), (Names{"email_addresz"}));
  EXPECT_EQ(nearest("password_hash", {"password_hush", "password_cash", "password_dish"}),
            (Names{"password_hush", "password_cash"}));
}

TEST(Nearest, ReadsBeyondAscii) { EXPECT_EQ(nearest("Passwört", {"passwort", "benutzer"}), Names{"passwort"}); }

TEST(Nearest, OfFewTakesShortNamesToo) {
  EXPECT_EQ(nearest_of_few("rnu", {"run", "report", "help"}), Names{"run"});
  EXPECT_EQ(nearest_of_few("--lst", {"--list", "--last-failed"}), Names{"--list"});
  EXPECT_EQ(nearest_of_few("x", {"run"}), Names{});
  EXPECT_EQ(did_you_mean_of_few("hlep", {"run", "help"}), "did you mean \"help\"?");
}

TEST(DidYouMean, AsksForOneOrTwo) {
  EXPECT_EQ(did_you_mean("emial", {"email"}), "did you mean \"email\"?");
  EXPECT_EQ(did_you_mean("user_nane", {"user_mane", "user_name"}), "did you mean \"user_mane\" or \"user_name\"?");
  EXPECT_EQ(did_you_mean("quantity", {"email"}), "");
}

TEST(WordsOfName, AreTheSameHoweverTheyAreJoined) {
  const Names words{"user", "email"};
  for (const char* name : {"userEmail", "user_email", "User-Email", "USER EMAIL", "user.email"})
    EXPECT_EQ(words_of_name(name), words) << name;
  EXPECT_EQ(words_of_name("HTMLSize"), (Names{"html", "size"}));
  EXPECT_EQ(words_of_name("Größe"), Names{"größe"});
  EXPECT_EQ(words_of_name(" _"), Names{});
}

} // namespace
} // namespace murphy
