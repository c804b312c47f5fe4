// Every command line in README and docs is run, or is one that something else is known to run.
#include "markdown.h"
#include "newcomer.h"

#include "base/text.h"
#include "tests/places.h"

#include <filesystem>
#include <functional>
#include <gmock/gmock.h>
#include <map>
#include <set>
#include <unistd.h>

namespace murphy::docs {
namespace {

using testing::AllOf;
using testing::AnyOf;
using testing::HasSubstr;
using testing::StartsWith;

const std::string project = in_project();

std::string file(const std::string& name) { return end_to_end::read_file(project + "/" + name); }

// The script is there, can be executed, and `by` runs it in these words.
void expect_run(const std::string& script, const std::string& by, const std::string& words) {
  EXPECT_EQ(access((project + "/" + script).c_str(), X_OK), 0) << script;
  EXPECT_THAT(file(by), HasSubstr(words)) << by;
}

// .ci/run builds without a preset, and installs what it built.
void expect_plain_build(const std::string& command) {
  EXPECT_THAT(file(".ci/run"), AllOf(HasSubstr("stage plain plain"), HasSubstr(command + " \"$tree\"")));
}

void expect_murphy(const std::string& line, int code, const std::string& said) {
  const auto run = Newcomer::bash_in(project, line);
  EXPECT_EQ(run.code, code) << run.out << run.err;
  EXPECT_THAT(run.out, HasSubstr(said));
}

// In a newcomer's folder, whose app has one form.
void expect_forms(const std::string& line, const std::string& said) {
  const auto reported = Newcomer().bash("export ADA_PASSWORD=any\n" + line);
  EXPECT_EQ(reported.code, 0) << reported.err;
  EXPECT_THAT(reported.out, HasSubstr(said));
}

// In a newcomer's folder with a scenario that passes.
void expect_snapshot(const std::string& line, int code, const std::string& said) {
  const auto reported = Newcomer().bash(
      "mkdir -p scenarios; printf 'feature = \"Any\"\\n[[scenario]]\\nname = \"The page is there\"\\nsteps = [{ open = "
      "\"/login\" }]\\n' >scenarios/any.toml; export ADA_PASSWORD=any\n" +
      line);
  EXPECT_EQ(reported.code, code) << reported.err;
  EXPECT_THAT(reported.out, HasSubstr(said));
}

// The commands of docs/shards.md, one after the other.
void expect_two_shards() {
  std::string script =
      "mkdir -p scenarios; for name in a b; do printf 'feature = \"%s\"\\n[[scenario]]\\nname = \"The page "
      "is there\"\\nsteps = [{ open = \"/login\" }]\\n' $name >scenarios/$name.toml; done\n"
      "export ADA_PASSWORD=any\nset -e\n";
  for (const Block& block : blocks("docs/shards.md"))
    if (block.tag == "sh") script += block.text;
  const auto reported = Newcomer().bash(script);
  EXPECT_EQ(reported.code, 0) << reported.err;
  EXPECT_THAT(reported.out, HasSubstr("passed"));
}

// In a folder with the log and the journal of the documents, and evidence of a sign-in that is forgotten at once.
void expect_explained(const std::string& line, const std::string& said) {
  const end_to_end::TemporaryFolder folder;
  for (const Block& block : all_blocks()) {
    if (block.tag == "jsonl") folder.write("run.jsonl", block.text);
    if (block.name == "app.log") folder.write("app.log", block.text);
  }
  folder.write("evidence.json", R"({"exchanges": [{"method": "POST", "path": "/login", "status": 302},
    {"method": "GET", "path": "/", "status": 302}, {"method": "GET", "path": "/login", "status": 200}]})");
  const auto run = Newcomer::bash_in(folder.path(), line);
  EXPECT_EQ(run.code, 0) << run.err;
  EXPECT_THAT(run.out, HasSubstr(said));
}

