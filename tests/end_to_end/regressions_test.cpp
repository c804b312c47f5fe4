// Every regression is caught where its folder says, and the healthy app passes everything.
#include "command.h"
#include "evidence.h"
#include "regressions.h"

#include <algorithm>
#include <gtest/gtest.h>

namespace murphy::end_to_end {
namespace {

TEST(ExampleApp, HealthyItPassesEverything) {
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

TEST_P(Regression, IsCaughtAtTheStepItsFolderNames) { expect_caught(GetParam()); }

INSTANTIATE_TEST_SUITE_P(All, Regression, testing::ValuesIn(regressions("sqlite")), [](const auto& instance) {
  std::string name = instance.param;
  std::ranges::replace(name, '-', '_');
  return name;
});

TEST(Report, RebuiltFromTheJournalItIsTheSameByteForByte) {
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
