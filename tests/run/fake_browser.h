// A driver and pages made of plain values, of an app at http://app.test that has http://www.app.test as a further
// origin, so that what run/ decides is tested without HTTP and HTML.
#pragma once

#include "base/label.h"
#include "base/text.h"
#include "drive/driver.h"

#include <algorithm>
#include <deque>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace murphy::run {

struct FakePage final : drive::Page {
  std::string address = "http://app.test/";
  int code = 200;
  std::vector<record::Header> header_lines;
  SharedText content;
  std::string heading;
  std::string words;
  std::map<std::string, std::vector<drive::Element>, std::less<>> elements; // by selector
  std::vector<record::ShownError> shown;
  std::vector<std::string> forms;
  std::vector<std::string> linked;      // the paths it leads to
  std::vector<std::string> field_names; // of fields in any form
  drive::FormSeen declared;             // of every form
  std::optional<Error> unreadable;
  bool html = true;
  bool scripted = false; // scripts make the page

  const std::string& url() const override { return address; }
  std::string path() const override {
    const std::string_view whole = std::string_view(address).substr(0, address.find('?'));
    for (const std::string_view origin : {"http://app.test", "http://www.app.test"})
      if (whole.starts_with(std::string(origin) + "/")) return std::string(whole.substr(origin.size()));
    return std::string(whole);
  }
  std::string shown_path() const override {
    return address.starts_with("http://app.test/") ? path() : address.substr(0, address.find('?'));
  }
  int status() const override { return code; }
  const std::vector<record::Header>& headers() const override { return header_lines; }
  const SharedText& body() const override { return content; }
  Result<void> readable() const override {
    if (unreadable) return std::unexpected(*unreadable);
    return {};
  }
  bool is_html() const override { return html; }
  bool is_made_by_scripts() const override { return scripted; }
  std::string title() const override { return heading; }
  std::string text() const override { return words; }
  std::vector<std::string> lines() const override {
    std::vector<std::string> all = words.empty() ? std::vector<std::string>{} : std::vector<std::string>{words};
    for (const record::ShownError& error : shown) all.push_back(error.words);
    return all;
  }
  Result<std::vector<drive::Element>> select(std::string_view css) const override {
    const auto found = elements.find(css);
    return found == elements.end() ? std::vector<drive::Element>{} : found->second;
  }
  std::vector<record::ShownError> errors(std::string_view = {}) const override { return shown; }
  std::vector<record::ShownError> errors_at(std::string_view field, std::string_view = {}) const override {
    std::vector<record::ShownError> found;
    for (const record::ShownError& error : shown)
      if (goes_by(error.labels, field)) found.push_back(error);
    return found;
  }
  std::vector<std::string> leads_to() const override { return linked; }
  std::vector<std::string> attribute_words() const override {
    std::vector<std::string> words;
    if (const auto all = elements.find("*"); all != elements.end())
      for (const drive::Element& element : all->second)
        for (const auto& [attribute, value] : element.attributes) {
          words.push_back(attribute);
          for (const std::string_view word : split(value, ' ')) words.emplace_back(word);
        }
    std::ranges::sort(words);
    const auto repeated = std::ranges::unique(words);
    words.erase(repeated.begin(), repeated.end());
    return words;
  }
  Result<drive::FormSeen> form(std::string_view name, const std::vector<std::string>& fields) const override {
    if (const auto there = has_form(name); !there)
      return std::unexpected(Error{ErrorKind::target, there.error().reason.what, there.error().reason.hint, {}, {}});
    drive::FormSeen seen = declared;
    for (const std::string& field : fields) {
      const auto found =
          std::ranges::find_if(seen.fields, [&](const drive::FormField& each) { return each.labels.front() == field; });
      if (found == seen.fields.end())
        return std::unexpected(Error{ErrorKind::target, "no field \"" + field + "\"", "the form has others", {}, {}});
      seen.asked.push_back(static_cast<std::size_t>(found - seen.fields.begin()));
    }
    return seen;
  }
  std::expected<void, record::Failure> has_form(std::string_view name) const override {
    for (const std::string& each : forms)
      if (each == name) return {};
    record::Failure missing;
    missing.code = record::FailureCode::missing_form;
    missing.subject = name;
    missing.reason = {"no such form", "the page has others"};
    return std::unexpected(std::move(missing));
  }
  std::expected<void, record::Failure> has_field(std::string_view name) const override {
    if (goes_by(field_names, name)) return {};
    record::Failure missing;
    missing.code = record::FailureCode::missing_field;
    missing.subject = name;
    missing.reason = {"no such field", "the page has others"};
    return std::unexpected(std::move(missing));
  }
  record::PageSeen seen(std::string_view = {}, drive::PageParts parts = drive::PageParts::all) const override {
    return {address, code, heading, {}, {}, {}, parts == drive::PageParts::all ? words : std::string(), {}};
  }
  std::shared_ptr<const drive::Page> unread() const override { return std::make_shared<FakePage>(*this); }
};

