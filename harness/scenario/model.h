// The scenario language as values: what a feature file and a project file say, each part with its place in the file.
#pragma once

#include "base/authorization.h"
#include "base/boxed.h"
#include "base/compiled_variant.h"
#include "base/error.h"
#include "base/regex.h"
#include "base/secret.h"
#include "base/sent_as.h"
#include "base/shared.h"

#include <boost/container/flat_map.hpp>
#include <chrono>
#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <variant>
#include <vector>

namespace murphy::scenario {

// A string of the file that may hold `${references}`; `$${` stands for `${`.
struct Text {
  struct Part {
    bool reference = false;
    std::string text;           // literal text, or the name inside `${}`
    Boxed<SealedText> sealed{}; // literal text in place of `text`, where the whole text is a secret
    int base64 = 0;             // parts with the same number, unless it is 0, stand inside one `${base64:…}`
    static Part literal(std::string text) { return {.reference = false, .text = std::move(text)}; }
    static Part reference_to(std::string name) { return {.reference = true, .text = std::move(name)}; }
  };
  std::string source; // as written; empty where the whole text is a secret
  Place place;
  SharedText source_line;
  Shared<std::vector<Part>> split; // at its references; empty where the source is all there is of it
  std::vector<Part> parts() const;
  bool is_literal() const; // no references
};

// How a string is compared with what the app gave. `equals` is what a plain string or number is: whether it has to be
// the whole or a part of what was given is decided by the place where it stands.
struct Matcher {
  enum class Kind { equals, contains, matches, not_, at_least };
  Kind kind = Kind::equals;
  Text text;                              // equals, contains (a number as its digits); the regex as written for matches
  std::shared_ptr<const Regex> regex;     // matches
  bool is_number = false;                 // equals: written as a number, and compared as one
  double number = 0;                      // that number; at_least
  std::shared_ptr<const Matcher> negated; // not_
};

// `element = "css"` or `{ css, text, count, attr }`.
struct ElementExpectation {
  std::string css;
  Boxed<Matcher> text; // of the first element, substring unless said otherwise
  Boxed<Matcher> count;
  std::map<std::string, Matcher> attributes; // attr = { href = "/x" }
};

// `cookie = { sid = { secure = true, … } }`. Everything set is checked.
struct CookieExpectation {
  std::string name;
  std::optional<bool> secure, http_only, session, changed, unchanged, absent;
  Boxed<Matcher> same_site, path, domain, value;
  Boxed<Matcher> max_age; // seconds
};

// A JSON value as an expectation states it.
struct JsonExpectation;
struct JsonNull {
  bool wanted = true; // false: anything else is there
};
struct JsonAbsent {
  bool wanted = true; // false: something is there, null too
};
// Of a list its items, of an object its members, of a text its characters.
struct JsonLength {
  Matcher number;
};
// As many items, each as stated.
struct JsonList {
  std::vector<JsonExpectation> items;
};
struct JsonExpectation {
  std::variant<bool, Matcher, JsonNull, JsonAbsent, JsonLength, JsonList> is;
};

enum class Dashboard { open, closed };

// What one key of `expect` states. `StatusSet` holds each allowed code; "2xx" is the range 200–299.
struct StatusSet {
  std::vector<std::pair<int, int>> ranges;
  std::string source;
};
struct ExpectStatus {
  StatusSet allowed;
};
// A plain path, or an address that names its host. `glob` says that it holds `*`, which matches within a segment.
struct ExpectPage {
  Matcher path;
  bool glob = false;
};
struct ExpectCameThrough {
  std::vector<Text> redirects;
};
struct ExpectTitle {
  Matcher title;
};
enum class Presence { there, absent };
// text and no_text
struct ExpectText {
  Presence presence = Presence::there;
  std::vector<Matcher> texts;
};
// element and no_element
struct ExpectElement {
  Presence presence = Presence::there;
  std::vector<ElementExpectation> elements;
};
struct ExpectFieldError {
  Boxed<Text> label; // always there
  Matcher words;
};
// true for the whole page, or the named fields
struct ExpectNoFieldError {
  bool any = true;
  std::vector<Text> labels;
};
struct ExpectFormError {
  Matcher words;
};
struct ExpectHeader {
  std::string name;
  Matcher value;
};
struct ExpectCookie {
  CookieExpectation cookie;
};
struct ExpectJson {
  std::string pointer;
  JsonExpectation value;
};
struct ExpectDashboard {
  Dashboard state = Dashboard::open;
};
struct ExpectForm {
  Text name;
};
// `idp = { company = "asks" }`: what an identity provider does with a visitor whom the app sends to it.
enum class ProviderState { asks, lets_in };
struct ExpectProvider {
  std::string name;
  ProviderState state = ProviderState::asks;
};
struct ExpectWithin {
  std::chrono::milliseconds limit{};
};

struct Expectation {
  // Each has its keys in scenario/expectations.cpp, and what compares it in run/steps/expect_parts.h.
  using Is =
      CompiledVariant<std::variant<ExpectStatus, ExpectPage, ExpectCameThrough, ExpectTitle, ExpectText, ExpectElement,
                                   ExpectFieldError, ExpectNoFieldError, ExpectFormError, ExpectHeader, ExpectCookie,
                                   ExpectJson, ExpectDashboard, ExpectForm, ExpectProvider, ExpectWithin>>;
  std::string what; // its key path: "status", "cookie.sid", "json./user/name"
  Place place;
  SharedText source_line;
  Is is;
};

// `capture = { name = { css = …, attr = … } }`: a text of the answer, and which part of it.
struct Capture {
  struct Css {
    std::string selector;
    std::optional<std::string> attribute;
  };
  struct Header {
    std::string name;
  };
  struct Cookie {
    std::string name;
  };
  struct Json {
    std::string pointer;
  };
  // The address that the step ended at.
  struct Address {};
  // Each has its key in scenario/captures.cpp, and what reads it off an answer in run/steps/capture.cpp.
  using From = CompiledVariant<std::variant<Css, Header, Cookie, Json, Address>>;

