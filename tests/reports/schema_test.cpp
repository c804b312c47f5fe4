// Validates what junit() writes against the schemas of programs that validate (schemas/SOURCES.md).
#include "base/text.h"
#include "command.h"
#include "example_run.h"
#include "reports/junit.h"
#include "tests/places.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <set>

namespace murphy::reports {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

constexpr const char* junit10 = "xunit-plugin-junit-10.0c37522.xsd";
constexpr const char* junit10_stricter = "xunit-plugin-junit-10.031e285.xsd";
constexpr const char* junit4 = "jenkins-junit-4-from-junit5.xsd";
constexpr const char* windyroad = "windyroad-JUnit.xsd";
constexpr const char* surefire = "surefire-test-report-2.22.3.xsd";

// What the schema refuses in the document, each thing once, without lines and advice.
std::set<std::string> refused(const std::string& xml, const std::string& schema) {
  if (!is_on_path("xmllint")) {
    ADD_FAILURE() << "xmllint is missing: run tests/reports/install-readers";
    return {"xmllint is missing"};
  }
  const ScratchFolder scratch;
  const std::string file = scratch.file("report.xml", xml).string();
  const std::string path = in_project("tests/reports/schemas/") + schema;
  const CommandResult result = run_command({"xmllint", "--nonet", "--noout", "--schema", path, file});
  std::set<std::string> reasons;
  constexpr std::string_view introduction = "Schemas validity error : ";
  for (const std::string_view line : split(result.output, '\n')) {
    const std::size_t found = line.find(introduction);
    if (found == std::string_view::npos) continue;
    const std::string_view reason = line.substr(found + introduction.size());
    reasons.emplace(reason.substr(0, reason.find('.')));
  }
  if (reasons.empty() && result.exit_code != 0) reasons.insert(result.output);
  return reasons;
}

std::vector<std::vector<record::Event>> every_run() {
  std::vector<record::Event> killed = example::rich();
  killed.pop_back();
  return {example::rich(), example::green(), example::lost(), example::never_ready(), killed};
}

class StrictMode : public testing::TestWithParam<const char*> {};

TEST_P(StrictMode, IsValid) {
  for (const std::vector<record::Event>& events : every_run())
    EXPECT_THAT(refused(junit(example::fold(events), JUnitMode::strict), GetParam()), IsEmpty());
}

INSTANTIATE_TEST_SUITE_P(Schemas, StrictMode, testing::Values(junit10, junit10_stricter, junit4, windyroad),
                         [](const auto& tested) {
                           std::string name = tested.param;
                           std::erase_if(name, [](char c) { return !std::isalnum(static_cast<unsigned char>(c)); });
                           return name;
                         });

// Surefire writes a file for each suite, with that suite as its root: no report of several suites can be valid.
TEST(Schema, SurefireRefusesSeveralSuitesInOneFile) {
  for (const JUnitMode mode : {JUnitMode::full, JUnitMode::strict}) {
    EXPECT_THAT(refused(junit(example::fold(example::rich()), mode), surefire),
                ElementsAre("Element 'testsuites': No matching global declaration available for the validation root"));
  }
}

std::set<std::string> refused_of_full(const char* schema) {
  return refused(junit(example::fold(example::rich()), JUnitMode::full), schema);
}

TEST(Schema, Junit10RefusesOnlyTwoThingsOfFullMode) {
  EXPECT_THAT(refused_of_full(junit10),
              ElementsAre("Element 'properties': This element is not expected",
                          "Element 'testsuites', attribute 'skipped': The attribute 'skipped' is not allowed"));
}

TEST(Schema, TheStricterJunit10RefusesFileAndLineToo) {
  EXPECT_THAT(refused_of_full(junit10_stricter),
              ElementsAre("Element 'properties': This element is not expected",
                          "Element 'testcase', attribute 'file': The attribute 'file' is not allowed",
                          "Element 'testcase', attribute 'line': The attribute 'line' is not allowed",
                          "Element 'testsuites', attribute 'skipped': The attribute 'skipped' is not allowed"));
}

TEST(Schema, Junit4RefusesTheFileOfASuiteAndMessagesOfSkippedToo) {
  EXPECT_THAT(refused_of_full(junit4),
              ElementsAre("Element 'properties': This element is not expected",
                          "Element 'skipped', attribute 'message': The attribute 'message' is not allowed",
                          "Element 'testcase', attribute 'file': The attribute 'file' is not allowed",
                          "Element 'testcase', attribute 'line': The attribute 'line' is not allowed",
                          "Element 'testsuite', attribute 'file': The attribute 'file' is not allowed",
                          "Element 'testsuites', attribute 'skipped': The attribute 'skipped' is not allowed"));
}

TEST(Schema, WindyroadWantsItsOwnAttributesAndNoTotals) {
  const std::set<std::string> reasons = refused_of_full(windyroad);
  EXPECT_TRUE(reasons.contains("Element 'testsuite': The attribute 'package' is required but missing"));
  for (const char* name : {"name", "tests", "failures", "errors", "skipped", "time"}) {
    const std::string reason =
        std::string("Element 'testsuites', attribute '") + name + "': The attribute '" + name + "' is not allowed";
    EXPECT_TRUE(reasons.contains(reason)) << reason;
  }
}

} // namespace
} // namespace murphy::reports
