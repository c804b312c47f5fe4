#include "regressions.h"

#include "command.h"
#include "evidence.h"
#include "leaks.h"

#include <algorithm>
#include <gtest/gtest.h>
#include <toml++/toml.h>

namespace murphy::end_to_end {

std::vector<std::string> regressions() {
  std::vector<std::string> names;
  for (const auto& entry : std::filesystem::directory_iterator(MURPHY_SOURCE_DIR "/fixtures/regressions"))
    if (entry.is_directory()) names.push_back(entry.path().filename().string());
  std::ranges::sort(names);
  return names;
}

void expect_caught(const std::string& regression, const std::map<std::string, std::string>& environment) {
  const toml::table facts =
      toml::parse_file(std::string(MURPHY_SOURCE_DIR "/fixtures/regressions/") + regression + "/regression.toml");
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
      std::ranges::find_if(cases, [&](const record::CaseResult& each) { return each.plan.name == name; });
  ASSERT_NE(found, cases.end()) << "no scenario “" << name << "” in " << file;
  EXPECT_EQ(found->outcome, record::Outcome::failed);
  ASSERT_EQ(found->steps.size(), step) << "the last step that ran is the one that failed";
  EXPECT_EQ(found->steps.back().outcome, record::Outcome::failed);
  EXPECT_FALSE(found->steps.back().failures.empty());
  EXPECT_FALSE(found->steps.back().evidence.console.empty()) << "the app's console lines of the step";
  const Outputs outputs = {{"standard output", finished.out}, {"the journal", read_file(folder / "run.jsonl")}};
  for (const char* password : {"correct horse 9", "battery staple 7", "p&\"‹é%+ \\garden"})
    expect_nowhere(outputs, spellings_of(password, password));
}

} // namespace murphy::end_to_end
