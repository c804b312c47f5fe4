#include "base/regex_names.h"

#include <gmock/gmock.h>

namespace murphy {
namespace {

using testing::IsEmpty;
using testing::Pair;
using testing::UnorderedElementsAre;

TEST(GroupNames, ComeWithTheirNumbers) {
  EXPECT_THAT(group_names(R"((a)(?:b)(?<owner>\w+)\((?<name>[(]\w+))"),
              UnorderedElementsAre(Pair("owner", 2), Pair("name", 3)));
  EXPECT_THAT(group_names(R"((?J)(?<name>a)|(?<name>b))"), UnorderedElementsAre(Pair("name", 1), Pair("name", 2)));
  EXPECT_THAT(group_names("no groups"), IsEmpty());
  EXPECT_THAT(group_names("("), IsEmpty());
}

} // namespace
} // namespace murphy
