#include "example_run.h"

#include <fmt/format.h>
#include <gtest/gtest.h>

namespace murphy::reports::example {

namespace {

using namespace std::chrono_literals;
using record::Outcome;

// 2026-03-04T05:06:07Z
const record::Instant start{std::chrono::seconds(1'772'600'767)};

constexpr const char* sign_in_file = "scenarios/sign-in.toml";
constexpr const char* profile_file = "scenarios/profile.toml";

record::PlannedCase planned(const char* file, const char* feature, const std::string& name, unsigned line) {
  record::PlannedCase plan;
  plan.id = fmt::format("{}#{}", file, name);
  plan.feature = feature;
  plan.name = name;
  plan.place = {.file = file, .line = line, .column = 1, .length = 1};
  return plan;
}

record::StepResult step(std::string title, Place place, std::string source_line) {
  record::StepResult result;
  result.title = std::move(title);
  result.place = std::move(place);
  result.source_line = std::move(source_line);
  result.started = start + 100ms;
  result.duration = 12ms;
  return result;
}

record::Exchange exchange(record::Reason reason, std::string method, std::string url, int status,
                          record::Duration first_byte) {
  record::Exchange made;
  made.reason = reason;
  made.method = std::move(method);
  made.url = std::move(url);
  made.status = status;
  made.timing.first_byte = first_byte;
  return made;
}

// A sign-in that the app refuses because a column's name is misspelled; its console says so among 57 lines.
record::StepResult refused_sign_in() {
  record::StepResult result =
      step("submit \"Sign in\"", {.file = sign_in_file, .line = 24, .column = 1, .length = 6}, "submit = \"Sign in\"");
  result.outcome = Outcome::failed;
  record::Failure dashboard;
  dashboard.code = record::FailureCode::dashboard_not_reached;
  dashboard.key = "dashboard";
  dashboard.place = {.file = sign_in_file, .line = 26, .column = 20, .length = 6};
  dashboard.source_line = "expect.dashboard = \"open\"";
  dashboard.subject = "/dashboard";
  dashboard.part = "[data-user]";
  dashboard.wanted.kind = record::Wanted::Kind::open;
  dashboard.got.answer = {200, "/login", "Sign in", {record::PageTrait::asks_for_password}};
  dashboard.shown = {{{}, "Wrong email or password"}, {{"Password"}, "does not match our records"}};
  record::Failure cookie;
  cookie.code = record::FailureCode::cookie_not_renewed;
  cookie.key = "cookie.sid.changed";
  cookie.subject = "sid";
  cookie.part = "changed";
  cookie.place = {.file = sign_in_file, .line = 27, .column = 17, .length = 3};
  cookie.source_line =
      "expect.cookie = { sid = { changed = true, secure = true, http_only = true, same_site = \"Lax\" } }";
  cookie.got.change = record::CookieChange::kept;
  result.failures = {dashboard, cookie};
  record::Suspect model;
  model.layer = record::Layer::model;
  model.cause = "column \"pasword_hash\" does not exist; users has \"password_hash\"";
  model.identifier = "pasword_hash";
  model.suggestion = "password_hash";
  model.origin = record::SuggestionOrigin::schema;
  model.confidence = record::Confidence::high;
  model.evidence = {{.source = record::EvidenceSource::console,
                     .text = "PG::UndefinedColumn: ERROR:  column users.pasword_hash does not exist"},
                    {.source = record::EvidenceSource::schema, .text = "users: id, email, password_hash"}};
  model.advice = "Correct the name where the model or its query spells it.";
  model.fingerprint = "4fb85142c142d1d8";
  record::Suspect session;
  session.layer = record::Layer::session;
  session.cause = "the sign-in is accepted, and the next page does not know it";
  session.confidence = record::Confidence::low;
  result.suspects = {model, session};

  record::Evidence& evidence = result.evidence;
  const std::string app = "http://127.0.0.1:8080";
  evidence.exchanges = {
      exchange(record::Reason::submitted, "POST", app + "/login", 303, 8200us),
      exchange(record::Reason::redirected, "GET", app + "/dashboard", 302, 1900us),
      exchange(record::Reason::redirected, "GET", app + "/login?next=%2Fdashboard", 200, 2100us),
      exchange(record::Reason::control, "GET", app + "/dashboard", 302, 900us),
      exchange(record::Reason::redirected, "GET", app + "/login", 200, 800us),
  };
  evidence.form = record::FilledForm{
      .name = "Sign in",
      .method = "POST",
      .action = app + "/login",
      .encoding = "application/x-www-form-urlencoded",
      .fields = {
          {.label = "csrf_token", .name = "csrf_token", .type = "hidden", .value = "‹csrf:9f3c›"},
          {.label = "Email address", .name = "user[email]", .type = "text", .value = "ada@example.com"},
          {.label = "Password", .name = "user[password]", .type = "password", .value = "‹ada.password›"},
          {.label = "Remember me", .name = "remember", .type = "checkbox", .value = ""},
          {.label = "Sign in", .name = "commit", .type = "button", .value = "Sign in"},
      }};
  evidence.page =
      record::PageSeen{.url = app + "/login?next=%2Fdashboard",
                       .status = 200,
                       .title = "Sign in",
                       .errors = {{{}, "Wrong email or password"}, {{"Password"}, "does not match our records"}},
                       .forms = {{.name = "Sign in",
                                  .method = "POST",
                                  .action = "/login",
                                  .encoding = "application/x-www-form-urlencoded",
                                  .fields = {}}},
                       .outline = {"h1"},
                       .text = "Sign in",
                       .traits = {}};
  for (int i = 0; i < 30; ++i)
    evidence.console.push_back({.at = start, .text = fmt::format("05:06:07.{:03} DEBUG template cache hit", i)});
  evidence.console.push_back({.at = start, .text = "05:06:07.031 INFO  POST /login user[email]=ada@example.com"});
  evidence.console.push_back(
      {.at = start,
       .text = "\x1B[31m05:06:07.033 ERROR\x1B[0m SQL SELECT id, password_hsah FROM users WHERE email = ?: "
               "no such column: password_hsah"});
  evidence.console.push_back({.at = start, .text = "05:06:07.034 INFO  session kept, user is anonymous"});
  for (int i = 35; i < 59; ++i)
    evidence.console.push_back({.at = start, .text = fmt::format("05:06:07.{:03} DEBUG\trender\tlogin.html", i)});
  return result;
}

record::StepResult unanswered() {
  record::StepResult result =
      step("open /login", {.file = sign_in_file, .line = 33, .column = 3, .length = 4}, "  { open = \"/login\" },");
  result.outcome = Outcome::error;
  result.error = Error{.kind = ErrorKind::target,
                       .what = "http://127.0.0.1:8080/login gave no answer: connection reset by peer",
                       .hint = "look at the app's console for why it closed the connection",
                       .place = {},
                       .source_line = {}};
  result.evidence.exchanges = {exchange(record::Reason::opened, "GET", "http://127.0.0.1:8080/login", 0, 0us)};
  result.evidence.exchanges.back().error = "connection reset by peer";
  return result;
}

// What an app may send to spoil a terminal, a log or an XML document.
record::StepResult odd_characters() {
  record::StepResult result =
      step("save \"Profile\" <b>&amp;</b>", {.file = profile_file, .line = 9, .column = 3, .length = 6},
           "\t{ submit = \"Save\", expect = { text = \"雪の結晶\" } },");
  result.outcome = Outcome::failed;
  record::Failure text;
  text.code = record::FailureCode::missing_text;
  text.key = "text";
  text.place = {.file = profile_file, .line = 9, .column = 39, .length = 6};
  text.source_line = result.source_line;
  text.wanted.kind = record::Wanted::Kind::part;
  text.wanted.text = "雪の結晶";
  text.got = record::got_text(
      "first line <script>alert(1)</script> & ]]>\n\tindented \x1B[2Jwith \x01 control \xFF\xFE bytes\n"
      "\xE2\x80\xAEright to left\xE2\x80\xAC and \xEF\xBF\xBF no character\nlast line");
  result.failures = {text};
  result.evidence.console = {
      {.at = start, .text = "title\x1B]0;owned\x07 and \x1B[1;31mred\x1B[m bell \x07 return \r end"}};
  return result;
}

record::Failure open_to_all() {
  record::Failure failure;
  failure.code = record::FailureCode::dashboard_not_refused;
  failure.key = "dashboard";
  failure.subject = "/dashboard";
  failure.part = "[data-user]";
  failure.wanted.kind = record::Wanted::Kind::closed;
  failure.got.answer = {200, "/dashboard", "Dashboard", {}};
  return failure;
}

struct Script {
  std::vector<record::Event> events;
  record::RunStarted started;

  void begin() {
    started.murphy_version = "0.1.0";
    started.at = start;
    started.project = "murphy.toml";
    started.target = "local";
    started.hostname = "ci-1";
    events.emplace_back(started);
  }
  void ready() {
    events.emplace_back(record::TargetReady{
        .at = start + 410ms, .url = "http://127.0.0.1:8080", .started_by_us = true, .waited = 410ms, .console = {}});
  }
  void start_case(std::size_t index, record::Duration at) {
    events.emplace_back(record::CaseStarted{.id = started.plan[index]->id, .at = start + at});
  }
  void add_step(std::size_t index, record::StepResult result) {
    events.emplace_back(record::StepFinished{.id = started.plan[index]->id, .step = std::move(result)});
  }
  void end_case(std::size_t index, Outcome outcome, record::Duration duration, record::Note note = {}) {
    events.emplace_back(record::CaseFinished{
        .id = started.plan[index]->id, .outcome = outcome, .duration = duration, .note = std::move(note)});
  }
  void end(record::Duration duration, bool interrupted = false) {
    events.emplace_back(record::RunFinished{.at = start + duration, .duration = duration, .interrupted = interrupted});
  }
};

record::StepResult passed_step() {
  return step("open /login", {.file = sign_in_file, .line = 7, .column = 3, .length = 4}, "  { open = \"/login\" },");
}

record::StepResult skipped_step() {
  record::StepResult result =
      step("click “Accept cookies”", {.file = sign_in_file, .line = 8, .column = 3, .length = 5},
           "  { click = \"Accept cookies\", when = { text = \"We use cookies\" } },");
  result.outcome = Outcome::skipped;
  result.note.kind = record::Note::Kind::condition_unmet;
  record::Failure& unmet = result.note.failure.emplace();
  unmet.code = record::FailureCode::missing_text;
  unmet.key = "text";
  unmet.wanted.kind = record::Wanted::Kind::part;
  unmet.wanted.text = "We use cookies";
  unmet.got = record::got_text("Welcome # back");
  return result;
}

} // namespace

std::vector<record::Event> rich() {
  Script script;
  script.started.plan = {
      planned(sign_in_file, "Sign in", "A registered user reaches the dashboard", 3),
      planned(sign_in_file, "Sign in", "A returning user reaches the dashboard that was open before the deploy", 18),
      planned(sign_in_file, "Sign in", "An account of 2019 signs in", 30),
      planned(sign_in_file, "Sign in", "A one-time code is asked for", 40),
      planned(profile_file, "Profile & <settings>", "Ünïcödé names and “quotes” <stay> & survive: 雪", 4),
      planned(profile_file, "Profile & <settings>", "A picture is replaced", 14),
  };
  script.started.plan[1].edit().tags.edit() = {"smoke", "writes"};
  script.started.plan[1].edit().ticket = "SUP-1423";
  script.started.plan[1].edit().requirements.edit() = {"ASVS-7.2.4"};
  script.begin();
  script.ready();
  script.start_case(0, 420ms);
  script.start_case(1, 421ms);
  script.add_step(0, passed_step());
  script.add_step(0, skipped_step());
  script.end_case(0, Outcome::passed, 123ms);
  script.events.emplace_back(record::ControlFinished{.holds = false, .failure = open_to_all(), .exchanges = {}});
  script.start_case(2, 560ms);
  script.add_step(2, unanswered());
  script.end_case(2, Outcome::error, 34567us);
  script.add_step(1, passed_step());
  script.add_step(1, refused_sign_in());
  script.end_case(1, Outcome::failed, 1'234'567us);
  script.end_case(
      3, Outcome::skipped, 0us,
      {.kind = record::Note::Kind::known_failure, .text = "SUP-7", .until = "2026-12-31", .number = 0, .failure = {}});
  script.start_case(4, 1700ms);
  script.add_step(4, odd_characters());
  script.end_case(4, Outcome::failed, 900us);
  script.end(1'840ms, true);
  return script.events;
}

std::vector<record::Event> green() {
  Script script;
  script.started.plan = {planned(sign_in_file, "Sign in", "A registered user reaches the dashboard", 3),
                         planned(sign_in_file, "Sign in", "A wrong password says so and lets no one in", 18)};
  script.begin();
  script.ready();
  for (std::size_t i = 0; i < script.started.plan.size(); ++i) {
    script.start_case(i, 420ms);
    script.add_step(i, passed_step());
    script.end_case(i, Outcome::passed, 123ms);
  }
  script.events.emplace_back(record::ControlFinished{.holds = true, .failure = {}, .exchanges = {}});
  script.end(720ms);
  return script.events;
}

std::vector<record::Event> lost() {
  Script script;
  script.started.plan = {planned(sign_in_file, "Sign in", "A registered user reaches the dashboard", 3),
                         planned(sign_in_file, "Sign in", "A wrong password says so and lets no one in", 18),
                         planned(sign_in_file, "Sign in", "An account of 2019 signs in", 30)};
  script.begin();
  script.ready();
  script.start_case(0, 420ms);
  script.add_step(0, passed_step());
  script.end_case(0, Outcome::passed, 123ms);
  script.start_case(1, 560ms);
  script.events.emplace_back(
      record::TargetLost{.at = start + 600ms,
                         .error = {.kind = ErrorKind::target,
                                   .what = "the app ended with signal 11 (segmentation fault)",
                                   .hint = "its last console lines say what it did",
                                   .place = {},
                                   .source_line = {}},
                         .console = {{.at = start, .text = "POST /login"}, {.at = start, .text = "Segmentation fault"}},
                         .loss = record::AppLoss::died,
                         .exchanges = {},
                         .suspects = {}});
  script.add_step(1, unanswered());
  script.end_case(1, Outcome::error, 40ms);
  script.end(700ms);
  return script.events;
}

record::Suspect suspect_of_start() {
  record::Suspect suspect;
  suspect.layer = record::Layer::config;
  suspect.cause = "the file \"dashboard.db\" cannot be used";
  suspect.identifier = "dashboard.db";
  suspect.confidence = record::Confidence::medium;
  suspect.fingerprint = "9c0ffee0ddba1157";
  suspect.evidence = {{record::EvidenceSource::console, "cannot open dashboard.db: permission denied"}};
  suspect.advice =
      "Look at the settings the app was started with: files, environment variables, and what changed in them.";
  return suspect;
}

std::vector<record::Event> never_ready() {
  Script script;
  script.started.plan = {planned(sign_in_file, "Sign in", "A registered user reaches the dashboard", 3),
                         planned(profile_file, "Profile", "A picture is replaced", 14)};
  script.begin();
  script.events.emplace_back(
      record::TargetLost{.at = start + 600ms,
                         .error = {.kind = ErrorKind::target,
                                   .what = "bin/server ended with exit code 1 before it answered",
                                   .hint = "run it by hand: bin/server --port 8080",
                                   .place = {.file = "murphy.toml", .line = 8, .column = 1, .length = 5},
                                   .source_line = "start = \"bin/server --port ${port}\""},
                         .console = {{.at = start, .text = "cannot open dashboard.db: permission denied"}},
                         .loss = record::AppLoss::broken,
                         .exchanges = {},
                         .suspects = {suspect_of_start()}});
  script.end(700ms);
  return script.events;
}

record::Run fold(const std::vector<record::Event>& events) {
  record::Run run;
  for (const record::Event& event : events) {
    const Result<void> applied = record::apply(run, event);
    EXPECT_TRUE(applied) << applied.error().what;
  }
  return run;
}

} // namespace murphy::reports::example
