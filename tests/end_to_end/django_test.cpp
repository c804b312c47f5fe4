// A real framework's own sign-in and admin: healthy it passes, with one letter of a column gone it is caught.
#include "command.h"
#include "evidence.h"

#include <gmock/gmock.h>

namespace murphy::end_to_end {
namespace {

using testing::HasSubstr;

class Django : public testing::Test {
protected:
  Finished murphy(const std::string& sql) const {
    Invocation invocation;
    invocation.arguments = {"run",
                            "--project",
                            "fixtures/targets/django/murphy.toml",
                            "fixtures/targets/django/scenarios",
                            "--journal",
                            (folder_ / "run.jsonl").string(),
                            "--junit",
                            (folder_ / "run.xml").string()};
    invocation.environment["DJANGO_SQL"] = sql;
    return run(invocation);
  }
  TemporaryFolder folder_;
};

TEST_F(Django, healthy_it_passes_everything) {
  const Finished finished = murphy("");
  EXPECT_EQ(finished.code, 0) << finished.out << finished.err;
  const record::Run run = run_of(folder_ / "run.jsonl");
  EXPECT_GE(record::totals(run).passed, 7);
  EXPECT_EQ(record::totals(run).passed, record::totals(run).all());
  ASSERT_TRUE(run.control);
  EXPECT_TRUE(run.control->holds);
}

TEST_F(Django, with_the_password_column_misspelled_the_failure_holds_its_console_line) {
  const Finished finished = murphy("faults/password-column.sql");
  EXPECT_EQ(finished.code, 1) << finished.out << finished.err;
  const record::CaseResult red = case_of(run_of(folder_ / "run.jsonl"), "A registered user reaches the dashboard");
  EXPECT_EQ(red.outcome, record::Outcome::failed);
  ASSERT_FALSE(red.steps.empty());
  bool told = false;
  for (const record::ConsoleLine& line : red.steps.back().evidence.console)
    told = told || line.text.find("no such column: ") != std::string::npos;
  EXPECT_TRUE(told);
  EXPECT_THAT(finished.out, HasSubstr("no such column: "));
  EXPECT_THAT(read_file(folder_ / "run.xml"), HasSubstr("no such column: "));
}

} // namespace
} // namespace murphy::end_to_end
