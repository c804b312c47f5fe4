#include "imported/recording.h"

#include "base/make_error.h"
#include "base/text.h"
#include "base/toml_literal.h"
#include "imported/json_members.h"
#include "imported/secret_fields.h"
#include "web/url/url.h"

#include <algorithm>
#include <array>
#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <boost/json/parse.hpp>
#include <fmt/format.h>
#include <optional>

namespace murphy::imported {
namespace {

namespace json = boost::json;

const json::array& list_of(const json::object& object, std::string_view key) {
  static const json::array nothing;
  const json::value* value = object.if_contains(key);
  return value != nullptr && value->is_array() ? value->get_array() : nothing;
}

// A CSS selector as a scenario takes it: "#email" as it stands, "input[name='q']" as its attribute.
std::string name_of_css(std::string_view css) {
  if (css.starts_with('#') || css.starts_with('.') || css.starts_with('[')) return std::string(css);
  const std::size_t bracket = css.find('[');
  const bool is_simple =
      bracket != std::string_view::npos && css.ends_with(']') && css.find(' ') == std::string_view::npos;
  if (is_simple) return std::string(css.substr(bracket));
  const std::size_t hash = css.find('#');
  if (hash != std::string_view::npos && css.find_first_of(" >+~", hash) == std::string_view::npos)
    return std::string(css.substr(hash));
  return {};
}

// What a step is about: "aria/Email[role=\"textbox\"]" and "text/Sign in" are words; paths of XML and shadow roots are
// nothing here.
struct NameOfChrome {
  std::string words, name, css; // the first of each; `name` is a selector that a scenario takes for a field or a button
};
NameOfChrome find_in_chrome(const json::object& step) {
  NameOfChrome found;
  for (const json::value& chain : list_of(step, "selectors")) {
    const json::value* last = &chain;
    if (chain.is_array()) {
      if (chain.get_array().size() != 1) continue; // through shadow roots
      last = &chain.get_array().front();
    }
    if (!last->is_string()) continue;
    std::string_view selector(last->get_string().data(), last->get_string().size());
    if (selector.starts_with("aria/") || selector.starts_with("text/")) {
      std::string_view words = selector.substr(selector.find('/') + 1);
      words = words.substr(0, words.find("[role="));
      if (found.words.empty()) found.words = collapse_white_space(words);
    } else if (!selector.starts_with("xpath/") && !selector.starts_with("pierce/")) {
      if (found.css.empty()) found.css = selector;
      if (found.name.empty()) found.name = name_of_css(selector);
    }
  }
  return found;
}

std::string name_of_chrome(const json::object& step) {
  NameOfChrome found = find_in_chrome(step);
  return found.words.empty() ? std::move(found.name) : std::move(found.words);
}

Action action_of_chrome(const json::object& step) {
  using Kind = Action::Kind;
  const std::string type = text_member(step, "type");
  Action action{.name = type};
  for (const json::value& event : list_of(step, "assertedEvents")) {
    if (!event.is_object() || text_member(event.get_object(), "type") != "navigation") continue;
    action.loads = true;
    action.page = text_member(event.get_object(), "url");
    action.title = text_member(event.get_object(), "title");
  }
  if (type == "navigate") {
    action.kind = Kind::open;
    action.value = text_member(step, "url");
  } else if (type == "change") {
    action.kind = Kind::type;
    action.name = name_of_chrome(step);
    action.value = text_member(step, "value");
    action.hidden = Action::Hidden::unknown;
  } else if (type == "click" || type == "doubleClick") {
    action.kind = Kind::press;
    action.name = name_of_chrome(step);
  } else if (type == "keyDown" && text_member(step, "key") == "Enter") {
    action.kind = Kind::enter;
  } else if (type == "waitForElement") {
    const NameOfChrome found = find_in_chrome(step);
    if (!found.words.empty() || !found.css.empty())
      action.kind = found.words.empty() ? Kind::see_element : Kind::see_text;
    action.value = found.words.empty() ? found.css : found.words;
  }
  return action;
}

// "id=email", "css=#email", "name=user", "linkText=Sign in".
std::string name_of_selenium(std::string_view target) {
  const std::size_t equals = std::min(target.find('='), target.size());
  const std::string_view by = target.substr(0, equals), rest = target.substr(std::min(equals + 1, target.size()));
  if (by == "id") return "id:" + std::string(rest);
  if (by == "name") return "name:" + std::string(rest);
  if (by == "linkText" || by == "partialLinkText" || by == "label") return std::string(rest);
  return by == "css" ? name_of_css(rest) : std::string();
}

// Of all ways that the recorder noted, the first that can be written: words before names, names before selectors.
std::string name_of_selenium(const json::object& command) {
  std::vector<std::string> names{name_of_selenium(text_member(command, "target"))};
  for (const json::value& target : list_of(command, "targets"))
    if (target.is_array() && !target.get_array().empty() && target.get_array().front().is_string())
      names.push_back(name_of_selenium(std::string(target.get_array().front().get_string().c_str())));
  const auto found = std::ranges::find_if(names, [](const std::string& name) { return !name.empty(); });
  return found == names.end() ? std::string() : *found;
}

Action action_of_selenium(const json::object& command, const std::string& url) {
  using Kind = Action::Kind;
  const std::string what = text_member(command, "command"), target = text_member(command, "target");
  Action action{.name = what, .value = text_member(command, "value"), .loads = true};
  const auto is_one_of = [&](std::initializer_list<std::string_view> names) {
    return std::ranges::find(names, what) != names.end();
  };
  if (what == "open") {
    action.kind = Kind::open;
    action.value = target.contains("://") ? target : url + target;
  } else if (what == "sendKeys" && action.value.contains("KEY_ENTER")) {
    action.kind = Kind::enter;
  } else if (is_one_of({"type", "sendKeys", "select"})) {
    action.kind = Kind::type;
    action.name = name_of_selenium(command);
    if (what != "select") action.hidden = Action::Hidden::unknown;
    if (action.value.starts_with("label=")) action.value.erase(0, 6);
  } else if (is_one_of({"click", "clickAt", "submit"})) {
    action.kind = Kind::press;
    action.name = what == "submit" ? std::string() : name_of_selenium(command);
  } else if (is_one_of({"assertText", "verifyText"})) {
    action.kind = Kind::see_text;
  } else if (is_one_of({"assertTitle", "verifyTitle"})) {
    action.kind = Kind::see_title;
    if (action.value.empty()) action.value = target;
  } else if (is_one_of(
                 {"assertElementPresent", "verifyElementPresent", "waitForElementPresent", "waitForElementVisible"})) {
    const std::string css = target.starts_with("css=") ? name_of_css(target.substr(4)) : std::string();
    if (!css.empty()) action.kind = Kind::see_element;
    action.value = css;
  }
  return action;
}

Result<std::vector<Action>> actions_of(std::string_view text) {
  json::error_code trouble;
  const json::value root = json::parse(json::string_view(text.data(), text.size()), trouble);
  if (trouble || !root.is_object())
    return std::unexpected(usage_error("it is no JSON", "export it from Chrome's Recorder as JSON, or save the .side "
                                                        "file of Selenium IDE"));
  const json::object& file = root.get_object();
  std::vector<Action> actions;
  for (const json::value& step : list_of(file, "steps"))
    if (step.is_object()) actions.push_back(action_of_chrome(step.get_object()));
  const json::array& tests = list_of(file, "tests");
  if (!tests.empty() && tests.front().is_object())
    for (const json::value& command : list_of(tests.front().get_object(), "commands"))
      if (command.is_object()) actions.push_back(action_of_selenium(command.get_object(), text_member(file, "url")));
  if (actions.empty())
    return std::unexpected(usage_error("it is no recording of Chrome's Recorder or Selenium IDE",
                                       "for other tools, save a HAR file and use murphy import har"));
  return actions;
}

class Steps {
public:
  Steps(const ValueSettings& settings, const KnownSecrets& secrets) : values_(settings, secrets) {}
  RecordedScenario make(const std::vector<Action>& actions, const ValueSettings& settings);

private:
  void take(const Action& action, const Action* next);
  void press(const Action& action);
  void see(const Action& action);
  void expect_end(const Action& last);
  void leave_out(const std::string& kind) { ++result_.left_out[kind]; }
  void note(std::string line) { comments_.push_back(std::move(line)); }
  void add(ImportedStep step) {
    step.comments.insert(step.comments.begin(), comments_.begin(), comments_.end());
    comments_.clear();
    result_.scenario.steps.push_back(std::move(step));
  }

