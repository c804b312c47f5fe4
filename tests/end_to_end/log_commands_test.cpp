// Pages, consoles, files and names that try to command the CI system or the terminal that shows what Murphy says.
#include "evidence.h"
#include "project.h"

#include <array>
#include <cctype>
#include <fmt/format.h>
#include <gmock/gmock.h>

namespace murphy::end_to_end {
namespace {

using testing::HasSubstr;

// As the server, whose escapes they hold, and as TOML reads them.
constexpr const char* commands = R"(##vso[task.setvariable variable=x]y
::add-mask::x
x ::error file=a::owned
##teamcity[buildStop comment='x']
##[error]x
\x1b]0;owned\x07
\u202eodd\u2066
pass\u200bword\ufeff
std::string a::b)";

std::string in_toml(std::string text) {
  std::string written = replaced(std::move(text), "\\x1b", "\\u001b");
  return replaced(replaced(std::move(written), "\\x07", "\\u0007"), "\n", " ");
}

bool begins_command(std::string_view line) {
  while (!line.empty() && std::isspace(static_cast<unsigned char>(line.front())) != 0) line.remove_prefix(1);
  return line.starts_with("::") && line.find("::", 2) != std::string_view::npos;
}

// As the runners find them; colours and the carriage return of a terminal are not in this output.
void expect_inert(const std::string& name, const std::string& text, bool has_own_commands) {
  SCOPED_TRACE(name);
  EXPECT_FALSE(text.empty());
  std::size_t begin = 0;
  while (begin < text.size()) {
    const std::size_t end = std::min(text.find('\n', begin), text.size());
    std::string line = text.substr(begin, end - begin);
    begin = end + 1;
    if (has_own_commands) {
      EXPECT_THAT(line, testing::AnyOf(testing::StartsWith("##vso[task.logissue "), testing::StartsWith("##teamcity["),
                                       testing::ContainsRegex("^::(error|warning|notice) "),
                                       testing::StartsWith("Murphy: ")));
      line.erase(0, line.find_first_of(" "));
    }
    EXPECT_FALSE(begins_command(line)) << line;
    for (const char* command : {"##vso[", "##[", "##teamcity[", "::add-mask::", "::error file=a::", "\x1b", "\x07"})
      EXPECT_EQ(line.find(command), std::string::npos) << command << " in " << line;
    for (const char* hidden : {"\u202e", "\u2066", "\u200b", "\ufeff"})
      EXPECT_EQ(line.find(hidden), std::string::npos) << line;
  }
}

class LogCommands : public testing::Test {
protected:
  LogCommands() {
    const std::string said = in_toml(commands);
    folder_.write("murphy.toml", fmt::format(R"toml([app]
sign_in   = {{ page = "/", submit = "Sign in", fields = {{ Email = "${{user.email}}", Password = "${{user.password}}" }} }}
dashboard = {{ page = "/dashboard", shows = "[data-user]" }}

[target."{1}"]
url   = "http://127.0.0.1:${{port}}"
start = "exec /usr/bin/python3 -u {0}/commanding.py ${{port}}"

[user.ada]
email    = "ada@example.com"
password = "correct horse 9"
)toml",
                                             servers, "##vso[x]"));
    folder_.write("scenarios/##vso[x].toml", fmt::format(R"toml(feature = "{0}"

[[scenario]]
name   = "{0}"
tags   = ["##[x]"]
ticket = "##vso[x]"
steps  = [{{ open = "/", expect = {{ title = "{0}", text = "Nothing", header = {{ X-Said = "{0}" }} }} }}]

[[scenario]]
name  = "2 {0}"
steps = [{{ open = "/" }}, {{ submit = "{0}", with = {{ "{0}" = "{0}" }} }}]

[[scenario]]
name  = "3 {0}"
steps = [{{ open = "/" }}, {{ submit = "Sign out {0}" }}]

[[scenario]]
name  = "signs in {0}"
steps = [{{ sign_in = "ada" }}]
)toml",
                                                         said));
    folder_.write("app.log", "ERROR sqlite3.OperationalError: no such column: ##vso[x]\n"
                             "::error::owned\nERROR column \"##[x]\" does not exist \u202e\n");
  }

  Finished murphy(std::vector<std::string> arguments) const {
    Invocation invocation;
    invocation.directory = folder_.path();
    invocation.arguments = std::move(arguments);
    invocation.environment["COMMANDS"] = commands;
    return run(invocation);
  }

  TemporaryFolder folder_;
};

TEST_F(LogCommands, OfPagesConsolesAndNamesAreInertInEveryReportAndOnTheConsole) {
  const Finished console = murphy({"run", "--journal", "run.jsonl", "--jobs", "1"});
  EXPECT_EQ(console.code, 1) << console.out << console.err;
  expect_inert("the console", console.out + console.err, false);
  EXPECT_THAT(console.out, HasSubstr("## vso[task.setvariable variable=x]y"));
  EXPECT_THAT(console.out, HasSubstr("std::string a::b")) << "what is no command stays as it is";
  for (const std::string kind : {"html", "json", "har", "junit", "junit-strict", "markdown", "github", "gitlab",
                                 "azure", "teamcity", "tap", "prometheus"}) {
    const Finished report = murphy({"report", "run.jsonl", "--report", kind + "=-"});
    const bool has_commands = kind == "github" || kind == "azure" || kind == "teamcity";
    expect_inert(kind, report.out, has_commands);
  }
}

TEST_F(LogCommands, AreInertInWhateverElseIsPrinted) {
  for (const std::vector<std::string>& arguments : std::initializer_list<std::vector<std::string>>{
           {"run", "--list"},
           {"run", "--list", "--json"},
           {"forms", "/"},
           {"forms", "/", "--json"},
           {"snapshot"},
           {"explain", "app.log"},
           {"explain", "app.log", "--json"},
           {"explain", "::error::no such file"},
           {"run", "--name", "##vso[x]::error::y"},
           {"run", "--target", "##vso[y]"},
           {"##vso[x]"},
           {"check", "##vso[x].toml"},
       }) {
    const Finished finished = murphy(arguments);
    expect_inert(fmt::format("{} {}", arguments.front(), arguments.back()), finished.out + finished.err, false);
  }
}

} // namespace
} // namespace murphy::end_to_end
