#include "run/plan/written_addresses.h"

#include "language.h"

#include <gmock/gmock.h>

namespace murphy::run {
namespace {

using testing::UnorderedElementsAre;

TEST(WrittenAddresses, AreThoseOfTheProjectAndOfEachScenarioOnce) {
  std::vector<scenario::Feature> features(1);
  features[0].file = "test.toml";
  features[0].scenarios = {scenario_of(R"({ open = "/login?next=/x", expect = { page = "/login" } },
{ request = { url = "/api/session" } },
{ open = "/users/${ada.email}" },
{ open = "https://id.test/authorize" },
{ expect = { page = "/users/*" } },)")};
  features[0].scenarios[0].examples.resize(3);
  features[0].scenarios[0].cleanup = scenario_of("{ open = \"/logout\" }").steps;
  const WrittenAddresses written = written_addresses(project(), plan(features));
  EXPECT_THAT(written, UnorderedElementsAre(std::pair("/login", 3), std::pair("/dashboard", 1), std::pair("/", 1),
                                            std::pair("/api/session", 1), std::pair("/logout", 1)));
}

} // namespace
} // namespace murphy::run
