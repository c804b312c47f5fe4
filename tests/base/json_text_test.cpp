// Numbers in JSON.
#include "base/json_text.h"

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <boost/json/parse.hpp>
#include <gtest/gtest.h>
#include <limits>

namespace murphy {
namespace {

TEST(JsonText, HasNumbersAsPeopleWriteThem) {
  const auto text = [](const boost::json::value& value) { return json_text(value); };
  EXPECT_EQ(text(100.0), "100");
  EXPECT_EQ(text(99.95), "99.95");
  EXPECT_EQ(text(0.0), "0");
  EXPECT_EQ(text(-2.5), "-2.5");
  EXPECT_EQ(text(7), "7");
  EXPECT_EQ(text(std::numeric_limits<std::uint64_t>::max()), "18446744073709551615");
}

TEST(JsonText, IsTheSameValueWhenReadAgain) {
  const boost::json::value value = boost::json::object{
      {"a \"b\"", boost::json::array{1.5, "\u00e9\n", nullptr, true, boost::json::array{}, boost::json::object{}}},
      {"large", 1e300},
      {"small", 0.1 + 0.2}};
  EXPECT_EQ(json_text(value),
            "{\"a \\\"b\\\"\":[1.5,\"\u00e9\\n\",null,true,[],{}],\"large\":1e+300,\"small\":0.30000000000000004}");
  EXPECT_EQ(boost::json::parse(json_text(value)), value);
}

} // namespace
} // namespace murphy
