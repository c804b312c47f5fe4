// What a person does with a browser, and what they get to see. Everything above this line knows no HTTP and no HTML.
#pragma once

#include "base/authorization.h"
#include "base/error.h"
#include "base/secret.h"
#include "base/sent_as.h"
#include "base/shared_text.h"
#include "record/result.h"

#include <chrono>
#include <cstdint>
#include <expected>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <stop_token>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

namespace murphy::drive {

struct Element {
  std::string text; // rendered text, white space collapsed
  std::map<std::string, std::string> attributes;
};

// A cookie as the session holds it.
struct Cookie {
  std::string name;
  std::string value;
  std::string domain;
  std::string path;
  bool secure = false;
  bool http_only = false;
  bool session = true;                 // no expiry
  std::optional<std::int64_t> max_age; // seconds left when it was set
  std::string same_site;               // "Strict", "Lax", "None", or empty when not said
};

// What browsers would do with a value, as far as the page alone decides.
enum class Allowed { yes, no, unknown };

// A field that a person fills in, with what the page declares of its value. Radio buttons of one group are one field.
struct FormField {
  std::vector<std::string> labels; // every way a person could name it, the best first
  std::string name;                // under which it is sent; may be empty, and then it never is
  std::string type;                // "text", also for types unknown to HTML; "select", "textarea"
  std::string barred;              // why people cannot fill it in ("it is readonly"); empty: one can
  std::string value;               // that it has when the page is loaded; of a select or radio group, the chosen one
  bool checked = false;
  std::vector<std::string> options; // the values of a select or radio group, those that can be chosen
  std::string autocomplete;         // the field token: "new-password"
  bool is_trap = false;             // out of people's sight, for machines that fill in everything
  bool required = false;
  std::optional<std::size_t> min_length, max_length; // in UTF-16 code units
  std::string min, max, step;                        // as declared; empty: not
  bool has_default_step = false;                     // whole numbers only, though the page declares no step
  std::string pattern;                               // as declared; empty: not
  std::string pattern_ignored;                       // why browsers ignore the pattern; empty: they do not
  // Whether a browser would send the form with this value. Keeps the page alive.
  std::function<Allowed(std::string_view value)> allows;
  // The same, were there no bounds of its length.
  std::function<Allowed(std::string_view value)> allows_at_any_length;
};

// A form as a person sees it.
struct FormSeen {
  bool is_get = false;            // it goes out in the address
  bool is_unchecked = false;      // browsers send it whatever is in its fields: novalidate, formnovalidate
  std::string sent_by_script;     // what shows that a script sends it instead of the browser; empty: nothing does
  std::string captcha;            // what shows that a person has to prove to be one; empty: nothing does
  std::vector<FormField> fields;  // in the order of the page
  std::vector<std::size_t> asked; // for each field asked for, which of `fields` it is
};

// What is kept of a page: all, or what it is without its text and outline.
enum class PageParts { all, without_words };

// A page as it was answered. Immutable; reading it never sends anything. Lives as long as anyone holds it.
class Page {
public:
  virtual ~Page() = default;
  virtual const std::string& url() const = 0; // the final address
  // Its path where it is on an origin of the app; elsewhere its address without query, which no path of the app equals.
  virtual std::string path() const = 0;
  // The same for people to read: its path on the target's own origin, elsewhere its address without query.
  virtual std::string shown_path() const = 0;
  virtual int status() const = 0;
  virtual const std::vector<record::Header>& headers() const = 0;
  virtual const SharedText& body() const = 0; // decoded, as UTF-8, whole
  // Errors: why an HTML page cannot be read (nested too deep, too many attributes). Nothing may then be concluded from
  // what it does not show: its title, its text and its errors are empty.
  virtual Result<void> readable() const = 0;
  virtual bool is_html() const = 0; // whatever else it is has neither title nor elements
  // Whether people see something on the page only when its scripts run. What it does not show then proves nothing.
  virtual bool is_made_by_scripts() const = 0;
  virtual std::string title() const = 0;
  virtual std::string text() const = 0; // rendered text, white space collapsed
  // The same line by line, as blocks part it.
  virtual std::vector<std::string> lines() const = 0;
  // The elements a CSS selector picks, in document order. Bad selectors are refused at load, see check_selector.
  virtual Result<std::vector<Element>> select(std::string_view css) const = 0;
  // `also` is a CSS selector of elements that are errors whatever they look like.
  virtual std::vector<record::ShownError> errors(std::string_view also = {}) const = 0;
  // Those of the field that goes by these words: its whole label, aria-label, placeholder, name, id or autocomplete
  // token, "name:…", "id:…" or a CSS selector.
  virtual std::vector<record::ShownError> errors_at(std::string_view field, std::string_view also = {}) const = 0;
  // Whether a form (or one of its buttons) goes by these words; if not, the failure's code and reason say why and list
  // what is there.
  virtual std::expected<void, record::Failure> has_form(std::string_view words) const = 0;
  // Whether a field of any form, or of none, goes by these words; if not, the failure's reason lists those there are.
  virtual std::expected<void, record::Failure> has_field(std::string_view words) const = 0;
  // The paths of the app that its links and forms lead to, its own aside; each once, sorted.
  virtual std::vector<std::string> leads_to() const = 0;
  // The names of the attributes of its elements, and the words of their values; each once, sorted.
  virtual std::vector<std::string> attribute_words() const = 0;
  // The form that these words name, which has all of `fields`. Errors: target, with the candidates.
  virtual Result<FormSeen> form(std::string_view words, const std::vector<std::string>& fields) const = 0;
  virtual record::PageSeen seen(std::string_view also = {},
                                PageParts parts = PageParts::all) const = 0; // `also` as above
  // The same page with nothing read of it yet, for who keeps it and may never look: it takes little more than what was
  // answered.
  virtual std::shared_ptr<const Page> unread() const = 0;
};

// Why a page stays where it would go on by itself.
struct Hindrance {
  enum class Way { none, by_hand }; // how a person can still go on: not at all, or by a button of the form
  record::FailureCode code = record::FailureCode::forbidden_script;
  record::Policy policy;
  Error error;
  Way way = Way::none;
};

// What one action led to: the page it ended on and everything on the way. `answers` holds a page for each answer of the
// chain, redirects included, the last one being `page`.
struct Visit {
  std::shared_ptr<const Page> page;
  std::vector<std::shared_ptr<const Page>> answers;
  std::vector<record::Exchange> exchanges;
  std::optional<record::FilledForm> form;
  std::optional<Hindrance> hindrance;
  // The address that the last answer redirects to, where another program opens it (`com.example.app:/callback`). Empty
  // otherwise. The page is that answer then, and the browser stays on the page it came from.
  std::string handed_over;
};

// Why an action did not lead to a page.
struct Obstacle {
  enum class Kind {
    app,     // the app is at fault: no such button, a redirect loop. A judgement, so the step fails
    network, // no answer, no TLS, garbage: Murphy could not judge
    unable,  // what was asked cannot be written as a request: nothing was sent
    stopped, // interrupted
  };
  Kind kind = Kind::network;
  record::FailureCode code = record::FailureCode::as_written; // for app: what the app fails at
  std::string subject;                                        // for app: which form, field or link
  std::optional<record::Policy> policy;                       // for app: of the page, which forbids it
  Error error;                                                // what happened, with a hint that lists the candidates
  std::vector<record::Exchange> exchanges;                    // what was exchanged until then
  std::optional<record::FilledForm> form;
};

using Visited = std::expected<Visit, Obstacle>;

// A file as a file field holds it.
struct File {
  std::string name; // without folders
  std::string contents;
};

// What a person puts into a field.
using FieldValue = std::variant<Value, bool, std::vector<Value>, std::vector<File>>;

struct Filling {
  std::string field; // label, name, id, "name:…", "id:…" or a selector
  FieldValue value;
};

// In place of an entry: nothing of its name goes out.
struct LeftOut {};

// An entry that a form sends on purpose, beside its fields or in place of one.
using SentEntry = std::pair<std::string, std::variant<Value, File, LeftOut>>;

// A client or script leaves the page that is open where it is.
struct RawRequest {
  SentAs as = SentAs::page;
  std::string method;
  std::string url;
  std::vector<std::pair<std::string, Value>> headers;
  std::optional<Value> body;
  std::string content_type;                        // for body; may be empty
  std::vector<std::pair<std::string, Value>> form; // sent url-encoded when not empty
};

struct Limits {
  std::chrono::milliseconds deadline{30000}; // for the whole action, redirects and name resolution included
  bool follow_redirects = true;
  std::stop_token stop;
};

// Whether a request goes out with what the session has of cookies, or with none.
enum class Credentials { include, omit };

// A browser with one or more sessions (cookie jars, histories), one of them in use. Not for several threads at once.
class Driver {
public:
  virtual ~Driver() = default;
  // Addresses are resolved against the target's.
  virtual Visited open(std::string_view url, const Limits& limits) = 0;
  // `send` adds entries that the form does not have, or replaces those it has, on purpose.
  virtual Visited submit(std::string_view form, const std::vector<Filling>& with, const std::vector<SentEntry>& send,
                         const Limits& limits) = 0;
  // What submit() would send, without sending it.
  virtual std::expected<record::FilledForm, Obstacle> preview(std::string_view form, const std::vector<Filling>& with,
                                                              const std::vector<SentEntry>& send) const = 0;
  virtual Visited click(std::string_view words, const Limits& limits) = 0;
  virtual Visited request(const RawRequest& request, const Limits& limits) = 0;
  // Loads an address beside the current page; neither the page nor the cookies of the session change.
  virtual Visited probe(std::string_view url, Credentials credentials, record::Reason reason, const Limits& limits) = 0;

