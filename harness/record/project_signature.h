// An error format that a project adds to those built in: `[[signature]]` of its file.
#pragma once

#include "record/suspect.h"

#include <string>

namespace murphy::record {

struct ProjectSignature {
  Layer layer = Layer::unknown;
  std::string says;     // half a sentence; may be empty
  std::string contains; // in lower case; every line that the pattern takes holds it
  std::string pattern;  // a regular expression that takes `example`
  std::string example;
  bool operator==(const ProjectSignature&) const = default;
};

} // namespace murphy::record
