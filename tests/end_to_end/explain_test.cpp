// murphy explain on what people really have: pasted logs, journals, evidence of others, and things that are neither.
#include "command.h"
#include "record/journal.h"
#include "tests/places.h"

#include <fmt/format.h>
#include <gmock/gmock.h>

namespace murphy::end_to_end {
namespace {

using testing::AllOf;
using testing::HasSubstr;
using testing::Not;
using testing::StartsWith;

class Explain : public testing::Test {
protected:
  Finished explain(std::vector<std::string> arguments) const {
    Invocation invocation;
    invocation.directory = folder_.path();
    invocation.arguments = {"explain"};
    invocation.arguments.insert(invocation.arguments.end(), arguments.begin(), arguments.end());
    return run(invocation);
  }
  Finished explain_log(const std::string& text) const {
    folder_.write("app.log", text);
    return explain({"app.log"});
  }
  TemporaryFolder folder_;
};

TEST_F(Explain, ReadsLogsInAnyDress) {
  const std::string said = "Likely cause: the model or the database — column \"emial\" of users does not exist";
  EXPECT_THAT(explain_log("\x1b[31mno such column: users.emial\x1b[0m\r\n").out, StartsWith(said));
  EXPECT_THAT(
      explain_log("{\"level\":50,\"msg\":\"failed\",\"err\":{\"message\":\"no such column: users.emial\"}}\n").out,
      StartsWith(said));
  std::string wide = "\xFF\xFE";
  for (const char c : std::string("no such column: users.emial\n")) wide += {c, '\0'};
  EXPECT_THAT(explain_log(wide).out, StartsWith(said));
  EXPECT_THAT(explain_log("caf\xE9\nno such column: users.emial\n").out, StartsWith(said)) << "Latin-1";
  std::string turned = "\xFE\xFF";
  for (const char c : std::string("no such column: users.emial\n")) turned += {'\0', c};
  EXPECT_THAT(explain_log(turned).out, StartsWith(said));
  EXPECT_THAT(explain_log(std::string(300'000, '.') + std::string("\n\0\n", 3) + "no such column: users.emial\n").out,
              StartsWith(said))
      << "a text with a byte in it that is none";
}

TEST_F(Explain, ReadsTracesOfInterleavedRequests) {
  const Finished finished =
      explain_log("[a] Started POST \"/login\"\n[b] Started GET \"/\"\n[a] NoMethodError (undefined method `emial' for "
                  "#<User id: 1, email: \"ada@example.com\">):\n"
                  "[b] Completed 200 OK\n[a]   \n[a] app/controllers/sessions_controller.rb:4:in `create'\n");
  EXPECT_THAT(finished.out,
              StartsWith("Likely cause: the controller or the model — \"emial\" is no attribute of User"));
  EXPECT_THAT(finished.out, Not(HasSubstr("ada@example.com")));
}

TEST_F(Explain, FindsTheErrorInALogOfManyMegabytes) {
  std::string log;
  for (int i = 0; i < 150'000; ++i)
    log += "2026-11-22 09:00:00 INFO everything is as it should be, request " + std::to_string(i) + "\n";
  log.insert(log.size() / 2, "\nno such column: users.emial\n");
  const Finished finished = explain_log(log);
  EXPECT_EQ(finished.code, 0);
  EXPECT_THAT(finished.out, HasSubstr("column \"emial\""));
  EXPECT_EQ(finished.err, "murphy: the log is long; Murphy read only the lines around error messages\n");
}

TEST_F(Explain, FindsTheInnermostCauseOfTracesOfManyLines) {
  EXPECT_THAT(explain_log("Traceback (most recent call last):\n"
                          "  File \"/srv/app/accounts/views.py\", line 12, in login\n"
                          "    user = User.objects.get(emial=email)\n"
                          "django.core.exceptions.FieldError: Cannot resolve keyword 'emial' into field. Choices are: "
                          "email, id, password\n"
                          "\nDuring handling of the above exception, another exception occurred:\n\n"
                          "Traceback (most recent call last):\n"
                          "  File \"/srv/app/accounts/views.py\", line 14, in login\n"
                          "NameError: name 'logger' is not defined\n")
                  .out,
              HasSubstr("\"emial\""));
  EXPECT_THAT(explain_log("{\"level\":\"error\",\"stack\":\"java.lang.RuntimeException: sign-in failed\\n\\tat "
                          "com.x.Login.post(Login.java:9)\\nCaused by: org.hibernate.query.sqm.PathElementException: "
                          "Could not resolve attribute 'emial' of 'com.x.User'\"}\n")
                  .out,
              HasSubstr("\"emial\""));
}

// Reads its input as a shell command makes it, with no more memory than a log of any length may take.
Finished explain_bounded(const std::string& makes_log) {
  Invocation shell;
  shell.binary = "/bin/bash";
  // The address space of the process, in KiB: its libraries and a few dozen megabytes.
  shell.arguments = {"-c", makes_log + " | (ulimit -v 200000 && exec \"$0\" explain -)", murphy_program()};
  return run(shell);
}

TEST_F(Explain, TakesNoMoreMemoryForALongerLog) {
  const Finished finished = explain_bounded("(yes 'INFO all is well, request 1234567 took 20 ms' | head -c "
                                            "200000000; echo; echo 'no such column: users.emial')");
  EXPECT_EQ(finished.code, 0) << finished.err;
  EXPECT_THAT(finished.out, HasSubstr("column \"emial\""));
  EXPECT_EQ(explain_bounded("(echo 'no such column: users.emial'; head -c 200000000 /dev/zero | tr '\\0' x)").code, 0)
      << "a line without an end";
}

TEST_F(Explain, TakesNoMoreMemoryForALongerJournal) {
  const Finished ran = run(dashboard_run({"scenarios/sign-in.toml", "--journal", folder_ / "run.jsonl", "--jobs", "1"},
                                         "misspelled-migration"));
  ASSERT_EQ(ran.code, 1) << ran.out << ran.err;
  // The same journal, its first case tried again and again.
  std::string head, attempt, tail;
  std::string id;
  const auto events = record::read_journal((folder_ / "run.jsonl").string());
  ASSERT_TRUE(events.has_value());
  for (const record::Event& event : *events) {
    const auto* started = std::get_if<record::CaseStarted>(&event);
    if (started != nullptr && id.empty()) {
      id = started->id;
      head += record::journal_line(event);
    } else if (const auto* step = std::get_if<record::StepFinished>(&event); step != nullptr && step->id == id) {
      attempt += record::journal_line(event);
    } else {
      (id.empty() ? head : tail) += record::journal_line(event);
    }
  }
  ASSERT_FALSE(attempt.empty());
  folder_.write("head", head);
  folder_.write("again", attempt + record::journal_line(record::CaseRetried{id, {}, record::Outcome::failed, {}}));
  folder_.write("tail", attempt + tail);
  const std::string folder = folder_.path().string();
  const Finished finished =
      explain_bounded("(cd " + folder + " && cat head && for i in {1..2000}; do cat again; done && cat tail)");
  EXPECT_EQ(finished.code, 0) << finished.err;
  EXPECT_THAT(finished.out, HasSubstr("column \"password_hash\" of users does not exist"));
}

TEST_F(Explain, SaysWhenItDoesNotKnow) {
  EXPECT_EQ(explain_log("Started\nStopped\n").out,
            "No likely cause: the evidence does not show one.\nGive Murphy more to "
            "look at: the app's console, its database, a known-good record.\n");
}

TEST_F(Explain, SaysThatASignInOfTheLogWorked) {
  const std::string no_cause = "No likely cause: the evidence does not show one.\nA sign-in in this log worked: give "
                               "Murphy the part in which one "
                               "did not.\n";
  EXPECT_EQ(explain_log("POST /login 302\nGET /dashboard 200\n").out, no_cause);
  EXPECT_EQ(explain_log("WARN Forbidden (CSRF cookie not set.): /login/\nINFO login ok user=eva\n").out, no_cause);
  EXPECT_THAT(explain_log("INFO login ok user=eva\nWARN Forbidden (CSRF cookie not set.): /login/\n").out,
              HasSubstr("the form's CSRF token was refused"));
  for (const char* request : {"POST /login 403", "GET /login 200", "GET /dashboard 500"})
    EXPECT_THAT(explain_log(fmt::format("WARN Forbidden (CSRF cookie not set.): /login/\nINFO login ok user=eva\n{}\n",
                                        request))
                    .out,
                HasSubstr("the form's CSRF token was refused"))
        << request;
  EXPECT_THAT(explain_log("ERROR connect ECONNREFUSED 10.0.0.5:5432\nINFO login ok user=eva\n").out,
              HasSubstr("cannot be reached"));
  EXPECT_THAT(explain_log("no such column: emial\nINFO login ok user=eva\n").out, HasSubstr("column \"emial\""))
      << "another page may ask for it";
}

TEST_F(Explain, PassesOverAddressesThatStrangersAskFor) {
  for (const char* path : {"/wp-includes/wlwmanifest.xml", "/.env", "/apple-touch-icon.png"})
    EXPECT_THAT(explain_log(fmt::format("ActionController::RoutingError (No route matches [GET] \"{}\")\n", path)).out,
                HasSubstr("the evidence does not show one"))
        << path;
  EXPECT_THAT(explain_log("ActionController::RoutingError (No route matches [GET] \"/dashbord\")\n").out,
              HasSubstr("/dashbord"));
}

TEST_F(Explain, ReadsEvidenceOfOthersLineByLine) {
  folder_.write("evidence.jsonl", "{\"id\": \"a\", \"console\": [\"no such table: usr\"], \"unknown\": {}}\n\n{\"id\": "
                                  "\"b\", \"console\": \"invalid csrf token\"}\n");
  const Finished finished = explain({"--evidence", "evidence.jsonl", "--json"});
  EXPECT_EQ(finished.code, 0) << finished.err;
  EXPECT_THAT(finished.out, AllOf(StartsWith("{\"id\":\"a\",\"layer\":"), HasSubstr("\"identifier\":\"usr\""),
                                  HasSubstr("\n{\"id\":\"b\",\"layer\":\"session\"")));
  folder_.write("whole.json", "{\n  \"id\": \"c\",\n  \"console\": [\"no such table: usr\"]\n}\n");
  EXPECT_THAT(explain({"--evidence", "whole.json", "--json"}).out, StartsWith("{\"id\":\"c\""));
}

TEST_F(Explain, RefusesWhatItCannotRead) {
  const auto refused = [](const Finished& finished) {
    EXPECT_EQ(finished.code, 2);
    EXPECT_EQ(finished.out, "");
    return finished.err;
  };
  EXPECT_THAT(refused(explain({"missing.log"})), HasSubstr("missing.log: cannot be read: No such file or directory"));
  EXPECT_THAT(refused(explain({"."})), HasSubstr("is a folder"));
  EXPECT_THAT(refused(explain_log(std::string("\0\1\2", 3))), HasSubstr("is not text: it contains zero bytes"));
  EXPECT_THAT(refused(explain_log("")), HasSubstr("is empty"));
  EXPECT_THAT(refused(explain({})), HasSubstr("there is nothing to explain"));
  folder_.write("evidence.jsonl", "{\"id\": \"a\", \"exchanges\": 3}\n");
  EXPECT_THAT(refused(explain({"--evidence", "evidence.jsonl"})),
              HasSubstr("evidence.jsonl:1: \"exchanges\" must be a list of"));
  folder_.write("other.json", "[1, 2]");
  EXPECT_THAT(refused(explain({"--evidence", "other.json"})), HasSubstr("evidence is an object"));
  folder_.write("none.json", "\n");
  EXPECT_THAT(refused(explain({"--evidence", "none.json"})), HasSubstr("contains no evidence"));
  folder_.write("run.jsonl", "{\"murphy\":99,\"event\":\"run_started\"}\n");
  EXPECT_THAT(refused(explain({"run.jsonl"})), HasSubstr("run.jsonl:1"));
}

TEST_F(Explain, JudgesAnOlderJournalByWhatItHolds) {
  std::filesystem::copy_file(in_project("tests/record/journals/version-1.jsonl"), folder_ / "old.jsonl");
  const Finished finished = explain({"old.jsonl"});
  EXPECT_EQ(finished.code, 0) << finished.err;
  EXPECT_THAT(finished.out, HasSubstr("Likely cause: the model or the database — column \"emial\" does not exist"));
}

TEST_F(Explain, ReDiagnosesAJournal) {
  Invocation founding =
      dashboard_run({"scenarios/sign-in.toml", "--journal", folder_ / "run.jsonl"}, "misspelled-migration");
  const Finished ran = run(founding);
  ASSERT_EQ(ran.code, 1) << ran.out << ran.err;
  const Finished finished = explain({"run.jsonl"});
  EXPECT_EQ(finished.code, 0) << finished.err;
  EXPECT_THAT(finished.out, HasSubstr("column \"password_hash\" of users does not exist"));
  EXPECT_THAT(finished.out, HasSubstr("A registered user reaches the dashboard\nLikely cause: the database — column"));
}

} // namespace
} // namespace murphy::end_to_end
