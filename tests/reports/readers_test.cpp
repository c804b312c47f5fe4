// Reads what junit() writes back with programs that others read JUnit reports with.
#include "base/text.h"
#include "command.h"
#include "example_run.h"
#include "hostile_run.h"
#include "reports/junit.h"
#include "reports/registry.h"
#include "tests/places.h"

#include <cmath>
#include <fmt/format.h>
#include <gmock/gmock.h>
#include <pugixml.hpp>

namespace murphy::reports {
namespace {

const std::string readers = in_project("build/readers");
const std::string scripts = in_project("tests/reports/readers");

// What a reader cannot tell.
struct Limits {
  bool names_suites = false; // instead of classes
  bool joins_errors = false; // with failures
  bool loses_skip_messages = false;
  bool unescapes_twice = false;
};

struct Reader {
  std::string name;
  std::string program;
  std::string script;
  Limits limits;
};

// For the names that GoogleTest shows.
void PrintTo(const Reader& reader, std::ostream* out) { *out << reader.name; }

std::string replaced(std::string text, std::string_view from, std::string_view to) {
  for (std::size_t at = 0; (at = text.find(from, at)) != std::string::npos; at += to.size())
    text.replace(at, from.size(), to);
  return text;
}

// The lines that a reader should print for the run, made from the run and not from the XML.
std::string expected(const record::Run& run, const std::vector<std::string>& messages, const Limits& limits) {
  const record::Totals totals = record::totals(run);
  const bool not_run_is_skipped = !run.lost && run.finished;
  const int skipped = totals.skipped + (not_run_is_skipped ? totals.not_run : 0);
  const int errors = totals.errors + (not_run_is_skipped ? 0 : totals.not_run);
  std::string text = fmt::format("counts\t{}\t{}\t{}\t{}\n", totals.all(), totals.failed, errors, skipped);
  auto message = messages.begin();
  for (const record::FeatureResult& feature : run.features) {
    for (const record::CaseResult& result : feature.cases) {
      std::string verdict = result.outcome == record::Outcome::passed    ? "passed"
                            : result.outcome == record::Outcome::failed  ? "failure"
                            : result.outcome == record::Outcome::error   ? "error"
                            : result.outcome == record::Outcome::skipped ? "skipped"
                            : not_run_is_skipped                         ? "skipped"
                                                                         : "error";
      std::string said = *message++;
      if (verdict == "skipped" && limits.loses_skip_messages) said.clear();
      if (verdict == "error" && limits.joins_errors) verdict = "failure";
      if (limits.unescapes_twice) said = replaced(said, "&amp;", "&");
      std::string group = replaced(feature.file, "/", ".");
      group.resize(group.size() - std::string_view(".toml").size());
      text += fmt::format("{}\t{}\t{}\t{}\t{}\n", verdict, limits.names_suites ? feature.name : group,
                          result.plan->name, std::lround(static_cast<double>(result.duration.count()) / 1000.0), said);
    }
  }
  return text;
}

class RealReader : public testing::TestWithParam<Reader> {
protected:
  void check(const std::vector<record::Event>& events, const std::vector<std::string>& messages) {
    ASSERT_TRUE(std::filesystem::exists(readers + "/stamp"))
        << "the readers are missing: run tests/reports/install-readers";
    const record::Run run = example::fold(events);
    for (const JUnitMode mode : {JUnitMode::full, JUnitMode::strict}) {
      const ScratchFolder scratch;
      const std::string file = scratch.file("report.xml", junit(run, mode)).string();
      const CommandResult read = run_command({GetParam().program, scripts + "/" + GetParam().script, readers, file});
      EXPECT_EQ(read.exit_code, 0);
      EXPECT_EQ(read.output, expected(run, messages, GetParam().limits));
    }
  }
};

TEST_P(RealReader, ReadsARichRun) {
  check(example::rich(), {"",
                          "Likely cause: the model — column \"pasword_hash\" does not exist; users has "
                          "\"password_hash\"; submit \"Sign in\", dashboard: expected the dashboard: /dashboard "
                          "answered with 200, "
                          "showing [data-user]; got 200 "
                          "/login “Sign in”, a page that asks for the password (and 1 more)",
                          "open /login: http://127.0.0.1:8080/login gave no answer: connection reset by peer",
                          "known failure SUP-7, until 2026-12-31",
                          "save \"Profile\" <b>&amp;</b>, text: expected text with \"雪の結晶\"; got \"first line "
                          "<script>alert(1)</script> & ]]> indented "
                          "with ␁ control �� bytes �right to left� and � no character last li…",
                          "not run: the run was interrupted before it"});
}

TEST_P(RealReader, ReadsAGreenRun) { check(example::green(), {"", ""}); }

TEST_P(RealReader, ReadsARunWithoutAnApp) {
  const std::string message =
      "Likely cause: the configuration — the file \"dashboard.db\" cannot be used; not run: the app does not come up: "
      "bin/server ended with exit code 1 before it answered";
  check(example::never_ready(), {message, message});
}

// Reads a report of this kind with a script of readers/, which gets more arguments behind it.
std::string read_by(const std::string& script, std::string_view kind, const record::Run& run,
                    const std::vector<std::string>& more = {}) {
  EXPECT_TRUE(std::filesystem::exists(readers + "/stamp"))
      << "the readers are missing: run tests/reports/install-readers";
  const ScratchFolder scratch;
  std::vector<std::string> command{"node", scripts + "/" + script, readers,
                                   scratch.file("report", report_kind(kind)->write(run)).string()};
  command.insert(command.end(), more.begin(), more.end());
  const CommandResult read = run_command(command);
  EXPECT_EQ(read.exit_code, 0) << read.output;
  return read.output;
}

std::vector<record::Run> runs_of_each_kind() {
  std::vector<record::Run> runs{example::hostile_run(), {}};
  for (const auto& events : {example::rich(), example::green(), example::lost(), example::never_ready()})
    runs.push_back(example::fold(events));
  return runs;
}

TEST(RealReaderOfCtrf, FindsEachReportValid) {
  for (const record::Run& run : runs_of_each_kind())
    EXPECT_EQ(
        read_by("with_ajv.mjs", "json", run,
                {in_project("tests/reports/schemas/ctrf-1.0.0.schema.json"), in_project("docs/report.schema.json")}),
        "");
}

TEST(RealReaderOfTap, ReadsARichRun) {
  EXPECT_EQ(read_by("with_tap_parser.mjs", "tap", example::fold(example::rich())),
            "count 6 plan 6 fail 5 todo 1 bailout false\n"
            "ok 1 Sign in > A registered user reaches the dashboard \n"
            "not ok 2 Sign in > A returning user reaches the dashboard that was open before the deploy 26\n"
            "not ok 3 Sign in > An account of 2019 signs in 33\n"
            "not ok 4 Sign in > A one-time code is asked for TODO known failure SUP-7, until 2026-12-31 \n"
            "not ok 5 Profile & <settings> > Ünïcödé names and “quotes” <stay> & survive: 雪 9\n"
            "not ok 6 Profile & <settings> > A picture is replaced 14\n");
}

TEST(RealReaderOfTap, FindsNoCommandOfAnApp) {
  EXPECT_THAT(read_by("with_tap_parser.mjs", "tap", example::hostile_run()),
              testing::StartsWith("count 6 plan 6 fail 5 todo 1 bailout false\n"));
}

INSTANTIATE_TEST_SUITE_P(
    Readers, RealReader,
    testing::Values(
        Reader{"junitparser", readers + "/venv/bin/python3", "with_junitparser.py", {}},
        Reader{"junit2json", "node", "with_junit2json.mjs", {}},
        Reader{"test_results_parser",
               "node",
               "with_test_results_parser.cjs",
               {.names_suites = true, .joins_errors = true, .loses_skip_messages = true, .unescapes_twice = true}}),
    [](const auto& tested) { return tested.param.name; });

} // namespace
} // namespace murphy::reports
