// What a watch says of a certificate, the nearer its end comes.
#include "cli/certificate_check.h"

#include <gtest/gtest.h>

namespace murphy::cli {
namespace {

using namespace std::chrono;

watch::CheckLook look(seconds left) {
  const sys_seconds end = sys_days(2026y / December / 5) + 12h;
  return look_of_certificate("app/certificate", end, watch::Instant((end - left).time_since_epoch()));
}

TEST(CertificateChecks, WarnMoreUrgentlyAsTheEndComesNearer) {
  EXPECT_EQ(look(days(21) + 1s).outcome, watch::CheckLook::Outcome::passed);
  EXPECT_EQ(look(days(21) + 1s).urgency, 0);
  EXPECT_EQ(look(days(21)).outcome, watch::CheckLook::Outcome::failed);
  EXPECT_EQ(look(days(21)).urgency, 1);
  EXPECT_EQ(look(days(21)).headline, "its certificate ends in 21 days, on 2026-12-05");
  EXPECT_EQ(look(days(7)).urgency, 2);
  EXPECT_EQ(look(days(1)).urgency, 3);
  EXPECT_EQ(look(days(1)).headline, "its certificate ends in 24 hours, on 2026-12-05");
  EXPECT_EQ(look(1h).headline, "its certificate ends in 1 hour, on 2026-12-05");
  EXPECT_EQ(look(0s).urgency, 4);
  EXPECT_EQ(look(-days(3)).headline, "its certificate ended on 2026-12-05");
}

} // namespace
} // namespace murphy::cli
