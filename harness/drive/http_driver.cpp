#include "drive/http_driver.h"

#include "base/make_error.h"
#include "base/percent.h"
#include "base/sign_in_words.h"
#include "base/text.h"
#include "drive/exchange_record.h"
#include "drive/http_page.h"
#include "web/cookies/cookie.h"
#include "web/forms/entry_list.h"
#include "web/forms/form_encoding.h"
#include "web/forms/naming.h"
#include "web/load_time/load_time.h"
#include "web/navigation/navigation.h"

#include <fmt/format.h>
#include <map>
#include <random>

namespace murphy::drive {
namespace {

using record::FailureCode;

// Pages that go on by themselves (forms submitted at load, meta refresh) are followed this often within one action.
constexpr int most_continuations = 10;

// One browser session: its cookies and the page that is open.
struct Session {
  web::CookieJar jar;
  std::shared_ptr<const HttpPage> page;
};

// A request and what the record may show of it.
struct Order {
  web::NavigationRequest request;
  std::string shown_url; // empty: the address itself
  std::optional<record::FilledForm> form;
};

std::string new_boundary() {
  std::random_device random;
  return fmt::format("----murphy-form-{:08x}{:08x}", random(), random());
}

// What was asked cannot be written as a request.
Obstacle unable(Error error) {
  Obstacle result;
  result.kind = Obstacle::Kind::unable;
  result.error = std::move(error);
  return result;
}

// The app is at fault.
Obstacle fault(record::FailureCode code, std::string_view subject, Error error) {
  Obstacle result;
  result.kind = Obstacle::Kind::app;
  result.code = code;
  result.subject = subject;
  result.error = std::move(error);
  return result;
}

class HttpDriver final : public Driver {
public:
  explicit HttpDriver(HttpDriverSettings settings) : settings_(std::move(settings)), session_(&sessions_[""]) {}

  Visited open(std::string_view url, const Limits& limits) override {
    auto address = resolve(url);
    if (!address) return std::unexpected(unable(std::move(address.error())));
    return load(*session_, typed(std::move(*address), record::Reason::opened), limits);
  }

  Visited submit(std::string_view form, const std::vector<Filling>& with, const std::vector<SentEntry>& send,
                 const Limits& limits) override;
  Visited click(std::string_view words, const Limits& limits) override;
  Visited request(const RawRequest& request, const Limits& limits) override;

  Visited probe(std::string_view url, Credentials credentials, record::Reason reason, const Limits& limits) override {
    auto address = resolve(url);
    if (!address) return std::unexpected(unable(std::move(address.error())));
    Session beside = credentials == Credentials::omit ? Session{} : *session_;
    return load(beside, typed(std::move(*address), reason), limits);
  }

  std::string path_of(std::string_view url) const override {
    const auto address = resolve(url);
    return address ? address->path() : std::string();
  }

  bool is_of_target(std::string_view url) const override {
    const auto address = resolve(url);
    return address && web::same_origin(*address, settings_.base);
  }

  void fresh_session() override { *session_ = Session{}; }
  void use_session(const std::string& name) override { session_ = &sessions_[name]; }
  Kept keep() const override { return std::make_shared<const Session>(*session_); }
  void restore(const Kept& kept) override { *session_ = *static_cast<const Session*>(kept.get()); }
  std::vector<Cookie> cookies() const override;
  std::shared_ptr<const Page> page() const override { return session_->page; }

private:
  Result<web::Url> resolve(std::string_view url) const { return web::Url::parse(url, &settings_.base); }
  Order typed(web::Url url, record::Reason reason) const;
  Order from_page(const HttpPage& page, web::Url url, record::Reason reason) const;
  Order press(const HttpPage& page, web::Submission submission, const web::Submit& submit, record::Reason reason) const;
  Visited load(Session& session, Order order, const Limits& limits) const;
  Result<std::optional<Order>> continuation(const HttpPage& page) const;
  // `wanted` is what is missing when there is none.
  std::expected<std::shared_ptr<const HttpPage>, Obstacle> readable_page(FailureCode wanted,
                                                                         std::string_view words) const;

