#include "cli/round_look.h"

#include "base/text.h"
#include "cli/app_server_look.h"
#include "record/retry_after.h"
#include "record/trace.h"
#include "reports/step_text.h"
#include "snapshot/drift.h"

#include <algorithm>
#include <chrono>
#include <fmt/format.h>
#include <utility>

namespace murphy::cli {
namespace {

using watch::CheckLook;

// A round is put off for so long, where the app does not say how long; and for so long at most.
constexpr std::chrono::seconds usual_back_off(60), longest_back_off(3600);

// What an app answers that wants fewer requests; RFC 6585 section 4.
constexpr int too_many_requests = 429;

const record::Exchange* server_error_of(const record::StepResult& step) {
  for (const record::Exchange* each : record::own_exchanges(step.evidence.exchanges))
    if (each->status >= 500) return each;
  return nullptr;
}

// The answer that a step failed by, if it asks for fewer requests. An answer before the last one, or one that the
// failure is not about, would only hide what is broken.
const record::Exchange* throttled_by(const record::StepResult& step) {
  const auto own = record::own_exchanges(step.evidence.exchanges);
  if (own.empty() || own.back()->status != too_many_requests) return nullptr;
  const bool is_about_status =
      step.error || std::ranges::any_of(step.failures, [](const record::Failure& each) {
        return each.code == record::FailureCode::wrong_status || each.code == record::FailureCode::error_status;
      });
  return is_about_status ? own.back() : nullptr;
}

std::chrono::seconds back_off_after(const record::Exchange& exchange) {
  const auto asked = record::asked_wait(exchange.headers, exchange.started + exchange.timing.total());
  return asked ? std::min(*asked, longest_back_off) : usual_back_off;
}

// Whether the app is at fault, or what stands between it and Murphy: not Murphy itself, and not the scenario.
bool concerns_app(const record::CaseResult& result, const record::StepResult& step) {
  return result.outcome == record::Outcome::failed || (step.error && step.error->kind == ErrorKind::target);
}

void add(watch::RoundLook& round, const record::FeatureResult& feature, const record::CaseResult& result,
         const std::set<std::string>& refused) {
  using record::Outcome;
  if (result.outcome == Outcome::skipped || result.outcome == Outcome::not_run) return;
  CheckLook look{.check = result.plan->id,
                 .feature = feature.name,
                 .outcome = CheckLook::Outcome::passed,
                 .cause = {},
                 .headline = {},
                 .place = {},
                 .took = std::chrono::floor<std::chrono::milliseconds>(result.duration)};
  if (result.outcome != Outcome::passed) {
    const auto step = std::ranges::find_if(
        result.steps, [](const record::StepResult& each) { return !each.failures.empty() || each.error.has_value(); });
    if (step == result.steps.end()) {
      round.trouble = fmt::format("{}: it did not pass, and nothing says why", look.check);
      round.unjudged.insert(look.check);
      return;
    }
    look.headline = reports::headline(*step);
    look.place = reports::place_text(reports::place_of_trouble(*step));
    if (!concerns_app(result, *step)) {
      round.trouble = look.headline;
      round.unjudged.insert(look.check);
      return;
    }
    // An app that locks the account may answer so, too.
    const record::Exchange* throttled = refused.contains(look.check) ? nullptr : throttled_by(*step);
    if (throttled != nullptr) {
      round.throttled[look.check] = back_off_after(*throttled);
      round.trouble = fmt::format("the app asks Murphy for fewer requests: 429, {}", look.headline);
      round.unjudged.insert(look.check);
      return;
    }
    look.outcome = CheckLook::Outcome::failed;
    look.cause = likely_cause(step->suspects);
    if (!step->suspects.empty()) look.layer = record::name_of(step->suspects.front().layer);
    look.trace = record::trace_of(step->evidence.exchanges);
  }
  round.checks.push_back(std::move(look));
}

// Server errors where none was expected; what a step expects, it passes with.
CheckLook answers_of(const record::Run& run) {
  CheckLook look;
  look.check = watch::answers_check;
  int errors = 0;
  for (const record::FeatureResult& feature : run.features)
    for (const record::CaseResult& result : feature.cases)
      for (const record::StepResult& step : result.steps) {
        if (step.failures.empty() && !step.error) continue;
        const record::Exchange* failed = server_error_of(step);
        if (failed == nullptr) continue;
        if (errors++ == 0) look.headline = fmt::format("{} was answered with {}", failed->method, failed->status);
      }
  if (errors > 1) look.headline += fmt::format(", and {} more", errors - 1);
  if (errors > 0) look.outcome = CheckLook::Outcome::failed;
  return look;
}

} // namespace

watch::RoundLook look_of(const record::Run& run, const std::set<std::string>& refused) {
  watch::RoundLook round;
  const bool is_throttled =
      run.lost && !run.lost->exchanges.empty() && run.lost->exchanges.back().status == too_many_requests;
  if (is_throttled) {
    round.throttled[watch::target_check] = back_off_after(run.lost->exchanges.back());
    round.trouble = "the app asks Murphy for fewer requests: " + one_line(run.lost->error.what);
  } else if (run.lost || run.ready) {
    CheckLook app{.check = watch::target_check,
                  .feature = {},
                  .outcome = run.lost ? CheckLook::Outcome::failed : CheckLook::Outcome::passed,
                  .cause = run.lost ? likely_cause(run.lost->suspects) : std::nullopt,
                  .headline = run.lost ? one_line(run.lost->error.what) : std::string(),
                  .place = {}};
    round.checks.push_back(std::move(app));
  }
  for (const record::FeatureResult& feature : run.features)
    for (const record::CaseResult& result : feature.cases) add(round, feature, result, refused);
  if (run.ready) round.checks.push_back(answers_of(run));
  return round;
}

bool seems_gone(const watch::RoundLook& round) {
  return std::ranges::any_of(round.checks, [](const CheckLook& each) {
    return each.outcome == CheckLook::Outcome::failed &&
           (each.check == watch::target_check || each.layer == record::name_of(record::Layer::network));
  });
}

void blind(watch::RoundLook& round, const std::vector<std::string>& checks) {
  std::erase_if(round.checks, [](const CheckLook& each) { return each.outcome == CheckLook::Outcome::failed; });
  for (const std::string& id : checks)
    if (id.contains('#') && std::ranges::find(round.checks, id, &CheckLook::check) == round.checks.end())
      round.unjudged.insert(id);
  round.trouble = "neither the app nor the control address answers: this machine may have no network";
}

void put_off_by_ready_page(watch::RoundLook& round, const std::vector<std::string>& checks) {
  const auto asked = round.throttled.find(watch::target_check);
  if (asked == round.throttled.end()) return;
  const std::chrono::seconds wait = asked->second;
  round.throttled.erase(asked);
  for (const std::string& id : checks) {
    if (!id.contains('#')) continue;
    round.throttled[id] = wait;
    round.unjudged.insert(id);
  }
}

watch::SchemaLook compared(const record::KnownGood& baseline, const record::KnownGood& seen) {
  if (baseline.engine != seen.engine)
    return {.differences = {},
            .blind = fmt::format("the baseline is of {}, and this database is {}: run murphy snapshot against this "
                                 "target",
                                 baseline.engine, seen.engine)};
  return {.differences = snapshot::drift_of_run(baseline, seen), .blind = {}};
}

} // namespace murphy::cli
