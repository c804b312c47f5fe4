// Shards of a run and their journals, merged.
#include "command.h"
#include "evidence.h"
#include "project.h"

#include <filesystem>
#include <fmt/format.h>
#include <gmock/gmock.h>

namespace murphy::end_to_end {
namespace {

using testing::HasSubstr;
using testing::StartsWith;

class ShardedRun : public testing::Test {
protected:
  ShardedRun() {
    folder_.write("murphy.toml", fmt::format("[target.local]\nurl = \"http://127.0.0.1:${{port}}\"\nstart = \"exec "
                                             "/usr/bin/python3 -u {}/switched.py ${{port}}\"\nready = \"/ready\"\n",
                                             servers));
    for (const char* name : {"a", "b", "c"}) {
      std::string text = fmt::format("feature = \"{}\"\n", name);
      for (int i = 1; i <= 2; ++i)
        text += fmt::format("[[scenario]]\nname = \"{}{}\"\nsteps = [{{ open = \"/{}{}\", expect.text = \"Welcome\" "
                            "}}]\n",
                            name, i, name, i);
      folder_.write(fmt::format("scenarios/{}.toml", name), text);
    }
  }
  Finished murphy(std::vector<std::string> arguments) const {
    Invocation invocation;
    invocation.directory = folder_.path();
    invocation.environment = environment_;
    invocation.arguments = std::move(arguments);
    return run(invocation);
  }
  // Runs one shard of two into its journal.
  Finished shard(int index) const {
    return murphy({"run", "--shard", fmt::format("{}/2", index), "--journal", fmt::format("{}.jsonl", index)});
  }
  std::vector<std::pair<std::string, record::Outcome>> outcomes(const std::string& journal) const {
    std::vector<std::pair<std::string, record::Outcome>> all;
    for (const record::FeatureResult& feature : run_of(folder_ / journal).features)
      for (const record::CaseResult& each : feature.cases) all.emplace_back(each.plan->id, each.outcome);
    return all;
  }
  std::string refused(std::vector<std::string> arguments) const {
    const Finished finished = murphy(std::move(arguments));
    EXPECT_EQ(finished.code, 2) << finished.out << finished.err;
    EXPECT_EQ(finished.out, "");
    return finished.err;
  }

