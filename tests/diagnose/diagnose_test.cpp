#include "diagnose/diagnose.h"

#include <gmock/gmock.h>

namespace murphy::diagnose {
namespace {

using record::Confidence;
using record::Layer;
using record::ProbeEnd;
using record::Suspect;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;

const std::vector<Exchange> failed_form{{"GET", "/login", 200, ""}, {"POST", "/login", 500, ""}};
const std::vector<Exchange> refused_before{{"GET", "/login", 200, ""}, {"POST", "/login", 200, ""}};
const std::vector<Exchange> good{
    {"GET", "/login", 200, ""}, {"POST", "/login", 303, ""}, {"GET", "/dashboard", 200, ""}};

record::Schema schema_of(std::initializer_list<std::pair<const char*, std::vector<const char*>>> tables) {
  record::Schema schema;
  for (const auto& [name, columns] : tables) {
    record::Table table;
    table.name = name;
    for (const char* column : columns) table.columns.push_back({.name = column, .type = {}, .length = {}});
    schema.tables.push_back(table);
  }
  return schema;
}

Evidence with_console(std::vector<std::string> console, std::vector<Exchange> exchanges = failed_form) {
  Evidence evidence;
  evidence.exchanges = std::move(exchanges);
  evidence.console = std::move(console);
  return evidence;
}

Suspect verdict(const Evidence& evidence) { return diagnose(evidence).verdict(); }

// ---- model or database: the schema shows ----

TEST(Diagnosis, FindsTheNearestNameInTheSameTable) {
  Evidence evidence = with_console({"no such column: users.pasword_hash"});
  evidence.schema = schema_of({{"users", {"id", "email", "password_hash"}}, {"old_users", {"pasword_hush"}}});
  const Suspect suspect = verdict(evidence);
  EXPECT_EQ(suspect.layer, Layer::model);
  EXPECT_EQ(suspect.identifier, "pasword_hash");
  EXPECT_EQ(suspect.suggestion, "password_hash");
  EXPECT_EQ(suspect.origin, record::SuggestionOrigin::schema);
  EXPECT_EQ(suspect.confidence, Confidence::high);
  EXPECT_EQ(record::headline(suspect),
            "Likely cause: the model — column \"pasword_hash\" of users does not exist; users has \"password_hash\"");
}

TEST(Diagnosis, SaysThatTheTableIsMisspelledWhenTheCodeIsNot) {
  Evidence evidence = with_console({"DatabaseError (no such column: password_hash):"});
  evidence.schema = schema_of({{"users", {"id", "email", "pasword_hash"}}});
  const Suspect suspect = verdict(evidence);
  EXPECT_EQ(suspect.layer, Layer::database);
  EXPECT_EQ(suspect.suggestion, "pasword_hash");
}

TEST(Diagnosis, FindsTheColumnInAnotherTable) {
  Evidence evidence = with_console({"no such column: users.title"});
  evidence.schema = schema_of({{"users", {"id", "email"}}, {"dashboards", {"id", "title"}}});
  const Suspect suspect = verdict(evidence);
  EXPECT_EQ(suspect.layer, Layer::model);
  EXPECT_THAT(suspect.cause, HasSubstr("dashboards has it"));
}

TEST(Diagnosis, InventsNoNameWhereNoneIsNear) {
  Evidence evidence = with_console({"no such column: users.last_seen_at"});
  evidence.schema = schema_of({{"users", {"id", "email"}}});
  const Suspect suspect = verdict(evidence);
  EXPECT_EQ(suspect.layer, Layer::database);
  EXPECT_EQ(suspect.suggestion, "");
  EXPECT_THAT(suspect.cause, HasSubstr("no similar column, users has id, email"));
}

TEST(Diagnosis, BlamesTheMigrationWhenTheRecordHadTheName) {
  Evidence evidence = with_console({"no such column: users.zqwk_name"});
  evidence.schema = schema_of({{"users", {"id", "zqkw_name"}}});
  evidence.known_good.emplace();
  evidence.known_good->schema = schema_of({{"users", {"id", "zqwk_name"}}});
  const Suspect suspect = verdict(evidence);
  EXPECT_EQ(suspect.layer, Layer::database);
  EXPECT_EQ(suspect.also, Layer::unknown);
  EXPECT_EQ(suspect.suggestion, "zqkw_name");
}

TEST(Diagnosis, NamesBothLayersWithoutASchema) {
  const Suspect suspect = verdict(with_console({"ERROR:  column users.emial does not exist at character 8",
                                                "HINT:  Perhaps you meant to reference the column \"users.email\"."}));
  EXPECT_EQ(suspect.layer, Layer::model);
  EXPECT_EQ(suspect.also, Layer::database);
  EXPECT_EQ(suspect.suggestion, "email");
  EXPECT_EQ(suspect.origin, record::SuggestionOrigin::engine_hint);
}

TEST(Diagnosis, TakesChoicesFromTheMessage) {
  const Suspect suspect = verdict(with_console({"django.core.exceptions.FieldError: Cannot resolve keyword 'emial' "
                                                "into field. Choices are: dashboard, email, id"}));
  EXPECT_EQ(suspect.layer, Layer::model);
  EXPECT_EQ(suspect.suggestion, "email");
  EXPECT_EQ(suspect.origin, record::SuggestionOrigin::choices_in_message);
}

// ---- the cause among the errors ----

TEST(Diagnosis, TakesTheInnermostCause) {
  const Suspect java = verdict(
      with_console({"org.springframework.dao.InvalidDataAccessResourceUsageException: could not prepare statement\n"
                    "\tat org.hibernate.Foo.bar(Foo.java:1)\n"
                    "Caused by: org.postgresql.util.PSQLException: ERROR: column u1_0.emial does not exist\n"}));
  EXPECT_EQ(java.identifier, "emial");
  const Suspect python = verdict(
      with_console({"KeyError: 'emial'\n\nDuring handling of the above exception, another exception occurred:\n\n"
                    "django.core.exceptions.FieldDoesNotExist: User has no field named 'emial'\n"}));
  EXPECT_EQ(python.layer, Layer::model);
  EXPECT_THAT(python.cause, HasSubstr("no attribute of User"));
}

TEST(Diagnosis, TellsTheViewFromTheModelInRails) {
  EXPECT_EQ(verdict(with_console({"NoMethodError (undefined method `emial' for #<User id: 1>)"})).layer, Layer::model);
  EXPECT_EQ(
      verdict(with_console({"ActionView::Template::Error (undefined method `emial' for #<User id: 1, email: \"a\">)"}))
          .layer,
      Layer::view);
  const Suspect column =
      verdict(with_console({"ActionView::Template::Error (undefined method `email' for #<User id: 1, emial: \"a\">)"}));
  EXPECT_EQ(column.layer, Layer::database) << "the object shows the misspelled column";
}

TEST(Diagnosis, KnowsTheDatabaseAccountFromTheUser) {
  for (const char* line : {"FATAL:  password authentication failed for user \"app\"",
                           "ERROR 1045 (28000): Access denied for user 'app'@'localhost' (using password: YES)",
                           "ORA-01017: invalid username/password; logon denied", "Login failed for user 'app'."}) {
    const Suspect suspect = verdict(with_console({line}));
    EXPECT_EQ(suspect.layer, Layer::config) << line;
    EXPECT_THAT(suspect.cause, HasSubstr("app's own account"));
  }
}

TEST(Diagnosis, BlamesTheSessionForItsTables) {
  EXPECT_EQ(verdict(with_console({"relation \"django_session\" does not exist"})).layer, Layer::session);
  EXPECT_EQ(verdict(with_console(
                        {"  File \"/x/django/contrib/sessions/backends/db.py\", line 1",
                         "psycopg2.errors.StringDataRightTruncation: value too long for type character varying(20)"}))
                .layer,
            Layer::session);
}

TEST(Diagnosis, PassesOverWhatAHealthyRunWritesToo) {
  Evidence evidence =
      with_console({"PHP Warning:  Undefined array key \"lang\" in /srv/a.php on line 17"}, refused_before);
  evidence.page = "Wrong password";
  evidence.known_good.emplace();
  evidence.known_good->console = {"PHP Warning:  Undefined array key \"lang\" in /srv/a.php on line 3"};
  EXPECT_EQ(verdict(evidence).identifier, "");
}

TEST(Diagnosis, MasksWhatTheEvidenceQuotes) {
  const Suspect suspect = verdict(with_console(
      {"Unknown column 'user_logn' in 'WHERE' for query SELECT * FROM wp_users WHERE user_logn = 'geheim7' LIMIT 1"}));
  ASSERT_FALSE(suspect.evidence.empty());
  EXPECT_THAT(suspect.evidence[0].text, HasSubstr("user_logn = '‹…›'"));
}

// ---- silence ----

TEST(Diagnosis, BlamesTheViewForAFieldThatWasRenamed) {
  Evidence evidence;
  evidence.exchanges = refused_before;
  evidence.page = "Invalid email or password";
  evidence.fields = {"user[email]", "user[pasword]"};
  evidence.known_good.emplace();
  evidence.known_good->fields = {"user[email]", "user[password]"};
  const Suspect suspect = verdict(evidence);
  EXPECT_EQ(suspect.layer, Layer::view);
  EXPECT_EQ(suspect.identifier, "pasword");
  EXPECT_EQ(suspect.suggestion, "password");
  EXPECT_EQ(suspect.confidence, Confidence::high);
}

TEST(Diagnosis, BlamesTheViewForAParameterThatItSpellsOtherwise) {
  Evidence evidence =
      with_console({"PHP Warning:  Undefined array key \"password\" in /srv/Authenticator.php on line 33"});
  EXPECT_EQ(verdict(evidence).layer, Layer::controller);
  evidence.fields = {"_username", "_pasword"};
  EXPECT_EQ(verdict(evidence).layer, Layer::view);
  EXPECT_EQ(verdict(evidence).identifier, "_pasword");
}

TEST(Diagnosis, FindsWhatVanishedFromTheSchemaThoughNothingComplained) {
  Evidence evidence;
  evidence.exchanges = refused_before;
  evidence.page = "The password you entered is incorrect.";
  evidence.schema = schema_of({{"users", {"id", "user_pas"}}});
  evidence.known_good.emplace();
  evidence.known_good->schema = schema_of({{"users", {"id", "user_pass"}}});
  const Suspect suspect = verdict(evidence);
  EXPECT_EQ(suspect.layer, Layer::database);
  EXPECT_EQ(suspect.cause, "users.user_pass is gone, user_pas is new");
  EXPECT_EQ(suspect.identifier, "user_pas");
  EXPECT_EQ(suspect.suggestion, "user_pass");
}

TEST(Diagnosis, TellsBySilentEndings) {
  const auto ended = [](std::vector<Exchange> exchanges, std::string page = {}, std::vector<std::string> fields = {}) {
    Evidence evidence;
    evidence.exchanges = std::move(exchanges);
    evidence.page = std::move(page);
    evidence.fields = std::move(fields);
    return verdict(evidence).layer;
  };
  EXPECT_EQ(
      ended(
          {{"GET", "/login", 200, ""}, {"POST", "/login", 302, ""}, {"GET", "/", 302, ""}, {"GET", "/login", 200, ""}}),
      Layer::session);
  EXPECT_EQ(ended({{"GET", "/", 301, ""}, {"GET", "/", 0, ""}}), Layer::config);
  EXPECT_EQ(ended({{"GET", "/login", 200, ""}, {"POST", "/logn", 404, ""}}), Layer::view);
  EXPECT_EQ(ended({{"GET", "/login", 200, ""}, {"POST", "/login", 302, ""}, {"GET", "/dashbord", 404, ""}}),
            Layer::config);
  EXPECT_EQ(ended({{"GET", "/login", 200, ""}, {"POST", "/login", 419, ""}}, "", {"email", "password", "_token"}),
            Layer::session);
  EXPECT_EQ(ended({{"GET", "/login", 200, ""}, {"POST", "/login", 419, ""}}, "", {"email", "password"}), Layer::view);
  EXPECT_EQ(ended({{"GET", "/login", 200, ""}, {"POST", "/login", 0, ""}}), Layer::database);
  EXPECT_EQ(ended(good, "Dashboard\nSigned in as ada\nSign out"), Layer::unknown);
}

TEST(Diagnosis, TakesTheFormThatComesBackForNoSignIn) {
  Evidence evidence;
  evidence.exchanges = {{"GET", "/login", 200, ""}, {"POST", "/login", 200, ""}, {"GET", "/", 200, ""}};
  evidence.fields = {"token", "user", "password"};
  evidence.page = "Please enable scripts";
  EXPECT_EQ(verdict(evidence).layer, Layer::controller) << "a form is answered with a redirect when it is taken";
  evidence.fields = {"user", "password"};
  EXPECT_THAT(diagnose(evidence).suspects, IsEmpty()) << "a script is answered like that when it let in";
  evidence.fields = {"token", "user", "pasword"};
  EXPECT_EQ(verdict(evidence).suggestion, "password");
}

TEST(Diagnosis, TakesASilentWayBackForALostSession) {
  Evidence evidence;
  evidence.exchanges = {{"GET", "/login", 200, ""}, {"POST", "/login", 302, ""}, {"GET", "/login", 200, ""}};
  evidence.fields = {"token", "user", "password"};
  evidence.page = "Please sign in\nPassword";
  EXPECT_EQ(verdict(evidence).layer, Layer::session);
  evidence.page = "Invalid credentials";
  EXPECT_EQ(verdict(evidence).layer, Layer::database);
}

TEST(Diagnosis, TakesAFormThatCannotBeReadForTheControllers) {
  Evidence evidence;
  evidence.exchanges = {{"GET", "/login", 200, ""}, {"POST", "/login", 400, ""}};
  evidence.fields = {"token", "user", "password"};
  evidence.page = "Bad Request";
  EXPECT_EQ(verdict(evidence).layer, Layer::controller);
}

TEST(Diagnosis, ReadsTheInsidesThatAPageShowsWhateverItsStatus) {
  Evidence evidence;
  evidence.exchanges = {{"GET", "/login", 200, ""}};
  evidence.page =
      "Twig\\Error\\SyntaxError: Unknown &quot;hidden_input&quot; function. Did you mean &quot;hidden_inputs&quot;?";
  const Suspect suspect = verdict(evidence);
  EXPECT_EQ(suspect.layer, Layer::view);
  EXPECT_EQ(suspect.identifier, "hidden_input");
  EXPECT_EQ(suspect.suggestion, "hidden_inputs");
  evidence.page = "Unknown account. Did you mean to sign up?";
  EXPECT_THAT(verdict(evidence).identifier, IsEmpty()) << "words for people";
}

TEST(Diagnosis, GoesByTheFileThatAMessageNames) {
  EXPECT_EQ(verdict(with_console({"PHP Warning:  Undefined array key \"pasword\" in /srv/app/src/User.php on line 18"}))
                .layer,
            Layer::model);
  EXPECT_EQ(
      verdict(with_console({"PHP Warning:  Undefined array key \"titel\" in /srv/app/templates/home.phtml on line 3"}))
          .layer,
      Layer::view);
  EXPECT_EQ(verdict(with_console({"Session Storage was not able to create directory \"/proc/x\"."})).layer,
            Layer::session);
}

TEST(Diagnosis, AnAppThatFindsNoTableThatIsThereReadsAnotherDatabase) {
  Evidence evidence = with_console({"sqlite3.OperationalError: no such table: users"});
  evidence.schema = schema_of({{"users", {"id", "email", "password"}}});
  EXPECT_EQ(verdict(evidence).layer, Layer::config);
  evidence.schema = schema_of({{"plots", {"id", "title"}}});
  EXPECT_EQ(verdict(evidence).layer, Layer::database);
}

TEST(Diagnosis, InventsNoSlipOutOfAnotherWord) {
  Evidence evidence;
  evidence.exchanges = refused_before;
  evidence.page = "Wrong password";
  evidence.schema = schema_of({{"users", {"id", "ctime", "user_real_name", "password"}}});
  for (const Suspect& suspect : diagnose(evidence).suspects) EXPECT_THAT(suspect.suggestion, IsEmpty());
  evidence.schema = schema_of({{"users", {"id", "pasword", "user_name"}}});
  EXPECT_EQ(verdict(evidence).suggestion, "password");
}

TEST(Diagnosis, PassesOverTheSameOnAnotherDayAndInAnotherFolder) {
  Evidence evidence = with_console({"[Sun Dec 06 11:02:03 2026] PHP Warning:  Undefined array key \"lang\" in "
                                    "/home/ada/work/app/index.php on line 4"});
  evidence.known_good.emplace().console = {
      "[Sat Nov 28 01:00:00 2026] PHP Warning:  Undefined array key \"lang\" in /srv/app/index.php on line 4"};
  EXPECT_NE(verdict(evidence).identifier, "lang");
  evidence.known_good->console = {"[Sat Nov 28 01:00:00 2026] PHP Warning:  Undefined array key \"lang\" in "
                                  "/srv/app/login.php on line 4"};
  EXPECT_EQ(verdict(evidence).identifier, "lang");
}

TEST(Diagnosis, SeesATemplateThatPrintsNothing) {
  Evidence evidence;
  evidence.exchanges = good;
  evidence.page = "Dashboard\nSigned in as ada\nLog out";
  evidence.known_good.emplace();
  evidence.known_good->dashboard = "Dashboard\nDashboard of Ada\nSigned in as ada\nLog out";
  const Suspect suspect = verdict(evidence);
  EXPECT_EQ(suspect.layer, Layer::view);
  EXPECT_NE(suspect.confidence, Confidence::high);
  evidence.page = evidence.known_good->dashboard;
  EXPECT_THAT(diagnose(evidence).suspects, IsEmpty());
}

TEST(Diagnosis, TakesNothingForGoneThatWasNotLookedAt) {
  Evidence evidence;
  evidence.console = {"no such table: orders"};
  evidence.schema = record::Schema{.engine = "sqlite", .tables = {{.name = "users", .columns = {}, .unique = {}}}};
  EXPECT_EQ(diagnose(evidence).verdict().confidence, Confidence::high) << "the database has no such table";
  evidence.schema->left_out = 1;
  EXPECT_NE(diagnose(evidence).verdict().confidence, Confidence::high) << "it may be the one that was left out";

  evidence.console.clear();
  evidence.exchanges = {{"POST", "/login", 500, {}}};
  evidence.known_good.emplace().schema =
      record::Schema{.engine = "sqlite", .tables = {{.name = "orders", .columns = {}, .unique = {}}}};
  for (const Suspect& suspect : diagnose(evidence).suspects)
    EXPECT_THAT(suspect.cause, Not(HasSubstr("orders is gone")));
  evidence.schema->left_out = 0;
  EXPECT_THAT(diagnose(evidence).verdict().cause, HasSubstr("orders is gone"));
}

TEST(Diagnosis, ReadsTheProbes) {
  Evidence evidence;
  evidence.exchanges = failed_form;
  evidence.probes.wrong_password = ProbeEnd::refused;
  EXPECT_EQ(verdict(evidence).layer, Layer::session);
  evidence.probes.wrong_password = ProbeEnd::server_error;
  evidence.probes.unknown_user = ProbeEnd::refused;
  EXPECT_EQ(verdict(evidence).cause, "the stored password cannot be read or compared");
  evidence.exchanges = refused_before;
  evidence.page = "Wrong password";
  evidence.probes = {};
  evidence.probes.second_account = ProbeEnd::works;
  EXPECT_THAT(verdict(evidence).cause, HasSubstr("this account alone is refused"));
}

TEST(Diagnosis, TellsTheAppFromTheAccountByAnother) {
  Evidence evidence;
  evidence.exchanges = refused_before;
  evidence.page = "Wrong password";
  evidence.probes.wrong_password = evidence.probes.unknown_user = evidence.probes.second_account = ProbeEnd::refused;
  EXPECT_THAT(verdict(evidence).cause, HasSubstr("refuses every account"));
  evidence.exchanges = failed_form;
  evidence.page.clear();
  evidence.probes.second_account = ProbeEnd::works;
  EXPECT_THAT(verdict(evidence).cause, HasSubstr("for this account alone"));
  EXPECT_EQ(verdict(evidence).evidence.at(1).text,
            "a wrong password is refused, an unknown user is refused, another account works");
}

TEST(Diagnosis, ARefusalWithoutAQueryNeverReachedTheModel) {
  Evidence evidence = with_console({"POST /login", "401 Unauthorized"}, refused_before);
  evidence.page = "Wrong password";
  evidence.known_good.emplace();
  evidence.known_good->console = {"POST /login", "SELECT id, password_hash FROM users WHERE email = ?"};
  EXPECT_EQ(verdict(evidence).layer, Layer::controller);
  EXPECT_THAT(verdict(evidence).cause, HasSubstr("does not reach the model"));
  evidence.console.push_back("SELECT id, password_hash FROM users WHERE email = ?");
  EXPECT_NE(verdict(evidence).layer, Layer::controller);
  evidence.console.clear();
  EXPECT_NE(verdict(evidence).layer, Layer::controller) << "an app whose console is not seen";
}

TEST(Diagnosis, WhatTheProbesSayOfTheSameLayerSpeaksForTheErrorThatIsNamed) {
  Evidence evidence = with_console({"no such column: users.emial"}, failed_form);
  evidence.probes.wrong_password = evidence.probes.unknown_user = ProbeEnd::server_error;
  const Diagnosis diagnosis = diagnose(evidence, Signatures::built_in());
  ASSERT_EQ(diagnosis.suspects.size(), 1U);
  EXPECT_EQ(diagnosis.suspects.front().evidence.back(),
            (record::EvidenceLine{record::EvidenceSource::probes,
                                  "a wrong password ends in a server error, an unknown user ends in a server "
                                  "error"}));
  evidence.probes.no_session = ProbeEnd::works;
  EXPECT_EQ(diagnose(evidence, Signatures::built_in()).suspects.size(), 2U) << "another layer is another suspect";
}

TEST(Diagnosis, SaysUnknownOfALogThatTellsNothing) {
  const Diagnosis diagnosis = diagnose(with_console({"Started GET /\nCompleted 200 OK"}, {}));
  EXPECT_THAT(diagnosis.suspects, IsEmpty());
  EXPECT_EQ(diagnosis.verdict().layer, Layer::unknown);
  EXPECT_EQ(record::headline(diagnosis.verdict()), "No likely cause: the evidence does not show one");
}

TEST(Diagnosis, IsSeldomSureWhereSignInWorked) {
  Evidence evidence = with_console({"PHP Warning:  Undefined variable $user_logn in /srv/login.php on line 14"}, good);
  evidence.page = "Dashboard\nLog out";
  EXPECT_EQ(verdict(evidence).confidence, Confidence::guess);
}

TEST(Diagnosis, BlamesNoErrorOfALogInWhichEverySignInWorked) {
  const std::string requests = "POST /login 302\nGET /dashboard 200\n", job = "column \"creatd_at\" does not exist";
  const Evidence log = with_console({requests + job}, {});
  EXPECT_EQ(verdict(log).confidence, Confidence::guess);
  EXPECT_GT(verdict(with_console({requests + job + "\nGET /account 500"}, {})).confidence, Confidence::guess);
  EXPECT_GT(
      verdict(with_console({requests + "Forbidden (CSRF token missing.): /login\nPOST /login 403"}, {})).confidence,
      Confidence::guess);
  EXPECT_GT(verdict(with_console({requests + "can't evaluate field Emial in type main.User"}, {})).confidence,
            Confidence::guess)
      << "a page may break off behind its status";
  Evidence with_more = log;
  with_more.page = "The password is wrong";
  EXPECT_GT(verdict(with_more).confidence, Confidence::guess) << "it is not all there is";
  Evidence cut = log;
  cut.is_cut = true;
  EXPECT_GT(verdict(cut).confidence, Confidence::guess) << "what was left out may have failed";
}

TEST(Diagnosis, SeesInALogThatAProvidersAnswerIsLost) {
  const Suspect suspect = verdict(with_console({R"("GET /auth/callbck?code=4&state=J1 HTTP/1.1" 404)"}, {}));
  EXPECT_EQ(record::name_of(suspect.layer), "config");
  EXPECT_EQ(suspect.identifier, "/auth/callbck");
}

TEST(Diagnosis, BlamesTheErrorRatherThanAServerThatWasAsked) {
  EXPECT_EQ(verdict(with_console({"INFO gravatar answered 502 Bad Gateway, using the default picture\n"
                                  "ERROR: column \"emial\" does not exist"},
                                 {}))
                .identifier,
            "emial");
}

TEST(Diagnosis, TakesNoLineOfTheLogForASecretThatIsMissing) {
  EXPECT_EQ(
      record::name_of(verdict(with_console({"the session secret_key is shorter than 32 characters\n"
                                            "TypeError: Cannot read properties of null (reading 'password_hash')"},
                                           {}))
                          .layer),
      "database");
}

TEST(Diagnosis, QuotesNoLaterLineThatHoldsTheSuggestion) {
  const Suspect suspect =
      verdict(with_console({"AttributeError: 'User' object has no attribute 'emial'. Did you mean: 'email'?\n"
                            "INFO mail: email code for Grace is 482913"},
                           {}));
  for (const record::EvidenceLine& line : suspect.evidence) EXPECT_THAT(line.text, Not(HasSubstr("482913")));
}

TEST(Diagnosis, BlamesNoThreadBesideTheRequests) {
  const std::string trace = "\nCaused by: java.net.ConnectException: Connection refused";
  EXPECT_EQ(verdict(with_console({"Exception in thread \"price-feed\" IllegalStateException: no prices" + trace}, {}))
                .confidence,
            Confidence::guess);
  EXPECT_GT(
      verdict(with_console({"Exception in thread \"main\" IllegalStateException: no database" + trace}, {})).confidence,
      Confidence::guess);
}

TEST(Diagnosis, FindsTheHintOfAnErrorBehindItsTrace) {
  std::string trace;
  for (int i = 0; i < 20; ++i) trace += "    at query (/srv/node_modules/pg/lib/client.js:694:17)\n";
  const Suspect suspect = verdict(with_console(
      {"error: column \"passwd_digest\" does not exist\n" + trace +
       "  severity: 'ERROR',\n  hint: 'Perhaps you meant to reference the column \"users.password_digest\".',"},
      {}));
  EXPECT_EQ(suspect.suggestion, "password_digest");
  EXPECT_THAT(suspect.evidence.back().text, HasSubstr("users.password_digest"));
}

TEST(Diagnosis, TakesNoHintOfAnErrorThatCameLater) {
  const Suspect suspect =
      verdict(with_console({"ERROR: relation \"userz\" does not exist\nsomething else\n" + std::string(300, '\n') +
                            "  hint: 'Perhaps you meant to reference the "
                            "column \"users.password_digest\".',"},
                           {}));
  EXPECT_NE(suspect.suggestion, "password_digest");
}

TEST(Diagnosis, ListsTheNamesThatThereAreWhereNoneIsNear) {
  EXPECT_THAT(
      verdict(with_console({"You have 3 unapplied migration(s). Your project may not work properly until you apply "
                            "the migrations for app(s): accounts, sessions."},
                           {}))
          .cause,
      Not(HasSubstr("there are")));
  EXPECT_THAT(verdict(with_console({"Key \"stall\" for array with keys \"id, username\" does not exist"}, {})).cause,
              HasSubstr("; there are id, username"));
}

TEST(Diagnosis, BlamesNobodyForAWarningOfALogAlone) {
  const std::string warning = "WARN club.store: unknown option \"pasword_file\" of the vault, ignored";
  EXPECT_EQ(verdict(with_console({warning}, {})).confidence, Confidence::guess);
  const Suspect suspect = verdict(with_console({warning}));
  EXPECT_EQ(record::name_of(suspect.layer), "config") << "it is all there is where sign-in failed";
  EXPECT_GT(suspect.confidence, Confidence::guess);
  EXPECT_EQ(suspect.identifier, "pasword_file");
}

// ---- fingerprints ----

TEST(Fingerprint, IsTheSameForTheSameCause) {
  Evidence one = with_console({"2026-11-22 09:00:01 no such column: users.emial"});
  one.exchanges.back().path = "http://127.0.0.1:8080/users/17/login?next=/a";
  Evidence other = with_console({"2026-11-23 10:11:12 no such column: users.emial"});
  other.exchanges.back().path = "http://127.0.0.1:40123/users/2/login?next=/b";
  EXPECT_EQ(verdict(one).fingerprint, verdict(other).fingerprint);
  EXPECT_EQ(verdict(one).fingerprint.size(), 16U);
  other.console = {"no such column: users.pasword"};
  EXPECT_NE(verdict(one).fingerprint, verdict(other).fingerprint);
}

} // namespace
} // namespace murphy::diagnose
