#include "base/sign_in_words.h"
#include "base/text.h"
#include "scenario/accounts.h"
#include "scenario/app_flow_reader.h"
#include "scenario/csrf.h"
#include "scenario/gate_reader.h"
#include "scenario/history_reader.h"
#include "scenario/masking.h"
#include "scenario/reader.h"
#include "scenario/reading.h"
#include "scenario/setting_reader.h"
#include "scenario/signatures.h"
#include "scenario/target_reader.h"
#include "scenario/variables.h"
#include "scenario/watch_reader.h"

#include <algorithm>
#include <cstdint>
#include <filesystem>
#include <fmt/format.h>
#include <iterator>

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
    for (const Text::Part& part : setting.text.parts()) {
      if (part.reference && part.text == "n") return;
    }
    const Member* written = member.value.find(name);
    if (written && written->value.text.contains("${n}")) return; // has an error of its own
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

void read_dashboard(Reading& reading, const Member& member, Context& context, App& app) {
  const std::size_t before = reading.errors();
  reading.check_keys(member.value, dashboard_keys);
  DashboardPage dashboard;
  dashboard.place = reading.place(span_of(member));
  dashboard.source_line = reading.source_line(member.span);
  check_has(reading, member, "page", dashboard_keys);
  if (const Member* page = member.value.find("page")) {
    dashboard.page = reading.filled_text(entry(*page, dashboard_keys), context).value_or(Text());
  }
  if (check_has(reading, member, "shows", dashboard_keys)) {
    dashboard.shows = reading.selector(entry(*member.value.find("shows"), dashboard_keys)).value_or("");
  }
  if (reading.errors() == before) app.dashboard = std::move(dashboard);
}

void read_source(Reading& reading, const Member& member, Project& project) {
  const auto folder = reading.filled_literal(entry(member, app_keys));
  if (!folder) return;
  const std::filesystem::path path = (std::filesystem::path(project.directory) / *folder).lexically_normal();
  std::error_code error;
  if (std::filesystem::is_directory(path, error))
    project.app.source = path.string();
  else
    reading.error(member.value.span, fmt::format("there is no folder \"{}\" with the code of the app", *folder),
                  "name a folder, as seen from the project file, or remove `source`");
}

void read_app(Reading& reading, const Node& table, Project& project, const Checks& checks) {
  reading.check_keys(table, app_keys);
  Context context{.reach = {.project = project, .checks = checks, .steps = false, .captures = {}}, .mentions = {}};
  // The CSRF token and the dashboard first: the steps of the flows may use them.
  if (const Member* csrf = table.find("csrf")) project.app.csrf = read_csrf(reading, entry(*csrf, app_keys), context);
  if (const Member* dashboard = table.find("dashboard");
      dashboard && reading.expect_kind(entry(*dashboard, app_keys), Node::Kind::table, "a table")) {
    read_dashboard(reading, *dashboard, context, project.app);
  }
  if (const Member* errors = table.find("errors"))
    project.app.errors = reading.selector(entry(*errors, app_keys)).value_or("");
  if (const Member* source = table.find("source")) read_source(reading, *source, project);
  context.reach.steps = true;
  if (const Member* sign_out = table.find("sign_out")) read_sign_out(reading, *sign_out, context, project.app);
  // Only who signs in is known by name.
  context.reach.user = true;
  if (const Member* sign_in = table.find("sign_in")) read_sign_in(reading, *sign_in, context, project.app);
  if (const Member* ways = table.find("sign_in_by")) read_sign_in_by(reading, *ways, context, project.app);
  project.app.environment = std::move(context.mentions.environment);
}

void read_provider(Reading& reading, const Member& member, Project& project, std::vector<EnvironmentUse>& uses) {
  if (!is_name(member.key)) {
    reading.error(member.span, "\"" + member.key + "\" cannot be the name of an identity provider",
                  "begin with a letter, and go on with letters, digits, - and _");
  }
  if (!reading.expect_kind({member.key, "[idp.company]", member.value}, Node::Kind::table, "a table")) return;
  reading.check_keys(member.value, provider_keys);
  // Whatever is wrong with it, it is there: an expectation that names it is not at fault.
  IdentityProvider& provider = project.providers[member.key];
  provider.name = member.key;
  if (!check_has(reading, member, "origin", provider_keys)) return;
  Context context{.reach = {.project = project,
                            .checks = reading.checks(),
                            .users = false,
                            .port = true,
                            .steps = false,
                            .captures = {}},
                  .mentions = {}};
  const Entry at = entry(*member.value.find("origin"), provider_keys);
  auto origin = reading.filled_text(at, context);
  if (!origin) return;
  const std::string& source = origin->source;
  const std::size_t scheme = source.find("://");
  const bool is_origin = source.starts_with("${") ||
                         ((source.starts_with("http://") || source.starts_with("https://")) &&
                          source.find_first_of("/?#@", scheme + 3) == std::string::npos && source.size() > scheme + 3);
  if (!is_origin) {
    reading.error(at.value.span, "\"origin\" is a scheme, a host and perhaps a port, without a path",
                  "write " + std::string(at.example));
  }
  provider.origin = std::move(*origin);
  std::ranges::move(context.mentions.environment, std::back_inserter(uses));
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
  std::vector<EnvironmentUse> of_providers;
  if (const Node* providers = table_of(reading, root, "idp", "a table for each identity provider")) {
    for (const Member& member : providers->members) read_provider(reading, member, project, of_providers);
  }
  if (const Node* app = table_of(reading, root, "app", "a table")) read_app(reading, *app, project, checks);
  std::ranges::move(of_providers, std::back_inserter(project.app.environment));
  if (const Node* targets = table_of(reading, root, "target", "a table for each target")) {
    for (const Member& member : targets->members) read_target(reading, member, project);
  } else if (!root.find("target") && !has_misspelled(root, "target", project_keys)) {
    reading.error({}, "the project file has no target", "add:\n\n[target.local]\nurl = \"http://127.0.0.1:8080\"");
  }
  if (const Node* gate = table_of(reading, root, "gate", "a table")) project.gate = read_gate(reading, *gate);
  read_history(reading, root);
  read_watch(reading, root, &project);
  read_signatures(reading, root); // what is wrong with them is reported together with everything else
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
