#include "gate/selection.h"

#include <gmock/gmock.h>

namespace murphy::gate {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

const PathRules shop{
    .rules = {{.patterns = {"db/**"}, .features = {"Sign in", "Sign up"}},
              {.patterns = {"app/reset*", "db/*resets*"}, .features = {"Password reset"}}},
    .ignored = {"docs/**", "**/*.md"},
    .feature_files = {{"scenarios/profile.toml", "Profile"}, {"scenarios/notes.md", "Notes"}},
    .project_files = {"murphy.toml"},
};

TEST(ConcernedFeatures, AreThoseOfAllRulesThatKnowAPath) {
  const Concerned concerned = concerned_by({"app/reset.rb", "db/7_resets.sql", "docs/a.txt"}, shop);
  EXPECT_EQ(concerned.everything, Everything::no);
  EXPECT_THAT(concerned.features, ElementsAre("Password reset", "Sign in", "Sign up"));
  EXPECT_THAT(concerned.paths[1].patterns, ElementsAre("db/**", "db/*resets*"));
  EXPECT_EQ(concerned.paths[2].meaning, ChangedPath::Meaning::ignored);
  EXPECT_THAT(concerned.paths[2].patterns, ElementsAre("docs/**"));
}

TEST(ConcernedFeatures, AreThatOfAFeatureFileWhateverIsIgnored) {
  EXPECT_THAT(concerned_by({"scenarios/profile.toml"}, shop).features, ElementsAre("Profile"));
  EXPECT_THAT(concerned_by({"scenarios/notes.md"}, shop).features, ElementsAre("Notes"));
}

TEST(ConcernedFeatures, AreAllForAPathThatNobodyKnows) {
  const Concerned concerned = concerned_by({"docs/a.md", "lib/x.rb", "db/1.sql"}, shop);
  EXPECT_EQ(concerned.everything, Everything::unknown_path);
  EXPECT_EQ(concerned.paths[1].meaning, ChangedPath::Meaning::unknown);
}

TEST(ConcernedFeatures, AreAllForTheProjectFileAndForNoChange) {
  EXPECT_EQ(concerned_by({"lib/x.rb", "murphy.toml"}, shop).everything, Everything::project_file);
  EXPECT_EQ(concerned_by({}, shop).everything, Everything::no_change);
  EXPECT_EQ(concerned_by({"a"}, {}).everything, Everything::unknown_path);
}

TEST(ConcernedFeatures, AreNoneForWhatIsIgnored) {
  const Concerned concerned = concerned_by({"docs/a.md", "README.md"}, shop);
  EXPECT_EQ(concerned.everything, Everything::no);
  EXPECT_THAT(concerned.features, IsEmpty());
}

} // namespace
} // namespace murphy::gate