  // A parameter of an address, decoded.
  struct Parameter {
    enum class Of { query, fragment };
    Of of = Of::query;
    std::string name;
  };
  enum class Decoding { url, base64, html, json };

  std::string name;
  Place place;
  SharedText source_line;
  std::optional<From> from;           // none: the page's source
  std::optional<Parameter> parameter; // of the address that was found there
  std::shared_ptr<const Regex> regex; // its first group, else the whole match; may be null
  std::vector<Decoding> decode;       // one after the other
};

// `{ file = "ada.png" }`: the files to choose, as seen from the working directory. They were there at load.
struct Upload {
  std::vector<std::string> paths;
  Place place;
  SharedText source_line;
};

// A field to fill: by label, name, id or selector. true/false ticks or unticks; several values serve multiple choices.
struct Filling {
  Text field;
  std::variant<Text, bool, std::vector<Text>, Upload> value;
};

// Where a file speaks of `${env:NAME}`.
struct EnvironmentUse {
  std::string variable;
  Place place;
  SharedText source_line;
};

struct Open {
  Text url;
};
// `send` names entries that go out although the form does not have them, or in place of those it has.
struct Submit {
  Text form;
  std::vector<Filling> with;
  std::vector<std::pair<Text, std::variant<Text, Upload>>> send;
};
struct Click {
  Text words;
};
// `csrf = { cookie = "XSRF-TOKEN", header = "X-XSRF-TOKEN", open = "/csrf-cookie" }`: the app gives its token out in a
// cookie or a meta element, and takes it back in a header of each unsafe request.
struct CsrfToken {
  enum class From { cookie, meta };
  From from = From::cookie;
  std::string name; // of the cookie or the meta element
  std::string header;
  std::optional<Text> open; // gives the token out where there is none yet
};

// One raw exchange. At most one of body, json and form is set.
struct Request {
  SentAs as = SentAs::page;
  Boxed<CsrfToken> csrf; // its own, else that of [app]; none with csrf = false
  Boxed<Text> method;    // always there
  Text url;
  std::vector<std::pair<std::string, Text>> headers;
  Boxed<Text> body;
  Boxed<Text> json; // the table as JSON text; references inside its strings stay references, escaped when expanded
  std::vector<std::pair<Text, Text>> form;
};
struct SignIn {
  std::string user;
  std::string by; // which of `[app].sign_in_by`; empty: `[app].sign_in`
};
struct SignOut {};
struct Session {
  bool fresh = true;
  std::string name;
};
// An Authorization before its references are replaced.
struct AuthorizationText {
  Authorization::Scheme scheme = Authorization::Scheme::as_written;
  Text user; // empty for as_written
  Text secret;
};
// From now on, requests of this session to the app's own origin carry it. None: no credentials, the target's neither.
struct Authorize {
  Boxed<AuthorizationText> with;
};
// The same for further headers.
struct SetHeaders {
  std::vector<std::pair<std::string, Text>> headers;
};
// Cookies of the page's host, or the target's; none in place of a value removes all of that name.
struct SetCookies {
  std::vector<std::pair<std::string, std::optional<Text>>> cookies;
};
struct ExpectOnly {};

// Where a key stands in its file.
struct Written {
  Place place;
  SharedText source_line;
};

// What `fields.Label = { … }` requires of a field's value. What is not set is not required.
struct FieldRules {
  Text field; // by label, name, id or selector
  std::optional<bool> required;
  std::string type;                                  // of a value, as inputs have them: "email"; empty: any
  std::optional<std::size_t> min_length, max_length; // in UTF-16 code units, as HTML counts
  std::string min, max, step;                        // of a number or a date, as written
  std::string pattern;                               // as written; the whole value has to match
  std::shared_ptr<const Regex> whole_pattern;        // the same, anchored at both ends
  std::vector<Text> accepts, rejects;
  std::optional<Text> same_as;                          // another field, whose value this one has to repeat
  bool page = true;                                     // false: only the server is held to the rules
  Written written;                                      // the field itself
  std::map<std::string, Written, std::less<>> rules_at; // each of its keys
};

// `validate = "Create account"`: without fields, the rules are those that the page declares.
struct StepList;
struct Validate {
  Text form;
  std::shared_ptr<const StepList> before; // lead to the form's page, each time anew; may be null
  std::vector<FieldRules> fields;
  std::vector<Filling> valid; // a value for each field that is accepted; expanded anew for each submission
  SharedText error;           // CSS selector of the app's own error elements; may be empty
  bool writes = false;        // the form is sent, too, where the app cannot be left as it was
};

// `use = "flow", with = { parameter = value }`. The flow outlives every step that uses it.
struct Flow;
struct Use {
  std::shared_ptr<const Flow> flow;
  std::vector<std::pair<std::string, Text>> with; // every parameter of the flow, once
};

// Each has its row in scenario/step_table.cpp, what performs it in run/steps/perform.h, and its title in
// step_title.cpp.
using Verb = CompiledVariant<std::variant<Open, Submit, Click, Request, SignIn, SignOut, Session, Authorize, SetHeaders,
                                          SetCookies, ExpectOnly, Use, Validate>>;

// `when = { … }`: the step is skipped, and says why, unless all of it holds. The expectations are about the page at
// hand; without one they do not hold.
struct When {
  Place place;
  SharedText source_line;
  std::vector<Expectation> expect;
  std::optional<Text> target; // the name of the target that is run against
};

// Which errors a step may end in: of what is stated at it, and at the `expect` steps right behind it.
enum class Tolerance { // each more than the one before it
  none,
  refusal,      // dashboard = "closed": the answers of an app that lets nobody in
  client_error, // form_error, field_error: 4xx
  any,          // status, allow_error
};

struct Step {
  Place place; // of its verb
  SharedText source_line;
  SharedText name; // shown instead of the verb; may be empty
  Verb verb;
  std::vector<Expectation> expect; // in the order of the file
  std::vector<Capture> capture;
  bool follow_redirects = true;                        // redirects = false
  std::optional<std::chrono::milliseconds> eventually; // repeat until the expectations hold, for so long
  std::optional<std::chrono::milliseconds> timeout;    // for the action, in place of the target's
  Boxed<When> when;
  Tolerance tolerates = Tolerance::none;
  SharedText errors; // CSS selector of the app's own error elements, in place of the app's; may be empty
};

// Steps of a step.
struct StepList {
  std::vector<Step> steps;
};

// `[flow.NAME]`: steps with names of their own. What a step captures stays inside, but for what `gives` hands back.
struct Flow {
  std::string name;
  Place place;
  std::vector<std::string> params;
  std::vector<Step> steps;
  std::vector<std::string> gives;
  std::vector<std::string> users; // accounts its steps need
  std::vector<EnvironmentUse> environment;
};

// One row of `examples`: its columns are variables.
struct Example {
  Place place;
  // Of its case: the scenario's, with the row's columns filled in or its title added. Unique in the file.
  SharedText name;
  boost::container::flat_map<SharedText, Text, std::less<>> columns; // the rows share the names
};

// `known_failure = { ticket, until }`: the last day on which the scenario may fail.
struct KnownFailure {
  std::string ticket;
  std::chrono::year_month_day until{};
  Place place;
  SharedText source_line;
};

struct Scenario {
  std::string name;
  Place place;
  std::vector<std::string> tags; // with the file's own
  std::string ticket;
  std::vector<std::string> requirements;
  std::vector<std::string> users; // accounts it leases: named by `user`/`users`, by sign_in, and by ${user.property}
  std::vector<Step> steps;
  std::vector<Step> cleanup;     // always run, also after a failure or an interruption
  std::vector<Example> examples; // one case each; none: one case without columns
  std::optional<KnownFailure> known_failure;
  std::optional<std::chrono::milliseconds> timeout; // for all of its steps, cleanup aside
  std::vector<EnvironmentUse> environment;
};

struct Feature {
  std::string name;
  std::string file; // as named on the command line or found, relative to the working directory
  std::vector<std::string> tags;
  std::vector<std::string> requirements;
  std::vector<Scenario> scenarios;
};

// ---- the project file

// A setting that is either written out or read from the environment or a file (then it is a secret).
struct Setting {
  enum class From { text, environment, file };
  From from = From::text;
  Text text; // the text, the variable's name, or the file's path
};

// How `[app]` says to sign in or out. What is written as a table of a page and its form is two steps without a place:
// what goes wrong with them is reported at the step that signs in.
struct AppFlow {
  std::vector<Step> steps; // those of `sign_in` may name ${user.property}
  Place place;
  SharedText source_line;
};

struct DashboardPage {
  Text page;
  std::string shows; // CSS selector
  Place place;
  SharedText source_line;
};

struct App {
  std::optional<AppFlow> sign_in;
  std::map<std::string, AppFlow> sign_in_by; // further ways, by name
  std::optional<AppFlow> sign_out;
  std::optional<DashboardPage> dashboard;
  SharedText errors; // CSS selector of the app's own error elements; may be empty
  std::optional<CsrfToken> csrf;
  std::optional<std::string> source; // the folder of its code; not said: the project's, if that is a git checkout
  std::vector<EnvironmentUse> environment;

