// `[[signature]]` of the project file: error formats of the app itself, for the diagnosis.
#pragma once

#include "base/error.h"
#include "scenario/document.h"
#include "scenario/reading.h"

#include <string>
#include <string_view>
#include <vector>

namespace murphy::scenario {

struct ErrorFormat {
  std::string layer;    // "view", "controller", "model", "database", "session", "config", "network"
  std::string says;     // half a sentence; may be empty
  std::string contains; // in lower case; every line the pattern takes holds it
  std::string pattern;  // a regular expression that takes `example`
  std::string example;
};

extern const Vocabulary signature_keys;

// Those of the project file's root, in its order. Those that are wrong are left out, after an error each.
std::vector<ErrorFormat> read_signatures(Reading& reading, const Node& root);

struct ReadSignatures {
  std::vector<ErrorFormat> signatures;
  Errors errors;
};
// The same from the text of the project file, of which nothing else is read.
ReadSignatures read_signatures(const std::string& file_name, std::string_view text);

} // namespace murphy::scenario
