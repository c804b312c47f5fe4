#include "base/text.h"
#include "diagnose/signature.h"

#include <gmock/gmock.h>
#include <set>

namespace murphy::diagnose {
namespace {

using testing::HasSubstr;
using testing::SizeIs;

std::string captured(const Match& match) {
  // In the order the table writes them.
  std::string all;
  for (const auto& [name, value] : match.groups) all += (all.empty() ? "" : "; ") + name + "=" + value;
  return all;
}

std::multiset<std::string> parts(const std::string& captures) {
  std::multiset<std::string> all;
  std::size_t begin = 0;
  while (begin < captures.size()) {
    const std::size_t end = std::min(captures.find("; ", begin), captures.size());
    all.insert(captures.substr(begin, end - begin));
    begin = end + 2;
  }
  return all;
}

TEST(Signatures, AreManyAndOfManyEngines) {
  std::set<std::string> engines;
  for (const Signature& row : Signatures::built_in().rows()) {
    engines.insert(row.engine);
    EXPECT_FALSE(row.source.empty()) << row.pattern;
  }
  EXPECT_GE(Signatures::built_in().rows().size(), 200U);
  EXPECT_GE(engines.size(), 25U);
}

TEST(Signatures, TakeTheirExampleBeforeAnyOther) {
  const auto& rows = Signatures::built_in().rows();
  for (std::size_t i = 0; i < rows.size(); ++i) {
    SCOPED_TRACE(rows[i].engine + ": " + rows[i].example);
    EXPECT_THAT(ascii_lower(rows[i].example), HasSubstr(rows[i].contains));
    const auto matches = Signatures::built_in().search(rows[i].example);
    ASSERT_THAT(matches, SizeIs(1));
    EXPECT_EQ(matches[0].signature, i) << "taken by " << rows[matches[0].signature].pattern;
    EXPECT_EQ(parts(captured(matches[0])), parts(rows[i].captures));
  }
}

TEST(Signatures, TakeEachLineOnceAndInOrder) {
  const std::string log =
      "one\nno such column: users.emial\ntwo\nERROR:  relation \"usr\" does not exist at character 15\n";
  const auto matches = Signatures::built_in().search(log);
  ASSERT_THAT(matches, SizeIs(2));
  EXPECT_EQ(log.substr(matches[0].begin, matches[0].end - matches[0].begin), "no such column: users.emial");
  EXPECT_EQ(matches[0].groups.at("owner"), "users");
  EXPECT_EQ(matches[1].groups.at("name"), "usr");
}

TEST(Signatures, OfAProjectComeFirst) {
  record::ProjectSignature own;
  own.layer = record::Layer::config;
  own.says = "setting";
  own.contains = "no such column";
  own.pattern = "no such column: (?<name>emial)";
  const auto signatures = Signatures::with({own});
  ASSERT_TRUE(signatures);
  const auto matches = signatures->search("no such column: emial");
  ASSERT_THAT(matches, SizeIs(1));
  EXPECT_EQ(signatures->rows()[matches[0].signature].kind, "setting");
}

TEST(Signatures, ThatCannotBeReadAreErrors) {
  const auto row = Signatures::read("head\nonly\ttwo\n", "own.tsv");
  ASSERT_FALSE(row);
  EXPECT_EQ(row.error().what, "a signature has eight columns");
  EXPECT_EQ(row.error().place.line, 2U);
  const auto layer = Signatures::read("head\ne\tmodle\tk\tc\tp\tx\t\ts\n", "own.tsv");
  ASSERT_FALSE(layer);
  EXPECT_EQ(layer.error().what, "\"modle\" is not a layer");
  record::ProjectSignature broken;
  broken.pattern = "(";
  EXPECT_FALSE(Signatures::with({broken}));
}

} // namespace
} // namespace murphy::diagnose