  // The way that `sign_in` takes; null when the project describes no such way.
  const AppFlow* way_of(const SignIn& sign_in) const;
};

struct TlsSettings {
  std::string ca;          // path of a PEM file, beside the system's own
  std::string certificate; // client certificate and key, paths of PEM files
  std::string key;
};

// `console = { file = "log/app.log" }`, or `{ command = "…" }`: of an app that Murphy does not start.
struct TargetConsole {
  std::string file;    // as seen from the working directory; empty: `command`
  std::string command; // for /bin/sh
  Place place;         // of the one that is given
  SharedText source_line;
};

// `process = { pid_file = "run/app.pid" }`: of an app that runs on this machine.
struct TargetProcess {
  std::string pid_file; // as seen from the working directory
  Place place;
  SharedText source_line;
};

struct Target {
  std::string name;
  Place place;
  SharedText source_line;
  Text url;                                // may hold ${port} and ${port:NAME}, as most of its texts
  std::vector<Text> origins;               // further ones that belong to the app; may hold ${port}
  std::vector<std::string> allowed_hosts;  // "login.example.com", "*.example.com"; empty: every host
  std::vector<Text> start;                 // commands for /bin/sh, of the parts that it is made of
  std::string directory;                   // where `start` runs: the project file's own folder, or `directory` below it
  std::map<std::string, Text> environment; // `env = { NAME = "…" }`, added to the app's environment
  std::vector<Text> ready;                 // paths of the app or whole addresses; "/" when not given
  std::optional<Setting> database;         // its address; text may hold ${port}
  std::optional<TargetConsole> console;    // of an app that is there already
  std::optional<TargetProcess> process;    // the same
  std::chrono::milliseconds start_timeout{30000};
  std::chrono::milliseconds timeout{30000}; // for each action of a step, its redirects included
  std::string unix_socket;                  // path; may be empty
  TlsSettings tls;
  std::optional<AuthorizationText> authorize;        // of every request to its origin
  std::vector<std::pair<std::string, Text>> headers; // the same
  bool restart = false;                              // starts it again where a request has ended it
  bool production = false;
  std::optional<bool> diagnose;     // whether the app may be asked more after a failed sign-in; not said: see docs
  std::optional<int> lockout;       // so many failed sign-ins lock an account
  std::string trace_url;            // where people see a trace, with ${trace} in place of its id; may be empty
  std::vector<EnvironmentUse> uses; // of ${env:NAME}
};

struct User {
  std::string name;
  Place place;
  bool shared = false;                       // may be signed in by several scenarios at once
  int pool = 0;                              // so many accounts, `${n}` from 1 in their properties; 0: one account
  std::map<std::string, Setting> properties; // `password` and `totp` are always secrets, whatever they come from
  std::vector<EnvironmentUse> environment;   // of ${env:NAME} in their texts
};

// `[idp.NAME]`: who signs people in on behalf of the app.
struct IdentityProvider {
  std::string name;
  Text origin; // may hold ${port:NAME}
};

// `rules = [{ paths = ["db/migrate/**"], features = ["Sign in"] }]`: what a change of these files concerns.
struct GateRule {
  std::vector<std::string> paths;    // patterns as written: relative to the project file
  std::vector<std::string> features; // as written
  Place place;
  SharedText source_line;
};

// What a change has to pass before it is merged.
struct Gate {
  enum class RedBase { fails, allowed };
  std::vector<std::string> features; // each has to be proved by a scenario; empty: none has to
  std::string base;                  // what changes are merged into, where no CI system says it; may be empty
  std::vector<GateRule> rules;
  std::vector<std::string> ignore; // patterns of files that concern no feature
  RedBase red_base = RedBase::fails;
};

struct Project {
  std::string file;
  std::string directory; // of the file
  App app;
  Gate gate;
  std::vector<Target> targets; // the first is the default
  std::map<std::string, User> users;
  std::map<std::string, IdentityProvider> providers;
};

} // namespace murphy::scenario
