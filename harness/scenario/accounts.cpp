#include "scenario/accounts.h"

#include "scenario/app_flow.h"
#include "scenario/variables.h"

#include <algorithm>
#include <map>
#include <optional>

namespace murphy::scenario {

namespace {

// The properties by which the app knows who signs in.
std::vector<std::string> identifying(const AppFlow& flow) {
  std::vector<std::string> properties;
  for_each_text(flow.steps, [&](const Text& text) {
    for (const Text::Part& part : text.parts()) {
      if (!is_of_user(part) || is_password_of_user(part)) continue;
      std::string property = part.text.substr(std::string_view("user.").size());
      if (std::ranges::find(properties, property) != properties.end()) continue;
      properties.push_back(std::move(property));
    }
  });
  return properties;
}

// What a property is set to, or where it comes from; `number` stands in place of ${n}.
std::string written(const Setting& setting, int number) {
  std::string text = std::to_string(static_cast<int>(setting.from)) + ":";
  for (const Text::Part& part : setting.text.parts()) {
    const bool is_number = part.reference && part.text == "n";
    text += is_number ? std::to_string(number) : part.reference ? "${" + part.text + "}" : part.text;
  }
  return text;
}

// Nothing when the user lacks one of the properties, and so cannot sign in.
std::optional<std::vector<std::string>> account(const User& user, const std::vector<std::string>& properties,
                                                int number) {
  std::vector<std::string> values;
  for (const std::string& property : properties) {
    const auto setting = user.properties.find(property);
    if (setting == user.properties.end() || setting->second.text.parts().empty()) return std::nullopt;
    values.push_back(written(setting->second, number));
  }
  return values;
}

std::string shown(const User& user, int number) {
  return "\"" + user.name + "\"" + (user.pool > 0 ? " (number " + std::to_string(number) + ")" : std::string());
}

// `ada1` of the pool `ada` is not the user `ada1`: reports would not tell them apart.
void check_pool_names(Reading& reading, const Project& project) {
  for (const auto& [name, user] : project.users) {
    for (int number = 1; number <= user.pool; ++number) {
      const auto other = project.users.find(name + std::to_string(number));
      if (other == project.users.end()) continue;
      const Place& place = other->second.place;
      reading.error({place.line, place.column, place.length},
                    "\"" + other->first + "\" is already an account of the pool \"" + name + "\"", "rename the user");
    }
  }
}

// No two users may be one account to the app, by this way in.
void check_way(Reading& reading, const Project& project, const AppFlow& flow) {
  const std::vector<std::string> properties = identifying(flow);
  if (properties.empty()) return;
  std::vector<const User*> users; // in the order of the file
  for (const auto& [name, user] : project.users) users.push_back(&user);
  std::ranges::sort(users, {}, [](const User* user) { return user->place.line; });
  std::map<std::vector<std::string>, std::pair<const User*, int>> seen;
  for (const User* user : users) {
    const int first = user->pool > 0 ? 1 : 0;
    for (int number = first; number <= user->pool; ++number) {
      const auto values = account(*user, properties, number);
      if (!values) break;
      const auto [before, is_new] = seen.emplace(*values, std::pair(user, number));
      const auto& [other, other_number] = before->second;
      if (is_new || other == user || (user->shared && other->shared)) continue;
      reading.error({user->place.line, user->place.column, user->place.length},
                    shown(*user, number) + " and " + shown(*other, other_number) + " are the same account",
                    shown(*other, other_number) + " is at " + other->place.file.str() + ":" +
                        std::to_string(other->place.line) + ":" + std::to_string(other->place.column) +
                        "; scenarios would interfere. Name one user in both, or set shared = true in both");
      break;
    }
  }
}

} // namespace

void check_accounts(Reading& reading, const Project& project) {
  check_pool_names(reading, project);
  const std::size_t before = reading.errors();
  if (project.app.sign_in) check_way(reading, project, *project.app.sign_in);
  for (const auto& [name, flow] : project.app.sign_in_by) {
    if (reading.errors() == before) check_way(reading, project, flow); // two accounts are one: once is enough
  }
}

} // namespace murphy::scenario