  TemporaryFolder folder_;
  std::map<std::string, std::string> environment_;
};

TEST_F(ShardedRun, MergedIsWhatOneRunIs) {
  folder_.write("broken.txt", "/b1\n");
  const Finished whole = murphy({"run", "--journal", "whole.jsonl"});
  EXPECT_EQ(whole.code, 1);
  const Finished first = shard(1), second = shard(2);
  EXPECT_EQ(first.code + second.code, 1) << "one of them has the failure";
  const Finished merged = murphy({"merge", "2.jsonl", "1.jsonl", "--journal", "merged.jsonl", "--junit", "merged.xml"});
  EXPECT_EQ(merged.code, 1) << merged.err;
  EXPECT_THAT(merged.out, HasSubstr("6 scenarios: 5 passed, 1 failed"));
  EXPECT_THAT(read_file(folder_ / "merged.xml"), HasSubstr("tests=\"6\" failures=\"1\""));
  EXPECT_EQ(outcomes("merged.jsonl"), outcomes("whole.jsonl"));
  const record::Run run = run_of(folder_ / "merged.jsonl");
  EXPECT_TRUE(run.finished);
  EXPECT_FALSE(run.started.shard);
  EXPECT_FALSE(run.features[1].cases[0].steps.front().failures.empty());
  const Finished reported = murphy({"report", "merged.jsonl"});
  EXPECT_EQ(reported.code, 1);
  EXPECT_EQ(murphy({"merge", "1.jsonl", "2.jsonl"}).code, 1) << "without a file";
}

TEST_F(ShardedRun, RunsEachScenarioOnce) {
  const std::string whole = murphy({"run", "--list"}).out;
  std::string parts;
  for (const char* part : {"1/2", "2/2"}) parts += murphy({"run", "--list", "--shard", part}).out;
  EXPECT_EQ(count(parts, "\n"), 6);
  for (const char* name : {"a1", "a2", "b1", "b2", "c1", "c2"}) {
    EXPECT_EQ(count(parts, std::string(": ") + name), 1) << parts;
    EXPECT_EQ(count(whole, std::string(": ") + name), 1);
  }
  environment_ = {{"CI_NODE_INDEX", "2"}, {"CI_NODE_TOTAL", "2"}};
  EXPECT_EQ(murphy({"run", "--list", "--shard", "auto"}).out, murphy({"run", "--list", "--shard", "2/2"}).out);
  EXPECT_EQ(murphy({"run", "--list"}).out, whole) << "nobody asked for a shard";
}

TEST_F(ShardedRun, OfAShardWithoutScenariosPasses) {
  const Finished empty = murphy({"run", "--shard", "4/4", "--journal", "4.jsonl"});
  EXPECT_EQ(empty.code, 0);
  EXPECT_EQ(empty.err, "murphy run: shard 4 of 4 has no scenario\n");
  std::vector<std::string> merge{"merge", "4.jsonl"};
  for (int i = 1; i <= 3; ++i) {
    const std::string journal = fmt::format("{}.jsonl", i);
    EXPECT_EQ(murphy({"run", "--shard", fmt::format("{}/4", i), "--journal", journal}).code, 0);
    merge.push_back(journal);
  }
  const Finished merged = murphy(merge);
  EXPECT_EQ(merged.code, 0) << merged.err;
  EXPECT_THAT(merged.out, HasSubstr("6 scenarios: 6 passed"));
}

TEST_F(ShardedRun, MissingAShardFails) {
  EXPECT_EQ(shard(1).code, 0);
  const record::Run run = run_of(folder_ / "1.jsonl");
  const int missing = run.started.shard->cases - static_cast<int>(run.started.plan.size());
  const std::string said = fmt::format("shard 2 is missing, with {} scenarios\n", missing);
  EXPECT_EQ(refused({"merge", "1.jsonl"}),
            said + "  pass all journals; --partial merges those that are there, and the result fails\n");
  const Finished partial = murphy({"merge", "1.jsonl", "--partial", "--journal", "merged.jsonl"});
  EXPECT_EQ(partial.code, 1);
  EXPECT_EQ(partial.err, "murphy merge: " + said);
  EXPECT_FALSE(run_of(folder_ / "merged.jsonl").finished) << "no report takes it for a whole run";
}

TEST_F(ShardedRun, OfAnotherPlanIsRefused) {
  EXPECT_EQ(shard(1).code, 0);
  EXPECT_EQ(murphy({"run", "--journal", "whole.jsonl"}).code, 0);
  EXPECT_THAT(refused({"merge", "1.jsonl", "1.jsonl"}), StartsWith("1.jsonl: this is shard 1, and so is 1.jsonl\n"));
  EXPECT_THAT(refused({"merge", "1.jsonl", "whole.jsonl"}),
              StartsWith("whole.jsonl: this is the journal of a whole run, not of a shard\n"));
  const std::string other = "2.jsonl: this journal belongs to another run than 1.jsonl: its shard was cut from another "
                            "plan";
  const std::string scenario = read_file(folder_ / "scenarios/a.toml");
  folder_.write("scenarios/a.toml", scenario + "# changed\n");
  EXPECT_EQ(shard(2).code, 0);
  EXPECT_THAT(refused({"merge", "1.jsonl", "2.jsonl"}), StartsWith(other));
  folder_.write("scenarios/a.toml", scenario);
  EXPECT_EQ(murphy({"run", "--shard", "2/2", "--journal", "2.jsonl", "--weights", "whole.jsonl"}).code, 0);
  EXPECT_THAT(refused({"merge", "1.jsonl", "2.jsonl"}), StartsWith(other));
  EXPECT_EQ(murphy({"run", "--shard", "2/2", "--journal", "2.jsonl", "--feature", "a", "--feature", "b"}).code, 0);
  EXPECT_THAT(refused({"merge", "1.jsonl", "2.jsonl"}), StartsWith(other));
}

TEST_F(ShardedRun, RefusesWhatItCannotRead) {
  EXPECT_EQ(shard(1).code, 0);
  EXPECT_THAT(refused({"merge", "none.jsonl"}), HasSubstr("none.jsonl"));
  EXPECT_THAT(refused({"merge", "1.jsonl", "--journal", "1.jsonl"}), HasSubstr("would replace 1.jsonl"));
  folder_.write("empty.jsonl", "");
  EXPECT_THAT(refused({"merge", "empty.jsonl"}), HasSubstr("empty.jsonl"));
  EXPECT_EQ(refused({"run", "--shard", "3/2"}),
            "--shard 3/2 is out of range\n  of 2 shards, the first is 1 and the last is 2\n");
  EXPECT_EQ(refused({"run", "--weights", "1.jsonl"}),
            "--weights divides the scenarios among shards, and --shard is not given\n  add --shard 1/4\n");
  EXPECT_THAT(refused({"run", "--shard", "1/2", "--weights", "none.jsonl"}), HasSubstr("none.jsonl"));
}

TEST_F(ShardedRun, ThatWasKilledIsNotWhole) {
  EXPECT_EQ(shard(1).code, 0);
  EXPECT_EQ(shard(2).code, 0);
  const std::string journal = read_file(folder_ / "2.jsonl");
  folder_.write("2.jsonl", journal.substr(0, journal.rfind("{\"murphy\":2,\"event\":\"case_finished\"") + 20));
  const Finished merged = murphy({"merge", "1.jsonl", "2.jsonl", "--journal", "merged.jsonl"});
  EXPECT_EQ(merged.code, 130) << merged.err;
  EXPECT_THAT(merged.out, HasSubstr("1 not run"));
}

// The evidence that reports show is read in a second pass, and is all that they would show of the whole journal.
TEST_F(ShardedRun, ReportsOfTheMergedRunAreThoseOfItsJournal) {
  folder_.write("broken.txt", "/a1\n/b1\n/b2\n/c1\n");
  EXPECT_EQ(shard(1).code, 1);
  EXPECT_EQ(shard(2).code, 1);
  std::vector<std::string> reports;
  for (const char* kind :
       {"html", "json", "har", "junit", "junit-strict", "markdown", "github", "gitlab", "tap", "prometheus"})
    for (const char* each : {"--report", kind}) reports.emplace_back(each);
  const auto named = [&](const std::string& folder) {
    std::vector<std::string> options = reports;
    for (std::size_t i = 1; i < options.size(); i += 2) options[i] += "=" + folder + "/" + options[i];
    return options;
  };
  std::vector<std::string> merge{"merge", "1.jsonl", "2.jsonl", "--journal", "merged.jsonl"},
      report{"report", "merged.jsonl"};
  std::ranges::copy(named("merged"), std::back_inserter(merge));
  std::ranges::copy(named("whole"), std::back_inserter(report));
  EXPECT_EQ(murphy(merge).code, 1);
  EXPECT_EQ(murphy(report).code, 1);
  for (std::size_t i = 1; i < reports.size(); i += 2) {
    const std::string written = read_file(folder_ / "merged" / reports[i]);
    EXPECT_GT(written.size(), 300U) << reports[i];
    EXPECT_EQ(written, read_file(folder_ / "whole" / reports[i])) << reports[i];
  }
}

TEST_F(ShardedRun, GoesIntoTheHistoryWhenItIsMerged) {
  folder_.write("murphy.toml", read_file(folder_ / "murphy.toml") + "[history]\nstore = \"sqlite:.murphy/runs.db\"\n");
  EXPECT_EQ(shard(1).code + shard(2).code, 0);
  EXPECT_THAT(murphy({"history"}).err, HasSubstr("no run yet"));
  EXPECT_EQ(murphy({"merge", "1.jsonl", "2.jsonl", "--journal", "merged.jsonl"}).code, 0);
  EXPECT_EQ(murphy({"history", "--add", "merged.jsonl"}).out, "merged.jsonl: added\n");
  EXPECT_EQ(murphy({"run", "--journal", "whole.jsonl"}).code, 0);
  EXPECT_EQ(murphy({"history", "--add", "whole.jsonl"}).out, "whole.jsonl: is in the history already\n");
  EXPECT_EQ(count(murphy({"history"}).out, " 6 passed     0 failed of 6 "), 2);
  // A history that cannot be written is said, and is no failure of the app.
  folder_.write(".murphy/runs.db", std::string(5000, 'x'));
  const Finished unkept = murphy({"run"});
  EXPECT_EQ(unkept.code, 0);
  EXPECT_THAT(unkept.err, StartsWith("the history sqlite:.murphy/runs.db: "));
}

TEST_F(ShardedRun, TellsBazelThatItKnowsShards) {
  environment_ = {
      {"TEST_SHARD_INDEX", "0"}, {"TEST_TOTAL_SHARDS", "2"}, {"TEST_SHARD_STATUS_FILE", (folder_ / "status").string()}};
  EXPECT_EQ(murphy({"run", "--shard", "auto"}).code, 0);
  EXPECT_TRUE(std::filesystem::exists(folder_ / "status"));
}

// Two runs at once, of an app that Murphy does not start, with scenarios of one account.
TEST(SharedApp, GivesAnAccountToOneRunAtATime) {
  Invocation invocation;
  invocation.binary = "/usr/bin/python3";
  invocation.arguments = {std::string(servers) + "/occupied.py"};
  Running server(invocation);
  const auto port = server.first_line();
  ASSERT_TRUE(port);
  const TemporaryFolder folder;
  folder.write("murphy.toml", fmt::format("[target.shared]\nurl = \"http://127.0.0.1:{}\"\n[user.ada]\nemail = "
                                          "\"ada@example.com\"\n[history]\nstore = \"sqlite:.murphy/history.db\"\n",
                                          *port));
  std::string scenarios = "feature = \"Hold\"\n";
  for (int i = 0; i < 10; ++i)
    scenarios += fmt::format("[[scenario]]\nname = \"{}\"\nuser = \"ada\"\nsteps = [{{ open = \"/hold\", expect.text = "
                             "\"alone\" }}]\n",
                             i);
  folder.write("scenarios/hold.toml", scenarios);
  Invocation murphy;
  murphy.directory = folder.path();
  murphy.arguments = {"run"};
  Running one(murphy), other(murphy);
  for (Running* each : {&one, &other}) {
    const Finished finished = each->wait();
    EXPECT_EQ(finished.code, 0) << finished.out << finished.err;
    EXPECT_THAT(finished.out, HasSubstr("10 scenarios: 10 passed"));
  }
  Invocation history = murphy;
  history.arguments = {"history"};
  EXPECT_EQ(count(run(history).out, " 10 passed     0 failed of 10 "), 2);
}

} // namespace
} // namespace murphy::end_to_end
