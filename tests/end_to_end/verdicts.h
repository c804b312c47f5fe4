// What Murphy says of why a regression broke the app, compared with what its folder says.
#pragma once

#include "record/result.h"

#include <string>
#include <toml++/toml.h>

namespace murphy::end_to_end {

// Expects that the first suspect is of the layer that the regression's folder names (`layer`, or `also` where what can
// be seen from outside does not tell two layers apart), and about the `name` where the folder gives one. Without a look
// at the database, model and database are one, and a name may stay unknown. When the program ends, the figures of all
// regressions that ran are printed by layer.
void expect_verdict(const std::string& regression, const toml::table& facts, const record::StepResult& failed,
                    bool sees_database);

} // namespace murphy::end_to_end
