// What the policies of a page forbid, and what browsers read in answers that are not quite right.
#include "evidence.h"
#include "project.h"

#include <fmt/format.h>
#include <gmock/gmock.h>

namespace murphy::end_to_end {
namespace {

using record::FailureCode;
using record::Outcome;
using testing::HasSubstr;

const std::string target = fmt::format("url   = \"http://127.0.0.1:${{port}}\"\n"
                                       "start = \"exec /usr/bin/python3 -u {}/policies.py ${{port}}\"\n",
                                       servers);

struct Way {
  std::string name;
  std::string steps;
};

// Each scenario, and whether it holds.
const Way green[] = {
    {"form-action 'self'", R"({ open = "/self" }, { submit = "Go", expect.title = "Done" })"},
    {"form-action with the other origin", R"({ open = "/named-elsewhere" }, { submit = "Go", expect.title = "Done" })"},
    {"a policy that only reports", R"({ open = "/reported" }, { submit = "Go", expect.title = "Done" })"},
    {"a script that no policy forbids", R"({ open = "/saml", expect.title = "Done" })"},
    {"a Refresh header", R"({ open = "/refresh", expect.title = "Done" })"},
    {"a status line without a reason", R"({ open = "/no-space", expect.title = "Done" })"},
    {"headers about the body", R"({ open = "/odd-headers", expect.title = "Done" })"},
    {"no-break spaces in a title", R"({ open = "/spaces", expect.title = "Bien venue" })"},
    {"no-break spaces in a text", R"({ open = "/spaces", expect.text = "Welcome,\u00a0Ada" })"},
    {"no-break spaces on a button", R"({ open = "/spaces" }, { submit = "Log in", expect.title = "Done" })"},
    {"a soft hyphen", R"({ open = "/spaces" }, { submit = "Register", expect.title = "Done" })"},
    {"an answer without a page",
     R"({ open = "/empty" }, { submit = "Go", expect.status = 204, expect.title = "Form" }, { submit = "Go" })"},
    {"a link with a method", R"({ open = "/members" }, { click = "Log out", expect.title = "Done" })"},
    {"pressed again until it works",
     R"({ open = "/busy" }, { submit = "Go", eventually = "20s", expect.title = "Done" })"},
};

struct Forbidden {
  std::string name, steps;
  FailureCode code;
  record::Policy policy;
  std::string what, hint;
};

using enum record::Policy::From;
const Forbidden red[] = {
    {"form-action 'none'",
     R"({ open = "/none" }, { submit = "Go" })",
     FailureCode::forbidden_form,
     {header, "form-action 'none'"},
     "the page's policy forbids its form to go to ORIGIN/done: form-action 'none' (Content-Security-Policy in a "
     "header)",
     "a browser sends nothing and stays on the page; add this address to form-action"},
    {"form-action at a redirect",
     R"({ open = "/self-elsewhere" }, { submit = "Go" })",
     FailureCode::forbidden_form,
     {header, "form-action 'self'"},
     "the page's policy forbids that a redirect takes its form to LOCALHOST/done: form-action 'self' "
     "(Content-Security-Policy in "
     "a header)",
     "Chromium checks form-action at each redirect of a form, and stays on the page; add this origin to form-action"},
    {"form-action at a second redirect",
     R"({ open = "/self-by-circuit" }, { submit = "Go" })",
     FailureCode::forbidden_form,
     {header, "form-action 'self'"},
     "the page's policy forbids that a redirect takes its form to LOCALHOST/done: form-action 'self' "
     "(Content-Security-Policy in "
     "a header)",
     "Chromium checks form-action at each redirect of a form, and stays on the page; add this origin to form-action"},
    {"form-action in a meta",
     R"({ open = "/meta" }, { submit = "Go" })",
     FailureCode::forbidden_form,
     {meta, "form-action https:"},
     "the page's policy forbids its form to go to ORIGIN/done: form-action https: (Content-Security-Policy in a meta "
     "element)",
     "a browser sends nothing and stays on the page; add this address to form-action"},
    {"a sandbox",
     R"({ open = "/sandboxed" }, { submit = "Go" })",
     FailureCode::forbidden_form,
     {header, "sandbox allow-scripts"},
     "the page may send no forms: sandbox allow-scripts (Content-Security-Policy in a header)",
     "a browser sends nothing and stays on the page; add allow-forms to the sandbox"},
    {"a script that script-src forbids",
     R"({ open = "/saml-forbidden" })",
     FailureCode::forbidden_script,
     {header, "script-src 'self'"},
     "the policy of /saml-forbidden forbids the script that would send its form: script-src 'self' "
     "(Content-Security-Policy "
     "in a header)",
     "a browser stays on this page; allow the script by a nonce or a hash, or send the form without a script"},
    {"a script without the nonce",
     R"({ open = "/saml-nonce", expect.title = "Done" })",
     FailureCode::forbidden_script,
     {header, "script-src 'nonce-other'"},
     "the policy of /saml-nonce forbids the script that would send its form: script-src 'nonce-other' "
     "(Content-Security-Policy in a header)",
     "a browser stays on this page; allow the script by a nonce or a hash, or send the form without a script"},
};

Finished run(const Project& project, const std::string& scenarios) {
  Invocation invocation = project.invocation();
  project.folder().write("scenarios/pages.toml", "feature = \"Pages\"\n" + scenarios);
  return end_to_end::run(invocation);
}

std::string scenario(const std::string& name, const std::string& steps) {
  return fmt::format("\n[[scenario]]\nname  = \"{}\"\nsteps = [{}]\n", name, steps);
}

TEST(Policies, LetPassWhatABrowserLetsPass) {
  const Project project(target);
  std::string scenarios;
  for (const auto& [name, steps] : green) scenarios += scenario(name, steps);
  const Finished finished = run(project, scenarios);
  EXPECT_EQ(finished.code, 0) << finished.out << finished.err;
  const record::Run done = run_of(project.journal());
  for (const auto& [name, steps] : green) EXPECT_EQ(case_of(done, name).outcome, Outcome::passed) << name;
}

TEST(Policies, ForbidWhatNoBrowserDoes) {
  const Project project(target);
  std::string scenarios;
  for (const Forbidden& each : red) scenarios += scenario(each.name, each.steps);
  const Finished finished = run(project, scenarios);
  EXPECT_EQ(finished.code, 1) << finished.out << finished.err;
  const record::Run done = run_of(project.journal());
  ASSERT_TRUE(done.ready);
  const std::string origin = done.ready->url.substr(0, done.ready->url.find_last_not_of('/') + 1);
  const std::string localhost = replaced(origin, "127.0.0.1", "localhost");
  for (const Forbidden& each : red) {
    SCOPED_TRACE(each.name);
    const record::CaseResult result = case_of(done, each.name);
    EXPECT_EQ(result.outcome, Outcome::failed);
    ASSERT_FALSE(result.steps.empty());
    const auto& failures = result.steps.back().failures;
    ASSERT_FALSE(failures.empty());
    EXPECT_EQ(failures.front().code, each.code);
    EXPECT_EQ(failures.front().policy, each.policy);
    EXPECT_EQ(replaced(replaced(failures.front().reason.what, origin, "ORIGIN"), localhost, "LOCALHOST"), each.what);
    EXPECT_EQ(failures.front().reason.hint, each.hint);
    EXPECT_THAT(finished.out, HasSubstr(failures.front().reason.what));
  }
}

} // namespace
} // namespace murphy::end_to_end
