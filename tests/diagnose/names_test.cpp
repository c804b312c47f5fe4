#include "diagnose/fields.h"
#include "diagnose/names.h"

#include <gmock/gmock.h>

namespace murphy::diagnose {
namespace {

TEST(Names, AreUsualWhenAllTheirWordsAre) {
  EXPECT_TRUE(is_usual("password_hash"));
  EXPECT_TRUE(is_usual("userName"));
  EXPECT_FALSE(is_usual("pasword_hash"));
  EXPECT_FALSE(is_usual("frobnicate"));
}

TEST(Names, AreCorrectedWhereOneWordIsNearAUsualOne) {
  EXPECT_EQ(usual_spelling("pasword"), "password");
  EXPECT_EQ(usual_spelling("pasword_hash"), "password_hash");
  EXPECT_EQ(usual_spelling("emial"), "email");
  EXPECT_EQ(usual_spelling("usr_id"), "user_id");
  EXPECT_EQ(usual_spelling("ModelBackand"), "ModelBackend");
  EXPECT_EQ(usual_spelling("findOen"), "findOne");
  EXPECT_EQ(usual_spelling("googel"), "google");
  EXPECT_EQ(usual_spelling("PASWORD_HASH"), "PASSWORD_HASH");
  EXPECT_EQ(usual_spelling("usr.name"), "") << "two names are not one";
  EXPECT_EQ(usual_spelling("password"), "");
  EXPECT_EQ(usual_spelling("g_user"), "") << "a prefix is no slip";
  EXPECT_EQ(usual_spelling("frobnicate"), "");
}

TEST(Names, ThatAreOtherFormsOfAUsualOneAreNoSlips) {
  for (const char* name : {"requires", "registered", "handlers", "managed", "providers", "listings"})
    EXPECT_EQ(usual_spelling(name), "") << name;
  EXPECT_EQ(usual_spelling("acces_token"), "access_token");
  EXPECT_EQ(usual_spelling("addres"), "address");
}

TEST(Names, ThatAreOtherWordsAreNoSlips) {
  for (const char* name : {"contract", "employer", "passport", "authority", "locale", "blend_mode", "postcode"})
    EXPECT_EQ(usual_spelling(name), "") << name;
  EXPECT_EQ(usual_spelling("contcat"), "contact");
  EXPECT_EQ(usual_spelling("sing_in_path"), "sign_in_path");
  EXPECT_EQ(usual_spelling("login_from"), "login_form");
  EXPECT_EQ(usual_spelling("sever_error"), "server_error");
}

TEST(Names, OfFieldsTellWhatTheyHold) {
  EXPECT_EQ(role_of("user[password]"), FieldRole::password);
  EXPECT_EQ(role_of("j_username"), FieldRole::user);
  EXPECT_EQ(role_of("Input.Email"), FieldRole::user);
  EXPECT_EQ(role_of("csrfmiddlewaretoken"), FieldRole::token);
  EXPECT_EQ(role_of("__RequestVerificationToken"), FieldRole::token);
  EXPECT_EQ(role_of("user[pasword]"), FieldRole::other);
}

TEST(Fields, MisfitByTheKnownGoodRecordIsCertain) {
  Evidence evidence;
  evidence.fields = {"log", "pwdd"};
  evidence.known_good.emplace();
  evidence.known_good->fields = {"log", "pwd"};
  const auto field = misnamed_field(evidence);
  ASSERT_TRUE(field);
  EXPECT_EQ(field->name, "pwdd");
  EXPECT_EQ(field->meant, "pwd");
  EXPECT_TRUE(field->certain);
  evidence.fields = {"log", "pwd"};
  EXPECT_FALSE(misnamed_field(evidence));
}

TEST(Fields, MisfitWithoutARecordIsNearlyAUsualName) {
  Evidence evidence;
  evidence.fields = {"user[email]", "user[pasword]"};
  const auto field = misnamed_field(evidence);
  ASSERT_TRUE(field);
  EXPECT_EQ(field->name, "pasword");
  EXPECT_EQ(field->meant, "password");
  EXPECT_FALSE(field->certain);
  evidence.fields = {"username", "password", "pasword_again"};
  EXPECT_FALSE(misnamed_field(evidence)) << "there is a password field";
}

} // namespace
} // namespace murphy::diagnose
