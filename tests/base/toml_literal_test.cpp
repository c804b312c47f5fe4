#include "base/toml_literal.h"

#include <gtest/gtest.h>

namespace murphy {
namespace {

TEST(TomlLiteral, IsWhatAReaderReadsBack) {
  EXPECT_EQ(toml_literal("Sign in"), "\"Sign in\"");
  EXPECT_EQ(toml_literal("say \"yes\" \\ no"), R"("say \"yes\" \\ no")");
  EXPECT_EQ(toml_literal("a\nb\x7F"), "\"a\\u000Ab\\u007F\"");
  EXPECT_EQ(toml_literal("Прывітанне"), "\"Прывітанне\"");
  EXPECT_EQ(toml_literal("\xFF"), "\"\xEF\xBF\xBD\"");
}

TEST(TomlLiteral, KeepsAKeyBareWhereItCanBe) {
  EXPECT_EQ(toml_key("Email"), "Email");
  EXPECT_EQ(toml_key("E-mail address"), "\"E-mail address\"");
  EXPECT_EQ(toml_key("name:user[email]"), "\"name:user[email]\"");
  EXPECT_EQ(toml_key(""), "\"\"");
}

} // namespace
} // namespace murphy
