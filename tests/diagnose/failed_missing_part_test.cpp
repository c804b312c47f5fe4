#include "base/text.h"
#include "diagnose/diagnose.h"

#include <gmock/gmock.h>

namespace murphy::diagnose {
namespace {

using record::FailureCode;
using record::Layer;
using testing::HasSubstr;
using testing::Ne;

record::PageForm form(const std::string& name, const std::vector<std::string>& labels) {
  record::PageForm made;
  made.name = name;
  made.method = "POST";
  made.action = "/login";
  for (const std::string& label : labels) {
    record::PageField& field = made.fields.emplace_back();
    field.name = ascii_lower(label);
    field.label = label;
    field.type = label == "Password" ? "password" : "text";
  }
  return made;
}

// A step that looked for something on the sign-in page.
Evidence missing(FailureCode code, const std::string& words, const record::PageForm& on_page) {
  Evidence evidence;
  evidence.exchanges = {{"GET", "/login", 200, ""}};
  StepFacts& facts = evidence.of_step.emplace();
  record::Failure& failure = facts.failures.emplace_back();
  failure.code = code;
  failure.subject = words;
  facts.forms = {on_page};
  return evidence;
}

void record_of(Evidence& evidence, const record::PageForm& form) {
  evidence.known_good.emplace().record.emplace().forms = {{"/login", form}};
}

TEST(MissingPart, IsTheScenariosWhereAHealthyPageSpellsItOtherwise) {
  Evidence evidence = missing(FailureCode::missing_form, "Sign in", form("Log in", {"Email", "Password"}));
  record_of(evidence, form("Log in", {"Email", "Password"}));
  const record::Suspect verdict = diagnose(evidence).verdict();
  EXPECT_EQ(verdict.layer, Layer::harness);
  EXPECT_EQ(verdict.also, Layer::view);
  EXPECT_EQ(verdict.identifier, "Sign in");
  EXPECT_EQ(verdict.suggestion, "Log in");
  EXPECT_EQ(verdict.cause, "the page never had a form \"Sign in\"; the form is \"Log in\"");
}

TEST(MissingPart, OfAFieldNamesTheOneThatIsNear) {
  Evidence evidence = missing(FailureCode::missing_field, "Emial", form("Log in", {"Email", "Password"}));
  record_of(evidence, form("Log in", {"Email", "Password"}));
  EXPECT_EQ(diagnose(evidence).verdict().layer, Layer::harness);
  EXPECT_EQ(diagnose(evidence).verdict().suggestion, "Email");
  evidence.known_good.reset();
  EXPECT_EQ(diagnose(evidence).verdict().layer, Layer::harness) << "the page spells it as everybody does";
  EXPECT_EQ(diagnose(evidence).verdict().also, Layer::view);
  evidence = missing(FailureCode::missing_field, "Email", form("Log in", {"Emial", "Password"}));
  const record::Suspect verdict = diagnose(evidence).verdict();
  EXPECT_EQ(verdict.layer, Layer::view);
  EXPECT_EQ(verdict.also, Layer::harness);
  EXPECT_EQ(verdict.cause, "the page has no field \"Email\"; there is \"Emial\"");
}

TEST(MissingPart, IsTheViewsWhereThePageHadIt) {
  Evidence evidence = missing(FailureCode::missing_field, "Email", form("Log in", {"Name", "Password"}));
  record_of(evidence, form("Log in", {"Email", "Password"}));
  EXPECT_THAT(diagnose(evidence).verdict().layer, Ne(Layer::harness));
}

TEST(MissingPart, OfAnUnchangedPageIsTheScenarios) {
  Evidence evidence = missing(FailureCode::missing_element, "#greeting", form("Log in", {"Email", "Password"}));
  record::KnownVisit visit;
  visit.request = "GET /login";
  visit.answers = {"200 /login"};
  visit.outline = {"h1", "p.lead"};
  evidence.known_good.emplace().record.emplace().visits = {visit};
  evidence.known_good->seen.visits = {visit};
  EXPECT_EQ(diagnose(evidence).verdict().layer, Layer::harness);
  EXPECT_EQ(diagnose(evidence).verdict().identifier, "#greeting");
  evidence.known_good->record->visits.front().outline.emplace_back("#greeting");
  EXPECT_EQ(diagnose(evidence).verdict().layer, Layer::view);
}

TEST(MissingPart, OfOtherThingsSaysNothingOfTheSignInForm) {
  for (const FailureCode code : {FailureCode::not_json, FailureCode::capture_no_match, FailureCode::wrong_json}) {
    Evidence evidence = missing(code, "/token", {});
    evidence.of_step->forms.clear();
    for (const record::Suspect& suspect : diagnose(evidence).suspects)
      EXPECT_THAT(suspect.cause, testing::Not(HasSubstr("no sign-in form")));
  }
}

} // namespace
} // namespace murphy::diagnose
