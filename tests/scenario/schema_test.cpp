#include "scenario/schema.h"

#include <gmock/gmock.h>

namespace murphy::scenario {
namespace {

using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;
using testing::StartsWith;

TEST(LanguageSchema, HasEveryKeyOfTheLanguageAndNoOther) { EXPECT_THAT(keys_without_shape(), IsEmpty()); }

TEST(LanguageSchema, IsOfADraftThatEditorsRead) {
  for (const std::string& schema : {feature_schema(), project_schema()}) {
    EXPECT_THAT(schema, StartsWith(R"({"$schema":"http://json-schema.org/draft-07/schema#","title":")"));
    EXPECT_THAT(schema, HasSubstr(R"("description":"open = \"/login\"")"));
  }
  EXPECT_THAT(feature_schema(), Not(HasSubstr("sign_in_by")));
}

} // namespace
} // namespace murphy::scenario
