// When a check turns red and green.
#include "watch/check_state.h"

#include "looks.h"

#include <gtest/gtest.h>

namespace murphy::watch {
namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;

constexpr const char* sign_in = "scenarios/sign-in.toml#Signs in";

WatchPolicy policy() {
  return {.fail_after = 3, .fail_if = {}, .pass_after = 2, .confirm = {seconds(10), seconds(30)}, .remind = {}};
}

// What each look turns the check to: r(ed), g(reen) or `-`.
std::string turns(const std::string& looks, const WatchPolicy& policy) {
  CheckState check;
  std::string all;
  seconds time{};
  for (const char each : looks) {
    const Turn turn = note(check, each == 'F' ? failed(sign_in) : passed(sign_in), policy, at(time += seconds(60)));
    all += turn == Turn::red ? 'r' : turn == Turn::green ? 'g' : '-';
  }
  return all;
}

TEST(CheckStates, TurnRedAfterFailuresInARowAndGreenAfterPasses) {
  EXPECT_EQ(turns("PFFP", policy()), "----");
  EXPECT_EQ(turns("PFFFF", policy()), "---r-");
  EXPECT_EQ(turns("FFFPFPP", policy()), "--r---g");
  EXPECT_EQ(turns("FFFPPFF", policy()), "--r-g--");
}

TEST(CheckStates, TurnRedByAShareOfTheLastRuns) {
  WatchPolicy shares = policy();
  shares.fail_if = FailedShare{.failed = 3, .of = 5};
  EXPECT_EQ(turns("FPFPF", shares), "----r");
  EXPECT_EQ(turns("FPPFPPF", shares), "-------");
  // What failed before it turned green is over.
  EXPECT_EQ(turns("FPFPFPPF", shares), "----r-g-");
}

TEST(CheckStates, AreSlowOnceTheyAreItOftenEnough) {
  WatchPolicy slow = policy();
  slow.slow = seconds(2);
  CheckState check;
  const auto after = [&](CheckLook look, milliseconds took) {
    look.took = took;
    note(check, look, slow, at(seconds(1)));
    return check.is_slow;
  };
  EXPECT_FALSE(after(passed(sign_in), milliseconds(2001)));
  EXPECT_FALSE(after(passed(sign_in), milliseconds(2001)));
  EXPECT_TRUE(after(passed(sign_in), milliseconds(2001)));
  EXPECT_FALSE(check.is_red);
  EXPECT_FALSE(after(passed(sign_in), milliseconds(2000)));
  for (int run = 0; run < 3; ++run) after(passed(sign_in), milliseconds(3000));
  EXPECT_FALSE(after(failed(sign_in), milliseconds(3000))) << "it fails, which is worse";
  slow.slow.reset();
  for (int run = 0; run < 3; ++run) after(passed(sign_in), milliseconds(3000));
  EXPECT_FALSE(check.is_slow);
}

TEST(CheckStates, KnowTheFirstFailureAndTheLastPass) {
  CheckState check;
  note(check, passed(sign_in), policy(), at(seconds(1)));
  note(check, failed(sign_in, cause_named("f1")), policy(), at(seconds(2)));
  note(check, failed(sign_in, cause_named("f2")), policy(), at(seconds(3)));
  EXPECT_EQ(check.last_pass, at(seconds(1)));
  EXPECT_EQ(check.failed_from, at(seconds(2)));
  EXPECT_EQ(check.cause->fingerprint, "f2");
  EXPECT_EQ(check.feature, "Sign in");
  note(check, passed(sign_in), policy(), at(seconds(4)));
  EXPECT_FALSE(check.cause);
  EXPECT_EQ(check.headline, "");
}

// An app may write its stack trace once, and then only that it failed.
TEST(CheckStates, KeepTheCauseThatTellsMost) {
  CheckState check;
  const auto cause = [&] { return check.cause ? check.cause->fingerprint : ""; };
  note(check, failed(sign_in, cause_named("named", {"sessions"})), policy(), at(seconds(1)));
  note(check, failed(sign_in, cause_named("place")), policy(), at(seconds(2)));
  EXPECT_EQ(cause(), "named");
  note(check, failed(sign_in), policy(), at(seconds(3)));
  EXPECT_EQ(cause(), "named");
  note(check, failed(sign_in, cause_named("later", {"beds"})), policy(), at(seconds(4)));
  EXPECT_EQ(cause(), "later");
  for (const int second : {5, 6}) note(check, passed(sign_in), policy(), at(seconds(second)));
  note(check, failed(sign_in, cause_named("place")), policy(), at(seconds(7)));
  EXPECT_EQ(cause(), "place") << "what was before says nothing of now";
}

TEST(CheckStates, AreConfirmedSoonerThanUsual) {
  CheckState check;
  const auto look = [&](const CheckLook& seen) {
    note(check, seen, policy(), at(seconds(1)));
    return wait_to_confirm(check, policy());
  };
  EXPECT_EQ(look(passed(sign_in)), std::nullopt);
  EXPECT_EQ(look(failed(sign_in)), milliseconds(10'000));
  EXPECT_EQ(look(failed(sign_in)), milliseconds(30'000));
  EXPECT_EQ(look(failed(sign_in)), std::nullopt) << "it is red, and runs as usual";
  EXPECT_EQ(look(passed(sign_in)), milliseconds(10'000)) << "so is a recovery";
  EXPECT_EQ(look(passed(sign_in)), std::nullopt);
}

} // namespace
} // namespace murphy::watch
