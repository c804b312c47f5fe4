#include "run/lane.h"

#include <gmock/gmock.h>
#include <string>
#include <thread>
#include <vector>

namespace murphy::run {
namespace {

TEST(Lane, KnowsWhoRanBesideWhom) {
  Lane lane;
  Lane::Case first(lane);
  EXPECT_FALSE(first.had_company());
  {
    const Lane::Case second(lane);
    EXPECT_TRUE(second.had_company());
  }
  EXPECT_TRUE(first.had_company()) << "another began and ended meanwhile";
  first.leave();
  const Lane::Case third(lane);
  EXPECT_FALSE(third.had_company()) << "the others had left";
}

TEST(Lane, LetsOneAloneWhenAllHaveLeft) {
  Lane lane;
  std::vector<std::string> order;
  Lane::Case running(lane);
  std::jthread alone([&] {
    const Lane::Alone taken(lane);
    order.emplace_back("alone");
  });
  order.emplace_back("left");
  running.leave();
  running.leave();
  alone.join();
  EXPECT_THAT(order, testing::ElementsAre("left", "alone"));
  const Lane::Case after(lane);
  EXPECT_FALSE(after.had_company());
}

TEST(Lane, BeginsNobodyWhileOneIsAlone) {
  Lane lane;
  std::vector<std::string> order;
  std::jthread next;
  {
    const Lane::Alone alone(lane);
    next = std::jthread([&] {
      const Lane::Case other(lane);
      order.emplace_back("case");
    });
    order.emplace_back("alone");
  }
  next.join();
  EXPECT_THAT(order, testing::ElementsAre("alone", "case"));
}

} // namespace
} // namespace murphy::run
