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
  const auto fails = [&](std::string expected, std::string got, std::string hint) {
    record::Failure failure{"known_failure",     known.place,    known.source_line,
                            std::move(expected), std::move(got), std::move(hint)};
    return KnownVerdict{record::Outcome::failed, {}, std::move(failure)};
  };
  if (outcome == record::Outcome::passed)
    return fails(fmt::format("to fail until {} is closed", known.ticket), "it passes",
                 "take `known_failure` off, so that it guards again");
  if (outcome != record::Outcome::failed) return {outcome, {}, std::nullopt};
  if (expired)
    return fails(fmt::format("{} to be mended by {}", known.ticket, until), "it still fails",
                 "mend it, or set a new date that someone answers for");
  return {record::Outcome::skipped, fmt::format("known failure {}, until {}", known.ticket, until), std::nullopt};
}

} // namespace murphy::run
