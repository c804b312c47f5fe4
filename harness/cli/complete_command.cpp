#include "base/text.h"
#include "cli/commands.h"
#include "cli/terminal.h"

#include <set>

namespace murphy::cli {
namespace {

// The names of a kind; none of a kind that is not known.
std::set<std::string> names_of(const std::string& kind, const Loaded& loaded) {
  std::set<std::string> names;
  if (kind == "targets")
    for (const scenario::Target& target : loaded.project->targets) names.insert(target.name);
  if (kind == "users")
    for (const auto& [name, user] : loaded.project->users) names.insert(name);
  for (const scenario::Feature& feature : loaded.features) {
    if (kind == "features") names.insert(one_line(feature.name));
    if (kind == "scenarios")
      for (const scenario::Scenario& each : feature.scenarios) names.insert(one_line(each.name));
  }
  return names;
}

} // namespace

ExitCode complete_command(const std::string& kind) {
  auto outside = inputs({});
  if (!outside) return ExitCode::passed;
  const Loaded loaded = load({}, *outside);
  if (!loaded.project) return ExitCode::passed;
  for (const std::string& name : names_of(kind, loaded)) write_out(visible(name) + "\n");
  return ExitCode::passed;
}

} // namespace murphy::cli
