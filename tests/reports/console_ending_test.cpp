#include "reports/console_ending.h"

#include "reports/run_text.h"

#include <gmock/gmock.h>

namespace murphy::reports {
namespace {

using record::Confidence;
using testing::HasSubstr;
using testing::Not;

RedCase red(const std::string& cause, Confidence confidence) {
  RedCase made;
  made.name = "a case";
  made.cause = cause;
  made.confidence = confidence;
  return made;
}

std::string ending_of(std::vector<RedCase> cases) {
  ConsoleEnding ending;
  ending.red = std::move(cases);
  ending.is_over = true;
  TextBlock block({.unicode = true});
  write_ending(block, ending);
  return block.text();
}

TEST(Ending, SaysThatAPersonSteppedThroughTheRun) {
  record::Run run;
  EXPECT_EQ(sum_text(run), "0 scenarios: nothing to run");
  record::RunConditions conditions;
  conditions.is_stepped = true;
  run.started.conditions = conditions;
  EXPECT_EQ(sum_text(run), "0 scenarios: nothing to run, stepped by hand");
  EXPECT_THAT(verdict_text(run, {}), testing::EndsWith(", stepped by hand"));
}

TEST(CommonCause, IsNamedAloneWhereItExplainsMost) {
  const std::string text = ending_of(
      {red("The view", Confidence::high), red("The model", Confidence::medium), red("The model", Confidence::medium)});
  EXPECT_THAT(text, HasSubstr("The model (2 of 3)"));
  EXPECT_THAT(text, Not(HasSubstr("The view")));
}

TEST(CommonCause, IsNoneWhereTwoExplainAsMuch) {
  const std::string text = ending_of({red("The view", Confidence::medium), red("The model", Confidence::high),
                                      red("The session", Confidence::medium)});
  EXPECT_THAT(text, HasSubstr("The model (1 of 3)\n")) << "the surest first";
  EXPECT_THAT(text, HasSubstr("The view (1 of 3)\n"));
  EXPECT_THAT(text, Not(HasSubstr("The session")));
  EXPECT_LT(text.find("The model"), text.find("The view"));
}

TEST(CommonCause, IsNotSaidWhereTheEvidenceDoesNotTell) {
  EXPECT_THAT(ending_of({red("", Confidence::low)}), Not(HasSubstr("cause")));
  EXPECT_THAT(ending_of({red("The view", Confidence::high)}), Not(HasSubstr("of 1")));
}

} // namespace
} // namespace murphy::reports
