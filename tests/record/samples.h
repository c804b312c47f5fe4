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
      .dropped_cookies = {{.name = "sid",
                           .why = CookieDrop::domain_elsewhere,
                           .domain = "other.test",
                           .host = "app.test",
                           .bytes = 12}},
      .error = "the connection was closed early",
      .disclosed = "ada.password"};
}

inline AnswerSeen full_answer() {
  return {.status = 422, .path = "/login", .title = "Sign in", .traits = {PageTrait::asks_for_password}};
}

inline ValidationCell full_cell() {
  return {.field = "Email",
          .rule = "max_length",
          .required = {.is_stated = true, .number = 254, .text = "254"},
          .page = Standing::looser,
          .declared = "maxlength=300",
          .choices = 3,
          .page_refuses =
              {.kind = TestedValue::Kind::text, .length = 3, .is_about_length = true, .is_wide = true, .text = "Ada"},
          .bound = 254,
          .server = Standing::missing,
          .tested = {.kind = TestedValue::Kind::hidden,
                     .length = 255,
                     .is_about_length = true,
                     .is_wide = true,
                     .text = "aaaa"},
          .end = SubmissionEnd::accepted,
          .answer = full_answer(),
          .said = "Welcome",
          .column = Standing::stricter,
          .behind = {.fact = ColumnSeen::Fact::length, .table = "users", .column = "email", .type = "varchar(64)"},
          .trouble = ColumnTrouble::cuts,
          .notes = {{.kind = RuleNote::Kind::ignored_pattern, .text = "it is no pattern"}},
          .holds = true,
          .place = {"scenarios/sign-up.toml", 9, 5, 6}};
}

inline Failure full_failure() {
  return {
      .code = FailureCode::missing_cookie,
      .key = "cookie.sid",
      .place = {"scenarios/sign-in.toml", 10, 15, 9},
      .source_line = "  { expect = { cookie = { sid = {} } } },",
      .subject = "sid",
      .part = "secure",
      .wanted = {.kind = Wanted::Kind::equal,
                 .is_negated = true,
                 .is_masked = true,
                 .text = "‹ada.token›",
                 .number = 3,
                 .list = {"303 /login"},
                 .statuses = {{200, 299}}},
      .got = {.text = "nothing",
              .bytes = 7,
              .is_literal = true,
              .number = 4,
              .list = {"302 /"},
              .answer = full_answer(),
              .change = CookieChange::gone},
      .shown = {{.labels = {"Email"}, .words = "is not registered"}},
      .dropped =
          {{.name = "sid", .why = CookieDrop::too_long, .domain = "app.test", .host = "other.test", .bytes = 5000}},
      .others = {"theme"},
      .reason = {.what = "no form", .hint = "the page has none"},
      .cell = full_cell(),
      .policy = Policy{.from = Policy::From::meta, .directive = "form-action 'self'"},
      .near_address = NearAddress{
          .wanted = "/logn", .known = "/login", .is_answered = true, .pages = 2, .places = 3, .places_of_wanted = 1}};
}

inline Note full_note() {
  return {.kind = Note::Kind::known_failure,
          .text = "SUP-1423",
          .until = "2026-12-31",
          .number = 2,
          .failure = full_failure()};
}

inline Evidence full_evidence() {
  return {.exchanges = {full_exchange()},
          .form = FilledForm{.name = "Sign in",
                             .method = "POST",
                             .action = "http://127.0.0.1:8080/login",
                             .encoding = "application/x-www-form-urlencoded",
                             .fields = {{.label = "Email",
                                         .name = "email",
                                         .type = "text",
                                         .value = "ada@example.com",
                                         .from = EntryFrom::scenario}},
                             .frame = "/inner"},
          .page = PageSeen{.url = "http://127.0.0.1:8080/login",
                           .status = 422,
                           .title = "Sign in",
                           .errors = {{.labels = {"Email"}, .words = "is not registered"}},
                           .forms = {{.name = "Sign in",
                                      .method = "POST",
                                      .action = "/login",
                                      .encoding = "application/x-www-form-urlencoded",
                                      .fields = {{.name = "email",
                                                  .type = "email",
                                                  .label = "Email",
                                                  .rules = {"maxlength=254", "required"}}}}},
                           .outline = {"h1", "p.notice"},
                           .text = "Sign in\nEmail is not registered",
                           .traits = {PageTrait::shows_dashboard}},
          .console = {{.at = moment(3), .text = "no such column: emial"}},
          .validation = Validation{.form = "Create account",
                                   .submissions = 12,
                                   .table = "users",
                                   .database_note = "the database could not be looked at",
                                   .created = {"ada@example.com"},
                                   .cells = {full_cell()}},
          .probes = Probes{.wrong_password = ProbeEnd::refused,
                           .unknown_user = ProbeEnd::server_error,
                           .no_session = ProbeEnd::refused,
                           .ready_page = ProbeEnd::works,
                           .static_page = ProbeEnd::no_answer,
                           .second_account = ProbeEnd::works}};
}

inline Suspect full_suspect() {
  return {
      .layer = Layer::model,
      .also = Layer::database,
      .cause = "column \"emial\" does not exist; users has \"email\"",
      .identifier = "emial",
      .suggestion = "email",
      .origin = SuggestionOrigin::schema,
      .subject = "column users.emial",
      .confidence = Confidence::high,
      .reason = "signature:column",
      .evidence = {{.source = EvidenceSource::expectation, .text = "no such column: emial", .failure = full_failure()}},
      .advice = "Compare the model's map with the table.",
      .wrong_name = "emial",
      .places = {{.file = "db/users.sql",
                  .line = 5,
                  .name = "emial",
                  .commit = "1a2b3c4",
                  .subject = "Add users",
                  .age = std::chrono::seconds(7200),
                  .is_new = true}},
      .named_in = {{.name = "emial", .migrations = {"9_waits.sql"}}},
      .fingerprint = "0123456789abcdef"};
}

