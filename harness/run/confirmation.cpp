#include "run/confirmation.h"

#include "record/trace.h"

#include <algorithm>

namespace murphy::run {

bool may_be_of_others(const record::StepResult& step) {
  if (step.suspects.empty() || step.suspects.front().confidence == record::Confidence::guess) return false;
  const bool rests_on_console = std::ranges::any_of(
      step.suspects.front().evidence, [](const auto& line) { return line.source == record::EvidenceSource::console; });
  const std::string trace = record::trace_of(step.evidence.exchanges);
  return rests_on_console && std::ranges::none_of(step.evidence.console, [&](const record::ConsoleLine& line) {
           return record::names_trace(line.text, trace);
         });
}

bool ended_alike(const record::StepResult& step, const record::StepResult& other) {
  return step.place == other.place && step.outcome == other.outcome &&
         std::ranges::equal(step.failures, other.failures, {}, &record::Failure::code, &record::Failure::code);
}

} // namespace murphy::run