inline std::shared_ptr<FakePage> fake_page(std::string path, int status = 200) {
  auto page = std::make_shared<FakePage>();
  page->address = "http://app.test" + std::move(path);
  page->code = status;
  return page;
}

// The dashboard of a signed-in user.
inline std::shared_ptr<FakePage> dashboard_page() {
  auto page = fake_page("/dashboard");
  page->elements["[data-user]"] = {{"Ada", {}}};
  page->words = "Welcome, Ada";
  return page;
}

inline std::shared_ptr<FakePage> sign_in_page(int status = 200, std::string path = "/login") {
  auto page = fake_page(std::move(path), status);
  page->elements["input[type=password]"] = {{"", {}}};
  page->forms = {"Sign in"};
  return page;
}

// The pages one action is answered with, redirects first. As if an address had been opened.
inline drive::Visit visit_of(const std::vector<std::shared_ptr<FakePage>>& answers) {
  drive::Visit visit;
  for (const auto& answer : answers) {
    visit.answers.push_back(answer);
    record::Exchange exchange;
    exchange.reason = visit.exchanges.empty() ? record::Reason::opened : record::Reason::redirected;
    exchange.method = "GET";
    exchange.url = answer->address;
    exchange.status = answer->code;
    exchange.body = answer->content;
    visit.exchanges.push_back(std::move(exchange));
  }
  visit.page = visit.answers.back();
  return visit;
}

// Answers every action with the next of `visits`, and probes with what `visitor` and `member` say.
struct FakeDriver : drive::Driver {
  std::deque<drive::Visited> visits;
  drive::Visited visitor = visit_of({fake_page("/dashboard", 302), fake_page("/login")}); // probes without a session
  drive::Visited member = visit_of({fake_page("/dashboard", 302), fake_page("/login")});  // probes with it
  std::vector<drive::Cookie> jar;
  std::deque<std::vector<drive::Cookie>> later_jars; // what it is after each action; it stays, when there are no more
  std::shared_ptr<const drive::Page> current;
  std::vector<std::string> log; // what was asked: "open /login", "submit Sign in", "probe /dashboard anonymous"

