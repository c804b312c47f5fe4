// The verdict ends with the line of the app's code that writes the wrong name, and the commit that brought it.
#include "command.h"
#include "evidence.h"
#include "project.h"

#include <cstdlib>
#include <gmock/gmock.h>

namespace murphy::end_to_end {
namespace {

using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;

// An app that ends with an error about a column, with its code beside the project file.
class CodeOfApp : public testing::Test {
protected:
  CodeOfApp() : project_("url = \"http://127.0.0.1:${port}\"\nstart = \"cat error.log >&2; : ${port}; exit 1\"") {
    project_.folder().write("error.log", "sqlite3.OperationalError: no such column: members.emial\n");
    project_.folder().write("db/001.sql", "CREATE TABLE members (\n  email TEXT\n);\n");
    project_.folder().write("app/members.py", "QUERY = 'SELECT email FROM members'\n");
    project_.open("/");
  }

  void commit(const std::string& subject) const {
    const std::string command = "cd '" + project_.folder().path().string() +
                                "' && git init -q . && git add app db && git -c user.name=Ada "
                                "-c user.email=ada@example.com commit -qm '" +
                                subject + "'";
    ASSERT_EQ(std::system(command.c_str()), 0);
  }
  record::Suspect first_suspect() const {
    const record::Run run = run_of(project_.journal());
    return run.lost && !run.lost->suspects.empty() ? run.lost->suspects.front() : record::Suspect{};
  }

  Project project_;
};

TEST_F(CodeOfApp, IsNamedWithTheCommitInEveryReport) {
  commit("First");
  project_.folder().write("app/members.py", "# Members\nQUERY = 'SELECT emial FROM members'\n");
  commit("Ask for the address");
  const Finished finished = project_.run();
  const record::Suspect suspect = first_suspect();
  ASSERT_EQ(suspect.places.size(), 1U) << finished.out;
  EXPECT_EQ(suspect.places.front().file, "app/members.py");
  EXPECT_EQ(suspect.places.front().line, 2U);
  const std::string line = "app/members.py:2 writes \"emial\" — since commit " + suspect.places.front().commit +
                           " \"Ask for the address\", ";
  EXPECT_THAT(finished.out, HasSubstr(line));
  EXPECT_THAT(project_.junit(), HasSubstr("<property name=\"code\" value=\"app/members.py:2\""));

  const TemporaryFolder elsewhere;
  std::filesystem::copy_file(project_.journal(), elsewhere / "moved.jsonl");
  Invocation explain;
  explain.directory = elsewhere.path();
  explain.arguments = {"explain", "moved.jsonl"};
  EXPECT_THAT(run(explain).out, HasSubstr(line)) << "the journal has what its run found";
  explain.directory = project_.folder().path();
  explain.arguments = {"explain", "error.log"};
  EXPECT_THAT(run(explain).out, HasSubstr(line));
  explain.arguments.emplace_back("--json");
  EXPECT_THAT(run(explain).out, HasSubstr("\"places\":[{\"file\":\"app/members.py\",\"line\":2,"));
}

TEST_F(CodeOfApp, IsFoundWithoutGitWhereTheProjectSaysSo) {
  project_.folder().write("app/members.py", "QUERY = 'SELECT emial FROM members'\n");
  project_.run();
  EXPECT_THAT(first_suspect().places, IsEmpty()) << "no checkout, and nobody said where it is";
  std::string toml = read_file(project_.folder() / "murphy.toml");
  toml.insert(toml.find("[app]\n") + 6, "source = \"app\"\n");
  project_.folder().write("murphy.toml", toml);
  const Finished finished = project_.run();
  EXPECT_THAT(finished.out, HasSubstr("members.py:1 writes \"emial\"\n"));
}

TEST_F(CodeOfApp, IsNotWhatMurphyReadsItself) {
  commit("First");
  project_.folder().write("scenarios/other.toml",
                          "feature = \"Other\"\n[[scenario]]\nname = \"a\"\nsteps = [{ open = \"/emial\" }]\n");
  const std::string add = "cd '" + project_.folder().path().string() + "' && git add scenarios";
  ASSERT_EQ(std::system(add.c_str()), 0);
  const Finished finished = project_.run();
  EXPECT_THAT(finished.out, Not(HasSubstr("writes \"emial\"")));
}

} // namespace
} // namespace murphy::end_to_end
