// Every command line in README and docs is run, or is one that something else is known to run.
#include "markdown.h"
#include "newcomer.h"

#include "base/text.h"
#include "tests/places.h"

#include <filesystem>
#include <fstream>
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

// In the folder of an app that has no project yet.
void expect_init(const std::string& line) {
  const auto reported =
      Newcomer().bash("rm -r murphy.toml scenarios; export ADA_EMAIL=ada@example.com ADA_PASSWORD='correct horse 9'\n" +
                      line + " && murphy run");
  EXPECT_EQ(reported.code, 0) << reported.err;
  EXPECT_THAT(reported.out, HasSubstr("5 scenarios: 5 passed"));
}

// In a newcomer's folder with what a browser saved of a sign-in elsewhere.
void expect_imported(const std::string& line) {
  const Newcomer newcomer;
  std::ofstream(newcomer.folder() / "ticket.har")
      << R"({"log": {"creator": {"name": "WebInspector"}, "entries": [
    {"startedDateTime": "2026-11-29T10:00:01Z", "_resourceType": "document",
     "request": {"method": "GET", "url": "https://shop.example/login"},
     "response": {"status": 200, "content": {"mimeType": "text/html", "text": "<form method=post><label>Email <input name=email></label>)"
         R"(<label>Password <input type=password name=password></label><button>Sign in</button></form>"}}},
    {"startedDateTime": "2026-11-29T10:00:02Z", "_resourceType": "document",
     "request": {"method": "POST", "url": "https://shop.example/login",
       "postData": {"mimeType": "application/x-www-form-urlencoded", "text": "email=eve%40example.com&password=hush"}},
     "response": {"status": 500, "content": {"mimeType": "text/html", "text": "<title>Oh</title>"}}}]}})";
  const auto reported =
      newcomer.bash("export ADA_PASSWORD='correct horse 9' SUP_1423_PASSWORD='correct horse 9'\n" + line);
  EXPECT_EQ(reported.code, 0) << reported.out << reported.err;
  EXPECT_THAT(reported.out, HasSubstr("1 scenario: 1 passed"));
  EXPECT_THAT(reported.err, HasSubstr("Not as recorded: step 2 passes, and ended on 500 /login then."));
}

// In a newcomer's folder with what Chrome's Recorder wrote.
void expect_recording(const std::string& line) {
  const Newcomer newcomer;
  std::ofstream(newcomer.folder() / "sign-in.json") << R"({"title": "Sign in", "steps": [
    {"type": "navigate", "url": "https://shop.example/login"},
    {"type": "change", "value": "eve@example.com", "selectors": [["aria/Email"]]},
    {"type": "change", "value": "hush", "selectors": [["aria/Password"]]},
    {"type": "click", "selectors": [["aria/Sign in"]], "assertedEvents": [{"type": "navigation"}]}]})";
  const auto reported = newcomer.bash("export ADA_PASSWORD='correct horse 9'\n" + line);
  EXPECT_EQ(reported.code, 0) << reported.out << reported.err;
  EXPECT_THAT(reported.err, HasSubstr("holds a password: do not commit it."));
}

// In a newcomer's folder with the journal of a run.
void expect_repro(const std::string& line) {
  const auto again =
      Newcomer().bash("export ADA_PASSWORD='correct horse 9'; murphy run --journal sign-in.jsonl >run.txt\n" + line);
  EXPECT_EQ(again.code, 0) << again.out << again.err;
  EXPECT_THAT(again.out, HasSubstr("It passes, as it did then\n"));
}

// In a newcomer's folder.
void expect_refusal(const std::string& line, const std::string& said) {
  const auto refused = Newcomer().bash(line);
  EXPECT_EQ(refused.code, 2) << refused.out;
  EXPECT_THAT(refused.err, HasSubstr(said));
}

