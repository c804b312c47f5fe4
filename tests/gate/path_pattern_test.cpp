#include "gate/path_pattern.h"

#include <gtest/gtest.h>

namespace murphy::gate {
namespace {

struct PatternSample {
  const char* pattern;
  const char* path;
  bool is_match;
};

TEST(PathPattern, MatchesWholePaths) {
  for (const PatternSample& sample : std::vector<PatternSample>{
           {"app/user.rb", "app/user.rb", true},
           {"app/user.rb", "web/app/user.rb", false},
           {"app/*.rb", "app/user.rb", true},
           {"app/*.rb", "app/models/user.rb", false},
           {"app/user*", "app/users_controller.rb", true},
           {"*", "Makefile", true},
           {"*", "app/user.rb", false},
           {"app/**", "app/models/user.rb", true},
           {"app/**", "app", true}, // a submodule
           {"app/**", "application/user.rb", false},
           {"app/", "app/models/user.rb", true},
           {"**", "app/models/user.rb", true},
           {"**/*.md", "README.md", true},
           {"**/*.md", "docs/a/b.md", true},
           {"*.md", "docs/b.md", false},
           {"a/**/z", "a/z", true},
           {"a/**/z", "a/b/c/z", true},
           {"a/**/b/**/z", "a/b/c/b/x/z", true},
           {"a/**/b/**/z", "a/c/z", false},
           {"db/0?_*.sql", "db/01_users.sql", true},
           {"db/?.sql", "db/ü.sql", true},
           {"db/?.sql", "db/.sql", false},
           {"*a*a*a", "aaabaaa", true},
           {"*a*a*b", "aaaaaaa", false},
           // Names as frameworks have them: nothing else has a meaning.
           {"app/[id]/page.tsx", "app/[id]/page.tsx", true},
           {"app/[id]/page.tsx", "app/i/page.tsx", false},
           {"app/{a,b}.rb", "app/a.rb", false},
       })
    EXPECT_EQ(matches(sample.pattern, sample.path), sample.is_match) << sample.pattern << " and " << sample.path;
}

TEST(PathPattern, TakesNoLongerForManyStars) {
  const std::string stars = "*a*a*a*a*a*a*a*a*a*a*a*a*a*a*a*a*b";
  EXPECT_FALSE(matches(stars, std::string(4000, 'a')));
  EXPECT_FALSE(matches("**/a/**/a/**/a/**/a/**/a/**/b", "a/a/a/a/a/a/a/a/a/a/a/a/a/a/a/a/a/a/a/a/a/a/a/a/a/a"));
}

TEST(PathPattern, IsSeenFromTheTop) {
  EXPECT_EQ(seen_from_top("", "app/**"), "app/**");
  EXPECT_EQ(seen_from_top(".", "app/**"), "app/**");
  EXPECT_EQ(seen_from_top("web", "app/**"), "web/app/**");
  EXPECT_EQ(seen_from_top("web/", "../api/**"), "api/**");
  EXPECT_EQ(seen_from_top("web", "docs/"), "web/docs/");
}

} // namespace
} // namespace murphy::gate
