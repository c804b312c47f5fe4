// Declarative shadow roots: what a <template shadowrootmode> holds is on the page for people.
#include "page_support.h"
#include "web/html/rendered_text.h"

namespace murphy::web {
namespace {

TEST(ShadowRoot, IsShownInItsHost) {
  EXPECT_EQ(rendered_words(page("<div>Light<template shadowrootmode=open><p>Shade</p></template></div>")->root()),
            "Shade");
  EXPECT_EQ(rendered_words(
                page("<x-card><template shadowrootmode=CLOSED>Shade <slot></slot></template>Light</x-card>")->root()),
            "Shade Light");
  EXPECT_EQ(rendered_words(page("<div>Light<template shadowrootmode=bogus>Shade</template></div>")->root()), "Light");
  EXPECT_EQ(rendered_words(page("<ul>Light<template shadowrootmode=open>Shade</template></ul>")->root()), "Light");
  EXPECT_EQ(rendered_words(page("<div>Light<template>Shade</template></div>")->root()), "Light");
}

TEST(ShadowRoot, HasFormsOfItsOwn) {
  const FormPage in_shade("<x-login><template shadowrootmode=open><form id=f><label for=e>Email</label><input id=e "
                          "name=email></form></template>"
                          "</x-login><x-login><template shadowrootmode=open><form id=g><label "
                          "for=e>Phone</label><input id=e name=phone></form>"
                          "</template></x-login>");
  ASSERT_EQ(in_shade.forms.forms.size(), 2U);
  ASSERT_EQ(in_shade.forms.controls.size(), 2U);
  EXPECT_EQ(in_shade.forms.controls[0].form, 0U);
  EXPECT_EQ(in_shade.forms.controls[1].form, 1U);
  EXPECT_EQ(in_shade.forms.controls[0].shown_name(), "Email");
  EXPECT_EQ(in_shade.forms.controls[1].shown_name(), "Phone") << "ids are those of one tree";
}

TEST(ShadowRoot, KeepsItsFieldsFromAFormOutside) {
  const FormPage across(
      "<form><x-input><template shadowrootmode=open><input name=a></template></x-input><input name=b></form>");
  ASSERT_EQ(across.forms.controls.size(), 2U);
  EXPECT_EQ(across.forms.controls[0].form, std::nullopt);
  EXPECT_EQ(across.forms.controls[1].form, 0U);
}

} // namespace
} // namespace murphy::web
