#include "run/plan/selection.h"

#include <cstdint>
#include <gmock/gmock.h>

namespace murphy::run {
namespace {

using testing::ElementsAre;
using testing::UnorderedElementsAreArray;

std::vector<scenario::Feature> features() {
  std::vector<scenario::Feature> all(2);
  all[0] = {.name = "Sign in", .file = "in.toml", .tags = {}, .requirements = {}, .scenarios = {}};
  all[1] = {.name = "Sign up", .file = "up.toml", .tags = {}, .requirements = {}, .scenarios = {}};
  for (const char* name : {"Reaches the dashboard", "Wrong password"}) {
    all[0].scenarios.emplace_back().name = name;
    all[1].scenarios.emplace_back().name = name;
  }
  all[0].scenarios[0].tags = {"smoke"};
  return all;
}

std::vector<std::string> ids(const Plan& plan) {
  std::vector<std::string> result;
  for (const Case& each : plan.cases) result.push_back(each.planned->id);
  return result;
}

std::vector<std::string> selected(const Selection& selection) {
  const auto all = features();
  const auto result = select(plan(all), selection);
  return result ? ids(*result) : std::vector<std::string>{result.error().what, result.error().hint};
}

TEST(Selection, EverythingGivenHasToHold) {
  EXPECT_EQ(selected({}).size(), 4U);
  EXPECT_THAT(selected({.features = {"sign IN"}, .names = {"wrong"}, .tags = {}, .ids = {}}),
              ElementsAre("in.toml#Wrong password"));
  EXPECT_THAT(selected({.features = {}, .names = {}, .tags = *TagExpression::parse("smoke"), .ids = {}}),
              ElementsAre("in.toml#Reaches the dashboard"));
  EXPECT_THAT(selected({.features = {}, .names = {}, .tags = {}, .ids = {{"up.toml#Wrong password", "gone.toml#x"}}}),
              ElementsAre("up.toml#Wrong password"));
  EXPECT_THAT(selected({.features = {}, .names = {"nothing like it"}, .tags = {}, .ids = {}}), ElementsAre());
}

TEST(Selection, AFeatureThatIsNotThereIsAnError) {
  EXPECT_THAT(selected({.features = {"Sign inn"}, .names = {}, .tags = {}, .ids = {}}),
              ElementsAre("there is no feature “Sign inn”", "did you mean \"Sign in\"?"));
}

TEST(Selection, ATagThatNoScenarioHasIsAnError) {
  const auto tagged = [](std::string_view tags) {
    return selected({.features = {}, .names = {}, .tags = *TagExpression::parse(tags), .ids = {}});
  };
  EXPECT_THAT(tagged("smok"), ElementsAre("no scenario has the tag “smok”", "did you mean \"smoke\"?"));
  EXPECT_THAT(tagged("not smok"), ElementsAre("no scenario has the tag “smok”", "did you mean \"smoke\"?"));
  EXPECT_THAT(tagged("smoke or nightly"), ElementsAre("no scenario has the tag “nightly”", "there are: smoke"));
  EXPECT_EQ(tagged("not wip").size(), 4U) << "scenarios to come may be meant";
  EXPECT_EQ(tagged("not (wip or not wip)").front(), "no scenario has the tag “wip”") << "its second is not negated";
}

TEST(Plan, ACaseHasTheRequirementsOfItsFeatureAndItsOwn) {
  auto all = features();
  all[0].requirements = {"ASVS-6.2.1", "SSO-3"};
  all[0].scenarios[0].requirements = {"SSO-3", "SSO-4"};
  const Plan planned = plan(all);
  EXPECT_THAT(*planned.cases[0].planned->requirements, ElementsAre("ASVS-6.2.1", "SSO-3", "SSO-4"));
  EXPECT_THAT(*planned.cases[1].planned->requirements, ElementsAre("ASVS-6.2.1", "SSO-3"));
  EXPECT_THAT(*planned.cases[2].planned->requirements, ElementsAre());
}

TEST(Shuffle, IsTheSameForTheSameSeedAndLosesNothing) {
  const auto all = features();
  const Plan planned = plan(all);
  EXPECT_EQ(ids(shuffle(planned, 7)), ids(shuffle(planned, 7)));
  EXPECT_THAT(ids(shuffle(planned, 7)), UnorderedElementsAreArray(ids(planned)));
  bool differs = false;
  for (std::uint64_t seed = 0; seed < 20; ++seed) differs = differs || ids(shuffle(planned, seed)) != ids(planned);
  EXPECT_TRUE(differs);
}

} // namespace
} // namespace murphy::run
