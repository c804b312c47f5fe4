#include "cli/ci_system.h"

#include "base/make_error.h"
#include "base/text.h"

#include <algorithm>
#include <array>
#include <fmt/format.h>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace murphy::cli {

namespace {

using reports::Variable;

// Of each fact the texts that give it, the first that is whole counts.
using Templates = std::array<std::string_view, 3>;

struct Row {
  CiSystem system;
  Templates build;
  Templates build_url;
  Templates branch;
  Templates base;
  Templates pull_request;
  Templates merge{}; // a ref that merges the pull request into its base
  // Jobs of branches have it as well, and it is then the branch itself.
  bool base_is_of_every_job = false;
};

// From the systems' own documents. A row with its name alone is a system that says nothing of the others' facts.
constexpr std::array rows{
    Row{.system = {"GitHub Actions", "GITHUB_ACTIONS", "github=- markdown=${GITHUB_STEP_SUMMARY}"},
        .build = {"${GITHUB_RUN_ID}-${GITHUB_RUN_ATTEMPT}", "${GITHUB_RUN_ID}"},
        .build_url = {"${GITHUB_SERVER_URL}/${GITHUB_REPOSITORY}/actions/runs/${GITHUB_RUN_ID}"},
        .branch = {"${GITHUB_HEAD_REF}", "${GITHUB_REF_NAME}"},
        .base = {"${GITHUB_BASE_REF}"},
        .pull_request = {"${GITHUB_REF}"},
        .merge = {"${GITHUB_REF}"}},
    Row{.system = {"GitLab CI", "GITLAB_CI", "gitlab=gl-code-quality-report.json junit=murphy.xml"},
        .build = {"${CI_PIPELINE_ID}"},
        .build_url = {"${CI_JOB_URL}", "${CI_PIPELINE_URL}"},
        .branch = {"${CI_MERGE_REQUEST_SOURCE_BRANCH_NAME}", "${CI_COMMIT_BRANCH}", "${CI_COMMIT_REF_NAME}"},
        .base = {"${CI_MERGE_REQUEST_DIFF_BASE_SHA}", "${CI_MERGE_REQUEST_TARGET_BRANCH_NAME}"},
        .pull_request = {"${CI_MERGE_REQUEST_IID}"}},
    Row{.system = {"Azure Pipelines", "TF_BUILD", "azure=- markdown=${AGENT_TEMPDIRECTORY}/murphy.md",
                   "##vso[task.uploadsummary]"},
        .build = {"${BUILD_BUILDID}"},
        .build_url = {"${SYSTEM_COLLECTIONURI}${SYSTEM_TEAMPROJECT}/_build/results?buildId=${BUILD_BUILDID}"},
        .branch = {"${SYSTEM_PULLREQUEST_SOURCEBRANCH}", "${BUILD_SOURCEBRANCH}"},
        .base = {"${SYSTEM_PULLREQUEST_TARGETBRANCH}"},
        .pull_request = {"${SYSTEM_PULLREQUEST_PULLREQUESTNUMBER}", "${SYSTEM_PULLREQUEST_PULLREQUESTID}"},
        .merge = {"${BUILD_SOURCEBRANCH}"}},
    Row{.system = {"TeamCity", "TEAMCITY_VERSION", "teamcity=-"},
        .build = {"${BUILD_NUMBER}"},
        .build_url = {"${BUILD_URL}"},
        .branch = {},
        .base = {},
        .pull_request = {}},
    Row{.system = {"Jenkins", "JENKINS_URL", "junit=murphy.xml"},
        .build = {"${BUILD_TAG}"},
        .build_url = {"${BUILD_URL}"},
        .branch = {"${CHANGE_BRANCH}", "${BRANCH_NAME}", "${GIT_BRANCH}"},
        .base = {"${CHANGE_TARGET}"},
        .pull_request = {"${CHANGE_ID}"}},
    Row{.system = {"Bitbucket Pipelines", "BITBUCKET_BUILD_NUMBER", "junit=test-results/murphy.xml"},
        .build = {"${BITBUCKET_BUILD_NUMBER}"},
        .build_url = {"${BITBUCKET_GIT_HTTP_ORIGIN}/pipelines/results/${BITBUCKET_BUILD_NUMBER}"},
        .branch = {"${BITBUCKET_BRANCH}"},
        .base = {"${BITBUCKET_PR_DESTINATION_COMMIT}", "${BITBUCKET_PR_DESTINATION_BRANCH}"},
        .pull_request = {"${BITBUCKET_PR_ID}"}},
    Row{.system = {"Buildkite", "BUILDKITE", "junit=murphy.xml"},
        .build = {"${BUILDKITE_BUILD_ID}"},
        .build_url = {"${BUILDKITE_BUILD_URL}"},
        .branch = {"${BUILDKITE_BRANCH}"},
        .base = {"${BUILDKITE_PULL_REQUEST_BASE_BRANCH}"},
        .pull_request = {"${BUILDKITE_PULL_REQUEST}"}},
    Row{.system = {"CircleCI", "CIRCLECI", "junit=test-results/murphy.xml"},
        .build = {"${CIRCLE_WORKFLOW_ID}"},
        .build_url = {"${CIRCLE_BUILD_URL}"},
        .branch = {"${CIRCLE_BRANCH}"},
        .base = {},
        .pull_request = {"${CIRCLE_PR_NUMBER}"}},
    Row{.system = {"Travis CI", "TRAVIS", "junit=murphy.xml"},
        .build = {"${TRAVIS_BUILD_ID}"},
        .build_url = {"${TRAVIS_BUILD_WEB_URL}"},
        .branch = {"${TRAVIS_PULL_REQUEST_BRANCH}", "${TRAVIS_BRANCH}"},
        .base = {"${TRAVIS_BRANCH}"},
        .pull_request = {"${TRAVIS_PULL_REQUEST}"},
        .base_is_of_every_job = true},
    Row{.system = {"Cirrus CI", "CIRRUS_CI", "junit=murphy.xml"},
        .build = {"${CIRRUS_BUILD_ID}"},
        .build_url = {"https://cirrus-ci.com/task/${CIRRUS_TASK_ID}"},
        .branch = {"${CIRRUS_BRANCH}"},
        .base = {"${CIRRUS_BASE_SHA}", "${CIRRUS_BASE_BRANCH}"},
        .pull_request = {"${CIRRUS_PR}"}},
    Row{.system = {"Woodpecker CI", "CI_SYSTEM_NAME", "junit=murphy.xml"},
        .build = {"${CI_PIPELINE_NUMBER}"},
        .build_url = {"${CI_PIPELINE_URL}"},
        .branch = {"${CI_COMMIT_SOURCE_BRANCH}", "${CI_COMMIT_BRANCH}"},
        .base = {"${CI_COMMIT_TARGET_BRANCH}"},
        .pull_request = {"${CI_COMMIT_PULL_REQUEST}"}},
    Row{.system = {"Drone", "DRONE", "junit=murphy.xml"},
        .build = {"${DRONE_BUILD_NUMBER}"},
        .build_url = {"${DRONE_BUILD_LINK}"},
        .branch = {"${DRONE_SOURCE_BRANCH}", "${DRONE_BRANCH}"},
        .base = {"${DRONE_TARGET_BRANCH}"},
        .pull_request = {"${DRONE_PULL_REQUEST}"},
        .base_is_of_every_job = true},
    Row{.system = {"AWS CodeBuild", "CODEBUILD_BUILD_ID", "junit=murphy.xml"},
        .build = {"${CODEBUILD_BUILD_ID}"},
        .build_url = {"${CODEBUILD_PUBLIC_BUILD_URL}"},
        .branch = {"${CODEBUILD_WEBHOOK_HEAD_REF}"},
        .base = {"${CODEBUILD_WEBHOOK_BASE_REF}"},
        .pull_request = {}},
    Row{.system = {"Bazel", "BAZEL_TEST", "junit=${XML_OUTPUT_FILE}"},
        .build = {},
        .build_url = {},
        .branch = {},
        .base = {},
        .pull_request = {}},
    Row{.system = {"Prow", "PROW_JOB_ID", "junit=murphy.xml"},
        .build = {"${BUILD_ID}"},
        .build_url = {},
        .branch = {"${PULL_HEAD_REF}"},
        .base = {"${PULL_BASE_SHA}", "${PULL_BASE_REF}"},
        .pull_request = {"${PULL_NUMBER}"}},
};

std::string first_whole(const Templates& texts, const Variable& variable) {
  for (const std::string_view text : texts)
    if (std::string whole = filled_in(text, variable); !whole.empty()) return whole;
  return {};
}

std::string_view without_prefix(std::string_view text, std::string_view prefix) {
  return text.starts_with(prefix) ? text.substr(prefix.size()) : text;
}

// "12" of "refs/pull/12/merge"; nothing of what is no pull request.
std::string number_of(std::string_view text) {
  text = without_prefix(without_prefix(text, "refs/pull/"), "PR-");
  const std::size_t end =
      static_cast<std::size_t>(std::ranges::find_if_not(text, [](char c) { return is_digit(c); }) - text.begin());
  return std::string(text.substr(0, end));
}

} // namespace

