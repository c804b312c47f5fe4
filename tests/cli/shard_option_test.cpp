#include "cli/shard_option.h"

#include <gtest/gtest.h>
#include <map>

namespace murphy::cli {
namespace {

using Settings = std::map<std::string, std::string>;

std::string read(const std::string& text, const Settings& variables = {}) {
  const auto option = read_shard_option(text, [&variables](const char* name) {
    const auto found = variables.find(name);
    return found == variables.end() ? nullptr : found->second.c_str();
  });
  if (!option) return render(option.error());
  return std::to_string(option->index) + " of " + std::to_string(option->total);
}

TEST(ShardOptions, AreReadAsTheyAreWritten) {
  EXPECT_EQ(read("1/1"), "1 of 1");
  EXPECT_EQ(read("3/8"), "3 of 8");
  EXPECT_EQ(read("8/8"), "8 of 8");
}

TEST(ShardOptions, SayWhatIsWrong) {
  const std::string remedy = "  write the shard and how many there are: --shard 3/8\n";
  for (const char* text : {"3", "/8", "3/", "a/b", "3/8/9", "1.5/2", "3of8"})
    EXPECT_EQ(read(text), "--shard " + std::string(text) + " is not a shard\n" + remedy);
  EXPECT_EQ(read("0/8"), "--shard 0/8 is out of range\n  of 8 shards, the first is 1 and the last is 8\n");
  EXPECT_EQ(read("9/8"), "--shard 9/8 is out of range\n  of 8 shards, the first is 1 and the last is 8\n");
  EXPECT_EQ(read("-1/8"), "--shard -1/8 is out of range\n  of 8 shards, the first is 1 and the last is 8\n");
  EXPECT_EQ(read("1/0"), "--shard 1/0: there can be 1 to 100000 shards\n" + remedy);
  EXPECT_EQ(read("1/99999999999"), "--shard 1/99999999999 is not a shard\n" + remedy);
}

struct PartOfAJob {
  Settings variables;
  std::string is;
};

TEST(ShardOptions, AreThoseOfTheCiSystem) {
  for (const PartOfAJob& job : std::vector<PartOfAJob>{
           {{{"CI_NODE_INDEX", "1"}, {"CI_NODE_TOTAL", "4"}}, "1 of 4"},
           {{{"CIRCLE_NODE_INDEX", "0"}, {"CIRCLE_NODE_TOTAL", "4"}}, "1 of 4"},
           {{{"BUILDKITE_PARALLEL_JOB", "3"}, {"BUILDKITE_PARALLEL_JOB_COUNT", "4"}}, "4 of 4"},
           {{{"SYSTEM_JOBPOSITIONINPHASE", "2"}, {"SYSTEM_TOTALJOBSINPHASE", "4"}}, "2 of 4"},
           {{{"BITBUCKET_PARALLEL_STEP", "1"}, {"BITBUCKET_PARALLEL_STEP_COUNT", "4"}}, "2 of 4"},
           {{{"SEMAPHORE_JOB_INDEX", "4"}, {"SEMAPHORE_JOB_COUNT", "4"}}, "4 of 4"},
           {{{"JOB_COMPLETION_INDEX", "7"}, {"MURPHY_SHARDS", "8"}}, "8 of 8"},
           {{{"TEST_SHARD_INDEX", "0"}, {"TEST_TOTAL_SHARDS", "2"}}, "1 of 2"},
       })
    EXPECT_EQ(read("auto", job.variables), job.is) << job.variables.begin()->first;
}

TEST(ShardOptions, OfACiSystemSayWhatIsWrong) {
  const std::string remedy = "  write the shard and how many there are: --shard 3/8\n";
  EXPECT_EQ(read("auto"), "--shard auto: no variable of a CI system says which part this job is\n" + remedy);
  EXPECT_EQ(read("auto", {{"JOB_COMPLETION_INDEX", "7"}}),
            "--shard auto: Kubernetes says JOB_COMPLETION_INDEX, but MURPHY_SHARDS is not set\n"
            "  set MURPHY_SHARDS to the number of shards\n");
  EXPECT_EQ(read("auto", {{"CIRCLE_NODE_INDEX", "4"}, {"CIRCLE_NODE_TOTAL", "4"}}),
            "--shard auto: CIRCLE_NODE_INDEX 4 of CIRCLE_NODE_TOTAL 4 is out of range\n"
            "  of 4 shards, the first is 0 and the last is 3\n");
  EXPECT_EQ(read("auto", {{"CI_NODE_INDEX", "x"}, {"CI_NODE_TOTAL", "4"}}),
            "--shard auto: CI_NODE_INDEX x of CI_NODE_TOTAL 4 is not a shard\n" + remedy);
  EXPECT_EQ(read("auto", {{"CI_NODE_INDEX", "1"}, {"CI_NODE_TOTAL", "4"}, {"TEST_SHARD_INDEX", "0"}}),
            "--shard auto: this looks like GitLab CI (CI_NODE_INDEX) and like Bazel (TEST_SHARD_INDEX)\n" + remedy);
}

} // namespace
} // namespace murphy::cli
