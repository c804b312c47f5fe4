// Every regression is caught where its folder says, and the healthy app passes everything.
#include "command.h"
#include "evidence.h"
#include "leaks.h"

#include <algorithm>
#include <gtest/gtest.h>
#include <set>
#include <toml++/toml.h>

namespace murphy::end_to_end {
namespace {

std::vector<std::string> regressions() {
  std::set<std::string> names;
  for (const auto& entry : std::filesystem::directory_iterator(MURPHY_SOURCE_DIR "/fixtures/regressions"))
    if (entry.is_directory()) names.insert(entry.path().filename().string());
  return {names.begin(), names.end()};
}

TEST(ExampleApp, healthy_it_passes_everything) {
  const TemporaryFolder folder;
  const Finished finished = run(dashboard_run({"scenarios", "--journal", (folder / "run.jsonl").string()}));
  EXPECT_EQ(finished.code, 0) << finished.out << finished.err;
  const record::Run run = run_of(folder / "run.jsonl");
  EXPECT_GE(record::totals(run).passed, 30);
  EXPECT_EQ(record::totals(run).passed, record::totals(run).all());
  ASSERT_TRUE(run.control.has_value());
  EXPECT_TRUE(run.control->holds);
}

class Regression : public testing::TestWithParam<std::string> {};

TEST_P(Regression, is_caught_at_the_step_its_folder_names) {
  const toml::table facts =
      toml::parse_file(std::string(MURPHY_SOURCE_DIR "/fixtures/regressions/") + GetParam() + "/regression.toml");
  const std::string file = facts["scenario"]["file"].value_or("");
  const std::string name = facts["scenario"]["name"].value_or("");
  const std::size_t step = facts["step"].value_or(std::size_t{0});
  const TemporaryFolder folder;
  const Finished finished =
      run(dashboard_run({"scenarios/" + file, "--journal", (folder / "run.jsonl").string()}, GetParam()));
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

INSTANTIATE_TEST_SUITE_P(All, Regression, testing::ValuesIn(regressions()), [](const auto& instance) {
  std::string name = instance.param;
  std::ranges::replace(name, '-', '_');
  return name;
});

TEST(Report, rebuilt_from_the_journal_it_is_the_same_byte_for_byte) {
  const TemporaryFolder folder;
  const std::string journal = (folder / "run.jsonl").string();
  const Finished ran =
      run(dashboard_run({"scenarios/sign-in.toml", "--journal", journal, "--junit", (folder / "run.xml").string(),
                         "--junit-strict", (folder / "strict.xml").string()},
                        "misspelled-migration"));
  Invocation report;
  report.arguments = {"report",         journal,
                      "--junit",        (folder / "again.xml").string(),
                      "--junit-strict", (folder / "strict-again.xml").string()};
  const Finished reported = run(report);
  EXPECT_EQ(reported.code, ran.code) << reported.err;
  EXPECT_EQ(reported.out, ran.out);
  EXPECT_EQ(read_file(folder / "again.xml"), read_file(folder / "run.xml"));
  EXPECT_EQ(read_file(folder / "strict-again.xml"), read_file(folder / "strict.xml"));
  EXPECT_NE(read_file(folder / "run.xml").find("no such column: password_hash"), std::string::npos);
}

} // namespace
} // namespace murphy::end_to_end
