// Passwords that a form or a redirect takes to a host that the project does not name: told, and refused where the
// project says so.
#include "evidence.h"
#include "project.h"

#include <fmt/format.h>
#include <gmock/gmock.h>

namespace murphy::end_to_end {
namespace {

using testing::HasSubstr;
using testing::Not;

class Disclosure : public testing::Test {
protected:
  // Signs in by the form of this page; `target` is what the target says beside the usual.
  Finished sign_in(const std::string& page, const std::string& target, const std::vector<std::string>& options) {
    folder_.write("murphy.toml", fmt::format(R"([app]
dashboard = {{ page = "/dashboard", shows = "[data-user]" }}

[target.local]
url   = "http://127.0.0.1:${{port}}"
start = "exec /usr/bin/python3 -u {}/leaving.py ${{port}} ${{port:elsewhere}}"
ready = "/here"
{}

[user.ada]
email    = "ada@example.com"
password = "correct horse 9"
)",
                                             servers, target));
    folder_.write("scenarios/leaving.toml", fmt::format(R"(feature = "Leaving"

[[scenario]]
name  = "signs in"
steps = [
  {{ open = "{}" }},
  {{ submit = "Sign in", with = {{ Email = "${{ada.email}}", Password = "${{ada.password}}" }}, expect = {{ title = "Welcome" }} }},
]
)",
                                                        page));
    Invocation invocation;
    invocation.directory = folder_.path();
    invocation.arguments = {"run"};
    invocation.arguments.insert(invocation.arguments.end(), options.begin(), options.end());
    return run(invocation);
  }

  static constexpr const char* remark = "ada.password was sent to http://127.0.0.1:";
  static constexpr const char* remedy = "if the app may do that, list the host in allowed_hosts of the target";
  TemporaryFolder folder_;
};

TEST_F(Disclosure, OfAPasswordIsToldInEveryReportThoughTheScenarioPasses) {
  for (const char* page : {"/cross", "/307", "/308", "/query"}) {
    SCOPED_TRACE(page);
    const Finished finished = sign_in(
        page, "",
        {"--journal", "run.jsonl", "--junit", "run.xml", "--junit-strict", "strict.xml", "--report", "html=run.html"});
    EXPECT_EQ(finished.code, 0) << finished.out << finished.err;
    EXPECT_THAT(finished.out, HasSubstr(remark));
    EXPECT_THAT(finished.out, HasSubstr("which the project does not name"));
    EXPECT_THAT(finished.out, HasSubstr(remedy));
    for (const char* file : {"run.xml", "strict.xml", "run.html"})
      EXPECT_THAT(read_file(folder_ / file), HasSubstr(remark)) << file;
    EXPECT_THAT(read_file(folder_ / "run.jsonl"), HasSubstr("\"disclosed\":\"ada.password\""));
    const Finished alone = sign_in(page, "", {});
    EXPECT_THAT(alone.out, HasSubstr(remark)) << "also where nothing else of a passed step is kept";
  }
}

TEST_F(Disclosure, IsNoneWhereThePasswordStaysOrTheProjectNamesTheHost) {
  for (const auto& [page, target] : std::initializer_list<std::pair<const char*, const char*>>{
           {"/here", ""},
           {"/303", ""},
           {"/cross", "origins = [\"http://127.0.0.1:${port:elsewhere}\"]"},
           {"/307", "allowed_hosts = [\"127.0.0.1\"]"},
           {"/307", "\n[idp.elsewhere]\norigin = \"http://127.0.0.1:${port:elsewhere}\""}}) {
    SCOPED_TRACE(std::string(page) + " " + target);
    const Finished finished = sign_in(page, target, {"--journal", "run.jsonl"});
    EXPECT_EQ(finished.code, 0) << finished.out << finished.err;
    EXPECT_THAT(finished.out, Not(HasSubstr("was sent to")));
    EXPECT_THAT(read_file(folder_ / "run.jsonl"), Not(HasSubstr("\"disclosed\"")));
  }
}

TEST_F(Disclosure, IsRefusedBeforeAnythingIsSentWhereTheProjectListsHosts) {
  for (const char* page : {"/cross", "/307", "/303", "/query"}) {
    SCOPED_TRACE(page);
    const Finished finished =
        sign_in(page, "allowed_hosts = [\"login.example.com\", \"*.example.net\"]", {"--journal", "run.jsonl"});
    EXPECT_EQ(finished.code, 1) << finished.out << finished.err;
    EXPECT_THAT(finished.out, HasSubstr("was not sent: allowed_hosts of the target does not list 127.0.0.1"));
    EXPECT_THAT(finished.out, HasSubstr("if the app may lead there, add it: allowed_hosts = [\"127.0.0.1\"]"));
    const record::StepResult step = case_of(run_of(folder_ / "run.jsonl"), "signs in").steps.back();
    ASSERT_EQ(step.failures.size(), 1U);
    EXPECT_EQ(step.failures.front().code, record::FailureCode::forbidden_host);
    for (const record::ConsoleLine& line : step.evidence.console) EXPECT_THAT(line.text, Not(HasSubstr("ARRIVED")));
  }
}

} // namespace
} // namespace murphy::end_to_end
