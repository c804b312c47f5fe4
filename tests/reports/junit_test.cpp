#include "example_run.h"
#include "golden/golden.h"
#include "reports/junit.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <pugixml.hpp>
#include <set>

namespace murphy::reports {
namespace {

using testing::AllOf;
using testing::HasSubstr;
using testing::Not;
using testing::StartsWith;

// The document read back; it keeps the nodes it hands out.
class Document {
public:
  explicit Document(const std::string& xml) {
    const pugi::xml_parse_result result = document_.load_string(xml.c_str(), pugi::parse_default | pugi::parse_doctype);
    EXPECT_TRUE(result) << result.description();
  }
  pugi::xml_node root() const { return document_.child("testsuites"); }
  pugi::xml_node suite(int index) const {
    pugi::xml_node node = root().child("testsuite");
    while (index-- > 0) node = node.next_sibling("testsuite");
    return node;
  }
  pugi::xml_node test_case(std::string_view name) const {
    for (const pugi::xml_node suite : root().children("testsuite")) {
      for (const pugi::xml_node node : suite.children("testcase")) {
        if (name == node.attribute("name").value()) return node;
      }
    }
    ADD_FAILURE() << "no test case " << name;
    return {};
  }
  std::vector<pugi::xml_node> test_cases() const {
    std::vector<pugi::xml_node> all;
    for (const pugi::xml_node suite : root().children("testsuite")) {
      for (const pugi::xml_node node : suite.children("testcase")) all.push_back(node);
    }
    return all;
  }

private:
  pugi::xml_document document_;
};

constexpr const char* failed_name = "A returning user reaches the dashboard that was open before the deploy";

std::vector<record::Event> without_end(std::vector<record::Event> events) {
  std::erase_if(events, [](const record::Event& event) { return std::holds_alternative<record::RunFinished>(event); });
  return events;
}

TEST(JUnit, GoldenFull) {
  expect_golden(junit(example::fold(example::rich()), JUnitMode::full), "reports/golden/junit-full.xml");
}

TEST(JUnit, GoldenStrict) {
  expect_golden(junit(example::fold(example::rich()), JUnitMode::strict), "reports/golden/junit-strict.xml");
}

TEST(JUnit, CountsWhatItHolds) {
  const Document document(junit(example::fold(example::rich()), JUnitMode::full));
  EXPECT_STREQ(document.root().attribute("tests").value(), "6");
  EXPECT_STREQ(document.root().attribute("failures").value(), "2");
  EXPECT_STREQ(document.root().attribute("errors").value(), "1");
  for (const pugi::xml_node suite : document.root().children("testsuite")) {
    int tests = 0, failures = 0, errors = 0, skipped = 0;
    for (const pugi::xml_node node : suite.children("testcase")) {
      ++tests;
      failures += node.child("failure") ? 1 : 0;
      errors += node.child("error") ? 1 : 0;
      skipped += node.child("skipped") ? 1 : 0;
    }
    EXPECT_EQ(suite.attribute("tests").as_int(), tests);
    EXPECT_EQ(suite.attribute("failures").as_int(), failures);
    EXPECT_EQ(suite.attribute("errors").as_int(), errors);
    EXPECT_EQ(suite.attribute("skipped").as_int(), skipped);
  }
}

TEST(JUnit, TellsTimesInSecondsAndMomentsInUtcWithoutZone) {
  const Document document(junit(example::fold(example::rich()), JUnitMode::full));
  EXPECT_STREQ(document.test_case(failed_name).attribute("time").value(), "1.235");
  EXPECT_STREQ(document.suite(0).attribute("time").value(), "1.392");
  EXPECT_STREQ(document.suite(0).attribute("timestamp").value(), "2026-03-04T05:06:07");
  EXPECT_STREQ(document.suite(0).attribute("hostname").value(), "ci-1");
}

TEST(JUnit, RepeatsTheMessageFirstInTheTextThenThePlace) {
  const Document document(junit(example::fold(example::rich()), JUnitMode::full));
  const pugi::xml_node failure = document.test_case(failed_name).child("failure");
  const std::string message = failure.attribute("message").value();
  EXPECT_THAT(
      message,
      StartsWith("Likely cause: the model — column \"pasword_hash\" does not exist; users has \"password_hash\"; "
                 "submit \"Sign in\", dashboard: expected the dashboard: /dashboard answered with 200"));
  EXPECT_THAT(message, Not(HasSubstr("\n")));
  EXPECT_THAT(failure.text().get(), StartsWith(message + "\n scenarios/sign-in.toml:26\n"));
  EXPECT_STREQ(failure.attribute("type").value(), "model");
}

TEST(JUnit, CarriesTheDetailsOfTheConsoleWithoutEscapes) {
  const std::string xml = junit(example::fold(example::rich()), JUnitMode::full);
  const Document document(xml);
  const std::string text = document.test_case(failed_name).child("failure").text().get();
  EXPECT_THAT(text, HasSubstr("POST /login → 303 /dashboard → 302 /login?next=%2Fdashboard → 200 (12 ms)"));
  EXPECT_THAT(text, HasSubstr("Password [user[password]] password = ‹ada.password›"));
  EXPECT_THAT(text, HasSubstr("05:06:07.033 ERROR SQL SELECT id, password_hsah FROM users"));
  EXPECT_THAT(xml, Not(HasSubstr("\x1B")));
  EXPECT_THAT(xml, Not(HasSubstr("[31m")));
}

TEST(JUnit, ShowsTheEvidenceOfACauseOnce) {
  record::Run run = example::fold(example::rich());
  std::vector<record::CaseResult>& cases = run.features.front().cases;
  record::CaseResult again = cases[1];
  again.plan.edit().id = again.plan->id.str() + " again";
  again.plan.edit().name = "Another one";
  cases.push_back(again);
  const Document document(junit(run, JUnitMode::full));
  const std::string proof = document.test_case(failed_name).child("failure").text().get();
  const std::string other = document.test_case("Another one").child("failure").text().get();
  EXPECT_THAT(proof, AllOf(HasSubstr("requests"), HasSubstr("console"), Not(HasSubstr("Same cause"))));
  EXPECT_THAT(other, AllOf(HasSubstr("Same cause as \"" + std::string(failed_name) + "\", scenarios/sign-in.toml:26"),
                           HasSubstr("expected"), Not(HasSubstr("requests"))));
}

TEST(JUnit, PointsWithFileAndLineAtTheExpectation) {
  const Document document(junit(example::fold(example::rich()), JUnitMode::full));
  const pugi::xml_node failed = document.test_case(failed_name);
  EXPECT_STREQ(failed.attribute("file").value(), "scenarios/sign-in.toml");
  EXPECT_STREQ(failed.attribute("line").value(), "26");
  EXPECT_STREQ(document.test_case("A one-time code is asked for").attribute("line").value(), "40");
}

TEST(JUnit, KeepsTagsTicketAndRequirements) {
  const Document document(junit(example::fold(example::rich()), JUnitMode::full));
  std::vector<std::string> properties;
  for (const pugi::xml_node property : document.test_case(failed_name).child("properties").children())
    properties.push_back(std::string(property.attribute("name").value()) + "=" + property.attribute("value").value());
  EXPECT_THAT(properties, testing::ElementsAre("tag=smoke", "tag=writes", "ticket=SUP-1423", "requirement=ASVS-7.2.4"));
}

TEST(JUnit, HoldsNothingReadersStumbleOver) {
  for (const JUnitMode mode : {JUnitMode::full, JUnitMode::strict}) {
    const std::string xml = junit(example::fold(example::rich()), mode);
    EXPECT_THAT(xml, AllOf(Not(HasSubstr("<![CDATA[")), Not(HasSubstr("<!DOCTYPE")), Not(HasSubstr("&#27;"))));
    for (const char c : xml) {
      const auto byte = static_cast<unsigned char>(c);
      ASSERT_TRUE(byte >= 0x20 || byte == '\n') << "byte " << static_cast<int>(byte);
    }
    for (const char* outside : {"\xEF\xBF\xBE", "\xEF\xBF\xBF"}) EXPECT_THAT(xml, Not(HasSubstr(outside)));
    const Document document(xml);
    for (const pugi::xml_node suite : document.root().children("testsuite")) {
      EXPECT_FALSE(suite.child("testsuite"));
      for (const char* output : {"system-out", "system-err"}) {
        const pugi::xml_node node = suite.child(output);
        EXPECT_TRUE(!node || !node.text().empty()) << output;
      }
    }
    for (const pugi::xml_node node : document.test_cases()) {
      const int verdicts =
          (node.child("failure") ? 1 : 0) + (node.child("error") ? 1 : 0) + (node.child("skipped") ? 1 : 0);
      EXPECT_LE(verdicts, 1);
      EXPECT_FALSE(node.child("system-out"));
    }
  }
}

TEST(JUnit, OddCharactersSurvive) {
  const Document document(junit(example::fold(example::rich()), JUnitMode::full));
  EXPECT_STREQ(document.suite(1).attribute("name").value(), "Profile & <settings>");
  const std::string text =
      document.test_case("Ünïcödé names and “quotes” <stay> & survive: 雪").child("failure").text().get();
  EXPECT_THAT(text, HasSubstr("<script>alert(1)</script> & ]]>"));
  EXPECT_THAT(text, HasSubstr("with ␁ control"));
}

TEST(JUnit, CasesOfOneNameGetNumbers) {
  record::Run run = example::fold(example::green());
  record::FeatureResult& feature = run.features.front();
  feature.cases.push_back(feature.cases.front());
  feature.cases.push_back(feature.cases.front());
  run.features.push_back(feature);
  run.features.back().file = "other/sign-in.toml";
  for (record::CaseResult& result : run.features.back().cases) result.plan.edit().place.file = "other/sign-in.toml";
  const Document document(junit(run, JUnitMode::full));
  std::set<std::pair<std::string, std::string>> names;
  for (const pugi::xml_node node : document.test_cases())
    EXPECT_TRUE(names.emplace(node.attribute("classname").value(), node.attribute("name").value()).second);
  EXPECT_TRUE(names.contains({"scenarios.sign-in", "A registered user reaches the dashboard (3)"}));
  EXPECT_TRUE(names.contains({"other.sign-in", "A registered user reaches the dashboard"}));
  EXPECT_STREQ(document.suite(1).attribute("name").value(), "Sign in (2)");
}

TEST(JUnit, ClassNamesAreThePathWithDots) {
  record::Run run = example::fold(example::green());
  for (record::CaseResult& result : run.features.front().cases)
    result.plan.edit().place.file = "../shared/v1.2/sign in.toml";
  const Document document(junit(run, JUnitMode::full));
  EXPECT_STREQ(document.test_cases().front().attribute("classname").value(), "shared.v1_2.sign in");
}

TEST(JUnit, CasesBehindAnInterruptAreSkipped) {
  const Document document(junit(example::fold(example::rich()), JUnitMode::full));
  EXPECT_STREQ(document.test_case("A picture is replaced").child("skipped").attribute("message").value(),
               "not run: the run was interrupted before it");
}

TEST(JUnit, AnAppThatNeverAnsweredIsTheErrorOfEveryCase) {
  const Document document(junit(example::fold(example::never_ready()), JUnitMode::full));
  EXPECT_STREQ(document.root().attribute("errors").value(), "2");
  for (const pugi::xml_node node : document.test_cases()) {
    EXPECT_STREQ(
        node.child("error").attribute("message").value(),
        "Likely cause: the configuration — the file \"dashboard.db\" cannot be used; not run: the app does not "
        "come up: bin/server ended with exit code 1 before it answered");
    EXPECT_STREQ(node.child("error").attribute("type").value(), "config");
    EXPECT_THAT(node.child("error").text().get(), HasSubstr("cannot open dashboard.db: permission denied"));
  }
}

TEST(JUnit, ARunWithoutEndSaysSo) {
  const Document document(junit(example::fold(without_end(example::rich())), JUnitMode::full));
  EXPECT_STREQ(document.test_case("A picture is replaced").child("error").attribute("message").value(),
               "the run never finished: Murphy ended before this scenario");
  EXPECT_STREQ(
      document.suite(0).child("properties").find_child_by_attribute("name", "murphy.run").attribute("value").value(),
      "never finished");
  EXPECT_THAT(document.suite(0).child("system-err").text().get(), HasSubstr("The run never finished"));
}

TEST(JUnit, ADashboardOpenToEveryoneIsNoticedInEverySuite) {
  const Document document(junit(example::fold(example::rich()), JUnitMode::full));
  for (const pugi::xml_node suite : document.root().children("testsuite"))
    EXPECT_THAT(suite.child("system-err").text().get(), HasSubstr("The dashboard opens without signing in"));
}

TEST(JUnit, AHealthyRunHasNoOutput) {
  const Document document(junit(example::fold(example::green()), JUnitMode::full));
  EXPECT_FALSE(document.suite(0).child("system-err"));
  EXPECT_FALSE(document.suite(0).child("system-out"));
}

TEST(JUnit, TextsStayUnder64KilobytesAndSayWhereTheyWereCut) {
  record::Run run = example::fold(example::rich());
  record::StepResult& step = run.features[0].cases[1].steps[1];
  const record::Failure failure = step.failures.front();
  for (int i = 0; i < 400; ++i) {
    step.failures.push_back(failure);
    for (int line = 0; line < 20; ++line) step.failures.back().got.text += "\nü&<>" + std::string(100, '<');
  }
  const std::string xml = junit(run, JUnitMode::full);
  const Document document(xml);
  const std::string text = document.test_case(failed_name).child("failure").text().get();
  EXPECT_LT(text.size(), 65'536U);
  EXPECT_THAT(text, HasSubstr("… cut here: "));
}

TEST(JUnit, ARunOfNothingIsStillADocument) {
  const Document document(junit(record::Run{}, JUnitMode::full));
  EXPECT_STREQ(document.root().attribute("tests").value(), "0");
}

} // namespace
} // namespace murphy::reports
