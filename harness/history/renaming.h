// Scenarios that have another name now, and keep their record. Pure.
#pragma once

#include "base/error.h"

#include <string>
#include <vector>

namespace murphy::history {

// A scenario as the results of a history name it.
struct NamedCase {
  std::string id; // "scenarios/sign-in.toml#Signs in"
  std::string feature;
  std::string name;
  bool operator==(const NamedCase&) const = default;
};

struct Renaming {
  NamedCase from, to;
};

// What `from` names, in this order: an id, a file ("scenarios/sign-in.toml"), a scenario, a feature; and how each of
// its scenarios is called when `to` is the new id, file or name. Errors: usage, where it names nothing, or scenarios of
// several files.
Result<std::vector<Renaming>> renamings(const std::vector<NamedCase>& known, const std::string& from,
                                        const std::string& to);

} // namespace murphy::history
