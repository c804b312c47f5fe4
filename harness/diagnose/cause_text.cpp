#include "diagnose/cause_text.h"

#include "base/text.h"
#include "diagnose/mask.h"

#include <algorithm>
#include <array>
#include <fmt/format.h>

namespace murphy::diagnose {

namespace {

struct Saying {
  std::string_view kind;
  std::string_view named;    // {0} the name, {1} " of " and the owner, or nothing
  std::string_view nameless; // when the error names nothing
};

constexpr auto sayings = std::to_array<Saying>({
    {.kind = "column", .named = "column \"{0}\"{1} does not exist", .nameless = "a column does not exist"},
    {.kind = "table", .named = "table \"{0}\" does not exist", .nameless = "a table does not exist"},
    {.kind = "elsewhere",
     .named = "column \"{0}\" is in {2}, which the statement does not reach",
     .nameless = "a column is in another table"},
    {.kind = "ambiguous",
     .named = "column \"{0}\" is in more than one of the tables",
     .nameless = "a column is in more than one table"},
    {.kind = "attribute", .named = "\"{0}\" is no attribute{1}", .nameless = "an attribute does not exist"},
    {.kind = "key",
     .named = "\"{0}\" is not the table's key",
     .nameless = "the query asks by another key than the table has"},
    {.kind = "missing type", .named = "the database has no type \"{0}\"", .nameless = "the database lacks a type"},
    {.kind = "association",
     .named = "\"{0}\" is no association{1}",
     .nameless = "two models are not associated as the code asks"},
    {.kind = "function", .named = "there is no function \"{0}\"{1}", .nameless = "a function does not exist"},
    {.kind = "class", .named = "there is no class \"{0}\"", .nameless = "a class does not exist"},
    {.kind = "module", .named = "\"{0}\"{1} cannot be loaded", .nameless = "a library cannot be loaded"},
    {.kind = "variable", .named = "the name \"{0}\" is not defined", .nameless = "a name is not defined"},
    {.kind = "null",
     .named = "there was nothing to read \"{0}\" from",
     .nameless = "something is missing that the code relies on"},
    {.kind = "template", .named = "template \"{0}\" was not found", .nameless = "a template was not found"},
    {.kind = "route", .named = "no route is called or leads to \"{0}\"", .nameless = "a link or redirect has no route"},
    {.kind = "parameter", .named = "the request has no \"{0}\"", .nameless = "a parameter did not arrive"},
    {.kind = "keyword", .named = "there is no key \"{0}\"", .nameless = "a key is missing"},
    {.kind = "record", .named = "a stored record is short of a part", .nameless = "a stored record is short of a part"},
    {.kind = "missing row", .named = "a row is missing{1}", .nameless = "a row is missing"},
    {.kind = "code", .named = "the answer says \"{0}\": {2}", .nameless = "the answer says what is wrong"},
    {.kind = "disabled", .named = "the account is locked or disabled", .nameless = "the account is locked or disabled"},
    {.kind = "csrf", .named = "the form's CSRF token was refused", .nameless = "the form's CSRF token was refused"},
    {.kind = "cookie", .named = "the cookie \"{0}\" does not work", .nameless = "cookies do not come back"},
    {.kind = "session", .named = "sessions do not work (\"{0}\")", .nameless = "sessions do not work"},
    {.kind = "session store",
     .named = "the store of the sessions cannot be used (\"{0}\")",
     .nameless = "the store of the sessions cannot be used"},
    {.kind = "origin",
     .named = "the app does not trust the address it is used under (\"{0}\")",
     .nameless = "the app does not trust the address it is used under"},
    {.kind = "hash",
     .named = "the stored password cannot be read (\"{0}\")",
     .nameless = "the stored password cannot be read or compared"},
    {.kind = "length",
     .named = "column \"{0}\"{1} is too short for what is written",
     .nameless = "a column is too short for what is written"},
    {.kind = "type",
     .named = "column \"{0}\" has another type than the code writes",
     .nameless = "a type is not the one the code works with"},
    {.kind = "required",
     .named = "\"{0}\"{1} must have a value and gets none",
     .nameless = "a value is missing that must be there"},
    {.kind = "constraint",
     .named = "the constraint \"{0}\" refuses the row",
     .nameless = "a constraint refuses the row"},
    {.kind = "permission",
     .named = "the app's database account may not use \"{0}\"",
     .nameless = "the app's database account lacks a right"},
    {.kind = "account",
     .named = "the database refuses the app's own account \"{0}\"",
     .nameless = "the database refuses the app's own account"},
    {.kind = "service account",
     .named = "a service refuses the app's own account \"{0}\"",
     .nameless = "a service refuses the app's own account"},
    {.kind = "catalog",
     .named = "there is no database \"{0}\" for the app",
     .nameless = "the app's database is not there"},
    {.kind = "connection",
     .named = "\"{0}\" cannot be reached",
     .nameless = "the database or another service cannot be reached"},
    {.kind = "upstream",
     .named = "the proxy gets no answer from the app at \"{0}\"",
     .nameless = "a server gets no answer from the one behind it"},
    {.kind = "tls", .named = "a certificate is not accepted", .nameless = "a certificate is not accepted"},
    {.kind = "readonly", .named = "the database takes no writes", .nameless = "the database takes no writes"},
    {.kind = "locked",
     .named = "\"{0}\" is locked by somebody else",
     .nameless = "the database is locked by somebody else"},
    {.kind = "capacity",
     .named = "the database has no connection left",
     .nameless = "the database has no connection left"},
    {.kind = "full", .named = "the disk is full: no space for \"{0}\"", .nameless = "the disk is full"},
    {.kind = "file", .named = "the file \"{0}\" cannot be used", .nameless = "a file cannot be used"},
    {.kind = "migration", .named = "migrations have not been run", .nameless = "migrations have not been run"},
    {.kind = "serialization",
     .named = "a value of type \"{0}\" cannot be stored or sent",
     .nameless = "a value cannot be stored or sent"},
    {.kind = "argument", .named = "\"{0}\" is no argument{1}", .nameless = "an argument does not exist"},
    {.kind = "lazy load",
     .named = "\"{0}\"{1} is read after the query that gives it",
     .nameless = "related rows are read after the query that gives them"},
    {.kind = "rows",
     .named = "there is more than one {0} where the code expects one",
     .nameless = "there is more than one row where the code expects one"},
    {.kind = "migration history",
     .named = "the migration \"{0}\" failed, or is not the one that the database knows",
     .nameless = "a migration failed, or is not the one that the database knows"},
    {.kind = "pool",
     .named = "the app's pool of connections has none left",
     .nameless = "the app's pool of connections has none left"},
    {.kind = "memory", .named = "\"{0}\" is out of memory", .nameless = "the app is out of memory"},
    {.kind = "setting",
     .named = "the setting \"{0}\" is wrong or missing",
     .nameless = "a setting is wrong or missing"},
    {.kind = "secret",
     .named = "the app's secret key \"{0}\" is missing or another one",
     .nameless = "the app's secret key is missing or another one"},
    {.kind = "value", .named = "\"{0}\" is no value{1}", .nameless = "a value is none of those that are allowed"},
    {.kind = "arguments",
     .named = "\"{0}\" is called with other arguments than it takes",
     .nameless = "code is called with other arguments than it takes"},
    {.kind = "asset", .named = "the build has no file \"{0}\"", .nameless = "the build lacks a file"},
    {.kind = "collation",
     .named = "texts are compared that have different collations",
     .nameless = "texts are compared that have different collations"},
    {.kind = "plan",
     .named = "connections keep plans from before a table changed",
     .nameless = "connections keep plans from before a table changed"},
    {.kind = "prepared",
     .named = "the database does not know a statement that the app prepared",
     .nameless = "the database does not know a statement that the app prepared"},
    {.kind = "clock", .named = "the clocks of two machines differ", .nameless = "the clocks of two machines differ"},
    {.kind = "host",
     .named = "the app does not serve the host \"{0}\"",
     .nameless = "the app does not serve this host"},
    {.kind = "address", .named = "the port is taken (\"{0}\")", .nameless = "the port is taken"},
    {.kind = "syntax", .named = "\"{0}\" cannot be compiled", .nameless = "the code cannot be compiled"},
    {.kind = "statement", .named = "a statement cannot be parsed", .nameless = "a statement cannot be parsed"},
    {.kind = "missing",
     .named = "the app found a field empty that was filled in",
     .nameless = "the app found a field empty that was filled in"},
    {.kind = "unavailable",
     .named = "the app cannot get at its accounts",
     .nameless = "the app cannot get at its accounts"},
});

// The names, as far as a sentence can hold them.
std::string first_of(std::vector<std::string> names) {
  constexpr std::size_t most = 12;
  if (names.size() > most) {
    names.resize(most);
    names.emplace_back("…");
  }
  return join(names, ", ");
}

} // namespace

std::string cause_of(const Finding& finding, const Suggestion& suggestion, const SchemaView& schema) {
  const std::string& kind = finding.signature->kind;
  const auto saying = std::ranges::find(sayings, std::string_view(kind), &Saying::kind);
  std::string cause;
  if (saying == sayings.end()) {
    // A kind of a project's own signature.
    cause = finding.name.empty() ? kind : kind + " \"" + finding.name + "\"";
  } else {
    const std::string of = finding.owner.empty() ? "" : " of " + finding.owner;
    cause = finding.name.empty() ? std::string(saying->nameless)
                                 : fmt::format(fmt::runtime(saying->named), finding.name, of, finding.owner);
  }
  if (suggestion.name.empty()) {
    if (schema.known && kind == "column" && !schema.columns.empty() && !schema.exists)
      cause += "; no similar column, " + schema.table + " has " + first_of(schema.columns);
    else if (!finding.choices.empty() && !finding.name.empty())
      cause += "; there " + std::string(finding.choices.size() == 1 ? "is " : "are ") + first_of(finding.choices);
    return cause;
  }
  if (schema.in_another_table) return cause + fmt::format("; {} has it", suggestion.table);
  const std::string holder = !schema.table.empty()                          ? schema.table
                             : !suggestion.table.empty() && kind != "table" ? suggestion.table
                                                                            : "";
  if (kind == "table") return cause + fmt::format("; there is \"{}\"", suggestion.name);
  if (!holder.empty()) return cause + fmt::format("; {} has \"{}\"", holder, suggestion.name);
  if (suggestion.origin == record::SuggestionOrigin::engine_hint && kind == "column" && !finding.owner.empty())
    return cause + fmt::format("; {} has \"{}\"", finding.owner, suggestion.name);
  if (suggestion.origin == record::SuggestionOrigin::usual_spelling)
    return cause + fmt::format("; it looks like a misspelling of \"{}\"", suggestion.name);
  return cause + fmt::format("; there is \"{}\"", suggestion.name);
}

std::string advice_for(const record::Suspect& suspect, std::string_view kind) {
  using record::Layer;
  const bool both = suspect.also != Layer::unknown;
  const std::string name = suspect.identifier.empty() ? "" : " \"" + suspect.identifier + "\"";
  if (suspect.layer == Layer::harness && kind == "csrf")
    return "Send the token as the app reads it: csrf = … of the request takes it off the page or the cookie and "
           "decodes "
           "it; in a capture, decode = \"url\" does.";
  if (suspect.layer == Layer::session && kind == "csrf")
    return "Look at the session cookie first: its Secure, Domain and lifetime, the secret it is signed with, and the "
           "store behind it.";
  if ((suspect.layer == Layer::model || suspect.layer == Layer::database) && (kind == "column" || kind == "table")) {
    if (both)
      return "Compare the model's names with the table's: correct whichever is misspelled, or run the migration that "
             "is missing.";
    return suspect.layer == Layer::model
               ? "Correct the name" + name + " where the model or its query spells it."
               : "Look at the latest migration: rename what it misspelled, or run the one that is missing.";
  }
  if (kind == "rule") {
    switch (suspect.layer) {
    case Layer::view:
      return "Look at the field in the page's template: what it declares, and where its error is shown.";
    case Layer::database: return "Compare the column behind the field, its type and length, with what the form takes.";
    default:
      return "Look at the rules that the server checks this field by: they have to hold whatever the page checks.";
    }
  }
  if (kind == "access")
    return "Look at which pages ask for signing in, and at the checks that come before each request.";
  if (kind == "typo")
    return "Compare the address in the scenario and the project file with the app's routes: one of the two is "
           "misspelled, or the app has lost a route.";
  if (kind == "wording")
    return "Compare the two spellings. Correct the template if it has changed by mistake, and the scenario if not.";
  if (kind == "credentials")
    return "Look at how the names of accounts and their passwords are changed before they are stored and compared.";
  if (kind == "lock")
    return "Look at the lock: how many failures it takes, how long it lasts, and what sets the count back.";
  if (kind == "plan")
    return "Restart the app, or reset its connections to the database: a table has changed under them.";
  if (kind == "prepared")
    return "Look for a pool between the app and its database: let it keep one connection for a whole session, or turn "
           "prepared statements off in the app's driver.";
  if (kind == "pool") return "Look for code that keeps connections, and at the size of the pool.";
  if (kind == "memory")
    return "Compare the memory that the app may use with what it needs, above all for hashing passwords.";
  if (kind == "clock") return "Compare the clocks of both machines, and the time servers that set them.";
  if (kind == "arguments") return "Compare the call with what it calls: one of the two was changed without the other.";
  if (kind == "value")
    return "Compare the value" + name +
           " with those that the code allows: one was renamed, or a row is older than the code.";
  if (kind == "asset") return "Build the assets again, and compare the name" + name + " with the files of the build.";
  if (kind == "query") return "Look at the query behind it: its conditions, and its order.";
  if (kind == "redirect") return "Look at where signing in leads: a setting, or the code that answers the form.";
  switch (suspect.layer) {
  case Layer::view:
    return "Look at the template of that page: compare each name in it with what the controller and the model offer.";
  case Layer::controller:
    return "Look at the code that answers the request: compare the names it reads with those the form sends and the "
           "model has.";
  case Layer::model: return "Look at the model: compare its names with the table's and with those its callers use.";
  case Layer::database:
    return "Look at the database: its tables and rights, the account's row, and the migrations that were run.";
  case Layer::session:
    return "Look at the session: the cookie's Secure, Domain and lifetime, the secret it is signed with, and the store "
           "behind it.";
  case Layer::config:
    return "Look at the settings the app was started with: files, environment variables, and what changed in them.";
  case Layer::network:
    return "Look whether the service listens where the app asks for it: host, port, name resolution, firewall.";
  case Layer::harness:
    return "Look at the scenario and the project file: what they ask for may not be what the app does.";
  case Layer::unknown: break;
  }
  if (kind == "worked") return "A sign-in in this log worked: give Murphy the part in which one did not.";
  return "Give Murphy more to look at: the app's console, its database, a known-good record.";
}

} // namespace murphy::diagnose
