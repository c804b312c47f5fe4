// What a scenario puts into a field, as the driver takes it.
#pragma once

#include "drive/driver.h"
#include "scenario/model.h"
#include "scenario/variables.h"

namespace murphy::run {

// References replaced, and files read. Errors: usage, a reference that cannot be resolved, or a file that cannot be
// read any more.
Result<drive::FieldValue> field_value(const decltype(scenario::Filling::value)& value, scenario::Scope& scope);

Result<std::vector<drive::File>> files(const scenario::Upload& upload);

} // namespace murphy::run
