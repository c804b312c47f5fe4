// What the command line and the environment give to a run.
#pragma once

#include "base/error.h"
#include "scenario/variables.h"

#include <map>
#include <memory>
#include <string>
#include <vector>

namespace murphy::cli {

using SecretsByName = std::map<std::string, std::shared_ptr<const Secret>>;

// Secrets that were taken out of the arguments of this process.
struct TakenSecrets {
  SecretsByName secrets;   // of --secret
  SecretsByName variables; // of --var, where its name names a secret
};

// What a command was given as variables; the values of secrets are blacked out in the texts.
struct VariableOptions {
  std::vector<std::string> variables; // --var NAME=VALUE
  std::vector<std::string> secrets;   // --secret NAME=VALUE
  TakenSecrets taken;
};

// Takes the secrets and blacks them out in the arguments themselves, so that no process list shows them and nobody who
// reads the arguments afterwards copies them.
TakenSecrets take_secrets(int argument_count, char** arguments);

// Errors: usage, an option without a name and a value.
Result<scenario::Inputs> inputs(const VariableOptions& options);

} // namespace murphy::cli
