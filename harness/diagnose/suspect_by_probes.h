// What the asymmetry of a failure shows: what else the app was asked, and which of it failed as well.
#pragma once

#include "diagnose/evidence.h"
#include "diagnose/sign_in.h"
#include "record/suspect.h"

#include <optional>

namespace murphy::diagnose {

// `sign_in` is how it ended for an account with its right password. Its first line of evidence is of source "probes".
std::optional<record::Suspect> suspect_by_probes(const SignInCourse& sign_in, const Evidence& evidence);

} // namespace murphy::diagnose
