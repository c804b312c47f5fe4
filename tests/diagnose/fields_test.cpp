#include "diagnose/fields.h"

#include <gmock/gmock.h>
#include <ostream>

namespace murphy::diagnose {
namespace {

using record::Confidence;
using record::SuggestionOrigin;

struct FieldRow {
  const char* name;
  std::vector<std::string> sent;
  std::vector<std::string> before; // by the record; empty: there is none
  std::string field;               // empty: every field fits
  std::string meant = {};
  SuggestionOrigin origin = SuggestionOrigin::none;
  bool certain = false;
};

void PrintTo(const FieldRow& row, std::ostream* out) { *out << row.name; }

class MisnamedFields : public testing::TestWithParam<FieldRow> {};

TEST_P(MisnamedFields, AreFoundByTheRecordOrByUsualNames) {
  const FieldRow& row = GetParam();
  Evidence evidence;
  evidence.fields = row.sent;
  if (!row.before.empty()) evidence.known_good.emplace().fields = row.before;
  const auto found = misnamed_field(evidence);
  EXPECT_EQ(found.has_value(), !row.field.empty());
  if (!found) return;
  EXPECT_EQ(found->name, row.field);
  EXPECT_EQ(found->meant, row.meant);
  EXPECT_EQ(found->origin, row.origin);
  EXPECT_EQ(found->certain, row.certain);
  EXPECT_THAT(misnamed_field_cause(*found), testing::HasSubstr("\"" + found->whole + "\""));
}

INSTANTIATE_TEST_SUITE_P(
    All, MisnamedFields,
    testing::ValuesIn(std::vector<FieldRow>{
        {.name = "Nothing", .sent = {}, .before = {}, .field = ""},
        {.name = "AllUsual", .sent = {"email", "password", "csrf_token"}, .before = {}, .field = ""},
        {.name = "NearlyPassword",
         .sent = {"email", "pasword"},
         .before = {},
         .field = "pasword",
         .meant = "password",
         .origin = SuggestionOrigin::usual_spelling},
        {.name = "NearlyAUser",
         .sent = {"usrname", "password"},
         .before = {},
         .field = "usrname",
         .meant = "username",
         .origin = SuggestionOrigin::usual_spelling},
        {.name = "NestedAndNearly",
         .sent = {"user[email]", "user[pasword]"},
         .before = {},
         .field = "pasword",
         .meant = "password",
         .origin = SuggestionOrigin::usual_spelling},
        {.name = "BeginsLikeOne", .sent = {"email", "pp"}, .before = {}, .field = "pp"},
        {.name = "AsTheRecordHasIt", .sent = {"who", "word"}, .before = {"who", "word"}, .field = ""},
        {.name = "NearOneOfTheRecord",
         .sent = {"user[emial]", "word"},
         .before = {"user[email]", "word"},
         .field = "emial",
         .meant = "email",
         .origin = SuggestionOrigin::baseline,
         .certain = true},
        {.name = "InPlaceOfOneOfTheRecord",
         .sent = {"who", "secret"},
         .before = {"who", "kennwort"},
         .field = "secret",
         .meant = "kennwort",
         .origin = SuggestionOrigin::baseline,
         .certain = true},
        {.name = "OneMoreThanTheRecord", .sent = {"who", "word", "more"}, .before = {"who", "word"}, .field = ""},
    }),
    [](const auto& each) { return std::string(each.param.name); });

TEST(MissingToken, IsThatOfTheRecordThatTheFormLacks) {
  Evidence evidence;
  evidence.fields = {"email", "password"};
  EXPECT_EQ(missing_token(evidence), "");
  evidence.known_good.emplace().fields = {"email", "password", "authenticity_token"};
  EXPECT_EQ(missing_token(evidence), "authenticity_token");
  evidence.fields.emplace_back("authenticity_token");
  EXPECT_EQ(missing_token(evidence), "");
}

TEST(CsrfLayer, IsTheViewsWhereNoTokenWasSent) {
  struct Case {
    std::vector<std::string> sent, before;
    record::Layer layer, also;
  };
  using enum record::Layer;
  for (const Case& each :
       {Case{{}, {}, session, config}, Case{{"email"}, {}, view, session},
        Case{{"email", "csrf_token"}, {}, session, config}, Case{{"email"}, {"email", "csrf_token"}, view, unknown},
        Case{{"email", "csrf_tokn"}, {}, view, unknown}}) {
    Evidence evidence;
    evidence.fields = each.sent;
    if (!each.before.empty()) evidence.known_good.emplace().fields = each.before;
    const LayerGuess guess = csrf_layer(evidence);
    EXPECT_EQ(record::name_of(guess.layer), record::name_of(each.layer));
    EXPECT_EQ(record::name_of(guess.also), record::name_of(each.also));
    EXPECT_EQ(guess.confidence, Confidence::medium);
  }
}

TEST(CsrfLayer, IsTheViewsWhereTheTokenWasSentEmpty) {
  Evidence evidence;
  evidence.fields = {"email", "token"};
  evidence.of_step.emplace().sent.emplace().fields = {{"email", "Email", "email", "ada"}, {"token", "", "hidden", ""}};
  EXPECT_EQ(empty_token(evidence), "token");
  EXPECT_EQ(csrf_layer(evidence).layer, record::Layer::view);
  evidence.of_step->sent->fields[1].value = "‹token:8d5e›";
  EXPECT_EQ(empty_token(evidence), "");
  EXPECT_EQ(csrf_layer(evidence).layer, record::Layer::session);
}

TEST(CsrfLayer, IsTheScenariosWhereItMakesTheRequestItself) {
  Evidence evidence;
  evidence.of_step.emplace().sent.emplace().made_up = true;
  EXPECT_EQ(record::name_of(csrf_layer(evidence).layer), record::name_of(record::Layer::harness));
  EXPECT_EQ(record::name_of(csrf_layer(evidence).also), record::name_of(record::Layer::session));
}

TEST(FieldThePageNames, IsTheOneOfTheRoleThatItsWordsMean) {
  Evidence evidence;
  evidence.fields = {"login[email]", "login[pwd]"};
  evidence.page = "The password field is empty.";
  EXPECT_EQ(field_the_page_names(evidence), "pwd");
  evidence.page = "Enter your EMAIL";
  EXPECT_EQ(field_the_page_names(evidence), "email");
  evidence.page = "The user name is empty.";
  EXPECT_EQ(field_the_page_names(evidence), "email");
  evidence.page = "Something is empty.";
  EXPECT_EQ(field_the_page_names(evidence), "");
}

// ---- a field that the app finds empty ----

Evidence refused_field(SentField field, const std::string& words, std::vector<Tag> tags = {}) {
  Evidence evidence;
  evidence.errors = {{{field.label}, words}};
  StepFacts& facts = evidence.of_step.emplace();
  facts.tags = std::move(tags);
  facts.sent.emplace().fields = {std::move(field)};
  return evidence;
}

SentField field(std::string name, std::string label, std::string type = "text", std::string value = "x") {
  return {std::move(name), std::move(label), std::move(type), std::move(value)};
}

TEST(UnreadField, IsNamedByItsIdOrItsLabel) {
  const auto by_id = unread_field(refused_field(field("pasword", "Secret", "password"), "is required",
                                                {{"input", {{"name", "pasword"}, {"id", "id_password"}}}}));
  ASSERT_TRUE(by_id);
  EXPECT_EQ(by_id->meant, "password");
  EXPECT_EQ(by_id->origin, SuggestionOrigin::field_id);
  const auto by_label = unread_field(refused_field(field("emial", "Email address"), "is invalid"));
  ASSERT_TRUE(by_label);
  EXPECT_EQ(by_label->meant, "email");
  EXPECT_EQ(by_label->origin, SuggestionOrigin::field_label);
  EXPECT_THAT(misnamed_field_cause(*by_label), testing::HasSubstr("the field's label"));
}

TEST(UnreadField, MayHaveNoNameThatWasMeant) {
  const auto found = unread_field(refused_field(field("zq", "Word"), "can't be blank"));
  ASSERT_TRUE(found);
  EXPECT_EQ(found->meant, "");
  EXPECT_FALSE(unread_field(refused_field(field("zq", "Word"), "is too short"))) << "it was read";
}

TEST(UnreadField, IsNoneThatNobodyFilledIn) {
  EXPECT_FALSE(unread_field(refused_field(field("emial", "Email", "hidden"), "is required")));
  EXPECT_FALSE(unread_field(refused_field(field("emial", "Email", "text", ""), "is required")));
  EXPECT_FALSE(unread_field(refused_field(field("emial", ""), "is required")));
  EXPECT_FALSE(unread_field(Evidence{}));
}

TEST(Fields, AnErrorIsAtTheFieldOfItsLabelInAnyCase) {
  const std::vector<record::ShownError> errors = {{{}, "Please correct the errors"},
                                                  {{"Name", "user[name]"}, "is missing"},
                                                  {{"E-mail", "user[email]"}, "is taken"}};
  const auto words_at = [&](const std::string& label) {
    const auto* error = error_at(errors, {"user[email]", label, "email", "ada@example.com"});
    return error == nullptr ? std::string("no error") : error->words;
  };
  EXPECT_EQ(words_at("E-mail"), "is taken");
  EXPECT_EQ(words_at("e-MAIL:"), "is taken") << "labels are compared as people read them";
  EXPECT_EQ(words_at("Mail"), "no error");
  EXPECT_EQ(words_at(""), "no error");
}

TEST(Fields, TheAccountIsWhatWasTypedForItsName) {
  SentForm sent;
  sent.fields = {{"_csrf", "", "hidden", "28f0c7"},
                 {"login", "Name", "text", "ada"},
                 {"pass", "Password", "password", "x"},
                 {"commit", "Sign in", "submit", "Sign in"}};
  EXPECT_EQ(account_in(sent), "ada");
  sent.fields.push_back({"mail", "Email", "email", "ada@example.com"});
  EXPECT_EQ(account_in(sent), "ada@example.com");
  sent.fields = {{"pass", "Password", "password", "x"}, {"commit", "Sign in", "submit", "Sign in"}};
  EXPECT_EQ(account_in(sent), "");
}

} // namespace
} // namespace murphy::diagnose