  HttpDriverSettings settings_;
  std::string boundary_ = new_boundary(); // of multipart forms
  std::map<std::string, Session> sessions_;
  Session* session_;
};

Order HttpDriver::typed(web::Url url, record::Reason reason) const {
  Order order;
  order.request.url = std::move(url);
  order.request.reason = reason;
  return order;
}

Order HttpDriver::from_page(const HttpPage& page, web::Url url, record::Reason reason) const {
  Order order = typed(std::move(url), reason);
  order.request.initiator = page.address();
  const auto document = page.document();
  // The page's own word comes after the header's, and so wins.
  std::optional<web::ReferrerPolicy> policy;
  if (document) policy = web::parse_referrer_policy((*document)->referrer_policy());
  if (!policy) policy = web::response_referrer_policy(page.headers());
  if (policy) order.request.policy = *policy;
  return order;
}

Order HttpDriver::press(const HttpPage& page, web::Submission submission, const web::Submit& submit,
                        record::Reason reason) const {
  record::FilledForm form;
  form.name = submit.button != nullptr  ? submit.button->words()
              : submit.form->id.empty() ? submit.form->name
                                        : submit.form->id;
  form.method = submission.method;
  form.action = submission.shown_url.without_fragment();
  form.encoding = submission.content_type.substr(0, submission.content_type.find(';'));
  for (const web::Entry& entry : submission.entries)
    form.fields.push_back({entry.label, entry.name, entry.type, entry.value.shown(),
                           entry.is_added ? record::EntryFrom::scenario : record::EntryFrom::page});
  Order order = from_page(page, std::move(submission.url), reason);
  order.request.method = std::move(submission.method);
  order.request.body = std::move(submission.body);
  order.request.content_type = std::move(submission.content_type);
  order.shown_url = submission.shown_url.without_fragment();
  order.form = std::move(form);
  return order;
}

// Where the page goes on to by itself, if anywhere.
Result<std::optional<Order>> HttpDriver::continuation(const HttpPage& page) const {
  if (!page.is_html() || page.status() >= 400) return std::nullopt;
  const auto document = page.document();
  if (!document) return std::nullopt; // too large to read: it is judged as it stands
  if (const web::Form* form = web::submitted_at_load(page.forms(), **document)) {
    const web::FormFilling filling(page.forms(), *form);
    auto submission = filling.submit(nullptr, boundary_);
    if (!submission) return std::unexpected(submission.error());
    return press(page, std::move(*submission), {form, nullptr}, record::Reason::auto_submitted);
  }
  if (auto url = web::refreshed_to(**document)) return from_page(page, std::move(*url), record::Reason::refreshed);
  return std::nullopt;
}

Visited HttpDriver::load(Session& session, Order order, const Limits& limits) const {
  web::NavigationLimits navigation_limits;
  navigation_limits.deadline = std::chrono::steady_clock::now() + limits.deadline;
  navigation_limits.stop = limits.stop;
  navigation_limits.follow_redirects = limits.follow_redirects;
  Visit visit;
  visit.form = order.form;
  for (int continuations = 0;; ++continuations) {
    web::Navigation navigation = web::navigate(settings_.transport, session.jar, order.request, navigation_limits);
    std::shared_ptr<const HttpPage> page;
    for (web::Hop& hop : navigation.hops) {
      if (hop.response) {
        page = std::make_shared<HttpPage>(hop.request.url, *hop.response);
        visit.answers.push_back(page);
      }
      record::Exchange exchange = record_of(hop, hop.response ? page->body() : std::string_view());
      if (&hop == &navigation.hops.front() && !order.shown_url.empty()) exchange.url = order.shown_url;
      visit.exchanges.push_back(std::move(exchange));
    }
    const auto stuck = [&](Obstacle result) {
      result.exchanges = std::move(visit.exchanges);
      result.form = std::move(visit.form);
      return std::unexpected(std::move(result));
    };
    if (navigation.stopped) return stuck(obstacle_of(navigation));
    visit.page = page;
    visit.handed_over = std::move(navigation.handed_over);
    // Where another program opens the address, or a script or a client asked, the browser stays where it is.
    const bool is_page = order.request.as == SentAs::page;
    if (is_page && visit.handed_over.empty()) session.page = page;
    if (!limits.follow_redirects || !visit.handed_over.empty() || !is_page) return visit;
    auto next = continuation(*page);
    if (!next) return stuck(fault(FailureCode::broken_refresh, {}, std::move(next.error())));
    if (!*next) return visit;
    if (continuations == most_continuations)
      return stuck(fault(FailureCode::endless_refresh, {},
                         target_error(fmt::format("{} pages in a row that continue automatically, the last one {}",
                                                  continuations, page->url()),
                                      "the pages refresh or submit themselves in a loop")));
    order = std::move(**next);
  }
}
// The page that is open, with its forms, or why there is none to use.
std::expected<std::shared_ptr<const HttpPage>, Obstacle> HttpDriver::readable_page(FailureCode wanted,
                                                                                   std::string_view words) const {
  if (session_->page == nullptr)
    return std::unexpected(
        fault(wanted, words,
              target_error("no page has been loaded in this session", "load one first, for example { open = \"/\" }")));
  const auto document = session_->page->document();
  if (!document) return std::unexpected(fault(wanted, words, document.error()));
  return session_->page;
}

// A value as the form wants it. What is typed into a password field is masked, wherever it came from.
Value form_text(const Value& value, bool password) {
  if (!password || value.is_secret()) return value;
  return Value(std::make_shared<const Secret>(ClearText(value.text()), "password"));
}

Result<void> fill(web::FormFilling& filling, const Filling& field, bool password) {
  if (const auto* ticked = std::get_if<bool>(&field.value)) return filling.fill(field.field, *ticked);
  if (const auto* value = std::get_if<Value>(&field.value))
    return filling.fill(field.field, form_text(*value, password));
  if (const auto* files = std::get_if<std::vector<File>>(&field.value)) {
    std::vector<web::Upload> uploads;
    for (const File& file : *files) uploads.push_back({file.name, file.contents});
    return filling.fill(field.field, std::move(uploads));
  }
  std::vector<Value> choices;
  for (const Value& value : std::get<std::vector<Value>>(field.value)) choices.push_back(form_text(value, password));
  return filling.fill(field.field, choices);
}

Visited HttpDriver::submit(std::string_view words, const std::vector<Filling>& with, const std::vector<SentEntry>& send,
                           const Limits& limits) {
  const auto page = readable_page(FailureCode::missing_form, words);
  if (!page) return std::unexpected(page.error());
  const web::Forms& forms = (*page)->forms();
  std::vector<std::string> names;
  for (const Filling& field : with) names.push_back(field.field);
  const auto submit = web::find_submit(forms, words, names);
  if (!submit) return std::unexpected(fault(missing_form_code(forms, words), words, submit.error()));
  web::FormFilling filling(forms, *submit->form);
  for (const Filling& field : with) {
    const auto controls = web::find_field(forms, *submit->form, field.field);
    const bool password = controls && is_password_type(controls->front()->type);
    const Result<void> filled = controls ? fill(filling, field, password) : std::unexpected(controls.error());
    if (!filled) return std::unexpected(fault(FailureCode::missing_field, field.field, filled.error()));
  }
  for (const auto& [name, sent] : send) {
    if (const auto* value = std::get_if<Value>(&sent)) filling.send(name, *value);
    if (const auto* file = std::get_if<File>(&sent)) filling.send(name, web::Upload{file->name, file->contents});
  }
  auto submission = filling.submit(submit->button, boundary_);
  if (!submission) return std::unexpected(fault(FailureCode::missing_form, words, submission.error()));
  return load(*session_, press(**page, std::move(*submission), *submit, record::Reason::submitted), limits);
}

Visited HttpDriver::click(std::string_view words, const Limits& limits) {
  const auto page = readable_page(FailureCode::missing_link, words);
  if (!page) return std::unexpected(page.error());
  const web::Forms& forms = (*page)->forms();
  const std::shared_ptr<const web::Document> document = *(*page)->document();
  const auto found = web::find_click(forms, *document, words);
  if (!found) return std::unexpected(fault(FailureCode::missing_link, words, found.error()));
  if (const auto* link = std::get_if<web::Link>(&*found)) {
    auto url = document->resolve(link->href);
    if (!url) return std::unexpected(fault(FailureCode::unusable_link, words, url.error()));
    return load(*session_, from_page(**page, std::move(*url), record::Reason::clicked), limits);
  }
  const auto& button = std::get<web::Submit>(*found);
  const web::FormFilling filling(forms, *button.form);
  auto submission = filling.submit(button.button, boundary_);
  if (!submission) return std::unexpected(fault(FailureCode::missing_link, words, submission.error()));
  return load(*session_, press(**page, std::move(*submission), button, record::Reason::clicked), limits);
}

Visited HttpDriver::request(const RawRequest& raw, const Limits& limits) {
  auto url = resolve(raw.url);
  if (!url) return std::unexpected(unable(std::move(url.error())));
  Order order = session_->page ? from_page(*session_->page, std::move(*url), record::Reason::requested)
                               : typed(std::move(*url), record::Reason::requested);
  order.request.as = raw.as;
  order.request.method = raw.method;
  // Without a page, a page of the app's own asks.
  if (!session_->page) order.request.initiator = settings_.base;
  for (const auto& [name, value] : raw.headers) order.request.headers.emplace_back(name, value);
  if (!raw.form.empty()) {
    order.request.body = web::encode_urlencoded(raw.form);
    order.request.content_type = "application/x-www-form-urlencoded";
  } else if (raw.body) {
    order.request.body.append(*raw.body);
    order.request.content_type = raw.content_type;
  }
  return load(*session_, std::move(order), limits);
}

// Those of the host that is open, whatever their path, so that a wrong path can be told from a missing cookie.
std::vector<Cookie> HttpDriver::cookies() const {
  const std::string& host = session_->page ? session_->page->address().host() : settings_.base.host();
  const record::Instant now = std::chrono::system_clock::now();
  std::vector<Cookie> result;
  for (const web::Cookie& held : session_->jar.all()) {
    if (!web::is_for_host(held, host) || (held.expires && *held.expires <= now)) continue;
    Cookie cookie;
    cookie.name = held.name;
    cookie.value = held.value;
    cookie.domain = held.domain;
    cookie.path = held.path;
    cookie.secure = held.secure;
    cookie.http_only = held.http_only;
    cookie.session = !held.expires;
    if (held.expires) cookie.max_age = std::chrono::round<std::chrono::seconds>(*held.expires - held.changed).count();
    cookie.same_site = record::name_of(held.same_site);
    result.push_back(std::move(cookie));
  }
  return result;
}

} // namespace

std::unique_ptr<Driver> make_http_driver(HttpDriverSettings settings) {
  return std::make_unique<HttpDriver>(std::move(settings));
}

} // namespace murphy::drive
