#include "imported/json_members.h"

#include <boost/json.hpp>
#include <gtest/gtest.h>

namespace murphy::imported {
namespace {

TEST(JsonMembers, AreEmptyWhereTheyAreMissingOrOfAnotherType) {
  const boost::json::object object{{"name", "Ada"}, {"number", 7}, {"broken", "a\xff"}};
  EXPECT_EQ(text_member(object, "name"), "Ada");
  EXPECT_EQ(text_member(object, "number"), "");
  EXPECT_EQ(text_member(object, "nothing"), "");
  EXPECT_EQ(text_member(object, "broken"), "a\uFFFD");
  const boost::json::object outer{{"inner", object}, {"name", "Ada"}};
  EXPECT_EQ(text_member(object_member(outer, "inner"), "name"), "Ada");
  EXPECT_TRUE(object_member(outer, "name").empty());
  EXPECT_TRUE(object_member(outer, "nothing").empty());
}

} // namespace
} // namespace murphy::imported
