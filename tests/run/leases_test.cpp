#include "run/plan/leases.h"

#include <atomic>
#include <gtest/gtest.h>
#include <thread>

namespace murphy::run {
namespace {

scenario::Project project_with_accounts() {
  scenario::Project result;
  result.users["ada"].name = "ada";
  result.users["grace"].name = "grace";
  result.users["guest"].shared = true;
  result.users["tester"].pool = 2;
  return result;
}

std::stop_token stopped() {
  std::stop_source source;
  source.request_stop();
  return source.get_token();
}

TEST(Leases, AnAccountIsHeldByOneAtATime) {
  const scenario::Project accounts = project_with_accounts();
  Leases leases(accounts);
  auto first = leases.acquire({"ada"}, {});
  ASSERT_TRUE(first);
  EXPECT_FALSE(leases.acquire({"ada", "grace"}, stopped())) << "waits until it is stopped";
  EXPECT_TRUE(leases.acquire({"grace"}, {})) << "what could not be had together is not held in part";
  first.reset();
  EXPECT_TRUE(leases.acquire({"ada", "grace"}, {}));
}

TEST(Leases, SharedAccountsAreNeverWaitedFor) {
  const scenario::Project accounts = project_with_accounts();
  Leases leases(accounts);
  const auto first = leases.acquire({"guest"}, {});
  EXPECT_TRUE(leases.acquire({"guest"}, stopped()));
}

TEST(Leases, APoolGivesEachItsOwnMember) {
  const scenario::Project accounts = project_with_accounts();
  Leases leases(accounts);
  auto first = leases.acquire({"tester"}, {});
  const auto second = leases.acquire({"tester"}, {});
  EXPECT_EQ(first->members().at("tester"), 1);
  EXPECT_EQ(second->members().at("tester"), 2);
  EXPECT_FALSE(leases.acquire({"tester"}, stopped()));
  first.reset();
  EXPECT_EQ(leases.acquire({"tester"}, {})->members().at("tester"), 1);
}

TEST(Leases, APoolGivesThePreferredMemberWhereItIsFree) {
  const scenario::Project accounts = project_with_accounts();
  Leases leases(accounts);
  const auto preferred = leases.acquire({"tester"}, {}, {{"tester", 2}});
  EXPECT_EQ(preferred->members().at("tester"), 2);
  EXPECT_EQ(leases.acquire({"tester"}, {}, {{"tester", 2}})->members().at("tester"), 1) << "it is taken";
  EXPECT_EQ(leases.acquire({"tester"}, {}, {{"tester", 9}})->members().at("tester"), 1) << "the pool is smaller now";
}

TEST(Leases, AloneIsWhatNobodyWorksWithAndNobodyGetsMeanwhile) {
  const scenario::Project accounts = project_with_accounts();
  Leases leases(accounts);
  const auto ada = leases.acquire({"ada"}, {});
  EXPECT_FALSE(leases.try_alone("ada", {})) << "somebody else's";
  EXPECT_TRUE(leases.try_alone("ada", {{"ada", 0}})) << "one's own";
  auto grace = leases.try_alone("grace", {{"ada", 0}});
  ASSERT_TRUE(grace);
  EXPECT_FALSE(leases.acquire({"grace"}, stopped()));
  EXPECT_FALSE(leases.try_alone("grace", {}));
  grace.reset();
  EXPECT_TRUE(leases.acquire({"grace"}, stopped()));
}

TEST(Leases, ASharedAccountIsAloneOnlyWhenNoOtherCaseWorksWithIt) {
  const scenario::Project accounts = project_with_accounts();
  Leases leases(accounts);
  auto first = leases.acquire({"guest"}, {});
  {
    const auto alone = leases.try_alone("guest", {{"guest", 0}});
    ASSERT_TRUE(alone);
    EXPECT_FALSE(leases.acquire({"guest"}, stopped())) << "nobody joins meanwhile";
  }
  const auto second = leases.acquire({"guest"}, {});
  EXPECT_FALSE(leases.try_alone("guest", {{"guest", 0}}));
  EXPECT_FALSE(leases.try_alone("guest", {}));
  first.reset();
  EXPECT_TRUE(leases.try_alone("guest", {{"guest", 0}}));
}

TEST(Leases, OfAPoolAFreeMemberIsAlone) {
  const scenario::Project accounts = project_with_accounts();
  Leases leases(accounts);
  const auto first = leases.acquire({"tester"}, {});
  const auto alone = leases.try_alone("tester", {});
  ASSERT_TRUE(alone);
  EXPECT_EQ(alone->members().at("tester"), 2);
  EXPECT_FALSE(leases.acquire({"tester"}, stopped()));
  EXPECT_TRUE(leases.try_alone("tester", first->members())) << "the member that the case itself has";
}

TEST(Leases, ThreadsThatWantTheSameTwoInEitherOrderAllGetThem) {
  const scenario::Project accounts = project_with_accounts();
  Leases leases(accounts);
  std::atomic<int> inside = 0, together = 0, rounds = 0;
  const auto work = [&](std::vector<std::string> users) {
    for (int round = 0; round < 500; ++round) {
      const auto lease = leases.acquire(users, {});
      if (++inside > 1) ++together;
      ++rounds;
      --inside;
    }
  };
  std::vector<std::jthread> threads;
  for (int pair = 0; pair < 3; ++pair) {
    threads.emplace_back(work, std::vector<std::string>{"ada", "grace"});
    threads.emplace_back(work, std::vector<std::string>{"grace", "ada"});
  }
  threads.clear();
  EXPECT_EQ(rounds, 3000);
  EXPECT_EQ(together, 0);
}

// What others hold changes when it is asked for, as others do.
class OtherProcess : public SharedLeases {
public:
  std::set<std::string> held_by_others() override {
    ++looks;
    if (looks == gives_back_at) held.clear();
    return held;
  }
  bool try_take(const std::vector<std::string>& accounts) override {
    if (takes_first > 0 && takes_first-- > 0) return false;
    for (const std::string& each : accounts)
      if (held.contains(each)) return false;
    taken.insert(accounts.begin(), accounts.end());
    return true;
  }
  void give_back(const std::vector<std::string>& accounts) override {
    for (const std::string& each : accounts) taken.erase(each);
  }
  std::set<std::string> held, taken;
  int looks = 0, gives_back_at = 0, takes_first = 0;
};

TEST(LeasesAmongProcesses, AreTakenAndGivenBack) {
  const scenario::Project accounts = project_with_accounts();
  OtherProcess others;
  others.held = {"tester#1"};
  Leases leases(accounts, &others);
  {
    const auto lease = leases.acquire({"tester", "ada", "guest"}, {});
    ASSERT_TRUE(lease);
    EXPECT_EQ(lease->members().at("tester"), 2) << "the first is somebody else's";
    EXPECT_EQ(others.taken, (std::set<std::string>{"ada", "tester#2"})) << "guest is shared anyway";
  }
  EXPECT_TRUE(others.taken.empty());
}

TEST(LeasesAmongProcesses, AreWaitedFor) {
  const scenario::Project accounts = project_with_accounts();
  OtherProcess others;
  others.held = {"ada"};
  others.gives_back_at = 3;
  Leases leases(accounts, &others);
  EXPECT_FALSE(leases.acquire({"ada"}, stopped()));
  EXPECT_TRUE(leases.acquire({"ada"}, {}));
  others.takes_first = 2; // between the look and the taking
  EXPECT_TRUE(leases.acquire({"grace"}, {}));
  EXPECT_EQ(others.takes_first, 0);
}

TEST(LeasesAmongProcesses, AreNeverAloneWithWhatOthersHold) {
  const scenario::Project accounts = project_with_accounts();
  OtherProcess others;
  others.held = {"grace", "tester#1"};
  Leases leases(accounts, &others);
  const auto ada = leases.acquire({"ada"}, {});
  EXPECT_TRUE(leases.try_alone("ada", ada->members())) << "one's own";
  EXPECT_FALSE(leases.try_alone("grace", ada->members()));
  const auto tester = leases.try_alone("tester", ada->members());
  ASSERT_TRUE(tester);
  EXPECT_EQ(tester->members().at("tester"), 2);
  EXPECT_TRUE(others.taken.contains("tester#2"));
}

TEST(Leases, TakeNoMemberThatIsNone) {
  const scenario::Project accounts = project_with_accounts();
  Leases leases(accounts);
  for (const int odd : {0, -1, 1000})
    EXPECT_EQ(leases.acquire({"tester"}, {}, {{"tester", odd}})->members().at("tester"), 1);
}

} // namespace
} // namespace murphy::run
