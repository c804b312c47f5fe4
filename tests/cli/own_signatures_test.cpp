#include "cli/own_signatures.h"

#include "command.h"
#include "diagnose/signature.h"

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

std::string of_quota() {
  std::string text = licence;
  for (std::size_t at = text.find("licence"); at != std::string::npos; at = text.find("licence"))
    text.replace(at, 7, "quota");
  return text;
}

class OwnSignatures : public testing::Test {
protected:
  auto read(const std::string& project) const { return own_signatures(folder_.file("murphy.toml", project).string()); }
  reports::ScratchFolder folder_;
};

TEST_F(OwnSignatures, AreNoneWithoutAProjectOrWithoutAny) {
  for (const auto& own : {own_signatures(""), read("[app]\n"), read("[app]\nsign_in = { pge = \"/\" }\n")}) {
    ASSERT_TRUE(own) << "of the rest of the file nothing is read";
    EXPECT_TRUE(own->empty());
  }
}

TEST_F(OwnSignatures, AreReadInTheirOrder) {
  const auto own = read(std::string(licence) + of_quota());
  ASSERT_TRUE(own);
  ASSERT_EQ(own->size(), 2U);
  EXPECT_EQ(own->front(), (record::ProjectSignature{.layer = record::Layer::config,
                                                    .says = "the licence has run out",
                                                    .contains = "licence error",
                                                    .pattern = "licence error (?<name>\\w+)",
                                                    .example = "licence error L42"}));
  EXPECT_EQ(own->back().example, "quota error L42");
}

TEST_F(OwnSignatures, CompileBeforeThoseBuiltIn) {
  const auto own = read(licence);
  ASSERT_TRUE(own);
  const auto signatures = diagnose::Signatures::with(*own);
  ASSERT_TRUE(signatures);
  EXPECT_EQ(signatures->rows().size(), diagnose::Signatures::built_in().rows().size() + 1);
  const auto matches = signatures->search("x\nlicence error L42\n");
  ASSERT_EQ(matches.size(), 1U);
  EXPECT_EQ(matches.front().signature, 0U);
  EXPECT_EQ(signatures->rows().front().kind, "the licence has run out");
}

TEST_F(OwnSignatures, WithoutWordsAreAnErrorOfTheApp) {
  std::string text = licence;
  text.erase(text.find("says"), text.find("contains") - text.find("says"));
  const auto own = read(text);
  ASSERT_TRUE(own);
  EXPECT_EQ(diagnose::Signatures::with(*own)->rows().front().kind, "an error of the app");
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
