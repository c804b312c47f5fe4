#include "base/error.h"
#include "scenario/slips.h"

#include <gmock/gmock.h>

namespace murphy::scenario {
namespace {

Project with_ada() {
  Project project;
  User& ada = project.users["ada"];
  ada.properties["email"];
  return project;
}

std::string warned(std::string_view text) {
  std::string all;
  for (const Error& each : slips("scenarios/a.toml", text, with_ada())) all += render(each);
  return all;
}

TEST(Slips, AReferenceWithoutBracesIsNamed) {
  EXPECT_EQ(warned("feature = \"x\"\n{ open = \"/a?e=$ada.email\" }"),
            "scenarios/a.toml:2:16: warning: \"$ada.email\" is sent as it is written\n"
            "    { open = \"/a?e=$ada.email\" }\n"
            "                   ^~~~~~~~~~\n"
            "  write ${ada.email} for the value\n");
}

TEST(Slips, TheReferenceOfATemplateIsNamed) {
  EXPECT_EQ(warned("{ open = \"/{{ ada.email }}\" }"),
            "scenarios/a.toml:1:12: warning: \"{{ … }}\" is sent as it is written\n"
            "    { open = \"/{{ ada.email }}\" }\n"
            "               ^~~~~~~~~~~~~~~\n"
            "  write ${ada.email} for a value\n");
}

TEST(Slips, TheUserWhoSignsInIsNamedToo) {
  EXPECT_EQ(warned("sign_in = { fields = { Email = \"$user.email\" } }"),
            "scenarios/a.toml:1:33: warning: \"$user.email\" is sent as it is written\n"
            "    sign_in = { fields = { Email = \"$user.email\" } }\n"
            "                                    ^~~~~~~~~~~\n"
            "  write ${user.email} for the value\n");
  EXPECT_EQ(warned("text = \"$user.phone\""), "");
}

TEST(Slips, WhatIsMeantAsItStandsIsLeftAlone) {
  for (const char* text :
       {"open = \"/${ada.email}\"", "text = \"costs $5.00\"", "text = \"$bob.email\"", "# $ada.email and {{ x }}",
        "steps = [{ expect = { cookie = { sid = { secure = true } } } }]", "text = \"$ada.phone\"",
        "json = { a = {b = {c = 1}} }"})
    EXPECT_EQ(warned(text), "") << text;
}

} // namespace
} // namespace murphy::scenario
