#include "imported/written_values.h"

#include "recorded_entries.h"

#include <gmock/gmock.h>

namespace murphy::imported {
namespace {

class Written : public testing::Test {
protected:
  Written() { secrets_.finish(""); }
  WrittenValues values() { return {settings_, secrets_}; }
  static web::Url url(const std::string& target) { return *web::Url::parse(app + target); }

  record::Redactor redactor_;
  KnownSecrets secrets_{redactor_};
  ValueSettings settings_{.ticket = "SUP-1",
                          .accounts = {{"ada", "email", "ada@example.com", true}, {"joe", "name", "", false}}};
};

TEST_F(Written, KnowsTheAccountsOfTheProject) {
  WrittenValues values = this->values();
  const KnownAccount* ada = values.account_of("Ada@example.com");
  ASSERT_NE(ada, nullptr);
  EXPECT_EQ(values.login(ada, "email", "Ada@example.com"), "${ada.email}");
  EXPECT_EQ(values.password(ada, "secret"), "${ada.password}");
  EXPECT_EQ(values.account_of("eve@example.com"), nullptr);
  EXPECT_EQ(values.login(nullptr, "user[login]", "eve"), "${env:SUP_1_LOGIN}");
  EXPECT_EQ(values.login(nullptr, "user[login]", "eve@example.com"), "${env:SUP_1_EMAIL}");
  EXPECT_EQ(values.password(nullptr, "secret"), "${env:SUP_1_PASSWORD}");
  EXPECT_EQ(values.password(&settings_.accounts[1], "secret"), "${env:SUP_1_PASSWORD}") << "joe has none";
}

TEST_F(Written, KeepsTypedValuesThatSayNothing) {
  WrittenValues values = this->values();
  EXPECT_EQ(values.typed("user[city]", "City", "Paris ${x}"), "Paris $${x}");
  EXPECT_EQ(values.typed("user[otp]", "Code", "123456"), "${env:SUP_1_OTP}");
  EXPECT_EQ(values.typed("f2", "Kennwort", "hunter2"), "${env:SUP_1_F2}") << "what people read says it";
  EXPECT_EQ(values.typed("note", "Note", "0f8fad5b-d9cb-469f-a165-70867728950e"), "${env:SUP_1_NOTE}");
  EXPECT_EQ(values.typed("email", "Email", "ada@example.com"), "${ada.email}");
  EXPECT_EQ(values.typed("note", "Note", ""), "");
  ASSERT_EQ(values.typed_values().size(), 1U);
  EXPECT_EQ(values.typed_values()[0].field, "City");
  settings_.takes_no_values = true;
  WrittenValues none = this->values();
  EXPECT_EQ(none.typed("user[city]", "City", "Paris"), "${env:SUP_1_CITY}");
}

TEST_F(Written, KeepsNothingThatIsSentWithoutAPage) {
  WrittenValues values = this->values();
  EXPECT_EQ(values.sent("q", "hunter2"), "${env:SUP_1_Q}");
  EXPECT_EQ(values.sent("remember", "on"), "on");
  EXPECT_EQ(values.sent("pin", "1"), "${env:SUP_1_PIN}");
  EXPECT_EQ(values.sent("login", "ada@example.com"), "${ada.email}");
  EXPECT_EQ(values.sent("q", ""), "");
}

TEST_F(Written, LiftsOutOfAddressesWhatLetsIn) {
  WrittenValues values = this->values();
  EXPECT_EQ(values.address(url("/items/7?page=2&utm_source=x&q=a+b")), "/items/7?page=2&q=a+b");
  EXPECT_EQ(values.address(url("/reset/3f9c1e7a8b2d4c60?token=abc")),
            "/reset/${env:SUP_1_LINK}?token=${env:SUP_1_TOKEN}");
  EXPECT_EQ(values.address(url("/")), "/");
  EXPECT_EQ(values.page(url("/orders/4711/edit?x=1")), "/orders/*/edit");
  EXPECT_EQ(values.page(url("/reset/3f9c1e7a8b2d4c60")), "/reset/*");
  EXPECT_EQ(WrittenValues::pattern_of("/orders/777"), "/orders/*");
}

TEST_F(Written, RepeatsNoWordsThatNameTheVisitor) {
  WrittenValues values = this->values();
  values.login(nullptr, "email", "eve@example.com");
  EXPECT_EQ(values.words("Welcome,\n eve@EXAMPLE.com"), std::nullopt);
  EXPECT_EQ(values.words("Code 0f8fad5b-d9cb-469f-a165-70867728950e"), std::nullopt);
  EXPECT_EQ(values.words("  Something \n went wrong "), "Something went wrong");
  EXPECT_EQ(values.words(""), std::nullopt);
}

} // namespace
} // namespace murphy::imported
