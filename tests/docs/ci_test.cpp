// The snippets for CI systems: they can be parsed, and the commands in them are run.
#include "markdown.h"
#include "newcomer.h"
#include "strict_yaml.h"
#include "tests/places.h"

#include <filesystem>
#include <gmock/gmock.h>
#include <map>
#include <set>

namespace murphy::docs {
namespace {

using testing::HasSubstr;

std::vector<Block> snippets() {
  std::vector<Block> found;
  for (Block& block : all_blocks())
    if (block.tag == "yaml" || block.tag == "groovy") found.push_back(std::move(block));
  return found;
}

TEST(Ci, SnippetsInYamlCanBeParsed) {
  const std::map<std::string, std::string> top{{".github/workflows/sign-in.yml", "jobs"},
                                               {".github/workflows/sign-in-shards.yml", "jobs"},
                                               {"sign-in-job.yaml", "spec"},
                                               {"sign-in-nightly.yaml", "spec"},
                                               {".github/workflows/nightly.yml", "jobs"},
                                               {".gitlab-ci.yml", "sign-in"},
                                               {"azure-pipelines.yml", "steps"},
                                               {".github/workflows/gate.yml", "jobs"},
                                               {".gitlab/gate.yml", "include"}};
  std::size_t parsed = 0;
  for (const Block& block : snippets()) {
    if (block.tag != "yaml") continue;
    const end_to_end::TemporaryFolder folder;
    folder.write("ci.yml", block.text);
    const auto read =
        Newcomer::bash_in(folder.path(), "python3 -c 'import yaml; print(*yaml.safe_load(open(\"ci.yml\")))'");
    EXPECT_EQ(read.code, 0) << place(block) << "\n" << read.err;
    ASSERT_TRUE(top.contains(block.name)) << place(block) << ": say which file it is";
    EXPECT_THAT(read.out, HasSubstr(top.at(block.name)));
    ++parsed;
  }
  EXPECT_EQ(parsed, top.size());
}

TEST(Ci, SnippetsRunMurphyAsItIs) {
  const std::string murphy = R"((?:^|[ '/])murphy (run|check|report)([^'\n]*))";
  for (const Block& block : snippets()) {
    if (block.page == "docs/shards.md" || block.page == "docs/nightly.md") continue;              // see below
    if (block.name == ".github/workflows/gate.yml" || block.name == ".gitlab/gate.yml") continue; // see action_test.cpp
    const auto found = every_match(murphy, block.text);
    ASSERT_FALSE(found.empty()) << place(block) << " does not run murphy";
    const Newcomer newcomer;
    const auto run = newcomer.bash("ADA_PASSWORD=any murphy " + found[0][1] + found[0][2]);
    EXPECT_EQ(run.code, 0) << place(block) << "\n" << run.out << run.err;
    for (const char* written : {"sign-in.xml", "sign-in.jsonl"})
      EXPECT_TRUE(std::filesystem::exists(newcomer.folder() / written)) << place(block) << " keeps " << written;
    EXPECT_THAT(block.text, HasSubstr("sign-in.xml")) << place(block) << " hands the report to nobody";
  }
}

// Runs the lines of a snippet, with this in place of what the CI system fills in, beside an app with three features.
void expect_shards(const Block& block, const std::vector<std::string>& shards, const std::string& placeholder,
                   const std::string& environment) {
  const Newcomer newcomer;
  std::string script =
      "mkdir -p scenarios; for name in a b c; do printf 'feature = \"%s\"\\n[[scenario]]\\nname = \"The "
      "page is there\"\\nsteps = [{ open = \"/login\" }]\\n' $name >scenarios/$name.toml; done\n"
      "export ADA_PASSWORD=any\n";
  std::string merge = "murphy merge shard-*.jsonl";
  for (const Groups& groups : every_match(R"((murphy (?:run|merge) [^\n]*))", block.text)) {
    if (groups[1].starts_with("murphy merge")) {
      merge = groups[1];
      continue;
    }
    for (const std::string& shard : shards) {
      std::string line = groups[1];
      for (std::size_t at = line.find(placeholder); at != std::string::npos; at = line.find(placeholder))
        line.replace(at, placeholder.size(), shard);
      for (std::size_t at = line.find("/journals/"); at != std::string::npos; at = line.find("/journals/"))
        line.erase(at, std::string_view("/journals/").size());
      script += "env " + environment + shard + " " + line + " || exit 1\n";
    }
  }
  const auto run = newcomer.bash(script + merge + "\n");
  EXPECT_EQ(run.code, 0) << place(block) << "\n" << run.out << run.err;
  EXPECT_THAT(run.out, testing::ContainsRegex("[0-9]+ scenarios: [0-9]+ passed"));
}

TEST(Ci, SnippetsOfShardsRunEachPartAndMergeThem) {
  std::set<std::string> met;
  for (const Block& block : snippets()) {
    if (block.page != "docs/shards.md") continue;
    met.insert(block.name);
    if (block.name == ".github/workflows/sign-in-shards.yml") {
      EXPECT_THAT(block.text, HasSubstr("shard: [1, 2, 3, 4]\n"));
      expect_shards(block, {"1", "2", "3", "4"}, "${{ matrix.shard }}", "UNUSED=");
    } else if (block.name == "sign-in-job.yaml") {
      expect_shards(block, {"0", "1", "2", "3", "4", "5", "6", "7"}, "$JOB_COMPLETION_INDEX",
                    "MURPHY_SHARDS=8 JOB_COMPLETION_INDEX=");
    }
  }
  EXPECT_EQ(met.size(), 2U);
}

TEST(Ci, SnippetsOfNightlyRunsKeepTheirJournal) {
  int met = 0;
  for (const Block& block : snippets()) {
    if (block.page != "docs/nightly.md") continue;
    ++met;
    const auto found = every_match(R"((murphy run [^\n]*))", block.text);
    ASSERT_EQ(found.size(), 1U) << place(block);
    std::string line = found[0][1];
    if (const std::size_t at = line.find("/journals/"); at != std::string::npos)
      line.erase(at, std::string_view("/journals/").size());
    const Newcomer newcomer;
    const auto run = newcomer.bash("ADA_PASSWORD=any " + line);
    EXPECT_EQ(run.code, 0) << place(block) << "\n" << run.out << run.err;
    EXPECT_TRUE(std::filesystem::exists(newcomer.folder() / "nightly.jsonl")) << place(block);
  }
  EXPECT_EQ(met, 2);
}

// What only Kubernetes would notice, read as strictly as it does: no key twice, and every one of a known name.
TEST(Ci, SnippetsOfKubernetesFitTogether) {
  constexpr const char* script = R"py(
def pod(template):
    spec = only(only(template, "spec")["spec"], "restartPolicy", "containers", "volumes")
    assert spec["restartPolicy"] == "Never"
    container, = spec["containers"]
    only(container, "name", "image", "workingDir", "command", "args", "env", "volumeMounts")
    assert container["command"] == ["/bin/sh", "-c"] and len(container["args"]) == 1
    assert {each["name"] for each in container["volumeMounts"]} == {each["name"] for each in spec["volumes"]}
    for each in container["env"]:
        assert len(only(each, "name", "value", "valueFrom")) == 2 and isinstance(each.get("value", ""), str), each
    return container

job = yaml.load(open("sign-in-job.yaml"), Strict)
only(job, "apiVersion", "kind", "metadata", "spec")
assert (job["apiVersion"], job["kind"]) == ("batch/v1", "Job")
spec = only(job["spec"], "completionMode", "completions", "parallelism", "backoffLimitPerIndex", "podFailurePolicy", "template")
env = {each["name"]: each.get("value") for each in pod(spec["template"])["env"]}
assert spec["completionMode"] == "Indexed"
assert str(spec["completions"]) == str(spec["parallelism"]) == env["MURPHY_SHARDS"]
actions = [rule["action"] for rule in spec["podFailurePolicy"]["rules"]]
assert actions == ["Ignore", "FailIndex"] and spec["backoffLimitPerIndex"] >= 1
assert spec["podFailurePolicy"]["rules"][1]["onExitCodes"] == {"operator": "In", "values": [1, 2, 5]}

nightly = yaml.load(open("sign-in-nightly.yaml"), Strict)
only(nightly, "apiVersion", "kind", "metadata", "spec")
assert (nightly["apiVersion"], nightly["kind"]) == ("batch/v1", "CronJob")
spec = only(nightly["spec"], "schedule", "timeZone", "concurrencyPolicy", "startingDeadlineSeconds", "jobTemplate")
assert len(spec["schedule"].split()) == 5 and spec["concurrencyPolicy"] == "Forbid"
pod(only(only(spec["jobTemplate"], "spec")["spec"], "backoffLimit", "template")["template"])
)py";
  const end_to_end::TemporaryFolder folder;
  for (const Block& block : snippets())
    if (block.name.starts_with("sign-in-") && block.name.ends_with(".yaml")) folder.write(block.name, block.text);
  folder.write("check.py", std::string(strict_yaml) + script);
  const auto checked = Newcomer::bash_in(folder.path(), "python3 check.py");
  EXPECT_EQ(checked.code, 0) << checked.err;
}

} // namespace
} // namespace murphy::docs
