// Values that Murphy makes up where neither the scenario nor the page has one.
#pragma once

#include "drive/driver.h"
#include "run/form_rules/fresh.h"
#include "scenario/model.h"

#include <optional>
#include <string>

namespace murphy::run {

// One that fits what the page and the scenario say of the field (`rules` may be null), its name and its autocomplete
// token. None when none is found.
std::optional<std::string> made_up_value(const drive::FormField& field, const scenario::FieldRules* rules,
                                         Fresh& fresh);

} // namespace murphy::run
