// Whether the dashboard is expected where the form is submitted, in a step behind it, or of a page that is opened then:
// the first line about why it failed is the same.
#include "evidence.h"
#include "explained.h"
#include "project.h"
#include "record/trace.h"

#include <fmt/format.h>
#include <gmock/gmock.h>

namespace murphy::end_to_end {
namespace {

using testing::HasSubstr;

constexpr const char* styles = R"(feature = "Styles"

[[scenario]]
name  = "in the submit"
steps = [
  { open = "/login" },
  { submit = "Sign in", with = { Name = "${ada.name}", Password = "${ada.password}" }, expect = { dashboard = "open" } },
]

[[scenario]]
name  = "by signing in"
steps = [{ sign_in = "ada" }]

[[scenario]]
name  = "behind the submit"
steps = [
  { open = "/login" },
  { submit = "Sign in", with = { Name = "${ada.name}", Password = "${ada.password}" } },
  { expect = { dashboard = "open" } },
]

[[scenario]]
name  = "of a page opened then"
steps = [
  { open = "/login" },
  { submit = "Sign in", with = { Name = "${ada.name}", Password = "${ada.password}" } },
  { open = "/dashboard", expect = { dashboard = "open" } },
]

[[scenario]]
name  = "behind a page opened then"
steps = [
  { open = "/login" },
  { submit = "Sign in", with = { Name = "${ada.name}", Password = "${ada.password}" } },
  { open = "/dashboard" },
  { expect = { dashboard = "open" } },
]
)";

class StepsApart : public testing::Test {
protected:
  Finished run_styles(const std::string& mode, const std::string& landing = "/dashboard",
                      const std::vector<std::string>& more = {}) {
    folder_.write("murphy.toml", fmt::format(R"([app]
sign_in   = {{ page = "/login", submit = "Sign in", fields = {{ Name = "${{user.name}}", Password = "${{user.password}}" }} }}
dashboard = {{ page = "/dashboard", shows = "[data-user]" }}

[target.local]
url      = "http://127.0.0.1:${{port}}"
start    = "exec /usr/bin/python3 -u {}/apart.py ${{port}} {}"
ready    = "/login"
database = "sqlite:people.db"
env      = {{ LANDING = "{}" }}
trace_url = "https://traces.example.com/${{trace}}"

[user.ada]
name     = "ada"
password = "correct horse 9"
)",
                                             servers, mode, landing));
    folder_.write("scenarios/styles.toml", styles);
    Invocation made;
    made.directory = folder_.path();
    made.arguments = {"run", "--jobs", "1", "--journal", "run.jsonl"};
    made.arguments.insert(made.arguments.end(), more.begin(), more.end());
    return run(made);
  }
  record::Run reported() const { return run_of(folder_ / "run.jsonl"); }

  // The first line about each scenario; each has to fail.
  std::vector<std::string> first_lines(const std::string& mode, const std::string& landing = "/dashboard") {
    const Finished finished = run_styles(mode, landing);
    EXPECT_EQ(finished.code, 1) << finished.out << finished.err;
    EXPECT_EQ(expect_explained_as_by_its_run(folder_ / "run.jsonl"), 5);
    std::vector<std::string> lines;
    const record::Run run = reported();
    for (const record::CaseResult& each : run.features.front().cases) {
      const auto& suspects = each.steps.back().suspects;
      lines.push_back(suspects.empty() ? "nothing" : record::headline(suspects.front()));
    }
    return lines;
  }

  TemporaryFolder folder_;
};

TEST_F(StepsApart, PassWhereNothingIsWrong) {
  const Finished finished = run_styles("healthy");
  EXPECT_EQ(finished.code, 0) << finished.out << finished.err;
  EXPECT_EQ(record::totals(reported()).passed, 5);
}

TEST_F(StepsApart, AreJudgedAlikeByTheConsoleOfTheSubmit) {
  EXPECT_THAT(first_lines("query"),
              testing::Each(HasSubstr("the model — column \"pasword_hash\" does not exist; people "
                                      "has \"password_hash\"")));
}

TEST_F(StepsApart, AreJudgedAlikeByTheAnswerToTheForm) {
  for (const char* mode : {"refused", "tokenless", "cookie", "formless"}) {
    const auto lines = first_lines(mode);
    EXPECT_THAT(lines, testing::Each(lines.front())) << mode;
    EXPECT_NE(lines.front(), "nothing") << mode;
  }
}

TEST_F(StepsApart, KnowTheLostCookieWhereSigningInLeadsElsewhere) {
  const auto lines = first_lines("cookie", "/");
  EXPECT_THAT(lines.at(3), HasSubstr("the session")) << "of the page that was opened then";
  EXPECT_EQ(lines.at(4), lines.at(3));
}

TEST_F(StepsApart, ShowTheFormTheRequestsAndTheConsoleOfTheSubmit) {
  // Alone: of several with one cause, the first shows it.
  const std::string one = run_styles("query", "/dashboard", {"--name", "behind the submit"}).out;
  EXPECT_THAT(one, HasSubstr("earlier   submit “Sign in”"));
  EXPECT_THAT(one, HasSubstr("POST /login"));
  EXPECT_THAT(one, HasSubstr("Password [password]"));
  const std::string trace =
      record::trace_of(case_of(reported(), "behind the submit").steps.back().earlier.back().evidence.exchanges);
  EXPECT_THAT(trace, testing::SizeIs(32));
  EXPECT_THAT(one, HasSubstr("trace     https://traces.example.com/" + trace));
  EXPECT_THAT(one, HasSubstr("no such column: pasword_hash"));
  const record::StepResult failed = case_of(reported(), "behind the submit").steps.back();
  ASSERT_EQ(failed.earlier.size(), 1U);
  EXPECT_EQ(failed.earlier.front().index, 1);
  EXPECT_FALSE(failed.earlier.front().evidence.exchanges.front().body.empty());
  EXPECT_TRUE(case_of(reported(), "behind the submit").steps.at(1).evidence.exchanges.front().body.empty())
      << "a step that passed keeps less";
}

} // namespace
} // namespace murphy::end_to_end