// Lines of `sh`, and what proves each.
const std::map<std::string, std::function<void(const std::string& line)>> proofs{
    {"scripts/demo", [](const auto&) { expect_run("scripts/demo", ".ci/run", "stage demo scripts/demo"); }},
    {"scripts/test", [](const auto&) { expect_run("scripts/test", ".ci/run", "stage tests scripts/test"); }},
    {"scripts/setup build", [](const auto& line) { expect_run("scripts/setup", "scripts/demo", line); }},
    {"scripts/build release murphy", [](const auto& line) { expect_run("scripts/build", "scripts/demo", line); }},
    {"export PATH=$PWD/build/release/harness/cli:$PATH",
     [](const auto&) {
       EXPECT_EQ(std::filesystem::relative(murphy_program(), build_folder()), "harness/cli/murphy");
       EXPECT_THAT(file("CMakePresets.json"), HasSubstr("\"binaryDir\": \"${sourceDir}/build/${presetName}\""));
     }},
    {"scripts/test -R scenario",
     [](const auto&) { expect_run("tests/run-preset", "scripts/test", "tests/run-preset dev \"$@\""); }},
    {"GTEST_FILTER='Journal*' scripts/test -R record",
     [](const auto& line) { expect_run("tests/run-preset", "scripts/test", line); }},
    {"cmake -S . -B build -D MURPHY_TESTS=OFF", [](const auto&) { expect_plain_build("cmake -S . -B"); }},
    {"cmake --build build --parallel", [](const auto&) { expect_plain_build("cmake --build"); }},
    {R"(cmake --install build --prefix "$HOME/.local")", [](const auto&) { expect_plain_build("cmake --install"); }},
    {"scripts/approve",
     [](const auto& line) {
       expect_run(line, line, "export MURPHY_APPROVE=1");
       EXPECT_THAT(file("tests/golden/golden.cpp"), HasSubstr("getenv(\"MURPHY_APPROVE\")"));
     }},
    {"murphy forms /login", [](const auto& line) { expect_forms(line, "Sign in  POST http://127.0.0.1:"); }},
    {"murphy forms /login --json", [](const auto& line) { expect_forms(line, "\"forms\":[{\"name\":\"Sign in\""); }},
    // Run with --check by readme_test.cpp.
    {"scripts/refresh-readme",
     [](const auto&) { EXPECT_EQ(access((project + "/scripts/refresh-readme").c_str(), X_OK), 0); }},
    {"murphy run --project fixtures/targets/django/murphy.toml fixtures/targets/django/scenarios",
     [](const auto& line) { expect_murphy(line, 0, "18 scenarios: 18 passed"); }},
    {"FAULT=password-column murphy run --project fixtures/targets/django/murphy.toml fixtures/targets/django/scenarios",
     [](const auto& line) { expect_murphy(line, 1, "no such column: accounts_user.password"); }},
    {"murphy run --project fixtures/targets/wordpress/murphy.toml fixtures/targets/wordpress/scenarios",
     [](const auto& line) { expect_murphy(line, 0, "10 scenarios: 10 passed"); }},
    {"FAULT=password-column murphy run --project fixtures/targets/wordpress/murphy.toml "
     "fixtures/targets/wordpress/scenarios",
     [](const auto& line) { expect_murphy(line, 1, "The password you entered for the username ada is incorrect"); }},
    {"murphy run --target staging --resolve www.example.com:443:127.0.0.1",
     [](const auto& line) {
       // Nothing with a certificate for that name listens here, so that it gets as far as this machine and no further.
       const Newcomer newcomer;
       const auto run = newcomer.bash("printf '[target.staging]\\nurl = \"https://www.example.com\"\\nstart_timeout = "
                                      "\"200ms\"\\n' >>murphy.toml; export ADA_PASSWORD=any\n" +
                                      line);
       EXPECT_EQ(run.code, 3) << run.err;
       EXPECT_THAT(run.out, HasSubstr("https://www.example.com"));
       EXPECT_THAT(run.out, AnyOf(HasSubstr("127.0.0.1:443"), HasSubstr("certificate")));
     }},
    {"murphy run --shard 1/2 --journal shard-1.jsonl", [](const auto&) { expect_two_shards(); }},
    {"murphy run --shard 2/2 --journal shard-2.jsonl", [](const auto&) { expect_two_shards(); }},
    {"murphy merge shard-*.jsonl --journal sign-in.jsonl --junit sign-in.xml",
     [](const auto&) { expect_two_shards(); }},
    {"murphy snapshot", [](const auto& line) { expect_snapshot(line, 0, "murphy.lock: 2 forms, "); }},
    {"murphy snapshot --check",
     [](const auto& line) { expect_snapshot("murphy snapshot && " + line, 0, "The app matches murphy.lock.\n"); }},
    {"murphy explain app.log",
     [](const auto& line) { expect_explained(line, "Likely cause: the model or the database"); }},
    {"murphy explain run.jsonl",
     [](const auto& line) { expect_explained(line, "Likely cause: the model — column \"emial\""); }},
    {"murphy explain --evidence evidence.json",
     [](const auto& line) { expect_explained(line, "Perhaps: the session or the configuration"); }},
    {R"jq(jq -r 'select(.event == "step_finished") | .step.failures[] | "\(.place.file):\(.place.line): \(.key): \(.code)"' run.jsonl)jq",
     [](const auto& line) {
       const end_to_end::TemporaryFolder folder;
       for (const Block& block : blocks("docs/journal.md"))
         if (block.tag == "jsonl") folder.write("run.jsonl", block.text);
       const auto run = Newcomer::bash_in(folder.path(), line);
       EXPECT_EQ(run.out, "scenarios/sign-in.toml:8: status: wrong_status\n") << run.err;
     }},
};

