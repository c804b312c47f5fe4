#include "cli/prepared_run.h"

#include "sample_project.h"

#include <cstdlib>
#include <functional>
#include <gmock/gmock.h>

namespace murphy::cli {
namespace {

using testing::Contains;
using testing::HasSubstr;
using testing::IsEmpty;

struct Prepared {
  std::unique_ptr<PreparedRun> run; // null when it was refused or answered
  ExitCode code = ExitCode::passed;
  std::string out, error;
};

Prepared prepared(const SampleProject& project, RunOptions options = {}) {
  if (options.files.project.empty()) options.files.project = project.path("murphy.toml");
  testing::internal::CaptureStdout();
  testing::internal::CaptureStderr();
  auto ready = prepare(options);
  Prepared result;
  result.error = testing::internal::GetCapturedStderr();
  result.out = testing::internal::GetCapturedStdout();
  if (ready)
    result.run = std::move(*ready);
  else
    result.code = ready.error();
  return result;
}

class PreparedRuns : public testing::Test {
protected:
  PreparedRuns() { setenv("ADA_PASSWORD", "correct horse 9", 1); }
  ~PreparedRuns() override { unsetenv("ADA_PASSWORD"); }
};

// One thing that is wrong, the exit code it leads to, and words that say what.
struct Refusal {
  const char* name;
  std::function<void(const SampleProject&, RunOptions&)> wrong;
  ExitCode code;
  std::string said;
};

class RefusedRuns : public PreparedRuns, public testing::WithParamInterface<Refusal> {};

TEST_P(RefusedRuns, SayWhatIsWrong) {
  const SampleProject project;
  RunOptions options;
  GetParam().wrong(project, options);
  const Prepared result = prepared(project, options);
  EXPECT_FALSE(result.run);
  EXPECT_EQ(result.code, GetParam().code);
  EXPECT_THAT(result.error, HasSubstr(GetParam().said));
  EXPECT_EQ(result.out, "");
}

INSTANTIATE_TEST_SUITE_P(
    All, RefusedRuns,
    testing::Values(
        Refusal{"VariableWithoutAName", [](const auto&, auto& options) { options.variables.variables = {"x"}; },
                ExitCode::usage, "--var"},
        Refusal{"NoProject",
                [](const auto& project, auto& options) { options.files.project = project.path("none.toml"); },
                ExitCode::usage, "none.toml"},
        Refusal{"BrokenScenario",
                [](const auto& project, auto&) { project.write("scenarios/bad.toml", "feature = 1\n"); },
                ExitCode::usage, "bad.toml"},
        Refusal{"UnknownFeature", [](const auto&, auto& options) { options.selection.features = {"Sign inn"}; },
                ExitCode::usage, "Sign in"},
        Refusal{"NothingSelected", [](const auto&, auto& options) { options.selection.names = {"nothing like it"}; },
                ExitCode::nothing_selected, "murphy run --list"},
        Refusal{"NoScenarios",
                [](const auto& project, auto& options) {
                  options.files.paths = {project.write("flows.toml", "[flow.look]\nsteps = [{ open = \"/\" }]\n")};
                },
                ExitCode::nothing_selected, "contain no scenarios"},
        Refusal{"UnknownTarget", [](const auto&, auto& options) { options.target = "stagging"; }, ExitCode::usage,
                "stagging"},
        Refusal{"VariableOfTheEnvironmentNotSet", [](const auto&, auto&) { unsetenv("ADA_PASSWORD"); }, ExitCode::usage,
                "ADA_PASSWORD"},
        Refusal{"WritesInProduction", [](const auto&, auto& options) { options.target = "live"; }, ExitCode::usage,
                "writes"},
        Refusal{"Resolve", [](const auto&, auto& options) { options.resolve = {"nonsense"}; }, ExitCode::usage,
                "nonsense"},
        Refusal{"OwnSignature",
                [](const auto& project, auto&) {
                  project.write("murphy.toml", std::string(sample_project) +
                                                   "[[signature]]\nlayer = \"config\"\ncontains = \"a\"\npattern = "
                                                   "'(a'\nexample = \"a\"\n");
                },
                ExitCode::usage, "pattern = '(a'"},
        Refusal{"Baseline", [](const auto& project, auto&) { project.write("murphy.lock", "version = \"x\"\n"); },
                ExitCode::usage, "murphy.lock"}),
    [](const auto& each) { return std::string(each.param.name); });

TEST_F(PreparedRuns, ListsWhatWouldRunAndRunsNothing) {
  RunOptions options;
  options.list = true;
  const Prepared result = prepared(SampleProject(), options);
  EXPECT_FALSE(result.run);
  EXPECT_EQ(result.code, ExitCode::passed);
  EXPECT_THAT(result.out, HasSubstr("scenarios/sign-in.toml:5  Sign in: Reaches the dashboard  [smoke]\n"));
  EXPECT_THAT(result.out, HasSubstr("sign-in.toml:15  Sign in: Signs in  [signs-in]\n"));
}

TEST_F(PreparedRuns, ListAsJsonWhereAListIsAskedFor) {
  RunOptions options;
  options.json = true;
  const Prepared refused = prepared(SampleProject(), options);
  EXPECT_EQ(refused.code, ExitCode::usage);
  EXPECT_THAT(refused.error, HasSubstr("--json is the form of a list, and --list is not given"));
  options.list = true;
  options.selection.names = {"reaches"};
  const Prepared result = prepared(SampleProject(), options);
  EXPECT_EQ(result.code, ExitCode::passed);
  EXPECT_THAT(result.out, HasSubstr("\"feature\":\"Sign in\",\"name\":\"Reaches the dashboard\",\"file\":\""));
  EXPECT_THAT(result.out, HasSubstr("\"line\":5,\"tags\":[\"smoke\"],\"ticket\":\"\",\"requirements\":[]}\n"));
}

TEST_F(PreparedRuns, NeedOnlyTheEnvironmentOfWhatIsSelected) {
  unsetenv("ADA_PASSWORD");
  const SampleProject project(sample_project,
                              "feature = \"S\"\n[[scenario]]\nname = \"signs in\"\nsteps = [{ sign_in = "
                              "\"ada\" }]\n[[scenario]]\nname = \"looks\"\nsteps = [{ open = \"/\" }]\n");
  RunOptions options;
  options.selection.names = {"looks"};
  const Prepared looks = prepared(project, options);
  EXPECT_EQ(looks.code, ExitCode::passed) << looks.error;
  options.selection.names = {"signs in"};
  EXPECT_EQ(prepared(project, options).code, ExitCode::usage);
}

TEST_F(PreparedRuns, KnowEverySecretBeforeAnythingIsShown) {
  RunOptions options;
  options.variables.secrets = {"pin=874391"};
  const Prepared result = prepared(SampleProject(), options);
  ASSERT_TRUE(result.run) << result.error;
  EXPECT_THAT(result.run->redactor.redact("correct horse 9, 874391"),
              testing::AllOf(testing::Not(HasSubstr("horse")), testing::Not(HasSubstr("874391"))));
}

TEST_F(PreparedRuns, WriteToNoneOfTheirInputs) {
  const SampleProject project;
  const Prepared result = prepared(project);
  ASSERT_TRUE(result.run) << result.error;
  for (const char* file : {"murphy.toml", "scenarios/sign-in.toml", "murphy.lock"})
    EXPECT_THAT(result.run->input_files(), Contains(project.path(file)));
}

TEST_F(PreparedRuns, RunAsTheOptionsAndTheTargetSay) {
  const SampleProject project;
  const Prepared local = prepared(project);
  ASSERT_TRUE(local.run) << local.error;
  const run::RunSettings usual = local.run->settings({}, {});
  EXPECT_GE(usual.jobs, 1);
  EXPECT_EQ(usual.retries, 0);
  EXPECT_FALSE(usual.fail_fast);
  EXPECT_TRUE(usual.confirm);
  EXPECT_EQ(usual.started.target, "local");
  EXPECT_EQ(usual.started.project, project.path("murphy.toml"));
  EXPECT_EQ(usual.probed, local.run->target) << "it is on this machine";
  EXPECT_TRUE(usual.signatures.empty());
  EXPECT_EQ(usual.known_good, nullptr);

  RunOptions options;
  options.no_confirm = true;
  EXPECT_FALSE(local.run->settings(options, {}).confirm);
  options.no_confirm = false;
  options.target = "staging";
  options.jobs = 3;
  options.retries = 2;
  options.fail_fast = true;
  const Prepared staging = prepared(project, options);
  ASSERT_TRUE(staging.run) << staging.error;
  const run::RunSettings asked = staging.run->settings(options, {});
  EXPECT_EQ(asked.jobs, 3);
  EXPECT_EQ(asked.retries, 2);
  EXPECT_TRUE(asked.fail_fast);
  EXPECT_FALSE(asked.confirm) << "it sends credentials again, as probes do";
  EXPECT_EQ(asked.started.target, "staging");
  EXPECT_EQ(asked.probed, nullptr) << "an app elsewhere is not asked more than the scenarios do";
}

} // namespace
} // namespace murphy::cli
