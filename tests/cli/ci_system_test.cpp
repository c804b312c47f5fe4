#include "cli/ci_system.h"

#include <gmock/gmock.h>
#include <map>

namespace murphy::cli {
namespace {

using testing::HasSubstr;
using Variables = std::map<std::string, std::string>;

reports::Variable reader(const Variables& variables) {
  return [&variables](const char* name) {
    const auto found = variables.find(name);
    return found == variables.end() ? nullptr : found->second.c_str();
  };
}

struct Job {
  const char* name;
  Variables variables;
  record::RunOrigin origin;
};

void PrintTo(const Job& job, std::ostream* out) { *out << job.name; }

class CiFacts : public testing::TestWithParam<Job> {};

TEST_P(CiFacts, AreReadFromTheVariables) {
  record::RunOrigin origin;
  add_ci_facts(origin, reader(GetParam().variables));
  EXPECT_EQ(origin.branch, GetParam().origin.branch);
  EXPECT_EQ(origin.base, GetParam().origin.base);
  EXPECT_EQ(origin.pull_request, GetParam().origin.pull_request);
  EXPECT_EQ(origin.build, GetParam().origin.build);
  EXPECT_EQ(origin.build_url, GetParam().origin.build_url);
}

record::RunOrigin origin(std::string branch, std::string base, std::string pull_request, std::string build,
                         std::string build_url) {
  record::RunOrigin made;
  made.branch = std::move(branch);
  made.base = std::move(base);
  made.pull_request = std::move(pull_request);
  made.build = std::move(build);
  made.build_url = std::move(build_url);
  return made;
}

INSTANTIATE_TEST_SUITE_P(
    All, CiFacts,
    testing::Values(
        Job{"None", {{"GITHUB_REF", "refs/pull/1/merge"}}, {}},
        Job{"GitHubPullRequest",
            {{"GITHUB_ACTIONS", "true"},
             {"GITHUB_RUN_ID", "77"},
             {"GITHUB_RUN_ATTEMPT", "2"},
             {"GITHUB_SERVER_URL", "https://github.example"},
             {"GITHUB_REPOSITORY", "shop/web"},
             {"GITHUB_HEAD_REF", "rename-users"},
             {"GITHUB_BASE_REF", "main"},
             {"GITHUB_REF_NAME", "12/merge"},
             {"GITHUB_REF", "refs/pull/12/merge"}},
            origin("rename-users", "main", "12", "77-2", "https://github.example/shop/web/actions/runs/77")},
        Job{"GitHubPush",
            {{"GITHUB_ACTIONS", "true"},
             {"GITHUB_RUN_ID", "77"},
             {"GITHUB_HEAD_REF", ""},
             {"GITHUB_BASE_REF", ""},
             {"GITHUB_REF_NAME", "main"},
             {"GITHUB_REF", "refs/heads/main"}},
            origin("main", "", "", "77", "")},
        Job{"GitLabMergeRequest",
            {{"GITLAB_CI", "true"},
             {"CI_PIPELINE_ID", "9"},
             {"CI_JOB_URL", "https://gitlab.example/-/jobs/1"},
             {"CI_MERGE_REQUEST_SOURCE_BRANCH_NAME", "rename-users"},
             {"CI_MERGE_REQUEST_DIFF_BASE_SHA", "abc123"},
             {"CI_MERGE_REQUEST_TARGET_BRANCH_NAME", "main"},
             {"CI_MERGE_REQUEST_IID", "5"}},
            origin("rename-users", "abc123", "5", "9", "https://gitlab.example/-/jobs/1")},
        Job{"AzurePullRequest",
            {{"TF_BUILD", "True"},
             {"BUILD_BUILDID", "31"},
             {"SYSTEM_COLLECTIONURI", "https://azure.example/org/"},
             {"SYSTEM_TEAMPROJECT", "shop"},
             {"SYSTEM_PULLREQUEST_SOURCEBRANCH", "refs/heads/rename-users"},
             {"SYSTEM_PULLREQUEST_TARGETBRANCH", "refs/heads/main"},
             {"SYSTEM_PULLREQUEST_PULLREQUESTID", "8"}},
            origin("rename-users", "main", "8", "31", "https://azure.example/org/shop/_build/results?buildId=31")},
        Job{"JenkinsChange",
            {{"JENKINS_URL", "https://jenkins.example"},
             {"BUILD_TAG", "jenkins-web-3"},
             {"BUILD_URL", "https://jenkins.example/job/web/3/"},
             {"CHANGE_BRANCH", "rename-users"},
             {"BRANCH_NAME", "PR-4"},
             {"CHANGE_TARGET", "main"},
             {"CHANGE_ID", "4"}},
            origin("rename-users", "main", "4", "jenkins-web-3", "https://jenkins.example/job/web/3/")},
        Job{"BuildkiteBranch",
            {{"BUILDKITE", "true"},
             {"BUILDKITE_BRANCH", "main"},
             {"BUILDKITE_PULL_REQUEST", "false"},
             {"BUILDKITE_PULL_REQUEST_BASE_BRANCH", ""}},
            origin("main", "", "", "", "")},
        Job{"TravisBranch",
            {{"TRAVIS", "true"}, {"TRAVIS_BRANCH", "main"}, {"TRAVIS_PULL_REQUEST", "false"}},
            origin("main", "", "", "", "")},
        Job{"TravisPullRequest",
            {{"TRAVIS", "true"},
             {"TRAVIS_BRANCH", "main"},
             {"TRAVIS_PULL_REQUEST_BRANCH", "rename-users"},
             {"TRAVIS_PULL_REQUEST", "5"}},
            origin("rename-users", "main", "5", "", "")},
        Job{"CirrusPullRequest",
            {{"CIRRUS_CI", "true"},
             {"CIRRUS_BUILD_ID", "9"},
             {"CIRRUS_TASK_ID", "8"},
             {"CIRRUS_BRANCH", "pull/6"},
             {"CIRRUS_BASE_SHA", "0123456789012345678901234567890123456789"},
             {"CIRRUS_PR", "6"}},
            origin("pull/6", "0123456789012345678901234567890123456789", "6", "9", "https://cirrus-ci.com/task/8")},
        Job{"WoodpeckerPullRequest",
            {{"CI_SYSTEM_NAME", "woodpecker"},
             {"CI_PIPELINE_NUMBER", "3"},
             {"CI_COMMIT_SOURCE_BRANCH", "rename-users"},
             {"CI_COMMIT_TARGET_BRANCH", "main"},
             {"CI_COMMIT_PULL_REQUEST", "7"}},
            origin("rename-users", "main", "7", "3", "")},
        Job{"DroneBranch",
            {{"DRONE", "true"}, {"DRONE_BRANCH", "main"}, {"DRONE_TARGET_BRANCH", "main"}},
            origin("main", "", "", "", "")},
        Job{"DronePullRequest",
            {{"DRONE", "true"},
             {"DRONE_SOURCE_BRANCH", "rename-users"},
             {"DRONE_TARGET_BRANCH", "main"},
             {"DRONE_PULL_REQUEST", "8"}},
            origin("rename-users", "main", "8", "", "")},
        Job{"CodeBuildPullRequest",
            {{"CODEBUILD_BUILD_ID", "web:1"},
             {"CODEBUILD_WEBHOOK_HEAD_REF", "refs/heads/rename-users"},
             {"CODEBUILD_WEBHOOK_BASE_REF", "refs/heads/main"}},
            origin("rename-users", "main", "", "web:1", "")},
        Job{"ProwPullRequest",
            {{"PROW_JOB_ID", "j"},
             {"BUILD_ID", "4"},
             {"PULL_HEAD_REF", "rename-users"},
             {"PULL_BASE_REF", "main"},
             {"PULL_NUMBER", "9"}},
            origin("rename-users", "main", "9", "4", "")}),
    [](const auto& instance) { return std::string(instance.param.name); });

TEST(CiBaseOf, IsTheFirstParentWhereTheJobMergedTheChange) {
  Variables variables{{"GITHUB_ACTIONS", "true"}, {"GITHUB_BASE_REF", "main"}, {"GITHUB_REF", "refs/pull/7/merge"}};
  EXPECT_EQ(ci_base(reader(variables)).name, "main");
  EXPECT_TRUE(ci_base(reader(variables)).is_first_parent_of_a_merge);
  variables["GITHUB_REF"] = "refs/heads/main"; // pull_request_target
  EXPECT_EQ(ci_base(reader(variables)).name, "main");
  EXPECT_FALSE(ci_base(reader(variables)).is_first_parent_of_a_merge);
  const Variables azure{{"TF_BUILD", "True"},
                        {"SYSTEM_PULLREQUEST_TARGETBRANCH", "refs/heads/main"},
                        {"BUILD_SOURCEBRANCH", "refs/pull/7/merge"}};
  EXPECT_EQ(ci_base(reader(azure)).name, "main");
  EXPECT_TRUE(ci_base(reader(azure)).is_first_parent_of_a_merge);
  const Variables none;
  EXPECT_EQ(ci_base(reader(none)).name, "");
}

TEST(CiFactsOfACheckout, StayWhereTheSystemSaysNothing) {
  const Variables variables{{"CIRCLECI", "true"}};
  record::RunOrigin known = origin("main", "v1", "", "", "");
  add_ci_facts(known, reader(variables));
  EXPECT_EQ(known.branch, "main");
  EXPECT_EQ(known.base, "v1");
}

TEST(CiSystemOf, IsTheOneWhoseVariableIsSet) {
  const Variables none, github{{"GITHUB_ACTIONS", "true"}}, two{{"GITHUB_ACTIONS", "true"}, {"TF_BUILD", "True"}};
  EXPECT_EQ(ci_system(reader(none))->name, "");
  EXPECT_EQ(ci_system(reader(github))->name, "GitHub Actions");
  const auto refused = ci_system(reader(two));
  ASSERT_FALSE(refused);
  EXPECT_THAT(refused.error().what, HasSubstr("GitHub Actions (GITHUB_ACTIONS) and like Azure Pipelines (TF_BUILD)"));
  EXPECT_EQ(refused.error().hint, "name the reports: --report github=-");
}

TEST(FilledIn, IsEmptyWithoutOneOfTheVariables) {
  const Variables variables{{"A", "1"}, {"EMPTY", ""}};
  EXPECT_EQ(filled_in("x-${A}-y", reader(variables)), "x-1-y");
  EXPECT_EQ(filled_in("plain", reader(variables)), "plain");
  EXPECT_EQ(filled_in("${A}${B}", reader(variables)), "");
  EXPECT_EQ(filled_in("${EMPTY}", reader(variables)), "");
}

} // namespace
} // namespace murphy::cli
