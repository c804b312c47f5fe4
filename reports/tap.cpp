// The Test Anything Protocol, version 14 (https://testanything.org/tap-version-14-specification.html).
#include "reports/causes.h"
#include "reports/junit_case.h"
#include "reports/plain_text.h"
#include "reports/run_text.h"
#include "reports/step_text.h"

#include <boost/json/serialize.hpp>
#include <boost/json/string.hpp>
#include <fmt/format.h>

namespace murphy::reports {

namespace {

using record::Outcome;

std::string escaped(std::string_view text) {
  std::string result;
  for (const char c : plain_line(text)) {
    if (c == '\\' || c == '#') result += '\\';
    result += c;
  }
  return result;
}

// A text in double quotes is the same in YAML and in JSON.
std::string in_quotes(std::string_view text) { return boost::json::serialize(boost::json::string(plain_line(text))); }

std::string details(const record::Run& run, const record::CaseResult& result) {
  std::string text = "  ---\n";
  const auto add = [&](std::string_view key, std::string_view value) {
    if (!value.empty()) text += fmt::format("  {}: {}\n", key, in_quotes(value));
  };
  const record::StepResult* step = decisive_step(result);
  add("message", outcome_text(run, result));
  add("severity", result.outcome == Outcome::failed ? "fail" : "error");
  const Place& place = step != nullptr ? place_of_trouble(*step) : result.plan->place;
  text += fmt::format("  at:\n    file: {}\n    line: {}\n    column: {}\n", in_quotes(place.file), place.line,
                      place.column);
  if (step != nullptr && !cause_key(step->suspects).empty()) {
    add("cause", record::described(step->suspects.front()));
    add("cause_id", step->suspects.front().fingerprint);
  }
  add("ticket", result.plan->ticket);
  text += fmt::format("  duration_ms: {:.3f}\n", static_cast<double>(result.duration.count()) / 1000.0);
  return text + "  ...\n";
}

} // namespace

std::string tap(const record::Run& run) {
  std::string text = fmt::format("TAP version 14\n1..{}\n", record::totals(run).all());
  std::size_t number = 0;
  UniqueNames names;
  for (const record::FeatureResult& feature : run.features) {
    for (const record::CaseResult& result : feature.cases) {
      // What comes after a lost app never ran: the plan is not met, and no reader takes that for a pass.
      if (run.lost && result.outcome == Outcome::not_run) continue;
      const bool is_ok =
          result.outcome == Outcome::passed || (result.outcome == Outcome::skipped && !is_known_failure(result));
      text += fmt::format("{} {} - {}", is_ok ? "ok" : "not ok", ++number,
                          escaped(names.make("", plain_line(feature.name + " > " + result.plan->name.str()))));
      if (is_known_failure(result)) {
        text += fmt::format(" # TODO {}", escaped(outcome_text(run, result)));
      } else if (result.outcome == Outcome::skipped) {
        text += fmt::format(" # SKIP {}", escaped(outcome_text(run, result)));
      }
      text += "\n";
      if (!is_ok && !is_known_failure(result)) text += details(run, result);
      for (const SkippedStep& skipped : skipped_steps(result)) text += fmt::format("# {}\n", escaped(skipped.text));
    }
  }
  if (run.lost) return text + fmt::format("Bail out! {}\n", escaped(run.lost->error.what));
  return text + fmt::format("# {}\n", escaped(verdict_text(run, causes_of(run))));
}

} // namespace murphy::reports
