#include "chromium/page_watch.h"

#include "base/text.h"
#include "chromium/embedded.h"
#include "chromium/messages.h"
#include "imported/json_members.h"
#include "imported/secret_fields.h"

#include <algorithm>
#include <boost/json/object.hpp>
#include <boost/json/parse.hpp>

namespace murphy::chromium {
namespace {

namespace json = boost::json;
using imported::Action;
using imported::object_member;
using imported::text_member;

constexpr const char* world = "murphy";
constexpr std::size_t longest_selection = 70; // columns: what is cut with an ellipsis is found nowhere

bool flag_member(const json::object& object, std::string_view key) {
  const json::value* value = object.if_contains(key);
  return value != nullptr && value->is_bool() && value->get_bool();
}

// As many whole words as fit.
std::string first_words(const std::string& text) {
  std::string words;
  for (const std::string_view word : split(text, ' ')) {
    if (!words.empty() && display_width(words) + 1 + display_width(word) > longest_selection) break;
    if (!words.empty()) words += ' ';
    words += word;
  }
  return display_width(words) > longest_selection ? std::string() : words;
}

// Without "name:" or "id:", by which a field goes that has no label.
std::string_view bare(std::string_view name) {
  for (const std::string_view kind : {"name:", "id:"})
    if (name.starts_with(kind)) return name.substr(kind.size());
  return name;
}

// Luhn's check of a number with as many digits as cards have.
bool is_card_number(std::string_view digits) {
  if (digits.size() < 13 || digits.size() > 19) return false;
  int sum = 0;
  for (std::size_t at = 0; at < digits.size(); ++at) {
    int digit = digits[digits.size() - 1 - at] - '0';
    if (at % 2 == 1) digit = digit * 2 > 9 ? digit * 2 - 9 : digit * 2;
    sum += digit;
  }
  return sum % 10 == 0;
}

// A card number, or a few digits, as codes are.
bool is_code(std::string_view value) {
  std::string digits;
  for (const char c : value) {
    if (is_digit(c))
      digits += c;
    else if (c != ' ' && c != '-')
      return false;
  }
  return is_card_number(digits) || (digits.size() >= 4 && digits.size() <= 8);
}

// Whether a value is taken, by all that the page says of its field, and by the value itself.
Action::Hidden hidden_of(const json::object& told, std::string_view name, std::string_view value) {
  std::vector<std::string> names{std::string(name)};
  if (const json::value* all = told.if_contains("names"); all != nullptr && all->is_array())
    for (const json::value& each : all->get_array())
      if (each.is_string()) names.emplace_back(each.get_string().c_str());
  const std::string purpose = ascii_lower(text_member(told, "purpose"));
  if (purpose.contains("password") || std::ranges::any_of(names, imported::names_a_password))
    return Action::Hidden::password;
  if (purpose.contains("one-time-code") || purpose.contains("cc-") ||
      std::ranges::any_of(names, imported::names_a_code))
    return Action::Hidden::code;
  if (flag_member(told, "hidden")) return Action::Hidden::password;
  if (flag_member(told, "chosen") || flag_member(told, "ticks")) return Action::Hidden::no;
  const bool takes_code = flag_member(told, "numeric") && flag_member(told, "short");
  return takes_code || is_code(value) ? Action::Hidden::code : Action::Hidden::no;
}

} // namespace

std::string PageWatch::command(std::string_view method, const json::object& parameters, std::string_view session) {
  return command_text(++last_id_, method, parameters, session);
}

std::vector<std::string> PageWatch::begin() {
  return {
      command("Target.setAutoAttach", {{"autoAttach", true}, {"waitForDebuggerOnStart", true}, {"flatten", true}}, {})};
}

// Everything is in place before the first script of the page runs.
std::vector<std::string> PageWatch::attached(const json::object& parameters) {
  const std::string session = text_member(parameters, "sessionId");
  const json::object& target = object_member(parameters, "targetInfo");
  const std::string type = text_member(target, "type");
  std::vector<std::string> commands;
  if (type == "page" || type == "iframe") {
    commands = {command("Page.enable", {}, session),
                command("Network.enable", {}, session),
                command("Runtime.enable", {}, session),
                command("Runtime.addBinding", {{"name", "murphyTell"}, {"executionContextName", world}}, session),
                command("Page.addScriptToEvaluateOnNewDocument",
                        {{"source", embedded_page_script}, {"worldName", world}}, session),
                command("Target.setAutoAttach",
                        {{"autoAttach", true}, {"waitForDebuggerOnStart", true}, {"flatten", true}}, session)};
  }
  commands.push_back(command("Runtime.runIfWaitingForDebugger", {}, session));
  if (type != "page") return commands;
  windows_[session] = text_member(target, "targetId");
  used_ = session;
  if (has_window_) return commands;
  has_window_ = true;
  prepared_ = last_id_;
  return commands;
}

void PageWatch::told(const std::string& payload) {
  json::error_code error;
  const json::value read = json::parse(payload, error);
  if (error || !read.is_object()) return;
  const json::object& told = read.get_object();
  const std::string kind = text_member(told, "kind");
  Action action{.name = text_member(told, "name")};
  if (kind == "press") {
    action.kind = Action::Kind::press;
  } else if (kind == "enter") {
    action.kind = Action::Kind::enter;
  } else if (kind == "type") {
    action.kind = Action::Kind::type;
    std::string value = text_member(told, "value");
    action.hidden = hidden_of(told, bare(action.name), value);
    if (action.hidden == Action::Hidden::no) {
      action.value = std::move(value);
      action.ticks = flag_member(told, "ticks") && (action.value == "true" || action.value == "false");
    }
  }
  actions_.push_back(std::move(action));
}

// A page that a press led to belongs to it; one that came of itself, as a refresh does, to what led to the page before.
void PageWatch::navigated(const json::object& frame, std::string_view session) {
  const auto window = windows_.find(std::string(session));
  if (window == windows_.end() || frame.contains("parentId")) return;
  used_ = session;
  const std::string url = text_member(frame, "url");
  if (!url.starts_with("http://") && !url.starts_with("https://")) return;
  const auto asked = asked_.find(window->second);
  const bool was_asked = asked != asked_.end();
  const bool is_link = was_asked && asked->second == "anchorClick";
  if (was_asked) asked_.erase(asked);
  if (settled_ == 0) {
    // What was pressed on an error page before it is about the browser.
    actions_ = {{.kind = Action::Kind::open, .value = is_unreached_ ? url : url_}};
    first_pending_ = actions_.size();
    ++settled_;
    return;
  }
  Action* press = nullptr;
  for (std::size_t at = first_pending_; at < actions_.size(); ++at)
    if (actions_[at].kind == Action::Kind::press || actions_[at].kind == Action::Kind::enter) press = &actions_[at];
  if (was_asked && press != nullptr) {
    press->loads = true;
    press->is_link = is_link;
  } else if (!was_asked) {
    actions_.push_back({.kind = Action::Kind::open, .value = url});
  }
  first_pending_ = actions_.size();
  ++settled_;
}

// A request for a page that ends without one, as those do that download a file, leads to no page that comes later.
void PageWatch::came_to_nothing(const std::string& frame) { asked_.erase(frame); }

void PageWatch::network(std::string_view method, const json::object& parameters) {
  const std::string request = text_member(parameters, "requestId");
  if (method == "Network.requestWillBeSent" && text_member(parameters, "type") == "Document") {
    documents_[text_member(parameters, "frameId")] = request;
  } else if (method == "Network.responseReceived" && text_member(parameters, "type") == "Document") {
    const json::value* status = object_member(parameters, "response").if_contains("status");
    const bool has_no_page =
        status != nullptr && status->is_int64() && (status->get_int64() == 204 || status->get_int64() == 205);
    if (has_no_page) came_to_nothing(text_member(parameters, "frameId"));
  } else if (method == "Network.loadingFailed") {
    // One that another request of the frame has replaced says nothing of that.
    for (const auto& [frame, newest] : documents_)
      if (newest == request) came_to_nothing(frame);
  }
}

std::vector<std::string> PageWatch::answered(std::int64_t id, const json::object& message) {
  const json::object& result = object_member(message, "result");
  if (id == prepared_) {
    // Before that, the process that shows the page may begin without what was prepared.
    std::string opening = command("Page.navigate", {{"url", url_}}, used_);
    navigation_ = last_id_;
    return {std::move(opening)};
  }
  if (id == navigation_) {
    trouble_ = text_member(result, "errorText");
    is_unreached_ = !trouble_.empty();
  } else if (id == selection_) {
    const std::string words = first_words(collapse_white_space(text_member(object_member(result, "result"), "value")));
    nothing_selected_ = words.empty();
    if (words.empty()) return {};
    actions_.push_back({.kind = Action::Kind::see_text, .value = words});
    ++settled_;
  }
  return {};
}

std::vector<std::string> PageWatch::take(std::string_view message) {
  json::error_code error;
  const json::value read = json::parse(json::string_view(message.data(), message.size()), error);
  if (error || !read.is_object()) return {};
  const json::object& object = read.get_object();
  if (const json::value* id = object.if_contains("id"); id != nullptr && id->is_int64())
    return answered(id->get_int64(), object);
  const std::string method = text_member(object, "method"), session = text_member(object, "sessionId");
  const json::object& parameters = object_member(object, "params");
  if (method == "Target.attachedToTarget") return attached(parameters);
  if (method == "Target.detachedFromTarget") windows_.erase(text_member(parameters, "sessionId"));
  if (method == "Runtime.bindingCalled" && text_member(parameters, "name") == "murphyTell") {
    if (windows_.contains(session)) used_ = session;
    told(text_member(parameters, "payload"));
  }
  if (method == "Page.frameRequestedNavigation")
    asked_[text_member(parameters, "frameId")] = text_member(parameters, "reason");
  if (method == "Page.downloadWillBegin") came_to_nothing(text_member(parameters, "frameId"));
  if (method.starts_with("Network.")) network(method, parameters);
  if (method == "Page.frameNavigated") navigated(object_member(parameters, "frame"), session);
  return {};
}

std::vector<std::string> PageWatch::ask_for_selection() {
  if (!windows_.contains(used_)) return {};
  std::string asking =
      command("Runtime.evaluate", {{"expression", "String(getSelection())"}, {"returnByValue", true}}, used_);
  selection_ = last_id_;
  return {std::move(asking)};
}

} // namespace murphy::chromium