inline StepResult full_step() {
  using namespace std::chrono_literals;
  return {.title = "submit Sign in",
          .address_from = AddressFrom::capture,
          .place = {"scenarios/sign-in.toml", 9, 5, 6},
          .source_line = "  { submit = \"Sign in\" },",
          .outcome = Outcome::failed,
          .started = moment(2),
          .duration = 1234us,
          .failures = {full_failure()},
          .error = Error{.kind = ErrorKind::interrupted,
                         .what = "stopped",
                         .hint = "run again",
                         .place = {"a.toml", 1, 2, 3},
                         .source_line = "x = 1"},
          .note = full_note(),
          .evidence = full_evidence(),
          .earlier = {{.index = 1, .title = "open /login", .evidence = full_evidence()}},
          .earlier_pages = {{.index = 2, .page = *full_evidence().page}},
          .suspects = {full_suspect()}};
}

inline std::vector<Table> full_tables() {
  return {{.name = "users",
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
      .console = {"WARN: no mail is sent"},
      .migrations = {{.tool = "dbmate", .applied = {"1"}, .left_out = 2}}};
}

inline std::vector<Event> full_events() {
  using namespace std::chrono_literals;
  return {RunStarted{.murphy_version = "0.1.0",
                     .at = moment(0),
                     .project = "murphy.toml",
                     .target = "local",
                     .hostname = "ci-1",
                     .plan = {PlannedCase{.id = "scenarios/sign-in.toml#A registered user",
                                          .feature = "Sign in",
                                          .name = "A registered user",
                                          .place = {"scenarios/sign-in.toml", 3, 1, 12},
                                          .tags = std::vector<std::string>{"smoke"},
                                          .ticket = "SUP-1423",
                                          .requirements = std::vector<std::string>{"ASVS-7.2.4"},
                                          .accounts = std::vector<std::string>{"ada"}}},
                     .origin = {.commit = "0123456789abcdef0123456789abcdef01234567",
                                .branch = "rename-users",
                                .is_dirty = true,
                                .base = "main",
                                .folder = "web/",
                                .pull_request = "12",
                                .build = "4711-1",
                                .build_url = "https://ci.example/runs/4711",
                                .target_version = "2.4.1"},
                     .selection = {"--tag smoke"},
                     .seed = 18446744073709551615U,
                     .shard = Shard{.index = 2, .total = 8, .plan = "89abcdef", .cases = 71},
                     .conditions = RunConditions{.jobs = 4,
                                                 .retries = 2,
                                                 .retries_failures = true,
                                                 .is_stepped = true,
                                                 .unique = 18446744073709551614U,
                                                 .variables = {{.name = "locale", .value = "de", .is_hidden = true}},
                                                 .secrets = {"pin"},
                                                 .resolve = {"app.test:443:127.0.0.1"},
                                                 .files = {{.file = "scenarios/sign-in.toml", .sha256 = "aabbcc"}}}},
          TargetReady{.at = moment(10),
                      .url = "http://127.0.0.1:8080",
                      .started_by_us = true,
                      .waited = 20ms,
                      .console = {{.at = moment(9), .text = "listening"}},
                      .trace_url = "https://traces.example.com/${trace}",
                      .attempts = 2},
          TargetLost{.at = moment(30),
                     .error = {.kind = ErrorKind::target,
                               .what = "the app ended",
                               .hint = "see its console",
                               .place = {"murphy.toml", 4, 1, 5},
                               .source_line = "start = \"x\""},
                     .console = {{.at = moment(31), .text = "panic"}},
                     .loss = AppLoss::broken,
                     .exchanges = {full_exchange()},
                     .suspects = {full_suspect()}},
          CaseStarted{.id = "scenarios/sign-in.toml#A registered user",
                      .at = moment(40),
                      .members = std::vector<PoolMember>{{.user = "ada", .number = 2}}},
          EvidenceGathered{.at = moment(45),
                           .schema = Schema{.engine = "sqlite", .tables = full_tables(), .left_out = 3},
                           .database_note = "the database could not be looked at",
                           .known_good = full_known_good(),
                           .signatures = {{.layer = Layer::config,
                                           .says = "the licence has run out",
                                           .contains = "licence",
                                           .pattern = "licence (?<name>\\S+) has expired",
                                           .example = "licence ACME-7 has expired"}},
                           .migrations = MigrationsSeen{.tool = "dbmate",
                                                        .broken = "a migration of dbmate has failed",
                                                        .waiting = {"9_waits.sql"},
                                                        .came = {"8_came.sql"},
                                                        .gone = {"7"},
                                                        .unknown = {"10"},
                                                        .left_out = 2}},
          StepFinished{.id = "scenarios/sign-in.toml#A registered user", .step = full_step()},
          CaseRetried{.id = "scenarios/sign-in.toml#A registered user",
                      .at = moment(35),
                      .outcome = Outcome::error,
                      .duration = 30ms,
                      .reason = RetryReason::no_answer},
          CaseFinished{.id = "scenarios/sign-in.toml#A registered user",
                       .outcome = Outcome::skipped,
                       .duration = 5s,
                       .note = full_note(),
                       .attempts = 3},
          ControlFinished{.holds = true, .failure = full_failure(), .exchanges = {full_exchange()}},
          RunFinished{.at = moment(50), .duration = 6s, .interrupted = true}};
}

} // namespace murphy::record
