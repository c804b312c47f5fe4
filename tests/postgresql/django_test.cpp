// A real app on PostgreSQL: the same scenarios pass, and faults of what has to do with its database are caught.
#include "real_apps.h"
#include "server.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <set>

namespace murphy::end_to_end {
namespace {

TEST(DjangoOnPostgresql, HealthyItPassesEverything) {
  expect_all_pass("django", 16, dashboard::testing::server_address());
}

std::vector<Fault> about_the_database() {
  const std::set<std::string> layers = {"database", "model", "session", "network"};
  std::vector<Fault> faults = faults_of("django");
  std::erase_if(faults, [&](const Fault& fault) {
    return !layers.contains(fault.layer) || !can_be_made_on(fault, "postgresql");
  });
  return faults;
}

class DjangoOnPostgresqlWith : public testing::TestWithParam<Fault> {};

TEST_P(DjangoOnPostgresqlWith, IsRedAtTheStepItsFaultNames) {
  expect_caught(GetParam(), dashboard::testing::server_address());
}

INSTANTIATE_TEST_SUITE_P(AboutTheDatabase, DjangoOnPostgresqlWith, testing::ValuesIn(about_the_database()),
                         [](const auto& instance) {
                           std::string name = instance.param.name;
                           std::ranges::replace(name, '-', '_');
                           return name;
                         });

TEST(DjangoOnPostgresql, HasEightFaultsAtLeast) { EXPECT_GE(about_the_database().size(), 8U); }

} // namespace
} // namespace murphy::end_to_end
