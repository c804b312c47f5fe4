#include "drive/http_driver.h"

#include "base/make_error.h"
#include "base/percent.h"
#include "base/sign_in_words.h"
#include "base/text.h"
#include "drive/exchange_record.h"
#include "drive/frames.h"
#include "drive/http_page.h"
#include "drive/order.h"
#include "drive/scripted.h"
#include "web/cookies/cookie.h"
#include "web/forms/entry_list.h"
#include "web/forms/form_encoding.h"
#include "web/forms/method_link.h"
#include "web/forms/naming.h"
#include "web/navigation/navigation.h"

#include <algorithm>
#include <fmt/format.h>
#include <iterator>
#include <map>
#include <span>

namespace murphy::drive {
namespace {

using record::FailureCode;

// Pages that go on by themselves (forms submitted at load, meta refresh) are followed this often within one action.
constexpr int most_continuations = 10;

// At most this many frames of one page are loaded, those in frames included, and each may take this long.
constexpr int most_frames = 20;
constexpr std::chrono::seconds longest_frame{5};

// One browser session: its cookies, its credentials and the page that is open.
struct Session {
  explicit Session(web::Authentication known) : authentication(std::move(known)) {}
  web::SiteData data;
  web::Authentication authentication;
  std::shared_ptr<const HttpPage> page;
};

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

std::shared_ptr<const AppOrigins> origins_of(const HttpDriverSettings& settings) {
  AppOrigins app{settings.base.origin(), {}};
  for (const web::Url& url : settings.origins) app.further.push_back(url.origin());
  return std::make_shared<const AppOrigins>(std::move(app));
}

// What a browser shows of an answer to a navigation: itself; nothing, and the page before stays (HTML, "navigate"; 304
// as in Chromium); or it is saved as a file, and the page before stays as well.
enum class Shown { answer, nothing, file };

Shown shown_of(const web::Response& response) {
  if (response.status == 204 || response.status == 205 || response.status == 304) return Shown::nothing;
  const std::string* disposition = record::find_header(response.headers, "Content-Disposition");
  if (disposition == nullptr) return Shown::answer;
  const std::string_view kind = trim(std::string_view(*disposition).substr(0, disposition->find(';')));
  return equal_ignoring_ascii_case(kind, "attachment") ? Shown::file : Shown::answer;
}

class HttpDriver final : public Driver {
public:
  explicit HttpDriver(HttpDriverSettings settings)
      : settings_(std::move(settings)), origins_(origins_of(settings_)),
        session_(&sessions_.try_emplace("", new_session()).first->second) {}

  Visited open(std::string_view url, const Limits& limits) override {
    auto address = resolve(url);
    if (!address) return std::unexpected(unable(std::move(address.error())));
    return load(*session_, typed(std::move(*address), record::Reason::opened), limits);
  }

  Visited submit(std::string_view form, const std::vector<Filling>& with, const std::vector<SentEntry>& send,
                 const Limits& limits) override;
  std::expected<record::FilledForm, Obstacle> preview(std::string_view form, const std::vector<Filling>& with,
                                                      const std::vector<SentEntry>& send) const override;
  Visited click(std::string_view words, const Limits& limits) override;
  Visited request(const RawRequest& request, const Limits& limits) override;

  Visited probe(std::string_view url, Credentials credentials, record::Reason reason, const Limits& limits) override {
    auto address = resolve(url);
    if (!address) return std::unexpected(unable(std::move(address.error())));
    Session beside = credentials == Credentials::omit ? new_session() : *session_;
    return load(beside, typed(std::move(*address), reason), limits);
  }

  std::string path_of(std::string_view url) const override {
    const auto address = resolve(url);
    return address ? path_in_app(*address, *origins_) : std::string();
  }

  bool is_of_target(std::string_view url) const override {
    const auto address = resolve(url);
    return address && web::same_origin(*address, settings_.base);
  }

  std::vector<std::string> addresses_of(std::string_view url) const override {
    const auto address = resolve(url);
    if (!address) return {};
    std::vector<std::string> addresses{address->href()};
    if (web::Url::parse(url)) return addresses; // it names its host
    for (const web::Url& origin : settings_.origins)
      if (auto further = web::Url::parse(url, &origin)) addresses.push_back(further->href());
    return addresses;
  }

