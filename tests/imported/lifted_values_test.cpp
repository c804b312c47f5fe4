#include "imported/lifted_values.h"

#include <gmock/gmock.h>

namespace murphy::imported {
namespace {

TEST(LiftedValues, GiveEachValueOneVariable) {
  LiftedValues lifted("SUP-1423");
  EXPECT_EQ(lifted.lift("password", "one"), "${env:SUP_1423_PASSWORD}");
  EXPECT_EQ(lifted.lift("password", "two"), "${env:SUP_1423_PASSWORD_2}");
  EXPECT_EQ(lifted.lift("new-password", "one"), "${env:SUP_1423_PASSWORD}");
  EXPECT_EQ(lifted.lift("e-mail", "three"), "${env:SUP_1423_E_MAIL}");
  EXPECT_EQ(lifted.all().size(), 3U);
  EXPECT_EQ(lifted.lift("pin_2", "four"), "${env:SUP_1423_PIN_2}");
  EXPECT_EQ(lifted.lift("pin", "five"), "${env:SUP_1423_PIN}");
  EXPECT_EQ(lifted.lift("pin", "six"), "${env:SUP_1423_PIN_3}") << "PIN_2 is another";
}

TEST(LiftedValues, StandForWhatNobodySawToo) {
  LiftedValues lifted("SUP-1423");
  EXPECT_EQ(lifted.lift("password", "one"), "${env:SUP_1423_PASSWORD}");
  EXPECT_EQ(lifted.lift_unseen("password"), "${env:SUP_1423_PASSWORD_2}");
  EXPECT_EQ(lifted.lift_unseen("password"), "${env:SUP_1423_PASSWORD_2}");
  EXPECT_EQ(lifted.lift_unseen("pin"), "${env:SUP_1423_PIN}");
  EXPECT_EQ(lifted.all().back().nature, "what you typed, which Murphy did not see");
}

TEST(LiftedValues, SayWhatPeopleGetWrongAboutThem) {
  LiftedValues lifted("x");
  lifted.lift("password", "a");
  lifted.lift("password", "pass word ");
  lifted.lift("password", "pässwörd");
  EXPECT_EQ(lifted.all()[0].nature, "1 character");
  EXPECT_EQ(lifted.all()[1].nature, "10 characters, begins or ends with a space");
  EXPECT_EQ(lifted.all()[2].nature, "8 characters, not all of them ASCII");
}

TEST(LiftedValues, HaveNamesThatTheEnvironmentTakes) {
  EXPECT_EQ(variable_prefix("sup-1423"), "SUP_1423");
  EXPECT_EQ(variable_prefix("1423"), "TICKET_1423");
  EXPECT_EQ(variable_prefix("Ä"), "__");
  EXPECT_EQ(variable_prefix(""), "TICKET_");
}

} // namespace
} // namespace murphy::imported
