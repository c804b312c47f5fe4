#include "scenario/steps.h"

#include "base/nearest.h"
#include "base/text.h"
#include "scenario/captures.h"
#include "scenario/expectations.h"
#include "scenario/flows.h"
#include "scenario/request.h"
#include "scenario/validation.h"

#include <algorithm>

namespace murphy::scenario {

namespace {

bool is_verb(std::string_view key) {
  const std::vector<std::string> all = verbs();
  return std::ranges::find(all, key) != all.end();
}

// Every property of the user that the sign-in flow fills in has to be there.
void check_account(Reading& reading, const Member& member, const User& user, const SignInFlow& flow) {
  const auto check = [&](const Text& text) {
    for (const Text::Part& part : text.parts) {
      if (!part.reference || !part.text.starts_with("user.")) continue;
      const std::string property = part.text.substr(5);
      if (user.properties.contains(property)) continue;
      std::vector<std::string> names;
      for (const auto& [name, setting] : user.properties) names.push_back(name);
      std::string hint = did_you_mean(property, names);
      reading.error(member.value.span,
                    "\"" + user.name + "\" cannot sign in: the user has no \"" + property +
                        "\", which [app] sign_in fills in",
                    hint.empty() ? "add " + property + " to [user." + user.name + "] in murphy.toml" : std::move(hint));
    }
  };
  check(flow.page);
  check(flow.submit);
  for (const Filling& filling : flow.fields) {
    check(filling.field);
    if (const Text* text = std::get_if<Text>(&filling.value)) check(*text);
    if (const auto* texts = std::get_if<std::vector<Text>>(&filling.value)) std::ranges::for_each(*texts, check);
  }
}

std::optional<Verb> read_sign_in(Reading& reading, const Member& member, Context& context) {
  if (member.value.is(Node::Kind::text) && member.value.text.find("${") != std::string::npos) {
    reading.error(
        member.value.span, "\"sign_in\" names a user itself: who works with which account is settled before the run",
        "write sign_in = \"ada\"; a flow for several users has to fill in the form: submit = \"Sign in\", with = { "
        "Email = \"${email}\", Password = \"${password}\" }");
    return std::nullopt;
  }
  const std::optional<std::string> name = reading.filled_literal(entry(member, step_keys));
  if (!name) return std::nullopt;
  const Project& project = context.reach.project;
  if (!project.app.sign_in && context.reach.checks.project_is_whole) {
    reading.error(
        member.span, "the project file does not say how to sign in",
        "add to murphy.toml:\n\n[app]\nsign_in = { page = \"/login\", submit = \"Sign in\", fields = { Email = "
        "\"${user.email}\", Password = \"${user.password}\" } }");
    return std::nullopt;
  }
  if (!check_user(reading, member.value, *name, context)) return std::nullopt;
  if (const auto user = project.users.find(*name);
      user != project.users.end() && project.app.sign_in && context.reach.checks.project_is_whole) {
    check_account(reading, member, user->second, *project.app.sign_in);
  }
  return SignIn{*name};
}

std::optional<Verb> read_sign_out(Reading& reading, const Member& member, Context& context) {
  const std::optional<bool> value = reading.boolean(entry(member, step_keys));
  if (!value) return std::nullopt;
  if (!*value) {
    reading.error(member.value.span, "\"sign_out\" can only be true", "leave the step out to stay signed in");
    return std::nullopt;
  }
  if (!context.reach.project.app.sign_out && context.reach.checks.project_is_whole) {
    reading.error(member.span, "the project file does not say how to sign out",
                  "add to murphy.toml:\n\n[app]\nsign_out = { submit = \"Sign out\" }");
    return std::nullopt;
  }
  return SignOut{};
}

std::optional<Verb> read_session(Reading& reading, const Member& member) {
  const std::optional<std::string> name = reading.filled_literal(entry(member, step_keys));
  if (!name) return std::nullopt;
  if (*name == "fresh") return Session{};
  if (std::string hint = did_you_mean(*name, {"fresh"}); !hint.empty()) {
    reading.error(member.value.span,
                  "a session called \"" + *name + "\" is too much like \"fresh\", which forgets all cookies",
                  hint + " Else call it something else");
    return std::nullopt;
  }
  return Session{.fresh = false, .name = *name};
}

std::vector<std::pair<Text, Text>> read_send(Reading& reading, const Entry& around, Context& context) {
  std::vector<std::pair<Text, Text>> send;
  if (!reading.expect_kind(around, Node::Kind::table, "a table with a value for each name")) return send;
  if (around.value.members.empty()) reading.is_empty(around);
  for (const Member& member : around.value.members) {
    if (trim(member.key).empty()) {
      reading.error(member.span, "this entry has no name", "write the name as it goes out with the form");
      continue;
    }
    const Text name = reading.key_text(member, context);
    std::vector<const Node*> values{&member.value};
    if (member.value.is(Node::Kind::array)) {
      values.clear();
      for (const Node& item : member.value.items) values.push_back(&item);
    }
    for (const Node* value : values) {
      if (auto text = reading.scalar({member.key, around.example, *value}, context)) {
        send.emplace_back(name, std::move(*text));
      }
    }
  }
  return send;
}

std::optional<Verb> read_submit(Reading& reading, const Member& member, const Node& step, Context& context) {
  Submit submit;
  std::optional<Text> form = reading.filled_text(entry(member, step_keys), context);
  if (const Member* with = step.find("with")) {
    submit.with = read_fillings(reading, entry(*with, step_keys), context);
  }
  if (const Member* send = step.find("send")) submit.send = read_send(reading, entry(*send, step_keys), context);
  if (!form) return std::nullopt;
  submit.form = std::move(*form);
  return submit;
}

std::optional<Verb> read_verb(Reading& reading, const Member& member, const Node& step, Context& context) {
  const Entry at = entry(member, step_keys);
  if (member.key == "submit") return read_submit(reading, member, step, context);
  if (member.key == "sign_in") return read_sign_in(reading, member, context);
  if (member.key == "sign_out") return read_sign_out(reading, member, context);
  if (member.key == "session") return read_session(reading, member);
  if (member.key == "use") {
    std::optional<Use> use = read_use(reading, member, step, context);
    if (use) return std::move(*use);
    return std::nullopt;
  }
  if (member.key == "validate") {
    std::optional<Validate> validate = read_validate(reading, member, step, context);
    if (validate) return std::move(*validate);
    return std::nullopt;
  }
  if (member.key == "request") {
    std::optional<Request> request = read_request(reading, at, context);
    if (request) return std::move(*request);
    return std::nullopt;
  }
  std::optional<Text> text = reading.filled_text(at, context);
  if (!text) return std::nullopt;
  if (member.key == "click") return Click{std::move(*text)};
  return Open{std::move(*text)};
}

// The one key that says what the step does; null when there is none or more than one, which is reported.
const Member* find_verb(Reading& reading, const Node& table, bool all_available) {
  const Member* verb = nullptr;
  for (const Member& member : table.members) {
    if (!is_verb(member.key) || member.key == "expect") continue;
    if (verb) {
      reading.error(member.span,
                    "a step does one thing, but this one has both \"" + verb->key + "\" and \"" + member.key + "\"",
                    "make two steps of it");
      return nullptr;
    }
    verb = &member;
  }
  if (!verb) verb = table.find("expect");
  if (!verb && all_available) {
    const std::vector<std::string> all = verbs();
    for (const Member& member : table.members) {
      if (!step_keys.find(member.key)) return nullptr; // its error has said what to write
    }
    reading.error(table.members.empty() ? table.span : table.members.front().span, "this step does nothing",
                  "say what it does with one of " + join(all, ", "));
  }
  return verb;
}

struct Belongs {
  std::string_view modifier;
  std::vector<std::string> verbs; // that it modifies
};

void check_modifiers(Reading& reading, const Node& table, std::string_view verb) {
  if (const Member* with = table.find("with"); with && verb != "submit" && verb != "use") {
    reading.error(with->span,
                  "\"with\" belongs to \"submit\" and \"use\", but this step has \"" + std::string(verb) + "\"",
                  verb == "request" ? R"(write form = { … } inside request)"
                                    : R"(write submit = "Sign in" to fill in a form and send it)");
  }
  if (const Member* send = table.find("send"); send && verb != "submit") {
    reading.error(send->span, "\"send\" belongs to \"submit\", but this step has \"" + std::string(verb) + "\"",
                  verb == "request" ? R"(write form = { … } inside request)"
                                    : R"(write submit = "Sign in" to send a form, and more than it has)");
  }
  for (const std::string_view key : {"fields", "valid", "error"}) {
    if (const Member* member = table.find(key); member && verb != "validate") {
      reading.error(
          member->span,
          "\"" + std::string(key) + "\" belongs to \"validate\", but this step has \"" + std::string(verb) + "\"",
          verb == "submit" && key == "fields" ? R"(write with = { … } to fill in the form)"
                                              : R"(write validate = "Create account" to prove a form's rules)");
    }
  }
  for (const std::string_view key : {"expect", "capture"}) {
    if (const Member* member = table.find(key); member && verb == "validate") {
      reading.error(member->span,
                    "\"" + std::string(key) + "\" has no meaning for \"validate\", which leaves the page where it was",
                    "make a step of its own of it");
    }
  }
  static const std::vector<Belongs> belongs = {
      {"redirects", {"open", "submit", "click", "request"}},
      {"eventually", {"open", "submit", "click", "request"}},
      {"timeout", {"open", "submit", "click", "request", "sign_in", "sign_out", "validate"}}};
  for (const auto& [modifier, its_verbs] : belongs) {
    const Member* member = table.find(modifier);
    if (!member || std::ranges::find(its_verbs, verb) != its_verbs.end()) continue;
    const std::vector<std::string> others(its_verbs.begin(), its_verbs.end() - 1);
    reading.error(member->span, "\"" + std::string(modifier) + "\" has no meaning for \"" + std::string(verb) + "\"",
                  verb == "use" ? "it belongs to the steps of the flow"
                                : "it belongs to " + join(others, ", ") + " and " + its_verbs.back());
  }
  if (const Member* eventually = table.find("eventually"); eventually && !table.find("expect")) {
    reading.error(eventually->span, "\"eventually\" repeats the step until its expectations hold, but it has none",
                  "add what has to hold: expect.text = \"Welcome\"");
  }
}

std::optional<Step> read_step(Reading& reading, const Node& table, Context& context) {
  if (!table.is(Node::Kind::table)) {
    reading.error(table.span, "a step is a table, but " + std::string(name_of(table.kind)) + " is given",
                  R"(write { open = "/login" })");
    return std::nullopt;
  }
  const std::size_t before = reading.errors();
  const bool all_available = reading.check_keys(table, step_keys);
  const Member* verb = find_verb(reading, table, all_available);
  Step step;
  std::optional<Verb> does;
  if (verb) {
    check_modifiers(reading, table, verb->key);
    if (verb->key == "expect") {
      does = ExpectOnly{};
    } else {
      does = read_verb(reading, *verb, table, context);
    }
    const Span span = span_of(*verb);
    step.place = reading.place(span);
    step.source_line = reading.source_line(span);
  }
  if (const Member* name = table.find("name")) {
    if (auto words = reading.words(entry(*name, step_keys))) step.name = std::move(*words);
  }
  if (const Member* redirects = table.find("redirects")) {
    step.follow_redirects = reading.boolean(entry(*redirects, step_keys)).value_or(true);
  }
  if (const Member* when = table.find("when")) step.when = read_when(reading, *when, context);
  if (const Member* limit = table.find("eventually")) step.eventually = reading.duration(entry(*limit, step_keys));
  if (const Member* limit = table.find("timeout")) step.timeout = reading.duration(entry(*limit, step_keys));
  if (const Member* expect = table.find("expect")) step.expect = read_expectations(reading, *expect, context);
  if (const Member* capture = table.find("capture")) {
    step.capture = read_captures(reading, entry(*capture, step_keys));
    // Also names of captures that could not be read, so that one mistake is one error.
    for (const Member& member : capture->value.members) context.reach.captures.push_back(member.key);
  }
  if (!does || reading.errors() > before) return std::nullopt;
  step.verb = std::move(*does);
  return step;
}

} // namespace

bool check_user(Reading& reading, const Node& value, const std::string& name, Context& context) {
  const Project& project = context.reach.project;
  if (!project.users.contains(name) && context.reach.checks.project_is_whole) {
    std::vector<std::string> names;
    for (const auto& [known, user] : project.users) names.push_back(known);
    std::string hint = did_you_mean(name, names);
    if (hint.empty()) {
      hint = names.empty() ? "the project file has no users: add [user." + name + "] to murphy.toml"
                           : "murphy.toml has " + join(names, ", ");
    }
    reading.error(value.span, "there is no user \"" + name + "\"", std::move(hint));
    return false;
  }
  std::vector<std::string>& users = context.mentions.users;
  if (std::ranges::find(users, name) == users.end()) users.push_back(name);
  return true;
}

std::vector<Filling> read_fillings(Reading& reading, const Entry& around, Context& context) {
  std::vector<Filling> fillings;
  if (!reading.expect_kind(around, Node::Kind::table, "a table with a value for each field")) return fillings;
  for (const Member& member : around.value.members) {
    const Node& value = member.value;
    if (trim(member.key).empty()) {
      reading.error(member.span, "this field has no name", "write its label, name or id");
      continue;
    }
    Filling filling;
    filling.field = reading.key_text(member, context);
    if (value.is(Node::Kind::boolean)) {
      filling.value = value.boolean;
    } else if (value.is(Node::Kind::array)) {
      std::vector<Text> texts;
      for (const Node& item : value.items) {
        if (item.is(Node::Kind::boolean) || item.is(Node::Kind::array) || item.is(Node::Kind::table)) {
          reading.wrong_type({member.key, R"(Interests = ["music", "sports"])", item}, "a list of texts");
        } else if (std::optional<Text> text = reading.scalar({member.key, {}, item}, context)) {
          texts.push_back(std::move(*text));
        }
      }
      filling.value = std::move(texts);
    } else if (!value.is(Node::Kind::table)) {
      filling.value = reading.scalar({member.key, {}, value}, context).value_or(Text());
    } else if (!value.members.empty()) {
      reading.error(
          value.span, "the field \"" + member.key + "\" takes text, true, false or a list, but a table is given",
          "a label with a dot in it stands in quotes: \"" + member.key + "." + value.members.front().key + "\" = …");
      continue;
    } else {
      reading.wrong_type({member.key, R"(with = { Email = "${ada.email}" })", value}, "text, true, false or a list");
      continue;
    }
    fillings.push_back(std::move(filling));
  }
  return fillings;
}

std::vector<Step> read_steps(Reading& reading, const Node& table, std::string_view key, const Vocabulary& keys,
                             Context& context) {
  const std::string name(key);
  const std::string whose(keys.of.substr(keys.of.find(' ') + 1)); // "scenario", "flow"
  const Member* steps = table.find(key);
  if (!steps) {
    if (key == "steps" && !has_misspelled(table, key, keys)) {
      reading.error(table.span, "this " + whose + " has no steps",
                    "add steps = [ { open = \"/login\" } ]" +
                        std::string(whose == "scenario" ? ", or [[scenario.steps]]" : ""));
    }
    return {};
  }
  if (steps->value.is(Node::Kind::table)) {
    reading.error(steps->span, name + " is a list, but one table is given",
                  "write [[" + whose + (whose == "flow" ? ".NAME." : ".") + name +
                      "]], with two brackets, above each step");
    return {};
  }
  if (!reading.expect_kind(entry(*steps, keys), Node::Kind::array, "a list of steps")) return {};
  if (steps->value.items.empty()) {
    reading.error(span_of(*steps), "this " + (key == "steps" ? whose : name) + " has no steps",
                  "write " + std::string(keys.find(key)->example));
  }
  std::vector<Step> result;
  for (const Node& item : steps->value.items) {
    if (std::optional<Step> step = read_step(reading, item, context)) result.push_back(std::move(*step));
  }
  return result;
}

} // namespace murphy::scenario
