#include "scenario/verb_readers.h"

#include "base/nearest.h"
#include "base/text.h"
#include "scenario/app_flow.h"
#include "scenario/steps.h"

#include <algorithm>

namespace murphy::scenario {

namespace {

// Every property of the user that the way in needs has to be there; what a step with `when` needs, perhaps not.
void check_account(Reading& reading, const Member& member, const User& user, const AppFlow& flow) {
  std::vector<std::string> reported;
  const auto check = [&](const Text& text) {
    for (const Text::Part& part : text.parts()) {
      if (!is_of_user(part)) continue;
      const std::string property = part.text.substr(std::string_view("user.").size());
      if (user.properties.contains(property) || std::ranges::find(reported, property) != reported.end()) continue;
      reported.push_back(property);
      std::vector<std::string> names;
      for (const auto& [name, setting] : user.properties) names.push_back(name);
      std::string hint = did_you_mean(property, names);
      reading.error(member.value.span,
                    "\"" + user.name + "\" cannot sign in: the user has no \"" + property +
                        "\", which [app] sign_in fills in",
                    hint.empty() ? "add " + property + " to [user." + user.name + "] in murphy.toml" : std::move(hint));
    }
  };
  for (const Step& step : flow.steps) {
    if (!step.when) std::visit([&](const auto& verb) { for_each_text_of(verb, check); }, step.verb);
  }
}

// The way in that a step names by `by`; nothing when there is none, which is reported.
std::optional<std::string> read_way(Reading& reading, const Member& by, const App& app) {
  const auto name = reading.filled_literal(entry(by, step_keys));
  if (!name || app.sign_in_by.contains(*name)) return name;
  std::vector<std::string> names;
  for (const auto& [known, flow] : app.sign_in_by) names.push_back(known);
  std::string hint = did_you_mean(*name, names);
  if (hint.empty()) {
    hint = names.empty() ? "describe it in murphy.toml: [[app.sign_in_by." + *name + "]] above each of its steps"
                         : "[app.sign_in_by] has " + join(names, ", ");
  }
  reading.error(by.value.span, "the project file has no way to sign in by \"" + *name + "\"", std::move(hint));
  return std::nullopt;
}

std::vector<std::pair<Text, std::variant<Text, Upload>>> read_send(Reading& reading, const Entry& around,
                                                                   Context& context) {
  std::vector<std::pair<Text, std::variant<Text, Upload>>> send;
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
      if (value->is(Node::Kind::table) && value->find("file")) {
        if (auto upload = read_upload(reading, {member.key, around.example, *value}))
          send.emplace_back(name, std::move(*upload));
      } else if (auto text = reading.scalar({member.key, around.example, *value}, context)) {
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

std::optional<SignIn> read_sign_in_step(Reading& reading, const Member& verb, const Node& step, Context& context) {
  if (verb.value.is(Node::Kind::text) && verb.value.text.find("${") != std::string::npos) {
    reading.error(verb.value.span, "\"sign_in\" takes the name of a user: Murphy assigns accounts before the run",
                  "write sign_in = \"ada\"; a flow for several users must fill in the form: submit = \"Sign in\", with "
                  "= { Email = \"${email}\", Password = \"${password}\" }");
    return std::nullopt;
  }
  const std::optional<std::string> name = reading.filled_literal(entry(verb, step_keys));
  if (!name) return std::nullopt;
  const Project& project = context.reach.project;
  const bool is_whole = context.reach.checks.project_is_whole;
  SignIn sign_in{.user = *name, .by = {}};
  if (const Member* by = step.find("by"); by && is_whole) {
    auto way = read_way(reading, *by, project.app);
    if (!way) return std::nullopt;
    sign_in.by = std::move(*way);
  } else if (!project.app.sign_in && is_whole) {
    reading.error(
        verb.span, "the project file does not say how to sign in",
        project.app.sign_in_by.empty()
            ? "add to murphy.toml:\n\n[app]\nsign_in = { page = \"/login\", submit = \"Sign in\", fields = { Email = "
              "\"${user.email}\", Password = \"${user.password}\" } }"
            : "say by which way: by = \"" + project.app.sign_in_by.begin()->first + "\"");
    return std::nullopt;
  }
  if (!check_user(reading, verb.value, *name, context)) return std::nullopt;
  const auto user = project.users.find(*name);
  const AppFlow* flow = project.app.way_of(sign_in);
  if (user != project.users.end() && flow && is_whole) check_account(reading, verb, user->second, *flow);
  return sign_in;
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
