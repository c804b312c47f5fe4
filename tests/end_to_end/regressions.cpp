#include "regressions.h"

#include "command.h"
#include "evidence.h"
#include "explained.h"
#include "leaks.h"
#include "reports/causes.h"
#include "tests/places.h"
#include "verdicts.h"

#include <algorithm>
#include <gtest/gtest.h>
#include <ostream>
#include <toml++/toml.h>

namespace murphy::end_to_end {

namespace {

toml::table facts_of(const std::string& regression) {
  return toml::parse_file(in_project("fixtures/regressions/") + regression + "/regression.toml");
}

struct BrokenRule {
  std::string field, rule;
  record::Standing page, server;
  bool operator==(const BrokenRule&) const = default;
};

void PrintTo(const BrokenRule& broken, std::ostream* out) {
  *out << broken.field << ", " << broken.rule << ": page " << static_cast<int>(broken.page) << ", server "
       << static_cast<int>(broken.server);
}

record::Standing standing_of(std::string_view word) {
  using record::Standing;
  for (const auto& [name, standing] : {std::pair<std::string_view, Standing>{"missing", Standing::missing},
                                       {"looser", Standing::looser},
                                       {"stricter", Standing::stricter},
                                       {"misplaced", Standing::misplaced},
                                       {"silent", Standing::silent},
                                       {"error", Standing::error}})
    if (name == word) return standing;
  ADD_FAILURE() << "no standing “" << word << "”";
  return Standing::none;
}

// Every other rule of every form of the file still has to hold.
void expect_broken(const toml::node_view<const toml::node>& proves, const record::Run& run) {
  const record::Standing standing = standing_of(proves["standing"].value_or(""));
  const bool is_page = proves["side"].value_or("") == std::string("page");
  std::vector<BrokenRule> expected, broken;
  const auto expect = [&](const std::string& rule) {
    expected.push_back({proves["field"].value_or(""), rule, is_page ? standing : record::Standing::enforced,
                        is_page ? record::Standing::enforced : standing});
  };
  if (const auto* rules = proves["rules"].as_array()) {
    for (const auto& rule : *rules) expect(rule.value_or(""));
  } else {
    expect(proves["rule"].value_or(""));
  }
  for (const record::CaseResult& each : run.features.front().cases) {
    for (const record::StepResult& step : each.steps) {
      if (!step.evidence.validation) continue;
      EXPECT_EQ(step.failures.size(),
                std::ranges::count_if(step.evidence.validation->cells, [](const auto& cell) { return !cell.holds; }));
      for (const record::ValidationCell& cell : step.evidence.validation->cells) {
        // Examples are no rule that a page could declare.
        const bool is_declared = cell.rule != "accepts" && cell.rule != "rejects" && cell.rule != "same_as";
        // The forms of the example app declare their rules, and have browsers leave the checks to the server.
        const bool is_as_required = !is_declared || cell.page == record::Standing::unchecked;
        if (!cell.holds)
          broken.push_back(
              {cell.field, cell.rule, is_as_required ? record::Standing::enforced : cell.page, cell.server});
      }
    }
  }
  EXPECT_EQ(broken, expected);
}

} // namespace

std::vector<std::string> regressions(std::string_view engine) {
  std::vector<std::string> names;
  for (const auto& entry : std::filesystem::directory_iterator(in_project("fixtures/regressions"))) {
    if (!entry.is_directory()) continue;
    const std::string name = entry.path().filename().string();
    if (facts_of(name)["engine"].value_or(engine) == engine) names.push_back(name);
  }
  std::ranges::sort(names);
  return names;
}

void expect_caught(const std::string& regression, const std::map<std::string, std::string>& environment) {
  const toml::table facts = facts_of(regression);
  const std::string file = facts["scenario"]["file"].value_or("");
  const std::string name = facts["scenario"]["name"].value_or("");
  const std::size_t step = facts["step"].value_or(std::size_t{0});
  const TemporaryFolder folder;
  Invocation invocation =
      dashboard_run({"scenarios/" + file, "--journal", (folder / "run.jsonl").string()}, regression);
  invocation.environment.insert(environment.begin(), environment.end());
  const Finished finished = run(invocation);
  EXPECT_EQ(finished.code, 1) << finished.out << finished.err;
  const record::Run run = run_of(folder / "run.jsonl");
  ASSERT_EQ(run.features.size(), 1U);
  const auto& cases = run.features.front().cases;
  const auto found =
      std::ranges::find_if(cases, [&](const record::CaseResult& each) { return each.plan->name == name; });
  ASSERT_NE(found, cases.end()) << "no scenario “" << name << "” in " << file;
  EXPECT_EQ(found->outcome, record::Outcome::failed);
  ASSERT_EQ(found->steps.size(), step) << "the last step that ran is the one that failed";
  EXPECT_EQ(found->steps.back().outcome, record::Outcome::failed);
  EXPECT_FALSE(found->steps.back().failures.empty());
  EXPECT_FALSE(found->steps.back().evidence.console.empty()) << "the app's console lines of the step";
  expect_verdict(regression, facts, found->steps.back(), !environment.contains("DASHBOARD_DATABASE"));
  if (const auto proves = facts["proves"]) expect_broken(proves, run);
  if (!environment.contains("DASHBOARD_DATABASE")) {
    std::string causes;
    for (const reports::Cause& cause : reports::causes_of(run)) causes += "\n" + cause.words;
    EXPECT_EQ(reports::causes_of(run).size(), facts["causes"].value_or(std::size_t{0})) << regression << causes;
  }
  ASSERT_TRUE(run.gathered) << "what the judgement rests on beside its steps";
  EXPECT_TRUE(run.gathered->schema || !run.gathered->database_note.empty() ||
              environment.contains("DASHBOARD_DATABASE"));
  EXPECT_TRUE(run.gathered->known_good || environment.contains("DASHBOARD_DATABASE"));
  EXPECT_GE(expect_explained_as_by_its_run(folder / "run.jsonl"), 1);
  const Outputs outputs = {{"standard output", finished.out}, {"the journal", read_file(folder / "run.jsonl")}};
  for (const char* password : {"correct horse 9", "battery staple 7", "p&\"‹é%+ \\garden"})
    expect_nowhere(outputs, spellings_of(password, password));
}

} // namespace murphy::end_to_end
