// What a scenario misspells, in every output: the address, the text, the element that was meant.
#include "evidence.h"
#include "project.h"

#include <gmock/gmock.h>

namespace murphy::end_to_end {
namespace {

using testing::AllOf;
using testing::HasSubstr;
using testing::Not;

struct Told {
  record::Run run;
  std::string console, junit, html;
};

// What is told of steps in one scenario against the example app.
Told told_of(const std::string& steps) {
  const TemporaryFolder folder;
  const std::string file =
      folder.write("near.toml", "feature = \"Near\"\n\n[[scenario]]\nname = \"case\"\nsteps = [\n" + steps + "\n]\n");
  const Finished finished =
      run(dashboard_run({file, "--journal", (folder / "run.jsonl").string(), "--junit", (folder / "run.xml").string(),
                         "--report", "html=" + (folder / "run.html").string()}));
  EXPECT_EQ(finished.code, 1) << finished.out << finished.err;
  return {.run = run_of(folder / "run.jsonl"),
          .console = finished.out,
          .junit = read_file(folder / "run.xml"),
          .html = read_file(folder / "run.html")};
}

const record::StepResult& last_step(const Told& told) { return told.run.features.front().cases.front().steps.back(); }

TEST(NearNames, OfAnAddressAreInEveryOutput) {
  const Told told = told_of("{ open = \"/about\" },\n{ open = \"/logn\" },");
  for (const std::string* output : {&told.console, &told.junit, &told.html})
    EXPECT_THAT(*output,
                AllOf(HasSubstr("did you mean /login? Of the pages seen so far, 2 lead there, and none leads to "
                                "/logn"),
                      HasSubstr("if /logn is right, the app has lost or renamed it")));
  const auto& near = last_step(told).failures.front().near_address;
  ASSERT_TRUE(near);
  EXPECT_EQ(near->known, "/login");
  EXPECT_EQ(last_step(told).suspects.front().layer, record::Layer::harness);
}

TEST(NearNames, OfAnAddressAreNoneWhereNothingIsNear) {
  EXPECT_THAT(told_of("{ open = \"/login\" },\n{ open = \"/seeds\" },").console, Not(HasSubstr("did you mean")));
}

TEST(NearNames, OfARequestAreNoFaultOfAForm) {
  const Told told =
      told_of("{ open = \"/login\" },\n{ request = { url = \"/logn\", method = \"POST\", form = { a = \"b\" } "
              "}, expect = { status = 200 } },");
  EXPECT_THAT(told.console, HasSubstr("did you mean /login?"));
  EXPECT_EQ(last_step(told).suspects.front().layer, record::Layer::harness);
}

TEST(NearNames, OfThePageThatTheAppLedTo) {
  EXPECT_THAT(told_of("{ sign_in = \"ada\", expect = { page = \"/dashbord\" } },").console,
              HasSubstr("the app led to /dashboard, which is nearly the same"));
}

TEST(NearNames, OfTextsAndElementsSayWhatDiffers) {
  const Told told =
      told_of("{ sign_in = \"ada\", expect = { text = [\"Welcome, Ada Lovelance\", \"your Beds\"], element = "
              "\"[data-usr]\", title = \"Dashbaord · Allotment\" } },");
  for (const std::string* output : {&told.console, &told.junit})
    EXPECT_THAT(*output, AllOf(HasSubstr("“Lovelance” is “Lovelace” there"), HasSubstr("only the case differs"),
                               HasSubstr("did you mean [data-user]? The page has it"),
                               HasSubstr("“Dashbaord” is “Dashboard” there")));
}

} // namespace
} // namespace murphy::end_to_end
