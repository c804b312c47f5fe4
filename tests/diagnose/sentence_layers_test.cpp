// Which layer each word of an error message speaks against: every noun and every complaint that sentences are read by.
#include "diagnose/sentence.h"

#include <fmt/format.h>
#include <gmock/gmock.h>

namespace murphy::diagnose {
namespace {

using record::Layer;

struct Nouns {
  Layer layer;
  std::string_view kind;
  bool data; // model or database: the schema shows
  std::vector<std::string_view> words;
};

TEST(SentenceLayers, OfEveryNoun) {
  using enum Layer;
  const std::vector<Nouns> all{
      {model, "column", true, {"column"}},
      {model, "table", true, {"table", "collection", "sequence"}},
      {model,
       "attribute",
       false,
       {"attribute", "property", "field", "member", "getter", "setter", "path", "destination", "method"}},
      {model, "association", false, {"relation", "relationship", "association"}},
      {model, "function", false, {"function", "subroutine", "procedure", "statement"}},
      {model, "class", false, {"model", "entity", "metadata", "class", "interface", "trait", "type", "namespace"}},
      {config, "catalog", false, {"keyspace", "database"}},
      {config, "setting", false, {"guard",  "option",    "setting",     "configuration", "placeholder", "credential",
                                  "flag",   "profile",   "environment", "env",           "driver",      "backend",
                                  "engine", "adapter",   "dialect",     "provider",      "store",       "algorithm",
                                  "scheme", "transport", "connection",  "mailer",        "hasher",      "service",
                                  "bean",   "middleware"}},
      {config, "module", false, {"plugin", "module", "package", "library", "extension", "dependency"}},
      {config, "account", false, {"role"}},
      {config, "file", false, {"file", "directory", "folder"}},
      {controller, "variable", false, {"variable", "identifier", "symbol", "constant"}},
      {controller, "parameter", false, {"parameter", "param", "argument"}},
      {controller, "keyword", false, {"key"}},
      {controller, "class", false, {"policy", "controller", "handler"}},
      {controller, "route", false, {"action", "endpoint"}},
      {controller, "setting", false, {"strategy"}},
      {view, "route", false, {"route"}},
      {controller, "template", false, {"template", "view"}},
      {view, "template", false, {"partial", "layout", "fragment", "block", "macro", "component"}},
      {view, "function", false, {"helper", "filter", "tag", "directive"}},
      {network, "connection", false, {"host", "hostname"}},
  };
  for (const Nouns& row : all) {
    for (const std::string_view noun : row.words) {
      const auto sentence = read_sentence(fmt::format("Unknown {} \"emial\"", noun));
      ASSERT_TRUE(sentence) << noun;
      EXPECT_EQ(record::name_of(sentence->layer), record::name_of(row.layer)) << noun;
      EXPECT_EQ(sentence->kind, row.kind) << noun;
      EXPECT_EQ(sentence->data, row.data) << noun;
      EXPECT_EQ(sentence->name, "emial") << noun;
    }
  }
}

struct Complaint {
  Layer layer;
  std::string_view kind;
  std::vector<std::string_view> lines;
};

TEST(SentenceLayers, OfEveryComplaint) {
  using enum Layer;
  const std::vector<Complaint> all{
      {session, "csrf", {"ForbiddenError: invalid csrf token", "Antiforgery verification failed"}},
      {session,
       "session",
       {"session cookie signature mismatch", "bad signature", "failed to deserialize session", "jwt malformed token",
        "OAuth state mismatch in callback"}},
      {session, "session store", {"session could not be tied", "cannot write the session file"}},
      {config, "secret", {"A session secret is required here", "decryption failed", "no encryption key was found"}},
      {config, "tls", {"self-signed certificate in chain", "x509: certificate signed by unknown authority"}},
      {config,
       "setting",
       {"SAML assertion audience mismatch", "error: invalid_client", "cannot parse the config file",
        "No valid address found - configuration error", "The gateway is misconfigured"}},
      {config, "connection", {"(2002): No such file or directory"}},
      {network,
       "connection",
       {"connect ECONNREFUSED", "queryA ENOTFOUND", "ETIMEDOUT", "EHOSTUNREACH", "read ECONNRESET",
        "dial tcp: connection refused", "Unable to connect to broker", "no nodes available", "getaddrinfo failed",
        "Temporary failure in name resolution", "connection timed out", "network is unreachable",
        "Communications link failure"}},
      {config,
       "account",
       {"password authentication failed", "MongoServer: authentication failed", "Access denied for this user",
        "Username and password not accepted", "NOAUTH", "WRONGPASS"}},
      {database, "permission", {"permission denied for table"}},
      {database, "constraint", {"duplicate key value", "violates unique constraint"}},
      {database, "readonly", {"attempt to write to a read-only database"}},
      {database,
       "capacity",
       {"sorry, too many clients already", "User 'club' has exceeded the 'max_questions' resource"}},
      {database, "missing row", {"The user was not found"}},
      {model, "statement", {"SQL syntax error near WHERE"}},
      {database, "hash", {"bcrypt: invalid salt"}},
      {database, "disabled", {"The user is suspended", "User ada is not active"}},
      {controller, "null", {"Illegal arguments: undefined"}},
      {database, "migration", {"There are pending migrations"}},
  };
  for (const Complaint& row : all) {
    for (const std::string_view line : row.lines) {
      const auto sentence = read_sentence(line);
      ASSERT_TRUE(sentence) << line;
      EXPECT_EQ(record::name_of(sentence->layer), record::name_of(row.layer)) << line;
      EXPECT_EQ(sentence->kind, row.kind) << line;
    }
  }
}

// The codes of the SQL standard, each by a code that begins like its row; the longest row that fits counts.
TEST(SentenceLayers, OfEverySqlState) {
  using enum Layer;
  struct SentenceRow {
    std::string_view code, kind;
    Layer layer;
    bool data;
  };
  for (const SentenceRow& row :
       {SentenceRow{"42703", "column", model, true}, SentenceRow{"42S22", "column", model, true},
        SentenceRow{"42P01", "table", model, true}, SentenceRow{"42S02", "table", model, true},
        SentenceRow{"42704", "table", model, true}, SentenceRow{"42501", "permission", database, false},
        SentenceRow{"42601", "statement", model, false}, SentenceRow{"08006", "connection", network, false},
        SentenceRow{"28P01", "account", config, false}, SentenceRow{"3D000", "catalog", config, false},
        SentenceRow{"25006", "readonly", database, false}, SentenceRow{"22001", "length", database, false},
        SentenceRow{"23505", "constraint", database, false}, SentenceRow{"53300", "capacity", database, false}}) {
    const auto sentence = read_sentence(fmt::format("driver: SQLSTATE={}", row.code));
    ASSERT_TRUE(sentence) << row.code;
    EXPECT_EQ(sentence->kind, row.kind) << row.code;
    EXPECT_EQ(record::name_of(sentence->layer), record::name_of(row.layer)) << row.code;
    EXPECT_EQ(sentence->data, row.data) << row.code;
  }
}

// The noun alone does not tell: what is said of it does.
TEST(SentenceLayers, OfNounsThatMeanTwoThings) {
  struct SentenceRow {
    std::string_view line, kind;
    Layer layer;
    bool data;
  };
  for (const SentenceRow& row :
       {SentenceRow{"relation \"sesions\" does not exist", "table", Layer::model, true},
        SentenceRow{"ORA-00904: \"U1_0\".\"EMIAL\": invalid identifier (SQL state 42000)", "column", Layer::model,
                    true},
        SentenceRow{"Field 'nickname' doesn't have a default value", "required", Layer::database, false}}) {
    const auto sentence = read_sentence(row.line);
    ASSERT_TRUE(sentence) << row.line;
    EXPECT_EQ(sentence->kind, row.kind) << row.line;
    EXPECT_EQ(record::name_of(sentence->layer), record::name_of(row.layer)) << row.line;
    EXPECT_EQ(sentence->data, row.data) << row.line;
  }
}

} // namespace
} // namespace murphy::diagnose
