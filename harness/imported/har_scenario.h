// The steps that a HAR file tells of: what the person opened, clicked, filled in and sent. Pure.
#pragma once

#include "imported/har_log.h"
#include "imported/scenario_text.h"
#include "imported/written_values.h"

#include <cstddef>
#include <map>
#include <string>
#include <vector>

namespace murphy::imported {

struct HarSettings {
  ValueSettings values;
  std::vector<std::string> origins{}; // of the targets of the project
  std::string dashboard{};            // the path of the dashboard; empty: the project does not say it
  bool has_sign_in = false;           // the project says how people sign in
  bool pins_what_was_seen = false;    // in place of what must hold
};

struct HarScenario {
  ImportedScenario scenario;                        // without steps: there was no page of the app
  std::string origin;                               // of the app
  std::size_t redirects = 0;                        // that became part of a step
  std::map<std::string, std::size_t> other_sites{}; // visits by host
  std::vector<LiftedValues::Lifted> lifted{};
  std::vector<TypedValue> typed{}; // what stands in the file as it was typed
};

// `secrets` has learned every entry; it also learns what was typed into fields for passwords.
HarScenario har_scenario(const HarLog& log, const HarSettings& settings, KnownSecrets& secrets);

// "POST /api/session → 200", of the requests of scripts.
std::vector<std::string> describe_calls(const HarLog& log, const KnownSecrets& secrets);

} // namespace murphy::imported
