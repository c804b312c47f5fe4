#include "imported/sent_json.h"

#include <gmock/gmock.h>

namespace murphy::imported {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

std::optional<std::string> as_toml(const std::string& text) {
  return json_as_toml(
      text,
      [](std::string_view name, std::string_view value, JsonKind kind) {
        return std::string(name) + (kind == JsonKind::number ? "#" : ":") + std::string(value);
      },
      [](std::string_view key) { return key != "hidden"; });
}

TEST(SentJson, BecomesATable) {
  EXPECT_EQ(as_toml(R"({"email": "a", "remember": true, "n": 7, "x": {"a b": ["c", 1.5]}, "none": null, "hidden": 1})"),
            "{ email = email:a, remember = true, n = n#7, x = { \"a b\" = [a b:c, a b#1.5] } }");
  EXPECT_EQ(as_toml(R"({"big": 18446744073709551615})"), "{ big = big#18446744073709551615 }");
  EXPECT_EQ(as_toml("{}"), "{}");
  EXPECT_EQ(as_toml("[1]"), std::nullopt);
  EXPECT_EQ(as_toml("no JSON"), std::nullopt);
}

TEST(SentJson, GivesItsTextsWithTheirKeys) {
  EXPECT_THAT(texts_of_json(R"({"a": "x", "b": [{"c": "y"}, "z"], "n": 1})"),
              ElementsAre(PostedField{"a", "x"}, PostedField{"c", "y"}, PostedField{"b", "z"}, PostedField{"n", "1"}));
  EXPECT_THAT(texts_of_json("{"), IsEmpty());
}

HarEntry sent(const std::string& type, const std::string& text) {
  HarEntry entry;
  entry.sent_type = type;
  entry.sent_text = text;
  return entry;
}

TEST(SentJson, IsKnownByItsTypeAndByItsLooks) {
  EXPECT_TRUE(sends_json(sent("Application/JSON", "{}")));
  EXPECT_TRUE(sends_json(sent("text/plain", " {\"password\": \"x\"}")));
  EXPECT_FALSE(sends_json(sent("text/plain", "{no")));
  EXPECT_FALSE(sends_json(sent("application/x-www-form-urlencoded", "a={}")));
  EXPECT_THAT(sent_values(sent("text/plain", R"({"otp": 483920})")), ElementsAre(PostedField{"otp", "483920"}));
}

} // namespace
} // namespace murphy::imported
