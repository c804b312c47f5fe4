#include "cli/gate_selection.h"

#include "base/make_error.h"
#include "base/nearest.h"
#include "base/text.h"
#include "cli/ci_system.h"
#include "cli/lock_file.h"
#include "gate/path_pattern.h"
#include "gate/proofs.h"

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fmt/format.h>
#include <set>

namespace murphy::cli {
namespace {

namespace fs = std::filesystem;
using gate::Everything;

bool is_commit_id(std::string_view name) { return name.size() >= 40 && std::ranges::all_of(name, is_hex_digit); }

struct NamedBase {
  std::string name;
  source::Base base;
};

NamedBase base_of(const GateOptions& options, const scenario::Gate& gate) {
  if (!options.base.empty()) return {options.base, {.names = {options.base, "origin/" + options.base}}};
  const CiBase ci = ci_base([](const char* name) { return std::getenv(name); });
  if (!ci.name.empty()) {
    // A job has the branch of the remote, and perhaps an old one of its own.
    std::vector<std::string> names{ci.name};
    if (!is_commit_id(ci.name)) names.insert(names.begin(), "refs/remotes/origin/" + ci.name);
    return {ci.name, {.names = names, .is_first_parent_of_a_merge = ci.is_first_parent_of_a_merge}};
  }
  if (!gate.base.empty()) return {gate.base, {.names = {gate.base, "origin/" + gate.base}}};
  return {};
}

Everything unknown_of(source::Changes::Known known) {
  switch (known) {
  case source::Changes::Known::no_checkout: return Everything::no_checkout;
  case source::Changes::Known::no_commit: return Everything::no_commit;
  case source::Changes::Known::unknown_base: return Everything::unknown_base;
  case source::Changes::Known::no_merge_base: return Everything::no_merge_base;
  case source::Changes::Known::unreadable: return Everything::unreadable;
  case source::Changes::Known::all: break;
  }
  return Everything::no;
}

// A path of the checkout, whatever links lead to it.
std::string from_top(const fs::path& top, const std::string& file) {
  std::error_code error;
  const fs::path whole = fs::weakly_canonical(fs::absolute(file, error), error);
  return whole.lexically_relative(top).string();
}

gate::PathRules rules_of(const Loaded& loaded, const fs::path& top) {
  const scenario::Project& project = *loaded.project;
  gate::PathRules rules;
  const std::string folder = from_top(top, project.directory);
  const auto seen = [&](const std::vector<std::string>& patterns) {
    std::vector<std::string> all;
    for (const std::string& each : patterns) all.push_back(gate::seen_from_top(folder, each));
    return all;
  };
  for (const scenario::GateRule& rule : project.gate.rules)
    rules.rules.push_back({.patterns = seen(rule.paths), .features = rule.features});
  rules.ignored = seen(project.gate.ignore);
  std::set<std::string> own;
  for (const scenario::Feature& feature : loaded.features) {
    if (feature.scenarios.empty()) continue; // flows, which any feature may use
    own.insert(feature.file);
    rules.feature_files.emplace(from_top(top, feature.file), feature.name);
  }
  for (const std::string& file : loaded.inputs)
    if (!own.contains(file)) rules.project_files.insert(from_top(top, file));
  for (const scenario::Target& target : project.targets)
    rules.project_files.insert(from_top(top, lock_file(project, target)));
  return rules;
}

Result<void> check_rules(const scenario::Gate& gate, const std::vector<std::string>& known) {
  for (const scenario::GateRule& rule : gate.rules) {
    for (const std::string& feature : rule.features) {
      const auto is_same = [&](const std::string& each) { return fold_case(each) == fold_case(feature); };
      if (std::ranges::any_of(known, is_same) || std::ranges::any_of(gate.features, is_same)) continue;
      const std::string meant = did_you_mean(feature, known);
      Error error = usage_error(fmt::format("a rule of [gate] names the feature \"{}\", which no file has", feature),
                                meant.empty() ? "there are: " + join(known, ", ") : meant);
      return std::unexpected(at_place_of(rule, std::move(error)));
    }
  }
  return {};
}

bool concerns(const gate::Concerned& concerned, const std::vector<std::string>& required, const std::string& feature) {
  const auto is_same = [&](const std::string& each) { return fold_case(each) == fold_case(feature); };
  return concerned.everything != Everything::no || std::ranges::any_of(concerned.features, is_same) ||
         std::ranges::any_of(required, is_same);
}

} // namespace

Result<GateSelection> select_for_gate(const Loaded& loaded, const run::Plan& all, const GateOptions& options) {
  const scenario::Gate& gate = loaded.project->gate;
  std::vector<std::string> known;
  for (const run::Case& each : all.cases)
    if (!contains(known, each.planned->feature)) known.push_back(each.planned->feature);
  if (auto checked = check_rules(gate, known); !checked) return std::unexpected(checked.error());

  GateSelection selection;
  const std::string& folder = loaded.project->directory;
  NamedBase named = base_of(options, gate);
  selection.base = named.name;
  selection.changes = source::changes_since(folder, named.base);
  const Everything unknown = unknown_of(selection.changes.known);
  const fs::path top = unknown == Everything::no ? source::top_of_checkout(folder) : fs::path();
  if (unknown != Everything::no)
    selection.concerned.everything =
        unknown == Everything::unknown_base && named.name.empty() ? Everything::no_base : unknown;
  else if (top.empty())
    selection.concerned.everything = Everything::unreadable;
  else
    selection.concerned = gate::concerned_by(selection.changes.paths, rules_of(loaded, top));

  selection.requirements = {.features = gate.features,
                            .plan = {},
                            .allows_red_base = gate.red_base == scenario::Gate::RedBase::allowed,
                            .allows_flaky = !options.run.fail_on_flaky};
  for (const run::Case& each : all.cases)
    selection.requirements.plan.push_back(
        {.id = each.planned->id,
         .feature = each.planned->feature,
         .proves = gate::proves_its_feature(*each.scenario),
         .is_selected = concerns(selection.concerned, gate.features, each.planned->feature)});
  return selection;
}

run::Plan selected_of(const run::Plan& all, const GateSelection& selection) {
  run::Plan selected;
  selected.seed = all.seed;
  for (std::size_t i = 0; i < all.cases.size(); ++i)
    if (selection.requirements.plan[i].is_selected) selected.cases.push_back(all.cases[i]);
  return selected;
}

} // namespace murphy::cli
