// Events in which every member differs from its default.
#pragma once

#include "record/event.h"

#include <vector>

namespace murphy::record {

inline Instant moment(int microseconds) {
  return Instant(std::chrono::sys_days(std::chrono::year(2026) / 11 / 22)) + std::chrono::microseconds(microseconds);
}

inline Exchange full_exchange() {
  using namespace std::chrono_literals;
  return {
      .reason = Reason::auto_submitted,
      .started = moment(1),
      .method = "POST",
      .url = "http://127.0.0.1:8080/login",
      .request_headers = {{"Content-Type", "application/x-www-form-urlencoded"}, {"Origin", "http://127.0.0.1:8080"}},
      .request_body = "email=ada%40example.com&remember=1",
      .status = 303,
      .headers = {{"Location", "/dashboard"}},
      .body = "<p>\"é日😀\"\t\n</p>",
      .body_size = 4'000'000'000,
      .body_cut = true,
      .remote = "127.0.0.1:8080",
      .reused = true,
      .timing = {.resolve = 1us, .connect = 2us, .tls = 3us, .first_byte = 4us, .body = 5us},
      .notes = {"cookie \"sid\" dropped: Secure over plain http"},
      .error = "the connection was closed early"};
}

inline StepResult full_step() {
  using namespace std::chrono_literals;
  return {
      .title = "submit Sign in",
      .place = {"scenarios/sign-in.toml", 9, 5, 6},
      .source_line = "  { submit = \"Sign in\" },",
      .outcome = Outcome::failed,
      .started = moment(2),
      .duration = 1234us,
      .failures = {{.what = "dashboard",
                    .place = {"scenarios/sign-in.toml", 10, 15, 9},
                    .source_line = "  { expect = { dashboard = \"open\" } },",
                    .expected = "the dashboard",
                    .got = "/login, status 422",
                    .hint = "the page says: wrong password"}},
      .error = Error{.kind = ErrorKind::interrupted,
                     .what = "stopped",
                     .hint = "run again",
                     .place = {"a.toml", 1, 2, 3},
                     .source_line = "x = 1"},
      .note = "noted",
      .evidence = {.exchanges = {full_exchange()},
                   .form =
                       FilledForm{
                           .name = "Sign in",
                           .method = "POST",
                           .action = "http://127.0.0.1:8080/login",
                           .encoding = "application/x-www-form-urlencoded",
                           .fields = {{.label = "Email", .name = "email", .type = "text", .value = "ada@example.com"}}},
                   .page = PageSeen{.url = "http://127.0.0.1:8080/login",
                                    .status = 422,
                                    .title = "Sign in",
                                    .errors = {"Email: is not registered"},
                                    .forms = {{.name = "Sign in",
                                               .method = "POST",
                                               .action = "/login",
                                               .encoding = "application/x-www-form-urlencoded",
                                               .fields = {{.name = "email",
                                                           .type = "email",
                                                           .label = "Email",
                                                           .rules = {"maxlength=254", "required"}}}}},
                                    .outline = {"h1", "p.notice"},
                                    .text = "Sign in\nEmail is not registered"},
                   .console = {{.at = moment(3), .text = "no such column: emial"}},
                   .validation = Validation{.form = "Create account",
                                            .probes = 12,
                                            .table = "users",
                                            .database_note = "the database could not be looked at",
                                            .cells = {{.field = "Email",
                                                       .rule = "max_length",
                                                       .required = "at most 254 characters",
                                                       .page = Standing::looser,
                                                       .declared = "maxlength=300",
                                                       .server = Standing::missing,
                                                       .probe = "255 characters",
                                                       .words = "303 /dashboard",
                                                       .column = Standing::stricter,
                                                       .column_says = "users.email varchar(64)",
                                                       .note = "browsers let more through than the app takes",
                                                       .holds = true,
                                                       .place = {"scenarios/sign-up.toml", 9, 5, 6}}}},
                   .probes = Probes{.wrong_password = ProbeEnd::refused,
                                    .unknown_user = ProbeEnd::server_error,
                                    .no_session = ProbeEnd::refused,
                                    .ready_page = ProbeEnd::works,
                                    .static_page = ProbeEnd::no_answer,
                                    .second_account = ProbeEnd::works}},
      .suspects = {{.layer = Layer::model,
                    .also = Layer::database,
                    .cause = "column \"emial\" does not exist; users has \"email\"",
                    .identifier = "emial",
                    .suggestion = "email",
                    .origin = "schema",
                    .confidence = Confidence::high,
                    .evidence = {{.source = "console", .text = "no such column: emial"}},
                    .advice = "Compare the model's map with the table.",
                    .fingerprint = "0123456789abcdef"}}};
}

inline std::vector<Table> full_tables() {
  return {
      {.name = "users",
       .columns = {{.name = "email", .type = "varchar(254)", .length = 254, .nullable = true, .has_default = true}},
       .unique = {{"email"}}}};
}

inline KnownGood full_known_good() {
  return {
      .forms = {{.page = "/login",
                 .form = {.name = "Sign in",
                          .method = "POST",
                          .action = "/login",
                          .encoding = "multipart/form-data",
                          .fields = {{.name = "email", .type = "email", .label = "Email", .rules = {"required"}}}}}},
      .visits = {{.request = "POST /login",
                  .answers = {"303 /login", "200 /dashboard"},
                  .title = "Dashboard",
                  .errors = {"Your password is old"},
                  .outline = {"h1"}}},
      .cookies = {{.name = "sid",
                   .domain = "example.com",
                   .path = "/",
                   .same_site = "Lax",
                   .secure = true,
                   .http_only = true,
                   .lasts = 3600}},
      .engine = "sqlite",
      .tables = full_tables(),
      .console = {"WARN: no mail is sent"}};
}

inline std::vector<Event> full_events() {
  using namespace std::chrono_literals;
  return {RunStarted{.murphy_version = "0.1.0",
                     .at = moment(0),
                     .project = "murphy.toml",
                     .target = "local",
                     .hostname = "ci-1",
                     .plan = {{.id = "scenarios/sign-in.toml#A registered user",
                               .feature = "Sign in",
                               .name = "A registered user",
                               .place = {"scenarios/sign-in.toml", 3, 1, 12},
                               .tags = {"smoke"},
                               .ticket = "SUP-1423",
                               .requirements = {"ASVS-7.2.4"}}}},
          TargetReady{.at = moment(10),
                      .url = "http://127.0.0.1:8080",
                      .started_by_us = true,
                      .waited = 20ms,
                      .console = {{.at = moment(9), .text = "listening"}}},
          TargetLost{.at = moment(30),
                     .error = {.kind = ErrorKind::target,
                               .what = "the app ended",
                               .hint = "see its console",
                               .place = {"murphy.toml", 4, 1, 5},
                               .source_line = "start = \"x\""},
                     .console = {{.at = moment(31), .text = "panic"}}},
          CaseStarted{.id = "scenarios/sign-in.toml#A registered user", .at = moment(40)},
          EvidenceGathered{.at = moment(45),
                           .schema = Schema{.engine = "sqlite", .tables = full_tables(), .left_out = 3},
                           .database_note = "the database could not be looked at",
                           .known_good = full_known_good(),
                           .signatures = {{.layer = Layer::config,
                                           .says = "the licence has run out",
                                           .contains = "licence",
                                           .pattern = "licence (?<name>\\S+) has expired",
                                           .example = "licence ACME-7 has expired"}}},
          StepFinished{.id = "scenarios/sign-in.toml#A registered user", .step = full_step()},
          CaseRetried{.id = "scenarios/sign-in.toml#A registered user",
                      .at = moment(35),
                      .outcome = Outcome::error,
                      .duration = 30ms},
          CaseFinished{.id = "scenarios/sign-in.toml#A registered user",
                       .outcome = Outcome::skipped,
                       .duration = 5s,
                       .note = "no account"},
          ControlFinished{.holds = true, .got = "sent to /login", .exchanges = {full_exchange()}},
          RunFinished{.at = moment(50), .duration = 6s, .interrupted = true}};
}

} // namespace murphy::record
