// What two scenarios that run at once are each blamed for.
#include "evidence.h"
#include "explained.h"
#include "project.h"

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <map>
#include <string>
#include <vector>

namespace murphy::end_to_end {
namespace {

using testing::HasSubstr;
using testing::Not;

class ParallelVerdicts : public testing::Test {
protected:
  ParallelVerdicts() {
    folder_.write("murphy.toml", fmt::format(R"([app]
sign_in   = {{ page = "/login", submit = "Sign in", fields = {{ Name = "${{user.name}}", Password = "${{user.password}}" }} }}
dashboard = {{ page = "/dashboard", shows = "[data-user]" }}

[target.local]
url   = "http://127.0.0.1:${{port}}"
start = "exec /usr/bin/python3 -u {}/side_by_side.py ${{port}}"
ready = "/login"

[user.quiet]
name     = "quiet"
password = "correct horse 9"

[user.loud]
name     = "loud"
password = "correct horse 8"
)",
                                             servers));
    for (const char* name : {"quiet", "loud"})
      folder_.write(fmt::format("scenarios/{}.toml", name), fmt::format(R"(feature = "{0}"

[[scenario]]
name  = "signs in"
steps = [{{ sign_in = "{0}" }}]
)",
                                                                        name));
  }

  // The first line about the scenario of each person.
  std::map<std::string, std::string> first_lines(const std::vector<std::string>& options) {
    Invocation made;
    made.directory = folder_.path();
    made.arguments = {"run", "--jobs", "2", "--journal", "run.jsonl"};
    made.arguments.insert(made.arguments.end(), options.begin(), options.end());
    const Finished finished = run(made);
    EXPECT_EQ(finished.code, 1) << finished.out << finished.err;
    EXPECT_EQ(expect_explained_as_by_its_run(folder_ / "run.jsonl"), 2);
    std::map<std::string, std::string> lines;
    for (const record::FeatureResult& feature : run_of(folder_ / "run.jsonl").features) {
      const auto& suspects = feature.cases.front().steps.back().suspects;
      lines[feature.name] = suspects.empty() ? "nothing" : record::headline(suspects.front());
    }
    return lines;
  }

  TemporaryFolder folder_;
};

TEST_F(ParallelVerdicts, AreConfirmedByALoneRun) {
  const auto lines = first_lines({});
  EXPECT_THAT(lines.at("loud"), HasSubstr("emial"));
  EXPECT_THAT(lines.at("quiet"), Not(HasSubstr("emial"))) << "the line is of the other scenario";
}

TEST_F(ParallelVerdicts, MayBeOfLinesOfOthersWithoutOne) {
  const auto lines = first_lines({"--no-confirm"});
  EXPECT_THAT(lines.at("loud"), HasSubstr("emial"));
  EXPECT_THAT(lines.at("quiet"), HasSubstr("emial"));
}

} // namespace
} // namespace murphy::end_to_end
