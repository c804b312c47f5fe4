// Reads the steps of scenarios and flows.
#pragma once

#include "scenario/reading.h"

#include <string>
#include <vector>

namespace murphy::scenario {

// The steps under `key`, which is "steps" or "cleanup"; those that could be read. What a step captures is in
// reach of those behind it. `table` has to have steps, but need not
// have a cleanup.
std::vector<Step> read_steps(Reading& reading, const Node& table, std::string_view key, const Vocabulary& keys,
                             Context& context);

// The steps of a list, likewise.
std::vector<Step> read_step_list(Reading& reading, const Node& list, Context& context);

// Whether the project has a user of that name; then the scenario uses it. Reports it when not.
bool check_user(Reading& reading, const Node& value, const std::string& name, Context& context);

// `with`, and `fields` of the sign-in flow: a value for each field. Whatever cannot be read is reported and left out.
// `{ file = "…" }` in a table that has the key `file`; its paths are relative to the file that is read. Nothing when an
// error was reported.
std::optional<Upload> read_upload(Reading& reading, const Entry& entry);

std::vector<Filling> read_fillings(Reading& reading, const Entry& entry, Context& context);

} // namespace murphy::scenario
