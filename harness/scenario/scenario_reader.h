// Reads one scenario.
#pragma once

#include "scenario/flows.h"
#include "scenario/reading.h"

#include <string>
#include <vector>

namespace murphy::scenario {

// What a file and each of its scenarios may say of themselves: added to `tags`, each once; put in place of what is in
// `requirements`.
void read_tags(Reading& reading, const Node& table, const Vocabulary& keys, std::vector<std::string>& tags);
void read_requirements(Reading& reading, const Node& table, const Vocabulary& keys, std::vector<std::string>& into);

// As much of the scenario as could be read; `tags` are those of the file.
Scenario read_scenario(Reading& reading, const Node& table, const std::vector<std::string>& tags,
                       const Project& project, Flows& flows);

} // namespace murphy::scenario
