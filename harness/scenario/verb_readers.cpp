#include "scenario/verb_readers.h"

#include "base/nearest.h"
#include "base/text.h"
#include "scenario/steps.h"

#include <algorithm>

namespace murphy::scenario {

namespace {

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

std::vector<std::pair<Text, Text>> read_send(Reading& reading, const Entry& around, Context& context) {
  std::vector<std::pair<Text, Text>> send;
  if (!reading.expect_kind(around, Node::Kind::table, "a table with a value for each name")) return send;
  if (around.value.members.empty()) reading.is_empty(around);
  for (const Member& member : around.value.members) {
    if (trim(member.key).empty()) {
      reading.error(member.span, "this entry has no name", "write the name that the form sends");
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

} // namespace

std::optional<Open> read_open_step(Reading& reading, const Member& verb, const Node&, Context& context) {
  std::optional<Text> url = reading.filled_text(entry(verb, step_keys), context);
  if (!url) return std::nullopt;
  return Open{std::move(*url)};
}

std::optional<Submit> read_submit_step(Reading& reading, const Member& verb, const Node& step, Context& context) {
  Submit submit;
  std::optional<Text> form = reading.filled_text(entry(verb, step_keys), context);
  if (const Member* with = step.find("with")) {
    submit.with = read_fillings(reading, entry(*with, step_keys), context);
  }
  if (const Member* send = step.find("send")) submit.send = read_send(reading, entry(*send, step_keys), context);
  if (!form) return std::nullopt;
  submit.form = std::move(*form);
  return submit;
}

std::optional<Click> read_click_step(Reading& reading, const Member& verb, const Node&, Context& context) {
  std::optional<Text> words = reading.filled_text(entry(verb, step_keys), context);
  if (!words) return std::nullopt;
  return Click{std::move(*words)};
}

std::optional<SignIn> read_sign_in_step(Reading& reading, const Member& verb, const Node&, Context& context) {
  if (verb.value.is(Node::Kind::text) && verb.value.text.find("${") != std::string::npos) {
    reading.error(verb.value.span, "\"sign_in\" takes the name of a user: Murphy assigns accounts before the run",
                  "write sign_in = \"ada\"; a flow for several users must fill in the form: submit = \"Sign in\", with "
                  "= { Email = \"${email}\", Password = \"${password}\" }");
    return std::nullopt;
  }
  const std::optional<std::string> name = reading.filled_literal(entry(verb, step_keys));
  if (!name) return std::nullopt;
  const Project& project = context.reach.project;
  if (!project.app.sign_in && context.reach.checks.project_is_whole) {
    reading.error(
        verb.span, "the project file does not say how to sign in",
        "add to murphy.toml:\n\n[app]\nsign_in = { page = \"/login\", submit = \"Sign in\", fields = { Email = "
        "\"${user.email}\", Password = \"${user.password}\" } }");
    return std::nullopt;
  }
  if (!check_user(reading, verb.value, *name, context)) return std::nullopt;
  if (const auto user = project.users.find(*name);
      user != project.users.end() && project.app.sign_in && context.reach.checks.project_is_whole) {
    check_account(reading, verb, user->second, *project.app.sign_in);
  }
  return SignIn{*name};
}

std::optional<SignOut> read_sign_out_step(Reading& reading, const Member& verb, const Node&, Context& context) {
  const std::optional<bool> value = reading.boolean(entry(verb, step_keys));
  if (!value) return std::nullopt;
  if (!*value) {
    reading.error(verb.value.span, "\"sign_out\" can only be true", "remove the step to stay signed in");
    return std::nullopt;
  }
  if (!context.reach.project.app.sign_out && context.reach.checks.project_is_whole) {
    reading.error(verb.span, "the project file does not say how to sign out",
                  "add to murphy.toml:\n\n[app]\nsign_out = { submit = \"Sign out\" }");
    return std::nullopt;
  }
  return SignOut{};
}

std::optional<Session> read_session_step(Reading& reading, const Member& verb, const Node&, Context&) {
  const std::optional<std::string> name = reading.filled_literal(entry(verb, step_keys));
  if (!name) return std::nullopt;
  if (*name == "fresh") return Session{};
  if (std::string hint = did_you_mean(*name, {"fresh"}); !hint.empty()) {
    reading.error(verb.value.span,
                  "the session name \"" + *name + "\" is too similar to \"fresh\", which drops all cookies",
                  hint + " Otherwise choose another name");
    return std::nullopt;
  }
  return Session{.fresh = false, .name = *name};
}

std::optional<ExpectOnly> read_expect_only(Reading&, const Member&, const Node&, Context&) { return ExpectOnly{}; }

} // namespace murphy::scenario
