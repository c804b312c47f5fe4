// The layer of a failure without any error: by how far the sign-in came, from its fields, from the
// known-good record and from the probes.
#pragma once

#include "diagnose/evidence.h"
#include "diagnose/sign_in.h"
#include "record/suspect.h"

#include <string>
#include <vector>

namespace murphy::diagnose {

// The likeliest first; empty when nothing speaks against anybody.
std::vector<record::Suspect> suspects_without_error(const SignInCourse& sign_in, const Evidence& evidence);

// "POST /login → 422".
std::string exchange_line(const Exchange& exchange);

} // namespace murphy::diagnose
