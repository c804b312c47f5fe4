// The matrix of a `validate` step, for people and for readers of JUnit.
#include "base/text.h"
#include "golden/golden.h"
#include "reports/junit.h"
#include "reports/junit_validation.h"
#include "reports/validation_text.h"

#include <fmt/format.h>
#include <gmock/gmock.h>

namespace murphy::reports {
namespace {

using record::Standing;
using testing::HasSubstr;

record::Validation validation(std::string table = {}) {
  record::Validation made{.form = "Create account",
                          .submissions = 41,
                          .table = std::move(table),
                          .database_note = {},
                          .created = {},
                          .cells = {}};
  using Note = record::RuleNote::Kind;
  const auto add = [&](std::string field, std::string rule, record::Requirement required, Standing page,
                       Standing server, bool holds, std::vector<record::RuleNote> notes = {}) {
    record::ValidationCell& cell = made.cells.emplace_back();
    cell.field = std::move(field);
    cell.rule = std::move(rule);
    cell.required = std::move(required);
    cell.page = page;
    cell.declared = page == Standing::missing || page == Standing::none ? "" : "maxlength=254";
    cell.server = server;
    cell.tested = {record::TestedValue::Kind::text, 255, true, false, "o790whs2d3aaaaa…"};
    const bool accepted = server == Standing::looser;
    cell.end = accepted ? record::SubmissionEnd::accepted : record::SubmissionEnd::refused_here;
    if (accepted) cell.answer = {200, "/dashboard", {}, {}};
    if (!accepted) cell.said = "At most 254 characters.";
    cell.notes = std::move(notes);
    cell.holds = holds;
    cell.place = {"scenarios/sign-up.toml", 12, 37, 8};
  };
  add("Email address", "required", {true, 1, {}}, Standing::enforced, Standing::enforced, true);
  add("Email address", "max_length", {true, 254, {}}, Standing::enforced, Standing::looser, false);
  add("Email address", "rejects", {true, 2, {}}, Standing::none, Standing::enforced, true);
  add("What your friends and your colleagues call you", "max_length", {}, Standing::looser, Standing::enforced, true,
      {{Note::page_looser, {}}});
  add("New password", "min_length", {true, 12, {}}, Standing::missing, Standing::misplaced, false);
  add("New password", "pattern", {true, 0, "[A-Z].*"}, Standing::unknown, Standing::unknown, true,
      {{Note::no_breaking_value, {}}});
  if (made.table.empty()) return made;
  made.cells[0].column = Standing::enforced;
  made.cells[0].behind = {record::ColumnSeen::Fact::not_null, "users", "email", {}};
  made.cells[1].column = Standing::stricter;
  made.cells[1].behind = {record::ColumnSeen::Fact::length, "users", "email", "varchar(64)"};
  made.cells[3].column = Standing::looser;
  made.cells[3].behind = {record::ColumnSeen::Fact::length, "users", "nickname", "varchar(255)"};
  return made;
}

class Matrix : public testing::TestWithParam<int> {};

TEST_P(Matrix, IsLaidOutForItsWidth) {
  const ConsoleStyle style{.colour = false, .live = false, .unicode = true, .width = GetParam()};
  TextBlock block(style);
  block.indent(6);
  write_validation(block, validation());
  expect_golden(block.text(), fmt::format("reports/golden/validation-{}.txt", GetParam()));
  for (const std::string_view line : split(block.text(), '\n')) {
    if (GetParam() > 0) {
      EXPECT_LE(display_width(line), static_cast<std::size_t>(GetParam())) << line;
    }
  }
}

TEST_P(Matrix, HasAThirdSideWhereTheColumnsAreKnown) {
  const ConsoleStyle style{.colour = false, .live = false, .unicode = true, .width = GetParam()};
  TextBlock block(style);
  block.indent(6);
  write_validation(block, validation("users"));
  expect_golden(block.text(), fmt::format("reports/golden/validation-columns-{}.txt", GetParam()));
  for (const std::string_view line : split(block.text(), '\n')) {
    if (GetParam() > 0) {
      EXPECT_LE(display_width(line), static_cast<std::size_t>(GetParam())) << line;
    }
  }
}

TEST(MatrixNote, SaysWhyTheDatabaseCouldNotBeLookedAt) {
  TextBlock block(ConsoleStyle{.colour = false, .live = false, .unicode = true, .width = 0});
  record::Validation unlooked = validation();
  unlooked.database_note = "the database sqlite:app.db could not be read: unable to open database file";
  write_validation(block, unlooked);
  EXPECT_THAT(block.text(), HasSubstr("no columns compared: the database sqlite:app.db could not be read: "));
  EXPECT_THAT(block.text(), testing::Not(HasSubstr("server  column")));
}

INSTANTIATE_TEST_SUITE_P(Widths, Matrix, testing::Values(0, 80, 40), testing::PrintToStringParamName());

record::CaseResult proved(std::string table = {}) {
  record::CaseResult result;
  result.plan.edit().name = "The form keeps its rules";
  result.plan.edit().place = {"scenarios/sign-up.toml", 3, 1, 1};
  record::StepResult step;
  step.evidence.validation = validation(std::move(table));
  result.steps = {step};
  return result;
}

TEST(Rules, AreTestCasesOfTheirOwn) {
  UniqueNames names;
  const std::vector<JUnitCase> rules = junit_rules(proved(), names);
  ASSERT_EQ(rules.size(), 6U);
  EXPECT_EQ(rules[0].name, "The form keeps its rules › Email address, required");
  EXPECT_EQ(rules[0].class_name, "scenarios.sign-up");
  EXPECT_EQ(rules[0].verdict, JUnitVerdict::passed);
  EXPECT_EQ(rules[1].verdict, JUnitVerdict::failure);
  EXPECT_EQ(rules[1].message, "Email address, max_length (at most 254 characters): page enforced, server looser");
  EXPECT_THAT(rules[1].text, HasSubstr("\n scenarios/sign-up.toml:12\n\npage: enforced, maxlength=254\nserver: looser, "
                                       "accepted: 200 /dashboard\ntried: 255 characters"));
  EXPECT_EQ(rules[3].verdict, JUnitVerdict::passed) << "what is only shown fails nothing";
  EXPECT_EQ(rules[5].verdict, JUnitVerdict::skipped);
  // The same rules once more, from another step: their names stay unique.
  EXPECT_EQ(junit_rules(proved(), names)[0].name, "The form keeps its rules › Email address, required (2)");
}

TEST(Rules, TellTheColumnWhereItIsKnown) {
  UniqueNames names;
  const std::vector<JUnitCase> rules = junit_rules(proved("users"), names);
  EXPECT_EQ(rules[1].message,
            "Email address, max_length (at most 254 characters): page enforced, server looser, column stricter");
  EXPECT_THAT(rules[1].text, HasSubstr("server: looser, accepted: 200 /dashboard\ncolumn: stricter, users.email "
                                       "varchar(64)\ntried: "));
  EXPECT_THAT(rules[4].text, testing::Not(HasSubstr("column")));
}

TEST(Rules, CountInTheirSuite) {
  record::Run run;
  record::FeatureResult feature;
  feature.name = "Sign up";
  feature.file = "scenarios/sign-up.toml";
  feature.cases = {proved()};
  feature.cases.front().outcome = record::Outcome::failed;
  run.features = {feature};
  const std::string text = junit(run, JUnitMode::full);
  EXPECT_THAT(text, HasSubstr("<testsuite name=\"Sign up\" tests=\"7\" failures=\"3\" errors=\"0\" skipped=\"1\""));
}

} // namespace
} // namespace murphy::reports
