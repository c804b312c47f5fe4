#include "real_apps.h"

#include <algorithm>
#include <toml++/toml.h>

namespace murphy::end_to_end {

std::vector<Fault> faults_of(const std::string& target) {
  const toml::table file = toml::parse_file(MURPHY_SOURCE_DIR "/fixtures/targets/" + target + "/faults.toml");
  std::vector<Fault> faults;
  for (const auto& [name, node] : file) {
    const toml::table& facts = *node.as_table();
    const auto text = [&](const char* key) { return facts.at_path(key).value_or(std::string()); };
    Fault& fault = faults.emplace_back(Fault{target,
                                             std::string(name),
                                             text("layer"),
                                             text("wrong"),
                                             text("right"),
                                             text("of"),
                                             text("scenario.file"),
                                             text("scenario.name"),
                                             facts["step"].value_or(std::size_t{0}),
                                             {}});
    if (const toml::array* databases = facts["databases"].as_array())
      for (const auto& database : *databases) fault.databases.push_back(database.value_or(std::string()));
  }
  return faults;
}

bool can_be_made_on(const Fault& fault, const std::string& database) {
  return fault.databases.empty() || std::ranges::find(fault.databases, database) != fault.databases.end();
}

Invocation target_run(const std::string& target, std::vector<std::string> arguments, const std::string& fault) {
  Invocation invocation;
  invocation.arguments = {"run", "--project", "fixtures/targets/" + target + "/murphy.toml"};
  invocation.arguments.insert(invocation.arguments.end(), arguments.begin(), arguments.end());
  invocation.environment["FAULT"] = fault;
  return invocation;
}

} // namespace murphy::end_to_end
