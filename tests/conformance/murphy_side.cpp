// Murphy's side of the comparison with a browser: reads one JSON object a line, answers with one a line.
//   murphy_side validity    {"html", "cases": [{"id", "text"?, "checked"?, "selected"?}]} → the flags of each control
//   murphy_side submit      {"address", "fill": [{"id", "text" | "label" | "checked" | "files": [{"name",
//   "contents"}]}],
//                           "button"} → loads the page, fills it in and submits it for real, following nothing; answers
//                           {"sent"} or {"refused": why}
//   murphy_side fetch       {"page", "address", "method", "headers": [[name, value]], "type", "body"} → loads the page
//                           and asks for the address as a script in it would; answers as submit does
//   murphy_side navigate    {"base", "ca", "steps": [{"open" | "press" | "click"}]} → goes through a small web as
//                           scenarios do; answers where it ends: {"address", "title", "text"}, and "stopped": why
#include "drive/http_driver.h"
#include "web/forms/entry_list.h"
#include "web/forms/validity.h"
#include "web/http/http_client.h"
#include "web/navigation/navigation.h"
#include "web/text/charset.h"

#include <boost/json.hpp>

#include <algorithm>
#include <chrono>
#include <iostream>
#include <memory>
#include <string>
#include <string_view>

namespace murphy::conformance {
namespace {

namespace json = boost::json;
using namespace web;

const Control* control_of(const Forms& forms, std::string_view id) {
  const auto found = std::ranges::find(forms.controls, id, &Control::id);
  return found == forms.controls.end() ? nullptr : &*found;
}

std::string_view text_of(const json::object& object, std::string_view name) {
  const json::value* value = object.if_contains(name);
  return value == nullptr ? std::string_view() : std::string_view(value->as_string());
}

json::object judge(const Forms& forms, const json::object& asked) {
  const Control* control = control_of(forms, text_of(asked, "id"));
  if (control == nullptr) return {{"lost", true}};
  const Constraints constraints = declared_constraints(forms, *control);
  Entered entered = as_loaded(forms, *control);
  if (asked.contains("text")) {
    entered.text = text_of(asked, "text");
    entered.edited = true;
  }
  if (const json::value* checked = asked.if_contains("checked")) entered.checked = checked->as_bool();
  if (const json::value* selected = asked.if_contains("selected")) {
    entered.selected.assign(entered.selected.size(), false);
    for (const json::value& index : selected->as_array()) {
      const auto at = static_cast<std::size_t>(index.as_int64());
      if (at < entered.selected.size()) entered.selected[at] = true;
    }
  }
  const Validity found = validity(*control, constraints, entered);
  const auto flag = [](MatchAnswer answer) -> json::value {
    if (answer == MatchAnswer::unknown) return "unknown";
    return answer == MatchAnswer::yes;
  };
  json::object flags{{"willValidate", !constraints.barred},
                     {"valueMissing", flag(found.value_missing)},
                     {"typeMismatch", flag(found.type_mismatch)},
                     {"patternMismatch", flag(found.pattern_mismatch)},
                     {"tooLong", flag(found.too_long)},
                     {"tooShort", flag(found.too_short)},
                     {"rangeUnderflow", flag(found.range_underflow)},
                     {"rangeOverflow", flag(found.range_overflow)},
                     {"stepMismatch", flag(found.step_mismatch)},
                     {"badInput", flag(found.bad_input)},
                     {"valid", flag(found.valid())}};
  if (!found.doubt.empty()) flags["doubt"] = found.doubt;
  if (constraints.pattern) flags["patternEnforced"] = constraints.pattern->enforced();
  return flags;
}

json::object validities(const json::object& asked) {
  auto document = Document::parse(std::string(text_of(asked, "html")), *Url::parse("http://app.test/"));
  if (!document) return {{"refused", document.error().what}};
  const Forms forms = read_forms(**document);
  json::array answers;
  for (const json::value& one : asked.at("cases").as_array()) answers.push_back(judge(forms, one.as_object()));
  return {{"cases", std::move(answers)}};
}

json::object refused(const Error& error) { return {{"refused", error.what}}; }

std::vector<FileEntry> uploads(const json::array& files) {
  std::vector<FileEntry> chosen;
  for (const json::value& file : files)
    chosen.push_back(
        {std::string(text_of(file.as_object(), "name")), std::string(text_of(file.as_object(), "contents"))});
  return chosen;
}

// The page's policy for a Referer.
void add_policy(NavigationRequest& request, const Document& document, const Response& response) {
  if (const auto policy = parse_referrer_policy(document.referrer_policy()))
    request.policy = *policy;
  else if (const auto said = response_referrer_policy(response.headers))
    request.policy = *said;
}

json::object fetch(HttpClient& client, const json::object& asked) {
  SiteData data;
  NavigationLimits limits;
  limits.deadline = std::chrono::steady_clock::now() + std::chrono::seconds(20);
  const Navigation opened = navigate(client.transport(), data, {.url = *Url::parse(text_of(asked, "page"))}, limits);
  if (opened.response() == nullptr) return refused(*opened.stopped);
  const auto document = Document::parse(opened.response()->body, opened.url(), "UTF-8");
  if (!document) return refused(document.error());
  NavigationRequest request{.url = *Url::parse(text_of(asked, "address"), &opened.url()),
                            .method = std::string(text_of(asked, "method")),
                            .body = std::string(text_of(asked, "body")),
                            .content_type = std::string(text_of(asked, "type")),
                            .initiator = opened.url(),
                            .reason = record::Reason::requested,
                            .as = SentAs::script};
  for (const json::value& pair : asked.at("headers").as_array())
    request.headers.push_back({std::string(pair.at(0).as_string()), std::string(pair.at(1).as_string())});
  add_policy(request, **document, *opened.response());
  const Navigation sent = navigate(client.transport(), data, request, limits);
  if (sent.stopped) return refused(*sent.stopped);
  return {{"sent", true}};
}

// As drive/http_driver does it: the page's referrer policy, then the form.
json::object submit(HttpClient& client, const json::object& asked) {
  SiteData data;
  NavigationLimits limits;
  limits.deadline = std::chrono::steady_clock::now() + std::chrono::seconds(20);
  limits.follow_redirects = false;
  const Navigation opened = navigate(client.transport(), data, {.url = *Url::parse(text_of(asked, "address"))}, limits);
  if (opened.response() == nullptr) return refused(*opened.stopped);
  const Response& response = *opened.response();
  const std::string* type = record::find_header(response.headers, "Content-Type");
  const std::string encoding = sniff_encoding(response.body, type == nullptr ? "" : *type, BodySyntax::html);
  const auto document = Document::parse(decode(response.body, encoding), opened.url(), encoding);
  if (!document) return refused(document.error());
  const Forms forms = read_forms(**document);

  const Control* button = control_of(forms, text_of(asked, "button"));
  if (button == nullptr || !button->form) return {{"refused", "the button has no form"}};
  FormFilling filling(forms, forms.forms[*button->form]);
  for (const json::value& one : asked.at("fill").as_array()) {
    const json::object& field = one.as_object();
    const std::string name = "#" + std::string(text_of(field, "id"));
    const std::string text(text_of(field, field.contains("label") ? "label" : "text"));
    const auto filled = field.contains("checked") ? filling.fill(name, field.at("checked").as_bool())
                        : field.contains("files") ? filling.fill(name, uploads(field.at("files").as_array()))
                                                  : filling.fill(name, Value(text));
    if (!filled) return refused(filled.error());
  }
  const auto submission = filling.submit(button, "----MurphyBoundary");
  if (!submission) return refused(submission.error());
  NavigationRequest request{.url = submission->url,
                            .method = submission->method,
                            .body = submission->body,
                            .content_type = submission->content_type,
                            .initiator = opened.url(),
                            .reason = record::Reason::submitted};
  add_policy(request, **document, response);
  const Navigation sent = navigate(client.transport(), data, request, limits);
  if (sent.stopped) return refused(*sent.stopped);
  return {{"sent", true}};
}

// Every host of *.test is this machine.
Result<std::vector<std::string>> lookup(const std::string& host) {
  if (host.ends_with(".test")) return std::vector<std::string>{"127.0.0.1"};
  return system_lookup(host);
}

json::object go(const json::object& asked) {
  HttpSettings settings;
  settings.tls.ca = text_of(asked, "ca");
  settings.lookup = lookup;
  const auto client = HttpClient::make(std::move(settings));
  if (!client) return refused(client.error());
  const auto driver = drive::make_http_driver({(*client)->transport(), *Url::parse(text_of(asked, "base"))});
  json::object result;
  for (const json::value& one : asked.at("steps").as_array()) {
    const json::object& step = one.as_object();
    const drive::Visited visited = step.contains("open")    ? driver->open(text_of(step, "open"), {})
                                   : step.contains("press") ? driver->submit(text_of(step, "press"), {}, {}, {})
                                                            : driver->click(text_of(step, "click"), {});
    if (!visited) result["stopped"] = visited.error().error.what;
  }
  const auto page = driver->page();
  result["address"] = page ? page->url() : "about:blank";
  result["title"] = page ? page->title() : "";
  result["text"] = page ? page->text() : "";
  return result;
}

int answer_lines(std::string_view mode) {
  auto client = HttpClient::make({});
  if (!client || (mode != "validity" && mode != "submit" && mode != "fetch" && mode != "navigate")) return 2;
  for (std::string line; std::getline(std::cin, line);) {
    const json::object asked = json::parse(line).as_object();
    std::cout << json::serialize(mode == "submit"     ? submit(**client, asked)
                                 : mode == "fetch"    ? fetch(**client, asked)
                                 : mode == "navigate" ? go(asked)
                                                      : validities(asked))
              << std::endl;
  }
  return 0;
}

} // namespace
} // namespace murphy::conformance

int main(int count, char** arguments) { return count == 2 ? murphy::conformance::answer_lines(arguments[1]) : 2; }