  void go_back_to(const std::shared_ptr<const Page>& page) override {
    session_->page = std::static_pointer_cast<const HttpPage>(page);
  }
  void authorize(std::optional<Authorization> authorization) override {
    session_->authentication.authorize(std::move(authorization));
  }
  void set_headers(const std::vector<std::pair<std::string, Value>>& headers) override {
    session_->authentication.set_headers(headers);
  }
  Result<void> set_cookie(const std::string& name, const std::optional<Value>& value) override;

  void fresh_session() override { *session_ = new_session(); }
  void use_session(const std::string& name) override {
    session_ = &sessions_.try_emplace(name, new_session()).first->second;
  }
  Kept keep() const override { return std::make_shared<const Session>(*session_); }
  void restore(const Kept& kept) override { *session_ = *static_cast<const Session*>(kept.get()); }
  std::vector<Cookie> cookies() const override;
  bool has_heard_of_cookie(std::string_view name) const override { return session_->data.cookies.has_heard_of(name); }
  std::shared_ptr<const Page> page() const override { return session_->page; }

private:
  // As the target has every session begin.
  Session new_session() const {
    web::Authentication authentication(settings_.base);
    authentication.authorize(settings_.authorization);
    authentication.set_headers(settings_.headers);
    return Session(std::move(authentication));
  }
  Result<web::Url> resolve(std::string_view url) const { return web::Url::parse(url, &settings_.base); }
  // Whether the project names the host of this address, as the app's own or beside it.
  bool is_named(const web::Url& url) const;
  web::NavigationLimits navigation_limits(const Limits& limits) const;
  Visited load(Session& session, Order order, const Limits& limits) const;
  // Loads what a document of the page that is open asks for, into the frame that it means.
  Visited load_from(const HttpPage& page, const FramePath& source, Order order, const Limits& limits);
  Visited load_in_frame(Session& session, Order order, const FramePath& path, const Limits& limits) const;

  // What one order was answered with; `page` is of the last answer.
  struct Sent {
    std::shared_ptr<HttpPage> page;
    web::Navigation navigation;
  };
  std::expected<Sent, Obstacle> send(Session& session, Order& order, const web::NavigationLimits& limits,
                                     Visit& visit) const;
  // What an order for a frame leads to, pages that go on by themselves included.
  struct Arrival {
    std::shared_ptr<HttpPage> page;      // null: the answer has none to show
    std::optional<web::Response> answer; // then: this
    std::optional<FrameRefusal> refusal; // the frame does not show the page
    std::optional<Order> beyond;         // what the page loads by itself into the whole window
  };
  std::expected<Arrival, Obstacle> arrive_in_frame(Session& session, Order order, const web::NavigationLimits& limits,
                                                   Visit& visit) const;
  // The documents of the page's frames, as a browser loads them with it. What one of them loads into the whole window
  // is given back. A document that does not come shows nothing.
  struct FramesToLoad {
    std::vector<web::Url> around; // the documents around those of the page, the page included
    int left = most_frames;
  };
  std::optional<Order> load_frames(Session& session, HttpPage& page, FramesToLoad& frames,
                                   const web::NavigationLimits& limits, Visit& visit) const;
  // A form that is filled in and not sent yet.
  struct ReadyForm {
    std::shared_ptr<const HttpPage> page; // the whole of it
    FramePath place;                      // of the document with the form
    Order order;
  };
  std::expected<ReadyForm, Obstacle> fill_in(std::string_view words, const std::vector<Filling>& with,
                                             const std::vector<SentEntry>& send) const;
  // `wanted` is what is missing when there is none.
  std::expected<std::shared_ptr<const HttpPage>, Obstacle> readable_page(FailureCode wanted,
                                                                         std::string_view words) const;