  // Whether an address, resolved against the target's, is of the target's origin.
  virtual bool is_of_target(std::string_view url) const = 0;
  // The path of an address once it is resolved against the target's, as Page::path() has it; empty when it cannot be.
  virtual std::string path_of(std::string_view url) const = 0;
  // The addresses that a path stands for: one on each origin of the app, the target's first. One that names its host
  // stands for itself.
  virtual std::vector<std::string> addresses_of(std::string_view url) const = 0;

  // Shows a page of this driver again, as going back to it does; the cookies stay what they are now.
  virtual void go_back_to(const std::shared_ptr<const Page>& page) = 0;

  // What requests of the session in use to the target's origin carry from now on: an Authorization (none: not the
  // target's either), and headers beside those it has.
  virtual void authorize(std::optional<Authorization> authorization) = 0;
  virtual void set_headers(const std::vector<std::pair<std::string, Value>>& headers) = 0;
  // Gives the host of the page at hand, else the target's, a cookie as a script of the page would; none removes every
  // cookie of that name. Errors: usage, for what cannot be the value of a cookie.
  virtual Result<void> set_cookie(const std::string& name, const std::optional<Value>& value) = 0;

  virtual void fresh_session() = 0;                      // forgets all cookies and the page of the session in use
  virtual void use_session(const std::string& name) = 0; // switches, making it when it is new; the first one is ""

  // The session in use as it is now, cookies and page, and back to it later. Only for the driver that gave it.
  using Kept = std::shared_ptr<const void>;
  virtual Kept keep() const = 0;
  virtual void restore(const Kept& kept) = 0;

  // Those of the page's host, then those of the target's where it is another.
  virtual std::vector<Cookie> cookies() const = 0;
  // Whether the session in use holds a cookie of that name, or held it, or an answer tried to set it.
  virtual bool has_heard_of_cookie(std::string_view name) const = 0;
  virtual std::shared_ptr<const Page> page() const = 0; // null before the first load
};

} // namespace murphy::drive
