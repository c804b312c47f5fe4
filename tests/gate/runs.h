// Small runs for the tests of the gate.
#pragma once

#include "base/make_error.h"
#include "record/run.h"

#include <string>
#include <vector>

namespace murphy::gate {

// What became of one case: its feature is the text before the colon of its name, if any.
struct Became {
  std::string name;
  record::Outcome outcome = record::Outcome::passed;
  std::string cause{};                                    // the fingerprint of the suspect of one that failed
  std::string words = "the table \"users\" is not there"; // of the suspect
  int attempts = 1;
  record::Duration duration = std::chrono::milliseconds(100);
  record::Note note{};
  record::FailureCode code = record::FailureCode::wrong_status;
};

inline constexpr record::Instant first_moment{std::chrono::hours(500'000)};

inline std::string id_of(const std::string& name) { return "scenarios/a.toml#" + name; }

// A finished run of these cases.
inline record::Run run_of(const std::vector<Became>& cases, record::Instant at = first_moment,
                          const std::string& commit = "0123456789abcdef0123456789abcdef01234567") {
  std::vector<record::Event> events;
  record::RunStarted started;
  started.at = at;
  started.target = "local";
  started.origin.commit = commit;
  std::uint32_t line = 1;
  for (const Became& each : cases) {
    record::PlannedCase plan;
    plan.id = id_of(each.name);
    plan.name = each.name;
    const std::size_t colon = each.name.find(':');
    plan.feature = colon == std::string::npos ? "Sign in" : each.name.substr(0, colon);
    plan.place = {.file = "scenarios/a.toml", .line = line++, .column = 1, .length = 1};
    started.plan.push_back(plan);
  }
  events.emplace_back(started);
  for (const Became& each : cases) {
    if (each.outcome == record::Outcome::not_run) continue;
    const std::string id = id_of(each.name);
    for (int attempt = 1; attempt < each.attempts; ++attempt)
      events.emplace_back(record::CaseRetried{.id = id, .at = at, .outcome = record::Outcome::failed, .duration = {}});
    record::StepResult step;
    step.title = "open /";
    step.outcome = each.outcome;
    step.place = {.file = "scenarios/sign-in.toml", .line = 8, .column = 1, .length = 1};
    if (each.outcome == record::Outcome::failed) {
      step.failures.emplace_back().code = each.code;
      if (!each.cause.empty()) {
        record::Suspect suspect;
        suspect.layer = record::Layer::database;
        suspect.confidence = record::Confidence::high;
        suspect.cause = each.words;
        suspect.fingerprint = each.cause;
        step.suspects = {suspect};
      }
    }
    if (each.outcome == record::Outcome::error) step.error = target_error("no answer");
    if (each.outcome != record::Outcome::skipped) events.emplace_back(record::StepFinished{.id = id, .step = step});
    events.emplace_back(record::CaseFinished{
        .id = id, .outcome = each.outcome, .duration = each.duration, .note = each.note, .attempts = each.attempts});
  }
  events.emplace_back(record::RunFinished{.at = at});
  record::Run run;
  for (const record::Event& event : events) (void)record::apply(run, event);
  return run;
}

} // namespace murphy::gate
