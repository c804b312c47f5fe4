// Which features a change concerns. Pure.
#pragma once

#include <map>
#include <set>
#include <string>
#include <vector>

namespace murphy::gate {

// What is known of the files of a project. Paths and patterns are seen from the top of the checkout.
struct PathRules {
  struct Rule {
    std::vector<std::string> patterns;
    std::vector<std::string> features;
  };
  std::vector<Rule> rules;
  std::vector<std::string> ignored;                 // patterns
  std::map<std::string, std::string> feature_files; // with the feature that each has
  std::set<std::string> project_files;              // that every feature depends on
};

// A changed path, and what it concerns.
struct ChangedPath {
  enum class Meaning { features, project_file, ignored, unknown };
  std::string path;
  Meaning meaning = Meaning::unknown;
  std::vector<std::string> patterns; // of the rules that know it, or of what is ignored
  std::vector<std::string> features;
};

// Why a change concerns everything.
enum class Everything {
  no, // it does not
  no_checkout,
  no_commit,
  no_base,       // nothing says what the change is to be merged into
  unknown_base,  // the clone does not have it
  no_merge_base, // the clone is too shallow, or the histories are not related
  unreadable,    // git does not list the changes
  no_change,
  unknown_path,
  project_file,
};

struct Concerned {
  Everything everything = Everything::no;
  std::vector<ChangedPath> paths;
  std::vector<std::string> features; // each once, in the order of the paths
};

// A path that is a feature file concerns that feature, one that rules know all of their features. One that nobody knows
// concerns everything, as a file of the project does, and as a change does that has no paths.
Concerned concerned_by(const std::vector<std::string>& changed, const PathRules& rules);

} // namespace murphy::gate
