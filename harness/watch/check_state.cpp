#include "watch/check_state.h"

#include <algorithm>

namespace murphy::watch {
namespace {

bool has_failed_enough(const CheckState& check, const WatchPolicy& policy) {
  if (check.failed_in_row >= policy.fail_after) return true;
  if (!policy.fail_if || check.failed_in_row == 0) return false;
  return std::ranges::count(check.recent, 'F') >= policy.fail_if->failed;
}

} // namespace

Turn note(CheckState& check, const CheckLook& look, const WatchPolicy& policy, Instant at) {
  const bool has_passed = look.outcome == CheckLook::Outcome::passed;
  check.feature = look.feature;
  check.looked = at;
  check.refused = look.refused;
  check.slow_in_row = has_passed && policy.slow && look.took > *policy.slow ? check.slow_in_row + 1 : 0;
  check.is_slow = check.slow_in_row >= policy.fail_after;
  check.urgency = look.urgency;
  check.recent += has_passed ? 'P' : 'F';
  const auto kept = static_cast<std::size_t>(policy.fail_if ? policy.fail_if->of : 1);
  if (check.recent.size() > kept) check.recent.erase(0, check.recent.size() - kept);
  if (has_passed) {
    ++check.passed_in_row;
    check.failed_in_row = 0;
    check.last_pass = at;
    if (!check.is_red) {
      check.cause.reset();
      check.headline.clear();
      check.place.clear();
    }
    if (!check.is_red || check.passed_in_row < policy.pass_after) return Turn::none;
    check = {.feature = check.feature,
             .passed_in_row = check.passed_in_row,
             .slow_in_row = check.slow_in_row,
             .is_slow = check.is_slow,
             .recent = {},
             .looked = at,
             .failed_from = {},
             .last_pass = at,
             .cause = {},
             .headline = {},
             .place = {},
             .refused = {}};
    return Turn::green;
  }
  if (check.failed_in_row == 0 && !check.is_red) {
    check.failed_from = at;
    check.cause.reset(); // of failures that were forgotten: another outage, or a maintenance
  }
  ++check.failed_in_row;
  check.passed_in_row = 0;
  // An app may write its stack trace once: what it showed then is why it still fails.
  if (telling(look.cause) >= telling(check.cause)) check.cause = look.cause;
  check.headline = look.headline;
  check.place = look.place;
  if (check.is_red || !has_failed_enough(check, policy)) return Turn::none;
  check.is_red = true;
  return Turn::red;
}

std::optional<std::chrono::milliseconds> wait_to_confirm(const CheckState& check, const WatchPolicy& policy) {
  const int in_row = check.is_red ? check.passed_in_row : check.failed_in_row;
  if (in_row < 1 || in_row > static_cast<int>(policy.confirm.size())) return std::nullopt;
  return policy.confirm[static_cast<std::size_t>(in_row - 1)];
}

} // namespace murphy::watch
