// GitLab's code quality report (https://docs.gitlab.com/ci/testing/code_quality/#code-quality-report-format).
#include "base/hash.h"
#include "base/text.h"
#include "reports/plain_text.h"
#include "reports/run_text.h"

#include <algorithm>
#include <boost/json.hpp>
#include <fmt/format.h>

namespace murphy::reports {

namespace {

namespace json = boost::json;

struct Issue {
  std::string description;
  std::string check;
  std::string severity;
  std::string key; // what its fingerprint is made of
  Place place;
};

json::object written(const Issue& issue, const record::Run& run) {
  return {{"description", issue.description},
          {"check_name", issue.check},
          {"fingerprint", hex_digest(Hash::sha256, issue.key).substr(0, 40)},
          {"severity", issue.severity},
          {"location", json::object{{"path", file_in_checkout(run, issue.place.file)},
                                    {"lines", json::object{{"begin", std::max(1U, issue.place.line)}}}}}};
}

std::string check_name(const Cause& cause) {
  return cause.suspect == nullptr ? "expectation" : std::string(record::name_of(cause.suspect->layer));
}

} // namespace

std::string gitlab(const record::Run& run) {
  const std::vector<Cause> causes = causes_of(run);
  json::array issues;
  for (const Cause& cause : causes) {
    for (const CauseMember& member : cause.members) {
      const std::string name = plain_line(member.result->plan->name);
      const bool has_failed = member.result->outcome == record::Outcome::failed;
      issues.push_back(written({.description = fmt::format("{}: {}", name, cause.words),
                                .check = check_name(cause),
                                .severity = has_failed ? "critical" : "major",
                                .key = cause.id + "\n" + member.result->plan->id.str(),
                                .place = member.place},
                               run));
    }
    if (cause.members.empty())
      issues.push_back(written({.description = cause.words,
                                .check = check_name(cause),
                                .severity = "critical",
                                .key = cause.id,
                                .place = {.file = run.started.project}},
                               run));
  }
  for (const record::FeatureResult& feature : run.features)
    for (const record::CaseResult& result : feature.cases)
      if (result.flaky())
        issues.push_back(written({.description = plain_line(result.plan->name) + " passed only on retry",
                                  .check = "flaky",
                                  .severity = "minor",
                                  .key = "flaky\n" + result.plan->id.str(),
                                  .place = result.plan->place},
                                 run));
  for (const SkippedStep& skipped : skipped_steps(run))
    issues.push_back(written({.description = plain_line(skipped.result->plan->name) + ": " + skipped.text,
                              .check = "skipped",
                              .severity = "info",
                              .key = fmt::format("skipped\n{}\n{}:{}", skipped.result->plan->id,
                                                 skipped.step->place.line, skipped.step->place.column),
                              .place = skipped.step->place},
                             run));
  return json::serialize(issues) + "\n";
}

} // namespace murphy::reports
