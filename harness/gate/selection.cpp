#include "gate/selection.h"

#include "base/text.h"
#include "gate/path_pattern.h"

#include <algorithm>

namespace murphy::gate {
namespace {

void add_once(std::vector<std::string>& all, const std::string& one) {
  if (std::ranges::none_of(all, [&](const std::string& each) { return fold_case(each) == fold_case(one); }))
    all.push_back(one);
}

// The pattern that knows the path; null when none does.
const std::string* pattern_of(const std::vector<std::string>& patterns, const std::string& path) {
  const auto found = std::ranges::find_if(patterns, [&](const std::string& each) { return matches(each, path); });
  return found == patterns.end() ? nullptr : &*found;
}

ChangedPath meaning_of(const std::string& path, const PathRules& rules) {
  ChangedPath changed{.path = path, .meaning = ChangedPath::Meaning::features, .patterns = {}, .features = {}};
  if (rules.project_files.contains(path)) {
    changed.meaning = ChangedPath::Meaning::project_file;
    return changed;
  }
  if (const auto own = rules.feature_files.find(path); own != rules.feature_files.end())
    add_once(changed.features, own->second);
  for (const PathRules::Rule& rule : rules.rules) {
    const std::string* pattern = pattern_of(rule.patterns, path);
    if (pattern == nullptr) continue;
    changed.patterns.push_back(*pattern);
    for (const std::string& feature : rule.features) add_once(changed.features, feature);
  }
  if (!changed.features.empty()) return changed;
  const std::string* ignored = pattern_of(rules.ignored, path);
  if (ignored != nullptr) changed.patterns.push_back(*ignored);
  changed.meaning = ignored != nullptr ? ChangedPath::Meaning::ignored : ChangedPath::Meaning::unknown;
  return changed;
}

} // namespace

Concerned concerned_by(const std::vector<std::string>& changed, const PathRules& rules) {
  Concerned concerned;
  if (changed.empty()) concerned.everything = Everything::no_change;
  for (const std::string& path : changed) {
    ChangedPath one = meaning_of(path, rules);
    if (one.meaning == ChangedPath::Meaning::project_file) concerned.everything = Everything::project_file;
    if (one.meaning == ChangedPath::Meaning::unknown && concerned.everything == Everything::no)
      concerned.everything = Everything::unknown_path;
    for (const std::string& feature : one.features) add_once(concerned.features, feature);
    concerned.paths.push_back(std::move(one));
  }
  return concerned;
}

} // namespace murphy::gate