  HttpDriverSettings settings_;
  std::shared_ptr<const AppOrigins> origins_;
  std::map<std::string, Session> sessions_;
  Session* session_;
};

bool HttpDriver::is_named(const web::Url& url) const {
  const auto is_here = [&](const web::Url& each) { return web::same_origin(each, url); };
  if (is_here(settings_.base) || std::ranges::any_of(settings_.origins, is_here) ||
      std::ranges::any_of(settings_.providers, is_here))
    return true;
  const std::string with_port = fmt::format("{}:{}", url.host(), url.effective_port());
  return std::ranges::any_of(settings_.allowed_hosts, [&](std::string_view host) {
    const auto is_it = [&](std::string_view whole) {
      return host.starts_with("*.") ? whole.ends_with(host.substr(1)) : whole == host;
    };
    return is_it(url.host()) || is_it(with_port);
  });
}

std::expected<HttpDriver::Sent, Obstacle> HttpDriver::send(Session& session, Order& order,
                                                           const web::NavigationLimits& limits, Visit& visit) const {
  if (order.request.form) {
    if (const auto forbidden = web::forbidden_form(*order.request.form, order.request.url))
      return std::unexpected(obstacle_of(*forbidden));
  }
  if (order.request.frame) {
    if (auto forbidden = web::forbidden_frame(*order.request.frame, order.request.url, web::Reached::directly))
      return std::unexpected(obstacle_of(std::move(*forbidden)));
  }
  order.request.authentication = &session.authentication;
  Sent sent{nullptr, web::navigate(settings_.transport, session.data, order.request, limits)};
  for (web::Hop& hop : sent.navigation.hops) {
    if (hop.response) {
      // Browsers show neither credentials in an address, nor the answer that has asked for them.
      std::string body = std::move(hop.response->body);
      web::Response answer = *hop.response;
      answer.body = std::move(body);
      sent.page = std::make_shared<HttpPage>(hop.request.url.without_credentials(), std::move(answer), origins_);
      if (hop.reason == record::Reason::authenticated) visit.answers.pop_back();
      visit.answers.push_back(sent.page);
    }
    record::Exchange exchange = record_of(hop, hop.response ? sent.page->body() : SharedText());
    const bool is_first = hop.request.url == order.request.url;
    if (!order.shown_url.empty() && is_first) exchange.url = order.shown_url;
    if (!is_named(hop.request.url) && sent.navigation.cause != web::StopCause::forbidden_host) {
      std::vector<std::string> secrets = hop.request.body.secrets();
      if (is_first) std::ranges::copy(order.secrets_in_address, std::back_inserter(secrets));
      if (!secrets.empty()) exchange.disclosed = join(secrets, ", ");
    }
    visit.exchanges.push_back(std::move(exchange));
  }
  if (sent.navigation.stopped) return std::unexpected(obstacle_of(sent.navigation));
  return sent;
}

web::NavigationLimits HttpDriver::navigation_limits(const Limits& limits) const {
  web::NavigationLimits of_navigation;
  if (!settings_.allowed_hosts.empty()) of_navigation.may_ask = [this](const web::Url& url) { return is_named(url); };
  of_navigation.deadline = std::chrono::steady_clock::now() + limits.deadline;
  of_navigation.stop = limits.stop;
  of_navigation.follow_redirects = limits.follow_redirects;
  return of_navigation;
}

// With what was done until then.
std::unexpected<Obstacle> stuck(Obstacle obstacle, Visit&& visit) {
  obstacle.exchanges = std::move(visit.exchanges);
  obstacle.form = std::move(visit.form);
  return std::unexpected(std::move(obstacle));
}

Obstacle endless(int pages, const HttpPage& last) {
  return fault(
      FailureCode::endless_refresh, {},
      target_error(fmt::format("{} pages in a row that continue automatically, the last one {}", pages, last.url()),
                   "the pages refresh or submit themselves in a loop"));
}

Visited HttpDriver::load(Session& session, Order order, const Limits& limits) const {
  const web::NavigationLimits of_navigation = navigation_limits(limits);
  Visit visit;
  visit.form = order.form;
  for (int continuations = 0;; ++continuations) {
    auto sent = send(session, order, of_navigation, visit);
    if (!sent) return stuck(std::move(sent.error()), std::move(visit));
    std::shared_ptr<HttpPage> page = std::move(sent->page);
    const web::Response& response = *sent->navigation.response();
    if (const Shown shown = shown_of(response); shown != Shown::answer && limits.follow_redirects) {
      // A request of its own is judged by its own answer.
      if (shown == Shown::nothing && session.page && order.request.reason != record::Reason::requested)
        page = std::make_shared<HttpPage>(*session.page, response);
      visit.answers.back() = page;
      visit.page = page;
      return visit;
    }
    visit.page = page;
    visit.handed_over = std::move(sent->navigation.handed_over);
    // Where another program opens the address, or a script or a client asked, the browser stays where it is.
    const bool is_page = order.request.as == SentAs::page;
    if (is_page && visit.handed_over.empty()) session.page = page;
    if (!limits.follow_redirects || !visit.handed_over.empty() || !is_page || !page->may_go_on()) return visit;
    auto next = continuation(*page);
    if (!next) return stuck(fault(FailureCode::broken_refresh, {}, std::move(next.error())), std::move(visit));
    visit.hindrance = std::move(next->hindrance);
    if (!next->order) {
      FramesToLoad frames{{page->address()}};
      next->order = load_frames(session, *page, frames, of_navigation, visit);
    }
    if (!next->order) return visit;
    if (continuations == most_continuations) return stuck(endless(continuations, *page), std::move(visit));
    order = std::move(*next->order);
  }
}

std::expected<HttpDriver::Arrival, Obstacle>
HttpDriver::arrive_in_frame(Session& session, Order order, const web::NavigationLimits& limits, Visit& visit) const {
  for (int continuations = 0;; ++continuations) {
    auto sent = send(session, order, limits, visit);
    if (!sent) return std::unexpected(std::move(sent.error()));
    Arrival arrival;
    const bool is_shown =
        shown_of(*sent->navigation.response()) == Shown::answer && sent->navigation.handed_over.empty();
    if (!is_shown || !limits.follow_redirects) {
      arrival.answer = *sent->navigation.response();
      return arrival;
    }
    arrival.page = std::move(sent->page);
    for (const std::string& words : order.sandboxes) arrival.page->put_in_sandbox(words);
    arrival.refusal = refusal_in_frame(*arrival.page, order.request.frame->ancestors);
    if (arrival.refusal) return arrival;
    auto next = continuation(*arrival.page);
    if (!next) return std::unexpected(fault(FailureCode::broken_refresh, {}, std::move(next.error())));
    visit.hindrance = std::move(next->hindrance);
    if (!next->order) return arrival;
    if (continuations == most_continuations) return std::unexpected(endless(continuations, *arrival.page));
    if (leaves_frame(*arrival.page, next->order->target)) {
      arrival.beyond = std::move(next->order);
      return arrival;
    }
    next->order->request.frame = std::move(order.request.frame);
    next->order->sandboxes = std::move(order.sandboxes);
    order = std::move(*next->order);
  }
}

// Few pages have frames: the stack that these two need is not that of every page.
[[gnu::noinline]] std::optional<Order> HttpDriver::load_frames(Session& session, HttpPage& page, FramesToLoad& frames,
                                                               const web::NavigationLimits& limits,
                                                               Visit& visit) const {
  const auto document = page.document();
  if (!document) return std::nullopt;
  std::vector<Frame> shown;
  std::optional<Order> beyond;
  const auto load_inside = [&](HttpPage& inside) {
    frames.around.push_back(inside.address());
    auto order = load_frames(session, inside, frames, limits, visit);
    frames.around.pop_back();
    if (!beyond) beyond = std::move(order);
  };
  for (web::Element element = (*document)->root(); element; element = element.next()) {
    if ((!element.is("iframe") && !element.is("frame")) || frames.left == 0) continue;
    --frames.left;
    Frame& frame = shown.emplace_back(element, std::string(element.attribute_or_empty("name")), std::string(), nullptr,
                                      std::string());
    std::vector<std::string> sandboxes = sandboxes_of(page, element);
    if (const auto source = element.attribute("srcdoc"); source && element.is("iframe")) {
      frame.label = frame_label(element, std::nullopt);
      web::Response response;
      response.status = 200;
      response.headers = {{"Content-Type", "text/html; charset=utf-8"}};
      response.body = *source;
      const auto inside = std::make_shared<HttpPage>(page.address(), std::move(response), origins_);
      inside->inherit(page.policy());
      for (const std::string& words : sandboxes) inside->put_in_sandbox(words);
      load_inside(*inside);
      frame.page = inside;
      continue;
    }
    const std::string_view source = trim(element.attribute_or_empty("src"));
    auto url = (*document)->resolve(source);
    frame.label = source.empty() || !url ? std::string(frame.name) : frame_label(element, *url);
    if (source.empty() || !url) continue;
    // A page in a frame of itself is loaded once more, and no further.
    const auto is_it = [&](const web::Url& each) { return each.without_fragment() == url->without_fragment(); };
    if (std::ranges::count_if(frames.around, is_it) > 1) continue;
    Order order = from_page(page, std::move(*url), record::Reason::framed);
    if (page.policy()->upgrades_insecure_requests()) upgrade(order.request);
    if (const auto policy = web::parse_referrer_policy(element.attribute_or_empty("referrerpolicy")))
      order.request.policy = *policy;
    order.request.frame = web::FramePlace{std::string(element.tag()), frames.around, page.policy()};
    order.sandboxes = std::move(sandboxes);
    web::NavigationLimits of_frame = limits;
    of_frame.deadline = std::min(limits.deadline, std::chrono::steady_clock::now() + longest_frame);
    Visit beside;
    auto arrival = arrive_in_frame(session, std::move(order), of_frame, beside);
    visit.exchanges.insert(visit.exchanges.end(), std::make_move_iterator(beside.exchanges.begin()),
                           std::make_move_iterator(beside.exchanges.end()));
    if (!arrival) {
      frame.refusal = arrival.error().error.what;
      continue;
    }
    if (arrival->refusal) frame.refusal = arrival->refusal->why;
    if (!arrival->page || arrival->refusal) continue;
    if (!beyond) beyond = std::move(arrival->beyond);
    load_inside(*arrival->page);
    frame.page = std::move(arrival->page);
  }
  page.show_in_frames(std::move(shown));
  return beyond;
}

[[gnu::noinline]] Visited HttpDriver::load_in_frame(Session& session, Order order, const FramePath& path,
                                                    const Limits& limits) const {
  const web::NavigationLimits of_navigation = navigation_limits(limits);
  const HttpPage& window = *session.page;
  const web::FramePlace place = place_of(window, path);
  const Frame& frame = window.frame_at(path);
  const std::string label = frame.label;
  order.request.frame = place;
  order.sandboxes = sandboxes_of(window.document_at(std::span(path).first(path.size() - 1)), frame.element);
  Visit visit;
  visit.form = order.form;
  auto arrival = arrive_in_frame(session, std::move(order), of_navigation, visit);
  if (!arrival) return stuck(std::move(arrival.error()), std::move(visit));
  if (arrival->refusal) {
    Obstacle refused = fault(FailureCode::forbidden_frame, label,
                             target_error(fmt::format("{} may not be shown in the frame {}: {}",
                                                      arrival->page->shown_path(), label, arrival->refusal->why),
                                          "a browser shows an empty frame; let the page be framed, or send the form to "
                                          "the whole window with target=\"_top\""));
    refused.policy = std::move(arrival->refusal->policy);
    return stuck(std::move(refused), std::move(visit));
  }
  std::shared_ptr<HttpPage> page;
  if (arrival->answer) {
    page = std::make_shared<HttpPage>(window, *arrival->answer);
  } else {
    FramesToLoad frames{place.ancestors};
    frames.around.push_back(arrival->page->address());
    auto beyond = load_frames(session, *arrival->page, frames, of_navigation, visit);
    if (!arrival->beyond) arrival->beyond = std::move(beyond);
    page = std::make_shared<HttpPage>(window, path, arrival->page);
    session.page = page;
  }
  visit.answers.back() = page;
  visit.page = page;
  if (!arrival->beyond) return visit;
  Limits left = limits;
  left.deadline =
      std::max(std::chrono::ceil<std::chrono::milliseconds>(of_navigation.deadline - std::chrono::steady_clock::now()),
               std::chrono::milliseconds(0));
  Visited whole = load(session, std::move(*arrival->beyond), left);
  auto& exchanges = whole ? whole->exchanges : whole.error().exchanges;
  exchanges.insert(exchanges.begin(), std::make_move_iterator(visit.exchanges.begin()),
                   std::make_move_iterator(visit.exchanges.end()));
  if (!whole) {
    whole.error().form = std::move(visit.form);
    return whole;
  }
  whole->answers.insert(whole->answers.begin(), visit.answers.begin(), visit.answers.end());
  whole->form = std::move(visit.form);
  return whole;
}

Visited HttpDriver::load_from(const HttpPage& page, const FramePath& source, Order order, const Limits& limits) {
  const auto path = target_of(page, source, order.target);
  if (!path)
    return std::unexpected(fault(FailureCode::forbidden_frame, order.target,
                                 target_error("the sandbox of the frame does not let it load anything into the whole "
                                              "window",
                                              "a browser stays on the page; add allow-top-navigation to the sandbox")));
  if (!source.empty() && order.form) order.form->frame = page.frame_at(source).label;
  return path->empty() ? load(*session_, std::move(order), limits)
                       : load_in_frame(*session_, std::move(order), *path, limits);
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
    std::vector<web::FileEntry> uploads;
    for (const File& file : *files) uploads.push_back({file.name, file.contents});
    return filling.fill(field.field, std::move(uploads));
  }
  std::vector<Value> choices;
  for (const Value& value : std::get<std::vector<Value>>(field.value)) choices.push_back(form_text(value, password));
  return filling.fill(field.field, choices);
}

std::expected<HttpDriver::ReadyForm, Obstacle> HttpDriver::fill_in(std::string_view words,
                                                                   const std::vector<Filling>& with,
                                                                   const std::vector<SentEntry>& send) const {
  const auto page = readable_page(FailureCode::missing_form, words);
  if (!page) return std::unexpected(page.error());
  std::vector<std::string> names;
  for (const Filling& field : with) names.push_back(field.field);
  // Entries may be sent that no form has; of several forms the one that has them is meant.
  std::vector<std::string> sent_names = names;
  for (const auto& [name, sent] : send) sent_names.push_back("name:" + name);
  const auto find = [&](const web::Forms& forms, web::Precision precision) {
    auto found = web::find_submit(forms, words, names, precision);
    if (found || send.empty()) return found;
    auto narrowed = web::find_submit(forms, words, sent_names, precision);
    return narrowed ? narrowed : found;
  };
  const FramePath place = (*page)
                              ->find_by_words([&](const HttpPage& each, web::Precision precision) {
                                return find(each.forms(), precision).has_value();
                              })
                              .value_or(FramePath());
  const HttpPage& shown = (*page)->document_at(place);
  const web::Forms& forms = shown.forms();
  const auto submit = find(forms, web::Precision::any);
  if (!submit) {
    if (is_made_by_scripts(**page)) return std::unexpected(unable(made_by_scripts(words)));
    Error missing = with_hint(submit.error(), (*page)->frames_hint());
    if (const auto link = script_link(**page, words))
      missing = with_hint(std::move(missing), link->what + "\n" + link->hint);
    return std::unexpected(fault(missing_form_code(forms, words), words, std::move(missing)));
  }
  web::FormFilling filling(forms, *submit->form);
  for (const Filling& field : with) {
    const auto controls = web::find_field(forms, *submit->form, field.field);
    const bool password = controls && is_password_type(controls->front()->type);
    const Result<void> filled = controls ? fill(filling, field, password) : std::unexpected(controls.error());
    if (!filled) return std::unexpected(fault(FailureCode::missing_field, field.field, filled.error()));
  }
  for (const auto& [name, sent] : send) {
    if (const auto* value = std::get_if<Value>(&sent)) filling.send(name, *value);
    if (const auto* file = std::get_if<File>(&sent)) filling.send(name, web::FileEntry{file->name, file->contents});
    if (std::holds_alternative<LeftOut>(sent)) filling.leave_out(name);
  }
  auto submission = filling.submit(submit->button, boundary());
  if (!submission) return std::unexpected(fault(FailureCode::missing_form, words, submission.error()));
  return ReadyForm{
      .page = *page, .place = place, .order = press(shown, std::move(*submission), *submit, record::Reason::submitted)};
}

Visited HttpDriver::submit(std::string_view form, const std::vector<Filling>& with, const std::vector<SentEntry>& send,
                           const Limits& limits) {
  auto ready = fill_in(form, with, send);
  if (!ready) return std::unexpected(std::move(ready.error()));
  return load_from(*ready->page, ready->place, std::move(ready->order), limits);
}

std::expected<record::FilledForm, Obstacle> HttpDriver::preview(std::string_view form, const std::vector<Filling>& with,
                                                                const std::vector<SentEntry>& send) const {
  auto ready = fill_in(form, with, send);
  if (!ready) return std::unexpected(std::move(ready.error()));
  if (!ready->place.empty()) ready->order.form->frame = ready->page->frame_at(ready->place).label;
  return *std::move(ready->order.form);
}

Visited HttpDriver::click(std::string_view words, const Limits& limits) {
  const auto page = readable_page(FailureCode::missing_link, words);
  if (!page) return std::unexpected(page.error());
  const FramePath place = (*page)
                              ->find_by_words([&](const HttpPage& each, web::Precision precision) {
                                const auto read = each.document();
                                return read && web::find_click(each.forms(), **read, words, precision).has_value();
                              })
                              .value_or(FramePath());
  const HttpPage& shown = (*page)->document_at(place);
  const web::Forms& forms = shown.forms();
  const std::shared_ptr<const web::Document> document = *shown.document();
  const auto found = web::find_click(forms, *document, words);
  if (!found) {
    if (is_made_by_scripts(**page)) return std::unexpected(unable(made_by_scripts(words)));
    return std::unexpected(fault(FailureCode::missing_link, words, with_hint(found.error(), (*page)->frames_hint())));
  }
  if (const auto* link = std::get_if<web::Link>(&*found)) {
    auto url = document->resolve(link->href);
    if (!url)
      return std::unexpected(
          fault(FailureCode::unusable_link, words, script_link(shown, words).value_or(std::move(url.error()))));
    if (auto submission = web::method_submission(link->element, *url))
      return load_from(**page, place, press(shown, std::move(*submission), words, record::Reason::clicked), limits);
    return load_from(**page, place, along(shown, link->element, std::move(*url)), limits);
  }
  const auto& button = std::get<web::SubmitTarget>(*found);
  const web::FormFilling filling(forms, *button.form);
  auto submission = filling.submit(button.button, boundary());
  if (!submission) return std::unexpected(fault(FailureCode::missing_link, words, submission.error()));
  return load_from(**page, place, press(shown, std::move(*submission), button, record::Reason::clicked), limits);
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

Result<void> HttpDriver::set_cookie(const std::string& name, const std::optional<Value>& value) {
  const web::Url& url = session_->page ? session_->page->address() : settings_.base;
  if (!value) {
    session_->data.cookies.remove(name, url.host());
    return {};
  }
  // What ends a value, or the header.
  const ClearText clear = reveal(*value);
  if (clear.view().find_first_of(std::string_view(";\r\n\0", 4)) != std::string_view::npos)
    return std::unexpected(
        usage_error(fmt::format("the value of the cookie \"{}\" holds a semicolon or a line break", name),
                    "encode it as the app does, for example by percent-encoding"));
  const web::StoreOutcome outcome =
      session_->data.cookies.store(fmt::format("{}={}; Path=/{}", name, clear.view(), url.secure() ? "; Secure" : ""),
                                   url, {}, std::chrono::system_clock::now());
  if (outcome.dropped)
    return std::unexpected(usage_error(fmt::format("no browser keeps the cookie \"{}\" of {}", name, url.origin()),
                                       "its prefix, its size or its characters forbid it"));
  return {};
}

// Whatever their path, so that a wrong path can be distinguished from a missing cookie. Those of the target are among
// them on other hosts, too: a cookie of the app is not gone because another host is open.
std::vector<Cookie> HttpDriver::cookies() const {
  const std::string& target = settings_.base.host();
  const std::string& open = session_->page ? session_->page->address().host() : target;
  const record::Instant now = std::chrono::system_clock::now();
  std::vector<Cookie> of_page, of_target;
  for (const web::Cookie& held : session_->data.cookies.all()) {
    const bool is_of_page = web::is_for_host(held, open);
    if ((!is_of_page && !web::is_for_host(held, target)) || (held.expires && *held.expires <= now)) continue;
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
    (is_of_page ? of_page : of_target).push_back(std::move(cookie));
  }
  of_page.insert(of_page.end(), std::make_move_iterator(of_target.begin()), std::make_move_iterator(of_target.end()));
  return of_page;
}

} // namespace

std::unique_ptr<Driver> make_http_driver(HttpDriverSettings settings) {
  return std::make_unique<HttpDriver>(std::move(settings));
}

} // namespace murphy::drive
