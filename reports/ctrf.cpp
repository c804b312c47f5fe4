// The Common Test Report Format, 1.0.0 (https://ctrf.io), with what only Murphy knows under `extra.murphy`
// (docs/report.schema.json).
#include "base/cut_mask.h"
#include "base/hash.h"
#include "base/text.h"
#include "record/time.h"
#include "reports/junit_case.h"
#include "reports/plain_text.h"
#include "reports/run_text.h"
#include "reports/step_text.h"

#include <boost/json.hpp>
#include <fmt/format.h>

namespace murphy::reports {

namespace {

namespace json = boost::json;
using record::Outcome;

constexpr std::size_t longest_trace = 2'000; // bytes of a failure

long long milliseconds(record::Duration duration) {
  return std::chrono::duration_cast<std::chrono::milliseconds>(duration).count();
}

long long milliseconds(record::Instant at) {
  return std::chrono::duration_cast<std::chrono::milliseconds>(at.time_since_epoch()).count();
}

// A UUID made of a digest (RFC 9562, version 8), so that it is the same for the same text.
std::string uuid_of(std::string_view text) {
  std::string hex = hex_digest(Hash::sha256, text).substr(0, 32);
  hex[12] = '8';
  hex[16] = "89ab"[hex_digit(hex[16]) & 3];
  return fmt::format("{}-{}-{}-{}-{}", hex.substr(0, 8), hex.substr(8, 4), hex.substr(12, 4), hex.substr(16, 4),
                     hex.substr(20));
}

std::string line(std::string_view text) { return plain_line(text); }

json::array list(const std::vector<std::string>& texts) {
  json::array array;
  for (const std::string& text : texts) array.emplace_back(line(text));
  return array;
}

std::string_view status_of(Outcome outcome) {
  switch (outcome) {
  case Outcome::passed: return "passed";
  case Outcome::failed:
  case Outcome::error: return "failed";
  case Outcome::skipped: return "skipped";
  case Outcome::not_run: break;
  }
  return "other";
}

std::string_view raw_status_of(const record::CaseResult& result) {
  if (is_known_failure(result)) return "known_failure";
  switch (result.outcome) {
  case Outcome::passed: return "passed";
  case Outcome::failed: return "failed";
  case Outcome::error: return "error";
  case Outcome::skipped: return "skipped";
  case Outcome::not_run: break;
  }
  return "not_run";
}

json::object place_of(const Place& place) {
  return {{"file", line(place.file)}, {"line", place.line}, {"column", place.column}};
}

json::array steps_of(const std::vector<record::StepResult>& steps) {
  json::array array;
  for (const record::StepResult& step : steps) {
    json::object extra{{"durationUs", step.duration.count()}, {"place", place_of(step.place)}};
    if (const std::string skipped = skip_text(step); !skipped.empty()) extra["message"] = skipped;
    array.push_back(
        json::object{{"name", line(step.title)}, {"status", status_of(step.outcome)}, {"extra", std::move(extra)}});
  }
  return array;
}

json::array attempts_of(const record::CaseResult& result) {
  json::array array;
  int number = 1;
  for (const record::Attempt& attempt : result.earlier) {
    const JUnitCase judged = junit_attempt(result.plan, attempt);
    array.push_back(json::object{{"attempt", number++},
                                 {"status", status_of(attempt.outcome)},
                                 {"duration", milliseconds(attempt.duration)},
                                 {"message", judged.message}});
  }
  return array;
}

json::object test_of(JUnitRun& report, const record::FeatureResult& feature, const record::CaseResult& result) {
  const JUnitCase judged = junit_case(report, result);
  json::object test{
      {"id", uuid_of(result.plan->id)},
      {"name", judged.name},
      {"status", status_of(result.outcome)},
      {"rawStatus", raw_status_of(result)},
      {"duration", milliseconds(result.duration)},
      {"suite", json::array{line(feature.name).empty() ? "unnamed" : line(feature.name)}},
      {"filePath", line(result.plan->place.file)},
      {"line", judged.place.file == result.plan->place.file ? judged.place.line : result.plan->place.line}};
  if (result.started != record::Instant{}) {
    test["start"] = milliseconds(result.started);
    test["stop"] = milliseconds(result.started + result.duration);
  }
  if (judged.verdict != JUnitVerdict::passed) {
    test["message"] = judged.message;
    if (judged.verdict != JUnitVerdict::skipped)
      test["trace"] = std::string(without_mask_cut_at_end(utf8_prefix(judged.text, longest_trace)));
  }
  if (const record::StepResult* step = decisive_step(result); step != nullptr && !step->source_line.empty())
    test["snippet"] = line(step->failures.empty() ? step->source_line : step->failures.front().source_line);
  if (!result.plan->tags->empty()) test["tags"] = list(*result.plan->tags);
  if (result.flaky()) test["flaky"] = true;
  if (!result.earlier.empty()) {
    test["retries"] = result.earlier.size();
    test["retryAttempts"] = attempts_of(result);
  }
  if (!result.steps.empty()) test["steps"] = steps_of(result.steps);
  json::object murphy{{"id", line(result.plan->id)}};
  if (!result.plan->ticket.empty()) murphy["ticket"] = line(result.plan->ticket);
  if (!result.plan->requirements->empty()) murphy["requirements"] = list(*result.plan->requirements);
  if (!result.plan->accounts->empty()) murphy["accounts"] = list(*result.plan->accounts);
  if (const auto cause = report.cases.find(&result); cause != report.cases.end())
    murphy["cause"] = report.causes[cause->second.number - 1].id;
  test["extra"] = json::object{{"murphy", std::move(murphy)}};
  return test;
}

json::object cause_of(const Cause& cause) {
  json::object object{{"id", cause.id}, {"words", cause.words}, {"lines", list(lines_of(cause))}};
  json::array members;
  for (const CauseMember& member : cause.members) members.emplace_back(line(member.result->plan->id));
  object["scenarios"] = std::move(members);
  if (!cause.members.empty()) object["proof"] = line(cause.members[cause.proof].result->plan->id);
  if (cause.suspect == nullptr) return object;
  const record::Suspect& suspect = *cause.suspect;
  object["layer"] = record::name_of(suspect.layer);
  object["confidence"] = record::name_of(suspect.confidence);
  if (!suspect.identifier.empty()) object["identifier"] = line(suspect.identifier);
  if (!suspect.suggestion.empty()) object["suggestion"] = line(suspect.suggestion);
  json::array places;
  for (const record::CodePlace& place : suspect.places)
    places.push_back(json::object{{"file", line(place.file)}, {"line", place.line}, {"name", line(place.name)}});
  if (!places.empty()) object["places"] = std::move(places);
  return object;
}

json::object summary_of(const record::Run& run) {
  const record::Totals totals = record::totals(run);
  const record::Instant start = run.started.at;
  const record::Duration duration = run.finished ? run.finished->duration : record::Duration{};
  return {{"tests", totals.all()},
          {"passed", totals.passed},
          {"failed", totals.failed + totals.errors},
          {"skipped", totals.skipped},
          {"pending", 0},
          {"other", totals.not_run},
          {"flaky", totals.flaky},
          {"suites", run.features.size()},
          {"start", milliseconds(start)},
          {"stop", milliseconds(start + duration)},
          {"duration", milliseconds(duration)}};
}

json::object environment_of(const record::RunStarted& started) {
  json::object environment;
  const auto add = [&](std::string_view key, std::string_view value) {
    if (!value.empty()) environment[key] = line(value);
  };
  add("testEnvironment", started.target);
  add("appVersion", started.origin.target_version);
  add("commit", started.origin.commit);
  add("branchName", started.origin.branch);
  add("buildId", started.origin.build);
  add("buildUrl", started.origin.build_url);
  if (started.shard) add("shardId", fmt::format("{}/{}", started.shard->index, started.shard->total));
  return environment;
}

std::string_view word_of(RunVerdict verdict) {
  switch (verdict) {
  case RunVerdict::passed: return "passed";
  case RunVerdict::failed: return "failed";
  case RunVerdict::not_judged: return "not_judged";
  case RunVerdict::interrupted: break;
  }
  return "interrupted";
}

} // namespace

std::string ctrf(const record::Run& run) {
  JUnitRun junit_run(run);
  json::array causes, tests;
  for (const Cause& cause : junit_run.causes) causes.push_back(cause_of(cause));
  for (const record::FeatureResult& feature : run.features)
    for (const record::CaseResult& result : feature.cases) tests.push_back(test_of(junit_run, feature, result));
  json::object murphy{{"version", line(run.started.murphy_version)},
                      {"verdict", word_of(verdict_of(run, junit_run.causes))},
                      {"project", line(run.started.project)},
                      {"target", line(run.started.target)},
                      {"causes", std::move(causes)}};
  if (is_stepped(run)) murphy["stepped"] = true;
  if (run.ready) murphy["url"] = line(run.ready->url);
  if (run.control) murphy["dashboardClosedWithoutSession"] = run.control->holds;
  if (!run.started.origin.base.empty()) murphy["base"] = line(run.started.origin.base);
  if (!run.started.origin.commit.empty()) murphy["dirty"] = run.started.origin.is_dirty;
  if (run.started.seed) murphy["seed"] = std::to_string(*run.started.seed);
  if (!run.started.selection.empty()) murphy["selection"] = list(run.started.selection);
  const std::string at = record::to_iso_8601(run.started.at);
  json::object report{
      {"reportFormat", "CTRF"},
      {"specVersion", "1.0.0"},
      {"reportId", uuid_of(fmt::format("{} {} {}", at, line(run.started.hostname), line(run.started.origin.build)))},
      {"timestamp", at},
      {"generatedBy", "murphy"},
      {"extra", json::object{{"murphy", std::move(murphy)}}}};
  json::object results{{"tool", json::object{{"name", "murphy"}, {"version", line(run.started.murphy_version)}}},
                       {"summary", summary_of(run)},
                       {"tests", std::move(tests)}};
  if (json::object environment = environment_of(run.started); !environment.empty())
    results["environment"] = std::move(environment);
  report["results"] = std::move(results);
  return json::serialize(report) + "\n";
}

} // namespace murphy::reports
