// Each kind of report read back as its reader reads it, also of a run in which every text is hostile.
#include "base/log_commands.h"
#include "base/text.h"
#include "example_run.h"
#include "golden/golden.h"
#include "hostile_run.h"
#include "reports/registry.h"

#include <boost/json.hpp>
#include <gmock/gmock.h>
#include <map>
#include <optional>
#include <set>

namespace murphy::reports {
namespace {

namespace json = boost::json;
using testing::AllOf;
using testing::Each;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;
using testing::SizeIs;
using testing::StartsWith;

std::string written(std::string_view kind, const record::Run& run) {
  const ReportKind* found = report_kind(kind);
  EXPECT_NE(found, nullptr) << kind;
  return found == nullptr ? "" : found->write(run);
}

std::vector<std::string> text_lines(const std::string& text) {
  std::vector<std::string> lines;
  for (const std::string_view line : split(text, '\n')) lines.emplace_back(line);
  if (!lines.empty() && lines.back().empty()) lines.pop_back();
  return lines;
}

// ---- all of them

class EachKind : public testing::TestWithParam<std::string> {};

TEST_P(EachKind, IsThatOfTheGoldenFile) {
  expect_golden(written(GetParam(), example::fold(example::rich())), "reports/golden/rich." + GetParam());
}

// Neither a terminal nor a reader of text gets a byte that steers it.
TEST_P(EachKind, HoldsNoControlCharacter) {
  const std::string text = written(GetParam(), example::hostile_run());
  EXPECT_TRUE(is_utf8(text));
  for (const char c : text) ASSERT_TRUE(static_cast<unsigned char>(c) >= 0x20 || c == '\n') << int{c};
  for (const char* hidden : {"\u202E", "\u200B", "\uFEFF"}) EXPECT_THAT(text, Not(HasSubstr(hidden)));
}

// A report that goes to the log of a job, and one that another tool prints there, commands nothing.
TEST_P(EachKind, HoldsNoCommandButItsOwn) {
  const ReportKind* kind = report_kind(GetParam());
  ASSERT_NE(kind, nullptr);
  for (std::string line : text_lines(written(GetParam(), example::hostile_run()))) {
    if (kind->has_commands) line.erase(0, line.find_first_of("[ "));
    EXPECT_EQ(without_commands(line), line);
  }
}

TEST_P(EachKind, IsWrittenForARunWithoutAnything) { EXPECT_THAT(written(GetParam(), {}), testing::EndsWith("\n")); }

INSTANTIATE_TEST_SUITE_P(All, EachKind,
                         testing::Values("html", "json", "har", "markdown", "github", "gitlab", "azure", "teamcity",
                                         "tap", "prometheus"),
                         [](const auto& instance) { return instance.param; });

TEST(Prometheus, HasNoFiguresOfARunThatAPersonWentThrough) {
  record::Run run = example::fold(example::rich());
  run.started.conditions.emplace().is_stepped = true;
  const std::string text = written("prometheus", run);
  EXPECT_THAT(text, testing::HasSubstr("murphy_last_run_stepped"));
  EXPECT_THAT(text, testing::Not(testing::HasSubstr("murphy_scenario_success")));
  EXPECT_THAT(text, testing::Not(testing::HasSubstr("murphy_run_scenarios")));
}

// ---- GitHub: what the runner takes for a command

struct Command {
  std::string name;
  std::map<std::string, std::string> properties;
  std::string text;
};

std::string with_replaced(std::string text, std::string_view from, std::string_view to) {
  for (std::size_t at = 0; (at = text.find(from, at)) != std::string::npos; at += to.size())
    text.replace(at, from.size(), to);
  return text;
}

// As ActionCommand.TryParseV2 does it: the percent sign last.
std::optional<Command> github_command(const std::string& line) {
  const std::string_view trimmed = trim(line);
  if (!trimmed.starts_with("::")) return std::nullopt;
  const std::size_t end = trimmed.find("::", 2);
  if (end == std::string_view::npos) return std::nullopt;
  const std::string_view head = trimmed.substr(2, end - 2);
  const std::size_t space = head.find(' ');
  Command command{
      .name = std::string(head.substr(0, space)), .properties = {}, .text = std::string(trimmed.substr(end + 2))};
  if (space != std::string_view::npos)
    for (const std::string_view pair : split(head.substr(space + 1), ',')) {
      const std::size_t equals = pair.find('=');
      std::string value(equals == std::string_view::npos ? "" : pair.substr(equals + 1));
      for (const auto& [from, to] : {std::pair{"%0D", "\r"}, {"%0A", "\n"}, {"%3A", ":"}, {"%2C", ","}, {"%25", "%"}})
        value = with_replaced(std::move(value), from, to);
      command.properties[std::string(pair.substr(0, equals))] = value;
    }
  for (const auto& [from, to] : {std::pair{"%0D", "\r"}, {"%0A", "\n"}, {"%25", "%"}})
    command.text = with_replaced(std::move(command.text), from, to);
  return command;
}

TEST(GitHub, HasOneAnnotationForEachCause) {
  const std::vector<std::string> lines = text_lines(written("github", example::fold(example::rich())));
  std::vector<std::string> names;
  for (const std::string& line : lines) names.push_back(github_command(line).value().name);
  EXPECT_THAT(names, ElementsAre("error", "error", "error", "notice"));
  const Command first = *github_command(lines.front());
  EXPECT_EQ(first.properties.at("file"), "scenarios/sign-in.toml");
  EXPECT_EQ(first.properties.at("line"), "26");
  EXPECT_EQ(first.properties.at("col"), "20");
  EXPECT_THAT(first.text,
              StartsWith("the model — column \"pasword_hash\" does not exist; users has \"password_hash\"\n"));
  EXPECT_THAT(first.text, HasSubstr("\n1 scenario: A returning user"));
}

TEST(GitHub, NamesFilesFromTheTopOfTheCheckout) {
  record::Run run = example::fold(example::rich());
  run.started.origin.folder = "web/";
  EXPECT_EQ(github_command(text_lines(written("github", run)).front())->properties.at("file"),
            "web/scenarios/sign-in.toml");
}

TEST(GitHub, TakesNoCommandFromAnApp) {
  for (const std::string& line : text_lines(written("github", example::hostile_run()))) {
    const auto command = github_command(line);
    ASSERT_TRUE(command) << line;
    EXPECT_THAT(command->name, testing::AnyOf("error", "warning", "notice"));
    for (const auto& [name, value] : command->properties)
      EXPECT_THAT(name, testing::AnyOf("file", "line", "col", "title")) << value;
  }
}

// A step shows ten annotations of a kind and drops the others.
TEST(GitHub, KeepsToTheLimitAndSaysSo) {
  record::Run run;
  record::FeatureResult& feature = run.features.emplace_back();
  for (int i = 0; i < 25; ++i) {
    record::CaseResult& result = feature.cases.emplace_back();
    result.outcome = record::Outcome::failed;
    record::StepResult& step = result.steps.emplace_back();
    step.outcome = record::Outcome::failed;
    step.title = std::string("step ") + static_cast<char>('k' + i % 15) + (i < 15 ? "" : "k");
    record::Suspect suspect;
    suspect.layer = record::Layer::view;
    suspect.fingerprint = std::string("cause ") + std::to_string(i);
    step.suspects = {suspect};
  }
  const std::vector<std::string> lines = text_lines(written("github", run));
  EXPECT_THAT(lines, SizeIs(11));
  EXPECT_EQ(github_command(lines[9])->text, "and 16 more causes");
}

// ---- Azure: what the agent takes for a command, anywhere in a line

TEST(Azure, TakesNoCommandFromAnApp) {
  for (const record::Run& run :
       {example::fold(example::rich()), example::hostile_run(), example::fold(example::lost())}) {
    std::size_t issues = 0;
    for (const std::string& line : text_lines(written("azure", run))) {
      const std::string lower = ascii_lower(line);
      const std::size_t at = lower.find("##vso[");
      if (at == std::string::npos) continue;
      EXPECT_EQ(at, 0U) << line;
      EXPECT_EQ(lower.find("##vso[", 1), std::string::npos) << line;
      const std::size_t end = line.find(']');
      ASSERT_NE(end, std::string::npos);
      EXPECT_THAT(line.substr(0, end), StartsWith("##vso[task.logissue type="));
      for (const std::string_view property : split(std::string_view(line).substr(20, end - 20), ';'))
        EXPECT_THAT(std::string(property.substr(0, property.find('='))),
                    testing::AnyOf("type", "sourcepath", "linenumber", "columnnumber", ""))
            << line;
      ++issues;
    }
    EXPECT_GE(issues, 1U);
  }
}

TEST(Azure, SaysWhatBrokeAndWhere) {
  const std::string first = text_lines(written("azure", example::fold(example::rich()))).front();
  EXPECT_THAT(first, StartsWith("##vso[task.logissue type=error;sourcepath=scenarios/sign-in.toml;linenumber=26;"
                                "columnnumber=20;]the model — column \"pasword_hash\" does not exist%3B users has"));
}

// ---- TeamCity

struct Message {
  std::string name;
  std::map<std::string, std::string> values;
};

// Strictly: each line is one message, with values in single quotes and nothing unescaped in them.
Message teamcity_message(const std::string& line) {
  Message message;
  constexpr std::string_view open = "##teamcity[";
  EXPECT_TRUE(line.starts_with(open) && line.ends_with("]")) << line;
  std::string_view rest(line);
  rest.remove_prefix(open.size());
  rest.remove_suffix(1);
  message.name = rest.substr(0, rest.find(' '));
  rest.remove_prefix(message.name.size());
  while (!rest.empty()) {
    rest.remove_prefix(1); // the space
    const std::size_t equals = rest.find("='");
    const std::string key(rest.substr(0, equals));
    rest.remove_prefix(equals + 2);
    std::string value;
    while (!rest.empty() && rest.front() != '\'') {
      EXPECT_THAT(rest.front(), AllOf(testing::Ne('['), testing::Ne(']'))) << line;
      if (rest.front() == '|') {
        rest.remove_prefix(1);
        if (rest.starts_with("0x")) {
          value += '?';
          rest.remove_prefix(6);
          continue;
        }
        value += rest.front() == 'n' ? '\n' : rest.front();
      } else {
        value += rest.front();
      }
      rest.remove_prefix(1);
    }
    rest.remove_prefix(1); // the quote
    message.values[key] = value;
  }
  return message;
}

TEST(TeamCity, HasEachScenarioAsATest) {
  std::map<std::string, int> counts;
  std::string open_suite, open_test;
  for (const record::Run& run : {example::fold(example::rich()), example::hostile_run()}) {
    counts.clear();
    for (const std::string& line : text_lines(written("teamcity", run))) {
      const Message message = teamcity_message(line);
      ++counts[message.name];
      EXPECT_EQ(message.values.at("flowId"), "murphy");
      if (message.name == "testSuiteStarted") open_suite = message.values.at("name");
      if (message.name == "testSuiteFinished") {
        EXPECT_EQ(message.values.at("name"), open_suite);
      }
      if (message.name == "testStarted") open_test = message.values.at("name");
      if (message.name == "testFailed" || message.name == "testFinished") {
        EXPECT_EQ(message.values.at("name"), open_test);
      }
    }
    EXPECT_EQ(counts["testStarted"], counts["testFinished"]);
    EXPECT_EQ(counts["testStarted"] + counts["testIgnored"], 6);
    EXPECT_EQ(counts["testFailed"], 3);
    EXPECT_EQ(counts["buildProblem"], 1) << "it was interrupted";
  }
}

// ---- TAP

struct TapTest {
  bool is_ok = false;
  std::size_t number = 0;
  std::string description, directive;
};

struct TapDocument {
  std::size_t planned = 0;
  std::vector<TapTest> tests;
  std::string bail_out;
};

TapDocument read_tap(const std::string& text) {
  TapDocument document;
  const std::vector<std::string> lines = text_lines(text);
  EXPECT_EQ(lines.at(0), "TAP version 14");
  EXPECT_THAT(lines.at(1), StartsWith("1.."));
  document.planned = static_cast<std::size_t>(std::stoi(lines.at(1).substr(3)));
  bool in_block = false;
  for (std::size_t i = 2; i < lines.size(); ++i) {
    const std::string& line = lines[i];
    if (in_block) {
      EXPECT_THAT(line, StartsWith("  "));
      in_block = line != "  ...";
      continue;
    }
    if (line == "  ---") {
      in_block = true;
      continue;
    }
    if (line.starts_with("Bail out!")) {
      document.bail_out = trim(line.substr(9));
      continue;
    }
    if (line.starts_with("# ")) continue;
    TapTest test;
    test.is_ok = line.starts_with("ok ");
    EXPECT_TRUE(test.is_ok || line.starts_with("not ok ")) << line;
    const std::string rest = line.substr(test.is_ok ? 3 : 7);
    test.number = static_cast<std::size_t>(std::stoi(rest));
    std::string description = rest.substr(rest.find(" - ") + 3);
    // The first hash that is not escaped begins the directive.
    for (std::size_t at = 0; at < description.size(); ++at) {
      if (description[at] == '\\') {
        description.erase(at, 1);
      } else if (description[at] == '#') {
        test.directive = trim(description.substr(at + 1));
        description.resize(at);
      }
    }
    test.description = trim(description);
    document.tests.push_back(test);
  }
  EXPECT_FALSE(in_block);
  return document;
}

TEST(Tap, HasATestForEachScenario) {
  const TapDocument document = read_tap(written("tap", example::fold(example::rich())));
  EXPECT_EQ(document.planned, 6U);
  ASSERT_THAT(document.tests, SizeIs(6));
  for (std::size_t i = 0; i < 6; ++i) EXPECT_EQ(document.tests[i].number, i + 1);
  EXPECT_TRUE(document.tests[0].is_ok);
  EXPECT_FALSE(document.tests[1].is_ok);
  EXPECT_EQ(document.tests[1].description,
            "Sign in > A returning user reaches the dashboard that was open before the deploy");
  EXPECT_FALSE(document.tests[3].is_ok);
  EXPECT_EQ(document.tests[3].directive, "TODO known failure SUP-7, until 2026-12-31");
  EXPECT_FALSE(document.tests[5].is_ok) << "it was not run";
}

TEST(Tap, OfALostAppBailsOut) {
  const TapDocument document = read_tap(written("tap", example::fold(example::never_ready())));
  EXPECT_EQ(document.planned, 2U);
  EXPECT_THAT(document.tests, IsEmpty());
  EXPECT_EQ(document.bail_out, "bin/server ended with exit code 1 before it answered");
}

TEST(Tap, TakesNothingFromAnApp) {
  const TapDocument document = read_tap(written("tap", example::hostile_run()));
  ASSERT_THAT(document.tests, SizeIs(6));
  EXPECT_EQ(document.bail_out, "");
  for (std::size_t i = 0; i < 6; ++i) EXPECT_EQ(document.tests[i].directive.empty(), i != 3) << i;
}

// ---- GitLab

TEST(GitLab, HasAnIssueForEachScenarioThatDidNotPass) {
  json::value document = json::parse(written("gitlab", example::fold(example::rich())));
  ASSERT_THAT(document.as_array(), SizeIs(4));
  EXPECT_EQ(document.as_array().back().at("severity").as_string(), "info") << "a skipped step";
  document.as_array().pop_back();
  std::set<std::string> fingerprints;
  for (const json::value& issue : document.as_array()) {
    fingerprints.emplace(issue.at("fingerprint").as_string());
    EXPECT_THAT(std::string(issue.at("severity").as_string()), testing::AnyOf("critical", "major"));
    EXPECT_GE(issue.at("location").at("lines").at("begin").to_number<int>(), 1);
    EXPECT_THAT(std::string(issue.at("location").at("path").as_string()), Not(StartsWith("./")));
  }
  EXPECT_THAT(fingerprints, SizeIs(3));
  EXPECT_EQ(document.as_array().front().at("check_name").as_string(), "model");
}

// ---- Markdown

// What stands outside of code. Fences and spans close with as many backticks as they opened with.
std::string outside_of_code(const std::string& text) {
  std::string outside;
  for (std::size_t at = 0; at < text.size();) {
    if (text[at] != '`') {
      outside += text[at++];
      continue;
    }
    std::size_t length = 0;
    while (at + length < text.size() && text[at + length] == '`') ++length;
    std::size_t end = at + length;
    for (;;) {
      end = text.find('`', end);
      if (end == std::string::npos) {
        ADD_FAILURE() << "code that does not end";
        return outside;
      }
      std::size_t closing = 0;
      while (end + closing < text.size() && text[end + closing] == '`') ++closing;
      if (closing == length) break;
      end += closing;
    }
    at = end + length;
  }
  return outside;
}

TEST(Markdown, KeepsTextsInCode) {
  const std::string text = written("markdown", example::hostile_run());
  EXPECT_THAT(text, StartsWith("<!-- murphy:gate -->\n## "));
  std::string outside = outside_of_code(text).substr(std::string_view("<!-- murphy:gate -->").size());
  for (const char* own : {"<details>", "</details>", "<summary>", "</summary>"})
    outside = with_replaced(outside, own, "");
  EXPECT_THAT(outside,
              AllOf(Not(HasSubstr("<")), Not(HasSubstr("@")), Not(HasSubstr("owned")), Not(HasSubstr("SKIP"))));
}

TEST(Markdown, FitsAComment) {
  record::Run run;
  record::FeatureResult& feature = run.features.emplace_back();
  for (int i = 0; i < 3000; ++i) {
    record::CaseResult& result = feature.cases.emplace_back();
    result.outcome = record::Outcome::failed;
    result.plan.edit().name = std::string(200, 'n');
    record::StepResult& step = result.steps.emplace_back();
    step.outcome = record::Outcome::failed;
    record::Suspect suspect;
    suspect.layer = record::Layer::view;
    suspect.cause = std::string(500, 'c');
    suspect.fingerprint = std::to_string(i % 100);
    step.suspects = {suspect};
  }
  const std::string text = written("markdown", run);
  EXPECT_LE(text.size(), 60'000U);
  EXPECT_THAT(text, HasSubstr("more causes, which do not fit here"));
  outside_of_code(text);
}

// ---- CTRF; its schema is held against it in readers_test.cpp

TEST(Ctrf, SaysWhatBrokeOnceForEachCause) {
  const json::value document = json::parse(written("json", example::fold(example::rich())));
  const json::value& murphy = document.at("extra").at("murphy");
  EXPECT_EQ(murphy.at("verdict").as_string(), "interrupted");
  ASSERT_THAT(murphy.at("causes").as_array(), SizeIs(3));
  const json::value& first = murphy.at("causes").at(0);
  EXPECT_EQ(first.at("id").as_string(), "4fb85142c142d1d8");
  EXPECT_EQ(first.at("layer").as_string(), "model");
  const json::value& test = document.at("results").at("tests").at(1);
  EXPECT_EQ(test.at("extra").at("murphy").at("cause"), first.at("id"));
  EXPECT_EQ(test.at("line").to_number<int>(), 26);
  EXPECT_EQ(document.at("results").at("summary").at("failed").to_number<int>(), 3);
}

} // namespace
} // namespace murphy::reports
