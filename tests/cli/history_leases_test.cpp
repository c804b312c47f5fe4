#include "cli/history_leases.h"

#include "sample_project.h"

#include <filesystem>
#include <gmock/gmock.h>

namespace murphy::cli {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

TEST(LeasesInTheHistory, AreSeenByOtherRuns) {
  const SampleProject project(std::string(sample_project) + "\n[history]\nstore = \"sqlite:kept/history.db\"\n");
  const auto place = history_of(project.path("murphy.toml"), project.path(""), {});
  ASSERT_TRUE(place && *place);
  const auto one = leases_in_history(**place, "local"), other = leases_in_history(**place, "local");
  EXPECT_TRUE(one->try_take({"ada", "tester#2"}));
  EXPECT_THAT(other->held_by_others(), ElementsAre("ada", "tester#2"));
  EXPECT_THAT(one->held_by_others(), IsEmpty());
  EXPECT_FALSE(other->try_take({"ada"}));
  one->give_back({"ada"});
  EXPECT_TRUE(other->try_take({"ada"}));
}

TEST(LeasesInTheHistory, ThatCannotBeWrittenAreSaidOnceAndGiven) {
  const SampleProject project(std::string(sample_project) + "\n[history]\nstore = \"sqlite:kept/history.db\"\n");
  std::filesystem::create_directory(project.path("kept"));
  project.write("kept/history.db", std::string(5000, 'x'));
  const auto place = history_of(project.path("murphy.toml"), project.path(""), {});
  ASSERT_TRUE(place && *place);
  testing::internal::CaptureStderr();
  const auto leases = leases_in_history(**place, "local");
  EXPECT_TRUE(leases->try_take({"ada"}));
  EXPECT_THAT(leases->held_by_others(), IsEmpty());
  leases->give_back({"ada"});
  EXPECT_EQ(testing::internal::GetCapturedStderr(),
            "the history sqlite:kept/history.db: file is not a database\n"
            "  other runs may use the same accounts now; check that `store` of [history] names a database that this "
            "account can write to\n");
}

} // namespace
} // namespace murphy::cli
