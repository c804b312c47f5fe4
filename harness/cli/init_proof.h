// Runs what `murphy init` is about to write, before it is written.
#pragma once

#include "base/secret.h"
#include "cli/load.h"
#include "record/redactor.h"
#include "record/run.h"

#include <memory>
#include <stop_token>
#include <string>
#include <vector>

namespace murphy::cli {

struct ProofSettings {
  TextOfFile project, feature;
  std::string variable;                   // of the environment, that holds the password
  std::shared_ptr<const Secret> password; // whether the environment has it or not
  std::vector<std::string> resolve;       // --resolve
};

// Runs every scenario once, one after the other, against the app; nothing is asked beside that, however it ends.
// `redactor` learns what the run must not show. Errors: what keeps it from being run.
std::expected<record::Run, Errors> prove(const ProofSettings& settings, record::Redactor& redactor,
                                         const std::stop_token& stop);

// Why it is no proof, one line for each scenario that did not pass; of an app that was lost, its last lines as well.
// Empty: all of them have passed.
std::vector<std::string> faults_of(const record::Run& run);

// What an app wrote last, for people: a line that says so, then some of its lines. Empty: it wrote nothing.
std::vector<std::string> last_lines(const std::vector<record::ConsoleLine>& console);

} // namespace murphy::cli