  drive::Visited next(std::string what) {
    log.push_back(std::move(what));
    if (visits.empty()) {
      drive::Obstacle obstacle;
      obstacle.error = {ErrorKind::internal, "the test gave no more answers", {}, {}, {}};
      return std::unexpected(obstacle);
    }
    drive::Visited visited = std::move(visits.front());
    visits.pop_front();
    if (!later_jars.empty()) {
      jar = std::move(later_jars.front());
      later_jars.pop_front();
    }
    if (visited) current = visited->page;
    return visited;
  }
  // The same of an action by which its first request came about.
  drive::Visited next(std::string what, record::Reason reason, std::string method) {
    drive::Visited visited = next(std::move(what));
    if (visited && !visited->exchanges.empty()) {
      visited->exchanges.front().reason = reason;
      visited->exchanges.front().method = std::move(method);
    }
    return visited;
  }
  drive::Visited open(std::string_view url, const drive::Limits&) override { return next("open " + std::string(url)); }
  drive::Visited submit(std::string_view form, const std::vector<drive::Filling>& with,
                        const std::vector<drive::SentEntry>& send, const drive::Limits&) override {
    std::string what = "submit " + std::string(form);
    for (const drive::Filling& filling : with) {
      what += " " + filling.field + "=";
      if (const auto* value = std::get_if<Value>(&filling.value)) what += std::string(reveal(*value).view());
      if (const auto* files = std::get_if<std::vector<drive::File>>(&filling.value))
        for (const drive::File& file : *files) what += file.name + ":" + file.contents;
    }
    for (const auto& [name, value] : send) {
      if (const auto* text = std::get_if<Value>(&value)) what += " +" + name + "=" + std::string(reveal(*text).view());
      if (const auto* file = std::get_if<drive::File>(&value)) what += " +" + name + "=" + file->name;
      if (std::holds_alternative<drive::LeftOut>(value)) what += " -" + name;
    }
    return next(std::move(what), record::Reason::submitted, "POST");
  }
  std::expected<record::FilledForm, drive::Obstacle> preview(std::string_view form,
                                                             const std::vector<drive::Filling>& with,
                                                             const std::vector<drive::SentEntry>&) const override {
    record::FilledForm filled;
    filled.name = form;
    for (const drive::Filling& filling : with) filled.fields.emplace_back().name = filling.field;
    return filled;
  }
  drive::Visited click(std::string_view words, const drive::Limits&) override {
    return next("click " + std::string(words), record::Reason::clicked, "GET");
  }
  drive::Visited request(const drive::RawRequest& raw, const drive::Limits&) override {
    std::string what = "request " + raw.method + " " + raw.url;
    if (raw.as == SentAs::client) what += " as client";
    if (raw.as == SentAs::script) what += " as script";
    for (const auto& [name, value] : raw.headers) what += " " + name + ":" + std::string(reveal(value).view());
    if (raw.body) what += " " + std::string(reveal(*raw.body).view());
    return next(std::move(what));
  }
  drive::Visited probe(std::string_view url, drive::Credentials credentials, record::Reason,
                       const drive::Limits&) override {
    const bool anonymous = credentials == drive::Credentials::omit;
    log.push_back("probe " + std::string(url) + (anonymous ? " anonymous" : ""));
    return anonymous ? visitor : member;
  }
  void authorize(std::optional<Authorization> authorization) override {
    log.push_back(authorization ? "authorize " + std::string(reveal(authorization->user).view()) + " " +
                                      std::string(reveal(authorization->secret).view())
                                : "authorize nothing");
  }
  void set_headers(const std::vector<std::pair<std::string, Value>>& headers) override {
    for (const auto& [name, value] : headers) log.push_back("header " + name + "=" + std::string(reveal(value).view()));
  }
  Result<void> set_cookie(const std::string& name, const std::optional<Value>& value) override {
    log.push_back("cookie " + name + (value ? "=" + std::string(reveal(*value).view()) : " removed"));
    return {};
  }
  bool is_of_target(std::string_view url) const override { return url.starts_with('/'); }
  std::string path_of(std::string_view url) const override { return std::string(url); }
  std::vector<std::string> addresses_of(std::string_view url) const override { return {std::string(url)}; }
  void fresh_session() override { log.push_back("fresh"); }
  void go_back_to(const std::shared_ptr<const drive::Page>& page) override { log.push_back("back to " + page->path()); }
  void use_session(const std::string& name) override { log.push_back("session " + name); }
  Kept keep() const override { return std::make_shared<const std::vector<drive::Cookie>>(jar); }
  void restore(const Kept& kept) override { jar = *static_cast<const std::vector<drive::Cookie>*>(kept.get()); }
  std::vector<drive::Cookie> cookies() const override { return jar; }
  bool has_heard_of_cookie(std::string_view name) const override {
    return std::ranges::find(jar, name, &drive::Cookie::name) != jar.end();
  }
  std::shared_ptr<const drive::Page> page() const override { return current; }
};

} // namespace murphy::run
