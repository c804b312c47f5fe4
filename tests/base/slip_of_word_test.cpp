#include "base/slip_of_word.h"

#include <gtest/gtest.h>

namespace murphy {
namespace {

TEST(SlipOfWord, IsALetterSwappedLeftOutOrTypedTwice) {
  for (const auto& [word, right] : {std::pair("emial", "email"), std::pair("logn", "login"),
                                    std::pair("Loggin", "login"), std::pair("passwprd", "password")})
    EXPECT_TRUE(is_slip_of_fingers(word, right)) << word;
  for (const auto& [word, right] : {std::pair("real", "read"), std::pair("ctime", "time")})
    EXPECT_FALSE(is_slip_of_fingers(word, right)) << word;
}

TEST(SlipOfWord, IsNoOtherFormOfAWord) {
  for (const auto& [word, right] :
       {std::pair("Providers", "provider"), std::pair("providers", "provide"), std::pair("signed", "signing")})
    EXPECT_TRUE(are_forms_of_a_word(word, right)) << word;
  EXPECT_FALSE(are_forms_of_a_word("provder", "provider"));
}

} // namespace
} // namespace murphy
