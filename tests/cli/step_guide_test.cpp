#include "cli/step_guide.h"

#include <cstdlib>
#include <gmock/gmock.h>

namespace murphy::cli {
namespace {

TEST(StepCommand, IsAKeyAndWhatIsBehindIt) {
  EXPECT_EQ(step_command("").key, ' ');
  EXPECT_EQ(step_command("  \t").key, ' ');
  EXPECT_EQ(step_command("r").key, 'r');
  EXPECT_EQ(step_command(" b 12 ").key, 'b');
  EXPECT_EQ(step_command(" b 12 ").text, "12");
  EXPECT_EQ(step_command("e title = \"x\"").text, "title = \"x\"");
  EXPECT_EQ(step_command("quit").key, '?') << "no word is taken for its first letter";
}

TEST(AfterWaiting, SaysThatTheAppDidNotWait) {
  EXPECT_EQ(after_waiting(std::chrono::seconds(59)), "");
  EXPECT_EQ(after_waiting(std::chrono::seconds(75)),
            "You took 75 s. The time limits of the app, such as that of its session, did not wait.");
}

class Stepping : public testing::Test {
protected:
  Stepping() {
    if (const char* ci = std::getenv("CI")) before_ = ci;
    unsetenv("CI");
  }
  ~Stepping() override { before_ ? setenv("CI", before_->c_str(), 1) : unsetenv("CI"); }

  static std::string refusal(const std::string& step, int jobs = 0) {
    RunOptions options;
    options.step = step;
    options.jobs = jobs;
    const auto checked = check_stepping(options);
    return checked ? "" : checked.error().what;
  }

private:
  std::optional<std::string> before_;
};

TEST_F(Stepping, IsRefusedWhereNobodyCanAnswer) {
  EXPECT_EQ(refusal(""), "");
  EXPECT_EQ(refusal("often"), "--step=often is not known");
  EXPECT_EQ(refusal("true", 2), "--step goes through one scenario at a time, and --jobs asks for several");
  RunOptions options;
  options.step = "true";
  options.retries = 1;
  EXPECT_EQ(check_stepping(options).error().what,
            "--step lets a person repeat a step, and --retry repeats whole scenarios");
  options.retries = 0;
  options.journal = "./run.jsonl";
  options.last_failed = "run.jsonl";
  EXPECT_EQ(check_stepping(options).error().what, "--journal would replace run.jsonl, from which --last-failed reads");
  setenv("CI", "true", 1);
  EXPECT_EQ(refusal("failed", 1), "--step asks a person, and CI is set");
}

} // namespace
} // namespace murphy::cli