std::string filled_in(std::string_view text, const Variable& variable) {
  std::string whole;
  while (!text.empty()) {
    const std::size_t open = text.find("${");
    whole += text.substr(0, open);
    if (open == std::string_view::npos) break;
    const std::size_t close = text.find('}', open);
    const char* value = variable(std::string(text.substr(open + 2, close - open - 2)).c_str());
    if (value == nullptr || *value == '\0') return {};
    whole += value;
    text.remove_prefix(close + 1);
  }
  return whole;
}

Result<CiSystem> ci_system(const Variable& variable) {
  std::vector<const Row*> shown;
  for (const Row& row : rows)
    if (variable(std::string(row.system.variable).c_str()) != nullptr) shown.push_back(&row);
  if (shown.empty()) return CiSystem{};
  if (shown.size() == 1) return shown.front()->system;
  return std::unexpected(
      usage_error(fmt::format("--report auto: this looks like {} ({}) and like {} ({})", shown[0]->system.name,
                              shown[0]->system.variable, shown[1]->system.name, shown[1]->system.variable),
                  fmt::format("name the reports: --report {}",
                              shown[0]->system.report_kinds.substr(0, shown[0]->system.report_kinds.find(' ')))));
}

CiBase ci_base(const Variable& variable) {
  record::RunOrigin origin;
  add_ci_facts(origin, variable);
  CiBase base{.name = origin.base};
  for (const Row& row : rows) {
    if (variable(std::string(row.system.variable).c_str()) == nullptr) continue;
    const std::string ref = first_whole(row.merge, variable);
    base.is_first_parent_of_a_merge = ref.starts_with("refs/pull/") && ref.ends_with("/merge");
    break;
  }
  return base;
}

void add_ci_facts(record::RunOrigin& origin, const Variable& variable) {
  for (const Row& row : rows) {
    if (variable(std::string(row.system.variable).c_str()) == nullptr) continue;
    const auto add = [&](std::string& fact, const Templates& texts) {
      if (fact.empty()) fact = first_whole(texts, variable);
    };
    add(origin.build, row.build);
    add(origin.build_url, row.build_url);
    // A job checks out a commit, and for a pull request one that merges it: the system knows the branch better.
    if (const std::string branch = first_whole(row.branch, variable); !branch.empty())
      origin.branch = without_prefix(branch, "refs/heads/");
    if (origin.pull_request.empty()) {
      for (const std::string_view text : row.pull_request)
        if (const std::string whole = filled_in(text, variable); !whole.empty() && origin.pull_request.empty())
          origin.pull_request = whole.starts_with("refs/") && !whole.starts_with("refs/pull/") ? "" : number_of(whole);
    }
    const bool has_base = !row.base_is_of_every_job || !origin.pull_request.empty();
    if (origin.base.empty() && has_base) origin.base = without_prefix(first_whole(row.base, variable), "refs/heads/");
    return;
  }
}

} // namespace murphy::cli
