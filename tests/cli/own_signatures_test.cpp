#include "cli/own_signatures.h"

#include "command.h"

#include <gmock/gmock.h>

namespace murphy::cli {
namespace {

using testing::HasSubstr;

constexpr const char* licence = R"(
[[signature]]
layer    = "config"
says     = "the licence has run out"
contains = "licence error"
pattern  = 'licence error (?<name>\w+)'
example  = "licence error L42"
)";

class OwnSignatures : public testing::Test {
protected:
  auto read(const std::string& project) const { return own_signatures(folder_.file("murphy.toml", project).string()); }
  reports::ScratchFolder folder_;
};

TEST_F(OwnSignatures, AreNoneWithoutAProjectOrWithoutAny) {
  for (const auto& own : {own_signatures(""), read("[app]\n"), read("[app]\nsign_in = { pge = \"/\" }\n")}) {
    ASSERT_TRUE(own) << "of the rest of the file nothing is read";
    EXPECT_FALSE(*own);
  }
}

TEST_F(OwnSignatures, ComeBeforeThoseBuiltIn) {
  const auto own = read(licence);
  ASSERT_TRUE(own);
  ASSERT_TRUE(*own);
  const diagnose::Signature& first = (*own)->rows().front();
  EXPECT_EQ(first.layer, record::Layer::config);
  EXPECT_EQ(first.kind, "the licence has run out");
  EXPECT_EQ(first.source, (folder_.path() / "murphy.toml").string());
  EXPECT_EQ((*own)->rows().size(), diagnose::Signatures::built_in().rows().size() + 1);
  const auto matches = (*own)->search("x\nlicence error L42\n");
  ASSERT_EQ(matches.size(), 1U);
  EXPECT_EQ(matches.front().signature, 0U);
}

TEST_F(OwnSignatures, WithoutWordsAreAnErrorOfTheApp) {
  std::string text = licence;
  text.erase(text.find("says"), text.find("contains") - text.find("says"));
  const auto own = read(text);
  ASSERT_TRUE(own && *own);
  EXPECT_EQ((*own)->rows().front().kind, "an error of the app");
}

TEST_F(OwnSignatures, ThatAreWrongAreRefused) {
  struct Row {
    std::string from, to, said;
  };
  for (const Row& row :
       {Row{"(?<name>", "(?<name", "murphy.toml"}, Row{"error L42", "error -", "example"},
        Row{"\"config\"", "\"kitchen\"", "kitchen"}, Row{"[[signature]]", "[[signature", "murphy.toml"}}) {
    std::string text = licence;
    text.replace(text.find(row.from), row.from.size(), row.to);
    const auto own = read(text);
    ASSERT_FALSE(own) << row.to;
    EXPECT_EQ(own.error().front().kind, ErrorKind::usage);
    EXPECT_THAT(render(own.error().front()), HasSubstr(row.said));
  }
  EXPECT_FALSE(own_signatures("no/such/murphy.toml"));
}

} // namespace
} // namespace murphy::cli
