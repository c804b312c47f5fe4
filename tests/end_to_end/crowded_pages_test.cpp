// Pages with more on them than any person sees: they are read within bounds of memory and of time, or refused by name.
#include "evidence.h"
#include "project.h"
#include "tests/places.h"

#include <csignal>
#include <filesystem>
#include <fmt/format.h>
#include <gmock/gmock.h>
#include <thread>

namespace murphy::end_to_end {
namespace {

using testing::AllOf;
using testing::AnyOf;
using testing::HasSubstr;

std::string crowded(const std::string& more = {}) {
  return fmt::format("url   = \"http://127.0.0.1:${{port}}\"\n"
                     "start = \"exec /usr/bin/python3 -u {}/crowded.py ${{port}}\"\n{}",
                     servers, more);
}

// Runs Murphy below a helper that prints the most memory that any one of its processes had, in KB.
long most_memory(const Project& project, Finished& finished) {
  Invocation inner = project.invocation();
  Invocation invocation = inner;
  invocation.binary = "/usr/bin/python3";
  invocation.arguments = {"-c",
                          "import resource, subprocess, sys\n"
                          "code = subprocess.run(sys.argv[1:]).returncode\n"
                          "print('KB', resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)\n"
                          "sys.exit(code)",
                          inner.binary};
  invocation.arguments.insert(invocation.arguments.end(), inner.arguments.begin(), inner.arguments.end());
  finished = run(invocation);
  const std::size_t at = finished.out.rfind("KB ");
  return at == std::string::npos ? -1 : std::stol(finished.out.substr(at + 3));
}

TEST(CrowdedPages, TakeLittleMemory) {
  const long most_kilobytes = is_sanitized() ? 2'000'000 : 200'000; // with the shadow of the sanitizer
  for (const char* path : {"/inputs/300000", "/selects/1000000", "/links/800000", "/options/500000", "/inputs/19000",
                           "/links/190000", "/options/190000", "/forms/4000"}) {
    SCOPED_TRACE(path);
    Project project(crowded());
    project.open(path);
    Finished finished;
    const long kilobytes = most_memory(project, finished);
    EXPECT_GT(kilobytes, 0) << finished.err;
    EXPECT_LT(kilobytes, most_kilobytes);
    EXPECT_THAT(finished.code, AnyOf(1, 3)) << finished.out << finished.err;
  }
}

TEST(CrowdedPages, AreRefusedByTheBoundTheyExceed) {
  Project project(crowded());
  project.open("/inputs/300000");
  const Finished finished = project.run();
  EXPECT_EQ(finished.code, 3) << finished.out;
  EXPECT_THAT(finished.out, HasSubstr("the page cannot be read as HTML: it has more than 20000 forms, fields, buttons "
                                      "and labels (line 1 of the page)"));
}

TEST(CrowdedPages, AreReadNoLongerThanTheStepMayTake) {
  Project project(crowded("timeout = \"500ms\"\n"));
  project.open("/radios/19000");
  project.open("/");
  const Finished finished = project.run();
  EXPECT_THAT(finished.out, AllOf(HasSubstr("because   reading the page took longer than 500 ms"),
                                  HasSubstr("the page has too many elements that depend on one another")));
  EXPECT_EQ(case_of(run_of(project.journal()), "/").outcome, record::Outcome::failed) << "the run goes on";
}

// Each of them would take many minutes: what takes so long differs.
TEST(CrowdedPages, AreLeftAtAnInterrupt) {
  for (const char* step :
       {R"({ open = "/radios/19000", expect.text = "x" })", R"({ open = "/radios/19000" }, { submit = "none" })",
        R"({ open = "/links/190000", expect.element = "a ~ a ~ a ~ a ~ b" })",
        R"({ open = "/words/100000", expect.text = { matches = "(a+)+b" } })"}) {
    SCOPED_TRACE(step);
    const Project project(crowded("timeout = \"60min\"\n"));
    Invocation invocation = project.invocation();
    project.folder().write(
        "scenarios/pages.toml",
        fmt::format("feature = \"Crowded\"\n[[scenario]]\nname = \"crowded\"\nsteps = [{}]\n", step));
    Running murphy(invocation);
    const auto deadline =
        std::chrono::steady_clock::now() + std::chrono::minutes(1); // where it ended, it serves nothing
    while (!std::filesystem::exists(project.folder() / "served") && std::chrono::steady_clock::now() < deadline)
      std::this_thread::yield();
    murphy.send(SIGINT);
    const Finished finished = murphy.wait();
    EXPECT_EQ(finished.code, 130) << finished.out << finished.err;
    EXPECT_EQ(case_of(run_of(project.journal()), "crowded").outcome, record::Outcome::not_run);
  }
}

} // namespace
} // namespace murphy::end_to_end
