// What a case is in a JUnit report: its names and the one verdict a reader finds in it. Pure.
#pragma once

#include "record/run.h"
#include "reports/causes.h"

#include <map>
#include <set>
#include <string>
#include <utility>
#include <vector>

namespace murphy::reports {

enum class JUnitVerdict { passed, failure, error, skipped };

struct JUnitCase {
  std::string class_name; // the feature file with dots for slashes: "scenarios.sign-in"
  std::string name;       // unique within its class name
  JUnitVerdict verdict = JUnitVerdict::passed;
  std::string type;    // of a failure or error: "expectation", "target", …
  std::string message; // one line
  std::string text;    // the message again, then " file:line", then the details; empty when passed
  Place place;         // of what went wrong, else of the scenario
  std::string code;    // "app/members.py:2", the line of the app that writes a wrong name; may be empty
};

// Names given so far, so that no two cases of a report share theirs: the second of a kind becomes "name (2)".
class UniqueNames {
public:
  std::string make(const std::string& class_name, const std::string& name);

private:
  std::set<std::pair<std::string, std::string>> given_;
};

std::string class_name(const std::string& feature_file);

// What every case of a report shares.
struct JUnitRun {
  explicit JUnitRun(const record::Run& of) : run(of), causes(causes_of(of)), cases(by_case(causes)) {}
  JUnitRun(const JUnitRun&) = delete;
  JUnitRun& operator=(const JUnitRun&) = delete;

  const record::Run& run;
  const std::vector<Cause> causes;
  const std::map<const record::CaseResult*, CauseOfCase> cases; // look into `causes`
  UniqueNames names;
};

// The text has all of the evidence for the case that proves a cause; others with the same cause name that case.
// A case without an end is an error when the run itself has none or lost its app, and is skipped when the run was
// interrupted or left it out; `message` says which.
JUnitCase junit_case(JUnitRun& report, const record::CaseResult& result);

// An attempt that did not pass and was followed by another: its type, message and text.
JUnitCase junit_attempt(const record::PlannedCase& plan, const record::Attempt& attempt);

} // namespace murphy::reports
