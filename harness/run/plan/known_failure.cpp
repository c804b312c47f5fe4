#include "run/plan/known_failure.h"

#include <fmt/format.h>

namespace murphy::run {
namespace {

std::string day(std::chrono::year_month_day date) {
  return fmt::format("{:04}-{:02}-{:02}", static_cast<int>(date.year()), static_cast<unsigned>(date.month()),
                     static_cast<unsigned>(date.day()));
}

} // namespace

KnownVerdict judge_known(record::Outcome outcome, const scenario::KnownFailure& known, std::chrono::sys_days today) {
  const std::string until = day(known.until);
  const bool expired = today > std::chrono::sys_days(known.until);
  const auto fails = [&](record::FailureCode code) {
    record::Failure failure;
    failure.code = code;
    failure.key = "known_failure";
    failure.place = known.place;
    failure.source_line = known.source_line;
    failure.subject = known.ticket;
    failure.wanted.text = until;
    return KnownVerdict{record::Outcome::failed, {}, std::move(failure)};
  };
  if (outcome == record::Outcome::passed) return fails(record::FailureCode::known_failure_passes);
  if (outcome == record::Outcome::error && expired) return {outcome, {}, std::nullopt};
  if (outcome != record::Outcome::failed && outcome != record::Outcome::error) return {outcome, {}, std::nullopt};
  if (expired) return fails(record::FailureCode::known_failure_overdue);
  KnownVerdict skipped{record::Outcome::skipped, {}, std::nullopt};
  skipped.note.kind = record::Note::Kind::known_failure;
  skipped.note.text = known.ticket;
  skipped.note.until = until;
  return skipped;
}

} // namespace murphy::run
