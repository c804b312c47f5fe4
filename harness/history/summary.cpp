#include "history/summary.h"

#include "base/hash.h"
#include "record/journal.h"
#include "reports/causes.h"
#include "reports/run_text.h"
#include "reports/step_text.h"

namespace murphy::history {
namespace {

constexpr std::size_t digits_of_id = 32;

std::string outcome_of(record::Outcome outcome) {
  switch (outcome) {
  case record::Outcome::passed: return "passed";
  case record::Outcome::failed: return "failed";
  case record::Outcome::error: return "error";
  case record::Outcome::skipped: return "skipped";
  case record::Outcome::not_run: break;
  }
  return "not_run";
}

std::string outcome_of(reports::RunVerdict verdict) {
  switch (verdict) {
  case reports::RunVerdict::passed: return "passed";
  case reports::RunVerdict::failed: return "failed";
  case reports::RunVerdict::not_judged: return "not judged";
  case reports::RunVerdict::interrupted: break;
  }
  return "interrupted";
}

} // namespace

RunSummary summary_of(const record::Run& run) {
  const std::vector<reports::Cause> causes = reports::causes_of(run);
  const auto numbers = reports::by_case(causes);
  const record::RunStarted& started = run.started;
  RunSummary summary;
  summary.id = hex_digest(Hash::sha256, record::journal_line(started)).substr(0, digits_of_id);
  summary.target = started.target;
  summary.branch = started.origin.branch;
  summary.commit = started.origin.commit;
  summary.is_dirty = started.origin.is_dirty;
  summary.build_url = started.origin.build_url;
  summary.target_version = started.origin.target_version;
  summary.murphy_version = started.murphy_version;
  summary.outcome = outcome_of(reports::verdict_of(run, causes));
  summary.started = std::chrono::floor<std::chrono::microseconds>(started.at).time_since_epoch().count();
  if (run.finished) summary.duration = run.finished->duration.count();
  for (const record::FeatureResult& feature : run.features) {
    for (const record::CaseResult& result : feature.cases) {
      CaseOutcome one{.id = result.plan->id,
                      .feature = result.plan->feature,
                      .name = result.plan->name,
                      .outcome = outcome_of(result.outcome),
                      .attempts = static_cast<int>(result.earlier.size()) + 1,
                      .duration = result.duration.count(),
                      .cause = {},
                      .place = reports::line_text(result.plan->place)};
      if (const auto cause = numbers.find(&result); cause != numbers.end()) {
        const reports::Cause& its = causes[cause->second.number - 1];
        one.cause = its.id;
        for (const reports::CauseMember& member : its.members)
          if (member.result == &result) one.place = reports::line_text(member.place);
      }
      summary.cases.push_back(std::move(one));
    }
  }
  for (const reports::Cause& cause : causes) summary.causes.push_back({.id = cause.id, .words = cause.words});
  return summary;
}

} // namespace murphy::history
