// From an error to the layer it speaks against.
#pragma once

#include "diagnose/finding.h"
#include "diagnose/sign_in.h"
#include "record/suspect.h"

#include <span>
#include <string>

namespace murphy::diagnose {

// The suspect of the first finding; the others may change what it means.
record::Suspect suspect_by_errors(std::span<const Finding> findings, const SignInCourse& sign_in,
                                  const Evidence& evidence);

// What kind of fact such a suspect rests on, whether or not there is a schema: "signature:column".
std::string reason_of(const Finding& finding);

} // namespace murphy::diagnose