  WrittenValues values_;
  RecordedScenario result_;
  std::vector<Action> typed_; // since the page was loaded
  std::vector<std::string> comments_;
};

// What was typed goes out with the button that is pressed.
void Steps::press(const Action& action) {
  if (action.is_link) {
    for (std::size_t each = 0; each < typed_.size(); ++each) leave_out("field that was filled in and not sent");
    typed_.clear();
  }
  if (typed_.empty() && action.kind == Action::Kind::enter) return leave_out("key");
  if (action.name.empty() && action.kind == Action::Kind::press && typed_.empty()) return leave_out("click");
  if (!action.loads && action.kind == Action::Kind::press) {
    note(values_.is_clean(action.name) ? fmt::format("a click that loads no page: {}", action.name)
                                       : std::string("a click that loads no page"));
    return leave_out("click");
  }
  const bool is_named = action.kind == Action::Kind::press && !action.name.empty() && values_.is_clean(action.name);
  ImportedStep step{.verb = typed_.empty() ? Verb::click : Verb::submit,
                    .argument = is_named ? toml_plain(action.name) : "\"[method]\""};
  const bool signs_in = std::ranges::any_of(typed_, [](const Action& field) {
    return field.hidden == Action::Hidden::password || names_a_password(field.name);
  });
  const KnownAccount* account = nullptr;
  bool has_login = false;
  for (const Action& field : typed_) {
    std::string written;
    if (field.ticks) {
      written = field.value;
    } else if (field.hidden == Action::Hidden::code) {
      written = values_.unseen(field.name);
    } else if (field.hidden == Action::Hidden::password) {
      written = values_.unseen_password(account);
    } else if (names_a_password(field.name)) {
      written = values_.password(account, field.value);
    } else if (signs_in && !has_login && names_a_login(field.name)) {
      account = values_.account_of(field.value);
      written = values_.login(account, field.name, field.value);
      has_login = true;
    } else if (field.hidden == Action::Hidden::unknown) {
      written = values_.sent(field.name, field.value);
    } else {
      written = values_.typed(field.name, field.name, field.value);
    }
    if (values_.is_clean(field.name))
      step.with.emplace_back(field.name, field.ticks ? written : toml_literal(written));
    else
      step.comments.emplace_back("a field was filled in that Murphy cannot name");
  }
  typed_.clear();
  add(std::move(step));
}

void Steps::see(const Action& action) {
  const auto words = values_.words(action.value);
  if (result_.scenario.steps.empty() || !words) return leave_out("wait");
  std::vector<Member>& expect = result_.scenario.steps.back().expect;
  const char* key = action.kind == Action::Kind::see_title     ? "title"
                    : action.kind == Action::Kind::see_element ? "element"
                                                               : "text";
  const bool has_it = std::ranges::any_of(expect, [&](const Member& member) { return member.first == key; });
  has_it ? leave_out("wait") : static_cast<void>(expect.emplace_back(key, toml_plain(*words)));
}

void Steps::take(const Action& action, const Action* next) {
  using Kind = Action::Kind;
  switch (action.kind) {
  case Kind::open: {
    const auto address = web::Url::parse(action.value);
    if (!address) return leave_out("navigate");
    if (result_.origin.empty()) result_.origin = address->origin();
    if (address->origin() != result_.origin) return leave_out("page of another site");
    typed_.clear();
    add({.verb = Verb::open, .argument = toml_literal(values_.address(*address))});
    break;
  }
  case Kind::type:
    if (action.name.empty()) {
      note("a field was filled in that Murphy cannot name");
      break;
    }
    std::erase_if(typed_, [&](const Action& field) { return field.name == action.name; });
    typed_.push_back(action);
    break;
  case Kind::press:
    // Into a field that is typed into then.
    if (next != nullptr && next->kind == Kind::type && next->name == action.name) return leave_out("click");
    press(action);
    break;
  case Kind::enter: press(action); break;
  case Kind::see_text:
  case Kind::see_title:
  case Kind::see_element: see(action); break;
  case Kind::other: leave_out(action.name.empty() ? "step" : one_line(action.name)); break;
  }
}

// The last page that the recorder noted, where nothing else was to be seen there.
void Steps::expect_end(const Action& last) {
  std::vector<Member>& expect = result_.scenario.steps.back().expect;
  const auto has = [&](std::string_view key) { return std::ranges::find(expect, key, &Member::first) != expect.end(); };
  if (const auto address = web::Url::parse(last.page); address && address->origin() == result_.origin && !has("page"))
    expect.emplace_back("page", toml_plain(values_.page(*address)));
  // A title that is too long to be written would not be the same.
  const std::string title = collapse_white_space(last.title);
  if (const auto words = values_.words(title); words && !title.empty() && *words == title && !has("title"))
    expect.emplace_back("title", toml_plain(*words));
}

RecordedScenario Steps::make(const std::vector<Action>& actions, const ValueSettings& settings) {
  result_.actions = actions.size();
  const Action* last = nullptr; // that became a step
  for (std::size_t index = 0; index < actions.size(); ++index) {
    const std::size_t steps = result_.scenario.steps.size();
    take(actions[index], index + 1 < actions.size() ? &actions[index + 1] : nullptr);
    if (result_.scenario.steps.size() > steps) last = &actions[index];
  }
  if (last != nullptr) expect_end(*last);
  result_.has_password = std::ranges::any_of(actions, [](const Action& action) {
    return action.kind == Action::Kind::type && names_a_password(action.name) && !action.value.empty();
  });
  result_.may_have_password = std::ranges::any_of(
      actions, [](const Action& action) { return action.hidden == Action::Hidden::unknown && !action.value.empty(); });
  result_.scenario.ticket = settings.ticket;
  result_.scenario.name = "What " + settings.ticket + " did";
  result_.lifted = values_.lifted().all();
  result_.typed = values_.typed_values();
  if (!result_.lifted.empty()) result_.scenario.comments.emplace_back("These values come from the environment:");
  for (const LiftedValues::Lifted& lifted : result_.lifted)
    result_.scenario.comments.push_back(fmt::format("{}: {}", lifted.variable, lifted.nature));
  return std::move(result_);
}

} // namespace

Result<RecordedScenario> recorded_scenario(std::string_view text, const ValueSettings& settings,
                                           KnownSecrets& secrets) {
  const auto actions = actions_of(text);
  if (!actions) return std::unexpected(actions.error());
  return recorded_scenario(*actions, settings, secrets);
}

RecordedScenario recorded_scenario(const std::vector<Action>& actions, const ValueSettings& settings,
                                   KnownSecrets& secrets) {
  std::string words;
  for (const Action& action : actions) {
    words += action.name + "\n";
    if (action.kind != Action::Kind::type) continue;
    const bool may_be_secret = action.hidden == Action::Hidden::unknown && !is_switch(action.value);
    if (may_be_secret || names_a_password(action.name) || names_a_code(action.name)) secrets.add_password(action.value);
  }
  secrets.finish(words);
  return Steps(settings, secrets).make(actions, settings);
}

} // namespace murphy::imported
