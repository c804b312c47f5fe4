// Which layer each error format speaks against, said a second time: by what happened, and where an engine's means
// something else by it. A layer of signatures.tsv that is changed by mistake differs from this.
#include "diagnose/signature.h"

#include <algorithm>
#include <gmock/gmock.h>
#include <map>
#include <set>

namespace murphy::diagnose {
namespace {

using testing::IsEmpty;

// "model|database": which of the two, only the schema shows.
const std::map<std::string, std::string> usual_layers{
    {"account", "config"},
    {"address", "config"},
    {"ambiguous", "model"},
    {"association", "model"},
    {"attribute", "model"},
    {"capacity", "database"},
    {"catalog", "config"},
    {"argument", "controller"},
    {"arguments", "controller"},
    {"asset", "view"},
    {"collation", "database"},
    {"plan", "database"},
    {"value", "model"},
    {"class", "model"},
    {"clock", "config"},
    {"column", "model|database"},
    {"connection", "network"},
    {"constraint", "database"},
    {"cookie", "session"},
    {"csrf", "session"},
    {"elsewhere", "model"},
    {"file", "config"},
    {"full", "database"},
    {"function", "model"},
    {"hash", "database"},
    {"hint", "model|database"},
    {"host", "config"},
    {"key", "model"},
    {"keyword", "controller"},
    {"lazy load", "model"},
    {"length", "database"},
    {"locked", "database"},
    {"memory", "config"},
    {"migration", "database"},
    {"migration history", "database"},
    {"missing", "view"},
    {"missing row", "database"},
    {"missing type", "database"},
    {"module", "config"},
    {"null", "controller"},
    {"origin", "config"},
    {"parameter", "controller"},
    {"permission", "database"},
    {"pool", "config"},
    {"prepared", "config"},
    {"readonly", "database"},
    {"record", "database"},
    {"required", "database"},
    {"route", "view"},
    {"rows", "database"},
    {"secret", "config"},
    {"serialization", "controller"},
    {"service account", "config"},
    {"session", "session"},
    {"setting", "config"},
    {"statement", "model"},
    {"syntax", "model"},
    {"table", "model|database"},
    {"template", "controller"},
    {"tls", "network"},
    {"type", "model"},
    {"unavailable", "database"},
    {"upstream", "network"},
    {"variable", "view"},
};

// A format of this engine and kind whose example holds these words.
struct Exception {
  std::string engine, kind, words, layer;
};

const std::vector<Exception> exceptions{
    {.engine = "PostgreSQL",
     .kind = "hint",
     .words = "Perhaps you meant to reference the table alias",
     .layer = "model"},
    {.engine = "Ruby", .kind = "hint", .words = "Did you mean?", .layer = "model"},
    {.engine = "CPython", .kind = "attribute", .words = "Did you mean: ", .layer = "model|database"},
    {.engine = "CPython", .kind = "variable", .words = "Did you mean: ", .layer = "controller"},
    {.engine = "SQLite", .kind = "file", .words = "file is not a database", .layer = "database"},
    {.engine = "SQLite", .kind = "file", .words = "database disk image is malformed", .layer = "database"},
    {.engine = "SQLite", .kind = "file", .words = "database or disk is full", .layer = "database"},
    {.engine = "SQLite", .kind = "file", .words = "disk I/O error", .layer = "database"},
    {.engine = "PostgreSQL", .kind = "table", .words = "missing FROM-clause entry for table", .layer = "model"},
    {.engine = "PostgreSQL", .kind = "table", .words = "invalid reference to FROM-clause entry", .layer = "model"},
    {.engine = "PostgreSQL", .kind = "type", .words = "is of type ", .layer = "model|database"},
    {.engine = "MySQL", .kind = "table", .words = "Unknown table '", .layer = "model"},
    {.engine = "MySQL", .kind = "table", .words = "already exists", .layer = "database"},
    {.engine = "MySQL", .kind = "type", .words = "Data truncated for column", .layer = "database"},
    {.engine = "MySQL", .kind = "type", .words = "Out of range value for column", .layer = "database"},
    {.engine = "MySQL", .kind = "type", .words = "Incorrect ", .layer = "database"},
    {.engine = "MongoDB", .kind = "required", .words = "` is required", .layer = "model"},
    {.engine = "Rails", .kind = "attribute", .words = "ActionView::Template::Error (undefined", .layer = "view"},
    {.engine = "Rails", .kind = "null", .words = "ActionView::Template::Error (undefined", .layer = "view"},
    {.engine = "Rails", .kind = "class", .words = "ActionView::Template::Error (uninitialized", .layer = "view"},
    {.engine = "Rails", .kind = "template", .words = "Missing ", .layer = "view"},
    {.engine = "Rails", .kind = "keyword", .words = "Translation missing", .layer = "view"},
    {.engine = ".NET", .kind = "attribute", .words = "have a property matching", .layer = "view"},
    {.engine = "Java", .kind = "attribute", .words = "does not have the property", .layer = "view"},
    {.engine = "JavaScript", .kind = "variable", .words = "was accessed during render", .layer = "view"},
    {.engine = "Laravel", .kind = "arguments", .words = "Missing required parameter", .layer = "view"},
    {.engine = "Go", .kind = "arguments", .words = "destination arguments", .layer = "model"},
    {.engine = "Symfony", .kind = "syntax", .words = ".twig", .layer = "view"},
    {.engine = "Lua", .kind = "variable", .words = "app.lua", .layer = "controller"},
    {.engine = "Perl", .kind = "variable", .words = " at lib/", .layer = "controller"},
    {.engine = "JavaScript", .kind = "class", .words = "make sure that the argument", .layer = "config"},
    {.engine = "Rails", .kind = "route", .words = "could not be found for ", .layer = "controller"},
    {.engine = "Rails", .kind = "class", .words = "expected file ", .layer = "config"},
    {.engine = "Ruby", .kind = "variable", .words = "undefined local variable or method", .layer = "controller"},
    {.engine = "Django", .kind = "class", .words = "has been swapped for", .layer = "controller"},
    {.engine = "Django", .kind = "migration", .words = "unapplied migration(s)", .layer = "config"},
    {.engine = "Django", .kind = "syntax", .words = "TemplateSyntaxError", .layer = "view"},
    {.engine = "Django", .kind = "module", .words = "is not a registered tag library", .layer = "view"},
    {.engine = "Django", .kind = "function", .words = "Invalid filter: '", .layer = "view"},
    {.engine = "Django", .kind = "setting", .words = "object has no attribute 'user'", .layer = "session"},
    {.engine = "Django", .kind = "setting", .words = "must appear before", .layer = "session"},
    {.engine = "Django", .kind = "setting", .words = "must be in MIDDLEWARE", .layer = "session"},
    {.engine = "Django", .kind = "setting", .words = "to be installed. Edit your MIDDLEWARE", .layer = "session"},
    {.engine = "Django", .kind = "hash", .words = "Unknown password hashing algorithm", .layer = "config"},
    {.engine = "Flask", .kind = "syntax", .words = "jinja2.exceptions.TemplateSyntaxError", .layer = "view"},
    {.engine = "passlib", .kind = "hash", .words = "password cannot be longer than", .layer = "config"},
    {.engine = "passlib", .kind = "hash", .words = "(trapped) error reading bcrypt version", .layer = "config"},
    {.engine = "Python", .kind = "attribute", .words = "'HttpResponse' object has no attribute", .layer = "controller"},
    {.engine = "Python", .kind = "attribute", .words = "object has no attribute", .layer = "model|database"},
    {.engine = "Python", .kind = "variable", .words = " is not defined", .layer = "controller"},
    {.engine = "Python", .kind = "type", .words = "tuple indices must be", .layer = "controller"},
    {.engine = "Laravel", .kind = "class", .words = "Target class [", .layer = "controller"},
    {.engine = "PHP", .kind = "function", .words = "Call to undefined function", .layer = "controller"},
    {.engine = "PHP", .kind = "variable", .words = "Undefined constant", .layer = "config"},
    {.engine = "PHP", .kind = "null", .words = "must be of type string, null given", .layer = "model"},
    {.engine = "PHP", .kind = "module", .words = "Failed opening required", .layer = "controller"},
    {.engine = "Symfony", .kind = "attribute", .words = "nor one of the methods", .layer = "view"},
    {.engine = "Symfony", .kind = "function", .words = "Did you mean \"", .layer = "view"},
    {.engine = "WordPress", .kind = "cookie", .words = "Cookies are blocked", .layer = "config"},
    {.engine = "WordPress",
     .kind = "connection",
     .words = "Error establishing a database connection",
     .layer = "config"},
    {.engine = "TypeORM", .kind = "class", .words = "No metadata for", .layer = "config"},
    {.engine = "Sequelize", .kind = "association", .words = "Association with alias", .layer = "model|database"},
    {.engine = "Sequelize", .kind = "required", .words = "cannot be null", .layer = "model"},
    {.engine = "Passport", .kind = "setting", .words = "Unknown authentication strategy", .layer = "controller"},
    {.engine = "Passport", .kind = "session", .words = "Failed to serialize user", .layer = "controller"},
    {.engine = "Express", .kind = "hash", .words = "Illegal arguments: ", .layer = "model"},
    {.engine = "Express", .kind = "hash", .words = "data and hash arguments required", .layer = "model"},
    {.engine = "Express", .kind = "template", .words = "partial ", .layer = "view"},
    {.engine = "JavaScript", .kind = "null", .words = "of null (reading", .layer = "database"},
    {.engine = "JavaScript", .kind = "null", .words = "' of null", .layer = "database"},
    {.engine = "JavaScript", .kind = "module", .words = "Can't resolve '@/", .layer = "view"},
    {.engine = "JavaScript", .kind = "module", .words = "Failed to resolve import \"", .layer = "view"},
    {.engine = "Perl", .kind = "function", .words = " at ", .layer = "controller"},
    {.engine = "JavaScript", .kind = "variable", .words = " is not defined", .layer = "controller"},
    {.engine = "Spring", .kind = "attribute", .words = "EL1008E", .layer = "view"},
    {.engine = "Spring", .kind = "null", .words = "EL1007E", .layer = "view"},
    {.engine = "Spring", .kind = "class", .words = "No qualifying bean of type", .layer = "config"},
    {.engine = "Hibernate", .kind = "type", .words = "Schema-validation: wrong column type", .layer = "database"},
    {.engine = "Rust", .kind = "class", .words = "Missing request extension", .layer = "config"},
    {.engine = "Java", .kind = "attribute", .words = "not found on the base object", .layer = "view"},
    {.engine = "Java", .kind = "setting", .words = "was not registered", .layer = "session"},
    {.engine = "Symfony", .kind = "parameter", .words = "must be a string", .layer = "view"},
    {.engine = "Clojure", .kind = "parameter", .words = "parameter data not found", .layer = "model"},
    {.engine = "Rust", .kind = "class", .words = "Failed to extract `Data<", .layer = "config"},
    {.engine = "Java", .kind = "class", .words = "java.lang.ClassNotFoundException", .layer = "config"},
    {.engine = ".NET", .kind = "class", .words = "Unable to resolve service for type", .layer = "config"},
    {.engine = ".NET", .kind = "migration", .words = "PendingModelChangesWarning", .layer = "model"},
    {.engine = ".NET", .kind = "attribute", .words = "does not contain a definition for", .layer = "view"},
    {.engine = "SQL Server", .kind = "variable", .words = "Must declare the scalar variable", .layer = "model"},
    {.engine = "Symfony", .kind = "attribute", .words = "with keys \"", .layer = "view"},
    {.engine = "Go", .kind = "null", .words = "nil pointer evaluating", .layer = "view"},
    {.engine = "Go", .kind = "attribute", .words = "can't evaluate field", .layer = "view"},
    {.engine = "Go", .kind = "template", .words = "html/template: ", .layer = "view"},
    {.engine = "Go", .kind = "function", .words = "function \"", .layer = "view"},
    {.engine = "Phoenix", .kind = "function", .words = " is undefined or private", .layer = "controller"},
    {.engine = "session stores", .kind = "connection", .words = ":6379", .layer = "session"},
    {.engine = "session stores", .kind = "connection", .words = ":11211", .layer = "session"},
    {.engine = "words of several apps", .kind = "full", .words = "No space left on device", .layer = "config"},
    {.engine = "words of several apps", .kind = "template", .words = "no file ", .layer = "view"},
};

std::string layer_of(const Signature& row) {
  return row.data ? "model|database" : std::string(record::name_of(row.layer));
}

const Exception* exception_for(const Signature& row) {
  const auto found = std::ranges::find_if(exceptions, [&](const Exception& each) {
    return each.engine == row.engine && each.kind == row.kind && row.example.contains(each.words);
  });
  return found == exceptions.end() ? nullptr : &*found;
}

std::string wanted_layer(const Signature& row) {
  if (const Exception* exception = exception_for(row)) return exception->layer;
  const auto usual = usual_layers.find(row.kind);
  return usual == usual_layers.end() ? "a line in usual_layers" : usual->second;
}

TEST(SignatureLayers, AreThoseOfWhatHappened) {
  std::set<const Exception*> needed;
  for (const Signature& row : Signatures::built_in().rows()) {
    EXPECT_EQ(layer_of(row), wanted_layer(row)) << row.engine << ", " << row.kind << ": " << row.example;
    needed.insert(exception_for(row));
  }
  for (const Exception& each : exceptions) EXPECT_TRUE(needed.contains(&each)) << "no format is like " << each.words;
}

TEST(SignatureLayers, AreSeenWhenOneIsFlipped) {
  for (Signature row : Signatures::built_in().rows()) {
    row.data = false;
    row.layer = row.layer == record::Layer::view ? record::Layer::controller : record::Layer::view;
    EXPECT_NE(layer_of(row), wanted_layer(row)) << row.example;
  }
}

} // namespace
} // namespace murphy::diagnose
