#include "run/form_rules/trial_values.h"

#include "base/text.h"
#include "language.h"
#include "scenario/field_rules.h"

#include <fmt/format.h>
#include <gmock/gmock.h>

namespace murphy::run {
namespace {

using record::Standing;
using testing::ElementsAre;
using testing::IsEmpty;

drive::FormField probed_field(std::string name, std::string type = "text") {
  drive::FormField made;
  made.labels = {name, name};
  made.name = std::move(name);
  made.type = std::move(type);
  made.allows = [](std::string_view) { return drive::Allowed::yes; };
  return made;
}

// "+" in front of what has to be accepted, and what it is made of.
std::string shown(const Trial& trial, const std::string& valid = {}) {
  const std::string sign = trial.accept ? "+" : "-";
  switch (trial.recipe.kind) {
  case Recipe::Kind::exact: return sign + "'" + trial.recipe.text + "'";
  case Recipe::Kind::stretched: return fmt::format("{}{}", sign, trial.recipe.length);
  case Recipe::Kind::wide: return fmt::format("{}wide {}", sign, trial.recipe.length);
  case Recipe::Kind::different: return sign + "different";
  case Recipe::Kind::listed: return sign + "'" + trial.recipe.listed->source + "'";
  case Recipe::Kind::again: return sign + "again";
  case Recipe::Kind::unset: return sign + "unset";
  case Recipe::Kind::left_out: return sign + "left out";
  case Recipe::Kind::worded: return sign + "'" + trial.recipe.text + "'";
  case Recipe::Kind::twisted: {
    Fresh fresh("");
    return sign + "'" + twisted(valid, trial.recipe.length, fresh) + "'";
  }
  }
  return {};
}

// The rules of one field, each as "rule page: probes".
std::vector<std::string> rows(const drive::FormField& seen, const std::string& rules,
                              const std::string& valid = "Ada") {
  static scenario::Scenario kept; // what the rows point into
  kept = scenario_of("{ validate = \"Go\"" + (rules.empty() ? "" : ", fields.it = { " + rules + " }") + " }");
  const auto& fields = std::get<scenario::Validate>(kept.steps.front().verb).fields;
  drive::FormSeen form;
  form.fields = {seen};
  std::vector<std::string> result;
  constexpr std::array words{"none", "enforced", "missing", "looser", "stricter"};
  for (const RuledField& row : rules_of(form, {{0, fields.empty() ? nullptr : &fields.front(), valid}})) {
    std::string text = fmt::format("{} {}:", row.rule, words.at(static_cast<std::size_t>(row.page)));
    for (const Trial& trial : row.trials) text += " " + shown(trial, valid);
    result.push_back(text + (row.far ? ", far " + shown(*row.far) : ""));
  }
  return result;
}

TEST(Probes, LieOnBothSidesOfEachRuleOfTheScenario) {
  EXPECT_THAT(rows(probed_field("it"), "required = true, min_length = 3, max_length = 20"),
              ElementsAre("required missing: -'' -left out -'   '", "min_length missing: +3 -2 -wide 2",
                          "max_length missing: +wide 20 +20 -21, far -140"));
  EXPECT_THAT(rows(probed_field("it"), "min_length = 12"), ElementsAre("min_length missing: +12 -11 -wide 11, far -1"));
  EXPECT_THAT(rows(probed_field("it"), "required = false"), ElementsAre("required enforced: +''"));
  EXPECT_THAT(rows(probed_field("it"), "type = \"email\", rejects = [\"ada@localhost\"]"),
              ElementsAre("type missing: -'{}' -'{}@b@c' -'two {}@example.com'", "rejects none: -'ada@localhost'"));
}

TEST(Probes, ComeFromThePageWhereTheScenarioIsSilent) {
  drive::FormField seen = probed_field("it", "email");
  seen.required = true;
  seen.max_length = 254;
  EXPECT_THAT(rows(seen, ""),
              ElementsAre("required enforced: -'' -left out", "type enforced: -'{}' -'{}@b@c' -'two {}@example.com'",
                          "max_length enforced: +254 -255, far -608"));
  EXPECT_THAT(rows(probed_field("it"), ""), IsEmpty());
}

TEST(Probes, OfNumbersAndDatesAreTheirNeighbours) {
  EXPECT_THAT(rows(probed_field("it", "number"), "min = 18, max = 120, step = 0.5", "30"),
              ElementsAre("type enforced: -'30abc' -'twelve'", "min missing: +'18' -'17.5', far -'-482'",
                          "max missing: +'120' -'120.5', far -'620'", "step missing: -'18.75'"));
  drive::FormField date = probed_field("it", "date");
  date.max = "2024-02-29";
  EXPECT_THAT(rows(date, "", "2024-01-01"),
              ElementsAre("type enforced: -'2024-01-32' -'yesterday'",
                          "max enforced: +'2024-02-29' -'2024-03-01', far -'2026-11-25'"));
}

TEST(Probes, OfAChoiceAreNothingAndWhatWasNotOffered) {
  drive::FormField select = probed_field("it", "select");
  select.options = {"UTC", "CET"};
  select.required = true;
  EXPECT_THAT(rows(select, ""),
              ElementsAre("required enforced: -unset -left out", "options enforced: -'murphy-was-not-offered'"));
  drive::FormField box = probed_field("it", "checkbox");
  EXPECT_THAT(rows(box, "required = true"), ElementsAre("required missing: -left out"));
  // What nobody asks to be chosen is left as it was loaded.
  select.required = false;
  EXPECT_THAT(rows(select, ""), IsEmpty());
}

TEST(Probes, OfANumberWithoutAStepAreBetweenWholeNumbers) {
  drive::FormField age = probed_field("it", "number");
  age.has_default_step = true;
  age.min = "18";
  age.max = "19";
  EXPECT_THAT(rows(age, "", "18"),
              ElementsAre("type enforced: -'18abc' -'twelve'", "min enforced: +'18' -'17', far -'-982'",
                          "max enforced: +'19' -'20', far -'1019'", "step enforced: -'18.5'"));
}

TEST(Probes, OfMonthsWeeksAndMomentsAreTheirNeighbours) {
  drive::FormField month = probed_field("it", "month");
  month.min = "2026-01";
  EXPECT_THAT(rows(month, "", "2026-05").at(1), "min enforced: +'2026-01' -'2025-12', far -'1942-09'");
  drive::FormField week = probed_field("it", "week");
  week.max = "2020-W53";
  EXPECT_THAT(rows(week, "", "2020-W01").at(1), "max enforced: +'2020-W53' -'2021-W01', far -'2040-W09'");
  drive::FormField moment = probed_field("it", "datetime-local");
  moment.min = "2026-01-01T00:00";
  EXPECT_THAT(rows(moment, "", "2026-05-05T12:00").at(1),
              testing::StartsWith("min enforced: +'2026-01-01T00:00' -'2025-12-31T23:59'"));
  EXPECT_THAT(rows(probed_field("it", "color"), "", "#336699"), ElementsAre("type enforced: -'#12345g' -'blue'"));
}

TEST(Probes, CompareThePageWithTheScenario) {
  drive::FormField seen = probed_field("it");
  seen.min_length = 8;
  seen.max_length = 64;
  EXPECT_THAT(rows(seen, "min_length = 12, max_length = 128").at(0), testing::StartsWith("min_length looser"));
  EXPECT_THAT(rows(seen, "min_length = 12, max_length = 128").at(1), testing::StartsWith("max_length stricter"));
  EXPECT_THAT(rows(seen, "max_length = 32, page = false").at(1), testing::StartsWith("max_length looser"));
  EXPECT_THAT(rows(probed_field("it"), "max_length = 32, page = false").at(0), testing::StartsWith("max_length none"));
  seen.required = true;
  EXPECT_THAT(rows(seen, "required = false").at(0), testing::StartsWith("required stricter"));
}

TEST(Probes, BreakAPatternByChangingWhatKeepsIt) {
  EXPECT_THAT(rows(probed_field("it"), "pattern = \"[A-Z]{2}[0-9]{4}\"", "AB1234"),
              ElementsAre(testing::MatchesRegex("pattern missing: -'AB[a-z]{4}' -'[0-9]{2}1234' -'ab1234'")));
  drive::FormField seen = probed_field("it");
  seen.pattern = "[A-Z]{2}";
  seen.pattern_ignored = "no reason";
  EXPECT_THAT(rows(seen, "", "AB"), ElementsAre("pattern missing:"));
}

class Lengths : public testing::TestWithParam<std::size_t> {};

TEST_P(Lengths, AreMetToTheUnit) {
  const std::size_t length = GetParam();
  Fresh fresh("a seed");
  const auto text = stretched("", "Ada Lovelace 😀", length, fresh);
  ASSERT_TRUE(text);
  EXPECT_EQ(utf16_length(*text), length);
  EXPECT_EQ(std::string(trim(*text)), *text) << "servers take white space off the ends";
  EXPECT_EQ(utf16_length(widened("Ada", length, fresh)), length);
  EXPECT_GT(widened("Ada", length, fresh).size(), length) << "more bytes than characters";
  if (length < 14) return;
  const auto email = stretched("email", "x7q@example.com", length, fresh);
  ASSERT_TRUE(email);
  EXPECT_EQ(email->size(), length);
  if (length > 15) {
    EXPECT_TRUE(email->starts_with("x7q"));
  }
  scenario::FieldRules rules;
  rules.type = "email";
  if (email->find('@') <= 64) {
    EXPECT_EQ(scenario::broken_rule(rules, *email), "") << *email;
  }
}

INSTANTIATE_TEST_SUITE_P(Probes, Lengths, testing::Range<std::size_t>(1, 400, 1));

TEST(Probes, CanBeDrawnOutWhereAPatternDoesNotRepeat) {
  EXPECT_EQ(drawn_out("+44 20 7946 0018", 20), "+44 20 7946 00188888");
  EXPECT_EQ(drawn_out("+44 20", 3), "+44");
  EXPECT_EQ(drawn_out("A😀", 5), "A😀😀");
  drive::FormField seen = probed_field("it");
  seen.max_length = 4;
  seen.allows = [](std::string_view) { return drive::Allowed::no; }; // it is too long
  seen.allows_at_any_length = [](std::string_view value) {
    return value.find('+', 1) == std::string_view::npos ? drive::Allowed::yes : drive::Allowed::no;
  };
  EXPECT_TRUE(fits_but_for_length(seen, nullptr, "+44 20"));
  EXPECT_FALSE(fits_but_for_length(seen, nullptr, "+44+44"));
  scenario::FieldRules rules;
  rules.max_length = 4;
  rules.type = "email";
  EXPECT_TRUE(fits_but_for_length(seen, &rules, "ada@example.com"));
  EXPECT_FALSE(fits_but_for_length(seen, &rules, "+44-20"));
}

TEST(Probes, AreShownShortAndThoseOfPasswordsByTheirLength) {
  using enum record::TestedValue::Kind;
  const auto tested = [](std::string_view value, Shown shown) { return described(value, shown); };
  EXPECT_EQ(tested("", Shown::value).kind, empty);
  EXPECT_EQ(tested("   ", Shown::length).kind, spaces);
  EXPECT_EQ(tested("   ", Shown::length).length, 3U);
  EXPECT_EQ(tested("Ada", Shown::value).text, "Ada");
  EXPECT_EQ(tested("Ada😀", Shown::length).kind, hidden);
  EXPECT_EQ(tested("Ada😀", Shown::length).length, 5U);
  EXPECT_EQ(tested("Ada😀", Shown::length).text, "");
  EXPECT_TRUE(tested("Ada", Shown::value_and_length).is_about_length);
  EXPECT_EQ(tested(std::string(81, 'a'), Shown::value).text, "aaaaaaaaaaaaaaa…");
}

} // namespace
} // namespace murphy::run
