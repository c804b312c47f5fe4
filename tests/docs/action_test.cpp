// The action for GitHub and the template for GitLab: read strictly, their shell checked, and run as a runner would.
#include "newcomer.h"
#include "strict_yaml.h"

#include "base/text.h"
#include "tests/places.h"

#include <filesystem>
#include <fmt/format.h>
#include <gmock/gmock.h>

namespace murphy::docs {
namespace {

namespace fs = std::filesystem;
using end_to_end::Finished;
using end_to_end::TemporaryFolder;
using testing::HasSubstr;

// Makes of a step's `env` and `run` a script, with what the runner would fill in taken from the variables of the
// process; fails for every other expression, for a key that no runner knows, and for a key that is there twice.
constexpr const char* to_scripts = R"py(
import os, re, shlex, sys

def filled(text, pattern):
    return re.sub(pattern, lambda found: os.environ[re.sub(r"\W", "_", found[1]).upper()], str(text))

def script(name, env, pattern, lines):
    with open(name, "w") as out:
        out.write("#!/bin/bash\n")
        for key, value in env.items():
            out.write(f"export {key}={shlex.quote(filled(value, pattern))}\n")
        out.write(lines)

def github():
    action = yaml.load(open("action.yml"), Strict)
    only(action, "name", "description", "author", "branding", "inputs", "outputs", "runs")
    for each in action["inputs"].values():
        only(each, "description", "default", "required")
    os.environ.update({"INPUTS_" + re.sub(r"\W", "_", key).upper(): str(each["default"])
                       for key, each in action["inputs"].items()
                       if "INPUTS_" + re.sub(r"\W", "_", key).upper() not in os.environ})
    only(action["runs"], "using", "steps")
    assert action["runs"]["using"] == "composite"
    install, gate, keep = action["runs"]["steps"]
    expression = r"\$\{\{ ([a-z0-9_.-]+) \}\}"
    for step, name in ((install, "install"), (gate, "gate")):
        only(step, "name", "id", "shell", "working-directory", "env", "run")
        assert step["shell"] == "bash" and "${{" not in step["run"], "text of an input would be code"
        script(name, step["env"], expression, step["run"])
    assert action["outputs"]["exit-code"]["value"] == "${{ steps.%s.outputs.exit-code }}" % gate["id"]
    only(keep, "name", "if", "uses", "with")
    only(keep["with"], "name", "path", "if-no-files-found")
    assert filled(keep["with"]["path"], expression) == filled(gate["env"]["REPORTS"], expression)

def gitlab():
    header, jobs = yaml.load_all(open("gitlab-gate.yml"), Strict)
    inputs = only(only(header, "spec")["spec"], "inputs")["inputs"]
    for key, each in inputs.items():
        only(each, "description", "default")
        os.environ.setdefault("INPUTS_" + key.upper(), each["default"])
    (job,) = jobs.values()
    only(job, "image", "rules", "variables", "before_script", "script", "artifacts")
    only(job["artifacts"], "when", "paths", "reports")
    expression = r"\$\[\[ ([a-z0-9.]+) \]\]"
    assert set(re.findall(expression, str(job))) == {"inputs." + key for key in inputs}
    lines = job["before_script"] + job["script"]
    assert all(isinstance(line, str) and "$[[" not in line for line in lines)
    script("install", job["variables"], expression, "set -e\n" + "\n".join(job["before_script"]) + "\n")
    script("gate", job["variables"], expression, "set -e\n" + "\n".join(job["script"]) + "\n")

{"github": github, "gitlab": gitlab}[sys.argv[1]]()
)py";

// A folder with an app and its scenarios, and a runner that has no Murphy: what it installs goes into a folder of its
// own, by an apt-get that only unpacks.
class Runner : public testing::TestWithParam<std::string> {
protected:
  Runner() {
    fs::copy_file(in_project("action.yml"), tools_ / "action.yml");
    fs::copy_file(in_project("docs/gitlab-gate.yml"), tools_ / "gitlab-gate.yml");
    tools_.write("scripts.py", std::string(strict_yaml) + to_scripts);
    tools_.write("bin/sudo", "#!/bin/sh\nexec \"$@\"\n");
    tools_.write("bin/apt-get", "#!/bin/sh\necho apt-get \"$@\" >>\"$TOOLS/installed\"\nfor package; do :; done\n"
                                "case $package in *.deb) dpkg-deb -x \"$package\" \"$TOOLS/root\" ;; esac\n");
    tools_.write("package/DEBIAN/control", "Package: murphy\nVersion: 0.1.0\nArchitecture: all\nMaintainer: Ada "
                                           "<ada@example.com>\nDescription: Murphy\n");
    tools_.write("package/usr/bin/murphy", fmt::format("#!/bin/sh\nexec '{}' \"$@\"\n", murphy_program()));
    const Finished packed = Newcomer::bash_in(
        tools_.path(),
        "chmod +x bin/* package/usr/bin/murphy\nmkdir -p releases/download/v0.1.0\ndpkg-deb --build package "
        "releases/download/v0.1.0/murphy_0.1.0_$(dpkg --print-architecture).deb >/dev/null\n");
    EXPECT_EQ(packed.code, 0) << packed.err;
  }
  bool is_github() const { return GetParam() == "github"; }

