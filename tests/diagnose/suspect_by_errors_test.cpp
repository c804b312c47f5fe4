// From an error message to the layer it speaks against, with what else is known of the sign-in.
#include "diagnose/suspect_by_errors.h"

#include "diagnose/lines.h"

#include <cstdint>
#include <functional>
#include <gmock/gmock.h>
#include <ostream>

namespace murphy::diagnose {
namespace {

using enum record::Layer;
using record::Confidence;
using record::Layer;
using record::Suspect;

using Change = std::function<void(Evidence&)>;

struct ErrorRow {
  const char* name;
  std::vector<std::string> console;
  Layer layer;
  Layer also = Layer::unknown;
  Confidence confidence = Confidence::medium;
  Ending ending = Ending::submit_failed;
  Change change = {}; // what else is known
};

void PrintTo(const ErrorRow& row, std::ostream* out) { *out << row.name; }

record::Schema schema(const std::string& table, const std::vector<std::string>& columns) {
  record::Schema made;
  record::Table& only = made.tables.emplace_back();
  only.name = table;
  for (const std::string& column : columns) only.columns.emplace_back().name = column;
  return made;
}

Change with_columns(std::vector<std::string> columns, std::vector<std::string> before = {}) {
  return [=](Evidence& evidence) {
    evidence.schema = schema("users", columns);
    if (!before.empty()) evidence.known_good.emplace().schema = schema("users", before);
  };
}

Change with_fields(std::vector<std::string> fields) {
  return [=](Evidence& evidence) { evidence.fields = fields; };
}

// A step of a run in which an account was made before.
Change after_sign_up(std::optional<std::int64_t> length = {}) {
  return [=](Evidence& evidence) {
    evidence.of_step.emplace().attempts = {
        {.path = "/register", .account = "mary@example.com", .accepted = true, .makes_account = true}};
    if (!length) return;
    evidence.schema = schema("users", {"password_hash"});
    evidence.schema->tables.front().columns.front().length = length;
  };
}

const Change in_a_step = [](Evidence& evidence) { evidence.of_step.emplace(); };
const Change led_to_the_route = [](Evidence& evidence) {
  evidence.exchanges = {{"POST", "/login", 302, ""}, {"GET", "/dashbord", 404, ""}};
};

class SuspectByErrors : public testing::TestWithParam<ErrorRow> {};

TEST_P(SuspectByErrors, Layer) {
  const ErrorRow& row = GetParam();
  Evidence evidence;
  evidence.console = row.console;
  if (row.change) row.change(evidence);
  const LogText console(record::EvidenceSource::console, readable(evidence.console));
  const auto findings = find_errors({&console}, {}, Signatures::built_in());
  ASSERT_FALSE(findings.empty()) << row.console.front();
  const Suspect suspect = suspect_by_errors(findings, {.ending = row.ending, .at = nullptr}, evidence);
  SCOPED_TRACE(suspect.cause);
  EXPECT_EQ(record::name_of(suspect.layer), record::name_of(row.layer));
  EXPECT_EQ(record::name_of(suspect.also), record::name_of(row.also));
  EXPECT_EQ(record::name_of(suspect.confidence), record::name_of(row.confidence));
  EXPECT_FALSE(suspect.cause.empty());
  EXPECT_FALSE(suspect.advice.empty());
  EXPECT_FALSE(suspect.evidence.empty());
}

std::string name_of_test(const testing::TestParamInfo<ErrorRow>& row) { return row.param.name; }

INSTANTIATE_TEST_SUITE_P(
    Tables, SuspectByErrors,
    testing::ValuesIn(std::vector<ErrorRow>{
        {.name = "ATableOfSessions",
         .console = {"no such table: sessions"},
         .layer = session,
         .also = database,
         .confidence = Confidence::high},
        {.name = "WritesOfTheSessionStore",
         .console = {"  File \"/x/django/contrib/sessions/backends/db.py\", line 1",
                     "attempt to write a readonly database"},
         .layer = session,
         .also = database},
        {.name = "TheSessionIsNotToBlameForALaterPage",
         .console = {"no such table: sessions"},
         .layer = database,
         .also = model,
         .ending = Ending::landing_failed},
        {.name = "ARightOnATableOfSessions",
         .console = {"ERROR: permission denied for relation core_session"},
         .layer = database,
         .also = session},
        {.name = "AMisspelledRouteThatAControllerAsksFor",
         .console = {"local.ERROR: Route [dashbord] not defined.",
                     "#0 /srv/vendor/laravel/framework/src/Illuminate/Foundation/helpers.php(847): route('dashbord')",
                     "#1 /srv/app/Http/Controllers/Auth/LoginController.php(32): route('dashbord')"},
         .layer = controller,
         .also = view},
        {.name = "AMisspelledRouteThatTheCodeRedirectsTo",
         .console = {"  File \"/srv/portal/app.py\", line 49, in signin", "    return redirect(url_for(\"dashbord\"))",
                     "BuildError: Could not build url for endpoint 'dashbord'."},
         .layer = controller,
         .also = view},
        {.name = "AMisspelledRouteOfALinkThatSaysRedirect",
         .console = {"  File \"/srv/portal/templates/login.html\", line 3, in template",
                     "    <a class=\"redirect\" href=\"{{ url_for('dashbord') }}\">",
                     "BuildError: Could not build url for endpoint 'dashbord'."},
         .layer = view,
         .also = unknown,
         .ending = Ending::page_failed},
        {.name = "AMisspelledRouteThatTheAppsOwnViewAsksFor",
         .console = {"  File \"/srv/portal/accounts/views.py\", line 9, in get_success_url",
                     "    return reverse(\"dashbord\")",
                     "NoReverseMatch: Reverse for 'dashbord' not found. 'dashbord' is not a valid view function"},
         .layer = controller,
         .also = view},
        {.name = "AMisspelledRouteThatASettingNames",
         .console = {"  File \"/srv/lib/site-packages/allauth/adapter.py\", line 9, in get_login_redirect_url",
                     "NoReverseMatch: Reverse for 'dashbord' not found. 'dashbord' is not a valid view function"},
         .layer = config,
         .also = controller},
        {.name = "WhatASessionCannotStore",
         .console = {"  File \"/srv/lib/pyramid/session.py\", line 9, in _set_cookie",
                     "TypeError: Object of type datetime is not JSON serializable"},
         .layer = session,
         .also = controller},
        {.name = "WhatAnAnswerCannotHold",
         .console = {"    user = db.session.get(User, 7)",
                     "TypeError: Object of type datetime is not JSON serializable", "POST /session 500"},
         .layer = controller,
         .also = unknown,
         .confidence = Confidence::high},
        {.name = "AParameterThatTheFormSendsByAnotherName",
         .console = {"ActionController::ParameterMissing (param is missing or the value is empty: user",
                     "Did you mean?  usr"},
         .layer = view,
         .also = unknown},
        {.name = "ANumberThatIsTakenAlready",
         .console = {"duplicate key value violates unique constraint \"user_sessions_pkey\""},
         .layer = database,
         .also = unknown},
        {.name = "AnArgumentOfAFunction",
         .console =
             {"TypeError: make_token() got an unexpected keyword argument 'expires_in'. Did you mean 'expires_at'?"},
         .layer = controller,
         .also = unknown,
         .confidence = Confidence::high},
        {.name = "ATemplateThatCannotBeOpened",
         .console =
             {"file_get_contents(/srv/shop/templates/lgoin.html): Failed to open stream: No such file or directory"},
         .layer = view,
         .also = controller},
        {.name = "AMiddlewareThatIsNotThere",
         .console = {"AttributeError: 'WSGIRequest' object has no attribute 'user'"},
         .layer = session,
         .also = unknown},
        {.name = "AMisspelledRouteInATemplateThatAControllerRenders",
         .console = {"  File \"/srv/portal/views.py\", line 9, in login", "    return render(request, 'login.html')",
                     "NoReverseMatch: Reverse for 'dashbord' not found. 'dashbord' is not a valid view function"},
         .layer = view,
         .also = unknown,
         .ending = Ending::page_failed},
        {.name = "AKeyThatATemplateReads",
         .console = {"** (KeyError) key :current_usr not found in: %{", "}",
                     "    (portal 0.1.0) lib/portal_web/dashboard_html/index.html.heex:3"},
         .layer = view,
         .also = controller},
        {.name = "WhatAResponseLacks",
         .console = {"AttributeError: 'HttpResponse' object has no attribute '_request'"},
         .layer = controller,
         .also = unknown,
         .confidence = Confidence::high},
        {.name = "AModuleThatNoStatementImports",
         .console = {"    backend = import_module(settings.BACKEND)",
                     "ModuleNotFoundError: No module named 'models_x'"},
         .layer = config,
         .confidence = Confidence::high},
        {.name = "AModuleThatTheCodeImports",
         .console = {"    import bcrypt", "ModuleNotFoundError: No module named 'bcrypt'"},
         .layer = config,
         .also = controller},
        {.name = "AMisspelledModuleOfTheApp",
         .console = {"    from modles import User", "ModuleNotFoundError: No module named 'modles'"},
         .layer = controller,
         .also = config},
        {.name = "AMisspelledModuleThatTheModelsImport",
         .console = {"  File \"/srv/portal/models.py\", line 3, in <module>", "    from databse import base",
                     "ModuleNotFoundError: No module named 'databse'"},
         .layer = model,
         .also = config},
        {.name = "WhatVisitorsWhoAreNotSignedInLack",
         .console = {"AttributeError: 'AnonymousUser' object has no attribute 'dashboard'"},
         .layer = controller,
         .also = model},
        {.name = "AKeyOfAColumnThatWent",
         .console = {"PHP Warning:  Undefined array key \"password\" in /srv/src/Account.php on line 17"},
         .layer = database,
         .also = model,
         .confidence = Confidence::high,
         .change = with_columns({"email", "pasword"}, {"email", "password"})},
        {.name = "AnEmptyDatabase",
         .console = {"CREATE TABLE \"schema_migrations\" (version)", "no such table: users"},
         .layer = config,
         .also = database},
        {.name = "ANewAndEmptyFile",
         .console = {"OperationalError: no such table: users"},
         .layer = config,
         .also = database},
        {.name = "AFileThatOtherTablesWereReadFrom",
         .console = {"SELECT version FROM schema_versions", "OperationalError: no such table: users"},
         .layer = database,
         .also = model},
        {.name = "AnUnusualTableThatIsNotThere",
         .console = {"OperationalError: no such table: club_users"},
         .layer = database,
         .also = model},
        {.name = "AServerHasNoFile",
         .console = {"ERROR:  relation \"users\" does not exist at character 15"},
         .layer = database,
         .also = model},
        {.name = "AnAppThatInstallsItself",
         .console = {"no such table: users"},
         .layer = config,
         .also = database,
         .ending = Ending::set_up},
        {.name = "AMigrationWithAMisspelling",
         .console = {"no such column: users.zqwk_name"},
         .layer = database,
         .confidence = Confidence::high,
         .change = with_columns({"id", "zqkw_name"}, {"id", "zqwk_name"})},
        {.name = "AColumnOfAnotherTable",
         .console = {"no such column: users.title"},
         .layer = model,
         .change =
             [](Evidence& evidence) {
               evidence.schema = schema("users", {"id", "email"});
               evidence.schema->tables.push_back(schema("dashboards", {"title"}).tables.front());
             }},
        {.name = "AColumnThatNothingIsNear",
         .console = {"no such column: users.last_seen_at"},
         .layer = database,
         .confidence = Confidence::high,
         .change = with_columns({"id", "email"})},
        {.name = "AMisspelledColumnOfTheTable",
         .console = {"no such column: users.password_hash"},
         .layer = database,
         .also = model,
         .confidence = Confidence::high,
         .change = with_columns({"id", "pasword_hash"})},
        {.name = "AMisspelledColumnOfTheCode",
         .console = {"no such column: users.pasword_hash"},
         .layer = model,
         .confidence = Confidence::high,
         .change = with_columns({"id", "password_hash"})},
        {.name = "ANearColumnThatMayBeEither",
         .console = {"no such column: users.zqwk_name"},
         .layer = model,
         .also = database,
         .confidence = Confidence::high,
         .change = with_columns({"id", "zqkw_name"})},
        {.name = "ANameThatTheMappingHasRight",
         .console = {"ERROR:  column users.emial does not exist at character 60",
                     "SELECT \"users\".\"id\", \"users\".\"email\" FROM \"users\" WHERE \"users\".\"emial\" = $1"},
         .layer = controller,
         .also = model},
        {.name = "TheEngineSeesAMisspelledColumn",
         .console = {"ERROR:  column users.email does not exist at character 8",
                     "HINT:  Perhaps you meant to reference the column \"users.emial\"."},
         .layer = database,
         .also = model,
         .confidence = Confidence::high},
        {.name = "TheEngineSeesAMisspelledQuery",
         .console = {"ERROR:  column users.emial does not exist at character 8",
                     "HINT:  Perhaps you meant to reference the column \"users.email\"."},
         .layer = model,
         .also = database,
         .confidence = Confidence::high},
        {.name = "AUsualColumnThatIsNotThere",
         .console = {"no such column: users.email"},
         .layer = database,
         .also = model,
         .confidence = Confidence::high},
        {.name = "TheEngineSeesANearColumn",
         .console = {"ERROR:  column users.zqwk does not exist at character 8",
                     "HINT:  Perhaps you meant to reference the column \"users.zqkw\"."},
         .layer = model,
         .also = database},
        {.name = "AnUnusualColumnThatIsNotThere",
         .console = {"no such column: users.zqwk"},
         .layer = database,
         .also = model},
        {.name = "AnEmptyDatabaseByItsMigrations",
         .console = {"You have 18 unapplied migration(s). Your project may not work properly until you apply the "
                     "migrations for app(s): accounts."},
         .layer = config,
         .also = database},
        {.name = "MigrationsThatWereNotRun",
         .console = {"Migrations are pending. To resolve this issue, run: bin/rails db:migrate RAILS_ENV=development"},
         .layer = database,
         .confidence = Confidence::high},
    }),
    name_of_test);

INSTANTIATE_TEST_SUITE_P(
    Attributes, SuspectByErrors,
    testing::ValuesIn(std::vector<ErrorRow>{
        {.name = "TheObjectShowsTheMisspelling",
         .console = {"NoMethodError (undefined method `email' for #<User id: 1, emial: \"a\">)"},
         .layer = database,
         .also = model,
         .confidence = Confidence::high},
        {.name = "ATemplateAsksForAKnownName",
         .console = {"ActionView::Template::Error (undefined method `email' for #<User id: 1>)"},
         .layer = view,
         .also = model},
        {.name = "ATemplateAsksForAnUnknownName",
         .console = {"ActionView::Template::Error (undefined method `emial' for #<User id: 1, email: \"a\">)"},
         .layer = view,
         .confidence = Confidence::high},
        {.name = "AControllerMisspelled",
         .console = {"NoMethodError (undefined method `crrent_usr' for #<SessionsController:0x0001>)"},
         .layer = controller},
        {.name = "AControllerLacksAHelper",
         .console = {"NoMethodError (undefined method `current_user' for #<SessionsController:0x0001>)"},
         .layer = config,
         .also = controller},
        {.name = "AKnownNameThatIsNotThere",
         .console = {"NoMethodError (undefined method `email' for #<User id: 1>)"},
         .layer = model,
         .also = database},
        {.name = "TheControllerMisspelledAnAttribute",
         .console = {"NoMethodError (undefined method `emial' for #<User id: 1, email: \"a\">):",
                     "app/controllers/sessions_controller.rb:4:in `create'"},
         .layer = controller,
         .also = model},
        {.name = "TheModelMisspelledAnAttribute",
         .console = {"NoMethodError (undefined method `emial' for #<User id: 1, email: \"a\">):",
                     "app/models/user.rb:4:in `sign_in'"},
         .layer = model},
        {.name = "SomeCodeMisspelledAnAttribute",
         .console = {"AttributeError: 'User' object has no attribute 'emial'. Did you mean: 'email'?"},
         .layer = controller,
         .also = model},
        {.name = "SettingsMisspelledAnAttribute",
         .console = {"NoMethodError (undefined method `emial' for #<User id: 1, email: \"a\">):",
                     "config/initializers/users.rb:4:in `block'"},
         .layer = model},
        {.name = "AnUnknownNameOfAModel",
         .console = {"NoMethodError (undefined method `zqwk' for #<User id: 1>)"},
         .layer = model},
        {.name = "AnUnknownNameThatTheControllerAsksFor",
         .console = {"NoMethodError (undefined method `zqwk' for #<User id: 1>):",
                     "app/controllers/sessions_controller.rb:4:in `create'"},
         .layer = controller,
         .also = model},
        {.name = "LibrariesInTheTraceDoNotCount",
         .console = {"NoMethodError (undefined method `emial' for #<User id: 1, email: \"a\">):",
                     "/gems/activemodel-7.0/lib/controllers/x.rb:4:in `create'", "app/models/user.rb:4:in `sign_in'"},
         .layer = model},
    }),
    name_of_test);

INSTANTIATE_TEST_SUITE_P(
    Code, SuspectByErrors,
    testing::ValuesIn(std::vector<ErrorRow>{
        {.name = "AQueryOnNothing",
         .console = {"TypeError: Cannot read properties of undefined (reading 'findOne')"},
         .layer = model,
         .also = controller},
        {.name = "AColumnThatIsNull",
         .console = {"TypeError: Cannot read properties of null (reading 'title')"},
         .layer = database,
         .also = controller},
        {.name = "AColumnThatIsNullInATemplate",
         .console = {"/srv/views/dashboard.ejs:4", "TypeError: Cannot read properties of null (reading 'title')"},
         .layer = database,
         .also = view},
        {.name = "NothingInATemplate",
         .console = {"ActionView::Template::Error (undefined method `title' for nil:NilClass):"},
         .layer = view,
         .also = controller},
        {.name = "NothingNearATemplate",
         .console = {"/srv/views/dashboard.ejs:4", "TypeError: Cannot read properties of undefined (reading 'title')"},
         .layer = view,
         .also = controller},
        {.name = "NothingToCompareWith",
         .console = {"TypeError: password_verify(): Argument #2 ($hash) must be of type string, null given"},
         .layer = model,
         .also = database},
        {.name = "NothingElsewhere",
         .console = {"TypeError: Cannot read properties of undefined (reading 'email')"},
         .layer = controller,
         .also = model},
        {.name = "AnUndefinedNameOfTheCode",
         .console = {"NameError: name 'curent_user' is not defined. Did you mean: 'current_user'?"},
         .layer = controller,
         .confidence = Confidence::high},
        {.name = "AnUndefinedNameOfATemplate",
         .console = {"/srv/templates/login.html:3",
                     "NameError: name 'curent_user' is not defined. Did you mean: 'current_user'?"},
         .layer = view,
         .confidence = Confidence::high},
        {.name = "AVariableOfPhpCode",
         .console = {"PHP Warning:  Undefined variable $usr in /srv/login.php on line 14"},
         .layer = model},
        {.name = "AVariableOfAPhpController",
         .console = {"PHP Warning:  Undefined variable $usr in /srv/Controllers/LoginController.php on line 14"},
         .layer = controller},
        {.name = "AVariableOfAPageThatDoesNotCome",
         .console = {"PHP Warning:  Undefined variable $usr in /srv/login.php on line 14"},
         .layer = view,
         .also = model,
         .ending = Ending::page_failed},
        {.name = "AFunctionOfAView",
         .console = {"** (UndefinedFunctionError) function AppWeb.SessionView.emial/1 is undefined or private"},
         .layer = view},
        {.name = "AFunctionOfTheDatabase", .console = {"no such function: zqwk"}, .layer = model},
        {.name = "AFunctionThatTheCodeMisspelled",
         .console = {"no such function: verify_pasword"},
         .layer = controller},
        {.name = "AFunctionOfAPageThatDoesNotCome",
         .console = {"TemplateSyntaxError: Invalid filter: 'zqwk'"},
         .layer = view,
         .ending = Ending::no_form},
        {.name = "SyntaxOfATemplate",
         .console = {"jinja2.exceptions.TemplateSyntaxError: Encountered unknown tag 'endfr'."},
         .layer = view},
        {.name = "SyntaxOfAModel",
         .console = {"app/models/user.rb:12: syntax error, unexpected end-of-input"},
         .layer = model},
        {.name = "SyntaxOfAController",
         .console = {"app/controllers/sessions_controller.rb:12: syntax error, unexpected end-of-input"},
         .layer = controller},
        {.name = "SyntaxOfSettings",
         .console = {"PHP Parse error:  syntax error, unexpected token \"break\" in /srv/config/auth.php on line 236"},
         .layer = config},
        {.name = "AClassOfAFile",
         .console = {"expected file /srv/app/controllers/user.rb to define constant User, but didn't "
                     "(Zeitwerk::NameError)"},
         .layer = controller},
        {.name = "AClassOfTheSessions",
         .console = {"uninitialized constant ActionDispatch::Session::CookieStor (NameError)"},
         .layer = config},
        {.name = "AConstantOfAController",
         .console = {"uninitialized constant SessionsController::Usr (NameError)"},
         .layer = controller},
        {.name = "AClass", .console = {"Error: Class \"App\\Models\\Usr\" not found"}, .layer = model},
        {.name = "ASetting",
         .console = {"Unknown password hashing algorithm 'md6'. Did you specify the algorithm in the "
                     "PASSWORD_HASHERS setting?"},
         .layer = config},
        {.name = "AModuleForSure",
         .console = {"ModuleNotFoundError: No module named 'psycopg3'"},
         .layer = config,
         .confidence = Confidence::high},
    }),
    name_of_test);

INSTANTIATE_TEST_SUITE_P(
    Requests, SuspectByErrors,
    testing::ValuesIn(std::vector<ErrorRow>{
        {.name = "AHashThatThisRunStored",
         .console = {"BCrypt::Errors::InvalidHash (invalid hash)"},
         .layer = model,
         .also = database,
         .change = after_sign_up()},
        {.name = "AHashThatItsColumnCuts",
         .console = {"BCrypt::Errors::InvalidHash (invalid hash)"},
         .layer = database,
         .also = model,
         .change = after_sign_up(40)},
        {.name = "AHashThatWasThere",
         .console = {"BCrypt::Errors::InvalidHash (invalid hash)"},
         .layer = database,
         .also = model,
         .change = in_a_step},
        {.name = "AHashOfALog", .console = {"BCrypt::Errors::InvalidHash (invalid hash)"}, .layer = database},
        {.name = "ARouteThatTheAppLedTo",
         .console = {"ActionController::RoutingError (No route matches [GET] \"/dashbord\")"},
         .layer = config,
         .also = controller,
         .ending = Ending::landing_missing,
         .change = led_to_the_route},
        {.name = "ARouteThatTheFormNames",
         .console = {"ActionController::RoutingError (No route matches [POST] \"/sesion\")"},
         .layer = view},
        {.name = "ANameOfARouteThatTheAppLooksFor",
         .console = {"Symfony\\Component\\Routing\\Exception\\RouteNotFoundException: Route [logn] not defined."},
         .layer = config,
         .also = controller},
        {.name = "AFieldThatIsEmptyThoughItWasSent",
         .console = {"The password field is required."},
         .layer = controller,
         .also = view},
        {.name = "AFieldThatWasSentMisspelled",
         .console = {"The password field is required."},
         .layer = view,
         .change = with_fields({"email", "pasword"})},
        {.name = "AKeyOfTheFieldThatThePageMisses",
         .console = {"PHP Warning:  Undefined array key \"pasword\" in /srv/inc/user.php on line 4",
                     "Error: The password field is empty."},
         .layer = controller,
         .also = model,
         .ending = Ending::form_again},
        {.name = "AParameterThatTheFormMisspells",
         .console = {"PHP Warning:  Undefined array key \"password\" in /srv/login.php on line 4"},
         .layer = view,
         .change = with_fields({"email", "pasword"})},
        {.name = "AParameterOfSomethingThatIsNotThere",
         .console = {"ActionController::ParameterMissing (param is missing or the value is empty: user)",
                     "NoMethodError (undefined method `title' for nil:NilClass)"},
         .layer = model,
         .also = database},
        {.name = "AParameter",
         .console = {"ActionController::ParameterMissing (param is missing or the value is empty: user)"},
         .layer = controller,
         .confidence = Confidence::high},
        {.name = "AToken",
         .console = {"ActionController::InvalidAuthenticityToken (Can't verify CSRF token authenticity.)"},
         .layer = session,
         .also = config},
        {.name = "ATokenThatWasNotSent",
         .console = {"ActionController::InvalidAuthenticityToken (Can't verify CSRF token authenticity.)"},
         .layer = view,
         .also = session,
         .change = with_fields({"email", "password"})},
    }),
    name_of_test);

const Change asks_elsewhere = [](Evidence& evidence) { evidence.exchanges = {{"GET", "/login", 200, ""}}; };

INSTANTIATE_TEST_SUITE_P(
    Places, SuspectByErrors,
    testing::ValuesIn(std::vector<ErrorRow>{
        {.name = "SyntaxOfAMigration",
         .console = {"db/migrate/005_redevelop_users.rb:12: syntax error, unexpected end-of-input"},
         .layer = database},
        {.name = "ATableThatOnlyMurphySees",
         .console = {"no such table: users"},
         .layer = config,
         .also = database,
         .change = with_columns({"id", "email"})},
        {.name = "WhatAMigrationAsksFor",
         .console = {"no such column: users.zqwk", "db/migrate/005_redevelop_users.rb:4:in `change'"},
         .layer = database},
        {.name = "AKeyOfARowOfPhp",
         .console = {"PHP Warning:  Undefined array key \"motto\" in /srv/start.php on line 4"},
         .layer = model,
         .also = database,
         .change = with_fields({"email", "password"})},
        {.name = "AKeyOfPhpThatTheFormSends",
         .console = {"PHP Warning:  Undefined array key \"motto\" in /srv/start.php on line 4"},
         .layer = controller,
         .change = with_fields({"email", "motto"})},
        {.name = "AKeyThatATemplateReads",
         .console = {"PHP Warning:  Undefined array key \"motto\" in /srv/templates/start.phtml on line 4"},
         .layer = view},
        {.name = "AMethodThatItsClassSuggests",
         .console = {"NoMethodError (undefined method `emial' for an instance of User)", "Did you mean?  email"},
         .layer = controller,
         .also = model},
        {.name = "AKnownNameThatAControllerAsksFor",
         .console = {"NoMethodError (undefined method `email' for #<User id: 1>):",
                     "app/controllers/sessions_controller.rb:4:in `create'"},
         .layer = model,
         .also = database},
        {.name = "ATemplateSaysSo",
         .console = {"TemplateException: unknown variable \"usr\""},
         .layer = view,
         .also = controller},
        {.name = "AVariableOfTheEnvironment", .console = {"Missing parameter \"SESSION_KEY\""}, .layer = config},
        {.name = "AnAttributeOfTheRequest",
         .console = {"Missing request attribute \"usr\""},
         .layer = controller,
         .also = view},
        {.name = "AMethodOfAHelper", .console = {"undefined method \"delvier\" of \"Postman\""}, .layer = controller},
        {.name = "AnAddressThatOnlyABotAsksFor",
         .console = {"ActionController::RoutingError (No route matches [GET] \"/wp-login.php\")"},
         .layer = view,
         .confidence = Confidence::guess,
         .ending = Ending::signed_in,
         .change = asks_elsewhere},
        {.name = "AFieldThatThePageCallsEmptyThoughItWasSent",
         .console = {"Missing parameter \"passwd\""},
         .layer = controller,
         .also = model,
         .change =
             [](Evidence& evidence) {
               evidence.fields = {"email", "password"};
               evidence.page = "The password is empty.";
               evidence.of_step.emplace();
             }},
        {.name = "AnAccountThatTheVisitorTyped",
         .console = {"password authentication failed for user \"ada\""},
         .layer = database,
         .also = config,
         .ending = Ending::rejected},
        {.name = "AnAccountOfTheApp", .console = {"password authentication failed for user \"ada\""}, .layer = config},
        {.name = "AHostThatIsNearlyThisMachine",
         .console = {"getaddrinfo ENOTFOUND locahost"},
         .layer = config,
         .also = network},
        {.name = "AHostOfAnother", .console = {"getaddrinfo ENOTFOUND db.shop.example"}, .layer = network},
        {.name = "AFileOfTheSessions",
         .console = {"Unknown file \"/var/sessions/abc\""},
         .layer = session,
         .also = config},
        {.name = "AMethodOfAMapper",
         .console = {"Call to undefined method App\\UserMapper::selectByEmial()"},
         .layer = model,
         .also = controller},
    }),
    name_of_test);

} // namespace
} // namespace murphy::diagnose
