// Words of error messages: what they say is missing or refused, and the layer of an app that such a thing belongs to.
#pragma once

#include "record/suspect.h"

#include <array>
#include <string_view>

namespace murphy::diagnose {

// A noun for something that has a name, with the kind of signature it stands for.
struct KindNoun {
  std::string_view word; // singular
  std::string_view kind;
  record::Layer layer;
  bool data = false;
};

inline constexpr auto kind_nouns = [] {
  using enum record::Layer;
  return std::array{
      KindNoun{"column", "column", model, true},
      KindNoun{"table", "table", model, true},
      KindNoun{"relation", "association", model, false},
      KindNoun{"collection", "table", model, true},
      KindNoun{"sequence", "table", model, true},
      KindNoun{"keyspace", "catalog", config},
      KindNoun{"database", "catalog", config},
      KindNoun{"attribute", "attribute", model},
      KindNoun{"property", "attribute", model},
      KindNoun{"field", "attribute", model},
      KindNoun{"member", "attribute", model},
      KindNoun{"getter", "attribute", model},
      KindNoun{"setter", "attribute", model},
      KindNoun{"path", "attribute", model},
      KindNoun{"destination", "attribute", model},
      KindNoun{"relationship", "association", model},
      KindNoun{"association", "association", model},
      KindNoun{"method", "attribute", model},
      KindNoun{"function", "function", model},
      KindNoun{"subroutine", "function", model},
      KindNoun{"procedure", "function", model},
      KindNoun{"statement", "function", model},
      KindNoun{"model", "class", model},
      KindNoun{"entity", "class", model},
      KindNoun{"metadata", "class", model},
      KindNoun{"class", "class", model},
      KindNoun{"interface", "class", model},
      KindNoun{"trait", "class", model},
      KindNoun{"type", "class", model},
      KindNoun{"namespace", "class", model},
      KindNoun{"variable", "variable", controller},
      KindNoun{"identifier", "variable", controller},
      KindNoun{"symbol", "variable", controller},
      KindNoun{"constant", "variable", controller},
      KindNoun{"parameter", "parameter", controller},
      KindNoun{"param", "parameter", controller},
      KindNoun{"argument", "parameter", controller},
      KindNoun{"key", "keyword", controller},
      KindNoun{"policy", "class", controller},
      KindNoun{"action", "route", controller},
      KindNoun{"controller", "class", controller},
      KindNoun{"handler", "class", controller},
      KindNoun{"strategy", "setting", controller},
      KindNoun{"guard", "setting", config},
      KindNoun{"route", "route", view},
      KindNoun{"endpoint", "route", controller},
      KindNoun{"template", "template", controller},
      KindNoun{"view", "template", controller},
      KindNoun{"partial", "template", view},
      KindNoun{"layout", "template", view},
      KindNoun{"fragment", "template", view},
      KindNoun{"block", "template", view},
      KindNoun{"macro", "template", view},
      KindNoun{"component", "template", view},
      KindNoun{"helper", "function", view},
      KindNoun{"filter", "function", view},
      KindNoun{"tag", "function", view},
      KindNoun{"directive", "function", view},
      KindNoun{"option", "setting", config},
      KindNoun{"setting", "setting", config},
      KindNoun{"configuration", "setting", config},
      KindNoun{"placeholder", "setting", config},
      KindNoun{"credential", "setting", config},
      KindNoun{"flag", "setting", config},
      KindNoun{"profile", "setting", config},
      KindNoun{"environment", "setting", config},
      KindNoun{"env", "setting", config},
      KindNoun{"driver", "setting", config},
      KindNoun{"backend", "setting", config},
      KindNoun{"engine", "setting", config},
      KindNoun{"adapter", "setting", config},
      KindNoun{"dialect", "setting", config},
      KindNoun{"provider", "setting", config},
      KindNoun{"store", "setting", config},
      KindNoun{"algorithm", "setting", config},
      KindNoun{"scheme", "setting", config},
      KindNoun{"transport", "setting", config},
      KindNoun{"connection", "setting", config},
      KindNoun{"mailer", "setting", config},
      KindNoun{"hasher", "setting", config},
      KindNoun{"service", "setting", config},
      KindNoun{"bean", "setting", config},
      KindNoun{"middleware", "setting", config},
      KindNoun{"plugin", "module", config},
      KindNoun{"module", "module", config},
      KindNoun{"package", "module", config},
      KindNoun{"library", "module", config},
      KindNoun{"extension", "module", config},
      KindNoun{"dependency", "module", config},
      KindNoun{"role", "account", config},
      KindNoun{"host", "connection", network},
      KindNoun{"hostname", "connection", network},
      KindNoun{"file", "file", config},
      KindNoun{"directory", "file", config},
      KindNoun{"folder", "file", config},
  };
}();

// How a message says that something is not there or is refused.
struct Negation {
  std::string_view words;
  enum class Noun { behind, before, either } noun; // on which side the thing stands
};

inline constexpr auto negations = [] {
  using enum Negation::Noun;
  return std::array{
      Negation{"no such", behind},
      Negation{"unknown", either},
      Negation{"undefined", either},
      Negation{"undeclared", behind},
      Negation{"unrecognized", behind},
      Negation{"unrecognised", behind},
      Negation{"unsupported", behind},
      Negation{"unresolved", behind},
      Negation{"unexpected", behind},
      Negation{"uninitialized", behind},
      Negation{"nonexistent", behind},
      Negation{"non-existent", behind},
      Negation{"missing", either},
      Negation{"invalid", either},
      Negation{"no", behind},
      Negation{"neither", behind},
      Negation{"has no", behind},
      Negation{"have no", behind},
      Negation{"not find", behind},
      Negation{"cannot find", behind},
      Negation{"can't find", behind},
      Negation{"couldn't find", behind},
      Negation{"cannot locate", behind},
      Negation{"can't locate", behind},
      Negation{"not locate", behind},
      Negation{"couldn't locate", behind},
      Negation{"to find", behind},
      Negation{"to locate", behind},
      Negation{"to resolve", behind},
      Negation{"not resolve", behind},
      Negation{"can't resolve", behind},
      Negation{"cannot resolve", behind},
      Negation{"couldn't resolve", behind},
      Negation{"to lookup", behind},
      Negation{"to look up", behind},
      Negation{"to load", behind},
      Negation{"not load", behind},
      Negation{"cannot load", behind},
      Negation{"can't load", behind},
      Negation{"couldn't load", behind},
      Negation{"to instantiate", behind},
      Negation{"cannot instantiate", behind},
      Negation{"to create", behind},
      Negation{"cannot evaluate", behind},
      Negation{"can't evaluate", behind},
      Negation{"cannot access", behind},
      Negation{"not access", behind},
      Negation{"does not contain", behind},
      Negation{"doesn't contain", behind},
      Negation{"does not have", behind},
      Negation{"doesn't have", behind},
      Negation{"does not define", behind},
      Negation{"doesn't define", behind},
      Negation{"does not support", behind},
      Negation{"not found", before},
      Negation{"not be found", before},
      Negation{"cannot be found", before},
      Negation{"can't be found", before},
      Negation{"not be resolved", before},
      Negation{"cannot be resolved", before},
      Negation{"not be located", before},
      Negation{"not be loaded", before},
      Negation{"does not exist", before},
      Negation{"do not exist", before},
      Negation{"doesn't exist", before},
      Negation{"don't exist", before},
      Negation{"didn't exist", before},
      Negation{"did not exist", before},
      Negation{"not exist", before},
      Negation{"not defined", before},
      Negation{"isn't defined", before},
      Negation{"not declared", before},
      Negation{"not registered", before},
      Negation{"been registered", before},
      Negation{"not mapped", before},
      Negation{"not in schema", before},
      Negation{"not supported", before},
      Negation{"isn't supported", before},
      Negation{"not recognized", before},
      Negation{"not recognised", before},
      Negation{"not implemented", before},
      Negation{"not installed", before},
      Negation{"not known", before},
      Negation{"not present", before},
      Negation{"not available", before},
      Negation{"not configured", before},
      Negation{"not allowed", before},
      Negation{"not permitted", before},
      Negation{"not a valid", either},
      Negation{"not valid", before},
      Negation{"isn't valid", before},
      Negation{"not set", before},
      Negation{"must be set", before},
      Negation{"should be set", before},
      Negation{"must be defined", before},
      Negation{"must be provided", before},
      Negation{"must be configured", before},
      Negation{"must be specified", before},
      Negation{"must have a value", before},
      Negation{"must not be empty", before},
      Negation{"cannot be empty", before},
      Negation{"cannot be blank", before},
      Negation{"not be blank", before},
      Negation{"not provided", before},
      Negation{"not specified", before},
      Negation{"is required", before},
      Negation{"are required", before},
      Negation{"is missing", before},
      Negation{"doesn't have a default value", before},
      Negation{"does not have a default value", before},
      Negation{"has no default value", before},
      Negation{"is not a known", before},
      Negation{"is undefined", before},
      Negation{"is unknown", before},
      Negation{"is invalid", before},
  };
}();

// Words that tell what is wrong although they name nothing: all of them in one line, in any order. An alternative of
// one word is parted by "|".
struct Complaint {
  std::array<std::string_view, 4> words; // empty ones are not asked for
  std::string_view kind;
  record::Layer layer;
};

inline constexpr auto complaints = [] {
  using enum record::Layer;
  return std::array{
      Complaint{{"csrf|xsrf|anti-forgery|antiforgery|forgery|authenticity",
                 "invalid|mismatch|missing|failed|failure|fail|detected|verify|incorrect|wrong|expired|absent|not"},
                "csrf",
                session},
      Complaint{{"session|cookie|token|jwt", "signature", "invalid|bad|mismatch|verification|failed|not|wrong"},
                "session",
                session},
      Complaint{{"invalid|bad", "signature"}, "session", session},
      Complaint{
          {"serialize|deserialize|unserialize", "session", "failed|unable|cannot|could|not|error"}, "session", session},
      Complaint{
          {"session|sessions", "cannot|could|couldn't|unable|failed|not", "open|tied|write|read|create|store|start"},
          "session",
          session},
      Complaint{{"token", "without|lacks", "authentication|request|form|tried|submitted"}, "csrf", session},
      Complaint{{"session|cookie", "secret", "required|missing|must|not|empty|short"}, "secret", config},
      Complaint{
          {"jwt|securecookie|cookie|session", "expired|malformed|invalid|not", "token|value|payload|cookie|ticket"},
          "session",
          session},
      Complaint{{"state", "mismatch|parameter", "oauth|oauth2|oidc|openid|callback|authorization"}, "session", session},
      Complaint{{"self-signed|self", "certificate|cert"}, "tls", config},
      Complaint{{"certificate|cert|x509|ssl|tls|pkix",
                 "verify|expired|unknown|untrusted|trusted|unable|path|failed|mismatch|not"},
                "tls",
                config},
      Complaint{{"audience|issuer|redirect_uri|client_id|client_secret|invalid_client|unauthorized_client|realm",
                 "mismatch|invalid|match|wrong|incorrect|unknown|not|failed|unexpected"},
                "setting",
                config},
      Complaint{{"invalid_client"}, "setting", config},
      Complaint{{"econnrefused"}, "connection", network},
      Complaint{{"enotfound"}, "connection", network},
      Complaint{{"etimedout"}, "connection", network},
      Complaint{{"ehostunreach"}, "connection", network},
      Complaint{{"econnreset"}, "connection", network},
      Complaint{{"connection|connect", "refused"}, "connection", network},
      Complaint{{"connect|connecting|connection", "unable|cannot|could|failed|can't|couldn't|error",
                 "to|not|connect|establish"},
                "connection",
                network},
      Complaint{{"no", "server|servers|node|nodes|broker", "available|reachable"}, "connection", network},
      Complaint{{"getaddrinfo"}, "connection", network},
      Complaint{{"name", "resolution|service", "failure|failed|known"}, "connection", network},
      Complaint{{"timed", "out", "connection|connect|connecting|server|database|pool"}, "connection", network},
      Complaint{{"host|network", "unreachable"}, "connection", network},
      Complaint{{"communications|network", "link|adapter", "failure|establish|not"}, "connection", network},
      Complaint{{"password|pass", "authentication", "failed"}, "account", config},
      Complaint{
          {"authentication|login|bind|logon", "failed|failure|required|error|unsuccessful",
           "database|db|mongo|mongodb|mongoserver|redis|smtp|ldap|postgres|mysql|mariadb|sql|server|amqp|kafka|noauth"},
          "account",
          config},
      Complaint{{"access", "denied", "user"}, "account", config},
      Complaint{{"username", "password", "accepted", "not"}, "account", config},
      Complaint{{"noauth"}, "account", config},
      Complaint{{"wrongpass"}, "account", config},
      Complaint{{"permission|privilege|permissions", "denied|insufficient|lacks",
                 "table|relation|schema|database|sequence|column"},
                "permission",
                database},
      Complaint{{"duplicate", "key|entry"}, "constraint", database},
      Complaint{{"violates", "constraint"}, "constraint", database},
      Complaint{{"read-only|readonly", "database|filesystem|transaction"}, "readonly", database},
      Complaint{{"too", "many", "connections|clients"}, "capacity", database},
      Complaint{{"exceeded", "resource|connections|quota", "user|account|database|server"}, "capacity", database},
      Complaint{{"account|user", "locked|disabled|deactivated|suspended|inactive"}, "disabled", database},
      Complaint{{"user|account|username", "not", "found"}, "missing row", database},
      Complaint{{"bcrypt|argon2|argon2id|pbkdf2|scrypt|passwordencoder|hash|salt|digest",
                 "not|no|invalid|unknown|cannot|unsupported|malformed|illegal|incorrect"},
                "hash",
                database},
      Complaint{{"cipher|decrypt|decryption|decrypting|encryption",
                 "error|ciphererror|failed|invalid|bad|cannot|unable|missing|could"},
                "secret",
                config},
      Complaint{{"key|secret", "no|missing|must|not|empty", "encryption|application|app|signing|secret|master"},
                "secret",
                config},
      Complaint{{"syntax", "error|sql", "near"}, "statement", model},
      Complaint{{"syntax", "error"}, "syntax", model},
      Complaint{{"syntaxerror|parseerror"}, "syntax", model},
      Complaint{{"illegal|invalid", "arguments|argument", "undefined|null|nil|none"}, "null", controller},
      Complaint{{"pending|unapplied", "migration|migrations"}, "migration", database},
  };
}();

// What the codes of ISO/IEC 9075 mean, by how they begin; the longest that fits counts. MySQL's and ODBC's are the
// same.
struct SqlState {
  std::string_view begin;
  std::string_view kind;
  record::Layer layer;
  bool data;
};

inline constexpr auto sql_states = [] {
  using enum record::Layer;
  return std::array{
      SqlState{"42703", "column", model, true},       SqlState{"42S22", "column", model, true},
      SqlState{"42P01", "table", model, true},        SqlState{"42S02", "table", model, true},
      SqlState{"42704", "table", model, true},        SqlState{"42501", "permission", database, false},
      SqlState{"42601", "statement", model, false},   SqlState{"08", "connection", network, false},
      SqlState{"28", "account", config, false},       SqlState{"3D000", "catalog", config, false},
      SqlState{"25006", "readonly", database, false}, SqlState{"22001", "length", database, false},
      SqlState{"23", "constraint", database, false},  SqlState{"53", "capacity", database, false},
  };
}();

// Words before a suggestion, and before a list of the names there are.
inline constexpr std::array suggestion_words = {
    std::string_view("did you mean"), std::string_view("do you mean"), std::string_view("you meant"),
    std::string_view("you mean"),     std::string_view("similar"),     std::string_view("closest match"),
    std::string_view("instead use"),  std::string_view("use instead"), std::string_view("renamed to"),
    std::string_view("replaced by"),
};
inline constexpr std::array list_words = {
    std::string_view("expecting one of"), std::string_view("expected one of"), std::string_view("must be one of"),
    std::string_view("one of"),           std::string_view("allowed"),         std::string_view("available"),
    std::string_view("valid options"),    std::string_view("valid values"),    std::string_view("valid"),
    std::string_view("choices are"),      std::string_view("choose from"),     std::string_view("possible values"),
    std::string_view("supported"),        std::string_view("with keys"),       std::string_view("existing"),
    std::string_view("registered"),       std::string_view("known"),           std::string_view("defined"),
    std::string_view("candidates"),       std::string_view("options are"),
};

} // namespace murphy::diagnose
