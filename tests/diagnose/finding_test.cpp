#include "diagnose/finding.h"

#include "diagnose/lines.h"

#include <gmock/gmock.h>
#include <ostream>

namespace murphy::diagnose {
namespace {

using record::EvidenceSource;
using testing::ElementsAre;
using testing::IsEmpty;

struct Found {
  std::vector<std::string> kinds; // the cause first
  std::vector<std::string> names;
  std::vector<double> weights;
};

Found found(const std::string& console, const std::vector<std::string>& usual_lines = {}) {
  const LogText text(EvidenceSource::console, readable(console));
  Found all;
  for (const Finding& finding : find_errors({&text}, usual_lines, Signatures::built_in())) {
    all.kinds.push_back(finding.signature->kind);
    all.names.push_back(finding.name);
    all.weights.push_back(finding.weight);
  }
  return all;
}

TEST(FindErrors, PutsACauseBeforeWhatFollowsFromIt) {
  EXPECT_THAT(found("Can't verify CSRF token authenticity\nno such column: users.emial\n").names.front(), "emial");
  EXPECT_THAT(found("KeyError: 'emial'\nno such column: users.pasword\n").names, ElementsAre("pasword", "emial"));
}

TEST(FindErrors, TakesOfTwoAlikeTheFirst) {
  EXPECT_EQ(found("no such column: users.emial\nno such column: users.pasword\n").names.front(), "emial");
}

TEST(FindErrors, GivesAHintToTheErrorBeforeIt) {
  const LogText text(EvidenceSource::console, "ERROR:  column users.emial does not exist\n"
                                              "HINT:  Perhaps you meant to reference the column \"users.email\".");
  const auto findings = find_errors({&text}, {}, Signatures::built_in());
  ASSERT_FALSE(findings.empty());
  EXPECT_THAT(findings.front().meant, ElementsAre("email"));
  EXPECT_EQ(findings.front().owner, "users");
}

TEST(FindErrors, PassesOverWhatAHealthyRunWrites) {
  const std::string line = "PHP Warning:  Undefined array key \"lang\" in /srv/a.php on line 17";
  EXPECT_THAT(found(line, {"PHP Warning:  Undefined array key \"lang\" in /srv/a.php on line 3"}).kinds, IsEmpty());
  EXPECT_THAT(found(line).names, ElementsAre("lang"));
}

TEST(FindErrors, ReadsSentencesThatNoSignatureTakesWithLessWeight) {
  const Found sentence = found("Backend \"pgslq\" is not supported");
  ASSERT_THAT(sentence.names, ElementsAre("pgslq"));
  EXPECT_LT(sentence.weights.front(), 5);
}

TEST(FindErrors, HasARowForWhatASentenceSaysMustHaveAValue) {
  const LogText text(EvidenceSource::console, "Field 'nickname' doesn't have a default value");
  const auto none = Signatures::compile({});
  ASSERT_TRUE(none);
  const auto findings = find_errors({&text}, {}, *none);
  ASSERT_EQ(findings.size(), 1U);
  EXPECT_EQ(findings.front().signature->kind, "required");
  EXPECT_EQ(record::name_of(findings.front().signature->layer), "database");
}

TEST(FindErrors, NamesTheColumnOfAKey) {
  EXPECT_THAT(found("E11000 duplicate key error collection: club.users index: nick_1 dup key: { nick: null }").names,
              ElementsAre("nick"));
}

TEST(FindErrors, ReadsNoSentencesOfAPageForPeople) {
  LogText page(EvidenceSource::page, "The account \"ada\" does not exist");
  page.of_error = false;
  EXPECT_THAT(find_errors({&page}, {}, Signatures::built_in()), IsEmpty());
}

} // namespace
} // namespace murphy::diagnose
