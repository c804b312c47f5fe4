#include "record/shards.h"

#include <gmock/gmock.h>

namespace murphy::record {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

// A part of a plan of four cases in two files.
PartOfRun part(int index, const std::vector<std::string>& ids, int total = 2) {
  PartOfRun made{.journal = std::to_string(index) + ".jsonl", .started = {}};
  made.started.murphy_version = "0.1.0";
  made.started.origin.commit = "0123456789abcdef";
  made.started.shard = Shard{.index = index, .total = total, .plan = "h", .cases = 4};
  made.started.at = Instant(std::chrono::hours(10 - index));
  for (const std::string& id : ids) {
    PlannedCase& planned = made.started.plan.emplace_back().edit();
    planned.id = id;
    planned.place.file = id.substr(0, id.find('#'));
  }
  return made;
}

std::vector<PartOfRun> whole() { return {part(1, {"b#1", "b#2"}), part(2, {"a#2", "a#1"})}; }

std::string refused(const std::vector<PartOfRun>& parts) {
  const auto checked = check_parts(parts);
  return checked ? "nothing" : render(checked.error());
}

TEST(PartsOfARun, AreWholeWhateverTheirOrder) {
  for (const auto& parts : {whole(), {whole()[1], whole()[0]}}) {
    const auto missing = check_parts(parts);
    ASSERT_TRUE(missing);
    EXPECT_THAT(missing->shards, IsEmpty());
    EXPECT_EQ(missing->cases, 0);
  }
}

TEST(PartsOfARun, MayBeEmpty) {
  EXPECT_TRUE(check_parts({part(1, {"a#1", "a#2", "a#3", "a#4"}, 3), part(2, {}, 3), part(3, {}, 3)}));
}

TEST(PartsOfARun, AreCountedWhereTheyAreMissing) {
  const auto missing = check_parts({part(2, {"a#1"}, 4)});
  ASSERT_TRUE(missing);
  EXPECT_THAT(missing->shards, ElementsAre(1, 3, 4));
  EXPECT_EQ(missing->cases, 3);
}

TEST(PartsOfARun, AreRefusedWhereTheyDoNotBelongTogether) {
  std::vector<PartOfRun> parts = whole();
  parts[1].started.shard.reset();
  EXPECT_EQ(refused(parts), "2.jsonl: this is the journal of a whole run, not of a shard\n"
                            "  murphy report reads it; murphy run --shard 1/2 makes shards\n");
  const auto foreign = [&](auto change) {
    std::vector<PartOfRun> changed = whole();
    change(changed[1].started);
    return refused(changed);
  };
  const std::string begin = "2.jsonl: this journal belongs to another run than 1.jsonl: ",
                    end = "\n  merge the journals of one CI build only\n";
  EXPECT_EQ(foreign([](RunStarted& other) { other.murphy_version = "0.2.0"; }),
            begin + "it was written by Murphy 0.2.0, the first by 0.1.0" + end);
  EXPECT_EQ(foreign([](RunStarted& other) { other.origin.commit = ""; }),
            begin + "it is of no commit, the first of commit 012345678" + end);
  EXPECT_EQ(foreign([](RunStarted& other) { other.shard->total = 3; }),
            begin + "it is one of 3 shards, the first one of 2" + end);
  EXPECT_EQ(foreign([](RunStarted& other) { other.shard->plan = "i"; }),
            begin +
                "its shard was cut from another plan: the scenarios, the selection, the target or the weights "
                "differ" +
                end);
}

TEST(PartsOfARun, AreRefusedTwice) {
  EXPECT_EQ(refused({part(1, {"a#1"}), part(1, {"a#2"})}),
            "1.jsonl: this is shard 1, and so is 1.jsonl\n"
            "  pass each shard once; of a shard that ran again, the newer journal\n");
  EXPECT_EQ(refused({part(1, {"a#1"}), part(2, {"a#1"})}),
            "2.jsonl: the scenario \"a#1\" is in 1.jsonl as well\n  run both again\n");
}

TEST(PartsOfARun, AreRefusedWithoutACaseOfThePlan) {
  EXPECT_EQ(refused({part(1, {"a#1"}), part(2, {"a#2"})}),
            "1.jsonl: the shards have 2 scenarios, and the plan 4\n  run all shards again, of one checkout\n");
}

TEST(PartsOfARun, BeginWithTheFirstAndHaveAllCasesByFile) {
  const RunStarted joined = joined_start(whole());
  EXPECT_FALSE(joined.shard);
  EXPECT_EQ(joined.at, Instant(std::chrono::hours(8)));
  std::vector<std::string> ids;
  for (const PlannedCase& planned : joined.plan) ids.push_back(planned.id);
  EXPECT_THAT(ids, ElementsAre("a#2", "a#1", "b#1", "b#2"));
}

TEST(PartsOfARun, HaveTheFilesOfAllAndNoSeedInCommon) {
  std::vector<PartOfRun> parts = whole();
  RunConditions conditions;
  conditions.unique = 7;
  conditions.files = {{.file = "murphy.toml", .sha256 = "aa"}, {.file = "a.toml", .sha256 = "bb"}};
  for (PartOfRun& part : parts) part.started.conditions = conditions;
  EXPECT_EQ(joined_start(parts).conditions->unique, 7U);
  conditions.unique = 8;
  conditions.files[1] = {.file = "b.toml", .sha256 = "cc"};
  parts.back().started.conditions = conditions;
  const RunStarted joined = joined_start(parts);
  EXPECT_FALSE(joined.conditions->unique);
  std::vector<std::string> files;
  for (const FileRead& each : joined.conditions->files) files.push_back(each.file);
  EXPECT_THAT(files, ElementsAre("murphy.toml", "a.toml", "b.toml"));
}

TEST(PartsOfARun, AreSteppedWhenOneOfThemIs) {
  std::vector<PartOfRun> parts = whole();
  RunConditions conditions;
  conditions.is_stepped = true;
  parts.back().started.conditions = conditions;
  parts.front().started.conditions = RunConditions();
  EXPECT_TRUE(joined_start(parts).conditions->is_stepped);
  parts.front().started.conditions.reset(); // an older journal
  ASSERT_TRUE(joined_start(parts).conditions);
  EXPECT_TRUE(joined_start(parts).conditions->is_stepped);
}

} // namespace
} // namespace murphy::record
