// Messages that no signature knows, each written as some library or service writes its own.
#include "diagnose/sentence.h"

#include <gmock/gmock.h>

namespace murphy::diagnose {
namespace {

using record::Layer;

struct Case {
  std::string line;
  std::string kind;
  Layer layer;
  std::string name;
  std::string offered = {}; // what the message suggests or lists first
};

TEST(Sentence, IsReadWhateverWritesIt) {
  const std::vector<Case> cases{
      {R"(Unrecognized option "form_logn" under "security.firewalls.main". Did you mean "form_login"?)", "setting",
       Layer::config, "form_logn", "form_login"},
      {"Missing columns: user.emial", "column", Layer::model, "emial"},
      {"No such column 'emial' on entity 'Contact'. If you are attempting to use a custom field, append __c.", "column",
       Layer::model, "emial"},
      {R"(Can't locate object method "chek_password" via package "Auth::DBI" at login.pl line 7.)", "attribute",
       Layer::model, "chek_password"},
      {"   >> Template 'dashbord' does not exist.", "template", Layer::controller, "dashbord"},
      {"SESSION_KEY must be set", "setting", Layer::config, "SESSION_KEY"},
      {"Either 'CLUB_DATABASE_URI' or 'CLUB_BINDS' must be set.", "setting", Layer::config, "CLUB_DATABASE_URI"},
      {R"(Backend "pgslq" is not supported)", "setting", Layer::config, "pgslq"},
      {R"(Key "titel" for array with keys "title, body" does not exist.)", "keyword", Layer::controller, "titel"},
      {"Could not locate named parameter [emial], expecting one of [email]", "parameter", Layer::controller, "emial",
       "email"},
      {"Unknown driver 'postgrse'. Available drivers: mysql, postgres, sqlite", "setting", Layer::config, "postgrse",
       "mysql"},
      {"The partial logn_form could not be found", "template", Layer::view, "logn_form"},
      {R"(render failed: html/template: "logn.html" is undefined)", "template", Layer::controller, "logn.html"},
      {"can't evaluate field Usrname in type *web.LoginPage", "attribute", Layer::model, "Usrname"},
      {"ORA-00904: \"U1_0\".\"EMIAL\": invalid identifier (SQL state 42000)", "column", Layer::model, "EMIAL"},
      {"Field 'nickname' doesn't have a default value", "required", Layer::database, "nickname"},
      {"unknown relation \"rols\" in an eager expression for model class User", "association", Layer::model, "rols"},
      {"relation \"sesions\" does not exist", "table", Layer::model, "sesions"},
      {"Class \"App\\Http\\Controllers\\LoginContoller\" does not exist", "class", Layer::model, "LoginContoller"},
      {"NilError: undefined attribute 'id' for nil (current_user)", "null", Layer::controller, "id"},
      {"AttributeError: 'NoneType' object has no attribute 'request'", "null", Layer::controller, "request"},
      {"Can't locate DBD/SQLit.pm in @INC", "module", Layer::config, "SQLit"},
      {"Invalid password hashing scheme bcript. Allowed values are bcrypt, argon2 and plaintext", "setting",
       Layer::config, "bcript", "bcrypt"},
      {"ForbiddenError: invalid csrf token", "csrf", Layer::session, ""},
      {"token signature is invalid: signature is invalid", "session", Layer::session, ""},
      {"dial tcp 10.0.0.5:5432: connect: connection refused", "connection", Layer::network, "5432"},
      {"connection refused at 10:15:22", "connection", Layer::network, ""},
      {"app/db.py:42: connection refused", "connection", Layer::network, ""},
      {"psycopg2.OperationalError: connection to server at \"10.0.0.5\", port 5433 failed: Connection refused",
       "connection", Layer::network, "5433"},
      {"permission denied for table users", "permission", Layer::database, "users"},
      {"Access denied for user 'web'@'localhost' to database 'siet'", "catalog", Layer::config, "siet"},
      {"WordPress database error Table 'wp.members' doesn't exist for query", "table", Layer::model, "members"},
      {"AttributeError: module 'auth.hashers' has no attribute 'PaswordHasher'", "module", Layer::config,
       "PaswordHasher"},
      {"[error] Authentication tried without token", "csrf", Layer::session, ""},
      {"Session cannot be tied: could not open the lock", "session store", Layer::session, ""},
      {"x509: certificate signed by unknown authority", "tls", Layer::config, ""},
      {"SAML assertion audience mismatch", "setting", Layer::config, ""},
      {"audience mismatch. Expected: urn:club:sp Received: https://club.test/metadata", "setting", Layer::config,
       "urn:club:sp"},
      {"DB2 SQL Error: SQLCODE=-206, SQLSTATE=42703, SQLERRMC=T0.USER_NAM, DRIVER=4.31.10", "column", Layer::model,
       "USER_NAM"},
      {"driver: SQLSTATE[42S02]", "table", Layer::model, ""},
      {"ERROR: SQLSTATE 28P01", "account", Layer::config, ""},
      {"failed, sqlstate: 08006", "connection", Layer::network, ""},
      {"The configuration value `VAULT_SALT` must not be None when `VAULT_HASH` is set", "setting", Layer::config,
       "VAULT_SALT"},
      {"Failed to read configuration file! Usually there is a syntax error in it.", "setting", Layer::config, ""},
      {"mysqli::real_connect(): (HY000/2002): No such file or directory", "connection", Layer::config, ""},
      {"Your account is disabled.", "disabled", Layer::database, ""},
      {"This email address is not verified yet.", "disabled", Layer::database, ""},
      {"getaddrinfo for localhst failed: Name or service not known", "connection", Layer::network, "localhst"},
      {"Unable to load template: HTML::Template->new() : Cannot open included file head.tpl : file not found",
       "template", Layer::view, "head.tpl"},
      {"cannot open parent template base.tpl: not found", "template", Layer::view, "base.tpl"},
      {R"(SyntaxError: Unexpected "endtrns" tag (expecting closing tag for the "trans" tag))", "syntax", Layer::model,
       "endtrns"},
      {"Parse error: syntax error, unexpected variable \"$conf\" in /srv/club/conf/local.php on line 2", "syntax",
       Layer::model, ""},
      {"duplicate key value violates unique index", "constraint", Layer::database, ""},
  };
  for (const Case& each : cases) {
    const auto sentence = read_sentence(each.line);
    ASSERT_TRUE(sentence) << each.line;
    EXPECT_EQ(sentence->kind, each.kind) << each.line;
    EXPECT_EQ(sentence->layer, each.layer) << each.line;
    EXPECT_EQ(sentence->name, each.name) << each.line;
    std::string offered;
    if (!sentence->choices.empty()) offered = sentence->choices.front();
    if (!sentence->meant.empty()) offered = sentence->meant.front();
    EXPECT_EQ(offered, each.offered) << each.line;
    EXPECT_TRUE(may_be_sentence(each.line)) << each.line;
  }
}

TEST(Sentence, TakesASuggestionFromTheNextLine) {
  const auto sentence = read_sentence("Unknown argument `emial`.", "Did you mean `email`?");
  ASSERT_TRUE(sentence);
  EXPECT_THAT(sentence->meant, testing::ElementsAre("email"));
}

TEST(Sentence, IsNoneInWhatAppsWriteByTheWay) {
  for (const std::string line : {
           "2024-05-11 08:14:03 INFO Finished repository scanning. Found 4 repository interfaces, 0 not found.",
           "[debug] no route matched yet, trying the next",
           "DEPRECATION WARNING: the option `foo_bar` is unsupported in 8.0",
           "    at Object.missingColumn (/srv/app/lib/users.js:3:7)",
           "(0.4ms) CREATE TABLE \"users\" (\"version\" varchar NOT NULL PRIMARY KEY)",
           "Listening on http://127.0.0.1:3000",
           "Cannot find template location: classpath:/templates/mail/ (please add some templates)",
           "GET /login 200 4ms",
           "Completed 404 Not Found in 3ms",
           "record not found",
           "\"%s instance has no 'request' attribute. Did you override \"",
           "No route matches GET \"/wp-login.php\"",
           "Local storage not defined, token will be stored into global storage",
           "no changes",
           "0 errors, 3 warnings",
       })
    EXPECT_FALSE(read_sentence(line)) << line;
}

} // namespace
} // namespace murphy::diagnose
