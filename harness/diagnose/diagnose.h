// Why did sign-in break? Evidence in, ranked suspects out. Pure: no socket, no file, the same answer every time.
#pragma once

#include "diagnose/evidence.h"
#include "diagnose/signature.h"
#include "record/suspect.h"

#include <string>
#include <vector>

namespace murphy::diagnose {

struct Diagnosis {
  std::vector<record::Suspect> suspects; // the likeliest first, at most three; empty when the evidence does not tell
  bool has_signed_in = false;            // a log was all there is, and the newest sign-in in it worked
  // The first suspect, or one of layer `unknown`.
  record::Suspect verdict() const;
};

Diagnosis diagnose(const Evidence& evidence, const Signatures& signatures = Signatures::built_in());

} // namespace murphy::diagnose
