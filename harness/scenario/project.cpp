#include "base/sign_in_words.h"
#include "base/text.h"
#include "scenario/accounts.h"
#include "scenario/masking.h"
#include "scenario/reader.h"
#include "scenario/reading.h"
#include "scenario/setting_reader.h"
#include "scenario/signatures.h"
#include "scenario/steps.h"
#include "scenario/target_reader.h"
#include "scenario/variables.h"

#include <algorithm>
#include <filesystem>

namespace murphy::scenario {

namespace {

void read_property(Reading& reading, const Member& member, const Project& project, Context& context, User& user) {
  context.secret = names_a_secret(member.key);
  // Whatever is wrong with its value, the property is there: what refers to it is not at fault.
  user.properties.emplace(
      member.key,
      read_setting(reading,
                   {member.key, R"(email = "ada@example.com" or password = { env = "ADA_PASSWORD" })", member.value},
                   "a property", project.directory, context)
          .value_or(Setting{}));
}

// `shared` and `pool`: how many scenarios may work with the user at once.
void read_pool(Reading& reading, const Node& table, User& user) {
  constexpr std::int64_t largest = 1000;
  if (const Member* shared = table.find("shared")) {
    user.shared = reading.boolean(entry(*shared, user_keys)).value_or(false);
  }
  const Member* pool = table.find("pool");
  if (!pool) return;
  if (!reading.expect_kind(entry(*pool, user_keys), Node::Kind::integer, "a whole number")) {
    user.pool = 2; // its properties may speak of ${n} all the same
    return;
  }
  if (pool->value.integer < 2 || pool->value.integer > largest) {
    reading.error(pool->value.span, "a pool has 2 to " + std::to_string(largest) + " accounts",
                  pool->value.integer == 1 ? "remove it: without a pool, a user is one account" : "write pool = 8");
  } else if (user.shared) {
    reading.error(pool->span, "a user has a pool of accounts or is shared, but not both",
                  "shared = true lets several scenarios use one account at once; a pool gives each its own");
  }
  user.pool = static_cast<int>(std::clamp<std::int64_t>(pool->value.integer, 2, largest));
}

// The accounts of a pool differ by their number.
void check_numbered(Reading& reading, const Member& member, const User& user) {
  const Member* pool = member.value.find("pool");
  if (!pool || user.properties.empty()) return;
  for (const auto& [name, setting] : user.properties) {
    for (const Text::Part& part : setting.text.parts) {
      if (part.reference && part.text == "n") return;
    }
    if (setting.text.source.find("${n}") != std::string::npos) return; // has an error of its own
  }
  reading.error(pool->span, "the accounts of this pool are all the same: no property contains ${n}",
                "number them: email = \"" + user.name + "${n}@example.com\"");
}

void read_user(Reading& reading, const Member& member, Project& project, const Checks& checks) {
  if (!is_name(member.key)) {
    reading.error(member.span, "\"" + member.key + "\" cannot be the name of a user",
                  "start with a letter, then use letters, digits, - and _");
  } else if (is_reserved(member.key)) {
    reading.error(member.span, "\"" + member.key + "\" is reserved in ${}", "rename the user");
  }
  if (!reading.expect_kind({member.key, "[user.ada]", member.value}, Node::Kind::table, "a table of properties"))
    return;
  User user;
  user.name = member.key;
  user.place = reading.place(member.value.span);
  Context context{.reach = {.project = project, .checks = checks, .users = false, .steps = false, .captures = {}},
                  .mentions = {}};
  read_pool(reading, member.value, user);
  context.reach.number = user.pool > 0;
  for (const Member& property : member.value.members) {
    if (user_keys.find(property.key)) continue;
    if (!is_name(property.key)) {
      reading.error(property.span, "\"" + property.key + "\" cannot be the name of a property",
                    "start with a letter, then use letters, digits, - and _");
    } else {
      read_property(reading, property, project, context, user);
    }
  }
  check_numbered(reading, member, user);
  user.environment = std::move(context.mentions.environment);
  project.users.emplace(user.name, std::move(user));
}

// A path or address within the app.
std::optional<Text> read_page(Reading& reading, const Node& table, std::string_view key, const Vocabulary& keys,
                              Context& context) {
  const Member* member = table.find(key);
  if (!member) return std::nullopt;
  return reading.filled_text(entry(*member, keys), context);
}

// A key without which the table means nothing; its place is that of the table.
bool check_has(Reading& reading, const Member& around, std::string_view key, const Vocabulary& keys) {
  if (around.value.find(key)) return true;
  if (has_misspelled(around.value, key, keys)) return false;
  reading.error(span_of(around), std::string(keys.of) + " has no \"" + std::string(key) + "\"",
                "add " + std::string(keys.find(key)->example));
  return false;
}

void read_sign_in(Reading& reading, const Member& member, Context& context, App& app) {
  const std::size_t before = reading.errors();
  reading.check_keys(member.value, sign_in_keys);
  check_has(reading, member, "page", sign_in_keys);
  check_has(reading, member, "submit", sign_in_keys);
  SignInFlow flow;
  flow.place = reading.place(span_of(member));
  flow.source_line = reading.source_line(member.span);
  if (auto page = read_page(reading, member.value, "page", sign_in_keys, context)) flow.page = std::move(*page);
  if (auto submit = read_page(reading, member.value, "submit", sign_in_keys, context)) flow.submit = std::move(*submit);
  if (check_has(reading, member, "fields", sign_in_keys)) {
    flow.fields = read_fillings(reading, entry(*member.value.find("fields"), sign_in_keys), context);
  }
  if (reading.errors() == before) app.sign_in = std::move(flow);
}

void read_sign_out(Reading& reading, const Member& member, Context& context, App& app) {
  const std::size_t before = reading.errors();
  reading.check_keys(member.value, sign_out_keys);
  SignOutFlow flow;
  flow.place = reading.place(span_of(member));
  flow.source_line = reading.source_line(member.span);
  flow.page = read_page(reading, member.value, "page", sign_out_keys, context);
  flow.submit = read_page(reading, member.value, "submit", sign_out_keys, context);
  flow.click = read_page(reading, member.value, "click", sign_out_keys, context);
  flow.open = read_page(reading, member.value, "open", sign_out_keys, context);
  if (reading.errors() > before) return;
  const int ways = (flow.submit ? 1 : 0) + (flow.click ? 1 : 0) + (flow.open ? 1 : 0);
  if (ways != 1) {
    reading.error(span_of(member),
                  "[app] sign_out does one thing: it has " + std::string(ways == 0 ? "none" : "several") +
                      " of submit, click and open",
                  "write sign_out = { submit = \"Sign out\" }");
    return;
  }
  app.sign_out = std::move(flow);
}

void read_dashboard(Reading& reading, const Member& member, Context& context, App& app) {
  const std::size_t before = reading.errors();
  reading.check_keys(member.value, dashboard_keys);
  DashboardPage dashboard;
  dashboard.place = reading.place(span_of(member));
  dashboard.source_line = reading.source_line(member.span);
  check_has(reading, member, "page", dashboard_keys);
  if (auto page = read_page(reading, member.value, "page", dashboard_keys, context)) dashboard.page = std::move(*page);
  if (check_has(reading, member, "shows", dashboard_keys)) {
    dashboard.shows = reading.selector(entry(*member.value.find("shows"), dashboard_keys)).value_or("");
  }
  if (reading.errors() == before) app.dashboard = std::move(dashboard);
}

void read_app(Reading& reading, const Node& table, Project& project, const Checks& checks) {
  reading.check_keys(table, app_keys);
  Context context{.reach = {.project = project, .checks = checks, .user = true, .steps = false, .captures = {}},
                  .mentions = {}};
  for (const Member& member : table.members) {
    const Entry at = entry(member, app_keys);
    if (!app_keys.find(member.key) || !reading.expect_kind(at, Node::Kind::table, "a table")) continue;
    if (member.key == "sign_in") read_sign_in(reading, member, context, project.app);
    // Only the sign-in flow knows who signs in.
    context.reach.user = false;
    if (member.key == "sign_out") read_sign_out(reading, member, context, project.app);
    if (member.key == "dashboard") read_dashboard(reading, member, context, project.app);
    context.reach.user = true;
  }
  project.app.environment = std::move(context.mentions.environment);
}

const Node* table_of(Reading& reading, const Node& root, std::string_view key, std::string_view wanted) {
  const Member* member = root.find(key);
  if (!member || !reading.expect_kind(entry(*member, project_keys), Node::Kind::table, wanted)) return nullptr;
  return &member->value;
}

void read_root(Reading& reading, const Node& root, Project& project, const Checks& checks) {
  reading.check_keys(root, project_keys);
  // Users first: the app's flows speak of their properties.
  if (const Node* users = table_of(reading, root, "user", "a table for each user")) {
    for (const Member& member : users->members) read_user(reading, member, project, checks);
  }
  if (const Node* app = table_of(reading, root, "app", "a table")) read_app(reading, *app, project, checks);
  if (const Node* targets = table_of(reading, root, "target", "a table for each target")) {
    for (const Member& member : targets->members) read_target(reading, member, project);
  } else if (!root.find("target") && !has_misspelled(root, "target", project_keys)) {
    reading.error({}, "the project file has no target", "add:\n\n[target.local]\nurl = \"http://127.0.0.1:8080\"");
  }
  read_signatures(reading, root); // what is wrong with them is told together with everything else
  check_accounts(reading, project);
}

} // namespace

ReadProject read_project(std::string file_name, std::string_view text, const Checks& checks) {
  ReadProject result;
  const Result<Document> document = Document::parse(file_name, text, mask_secrets(text));
  if (!document) {
    result.errors.push_back(document.error());
    return result;
  }
  Reading reading(*document, checks);
  Project project;
  project.directory = std::filesystem::path(file_name).parent_path().string();
  if (project.directory.empty()) project.directory = ".";
  project.file = std::move(file_name);
  read_root(reading, document->root(), project, checks);
  result.errors = reading.take_errors();
  result.project = std::move(project);
  return result;
}

} // namespace murphy::scenario
