// A project that a test writes out in full, and what a run of it came to.
#pragma once

#include "evidence.h"
#include "project.h"

#include <gtest/gtest.h>
#include <map>
#include <string>

namespace murphy::end_to_end {

class OwnProject : public testing::Test {
protected:
  // Runs the scenarios, which stand in scenarios/own.toml, with a journal and an HTML report.
  void run_murphy(const std::string& project, const std::string& scenarios) {
    folder_.write("murphy.toml", project);
    folder_.write("scenarios/own.toml", "feature = \"Own\"\n" + scenarios);
    Invocation murphy;
    murphy.directory = folder_.path();
    murphy.environment = environment_;
    murphy.arguments = {"run", "--journal", "run.jsonl"};
    finished_ = run(murphy);
    EXPECT_EQ(finished_.err, "");
    run_ = run_of(folder_ / "run.jsonl");
  }

  record::CaseResult result(const std::string& name) const { return case_of(run_, name); }

  void expect_passed(const std::string& name) const {
    EXPECT_EQ(result(name).outcome, record::Outcome::passed) << name << "\n" << finished_.out;
  }

  // Of a case's last step; an empty one, and a failed test, when there is none of this code.
  record::Failure failure(const std::string& name, record::FailureCode code) const {
    const record::CaseResult found = result(name);
    if (!found.steps.empty())
      for (const record::Failure& each : found.steps.back().failures)
        if (each.code == code) return each;
    ADD_FAILURE() << name << " has not failed so\n" << finished_.out;
    return {};
  }

  // All that Murphy wrote anywhere.
  std::string outputs() const { return finished_.out + finished_.err + read_file(folder_ / "run.jsonl"); }

  TemporaryFolder folder_;
  std::map<std::string, std::string> environment_;
  Finished finished_;
  record::Run run_;
};

} // namespace murphy::end_to_end