TEST(Commands, OfTheDocumentsDoWhatTheySay) {
  std::set<std::string> met;
  for (const Block& block : all_blocks()) {
    if (block.tag != "sh") continue;
    for (const Command& command : commands(block)) {
      SCOPED_TRACE(command.page + ":" + std::to_string(command.line) + ": " + command.text);
      const auto proof = proofs.find(command.text);
      if (proof == proofs.end())
        ADD_FAILURE() << "nothing runs this command: add to `proofs` in tests/docs/commands_test.cpp what does";
      else if (met.insert(command.text).second)
        proof->second(command.text);
    }
  }
  for (const auto& [line, proof] : proofs) EXPECT_TRUE(met.contains(line)) << "in no document any more: " << line;
}

// Those of `console` are what a newcomer types, from the first to the last, into one shell.
TEST(Commands, LeadANewcomerToAGreenRun) {
  std::string script;
  for (const Block& block : all_blocks()) {
    if (block.tag != "console") continue;
    ASSERT_EQ(block.page, "README.md") << place(block) << ": only the README leads through one shell";
    for (const Command& command : commands(block)) script += command.text + "\n";
  }
  const Newcomer newcomer;
  const auto followed = newcomer.bash(script);
  EXPECT_EQ(followed.code, 0) << followed.out << followed.err;
  EXPECT_EQ(followed.err, "");
  EXPECT_THAT(followed.out, StartsWith("murphy.toml and 3 scenarios in 1 feature file: no errors\n"));
  EXPECT_THAT(followed.out, HasSubstr("3 scenarios: 3 passed"));
  const std::string report = end_to_end::read_file(newcomer.folder() / "sign-in.xml");
  EXPECT_THAT(report, HasSubstr("A wrong password lets no one in"));
  EXPECT_EQ(end_to_end::read_file(newcomer.folder() / "again.xml"), report);
}

TEST(Commands, WithoutThePasswordANewcomerIsToldWhatToDo) {
  const Newcomer newcomer;
  const auto run = newcomer.bash("unset ADA_PASSWORD; murphy run");
  EXPECT_EQ(run.code, 2);
  EXPECT_THAT(run.err, HasSubstr("export ADA_PASSWORD="));
}

// The same folder with an app that lets everyone in is red: the example is not green by itself.
TEST(Commands, TheNewcomersScenariosCanFail) {
  const Newcomer newcomer;
  const auto run =
      newcomer.bash("sed -i 's/if cookie and cookie.value in sessions else None/if cookie else True/' bin/server\n"
                    "grep -q 'else True' bin/server\n"
                    "ADA_PASSWORD=any murphy run");
  EXPECT_EQ(run.code, 1) << run.out << run.err;
  EXPECT_THAT(run.out, HasSubstr("3 scenarios: 3 failed"));
}

} // namespace
} // namespace murphy::docs