void expect_schema(const std::string& line) {
  const end_to_end::TemporaryFolder folder;
  const auto printed = Newcomer::bash_in(folder.path(), "mkdir .murphy\n" + line + "\nhead -c 60 .murphy/*.json");
  EXPECT_EQ(printed.code, 0) << printed.err;
  EXPECT_THAT(printed.out, HasSubstr("json-schema.org/draft-07"));
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
    {"murphy demo", [](const auto& line) { expect_murphy(line, 0, "2 scenarios: 2 failed"); }},
    {"scripts/release", [](const auto& line) { expect_run(line, "tests/package/run", line + " \"$work/$each\""); }},
    {"scripts/setup build", [](const auto& line) { expect_run("scripts/setup", "scripts/demo", line); }},
    {"scripts/build release murphy", [](const auto& line) { expect_run("scripts/build", "scripts/demo", line); }},
    {"export PATH=$PWD/build/release/harness/cli:$PATH",
     [](const auto&) {
       EXPECT_EQ(std::filesystem::relative(murphy_program(), build_folder()), "harness/cli/murphy");
       EXPECT_THAT(file("CMakePresets.json"), HasSubstr("\"binaryDir\": \"${sourceDir}/build/${presetName}\""));
     }},
    {"scripts/test -L slow",
     [](const auto&) { expect_run("tests/run-preset", ".ci/run", "tests/run-preset dev -L slow"); }},
    {"scripts/test -R scenario",
     [](const auto&) { expect_run("tests/run-preset", "scripts/test", "tests/run-preset dev \"$@\""); }},
    {"GTEST_FILTER='Journal*' scripts/test -R record",
     [](const auto& line) { expect_run("tests/run-preset", "scripts/test", line); }},
    {"cmake -S . -B build -D MURPHY_TESTS=OFF", [](const auto&) { expect_plain_build("cmake -S . -B"); }},
    {"cmake --build build --parallel", [](const auto&) { expect_plain_build("cmake --build"); }},
    {R"(cmake --install build --prefix "$HOME/.local")", [](const auto&) { expect_plain_build("cmake --install"); }},
    {"scripts/setup build ci",
     [](const auto&) { expect_run("scripts/setup", ".ci/run", "scripts/setup build test ci"); }},
    // What takes minutes reads its words before it begins.
    {"scripts/bench-peers",
     [](const auto& line) { expect_murphy(line + " --only nobody 2>&1", 1, "there is no peer nobody"); }},
    {"scripts/build release murphy bench_target",
     [](const auto& line) { expect_run("tests/bench/sign_ins", ".ci/run", line); }},
    {"tests/bench/plots release",
     [](const auto&) { expect_murphy("tests/bench/plots 2>&1", 1, "tests/bench/plots BUILD"); }},
    {"tests/bench/sign_ins release", [](const auto& line) { expect_run("tests/bench/sign_ins", ".ci/run", line); }},
    {"scripts/build release bench_parts", [](const auto& line) { expect_run("scripts/build", ".ci/run", line); }},
    {"build/release/tests/bench/bench_parts",
     [](const auto&) { expect_run("scripts/build", ".ci/run", "build/release/tests/bench/bench_parts --benchmark_"); }},
    {"scripts/approve",
     [](const auto& line) {
       expect_run(line, line, "export MURPHY_APPROVE=1");
       EXPECT_THAT(file("tests/golden/golden.cpp"), HasSubstr("getenv(\"MURPHY_APPROVE\")"));
     }},
    {R"(murphy init /login --start 'bin/server --port ${port}' --as ada)", [](const auto& line) { expect_init(line); }},
    {"murphy import har ticket.har --name SUP-1423 --as ada --run", [](const auto& line) { expect_imported(line); }},
    {"murphy import recording sign-in.json --name SUP-1424 --as ada --run",
     [](const auto& line) { expect_recording(line); }},
    // What needs a person says so before it begins; end_to_end/record_test.cpp and step_test.cpp bring one.
    {"murphy record http://127.0.0.1:8000/login --name SUP-1423 --as ada",
     [](const auto& line) { expect_refusal("CHROMIUM=/bin/true DISPLAY= WAYLAND_DISPLAY= " + line, "no display"); }},
    {"murphy run --step scenarios/sign-in.toml",
     [](const auto& line) { expect_refusal("CI=true " + line, "--step asks a person, and CI is set"); }},
    {R"(murphy repro sign-in.jsonl "wrong password")", [](const auto& line) { expect_repro(line); }},
    {"murphy schema scenario > .murphy/scenario.json", [](const auto& line) { expect_schema(line); }},
    {"murphy schema project > .murphy/project.json", [](const auto& line) { expect_schema(line); }},
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
    ASSERT_EQ(block.page, "docs/first-scenario.md") << place(block) << ": only this page leads through one shell";
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
