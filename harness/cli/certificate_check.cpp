#include "cli/certificate_check.h"

#include "record/time.h"

#include <chrono>
#include <fmt/format.h>

namespace murphy::cli {
namespace {

using std::chrono::days;
using std::chrono::hours;

// Each of these that is passed makes it more urgent.
constexpr days urgency_steps[] = {days(21), days(7), days(1), days(0)};

std::string left_text(hours left) {
  if (left >= days(2)) return fmt::format("in {} days", std::chrono::floor<days>(left).count());
  return left == hours(1) ? "in 1 hour" : fmt::format("in {} hours", left.count());
}

} // namespace

watch::CheckLook look_of_certificate(const std::string& check, web::CertificateEnd end, watch::Instant now) {
  watch::CheckLook look;
  look.check = check;
  const auto left = std::chrono::floor<hours>(end - now);
  for (const days limit : urgency_steps)
    if (end - now <= limit) ++look.urgency;
  if (look.urgency == 0) return look;
  look.outcome = watch::CheckLook::Outcome::failed;
  const std::string day = record::to_iso_8601(watch::Instant(end.time_since_epoch())).substr(0, 10);
  look.headline = end <= now ? fmt::format("its certificate ended on {}", day)
                             : fmt::format("its certificate ends {}, on {}", left_text(left), day);
  return look;
}

} // namespace murphy::cli