  // The lines run where the runner would run a step; `set` are variables for the inputs.
  Finished run_steps(const std::string& set) const {
    const std::string common =
        fmt::format("export TOOLS='{0}' RUNNER_TEMP='{0}/temp' CI_PROJECT_DIR=\"$PWD\" GITHUB_WORKSPACE=\"$PWD\" "
                    "GITHUB_ACTION_REPOSITORY=. GITHUB_SERVER_URL='file://{0}' GITHUB_OUTPUT='{0}/output' "
                    "GITHUB_STEP_SUMMARY='{0}/summary'\nmkdir -p \"$RUNNER_TEMP\" \"$TOOLS/root/usr/bin\"\n{1}"
                    "{2}(cd '{0}' && python3 scripts.py {3})\n"
                    // Where the tests run, there may be a Murphy.
                    "export PATH='{0}/bin:{0}/root/usr/bin:/usr/local/bin:/usr/bin:/bin' ADA_PASSWORD=any\n"
                    "bash '{0}/install'\nbash '{0}/gate'\n",
                    tools_.path().string(), set,
                    is_github() ? "export GITHUB_ACTIONS=true\n" : "export GITLAB_CI=true\n", GetParam());
    return newcomer_.bash(common);
  }
  std::string package() const {
    return fmt::format("export INPUTS_PACKAGE='file://{}/releases/download/v0.1.0/'murphy_0.1.0_$(dpkg "
                       "--print-architecture).deb\n",
                       tools_.path().string());
  }
  std::string kept(const std::string& file) const {
    return end_to_end::read_file((is_github() ? tools_ / "temp/murphy" : newcomer_.folder()) / file);
  }

  TemporaryFolder tools_;
  Newcomer newcomer_;
};

TEST_P(Runner, InstallsMurphyRunsTheGateAndPublishesItsReports) {
  const Finished finished = run_steps(is_github() ? "" : package());
  EXPECT_EQ(finished.code, 0) << finished.out << finished.err;
  EXPECT_THAT(finished.out + finished.err, HasSubstr("✓ Ready to merge: 3 scenarios passed"));
  EXPECT_THAT(end_to_end::read_file(tools_ / "installed"), HasSubstr(".deb\n"));
  EXPECT_THAT(kept("sign-in.jsonl"), HasSubstr("run_finished"));
  EXPECT_THAT(kept("sign-in.xml"), HasSubstr("<testsuites"));
  EXPECT_THAT(kept("sign-in.html"), HasSubstr("<h1>✓ Ready to merge: "));
  if (is_github()) {
    EXPECT_EQ(end_to_end::read_file(tools_ / "output"), "exit-code=0\n");
    EXPECT_THAT(end_to_end::read_file(tools_ / "summary"), HasSubstr("## ✓ Ready to merge: "));
  } else {
    EXPECT_EQ(trim(kept("gl-code-quality-report.json")), "[]");
  }
}

TEST_P(Runner, FailsAsTheGateDoes) {
  newcomer_.bash("sed -i 's/if cookie and cookie.value in sessions else None/if cookie else True/' bin/server\n");
  const Finished finished = run_steps((is_github() ? "" : package()) + "export INPUTS_ARGUMENTS=--fail-fast\n");
  EXPECT_EQ(finished.code, 1) << finished.out << finished.err;
  EXPECT_THAT(kept("sign-in.html"), HasSubstr("<h1>✗ Not ready to merge: "));
  if (!is_github()) {
    EXPECT_THAT(kept("gl-code-quality-report.json"), HasSubstr("\"check_name\""));
    return;
  }
  EXPECT_EQ(end_to_end::read_file(tools_ / "output"), "exit-code=1\n");
  EXPECT_THAT(finished.out, HasSubstr("::error file=scenarios/sign-in.toml,"));
}

TEST_P(Runner, RefusesAnotherPackageThanTheOneThatIsMeant) {
  const Finished finished = run_steps(package() + "export INPUTS_SHA256=" + std::string(64, '0') + "\n");
  EXPECT_NE(finished.code, 0);
  EXPECT_THAT(finished.out + finished.err, HasSubstr("FAILED"));
  EXPECT_FALSE(fs::exists(tools_ / "root/usr/bin/murphy"));
}

TEST_P(Runner, SaysThatThereIsNoSuchPackage) {
  const Finished finished = run_steps("export INPUTS_PACKAGE=file:///nowhere/murphy.deb\n");
  EXPECT_NE(finished.code, 0);
  EXPECT_THAT(finished.err, HasSubstr("curl: (37)"));
}

TEST_P(Runner, TakesTheMurphyOfTheImage) {
  tools_.write("bin/murphy", fmt::format("#!/bin/sh\nexec '{}' \"$@\"\n", murphy_program()));
  Newcomer::bash_in(tools_.path(), "chmod +x bin/murphy");
  const Finished finished = run_steps("");
  EXPECT_EQ(finished.code, 0) << finished.out << finished.err;
  EXPECT_FALSE(fs::exists(tools_ / "installed"));
}

TEST_P(Runner, HasShellThatShellcheckTakes) {
  EXPECT_NE(run_steps("export INPUTS_PACKAGE=file:///nowhere/murphy.deb\n").code, 0);
  const Finished checked = Newcomer::bash_in(tools_.path(), "shellcheck --severity=style --shell=bash install gate");
  EXPECT_EQ(checked.code, 0) << checked.out << checked.err;
}

INSTANTIATE_TEST_SUITE_P(All, Runner, testing::Values("github", "gitlab"), [](const auto& info) { return info.param; });

} // namespace
} // namespace murphy::docs
