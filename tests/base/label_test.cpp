#include "base/label.h"

#include <gtest/gtest.h>

namespace murphy {
namespace {

TEST(Label, IsComparedWithoutItsDecorationAndCase) {
  EXPECT_EQ(comparable("  E-Mail \n Adresse: * "), "e-mail adresse");
  EXPECT_EQ(comparable("*"), "*");
  EXPECT_EQ(comparable("Loading…"), "loading");
}

TEST(Label, MeansAFieldInAnyCase) {
  const std::vector<std::string> names = {"E-Mail-Adresse", "user[email]", "user_email"};
  EXPECT_TRUE(goes_by(names, "E-Mail-Adresse"));
  EXPECT_TRUE(goes_by(names, "e-mail-adresse *:"));
  EXPECT_TRUE(goes_by(names, "User[Email]"));
  EXPECT_TRUE(goes_by({"STRASSE"}, "Straße"));
  EXPECT_FALSE(goes_by(names, "E-Mail")) << "a part is not the whole";
  EXPECT_FALSE(goes_by(names, ""));
  EXPECT_FALSE(goes_by({}, "Email")) << "an error of the form is at no field";
}

TEST(Label, OfANameInPartsTheLastPartTells) {
  for (const char* name :
       {"email", "user[email]", "users[0][email]", "email[]", "Login.email", "form:email", "ctl00$email"})
    EXPECT_EQ(last_part(name), "email") << name;
  EXPECT_EQ(last_part(""), "");
}

} // namespace
} // namespace murphy
