#include "imported/recorded_page.h"

#include "recorded_entries.h"

#include <gmock/gmock.h>

namespace murphy::imported {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

std::unique_ptr<const RecordedPage> page_at(const std::string& path, const std::string& html) {
  return read_page(html, *web::Url::parse(app + path));
}

// "label=value" of what was filled in.
std::vector<std::string> filled(const std::string& form, const std::vector<PostedField>& fields) {
  const auto page = page_at("/form", "<form method=post>" + form + "<button>Go</button></form>");
  std::vector<std::string> all;
  for (const ChangedField& each : filled_fields(*page, page->forms.forms.front(), fields)) {
    std::string text = each.name + "=";
    for (const std::string& value : each.values) text += value + ";";
    if (each.kind == ChangedField::Kind::tick) text += each.is_ticked ? "on" : "off";
    all.push_back(std::move(text));
  }
  return all;
}

TEST(RecordedPage, FindsTheFormThatSent) {
  const auto page = page_at("/login", sign_in_page + "<form method=post action=/login><input name=other><button>Other"
                                                     "</button></form>");
  const auto login = *web::Url::parse(app + "/login");
  const auto form = form_that_sent(*page, "POST", login, {{"_csrf", "x"}, {"email", "a"}, {"password", "b"}});
  ASSERT_TRUE(form);
  EXPECT_EQ(form->form, &page->forms.forms[0]);
  EXPECT_EQ(form_that_sent(*page, "POST", login, {{"other", "x"}})->form, &page->forms.forms[1]);
  EXPECT_FALSE(form_that_sent(*page, "POST", *web::Url::parse(app + "/else"), {{"email", "a"}}));
  EXPECT_FALSE(form_that_sent(*page, "GET", login, {{"email", "a"}}));
  EXPECT_FALSE(form_that_sent(*page, "POST", login, {{"unknown", "a"}}));
}

TEST(RecordedPage, FindsTheButtonThatWasPressed) {
  const auto page = page_at("/form", "<form method=post><input name=a><button name=do value=save>Save</button>"
                                     "<button name=do value=drop formaction=/drop>Drop</button></form>");
  const auto save = form_that_sent(*page, "POST", *web::Url::parse(app + "/form"), {{"a", ""}, {"do", "save"}});
  ASSERT_TRUE(save && save->button);
  EXPECT_EQ(save->button->words(), "Save");
  const auto drop = form_that_sent(*page, "POST", *web::Url::parse(app + "/drop"), {{"a", ""}, {"do", "drop"}});
  ASSERT_TRUE(drop && drop->button);
  EXPECT_EQ(drop->button->words(), "Drop");
}

TEST(RecordedPage, TellsWhatAPersonFilledIn) {
  EXPECT_THAT(filled("<label>Name <input name=n value=Ada></label><label>City <input name=c></label>",
                     {{"n", "Ada"}, {"c", "Paris"}}),
              ElementsAre("City=Paris;"));
  EXPECT_THAT(filled("<label>Name <input name=n value=Ada></label>", {{"n", ""}}), ElementsAre("Name=;"));
  EXPECT_THAT(filled("<input type=hidden name=h value=1><input name=r value=2 readonly>", {{"h", "5"}, {"r", "6"}}),
              IsEmpty());
  EXPECT_THAT(filled("<label>Text <textarea name=t>a\nb</textarea></label>", {{"t", "a\r\nb"}}), IsEmpty());
}

TEST(RecordedPage, TellsWhatWasTicked) {
  const std::string boxes = "<label><input type=checkbox name=a value=1> One</label>"
                            "<label><input type=checkbox name=b value=1 checked> Two</label>";
  EXPECT_THAT(filled(boxes, {{"a", "1"}}), ElementsAre("One=on", "Two=off"));
  EXPECT_THAT(filled(boxes, {{"b", "1"}}), IsEmpty());
}

TEST(RecordedPage, TellsWhatWasChosenInTheWordsOfThePage) {
  const std::string select =
      "<label>Size <select name=s><option value=1>Small<option value=2>Large<option value=3>Large"
      "</select></label>";
  EXPECT_THAT(filled(select, {{"s", "1"}}), IsEmpty()) << "it was chosen from the start";
  EXPECT_THAT(filled(select, {{"s", "2"}}), ElementsAre("Size=2;")) << "two options go by these words";
  const std::string radio = "<fieldset><legend>Colour</legend><label><input type=radio name=r value=1 checked> Red"
                            "</label><label><input type=radio name=r value=2> Green</label></fieldset>";
  EXPECT_THAT(filled(radio, {{"r", "2"}}), ElementsAre("Colour=Green;"));
  EXPECT_THAT(filled(radio, {{"r", "1"}}), IsEmpty());
}

TEST(RecordedPage, FindsLinksByTheirWords) {
  const auto page = page_at("/home", home_page);
  EXPECT_EQ(link_to(*page, *web::Url::parse(app + "/items/1")), "First");
  EXPECT_EQ(link_to(*page, *web::Url::parse(app + "/items/3")), "[href=\"/items/3\"]") << "two go by the same words";
  EXPECT_EQ(link_to(*page, *web::Url::parse(app + "/none")), "");
}

} // namespace
} // namespace murphy::imported
