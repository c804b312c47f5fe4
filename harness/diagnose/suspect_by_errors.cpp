#include "diagnose/suspect_by_errors.h"

#include "base/nearest.h"
#include "base/sign_in_words.h"
#include "base/text.h"
#include "diagnose/cause_text.h"
#include "diagnose/fields.h"
#include "diagnose/mask.h"
#include "diagnose/names.h"
#include "diagnose/suggest.h"
#include "diagnose/trace.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <cstdint>
#include <fmt/format.h>
#include <optional>
#include <utility>

namespace murphy::diagnose {

namespace {

using record::Confidence;
using record::Layer;
using record::Suspect;

// What was nothing when something was read from it, by the source that the message quotes: "dashbord" of
// `@dashbord.title`, "usr" of `params[:usr][:email]`.
std::string nothing_read_from(const Finding& finding) {
  if (finding.name.empty()) return {};
  const auto& lines = finding.text->lines;
  const auto is_name = [](char c) { return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '_'; };
  const std::string wanted = finding.name == "[]" ? "][" : "." + finding.name;
  const std::size_t first = finding.line > 4 ? finding.line - 4 : 0;
  for (std::size_t i = first; i < std::min(lines.size(), finding.line + 30); ++i) {
    if (i == finding.line) continue;
    const std::string_view line = lines[i];
    const std::size_t at = line.find(wanted);
    if (at == std::string_view::npos || at == 0) continue;
    std::size_t end = at;
    while (end > 0 && (line[end - 1] == '\'' || line[end - 1] == '"')) --end;
    std::size_t begin = end;
    while (begin > 0 && is_name(line[begin - 1])) --begin;
    if (begin < end && std::isalpha(static_cast<unsigned char>(line[begin])) != 0)
      return std::string(line.substr(begin, end - begin));
  }
  return {};
}

// Methods of models in the usual object mappers.
bool is_query_method(std::string_view name) {
  static constexpr std::array<std::string_view, 22> methods = {
      "findOne",  "findOneBy", "find",    "findAll", "findUnique", "findFirst", "findByPk", "findById",
      "findMany", "create",    "update",  "where",   "query",      "first",     "select",   "findBy",
      "objects",  "filter",    "find_by", "save",    "prepare",    "execute"};
  return std::ranges::find(methods, name) != methods.end();
}

bool is_known_name(std::string_view name, const Evidence& evidence) {
  if (is_usual(name)) return true;
  return std::ranges::any_of(evidence.fields, [&](const std::string& field) { return last_part(field) == name; });
}

// The statement lists the near name among its columns: the mapping has it right, whoever added the condition has not.
bool mapping_has(const Finding& finding, const std::string& near) {
  if (near.empty()) return false;
  return in_trace(finding, 3, 6, [&](std::string_view line) {
    const std::size_t select = line.find("SELECT "), from = line.find(" FROM ");
    if (select == std::string_view::npos || from == std::string_view::npos || from < select) return false;
    const std::string_view list = line.substr(select, from - select), rest = line.substr(from);
    return list.contains("\"" + near + "\"") && !list.contains("\"" + finding.name + "\"") &&
           rest.contains("\"" + finding.name + "\"");
  });
}

// A key of a row or of what a template was given: the file that reads it shows whose, and else that the form sends
// nothing like it.
Layer layer_of_key(const Finding& finding, const Evidence& evidence) {
  const Layer file = layer_of_file(finding.text->lines[finding.line]);
  if (file == Layer::view || file == Layer::model) return file;
  // In PHP the keys of a request and those of a row are read alike, and the message is one.
  const bool may_be_of_row = finding.signature->engine == "PHP";
  if (!may_be_of_row || evidence.fields.empty() || file != Layer::unknown || role_of(finding.name) != FieldRole::other)
    return Layer::unknown;
  std::vector<std::string> sent;
  for (const std::string& field : evidence.fields) sent.emplace_back(last_part(field));
  const bool is_sent = std::ranges::find(sent, finding.name) != sent.end() || !nearest(finding.name, sent).empty();
  return is_sent ? Layer::unknown : Layer::model;
}

// An app that hands on what visitors type signs in to its database as they do: it answers with its form, not with an
// error.
bool is_account_of_visitors(const SignInCourse& sign_in) {
  return sign_in.ending == Ending::form_again || sign_in.ending == Ending::rejected;
}

bool is_slip_of_localhost(const std::string& host) {
  return host != "localhost" && !nearest(host, {"localhost"}).empty();
}

bool is_request_kind(std::string_view kind) { return kind == "parameter" || kind == "keyword"; }

// The parameter that did not arrive is what a misspelled field of the form was meant to be.
bool sent_misspelled(std::string_view parameter, const Evidence& evidence) {
  const auto field = misnamed_field(evidence);
  if (!field) return false;
  const auto letters = [](std::string name) {
    std::erase(name, '_');
    return ascii_lower(name);
  };
  return letters(field->meant) == letters(std::string(parameter));
}

// A column for hashes that takes fewer characters than today's have. bcrypt's are 60 long, those of scrypt, argon2 and
// PBKDF2 from 80 on.
struct ShortColumn {
  std::string table, column;
  std::int64_t length = 0;
};
constexpr std::int64_t shortest_hash = 80;
std::optional<ShortColumn> short_hash_column(const Evidence& evidence) {
  if (!evidence.schema) return std::nullopt;
  for (const record::Table& table : evidence.schema->tables)
    for (const record::Column& column : table.columns) {
      const std::string name = ascii_lower(column.name);
      if ((name.contains("pass") || name.contains("pwd")) && column.length && *column.length < shortest_hash)
        return ShortColumn{table.name, column.name, *column.length};
    }
  return std::nullopt;
}

bool is_credential(std::string_view name) {
  const std::string usual = usual_spelling(name);
  const FieldRole role = role_of(usual.empty() ? name : std::string_view(usual));
  return role == FieldRole::password || role == FieldRole::user;
}

// The column of that name that a table had in good health and has no more, with its table: "user.password".
std::optional<std::string> column_that_went(const std::string& name, const Evidence& evidence) {
  if (!evidence.schema || !evidence.known_good || !evidence.known_good->schema) return std::nullopt;
  const auto has = [&](const record::Table& table) {
    return std::ranges::find(table.columns, name, &record::Column::name) != table.columns.end();
  };
  for (const record::Table& before : evidence.known_good->schema->tables)
    for (const record::Table& now : evidence.schema->tables)
      if (now.name == before.name && has(before) && !has(now)) return now.name + "." + name;
  return std::nullopt;
}

struct Verdict {
  Layer layer = Layer::unknown;
  Layer also = Layer::unknown;
  Confidence confidence = Confidence::medium;
};

// A table or column that is not there.
Verdict data_verdict(const Finding& finding, const Suggestion& suggestion, const SchemaView& schema,
                     const Evidence& evidence) {
  const Slip slip = who_slipped(finding.name, suggestion.name, evidence);
  if (schema.known && !schema.exists) {
    if (schema.misspelled_migration) return {Layer::database, Layer::unknown, Confidence::high};
    if (schema.in_another_table) return {Layer::model, Layer::unknown, Confidence::medium};
    if (suggestion.name.empty())
      return {Layer::database, Layer::unknown, slip == Slip::asked ? Confidence::medium : Confidence::high};
    if (slip == Slip::present) return {Layer::database, Layer::model, Confidence::high};
    return {Layer::model, slip == Slip::asked ? Layer::unknown : Layer::database, Confidence::high};
  }
  if (mapping_has(finding, suggestion.name)) return {Layer::controller, Layer::model, Confidence::medium};
  // Murphy sees what the app does not find: it looks at another database.
  if (schema.known && schema.exists && finding.signature->kind == "table")
    return {Layer::config, Layer::database, Confidence::medium};
  const bool said = suggestion.origin == record::SuggestionOrigin::engine_hint;
  if (slip == Slip::present) return {Layer::database, Layer::model, Confidence::high};
  if (slip == Slip::asked) return {Layer::model, Layer::database, Confidence::high};
  // The name is as it should be and nothing like it is there: gone, or never made.
  if (is_usual(finding.name) && finding.signature->kind == "column")
    return {Layer::database, Layer::model, Confidence::high};
  return {said ? Layer::model : Layer::database, said ? Layer::database : Layer::model, Confidence::medium};
}

// An attribute, association or method that an object does not have.
Verdict attribute_verdict(const Finding& finding, const Suggestion& suggestion, const Evidence& evidence) {
  const Layer asked_by = layer_of_trace(finding);
  const Layer row = finding.signature->layer;
  const std::string owner = ascii_lower(finding.owner);
  const Slip slip = who_slipped(finding.name, suggestion.name, evidence);
  // The object shows a column that is nearly the one: the table has it wrong.
  if (slip == Slip::present && object_shows(finding, suggestion.name))
    return {Layer::database, Layer::model, Confidence::high};
  if (row == Layer::view) {
    if (slip == Slip::present || (suggestion.name.empty() && is_known_name(finding.name, evidence)))
      return {Layer::view, Layer::model, Confidence::medium};
    return {Layer::view, Layer::unknown, Confidence::high};
  }
  if (row == Layer::controller) return {Layer::controller, Layer::unknown, Confidence::high};
  // The page asks visitors who are not signed in for what users have: nothing kept them out.
  if (contains_any(owner, {"anonymous", "guest"})) return {Layer::controller, Layer::model, Confidence::medium};
  if (owner.contains("controller"))
    return !is_usual(finding.name) ? Verdict{Layer::controller, Layer::unknown, Confidence::medium}
                                   : Verdict{Layer::config, Layer::controller, Confidence::medium};
  if (slip != Slip::asked && is_known_name(finding.name, evidence))
    return {Layer::model, Layer::database, Confidence::medium};
  if (slip == Slip::asked && asked_by != Layer::unknown && asked_by != Layer::config)
    return {asked_by, asked_by == Layer::model ? Layer::unknown : Layer::model, Confidence::medium};
  if (slip == Slip::asked && (finding.signature->data || finding.signature->kind == "association") &&
      finding.signature->engine != "Rails" && finding.signature->engine != "Django" &&
      !contains_any(ascii_lower(finding.text->lines[finding.line]), {"mapper", "batis"}))
    return {Layer::controller, Layer::model, Confidence::medium};
  // The class itself has it right, and says so: its caller has not.
  if (slip == Slip::asked && suggestion.origin == record::SuggestionOrigin::engine_hint &&
      contains_any(ascii_lower(finding.text->lines[finding.line]), {"undefined method", "unknown method"}))
    return {asked_by == Layer::unknown ? Layer::controller : asked_by, Layer::model, Confidence::medium};
  // Nobody spells a name like that, and it is the controller that asks for it.
  if (asked_by == Layer::controller && !is_usual(finding.name))
    return {Layer::controller, Layer::model, Confidence::medium};
  return {Layer::model, Layer::unknown, Confidence::medium};
}

// The line imports the module by a statement: no setting names it.
bool is_import_of(std::string_view line, std::string_view module) {
  static constexpr std::array<std::string_view, 6> statements = {
      "import {}",         "from {} import",        "require('./{}')",
      "require(\"./{}\")", "require_relative '{}'", "require_relative \"{}\""};
  return std::ranges::any_of(statements, [&](std::string_view statement) {
    return line.contains(fmt::format(fmt::runtime(statement), module));
  });
}

// A module that the app's own code imports, which may be missing for want of a package, or be one of its own by a name
// that is nearly one of those.
Verdict module_verdict(const Finding& finding, Layer otherwise) {
  if (!in_trace(finding, 4, 4, [&](std::string_view line) { return is_import_of(line, finding.name); }))
    return {otherwise, Layer::unknown, Confidence::high};
  if (nearest(finding.name, {"models", "views", "forms", "routes", "controllers", "helpers", "database", "config",
                             "settings", "schema", "auth"})
          .empty())
    return {otherwise, Layer::controller, Confidence::medium};
  const Layer file = layer_of_trace(finding);
  return {file == Layer::unknown ? Layer::controller : file, otherwise, Confidence::medium};
}

bool names_a_model(std::string_view owner) {
  std::string lower = ascii_lower(owner);
  lower.erase(0, lower.find_last_of(".:\\/") + 1);
  return is_usual(lower) || contains_any(lower, {"user", "account", "model", "entity", "repository", "record", "query",
                                                 "database", "sql"});
}

Verdict file_verdict(const Finding& finding, const SignInCourse& sign_in, Layer otherwise) {
  const Layer file = layer_of_trace(finding);
  if (file != Layer::unknown) return {file, Layer::unknown, Confidence::medium};
  const std::string owner = ascii_lower(finding.owner);
  if (contains_any(owner, {"form", "view", "template", "\\ui\\"}))
    return {Layer::view, Layer::unknown, Confidence::medium};
  // What fails while the form is shown is not what answers the form.
  if (sign_in.ending == Ending::page_failed || sign_in.ending == Ending::no_form)
    return {Layer::view, otherwise == Layer::view ? Layer::unknown : otherwise, Confidence::medium};
  return {otherwise, Layer::unknown, Confidence::medium};
}

bool any_kind(std::span<const Finding> findings, std::string_view kind) {
  return std::ranges::any_of(findings, [&](const Finding& each) { return each.signature->kind == kind; });
}

// A database without any of the app's tables: the wrong one, or a new and empty file.
bool database_is_empty(std::span<const Finding> findings, const Evidence& evidence) {
  for (const Finding& each : findings)
    if (each.signature->kind == "migration" && (std::atoi(each.count.c_str()) >= 10 || each.choices.size() >= 4))
      return true;
  const auto creates = [](const std::string& piece) {
    return piece.contains("CREATE TABLE \"schema_migrations\"") || piece.contains("CREATE TABLE `schema_migrations`");
  };
  return std::ranges::any_of(evidence.console, creates);
}

// SQLite makes a new and empty file where the name of its file is misspelled. So the first table that an app asks for,
// rightly spelled, is missing.
bool may_be_new_file(const Finding& finding, const Suggestion& suggestion, const Evidence& evidence) {
  if (!suggestion.name.empty() || !is_usual(finding.name) || finding.name.contains('_')) return false;
  const auto is_sqlite = [](std::string_view text) {
    return contains_any(ascii_lower(text), {"sqlite", "no such table:"});
  };
  if (finding.signature->engine != "SQLite" && !is_sqlite(finding.text->text)) return false;
  if (evidence.known_good && evidence.known_good->schema) return false;
  const std::span lines(finding.text->lines.begin(), finding.line);
  return std::ranges::none_of(
      lines, [](std::string_view line) { return contains_any(line, {" FROM ", "INSERT INTO ", "UPDATE "}); });
}

// The app itself sends browsers to an address that leads nowhere, or looks for its name when it has taken the form:
// what names it is no template.
bool nobody_typed(std::string_view address, const SignInCourse& sign_in, const Evidence& evidence) {
  if (!address.starts_with('/')) return sign_in.ending == Ending::submit_failed;
  for (std::size_t i = 1; i < evidence.exchanges.size(); ++i) {
    const int before = evidence.exchanges[i - 1].status;
    if (evidence.exchanges[i].path == address && before >= 300 && before < 400) return true;
  }
  return false;
}

Verdict verdict_on(std::span<const Finding> findings, const Suggestion& suggestion, const SchemaView& schema,
                   const SignInCourse& sign_in, const Evidence& evidence) {
  const Finding& finding = findings.front();
  const std::string& kind = finding.signature->kind;
  const Layer row = finding.signature->layer;
  const bool data = kind == "column" || kind == "table" || kind == "elsewhere";
  // Two rows with one number: what counts them is behind, whatever they are about.
  if (kind == "constraint" && finding.name.ends_with("_pkey"))
    return {Layer::database, Layer::unknown, Confidence::medium};
  if (data || kind == "length" || kind == "type" || kind == "required" || kind == "constraint" ||
      kind == "permission" || kind == "readonly") {
    const std::string& of_table = kind == "table" ? finding.name : finding.owner;
    const bool session = names_a_session(finding.name) || names_a_session(finding.owner) ||
                         std::ranges::any_of(finding.meant, names_a_session) ||
                         (of_table.empty() && in_trace(finding, finding.text->source == EvidenceSource::page ? 0 : 25,
                                                       70, is_session_store));
    if (session && kind == "permission") return {Layer::database, Layer::session, Confidence::medium};
    // A database that takes no writes fails at the first one, which is often the session's.
    if (session && sign_in.ending != Ending::landing_failed)
      return {Layer::session, Layer::database, kind == "readonly" ? Confidence::medium : Confidence::high};
  }
  if (data) {
    if (kind == "table" && (database_is_empty(findings, evidence) || sign_in.ending == Ending::set_up))
      return {Layer::config, Layer::database, Confidence::medium};
    // What a migration asks for, it should have made.
    if (layer_of_trace(finding) == Layer::database && !schema.known)
      return {Layer::database, Layer::unknown, Confidence::medium};
    const bool let_in = sign_in.ending == Ending::landing_failed || sign_in.ending == Ending::signed_in;
    if (kind == "table" && !schema.known && !let_in && may_be_new_file(finding, suggestion, evidence))
      return {Layer::config, Layer::database, Confidence::medium};
    return data_verdict(finding, suggestion, schema, evidence);
  }
  if (kind == "migration")
    return database_is_empty(findings, evidence) ? Verdict{Layer::config, Layer::database, Confidence::medium}
                                                 : Verdict{Layer::database, Layer::unknown, Confidence::high};
  const std::string lower = ascii_lower(finding.text->lines[finding.line]);
  if (finding.signature->engine.empty() && kind != "template" && kind != "file" && is_said_by_template(lower))
    return {Layer::view, Layer::controller, Confidence::medium};
  // Names of environment variables and constants are settings; those of a request's own are not.
  if ((is_request_kind(kind) || kind == "variable") && is_name_of_setting(finding.name))
    return {Layer::config, Layer::unknown, Confidence::medium};
  if (finding.signature->engine.empty() && contains_any(lower, {"request attribute", "request parameter"}))
    return {Layer::controller, Layer::view, Confidence::medium};
  const bool is_call = contains_any(lower, {"undefined method", "undefined function"});
  if (kind == "attribute" && finding.signature->engine.empty() && is_call && !finding.owner.empty() &&
      !names_a_model(finding.owner) && !ascii_lower(finding.owner).contains("controller"))
    return file_verdict(finding, sign_in, Layer::controller);
  if (kind == "attribute" || kind == "association") return attribute_verdict(finding, suggestion, evidence);
  // What this very run stored cannot be read: whoever writes it cuts or changes it.
  if (kind == "hash" && row == Layer::database && evidence.of_step) {
    const auto& attempts = evidence.of_step->attempts;
    const bool made_here =
        std::ranges::any_of(attempts, [](const SignInAttempt& each) { return each.makes_account && each.accepted; });
    if (made_here && !short_hash_column(evidence)) return {Layer::model, Layer::database, Confidence::medium};
    return {Layer::database, Layer::model, Confidence::medium};
  }
  if (kind == "route" && row == Layer::view && !finding.name.starts_with('/')) {
    const Layer asked_by = layer_that_asks_for_route(finding);
    if (asked_by == Layer::config) return {Layer::config, Layer::controller, Confidence::medium};
    if (asked_by == Layer::controller) return {Layer::controller, Layer::view, Confidence::medium};
  }
  if (kind == "route" && nobody_typed(finding.name, sign_in, evidence))
    return {Layer::config, Layer::controller, Confidence::medium};
  // Bots and browsers ask for addresses that no app has.
  const bool met_none = sign_in.ending == Ending::signed_in || sign_in.ending == Ending::undetermined;
  if (kind == "route" && met_none && finding.name.starts_with('/') &&
      std::ranges::none_of(evidence.exchanges, [&](const Exchange& each) { return each.path == finding.name; }))
    return {row, Layer::unknown, Confidence::guess};
  if (kind == "serialization" && in_trace(finding, trace_lines, 0, is_session_store))
    return {Layer::session, Layer::controller, Confidence::medium};
  if (kind == "csrf") {
    const LayerGuess guess = csrf_layer(evidence);
    return {guess.layer, guess.also, guess.confidence};
  }
  if (kind == "missing")
    return Verdict{misnamed_field(evidence) ? Layer::view : Layer::controller,
                   misnamed_field(evidence) ? Layer::unknown : Layer::view, Confidence::medium};
  if (kind == "null") {
    if (is_query_method(finding.name) && row == Layer::controller)
      return {Layer::model, Layer::controller, Confidence::medium};
    if (row == Layer::database)
      return {Layer::database, near_template(finding) ? Layer::view : Layer::controller, Confidence::medium};
    if (row == Layer::view || near_template(finding)) return {Layer::view, Layer::controller, Confidence::medium};
    if (row == Layer::model) return {Layer::model, Layer::database, Confidence::medium};
    return {Layer::controller, Layer::model, Confidence::medium};
  }
  if (kind == "variable" && row == Layer::controller)
    return {near_template(finding) ? Layer::view : Layer::controller, Layer::unknown, Confidence::high};
  if (kind == "variable" && row == Layer::view && finding.signature->engine == "PHP")
    return file_verdict(finding, sign_in, Layer::model);
  // A row has no such key any more.
  if (is_request_kind(kind) && column_that_went(finding.name, evidence))
    return {Layer::database, Layer::model, Confidence::high};
  // The message itself names what the form sends, and that is no usual name.
  if (is_request_kind(kind) && suggestion.origin == record::SuggestionOrigin::engine_hint &&
      who_slipped(finding.name, suggestion.name, evidence) == Slip::present)
    return {Layer::view, Layer::unknown, Confidence::medium};
  // The form sends it under a name that is nearly the one.
  if (is_request_kind(kind) && sent_misspelled(finding.name, evidence))
    return {Layer::view, Layer::unknown, Confidence::medium};
  // The app says that a field is empty which was filled in: it reads the request by another name.
  const bool page_misses_it = any_kind(findings, "missing") && is_credential(finding.name);
  if (is_request_kind(kind) && page_misses_it) return {Layer::controller, Layer::model, Confidence::medium};
  if (is_request_kind(kind) && evidence.of_step && (unread_field(evidence) || !field_the_page_names(evidence).empty()))
    return {Layer::controller, Layer::model, Confidence::medium};
  if (is_request_kind(kind))
    if (const Layer layer = layer_of_key(finding, evidence); layer != Layer::unknown)
      return {layer, layer == Layer::model ? Layer::database : Layer::unknown, Confidence::medium};
  if (kind == "keyword" && layer_of_trace(finding) == Layer::view)
    return {Layer::view, Layer::controller, Confidence::medium};
  if (kind == "account" && row == Layer::config && is_account_of_visitors(sign_in))
    return {Layer::database, Layer::config, Confidence::medium};
  if (kind == "connection" && is_slip_of_localhost(finding.name))
    return {Layer::config, Layer::network, Confidence::medium};
  if (kind == "file" && layer_of_file(finding.name) == Layer::view)
    return {Layer::view, Layer::controller, Confidence::medium};
  if (kind == "file" && names_a_session(finding.text->lines[finding.line]))
    return {Layer::session, Layer::config, Confidence::medium};
  if (kind == "parameter" && any_kind(findings, "null")) return {Layer::model, Layer::database, Confidence::medium};
  if (kind == "module") return module_verdict(finding, row);
  if (kind == "syntax") {
    const std::string_view line = finding.text->lines[finding.line];
    const Layer file = layer_of_file(finding.name.empty() ? line : std::string_view(finding.name));
    if (file == Layer::unknown && contains_any(ascii_lower(line), {"twig", "jinja", "template", "blade", "handlebars"}))
      return {Layer::view, Layer::unknown, Confidence::medium};
    return {file == Layer::unknown ? row : file, Layer::unknown, Confidence::medium};
  }
  if (kind == "function") {
    // The classes that object mappers fill in.
    if (contains_any(ascii_lower(finding.owner), {"mapper", "repository", "dao"}))
      return {Layer::model, Layer::controller, Confidence::medium};
    // What is called on no model is called by the controller.
    const bool of_model = finding.owner.empty() || names_a_model(finding.owner);
    const bool by_row = suggestion.name.empty() && of_model && !(finding.signature->engine.empty() && is_call);
    return file_verdict(finding, sign_in, by_row ? row : Layer::controller);
  }
  if (kind == "class") {
    const std::string owner = ascii_lower(finding.owner);
    if (const Layer file = layer_of_file(finding.owner); file != Layer::unknown)
      return {file, Layer::unknown, Confidence::medium};
    if (owner.contains("controller") || ascii_lower(finding.name).contains("controller"))
      return {Layer::controller, Layer::unknown, Confidence::medium};
    if (contains_any(owner, {"session", "middleware", "cache", "adapter"}))
      return {Layer::config, Layer::unknown, Confidence::medium};
    return {row, Layer::unknown, Confidence::medium};
  }
  const bool weak = finding.weight < 3 || kind == "hash" || kind == "null" || kind == "keyword" || kind == "setting";
  // What such an error names is true, and seldom the name that was mistyped.
  static constexpr std::array<std::string_view, 10> symptomatic = {
      "host", "account", "catalog", "connection", "permission", "readonly", "file", "route", "tls", "upstream"};
  const bool elsewhere = std::ranges::find(symptomatic, std::string_view(kind)) != symptomatic.end();
  return {row, Layer::unknown, weak || elsewhere ? Confidence::medium : Confidence::high};
}

} // namespace

std::string reason_of(const Finding& finding) {
  return (finding.signature->engine.empty() ? "sentence:" : "signature:") + finding.signature->kind;
}

Suspect suspect_by_errors(std::span<const Finding> findings, const SignInCourse& sign_in, const Evidence& evidence) {
  const Finding& finding = findings.front();
  const Suggestion suggestion = suggest(finding, evidence);
  const SchemaView schema = look_up(finding, suggestion, evidence);
  const Verdict verdict = verdict_on(findings, suggestion, schema, sign_in, evidence);

  Suspect suspect;
  suspect.layer = verdict.layer;
  if (verdict.also != verdict.layer) suspect.also = verdict.also;
  suspect.confidence = verdict.confidence;
  suspect.reason = reason_of(finding) + (schema.known ? "+schema" : "");
  suspect.identifier = finding.name;
  suspect.suggestion = suggestion.name;
  suspect.origin = suggestion.origin;
  suspect.cause = cause_of(finding, suggestion, schema);
  const std::string& kind = finding.signature->kind;
  if (is_request_kind(kind) && verdict.layer == Layer::database)
    if (const auto gone = column_that_went(finding.name, evidence))
      suspect.cause = *gone + " is gone" + (suggestion.name.empty() ? "" : ", " + suggestion.name + " is there");
  if (kind == "connection" && !finding.owner.empty() &&
      finding.name.find_first_not_of("0123456789") == std::string::npos && !finding.name.empty()) {
    // A port says little without its host.
    suspect.cause = "\"" + finding.owner + ":" + finding.name + "\" cannot be reached";
  }
  if (kind == "null") {
    if (const std::string object = nothing_read_from(finding); !object.empty()) {
      suspect.cause = "there was no \"" + object + "\" to read " +
                      (finding.name == "[]" ? "from" : "\"" + finding.name + "\" from");
      suspect.identifier = object;
      suspect.suggestion = usual_spelling(object);
      suspect.origin =
          suspect.suggestion.empty() ? record::SuggestionOrigin::none : record::SuggestionOrigin::usual_spelling;
      if (!suspect.suggestion.empty())
        suspect.cause += "; it looks like a misspelling of \"" + suspect.suggestion + "\"";
    } else if (finding.name == "[]") {
      suspect.identifier.clear();
      suspect.cause = "something is missing that the code reads a part of";
    }
  }
  if (kind == "hash")
    if (const auto column = short_hash_column(evidence)) {
      suspect.cause +=
          fmt::format("; {}.{} takes no more than {} characters", column->table, column->column, column->length);
      suspect.identifier = column->column;
      suspect.evidence.push_back({EvidenceSource::schema, fmt::format("{}.{} takes {} characters", column->table,
                                                                      column->column, column->length)});
    }
  if (is_request_kind(kind) && verdict.layer == Layer::view &&
      suspect.origin == record::SuggestionOrigin::engine_hint) {
    std::swap(suspect.identifier, suspect.suggestion);
    suspect.cause =
        fmt::format("the form sends \"{}\" where the app reads \"{}\"", suspect.identifier, suspect.suggestion);
  }
  if (kind == "csrf" || kind == "missing" || (is_request_kind(kind) && verdict.layer == Layer::view)) {
    if (const auto field = misnamed_field(evidence)) {
      suspect.identifier = field->name;
      suspect.suggestion = field->meant;
      suspect.origin = field->origin;
      suspect.cause = misnamed_field_cause(*field);
    } else if (kind == "missing") {
      suspect.identifier = field_the_page_names(evidence);
    } else if (kind == "csrf" && verdict.layer == Layer::harness) {
      suspect.cause = made_up_csrf_cause;
    } else if (kind == "csrf" && verdict.layer == Layer::view) {
      const std::string empty = empty_token(evidence);
      suspect.identifier = empty.empty() ? missing_token(evidence) : empty;
      suspect.cause =
          empty.empty() ? "the form sends no CSRF token"
                        : "the form's CSRF token \"" + empty + "\" is empty: a name in its template may print nothing";
    }
  }
  // A guess at the spelling is no certainty about the name.
  if (suspect.origin == record::SuggestionOrigin::usual_spelling && suspect.confidence == Confidence::high &&
      kind != "column" && kind != "table")
    suspect.confidence = Confidence::medium;
  // A sentence that no signature knows is as good as what else speaks for it.
  const bool is_guess = suggestion.origin != record::SuggestionOrigin::schema &&
                        suggestion.origin != record::SuggestionOrigin::engine_hint &&
                        suggestion.origin != record::SuggestionOrigin::choices_in_message;
  if (finding.signature->engine.empty() && is_guess)
    suspect.confidence = std::min(suspect.confidence, Confidence::medium);
  suspect.advice = advice_for(suspect, kind);
  const auto quote = [&](EvidenceSource source, std::string_view words) {
    record::EvidenceLine line{source, masked(trim(words))};
    if (std::ranges::find(suspect.evidence, line) == suspect.evidence.end() && suspect.evidence.size() < 6)
      suspect.evidence.push_back(std::move(line));
  };
  const LogText& text = *finding.text;
  quote(text.source, text.lines[finding.line]);
  for (const Finding& other : findings)
    if (other.signature->kind == kind && other.name == finding.name)
      quote(other.text->source, other.text->lines[other.line]);
  if (const std::string frame = frame_of_app(finding); !frame.empty()) quote(text.source, frame);
  if (suggestion.origin == record::SuggestionOrigin::engine_hint &&
      !text.lines[finding.line].contains(suggestion.name)) {
    constexpr std::size_t near = 10; // farther away, it is a member of the error, behind its trace
    const std::span behind = std::span(text.lines).subspan(finding.line + 1);
    for (std::size_t i = 0; i < std::min(behind.size(), trace_lines); ++i) {
      if (!behind[i].contains(suggestion.name) || (i >= near && !trim(behind[i]).starts_with("hint:"))) continue;
      quote(text.source, behind[i]);
      break;
    }
  }
  if (suggestion.origin == record::SuggestionOrigin::schema)
    suspect.evidence.push_back(
        {EvidenceSource::schema,
         "has " + (suggestion.table.empty() || kind == "table" ? "" : suggestion.table + ".") + suggestion.name});
  return suspect;
}

} // namespace murphy::diagnose
